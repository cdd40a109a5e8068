//! What a member is told, as facts without words: `--json` prints each as one object, the
//! screen shows some of them. Words are made by `strings`.

use crate::media::MediaError;
use crate::media::policy::Refusal;
use crate::protocol::denied::{Denied, Refused};
use crate::protocol::ephemeral::Reaction;
use crate::protocol::event::ChatLine;
use crate::protocol::film::{Entry, Playing};
use crate::protocol::ids::{ChatId, Epoch, MemberId, Rev, RoomId};
use crate::protocol::member::{Ban, Marks, Role};
use crate::protocol::text::MemberName;
use crate::protocol::time::{Position, Rate, RoomTime, Span};
use crate::protocol::wish::Wish;
use crate::sync::follow::Status;
use crate::sync::player::{Lack, MediaProblem, ProcessState};
use crate::wire::message::Reason;

use super::decision::Decision;
use super::event::Disconnect;

pub use super::usage::{ArgumentFault, UsageError};

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
        /// Who.
        id: MemberId,
        /// Their name now.
        name: MemberName,
        /// Their power now.
        role: Role,
        /// What changed.
        change: MemberChange,
    },
    /// A line of chat.
    Chat {
        /// The line.
        line: ChatLine,
        /// Whether it is from before the client came.
        history: bool,
    },
    /// A line of chat was taken away.
    Erased {
        /// Which.
        id: ChatId,
        /// By whom.
        by: MemberName,
    },
    /// An emoji floats by.
    Reaction(Reaction),
    /// What is on.
    Media {
        /// What plays, if anything.
        playing: Option<Playing>,
        /// Which video of the room it is.
        epoch: Epoch,
    },
    /// How time runs.
    Timeline(TimelineView),
    /// What waits.
    Queue(Vec<Entry>),
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
        /// Their members' names.
        missing: Vec<MemberName>,
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

/// What changed about a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemberChange {
    /// They came.
    Joined,
    /// They went.
    Left,
    /// They have another name.
    Renamed,
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

/// Why something was not done.
#[derive(Debug, Clone, PartialEq)]
pub enum Why {
    /// The room denied it.
    Denied(Denied),
    /// The server refused.
    Refused(Refused),
    /// The server gave a reason that this version does not know.
    Unknown(Reason),
    /// The line made no sense.
    Usage(UsageError),
    /// The link cannot be played.
    Media(MediaError),
    /// Not connected: the room did not change.
    NotConnected {
        /// Whether it was asked to pause: then that is said, since the own player may stand.
        pausing: bool,
    },
    /// The server cannot be reached.
    Unreachable(Disconnect),
    /// Left before the answer came.
    Unanswered,
    /// There is no player to do it with.
    NoPlayer,
    /// The player has no trouble that another try would help.
    NothingWrong,
    /// This machine does not open the video, however often it is tried.
    NotOpened(Refusal),
    /// There is no screen to show it on.
    NoScreen,
}

/// Something worth a line.
#[derive(Debug, Clone, PartialEq)]
pub enum Notice {
    /// The room exists only on this computer; others cannot join it. How to paste an invite.
    OnlyHere {
        /// Where it is.
        server: String,
    },
    /// The room is on the local network, at these addresses.
    OnLan {
        /// Invite links that work there.
        invites: Vec<String>,
    },
    /// The room was created by this join, and this is what others type.
    RoomCreated {
        /// The invite to hand on.
        invite: String,
    },
    /// The room exists already: what was asked for its creation was left aside.
    AlreadyExists,
    /// The room gave us another name.
    NameChanged {
        /// Which.
        name: MemberName,
    },
    /// What a member did in their own player was not taken, mostly because only an admin
    /// can: it was undone.
    ActUndone(Why),
    /// The video named at the start was not put on.
    NotPlayed(Why),
    /// A pause was made in the own player while not connected; the room did not pause.
    NotConnected,
    /// A member asks the admins for something.
    Asked {
        /// Their name.
        name: MemberName,
        /// For what.
        wish: Wish,
    },
    /// Somebody was banned.
    Banned {
        /// Their name.
        name: MemberName,
        /// By whom.
        by: MemberName,
    },
    /// Somebody who was banned may come in again.
    Unbanned {
        /// Their name.
        name: MemberName,
    },
    /// Who is banned: the answer to `/bans`.
    Bans(Vec<Ban>),
    /// The room waits for someone.
    Waiting {
        /// Their name.
        name: MemberName,
        /// At most for this long.
        at_most: Span,
    },
    /// The room does not wait any longer.
    WaitOver {
        /// For whom it did.
        name: MemberName,
        /// How long it took.
        took: Span,
    },
    /// Whether the room waits for slow viewers changed.
    WaitPolicy {
        /// Whether it waits now.
        waits: bool,
        /// Whether an admin chose so; else it follows from the room's size.
        chosen: bool,
    },
    /// Somebody jumped.
    Jumped {
        /// Who.
        name: MemberName,
        /// From where.
        from: Position,
        /// To where.
        to: Position,
    },
    /// Somebody is admin for now.
    ActingAdmin {
        /// Who.
        name: MemberName,
    },
    /// The room's title changed.
    Titled {
        /// The title.
        title: Option<String>,
    },
    /// The heir was named.
    Heir {
        /// Who.
        name: MemberName,
    },
    /// Somebody lets the room count to the start.
    Countdown {
        /// Who.
        name: MemberName,
    },
    /// A number of the count, which stands over the video as well.
    Count {
        /// Which.
        number: u8,
    },
    /// The video stalled here for the second time: what would help.
    StalledTwice {
        /// Whether it can be had with less picture.
        lighter: bool,
    },
    /// The video is over, and nothing follows.
    Finished,
    /// An entry left the queue without playing.
    Unqueued {
        /// The entry.
        entry: Entry,
        /// Why.
        cause: crate::protocol::film::UnqueueCause,
    },
    /// To admins: somebody's player cannot play the video.
    PlaybackFailed {
        /// Whose.
        name: MemberName,
        /// Why.
        reason: String,
    },
    /// Everyone who is here: the answer to `/who`.
    Who(Vec<WhoLine>),
    /// Not connected: what follows is as it was when the connection broke.
    OutOfDate,
    /// All commands: the answer to `/help`.
    Help,
    /// The player is far off, and the video's server does not let it jump.
    CannotSeek {
        /// How far off it is.
        off: Span,
    },
    /// The player's copy of the video ends before the room's does.
    EndsEarly,
    /// Nothing plays; what stands in the empty window of the player.
    NothingOn {
        /// The link that leads others here, if any does.
        invite: Option<String>,
    },
    /// The video comes in one quality only.
    QualityFixed,
    /// The player turned out to lack something that it can do without.
    PlayerLacks(Lack),
    /// The clock jumped: the machine slept.
    Woke {
        /// For how long.
        slept: Span,
    },
    /// The server found fault with what the client sent.
    ServerError(Reason),
}

/// One member in the answer to `/who`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhoLine {
    /// Their number, which tells apart names that look alike.
    pub id: MemberId,
    /// Who.
    pub name: MemberName,
    /// With what power.
    pub role: Role,
    /// Whether only for now.
    pub acting: bool,
    /// Whether it is oneself.
    pub you: bool,
    /// What was decided about them.
    pub marks: Marks,
    /// How they are doing, as far as is known.
    pub health: Option<crate::wire::message::Health>,
}
