//! What the client reports to its member, as facts without words. `--json` prints each as one
//! object, the screen shows some of them, and `strings` words them.

use strum::IntoStaticStr;

use crate::media::fault::FaultKind;
use crate::media::policy::Refusal;
use crate::protocol::ephemeral::Reaction;
use crate::protocol::event::ChatLine;
use crate::protocol::failure::FailureCode;
use crate::protocol::ids::{ChatId, Epoch, MemberId, Rev, RoomId};
use crate::protocol::member::{Member, Role};
use crate::protocol::playback::{Playing, QueueEntry};
use crate::protocol::text::MemberName;
use crate::protocol::time::{Position, Rate, RoomTime, Span};
use crate::sync::follow::{ReadSoFar, Status};
use crate::sync::player::{Lack, MediaProblem, ProcessState};

use super::decision::Decision;
use super::disconnect::Disconnect;

mod apart_notice;
mod arrival_notice;
mod batch_notice;
mod invite_link;
mod jump;
mod lists;
mod lobby_notice;
mod notice;
mod own_computer;
mod own_file;
mod own_player;
mod person;
mod queued;
mod server_notice;
pub mod severity;
mod unqueued;
mod who_line;
mod why;
mod window_notice;

pub use super::usage::{ArgumentFault, UsageError};
pub use crate::room::lifetime::Lifetime;
pub use apart_notice::ApartNotice;
pub use arrival_notice::ArrivalNotice;
pub use batch_notice::{BatchNotice, QueuedTogether};
pub use invite_link::InviteLink;
pub use jump::Jump;
pub use lists::{BanList, InviteList};
pub use lobby_notice::LobbyNotice;
pub use notice::Notice;
pub use own_computer::{FoundLack, LinkTrust};
pub use own_file::OwnFileProblem;
pub use own_player::{OwnPlayerNotice, QualityStart};
pub use person::Person;
pub use queued::Queued;
pub use server_notice::ServerNotice;
pub use unqueued::UnqueuedEntry;
pub use who_line::WhoLine;
pub use why::Why;
pub use window_notice::WindowNotice;

/// One report to the member.
#[derive(Debug, Clone, PartialEq)]
pub enum Output {
    /// The client is in the room.
    Joined {
        /// The room that was joined.
        room: RoomId,
        /// The member's number in it.
        id: MemberId,
        /// The name by which the room calls the member.
        name: MemberName,
        /// The member's role, or the one they have for now.
        role: Role,
        /// The server's address.
        server: String,
        /// How long the room is kept once everybody has left: [`Lifetime::NONE`] if its server
        /// goes with this client and keeps nothing.
        lifetime: Lifetime,
    },
    /// The number of members who are here, once it changed.
    Viewers(u32),
    /// The number of those who watch from outside, once it changed.
    Observers(u32),
    /// A member came, went, or changed.
    Member {
        /// The member's number.
        id: MemberId,
        /// The member, by their name after the change.
        who: Person,
        /// Their role after the change, or the one they have for now.
        role: Role,
        /// The one thing that changed: two changes at once are two outputs.
        change: MemberChange,
        /// The member who decided it, if it was another one and is known.
        by: Option<Person>,
    },
    /// A member has another name.
    Renamed(Renaming),
    /// A member was sent out.
    Removed(Removal),
    /// A line of chat.
    Chat {
        /// The line of chat.
        line: ChatLine,
        /// How it reads with the room's emotes, if it has any.
        spelled: Option<String>,
        /// Whether it was written before the client joined, or while it was away.
        history: bool,
    },
    /// A line of chat was erased.
    Erased {
        /// The line's number in the room's chat.
        id: ChatId,
        /// The member who erased it. Only an event says whether that is you: a whole state has a
        /// name, which may be somebody else's by now.
        by: Person,
        /// The member who wrote it, by their name then; `None` if the line is no longer known.
        author: Option<Person>,
    },
    /// A line of chat was erased with others of its author, which a notice reports.
    ErasedTogether {
        /// The line's number in the room's chat.
        id: ChatId,
        /// The member who erased them.
        by: Person,
    },
    /// A reaction of a member, oneself included, to be shown once and then forgotten.
    Reaction(Reaction),
    /// Other media came on, or something about it changed.
    Media {
        /// The media that is on, if one is.
        playing: Option<Playing>,
        /// The number of the media in the room.
        epoch: Epoch,
        /// Whether only its length has changed, which was known before: of a file that is still
        /// being written it does so all the time.
        revised: bool,
        /// The member who put it on right away; `None` if its turn had come, if a notice says who
        /// skipped to it, and if it was on before.
        started_by: Option<Person>,
        /// Whether it was put into the lobby, where it waits for its start.
        in_lobby: bool,
    },
    /// The timeline after a change: a pause, a seek, a rate, a hold, other media.
    Timeline(TimelineView),
    /// The whole queue, after a change.
    Queue(Vec<QueueEntry>),
    /// The whole queue, after a change that no person is to read of: a muted member's proposal, or
    /// one of several entries that leave together. Programs get it as any other.
    QuietQueue(Vec<QueueEntry>),
    /// The player does something else.
    Player(PlayerView),
    /// How well in step the player is, once a second while it plays.
    Sync(Status),
    /// Something was decided about the player.
    Decision {
        /// What was decided, and why.
        decision: Decision,
        /// Whether it was reported before, and is repeated because of `/why`.
        asked: bool,
    },
    /// The players that new media waits for; none, once it starts.
    WaitingForPlayers {
        /// The members whose players are not ready.
        missing: Vec<Person>,
        /// The longest that they are waited for.
        at_most: Span,
        /// Whether the media has just come on.
        fresh: bool,
    },
    /// The connection does something else.
    Connection(ConnectionView),
    /// A line of input was carried out.
    Ok {
        /// The line's number, counted from 1.
        line: u64,
        /// The room's last event after it.
        rev: Rev,
    },
    /// A line of input changed nothing.
    Denied {
        /// The line's number, counted from 1.
        line: u64,
        /// Why the room or the client refused it.
        why: Why,
    },
    /// Anything else that is worth a line.
    Notice(Notice),
}

