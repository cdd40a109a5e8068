//! Why there is no connection to the server.

use super::network_fault::NetworkFault;
use super::tls_fault::TlsFault;
use crate::protocol::denied::Refused;
use crate::protocol::time::Span;
use crate::wire::message::Reason;

/// Why there is no connection.
#[derive(Debug, Clone, PartialEq)]
pub enum Disconnect {
    /// Nobody answers at that address, or the network is away.
    Unreachable {
        /// What went wrong.
        error: NetworkFault,
    },
    /// Somebody answers, but a secure connection does not come about.
    Insecure(TlsFault),
    /// Somebody answers, but it is no room server.
    NotAServer {
        /// What it did that no room server does.
        error: NetworkFault,
    },
    /// A server of ours answers there, but what stands between passes no `WebSocket` on.
    NoWebSockets {
        /// What came instead of the upgrade.
        error: NetworkFault,
    },
    /// Nothing came at all, not even an answer to the greeting.
    NoAnswer,
    /// The connection was made and broke later.
    Lost {
        /// What went wrong.
        error: NetworkFault,
    },
    /// Nothing came for too long, not even answers to pings.
    Silent,
    /// The server ran on the computer of a member, who has left: it ended with their client.
    HostLeft,
    /// The server closed it, with its reason if it gave one.
    Closed(Option<CloseReason>),
}

impl Disconnect {
    /// Whether the server said that it shuts down.
    #[must_use]
    pub const fn is_announced(&self) -> bool {
        matches!(
            self,
            Self::HostLeft | Self::Closed(Some(CloseReason::Known(Refused::ShuttingDown)))
        )
    }

    /// How long the server said to wait before the next attempt; zero if it did not say.
    #[must_use]
    pub fn told_wait(&self) -> Span {
        match self {
            Self::Closed(Some(CloseReason::Known(
                Refused::TooManyTries { retry_ms } | Refused::TooManyJoins { retry_ms },
            ))) => Span::millis(i64::from(*retry_ms)),
            _ => Span::ZERO,
        }
    }

    /// Whether nobody has answered yet, so that another attempt may find somebody who does, such as
    /// another node behind a balancer.
    #[must_use]
    pub const fn may_pass(&self) -> bool {
        match self {
            Self::NoAnswer | Self::Silent | Self::Closed(None) => true,
            Self::Unreachable { error } | Self::NoWebSockets { error } | Self::Lost { error } => {
                error.may_pass()
            }
            Self::Insecure(_)
            | Self::NotAServer { .. }
            | Self::HostLeft
            | Self::Closed(Some(_)) => false,
        }
    }

    /// The reason as it is told before another attempt: only when the last one fails too is it likely
    /// that a proxy passes no `WebSocket` on, and not that one node behind it does not answer.
    #[must_use]
    pub fn before_another_attempt(&self) -> Self {
        match self {
            Self::NoWebSockets { error } => Self::Unreachable {
                error: error.clone(),
            },
            other => other.clone(),
        }
    }

    /// Nothing came, in a room or before.
    pub(super) const fn of_silence(is_joined: bool) -> Self {
        if is_joined {
            Self::Silent
        } else {
            Self::NoAnswer
        }
    }
}

/// The reason in a close frame.
#[derive(Debug, Clone, PartialEq)]
pub enum CloseReason {
    /// A code that this version knows.
    Known(Refused),
    /// One it does not know, with the server's words.
    Unknown(Reason),
}
