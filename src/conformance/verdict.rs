//! What a scenario comes to.

use std::time::Duration;

use serde_json::Value;

use super::json::{at, text};

/// The most characters of a frame that a verdict shows (judgement: a whole denial fits).
const LONGEST: usize = 400;

/// What a scenario comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The server answers as the protocol says.
    Pass,
    /// It does not.
    Fail {
        /// What should have come, in the form of the wire.
        expected: String,
        /// What came in its place.
        came: Came,
    },
    /// It could not be tried.
    Skipped(Skip),
}

/// What came in place of what was expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Came {
    /// This, as it was on the wire, cut to a readable length.
    Frame(String),
    /// Nothing that fits, for so long; the last frame before that, if there was one.
    Nothing {
        /// How long the kit has waited.
        waited: Duration,
        /// The last frame that came meanwhile.
        last: Option<String>,
    },
    /// The server closed the connection.
    Closed {
        /// The close frame's code; `None` if the connection broke without one.
        code: Option<u16>,
        /// The close frame's reason.
        reason: String,
    },
    /// No connection could be opened; the system's or the library's words.
    Unreachable(String),
}

/// Why a scenario could not be tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Skip {
    /// A limit of the server stood in the way; its code on the wire.
    Limit(String),
    /// The server has no limit, or a higher one than the kit tries.
    NoLimit,
}

/// How a step of a scenario ends: with its result, or with the scenario's verdict.
pub(super) type Step<T> = Result<T, Verdict>;

/// Refusals by a server's limits or rules for new rooms, none of which is a fault.
const LIMITS: [&str; 10] = [
    "too_many_rooms",
    "too_many_own_rooms",
    "too_many_joins",
    "too_many_connections",
    "too_many_tries",
    "server_full",
    "server_busy",
    "create_password_needed",
    "create_key_needed",
    "create_password_wrong",
];

impl Verdict {
    /// A failure: this came in place of what was expected.
    pub(super) fn unexpected(expected: impl Into<String>, came: &Value) -> Self {
        Self::Fail {
            expected: expected.into(),
            came: Came::Frame(shortened(&came.to_string())),
        }
    }

    /// A failure: nothing has come for so long.
    pub(super) fn nothing(expected: impl Into<String>, waited: Duration) -> Self {
        Self::Fail {
            expected: expected.into(),
            came: Came::Nothing { waited, last: None },
        }
    }

    /// Whether nothing at all came back: the server may be one that never answers.
    pub(super) const fn is_silence(&self) -> bool {
        matches!(
            self,
            Self::Fail {
                came: Came::Nothing { last: None, .. },
                ..
            }
        )
    }

    /// What a refusal means where a welcome was expected: a limit, or a fault.
    pub(super) fn of_refusal(frame: &Value) -> Self {
        match text(at(frame, "/code")) {
            Some(code) if LIMITS.contains(&code) => Self::Skipped(Skip::Limit(code.to_owned())),
            _ => Self::unexpected(r#"{"type":"welcome",...}"#, frame),
        }
    }
}

/// A frame cut to a readable length.
pub(super) fn shortened(frame: &str) -> String {
    if frame.chars().count() <= LONGEST {
        return frame.to_owned();
    }
    let kept: String = frame.chars().take(LONGEST).collect();
    kept + "..."
}

/// Passes if this holds of a frame.
pub(super) fn check(holds: bool, expected: impl Into<String>, came: &Value) -> Step<()> {
    if holds {
        Ok(())
    } else {
        Err(Verdict::unexpected(expected, came))
    }
}
