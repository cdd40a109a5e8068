//! What a server's sockets are.

use super::forwarded::ProxyNetwork;
use super::tls;

/// What a server's sockets are.
#[derive(Debug, Clone, Default)]
pub struct Network {
    /// The proxies that are believed when they say for whom they ask.
    pub proxies: Vec<ProxyNetwork>,
    /// The certificate and key, if the server ends TLS itself.
    pub tls: Option<tls::TlsFiles>,
}

impl Network {
    /// The scheme of the server's own addresses: `https` if it ends TLS itself.
    #[must_use]
    pub const fn scheme(&self) -> &'static str {
        if self.tls.is_some() { "https" } else { "http" }
    }
}