/// That a member has another name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renaming {
    /// The member's number, which stays.
    pub id: MemberId,
    /// Their name before, as far as is known.
    pub was: Option<MemberName>,
    /// The member, by their new name.
    pub who: Person,
    /// Their role, or the one they have for now.
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
    /// Their name when they were sent out.
    pub name: MemberName,
    /// Their role then, or the one they had for the time being.
    pub role: Role,
    /// The member who sent them out, if known.
    pub by: Option<Person>,
    /// Whether they were here. Only older servers send out who has left: they cannot come back
    /// as the same member.
    pub was_here: bool,
    /// Whether they were banned, which has a line of its own.
    pub is_banned: bool,
}

/// What changed about a member. The name in snake case is the code in `--json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum MemberChange {
    /// They joined the room.
    Joined,
    /// They left it.
    Left,
    /// Their role changed.
    Role,
    /// They became acting admin, which has a notice of its own.
    #[strum(serialize = "role")]
    ActingRole,
    /// Their chat and reactions were taken away.
    Muted,
    /// They may chat and react again.
    Unmuted,
    /// The room does not wait for them when their player stalls.
    #[strum(serialize = "not_waited_for")]
    WaitExempt,
    /// The room waits for them again.
    #[strum(serialize = "waited_for")]
    WaitCounted,
    /// They are ready for the media to start.
    Ready,
    /// They are not ready any more.
    NotReady,
}

/// The timeline at one moment, as it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimelineView {
    /// The position at `at`.
    pub position: Position,
    /// Whether it is paused.
    pub paused: bool,
    /// Whether the room waits for someone.
    pub held: bool,
    /// Media time per real time.
    pub rate: Rate,
    /// The last event of the room.
    pub rev: Rev,
    /// The room time of `position`.
    pub at: RoomTime,
    /// The room time from which it runs.
    pub start: RoomTime,
    /// Whether a notice says the same in words: who paused, resumed or changed the rate, that
    /// nobody can play the media, that somebody can after all, or that it is over.
    pub has_notice: bool,
}

/// The state of the player, with its reason. The name in snake case is the code in `--json`; a
/// player that does not play the media is `refused`, and its text says why.
#[derive(Debug, Clone, PartialEq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum PlayerView {
    /// There is none: the member wanted none.
    #[strum(serialize = "missing")]
    Off,
    /// It was started and does not answer yet.
    Starting,
    /// It has nothing to play.
    Idle {
        /// Something that it lacks and can do without.
        lacks: Option<Lack>,
    },
    /// It opens the media.
    Loading,
    /// It plays, whether in step or not.
    Playing,
    /// It is paused, or at the end of the media.
    Paused,
    /// It waits for data.
    Buffering,
    /// It is paused until it has read as far as the room is, since it cannot seek.
    ReadingOn(ReadSoFar),
    /// It does not answer.
    Frozen,
    /// The process is gone or could not be started; `Ready`, `Starting`, `Frozen` and
    /// `Thawed` do not occur here.
    #[strum(serialize = "missing")]
    Gone(ProcessState),
    /// It could not play the media.
    #[strum(serialize = "refused")]
    Failed(MediaProblem),
    /// This machine does not open the media.
    #[strum(serialize = "refused")]
    Refused(Refusal),
}

impl PlayerView {
    /// Whether it says no more than that nobody plays the media, for this reason. Where the reason
    /// has no name of its own, the player's own words say more.
    #[must_use]
    pub fn is_told_by(&self, code: FailureCode) -> bool {
        match self {
            Self::Failed(problem) => code != FailureCode::Other && problem.code() == code,
            _ => false,
        }
    }

    /// Whether a link is not opened because it leads into the member's own network.
    #[must_use]
    pub fn leads_home(&self) -> bool {
        match self {
            Self::Refused(_) => true,
            Self::Failed(MediaProblem::Fetch(fault)) => fault.kind == FaultKind::PrivateAddress,
            _ => false,
        }
    }

    /// Whether it is worth a line: a player that does what is expected is not.
    #[must_use]
    pub const fn is_notable(&self) -> bool {
        match self {
            Self::Frozen
            | Self::ReadingOn(_)
            | Self::Gone(_)
            | Self::Failed(_)
            | Self::Refused(_) => true,
            Self::Off
            | Self::Starting
            | Self::Idle { .. }
            | Self::Loading
            | Self::Playing
            | Self::Paused
            | Self::Buffering => false,
        }
    }
}

/// The state of the connection, as it is shown. The name in snake case is the code in `--json`.
#[derive(Debug, Clone, PartialEq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum ConnectionView {
    /// It is being made.
    Connecting {
        /// The server's address.
        server: String,
    },
    /// The client is in the room.
    Connected,
    /// It is gone and will be made again.
    Reconnecting {
        /// The reason why it is gone.
        why: Disconnect,
        /// The time until the next attempt.
        after: Span,
    },
    /// The server does not let the client in.
    Refused(Why),
    /// It was ended on purpose.
    Closed,
}
