//! What went wrong on the way to a server, as data: `strings::network` words it.

use crate::protocol::invite::InviteError;
use crate::protocol::time::Span;
use crate::system_fault::SystemFault;

/// What went wrong on the way to a server, and through which proxy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NetworkFault {
    /// The proxy on the way, as HOST:PORT without its password; `None` for a direct connection.
    pub proxy: Option<String>,
    /// What went wrong.
    pub cause: NetworkCause,
}

/// What went wrong. "It" is whatever answers at the address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NetworkCause {
    /// The connection ended without a reason.
    Ended,
    /// It closed the connection before it answered.
    HungUp,
    /// Nobody answered within this time.
    Late(Span),
    /// It answers with an HTTP status, and nothing else.
    Status(u16),
    /// The address is not valid.
    NoAddress(InviteError),
    /// It redirects to this place instead of answering.
    Redirects(String),
    /// It redirects to another server, to which nobody is sent.
    RedirectsElsewhere(String),
    /// The proxy asks for a password.
    ProxyAsksPassword,
    /// The proxy refuses, with an HTTP status.
    ProxyRefuses(u16),
    /// What comes is not HTTP.
    NotHttp,
    /// The head of its answer is longer than any of ours.
    HeadTooLong,
    /// Its message is larger than any of ours.
    MessageTooLong,
    /// It does not take what is sent.
    TakesNothing,
    /// What comes makes no sense.
    Senseless,
    /// Its first message cannot be read.
    FirstMessage,
    /// It reports more than any room holds.
    TooMuch,
    /// A server of ours is there, but what stands in front of it does not pass on the request for
    /// its rooms.
    HeldBack,
    /// An error of the operating system or of a library.
    System(SystemFault),
}

impl NetworkCause {
    /// The fault, on the way through this proxy, if any.
    #[must_use]
    pub const fn through(self, proxy: Option<String>) -> NetworkFault {
        NetworkFault { proxy, cause: self }
    }
}

impl NetworkFault {
    /// Whether another attempt may find it mended: nothing answered, the connection broke, or a
    /// balancer had no node for it just then (Cloudflare has 520 to 524 for that). A definite answer
    /// stays what it is.
    #[must_use]
    pub const fn may_pass(&self) -> bool {
        match &self.cause {
            NetworkCause::Ended | NetworkCause::HungUp | NetworkCause::Late(_) => true,
            NetworkCause::Status(status) => matches!(status, 502..=504 | 520..=524),
            NetworkCause::ProxyRefuses(status) => *status == 504,
            NetworkCause::System(fault) => fault.is_broken_connection(),
            _ => false,
        }
    }
}

impl From<NetworkCause> for NetworkFault {
    fn from(cause: NetworkCause) -> Self {
        cause.through(None)
    }
}

impl From<SystemFault> for NetworkFault {
    fn from(fault: SystemFault) -> Self {
        NetworkCause::System(fault).into()
    }
}
