//! What is wrong with a line or its argument.

use crate::app::output::{ArgumentFault, UsageError, Why};
use crate::protocol::text::{TextError, clean};

/// The most characters of a mistyped text that are repeated to its author.
pub(super) const REPEATED: usize = 40;

/// What is wrong with an argument.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum ReadError {
    /// It is missing or makes no sense.
    Bad,
    /// It makes no sense for this reason.
    Because(ArgumentFault),
    /// It is wrong in a way that has words of its own.
    Known(Why),
}

impl ReadError {
    /// The fault of a line that gave this to a command of this usage.
    pub(super) fn of(self, usage: &'static str, given: &str) -> Why {
        let fault = match self {
            Self::Known(why) => return why,
            Self::Because(fault) => Some(fault),
            Self::Bad => None,
        };
        Why::Usage(UsageError::BadArgument {
            usage,
            given: clean(given, REPEATED),
            fault,
        })
    }
}

/// What is wrong with a text.
pub(super) fn text_fault(error: TextError) -> Why {
    Why::Usage(match error {
        TextError::TooLong { max } => UsageError::TooLong { max },
        TextError::Name(fault) => UsageError::Name(fault),
        TextError::Empty | TextError::NotEmoji | TextError::TooWide { .. } => UsageError::Empty,
    })
}
