//! A decision about the own player, and its cause: facts without words. `decisions` makes and
//! keeps them.

use crate::protocol::time::{Position, RoomTime, Span};
use crate::sync::follow::SyncState;

/// A decision about the own player.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Decision {
    /// When, in room time, if that was known.
    pub at: Option<RoomTime>,
    /// Where the film was.
    pub film: Option<Position>,
    /// What was decided.
    pub deed: Deed,
    /// What led to it.
    pub cause: Cause,
    /// Player minus timeline when it was decided, if it was known.
    pub error: Option<Span>,
    /// The bound of the clock's own error then, if there was an estimate.
    pub bound: Option<Span>,
    /// What the follower was doing then.
    pub state: SyncState,
}

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Deed {
    /// Open the video here.
    Load(Position),
    /// Seek there.
    Seek(Position),
    /// Pause.
    Pause,
    /// Play on.
    Play,
    /// Play at the room's rate.
    Rate(f64),
    /// Bend the speed, from now on.
    Bend(f64),
    /// The speed is the room's again.
    Straight,
    /// Do nothing for a while, since the last seek did not help.
    BackOff,
    /// Try the video no more.
    GiveUp,
}

/// What led to a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// We came into the room, or came back to it.
    Joined,
    /// Another video came on.
    Loaded,
    /// The room paused.
    RoomPaused,
    /// The room plays on.
    RoomPlays,
    /// An admin counts down to a start.
    RoomCounts,
    /// The room jumped.
    RoomJumped,
    /// The video is over.
    FilmOver,
    /// The room changed its rate.
    RoomRate,
    /// The room waits for somebody.
    RoomWaits,
    /// The wait is over.
    WaitOver,
    /// What the member did in the player's window was not taken.
    ActUndone,
    /// The player was started, or is back.
    PlayerBack,
    /// The player answers again.
    Thawed,
    /// The video was opened anew, in another quality say.
    Reopened,
    /// This computer slept.
    Slept,
    /// The player was not where the film was.
    Drift,
    /// A load or a seek came out ahead of the room, and the player lets that arrive.
    Ahead,
    /// The room has arrived where the player stood.
    RoomArrived,
    /// A seek waited for data, and the room went on meanwhile.
    DataLate,
    /// The video broke off or did not open.
    TriedAgain,
    /// The room went back to what this player has cached no more, and it cannot jump.
    LeftCache,
    /// The video does not play.
    DoesNotPlay,
}
