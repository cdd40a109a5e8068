//! Notices: reports of what happens now and then. Facts without words, as all reports.

use strum::IntoStaticStr;

use super::apart_notice::ApartNotice;
use super::arrival_notice::ArrivalNotice;
use super::batch_notice::BatchNotice;
use super::invite_link::InviteLink;
use super::jump::Jump;
use super::lists::{BanList, InviteList};
use super::lobby_notice::LobbyNotice;
use super::own_computer::{FoundLack, LinkTrust};
use super::own_file::OwnFileProblem;
use super::own_player::OwnPlayerNotice;
use super::person::Person;
use super::server_notice::ServerNotice;
use super::unqueued::UnqueuedEntry;
use super::who_line::WhoLine;
use super::why::Why;
use super::window_notice::WindowNotice;
use crate::app::own_reactions::OwnReactions;
use crate::protocol::command::PermissionRequest;
use crate::protocol::failure::FailureCode;
use crate::protocol::ids::InviteId;
use crate::protocol::member::{Role, Visibility};
use crate::protocol::moderation::{Erasure, MemberReport, Restriction};
use crate::protocol::playback::{QueueEntry, StandstillCause};
use crate::protocol::text::{ChatText, MemberName};
use crate::protocol::time::{Position, Rate, Span};
use crate::sync::player::Lack;
use crate::texts::language::Language;
use crate::wire::message::Reason;

