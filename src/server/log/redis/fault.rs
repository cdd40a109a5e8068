//! Why Redis cannot be used, and for how long it is waited for.

use std::time::Duration;

use redis::{ErrorKind, RedisError, ServerErrorKind};

use crate::server::log::DataFault;

/// How long connecting, and any command, may take (judgement: Redis answers in less than a
/// millisecond; only one that hangs takes longer).
pub(super) const ANSWERS_WITHIN: Duration = Duration::from_secs(2);

/// Why Redis cannot be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum RedisFault {
    /// It did not answer.
    #[error("it does not answer")]
    Silent,
    /// The connection broke.
    #[error("the connection broke")]
    Broken,
    /// Its data are older than what this node has seen.
    #[error("it has lost data")]
    LostData,
    /// No node of its cluster serves the keys at present.
    #[error("no master of its cluster has the keys")]
    NoOwner,
    /// It is a cluster, and does not have the database of the address.
    #[error("it runs as a cluster, which has only database 0")]
    ClusterDatabase,
    /// It refused something, or cannot be reached.
    #[error(transparent)]
    Redis(#[from] RedisError),
    /// Its answer is none that the program knows.
    #[error("its answer is not understood: {0}")]
    Answer(#[from] DataFault),
}

impl RedisFault {
    /// Whether the command cannot have been carried out: Redis answered that it refuses it.
    pub(super) fn is_refusal(&self) -> bool {
        match self {
            Self::Redis(error) => {
                matches!(error.kind(), ErrorKind::Server(_) | ErrorKind::Extension)
            }
            Self::Silent
            | Self::Broken
            | Self::LostData
            | Self::NoOwner
            | Self::ClusterDatabase
            | Self::Answer(_) => false,
        }
    }

    /// Whether another server has the keys, or none at present.
    pub(super) fn is_redirection(&self) -> bool {
        matches!(self, Self::Redis(error) if is_redirection(error))
    }

    /// Whether Redis has no memory left for what it was asked to keep.
    pub(super) fn is_full(&self) -> bool {
        matches!(self, Self::Redis(error) if error.code() == Some("OOM"))
    }
}

/// Whether Redis says that another server has the keys, or none at present: it has carried nothing out,
/// and will not.
pub(super) fn is_redirection(error: &RedisError) -> bool {
    matches!(
        error.kind(),
        ErrorKind::Server(
            ServerErrorKind::Moved
                | ServerErrorKind::Ask
                | ServerErrorKind::TryAgain
                | ServerErrorKind::ClusterDown
                | ServerErrorKind::MasterDown
                | ServerErrorKind::ReadOnly
        )
    )
}
