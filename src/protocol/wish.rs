//! What a member can ask the admins for: each is what an admin would do by one command,
//! which [`super::command::Command::granting`] names.

use serde::{Deserialize, Serialize};

use super::ids::EntryId;
use super::time::{Position, Rate, Span};

/// Something that only an admin can do, and that others ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "for", rename_all = "snake_case")]
pub enum Wish {
    /// Stand still.
    #[default]
    Pause,
    /// Play on.
    Resume,
    /// Jump.
    Seek {
        /// Where to.
        target: SeekTarget,
    },
    /// Go back to where the film was before the last jump.
    Undo,
    /// Put the next approved entry on.
    Skip,
    /// Play faster or slower.
    Rate {
        /// How fast.
        rate: Rate,
    },
    /// Say yes to a proposal.
    Approve {
        /// Which.
        entry: EntryId,
    },
    /// Say no to a proposal.
    Reject {
        /// Which.
        entry: EntryId,
    },
    /// Take an entry out of the queue.
    Remove {
        /// Which.
        entry: EntryId,
    },
    /// Give an entry another place.
    Move {
        /// Which.
        entry: EntryId,
        /// The place, counted from 1.
        place: u32,
    },
    /// Put an approved entry on now.
    PlayNow {
        /// Which.
        entry: EntryId,
    },
}

/// Where to jump.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeekTarget {
    /// To a position.
    To(Position),
    /// By a span from where the film is.
    By(Span),
}