/// A notice to the member. The name in snake case is the code in `--json`, unless `client::codes` has another.
#[derive(Debug, Clone, PartialEq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Notice {
    /// How the client came into the room, and how others do.
    Arrival(ArrivalNotice),
    /// The room gave us another name.
    NameChanged {
        /// What it calls us now.
        name: MemberName,
    },
    /// The name chosen at the start was not taken: the room calls us as before.
    NameKept {
        /// What it calls us still.
        name: MemberName,
        /// Why the chosen name was not taken.
        why: Why,
    },
    /// What a member did in their own player was undone, mostly because only an admin can.
    #[strum(serialize = "act_undone")]
    ActionUndone(Why),
    /// The media named at the start was not put on.
    NotPlayed(Why),
    /// A pause was made in the own player while not connected; the room did not pause.
    NotConnected,
    /// A member asks the admins for something.
    Asked {
        /// The member who asks.
        who: Person,
        /// What an admin could do for them.
        request: PermissionRequest,
    },
    /// Somebody was banned.
    Banned {
        /// The name of whoever is banned.
        name: MemberName,
        /// The member who did it.
        by: Person,
        /// Whether the address they came from is banned as well.
        address: bool,
    },
    /// Somebody who was banned may come in again.
    Unbanned {
        /// The name they had when they were banned.
        name: MemberName,
        /// The member who lifted the ban, if known.
        by: Option<Person>,
    },
    /// All lines of a member were erased.
    ErasedAll {
        /// Which lines, and how many the room erased.
        erasure: Erasure,
        /// The author of the lines.
        author: Person,
        /// The member who erased them.
        by: Person,
    },
    /// A restriction was set or lifted.
    Restricted {
        /// The restriction as it is now.
        restriction: Restriction,
        /// The member who changed it, if known.
        by: Option<Person>,
    },
    /// Each restriction as it is now: the answer to `/slow`, `/newcomers` and `/observers` alone.
    Restrictions(Vec<Restriction>),
    /// To moderators and admins: a member reports another.
    Reported {
        /// The report.
        report: Box<MemberReport>,
        /// The text of the reported line, if it was one and the room still has it.
        text: Option<ChatText>,
    },
    /// The own report was made.
    ReportTaken {
        /// The name of the reported member.
        name: MemberName,
        /// Whether somebody was here to read it; else it is kept for the next moderator or admin.
        seen: bool,
        /// Whether the member who made it could act on it by themselves.
        may_act: bool,
    },
    /// An admin changed who can find and enter the room.
    VisibilityChanged {
        /// Who can now.
        visibility: Visibility,
        /// The member who changed it, if known.
        by: Option<Person>,
    },
    /// An admin changed the password of the private room.
    PasswordChanged {
        /// The member who changed it, if known.
        by: Option<Person>,
    },
    /// The next line of input is the new password: without a screen nothing else asks for it.
    PasswordFollows,
    /// This member made an invite link, or had made one.
    InviteLink(Box<InviteLink>),
    /// To admins: another one made an invite link.
    InviteCreated {
        /// Its number.
        invite: InviteId,
        /// The role of those who come in by it.
        role: Role,
        /// The member who made it.
        who: Person,
    },
    /// To admins: an invite link was revoked.
    InviteRevoked {
        /// Its number.
        invite: InviteId,
        /// The member who revoked it, or banned somebody who came in by it.
        who: Person,
    },
    /// The invite links that work: the answer to `/invites`.
    Invites(InviteList),
    /// Who is banned: the answer to `/bans`.
    Bans(BanList),
    /// The room waits for someone.
    Waiting {
        /// Whose player it waits for.
        who: Person,
        /// At most for this long.
        at_most: Span,
        /// Whether the reader may end the wait.
        may_resume: bool,
    },
    /// The room does not wait any longer.
    WaitOver {
        /// For whom it did.
        who: Person,
        /// The length of the wait.
        took: Span,
    },
    /// Whether the room waits for slow viewers changed.
    WaitPolicy {
        /// Whether it waits now.
        waits: bool,
        /// Whether an admin chose so; else it follows from the room's size.
        chosen: bool,
        /// The admin who chose it, if known.
        by: Option<Person>,
    },
    /// Whether the room waits for slow viewers now: the answer to `/wait` alone.
    WaitNow {
        /// Whether it does.
        waits: bool,
    },
    /// How fast the room plays: the answer to `/rate` alone.
    RateNow(Rate),
    /// To this member: a file in which their client keeps something is damaged, or of no use.
    OwnFile(OwnFileProblem),
    /// A member paused for all.
    Paused {
        /// The member who paused.
        who: Person,
        /// The room's position.
        at: Position,
    },
    /// A member resumed for all.
    Resumed {
        /// The member who resumed.
        who: Person,
        /// The room's position.
        at: Position,
    },
    /// A member changed the speed for all.
    RateChanged {
        /// The member who changed it.
        who: Person,
        /// The new rate.
        rate: Rate,
    },
    /// A member moved the room to another position.
    Jumped(Jump),
    /// A member ended the media that played, for the next one.
    Skipped {
        /// The member who skipped.
        who: Person,
    },
    /// A member has an admin's power until an admin returns.
    ActingAdmin {
        /// The acting admin.
        who: Person,
        /// The admin who is away, if there is exactly one.
        until: Option<MemberName>,
    },
    /// The room's title changed.
    Titled {
        /// The new title; `None` if it was removed.
        title: Option<String>,
        /// The member who changed it, if known.
        by: Option<Person>,
    },
    /// An emote was set or taken away.
    Emote {
        /// Its name, with colons.
        name: String,
        /// What stands for it; `None` if it was taken away.
        text: Option<String>,
    },
    /// The heir was named.
    Heir {
        /// The member who becomes admin when no admin is here.
        who: Person,
        /// The admin who named them, if known.
        by: Option<Person>,
    },
    /// Somebody lets the room count to the start.
    Countdown {
        /// The member who asked for the count.
        who: Person,
        /// Whether the reader may stop it.
        may_pause: bool,
    },
    /// The start of the media that waits in the lobby.
    Lobby(LobbyNotice),
    /// A number of the count, which stands over the picture as well.
    Count {
        /// The whole seconds that are left.
        number: u8,
    },
    /// The media stalled here for the second time: what would help.
    StalledTwice {
        /// Whether it can be had with less picture.
        lighter: bool,
    },
    /// The media is over, and nothing follows.
    Finished {
        /// Whether the reader may play it again, and approve what is proposed.
        may_resume: bool,
        /// How many proposals wait for that.
        proposed: usize,
    },
    /// What played before is the first of the queue now, from where it was.
    PutBack {
        /// Its title, else its name.
        title: String,
    },
    /// A member plays the media that was over once more, from its beginning.
    PlaysAgain {
        /// The member who does.
        who: Person,
    },
    /// A proposal was approved.
    Approved {
        /// The entry, which keeps its place.
        entry: QueueEntry,
        /// The member who approved it.
        who: Person,
    },
    /// An entry has another place in the queue.
    Moved {
        /// The entry.
        entry: QueueEntry,
        /// The member who moved it.
        who: Person,
        /// Its new place, counted from 1.
        place: u32,
    },
    /// An entry left the queue without playing.
    Unqueued(UnqueuedEntry),
    /// Several proposals were turned down at once.
    RejectedTogether {
        /// The admin who turned them down.
        who: Person,
        /// The number of proposals.
        count: u32,
    },
    /// Several links at once: queued, taken out, or kept.
    Batch(BatchNotice),
    /// A proposal made room for another entry.
    GaveWay {
        /// The proposal that was removed.
        entry: QueueEntry,
        /// The member who proposed it.
        by: Person,
    },
    /// To admins: somebody's player cannot play the media.
    PlaybackFailed {
        /// The name of that player's member.
        name: MemberName,
        /// What the player met with.
        code: FailureCode,
        /// Whether it goes on trying.
        retrying: bool,
    },
    /// New media starts though these were not ready: the longest wait for them is over.
    StartedWithout {
        /// The members whose players were not ready.
        missed: Vec<Person>,
    },
    /// No player plays the media.
    NobodyPlays {
        /// What keeps the players from it.
        cause: StandstillCause,
        /// In how long the next one comes on; `None` if nothing follows by itself.
        next_in: Option<Span>,
    },
    /// No player plays the media, but some still try: it is paused until one does.
    AllWait {
        /// At most for this long.
        at_most: Span,
    },
    /// Somebody's player plays the media after all: this member's, if it was said that it cannot.
    SomebodyPlays(Option<MemberName>),
    /// A part of the media is missing for all players: playback continued after it.
    PartSkipped {
        /// The position at which the missing part begins.
        from: Position,
        /// The position at which playback continued.
        to: Position,
    },
    /// An admin set the media's length by hand.
    LengthSet {
        /// The admin who set it.
        who: Person,
        /// To what; `None` if the players' word counts again.
        length: Option<Span>,
    },
    /// Everyone who is here: the answer to `/who`.
    Who(Vec<WhoLine>),
    /// Not connected: what follows is as it was when the connection broke.
    OutOfDate,
    /// All commands: the answer to `/help`.
    Help,
    /// The emoji on the member's keys 1 to 5.
    Reactions(OwnReactions),
    /// What the command of this English name does.
    CommandHelp(&'static str),
    /// The client uses this language from now on: the answer to `/lang`, which stays in it.
    LanguageChanged(Language),
    /// The player cannot be where the room is.
    Apart(ApartNotice),
    /// Nothing plays; what stands in the empty window of the player.
    NothingOn {
        /// The link that leads others here, if any does.
        invite: Option<String>,
    },
    /// About the player's window.
    Window(WindowNotice),
    /// What the own player did, and how it is now.
    Own(OwnPlayerNotice),
    /// The player lacks something that it can do without.
    PlayerLacks(FoundLack),
    /// The room's links into the member's own network are opened from now on, or are not.
    LinksTrusted(LinkTrust),
    /// What the player lacked is there now.
    PlayerRegained(Lack),
    /// The player was killed or crashed, and is started again.
    PlayerRestarts,
    /// The clock jumped by this much: the machine slept.
    Woke(Span),
    /// What the server's operator says and does, and how the server is.
    Server(ServerNotice),
    /// The server found fault with what the client sent.
    ServerError(Reason),
}
