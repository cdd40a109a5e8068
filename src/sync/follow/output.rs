//! What a [`Follower`](super::Follower) wants done, and how it says that the player is doing.

use crate::protocol::command::Report;
use crate::protocol::ephemeral::LivePlace;
use crate::protocol::time::{LocalTime, Position, Rate, RoomTime, Span};
use crate::sync::player::{MediaProblem, PlayerCommand};

/// Something a [`Follower`](super::Follower) wants done or known.
#[derive(Debug, Clone, PartialEq)]
pub enum Output {
    /// An order to the player, and why it is given.
    Order(PlayerCommand, Because),
    /// Send a ping now, with `now` as its `t0`.
    Ping,
    /// The member did this in the player's window: an admin's goes to the room, a viewer's is
    /// refused with [`Input::Undo`](super::Input::Undo).
    Act(Act),
    /// Something the room should hear.
    Report(Report),
}

/// Why an order is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// It follows from what the follower was told: a move of the room, say.
    Told,
    /// The running player was not where the film was.
    Drift,
    /// A seek, a load or a gap in the data brought the player ahead of the room, which it lets
    /// arrive.
    Ahead,
    /// The room has arrived where the player stood.
    RoomArrived,
    /// The last seek waited for data, and the room went on meanwhile.
    Waited,
    /// The medium broke off or did not open, and is tried again.
    TriedAgain,
    /// The room went back to a place that is cached no more, and the player cannot jump there.
    LeftCache,
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
    /// Jumped, or went a frame on or back.
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
    /// Where in the broadcast it is, of live media that is not steered, if that can be told.
    pub live: Option<LivePlace>,
    /// How far apart the members' players of such a medium are, which a follower does not know:
    /// whoever hears of the others fills it in. Of a player that cannot be brought to the room
    /// in live media that are steered: how far it is from there.
    pub apart: Option<Span>,
}

/// What a [`Follower`](super::Follower) is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SyncState {
    /// Nothing plays, or there is no player.
    Idle,
    /// The video is being opened, or tried again before it ever showed a picture.
    Loading,
    /// In step; the speed is the room's.
    Holding,
    /// A little off: the speed is bent.
    Nudging,
    /// Too far off: seeking.
    Seeking,
    /// The player has no data.
    Buffering,
    /// The player cannot jump, and stands until it has read as far as the room is.
    ReadingOn,
    /// The room waits for someone.
    Waiting,
    /// The player came out ahead of the room, and stands until that arrives.
    Ahead,
    /// Not in step, and nothing is being done about it, for this reason.
    Unsynced(Unsynced),
}

/// Why a player is not kept in step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsynced {
    /// Room time is not known yet.
    NoClock,
    /// The video has no end, and its list names no times by which players could be compared.
    Live,
    /// The video's own time stamps jump, so that the player's time tells no place in it.
    TimeJumps,
    /// The player does not answer.
    Frozen,
    /// A seek was made just now and did not help; the next one waits.
    BackingOff,
    /// It is far off, and its server does not let it jump: speed alone brings it nearer.
    CannotSeek,
    /// The video did not load.
    Failed,
    /// The player's copy of the video ends before the room's does.
    EndsEarly,
    /// The player's copy of the video begins elsewhere than the room's: at the same time it
    /// shows other pictures.
    OtherBeginning,
}

/// What a player makes of the room's medium.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum MediumView<'a> {
    /// It is being opened, or will be.
    Opening,
    /// It stands or runs.
    Open,
    /// Its data does not come.
    Waiting,
    /// It cannot be jumped in, and is read on to where the room is.
    ReadingOn(ReadSoFar),
    /// It was given up.
    Failed(&'a MediaProblem),
}

/// How far a player has read that cannot jump.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadSoFar {
    /// Up to here.
    pub read: Position,
    /// It plays once it has read up to here: where the room is.
    pub to: Position,
}

/// Why a player waits for data.
#[derive(Debug, Clone, PartialEq)]
pub struct Interruption {
    /// What was wrong the last time.
    pub problem: MediaProblem,
    /// When it is tried again; `None` while a try is under way.
    pub next: Option<LocalTime>,
}
