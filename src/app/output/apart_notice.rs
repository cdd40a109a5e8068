//! What is reported of a player that cannot be where the room is.

use strum::IntoStaticStr;

use crate::protocol::time::{Position, Span};
use crate::sync::player::MediaProblem;

/// Why the player is not where the room is. The name in snake case is the code in `--json`.
#[derive(Debug, Clone, PartialEq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum ApartNotice {
    /// The player is far off, and the media's server does not let it jump.
    CannotSeek {
        /// Its distance from the room's position.
        off: Span,
    },
    /// The media's own time stamps jump: its players are not kept in step.
    TimeJumps,
    /// The player's copy of the media ends before the room's does.
    EndsEarly,
    /// The player's copy begins elsewhere than the room's: at one time it shows other pictures.
    OtherBeginning {
        /// By how much: positive if it lacks some of the beginning.
        off: Span,
    },
    /// A part of the stream is missing, and the player goes on behind it.
    PartMissing {
        /// Where it begins, in a stream that is whole.
        at: Option<Position>,
        /// How long it is; zero where that is not known.
        length: Span,
    },
    /// The media's data does not come, and is asked for again.
    TriesAgain(MediaProblem),
}
