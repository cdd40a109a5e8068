//! Proxies, and the server that was named.

use super::Verdict;
use super::system::quoted;

/// What a check of the network found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NetworkFinding {
    /// No interface but the one to this computer itself leads anywhere.
    NoNetwork,
    /// No proxy is set.
    Direct,
    /// This proxy is used, without its password.
    Proxy(String),
    /// A variable names no proxy that can be used.
    UnusableProxy {
        /// The variable.
        variable: String,
        /// Its value, without its password.
        value: String,
    },
    /// The server answers.
    ServerAnswers {
        /// Its address.
        server: String,
        /// How many live rooms it lists.
        rooms: usize,
    },
    /// It does not, or not as one of ours.
    ServerFails {
        /// Its address.
        server: String,
        /// What it is that fails.
        fault: ServerFault,
        /// Why, in words.
        why: String,
    },
}

/// What fails of a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ServerFault {
    /// Nobody answers at an address of this computer.
    AwayHere,
    /// Nobody answers at an address elsewhere.
    Away,
    /// Nobody was asked: its name is not found, no network leads to it, or a proxy does not let us
    /// through. That says nothing of the server.
    NoWay,
    /// Its certificate has ended, or was revoked: it is to be renewed.
    CertificateEnded,
    /// Its certificate is its own, or of an authority that is not trusted here.
    Untrusted,
    /// A secure connection does not come about for another reason, which no command mends.
    Insecure,
    /// It speaks plain HTTP where TLS was tried, or the reverse.
    OtherScheme {
        /// The address to use.
        instead: String,
    },
    /// Somebody else's server answers.
    NotOurs,
}

impl NetworkFinding {
    /// How much it matters.
    #[must_use]
    pub const fn verdict(&self) -> Verdict {
        match self {
            Self::Direct | Self::Proxy(_) | Self::ServerAnswers { .. } => Verdict::Ok,
            Self::NoNetwork | Self::UnusableProxy { .. } => Verdict::Warning,
            Self::ServerFails { .. } => Verdict::Failure,
        }
    }

    /// The name of its check, for scripts.
    pub(super) const fn check(&self) -> &'static str {
        match self {
            Self::NoNetwork => "network",
            Self::Direct | Self::Proxy(_) | Self::UnusableProxy { .. } => "proxy",
            Self::ServerAnswers { .. } | Self::ServerFails { .. } => "server",
        }
    }

    /// What mends it, as [`super::Finding::remedy`] says: a server elsewhere is mended by who runs
    /// it, as DEPLOY.md has it installed.
    pub(super) fn remedy(&self) -> Option<String> {
        match self {
            Self::NoNetwork | Self::Direct | Self::Proxy(_) | Self::ServerAnswers { .. } => None,
            Self::UnusableProxy { variable, .. } => Some(format!("unset {variable}")),
            Self::ServerFails { server, fault, .. } => of_server(server, fault),
        }
    }
}

/// What mends a server at this address that fails so.
fn of_server(server: &str, fault: &ServerFault) -> Option<String> {
    let host = quoted(host(server));
    let again = |server: &str| format!("watchtogether doctor --server {}", quoted(server));
    Some(match fault {
        ServerFault::AwayHere => "watchtogether serve".to_owned(),
        ServerFault::Away => format!("ssh {host} sudo systemctl restart watchtogether"),
        ServerFault::CertificateEnded => format!("ssh {host} sudo certbot renew"),
        ServerFault::Untrusted => format!("{} --ca-file FILE", again(server)),
        ServerFault::OtherScheme { instead } => again(instead),
        ServerFault::NotOurs => format!("curl -i {}", quoted(&format!("{server}/healthz"))),
        ServerFault::NoWay | ServerFault::Insecure => return None,
    })
}

/// The host of a server's address, without its port.
pub(super) fn host(server: &str) -> &str {
    let host = server.split_once("://").map_or(server, |(_, rest)| rest);
    let host = host.split('/').next().unwrap_or(host);
    if let Some(in_brackets) = host.strip_prefix('[') {
        return in_brackets.split(']').next().unwrap_or(host);
    }
    host.split(':').next().unwrap_or(host)
}
