//! Proxies, and the server that was named.

use super::Verdict;

/// What a check of the network found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NetworkFinding {
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
        /// Why not, in words.
        why: String,
    },
}

impl NetworkFinding {
    /// How much it matters.
    #[must_use]
    pub const fn verdict(&self) -> Verdict {
        match self {
            Self::Direct | Self::Proxy(_) | Self::ServerAnswers { .. } => Verdict::Ok,
            Self::UnusableProxy { .. } => Verdict::Warning,
            Self::ServerFails { .. } => Verdict::Failure,
        }
    }

    /// The name of its check, for scripts.
    pub(super) const fn check(&self) -> &'static str {
        match self {
            Self::Direct | Self::Proxy(_) | Self::UnusableProxy { .. } => "proxy",
            Self::ServerAnswers { .. } | Self::ServerFails { .. } => "server",
        }
    }
}
