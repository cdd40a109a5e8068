//! How a [`Follower`](super::Follower) says that the player is doing.

use strum::IntoStaticStr;

use crate::protocol::ephemeral::LivePlace;
use crate::protocol::time::{LocalTime, Position, Span};
use crate::sync::player::MediaProblem;

/// Up to this error a player counts as in step: one frame at 25 frames a second.
const IN_STEP: Span = Span::millis(40);

/// How a player is doing with respect to the room.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Status {
    /// What the follower is doing.
    pub state: SyncState,
    /// Player minus timeline, if measured lately.
    pub error: Option<Span>,
    /// The bound of the clock's own error, once there is an estimate.
    pub bound: Option<Span>,
    /// The speed asked of the player (1.0 is normal).
    pub speed: f64,
    /// What is buffered ahead, if known.
    pub buffered: Option<Span>,
    /// The shortest round trip of the last minutes.
    pub round_trip: Option<Span>,
    /// Where in the broadcast it is, of live media that is not steered, if that is known.
    pub live: Option<LivePlace>,
    /// How far apart the members' players of such media are, which a follower does not know: the
    /// app, which knows the others, fills it in. Of a player that cannot be brought to the room in
    /// live media that are steered: how far it is from there.
    pub apart: Option<Span>,
}

impl Status {
    /// Whether the player was read lately and is where the timeline is, as far as anybody sees.
    #[must_use]
    pub fn is_in_step(&self) -> bool {
        self.error.is_some_and(|error| error.abs() <= IN_STEP)
    }
}

/// What a [`Follower`](super::Follower) is doing. The name in snake case is the code in `--json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum SyncState {
    /// Nothing plays, or there is no player.
    Idle,
    /// The media is being opened, or tried again before it ever showed a picture.
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

/// Why a player is not kept in step. The name in snake case is the code in `--json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Unsynced {
    /// Room time is not known yet.
    NoClock,
    /// The media has no end, and its list names no times by which players could be compared.
    Live,
    /// The media's own time stamps jump, so that no place in it follows from the player's time.
    TimeJumps,
    /// The player does not answer.
    Frozen,
    /// A seek was made just now and did not help; the next one waits.
    BackingOff,
    /// It is far off, and its server does not let it jump: speed alone brings it nearer.
    CannotSeek,
    /// The media did not load.
    Failed,
    /// The player's copy of the media ends before the room's does.
    EndsEarly,
    /// The player's copy of the media begins elsewhere than the room's: at the same time it
    /// shows other pictures.
    OtherBeginning,
}

/// How far a player has read that cannot jump.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadSoFar {
    /// Up to this position.
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
