//! What goes into a [`Follower`] and what comes out of it. How it follows: [`super::follower`].

use super::player::{PlayerCommand, PlayerEvent};
use crate::protocol::command::Report;
use crate::protocol::time::{LocalTime, Position, Rate, RoomTime, Span};
use crate::room::timeline::Timeline;

pub use super::follower::{FollowConfig, Follower};

/// Something a [`Follower`] is told.
#[expect(
    clippy::large_enum_variant,
    reason = "an input is made, handled and gone"
)]
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// The room's timeline, on joining and whenever it changes.
    Timeline {
        /// As it is now.
        timeline: Timeline,
        /// Whether the change was made in this very player's window, which is left alone.
        own: bool,
    },
    /// Connected, to this node or to another: samples of another node's clock are worthless.
    Connected {
        /// Whether it is the same node as before.
        same_node: bool,
    },
    /// The connection is gone. Playback goes on.
    Disconnected,
    /// The answer to a ping; `now` is its arrival.
    Pong {
        /// Local time of sending.
        t0: LocalTime,
        /// Room time of its arrival at the server.
        t1: RoomTime,
        /// Room time of the answer.
        t2: RoomTime,
    },
    /// The machine slept: the monotonic clock stood while the wall clock ran.
    Suspended,
    /// What the player reports.
    Player(PlayerEvent),
    /// The member's own act was refused: the player goes back to the timeline.
    Undo,
    /// The time that [`Follower::next_deadline`] named has come.
    Deadline,
}

/// Something a [`Follower`] wants done or known.
#[derive(Debug, Clone, PartialEq)]
pub enum Output {
    /// An order to the player.
    Order(PlayerCommand),
    /// Send a ping now, with `now` as its `t0`.
    Ping,
    /// The member did this in the player's window: an admin's goes to the room, a viewer's is
    /// refused with [`Input::Undo`].
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

/// What a [`Follower`] is doing.
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
    /// The video did not load.
    Failed,
}
