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
                Self::Refused(Why::Unknown(server_words::cleaned(reason)))
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
    use crate::app::event::{CloseReason, Disconnect};
    use crate::app::output::Why;
    use crate::protocol::text::is_hostile;
    use crate::wire::message::Reason;

    #[test]
    fn a_servers_own_words_are_cleaned_and_bounded_whichever_way_they_come() {
        let hostile = || Reason {
            code: "E\u{9b}31m\u{202e}".repeat(1_000),
            text: "gone\u{1b}[2J ".repeat(1_000),
            ..Reason::new(&"x", String::new())
        };
        let closed = Disconnect::Closed(Some(CloseReason::Unknown(hostile())));
        for fault in [ErrandFault::of(closed), ErrandFault::refused(hostile())] {
            let ErrandFault::Refused(Why::Unknown(reason)) = fault else {
                panic!("{fault:?}");
            };
            for words in [reason.code, reason.text] {
                assert!(words.chars().count() <= 300, "{}", words.len());
                assert!(!words.contains(is_hostile), "{words:?}");
            }
        }
    }
}
