//! What a member is told, as facts without words: `--json` prints each as one object, the
//! screen shows some of them. Words are made by `strings`.

use crate::media::policy::Refusal;
use crate::protocol::ephemeral::Reaction;
use crate::protocol::event::ChatLine;
use crate::protocol::film::{Entry, Playing};
use crate::protocol::ids::{ChatId, Epoch, MemberId, Rev, RoomId};
use crate::protocol::member::{Member, Role};
use crate::protocol::text::MemberName;
use crate::protocol::time::{Position, Rate, RoomTime, Span};
use crate::sync::follow::{ReadSoFar, Status};
use crate::sync::player::{Lack, MediaProblem, ProcessState};

use super::decision::Decision;
use super::event::Disconnect;

mod notice;
mod person;
mod why;

pub use super::usage::{ArgumentFault, UsageError};
pub use notice::{Notice, WhoLine};
pub use person::Person;
pub use why::Why;

/// One thing a member is told.
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    /// The client is in the room.
    Joined {
        /// Which room.
        room: RoomId,
        /// As whom.
        id: MemberId,
        /// By what name.
        name: MemberName,
        /// With what power.
        role: Role,
        /// On which server.
        server: String,
    },
    /// How many are here.
    Viewers(u32),
    /// A member came, went, or changed.
    Member {
        /// Their number.
        id: MemberId,
        /// Who, by their name now.
        who: Person,
        /// Their power now.
        role: Role,
        /// What changed.
        change: MemberChange,
    },
    /// A member has another name.
    Renamed(Renaming),
    /// A member was sent out.
    Removed(Removal),
    /// A line of chat.
    Chat {
        /// The line.
        line: ChatLine,
        /// Whether it is from before the client came.
        history: bool,
    },
    /// A line of chat was taken away.
    Erased {
        /// The line's number in the room's chat.
        id: ChatId,
        /// The member who took it away. Only the event tells whether that is you: a state has a
        /// name, which may be somebody else's by now.
        by: Person,
    },
    /// An emoji floats by.
    Reaction(Reaction),
    /// What is on.
    Media {
        /// What plays, if anything.
        playing: Option<Playing>,
        /// Which video of the room it is.
        epoch: Epoch,
        /// Whether only its length has changed, which was known before: of a file that is still
        /// being written it does so all the time.
        revised: bool,
    },
    /// How time runs.
    Timeline(TimelineView),
    /// What waits.
    Queue(Vec<Entry>),
    /// What waits, after a change that nobody is to read of: a muted member's proposal, or one of
    /// several entries that leave together. Programs get it as any other.
    QuietQueue(Vec<Entry>),
    /// What the player does.
    Player(PlayerView),
    /// How well in step the player is.
    Sync(Status),
    /// What was decided about the player, and why.
    Decision {
        /// The decision.
        decision: Decision,
        /// Whether it was asked for (`/why`), and told before.
        asked: bool,
    },
    /// Whose players a new video waits for; nobody's, once it starts.
    Gate {
        /// The members whose players are not ready.
        missing: Vec<Person>,
        /// At most for this long.
        at_most: Span,
        /// Whether the video has just come on.
        fresh: bool,
    },
    /// What the connection does.
    Connection(ConnectionView),
    /// A line of input was carried out.
    Ok {
        /// Which line, counted from 1.
        line: u64,
        /// The room's rev after it.
        rev: Rev,
    },
    /// A line of input changed nothing.
    Denied {
        /// Which line, counted from 1.
        line: u64,
        /// Why.
        why: Why,
    },
    /// Anything else.
    Notice(Notice),
}

/// That a member has another name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renaming {
    /// The member's number, which stays.
    pub id: MemberId,
    /// Their name before, as far as is known.
    pub was: Option<MemberName>,
    /// Who, by their name now.
    pub who: Person,
    /// Their power.
    pub role: Role,
}

impl Renaming {
    /// Of a member as they are now, as `me` reads of it.
    pub(super) fn of(was: Option<&MemberName>, now: &Member, me: MemberId) -> Self {
        Self {
            id: now.id,
            was: was.cloned(),
            who: Person::of(now, me),
            role: now.power(),
        }
    }
}

/// That a member was sent out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removal {
    /// The member's number.
    pub id: MemberId,
    /// What they were called when they were sent out.
    pub name: MemberName,
    /// Their power.
    pub role: Role,
    /// By whom, as far as is known.
    pub by: Option<Person>,
    /// Whether they were here. Only older servers send out who has left: they cannot come back
    /// as the same member.
    pub was_here: bool,
    /// Whether they were banned, which has a line of its own.
    pub is_banned: bool,
}

/// What changed about a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemberChange {
    /// They came.
    Joined,
    /// They went.
    Left,
    /// They have another role.
    Role,
    /// Their chat and reactions were taken away.
    Muted,
    /// They may chat and react again.
    Unmuted,
    /// The room does not wait for them.
    Spared,
    /// The room waits for them again.
    Unspared,
}

/// How time runs in the film, for those who look from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimelineView {
    /// Where the film is at `at`.
    pub position: Position,
    /// Whether it is paused.
    pub paused: bool,
    /// Whether the room waits for someone.
    pub held: bool,
    /// How fast it runs.
    pub rate: Rate,
    /// The event that made it so.
    pub rev: Rev,
    /// The room time of `position`.
    pub at: RoomTime,
    /// The room time from which it runs.
    pub start: RoomTime,
    /// Whether a notice says so in words of its own: nobody can play the film, somebody can
    /// after all, or it is over.
    pub has_notice: bool,
}

/// What the player does, in one word and its reason.
#[derive(Debug, Clone, PartialEq)]
pub enum PlayerView {
    /// No player, on purpose.
    Off,
    /// Started, not answering yet.
    Starting,
    /// Nothing to play.
    Idle {
        /// What it does without.
        lacks: Option<Lack>,
    },
    /// Opening the video.
    Loading,
    /// Playing.
    Playing,
    /// Standing.
    Paused,
    /// Waiting for data.
    Buffering,
    /// Standing until it has read as far as the room is, since it cannot jump.
    ReadingOn(ReadSoFar),
    /// Not answering.
    Frozen,
    /// The process is gone or could not be started; `Ready`, `Starting`, `Frozen` and
    /// `Thawed` do not occur here.
    Gone(ProcessState),
    /// The video could not be played.
    Failed(MediaProblem),
    /// The video may not be opened on this machine.
    Refused(Refusal),
}

/// What the connection does.
#[derive(Debug, Clone, PartialEq)]
pub enum ConnectionView {
    /// Trying.
    Connecting {
        /// To which server.
        server: String,
    },
    /// In the room.
    Connected,
    /// Gone, and trying again.
    Reconnecting {
        /// Why it is gone.
        why: Disconnect,
        /// In how long.
        after: Span,
    },
    /// The server does not let us in.
    Refused(Why),
    /// Ended on purpose.
    Closed,
}
