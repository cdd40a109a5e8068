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
    /// It is a replica, which takes no writes.
    #[error("it is a replica")]
    Replica,
    /// It is a cluster, and does not have the database of the address.
    #[error("it runs as a cluster, which has only database 0")]
    ClusterDatabase,
    /// It refused something, or cannot be reached.
    #[error("{}", words(.0))]
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
            | Self::Replica
            | Self::ClusterDatabase
            | Self::Answer(_) => false,
        }
    }

    /// Whether a script came upon something in a key that none of ours writes.
    pub(super) fn is_about_data(&self) -> bool {
        let Self::Redis(error) = self else {
            return false;
        };
        let is_of_lua = |answer: ServerAnswer| answer.detail.starts_with(LINE_OF_SCRIPT);
        is_wrong_type(error) || ServerAnswer::of(error).is_some_and(is_of_lua)
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

/// How the error of a script begins that stumbled over a value, such as a text in place of a number.
const LINE_OF_SCRIPT: &str = "user_script:";

/// An error that Redis answered with.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ServerAnswer {
    /// The word in capitals with which it begins.
    pub(super) code: String,
    /// The rest, without the arguments of a command that it repeats: a password may be among them.
    pub(super) detail: String,
}

impl ServerAnswer {
    /// The first answer that an error is about; `None` if there was none.
    pub(super) fn of(error: &RedisError) -> Option<Self> {
        let answers = error.clone().into_server_errors();
        let first = answers.as_deref().and_then(|answers| answers.first());
        let (code, detail) = match first {
            Some((_, answer)) => (answer.code(), answer.details()),
            // The client words these itself, in the place of the answer.
            None => match error.kind() {
                ErrorKind::Server(_) => (error.code()?, error.detail()),
                _ => return None,
            },
        };
        let detail = detail.unwrap_or_default();
        let detail = detail.split(ARGUMENTS).next().unwrap_or_default();
        Some(Self {
            code: code.to_owned(),
            detail: detail.to_owned(),
        })
    }
}

/// What Redis says before it repeats the arguments of a command that it does not know.
const ARGUMENTS: &str = ", with args beginning with";

/// An error in the words of Redis, or of the client where those are not known.
fn words(error: &RedisError) -> String {
    match ServerAnswer::of(error) {
        Some(ServerAnswer { code, detail }) if detail.is_empty() => code,
        Some(ServerAnswer { code, detail }) => format!("{code} {detail}"),
        None => error.to_string(),
    }
}

/// Whether Redis says that a key holds something of another type.
pub(super) fn is_wrong_type(error: &RedisError) -> bool {
    error.code() == Some("WRONGTYPE")
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
