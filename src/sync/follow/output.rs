//! What a [`Follower`](super::Follower) wants done, and how it says that the player is doing.

use crate::protocol::command::Report;
use crate::protocol::time::{Position, Rate, RoomTime, Span};
use crate::sync::player::PlayerCommand;

/// Something a [`Follower`](super::Follower) wants done or known.
#[derive(Debug, Clone, PartialEq)]
pub enum Output {
    /// An order to the player.
    Order(PlayerCommand),
    /// Send a ping now, with `now` as its `t0`.
    Ping,
    /// The member did this in the player's window: an admin's goes to the room, a viewer's is
    /// refused with [`Input::Undo`](super::Input::Undo).
    Act(Act),
    /// Something the room should hear.
    Report(Report),
}

/// What a member did in the window of their own player.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Act {
    /// Paused, at this position and room time.
    Pause {
        /// Where the player stands.
        position: Position,
        /// When; `None` while room time is unknown.
        at: Option<RoomTime>,
    },
    /// Played on.
    Resume {
        /// Where the player was.
        position: Position,
        /// When; `None` while room time is unknown.
        at: Option<RoomTime>,
    },
    /// Jumped.
    Seek {
        /// Where to.
        position: Position,
        /// When it stood there; `None` while room time is unknown.
        at: Option<RoomTime>,
    },
    /// Changed the speed.
    Speed(Rate),
}

/// How a player is doing with respect to the room.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Status {
    /// In a word.
    pub state: SyncState,
    /// Player minus timeline, if measured lately.
    pub error: Option<Span>,
    /// The bound of the clock's own error, once there is an estimate.
    pub bound: Option<Span>,
    /// The speed asked of the player (1.0 is normal).
    pub speed: f64,
    /// What is buffered ahead, if known.
    pub buffered: Option<Span>,
    /// The smallest round trip of late.
    pub round_trip: Option<Span>,
}

/// What a [`Follower`](super::Follower) is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SyncState {
    /// Nothing plays, or there is no player.
    Idle,
    /// The video is being opened.
    Loading,
    /// In step; the speed is the room's.
    Holding,
    /// A little off: the speed is bent.
    Nudging,
    /// Too far off: seeking.
    Seeking,
    /// The player has no data.
    Buffering,
    /// The room waits for someone.
    Waiting,
    /// Not in step, and nothing is being done about it, for this reason.
    Unsynced(Unsynced),
}

/// Why a player is not kept in step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsynced {
    /// Room time is not known yet.
    NoClock,
    /// The video has no end.
    Live,
    /// The player does not answer.
    Frozen,
    /// A seek was made just now and did not help; the next one waits.
    BackingOff,
    /// It is far off, and its server does not let it jump: speed alone brings it nearer.
    CannotSeek,
    /// The video did not load.
    Failed,
}
