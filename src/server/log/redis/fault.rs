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
    /// Whether Redis answered that it refuses it. A script may have written something before.
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

    /// Whether Redis refused a script before that wrote anything. Any other error may come after some of
    /// it was written, and Redis undoes nothing.
    pub(super) fn wrote_nothing(&self) -> bool {
        let Self::Redis(error) = self else {
            return false;
        };
        is_redirection(error)
            || error
                .code()
                .is_some_and(|code| BEFORE_ANY_WRITE.contains(&code))
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

/// The errors with which Redis refuses a script that has written nothing yet, and which it never raises
/// later (Redis 7, `script.c`); a missing right for a part of it our scripts find out first.
const BEFORE_ANY_WRITE: [&str; 8] = [
    "BUSY",
    "LOADING",
    "MISCONF",
    "NOAUTH",
    "NOPERM",
    "NOREPLICAS",
    "NOSCRIPT",
    "OOM",
];

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

#[cfg(test)]
pub(super) mod tests {
    use redis::parse_redis_value;

    use super::RedisFault;

    /// What Redis answered to a command or script.
    pub(in super::super) fn answered(line: &str) -> RedisFault {
        let value = parse_redis_value(format!("-{line}\r\n").as_bytes()).unwrap();
        value.extract_error().unwrap_err().into()
    }

    #[test]
    fn only_errors_from_before_a_script_say_that_nothing_was_written() {
        for line in [
            "OOM command not allowed when used memory > 'maxmemory'.",
            "NOPERM this user has no permissions to run the 'evalsha' command",
            "READONLY You can't write against a read only replica.",
            "MISCONF Errors writing to the AOF file: No space left on device",
            "NOREPLICAS Not enough good replicas to write.",
            "LOADING Redis is loading the dataset in memory",
            "BUSY Redis is busy running a script.",
            "NOAUTH Authentication required.",
            "NOSCRIPT No matching script. Please use EVAL.",
            "CLUSTERDOWN The cluster is down",
            "MOVED 3999 127.0.0.1:6381",
        ] {
            let fault = answered(line);
            assert!(fault.wrote_nothing() && fault.is_refusal(), "{line}");
            assert!(!fault.is_about_data(), "{line}");
        }
        let script = "script: 6a82bb3e, on @user_script:2.";
        for (line, is_about_data) in [
            (
                "ERR The user executing the script can't run this command",
                false,
            ),
            (
                "WRONGTYPE Operation against a key holding the wrong kind of value",
                true,
            ),
            (
                "ERR user_script:2: attempt to perform arithmetic on a nil value",
                true,
            ),
        ] {
            let fault = answered(&format!("{line} {script}"));
            assert!(!fault.wrote_nothing() && fault.is_refusal(), "{line}");
            assert_eq!(fault.is_about_data(), is_about_data, "{line}");
        }
        assert!(!RedisFault::Silent.wrote_nothing());
    }
}
