//! How an errand fails.

use crate::app::event::{CloseReason, Disconnect};
use crate::app::output::Why;
use crate::app::server_words;
use crate::wire::message::Reason;

/// Why an errand, or a command of it, came to nothing.
#[derive(Debug, Clone, PartialEq)]
pub enum ErrandFault {
    /// The room denied the command. The next one can be given.
    Denied(Why),
    /// The server does not let the errand in, or has ended it.
    Refused(Why),
    /// There is no connection.
    Unreachable(Why),
    /// The connection broke after the command was sent: nobody knows whether it was carried out.
    Unanswered(Why),
}

impl ErrandFault {
    /// The reason.
    #[must_use]
    pub const fn why(&self) -> &Why {
        match self {
            Self::Denied(why)
            | Self::Refused(why)
            | Self::Unreachable(why)
            | Self::Unanswered(why) => why,
        }
    }

    /// The fault of a connection that ended, or was never made.
    pub(super) fn of(disconnect: Disconnect) -> Self {
        match disconnect {
            Disconnect::Closed(Some(CloseReason::Known(refused))) => {
                Self::Refused(Why::Refused(refused))
            }
            Disconnect::Closed(Some(CloseReason::Unknown(reason))) => {
                Self::Refused(Why::Unknown(reason))
            }
            other => Self::Unreachable(Why::Unreachable(other)),
        }
    }

    /// The same, of a command that may have been carried out.
    pub(super) fn unanswered(self) -> Self {
        match self {
            Self::Unreachable(why) => Self::Unanswered(why),
            other => other,
        }
    }

    /// The server's refusal.
    pub(super) fn refused(reason: Reason) -> Self {
        Self::of(Disconnect::Closed(Some(server_words::closing(reason))))
    }
}

#[cfg(test)]
mod tests {
    use super::ErrandFault;
    use crate::app::output::Why;
    use crate::wire::message::Reason;

    #[test]
    fn a_servers_own_words_are_cleaned_and_cut() {
        let reason = Reason {
            code: "E\u{9b}31m".repeat(100),
            text: "\u{202e}\u{1b}[2Jwords ".repeat(1_000),
            args: serde_json::Value::Null,
        };
        let ErrandFault::Refused(Why::Unknown(told)) = ErrandFault::refused(reason) else {
            panic!("it is not known");
        };
        let said = told.code + &told.text;
        assert!(said.chars().count() <= 360, "{said}");
        let steers = |c: char| c.is_control() || c == '\u{202e}';
        assert!(!said.contains(steers), "{said:?}");
    }
}
