//! What happened in a room: the events of its log. Applying them in order is the only way in which
//! a room changes; `room::state` implements that.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::command::PermissionRequest;
use super::emote::EmoteChange;
use super::ids::{ChatId, EntryId, Epoch, InviteId, MemberId};
use super::lobby::StartRule;
use super::member::{Ban, Member, Role, Visibility};
use super::moderation::{Erasure, Restriction};
use super::playback::{
    Hold, HoldEnd, LoadCause, Playing, QueueEntry, Retime, Segment, Standstill, SubtitleOffer,
    UnqueueCause,
};
use super::text::{MemberName, Title};
use super::time::{Position, Span};

pub use super::chat_line::ChatLine;
pub use fact::{Departure, Fact};

mod fact;

/// Something that happened in a room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum RoomEvent {
    /// The room was created. The first event of every log.
    Created {
        /// The title that the creator chose; `None` leaves the room's name as its only one.
        title: Option<Title>,
        /// Who can find and enter it.
        visibility: Visibility,
        /// How long the room waits for a vanished admin, if its server sets another time than the
        /// default.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        grace: Option<Span>,
        /// How long the server keeps an empty room that is meant to last; versions up to 0.1.0
        /// keep none for long.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ttl: Option<Span>,
    },
    /// Members joined and left. Clients of large rooms get shortened lists.
    Presence {
        /// Those who joined, as they are now. Returning members keep their id.
        joined: Vec<Member>,
        /// Those who left, in large rooms too: departures are never shortened.
        left: Vec<Departure>,
        /// How many members are present afterwards.
        count: u32,
        /// Whether the room is now too large to wait for slow players by default.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        large: Option<bool>,
    },
    /// The log was opened again after a restart: nobody is present until they return.
    Reopened {
        /// Where the media is paused, if the room was offline for long.
        segment: Option<Segment>,
        /// How long the server keeps an empty room that is meant to last from now on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ttl: Option<Span>,
    },
    /// A member changed their own name.
    Renamed {
        /// The member, by number.
        member: MemberId,
        /// The new name, which no other member has.
        name: MemberName,
        /// The previous name, which servers up to 0.1.0 omit.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        was: Option<MemberName>,
    },
    /// A member's role changed: by an admin, or because acting power began or ended.
    RoleChanged {
        /// The member, by number.
        member: MemberId,
        /// The lasting role, which stays when an acting admin's power ends.
        role: Role,
        /// Whether they are acting admin.
        acting: bool,
    },
    /// An admin named the heir, or revoked the choice.
    HeirNamed {
        /// The heir. No command of this version revokes the choice, which `None` would mean.
        member: Option<MemberId>,
    },
    /// The room's title was set, changed or removed.
    Titled {
        /// The new title; `None` if it was removed.
        title: Option<Title>,
    },
    /// An emote was set, changed or taken away.
    EmoteSet(EmoteChange),
    /// An admin changed who can find and enter the room, or the password of a private one.
    VisibilityChanged {
        /// Who can find and enter it from now on.
        visibility: Visibility,
    },
    /// A member made an invite link.
    InviteCreated {
        /// Its number.
        invite: InviteId,
        /// The role of those who come in by it.
        role: Role,
    },
    /// An invite link was revoked.
    InviteRevoked {
        /// Its number.
        invite: InviteId,
    },
    /// A member sent a line of chat.
    Chat(ChatLine),
    /// An entry was added to the queue, at its end or at its top.
    Queued {
        /// The new entry; its state says whether it is a proposal.
        entry: QueueEntry,
    },
    /// One command added several entries to the queue, at its end.
    QueuedTogether {
        /// The new entries, in the order of their numbers, which have no gaps.
        entries: Vec<QueueEntry>,
        /// How many links of the command were in the queue already.
        #[serde(default)]
        known: u32,
        /// How many links of the command had no room.
        #[serde(default)]
        left_out: u32,
    },
    /// The client of whoever queued an entry has learned what it is. What was known before stays.
    Described {
        /// The entry's number. It may have left the queue to play.
        entry: EntryId,
        /// Its title, if that was learned.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        title: Option<Title>,
        /// Its length, if that was learned.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        duration: Option<Span>,
        /// Whether a viewer's client says so: reports of players then replace the title.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        by_viewer: bool,
    },
    /// A proposal was approved, and keeps its place in the queue.
    Approved {
        /// The entry's number.
        entry: EntryId,
    },
    /// An entry left the queue without playing.
    Unqueued {
        /// The entry's number.
        entry: EntryId,
        /// Which command removed it.
        cause: UnqueueCause,
        /// How many entries the same command removed: on the last of their events, 0 on those
        /// before it. Absent if the entry was the only one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        together: Option<u32>,
        /// Whether it made room for another entry; the cause is then [`UnqueueCause::Removed`].
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        gave_way: bool,
    },
    /// An entry was moved within the queue.
    QueueMoved {
        /// The entry's number.
        entry: EntryId,
        /// Its new position, counted from 1.
        place: u32,
    },
    /// Other media was loaded, in place of whatever played.
    Loaded {
        /// The media's number, one more than that of the media before it.
        epoch: Epoch,
        /// The media, with what is known of it from an earlier time in the queue.
        playing: Playing,
        /// How time runs in it from now on.
        segment: Segment,
        /// The queue entry that it came from, which leaves the queue.
        entry: Option<EntryId>,
        /// The interrupted media as a queue entry, which goes to the top of the queue.
        interrupted: Option<Box<QueueEntry>>,
        /// Whether an admin chose it or its turn had come.
        cause: LoadCause,
        /// The members whose players the start waits for, at most until the segment's start.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        gate: Vec<MemberId>,
    },
    /// The start no longer waits for this member's player: it is ready, or will not be in time.
    Ready {
        /// The member, by number.
        member: MemberId,
    },
    /// The media was paused, resumed, sought in, or changed its rate.
    Retimed {
        /// How time runs from now on.
        segment: Segment,
        /// Which command, or the lack of members, changed the timeline.
        #[serde(flatten)]
        retime: Retime,
        /// Whether `by` did it in their player's own window; that player is left alone.
        #[serde(default)]
        in_player: bool,
        /// Whether the last seconds before the segment's start are counted down on the screens.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        countdown: bool,
    },
    /// The media is held because a member's player ran out of data.
    Held {
        /// The member it waits for, and how long at most.
        hold: Hold,
        /// The position at which it is held.
        position: Position,
    },
    /// The hold ended, and playback resumes from its position.
    Released {
        /// How time runs from now on.
        segment: Segment,
        /// Whether the player recovered, the time was up, or somebody ended it.
        cause: HoldEnd,
    },
    /// Players reported facts about the media.
    Learned {
        /// The media that the facts are about.
        epoch: Epoch,
        /// Its length; `None` if it has none or none is known yet.
        duration: Option<Span>,
        /// Its title, as players report it; `None` if none is known yet.
        title: Option<Title>,
        /// Whether it is live: without an end, and not seekable.
        live: bool,
        /// Whether an admin set the length by hand.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        length_is_set: bool,
        /// Whether the length was reported by viewers' players only.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        length_by_viewers: bool,
        /// Whether the title was reported by viewers' players only.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        title_by_viewers: bool,
        /// The length that players report, while one set by hand overrides it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        players_length: Option<Span>,
        /// Where its time stamps begin, if it consists of segments; of a live playlist, as wall
        /// time.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        begins: Option<Span>,
    },
    /// A member offered subtitles for the media, in place of any offered before.
    SubtitlesOffered {
        /// The media that they are for.
        epoch: Epoch,
        /// The file, and who offers it.
        offer: SubtitleOffer,
    },
    /// The longest wait for players is over, and the media starts without these members.
    StartedWithout {
        /// The members who were not ready.
        members: Vec<MemberId>,
    },
    /// No player plays the media, so the position stops.
    NobodyPlays {
        /// The media that nobody plays.
        epoch: Epoch,
        /// Why, how certain that is, and when the room acts on it.
        #[serde(flatten)]
        standstill: Standstill,
    },
    /// A player plays the media again; or playback continues after a part that all players lack.
    SomebodyPlays {
        /// The media that plays.
        epoch: Epoch,
        /// How time runs from now on, if it was paused or sought.
        segment: Option<Segment>,
    },
    /// The media has ended and nothing follows: players stay on its last frame.
    Finished {
        /// The media that ended.
        epoch: Epoch,
        /// The position at which it stays.
        position: Position,
    },
    /// A member asks the admins for a command.
    #[serde(alias = "pause_asked")]
    Asked {
        /// The member who asks.
        member: MemberId,
        /// The command that an admin would give.
        #[serde(default, rename = "wish")]
        request: PermissionRequest,
    },
    /// A member was muted or unmuted.
    Muted {
        /// The member, by number.
        member: MemberId,
        /// True if muted, false if unmuted.
        muted: bool,
    },
    /// A member was banned. If they were present, the event of their leaving follows.
    Banned {
        /// The ban: its member, its author and its scope.
        ban: Ban,
    },
    /// A ban was lifted. The member may join again, as a new one.
    Unbanned {
        /// The member, by number.
        member: MemberId,
    },
    /// A line of chat was erased.
    Erased {
        /// The number of the line.
        line: ChatId,
        /// The name, at that time, of the member who erased it.
        by: MemberName,
    },
    /// All lines of one member's chat were erased.
    ErasedAll(Erasure),
    /// A restriction for viewers or strangers was set or lifted.
    Restricted(Restriction),
    /// Something that only the server keeps, such as a report for moderators who are absent. It
    /// does not say what, or by whom.
    Noted,
    /// Whether the room waits for one member was changed.
    #[serde(rename = "spared")]
    WaitExempted {
        /// The member, by number.
        member: MemberId,
        /// True if the room no longer waits for them.
        #[serde(rename = "spared")]
        wait_exempt: bool,
    },
    /// An admin changed whether the room waits for slow players.
    WaitChosen {
        /// True if it waits; that renews the budget for waiting.
        wait: bool,
    },
    /// A member is ready for the media to start, or is not any more.
    ReadyChanged {
        /// The member, by number.
        member: MemberId,
        /// True if ready.
        ready: bool,
    },
    /// When the media starts that waits in the lobby was set, or is open again.
    StartSet {
        /// The rule that holds from now on; `None` while there is none.
        start: Option<StartRule>,
        /// Whether the time of the rule before passed without a start.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        missed: bool,
    },
    /// The server's operator changed how long it keeps an empty room that is meant to last.
    TtlChanged {
        /// The time that holds from now on.
        ttl: Span,
    },
    /// The server's operator had everything erased that the room kept of a person who had left. The
    /// event does not say the name.
    Forgotten {
        /// Absent members of that name: they are forgotten, and so are bans of them.
        members: Vec<MemberId>,
        /// The lines of chat that they wrote.
        lines: Vec<ChatId>,
        /// The entries that they added to the queue, which stay without their name.
        entries: Vec<EntryId>,
    },
    /// The room was closed, by an admin or since it had long been empty. The last event of a log.
    Closed,
}

impl RoomEvent {
    /// Whether it erases text of earlier events. That text then leaves the log's file, too, within
    /// an hour.
    #[must_use]
    pub const fn erases_text(&self) -> bool {
        matches!(
            self,
            Self::Erased { .. } | Self::ErasedAll(_) | Self::Forgotten { .. }
        )
    }

    /// The name of the member who erased a line, if this event erases it. Everything that keeps
    /// events has to drop the line's text then.
    #[must_use]
    pub fn erases(&self, line: &ChatLine) -> Option<&MemberName> {
        match self {
            Self::Erased { line: id, by } => (*id == line.id).then_some(by),
            Self::ErasedAll(erasure) => erasure.covers(line).then_some(&erasure.by),
            _ => None,
        }
    }

    /// Whether the log keeps to itself whose command caused it.
    #[must_use]
    pub const fn is_anonymous(&self) -> bool {
        matches!(self, Self::Noted)
    }
}

#[cfg(test)]
mod tests;
