//! What plays, how time runs in it, and what the room waits for: the data that events carry.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::failure::FailureCode;
use super::ids::{EntryId, MemberId};
use super::lobby::StartCause;
use super::text::{MemberName, Title};
use super::time::{Position, Rate, RoomTime, Span};
use crate::media::Media;
use crate::media::subtitles::SubtitleLink;

/// The loaded media and what is known of it.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, and all may hold at once"
)]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Playing {
    /// The link, with the start that it asks for.
    pub media: Media,
    /// Its title, once a player has reported it.
    pub title: Option<Title>,
    /// Its length; `None` for live media and until players or an admin say.
    pub duration: Option<Span>,
    /// Whether it is live: it has no end, and nobody can seek in it.
    #[serde(default)]
    pub live: bool,
    /// Whether an admin set its length by hand; reports by players then do not change it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub length_is_set: bool,
    /// Whether its length was reported by viewers' players only: an admin's seek is not limited by
    /// it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub length_by_viewers: bool,
    /// Whether its title was reported by viewers' players only: a report by an admin's player
    /// replaces it, and so does one that more viewers agree on.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub title_by_viewers: bool,
    /// The length that players report, while one set by hand overrides it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub players_length: Option<Span>,
    /// Whether no player has opened it yet.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unopened: bool,
    /// Where its time stamps begin, if it consists of segments: a player that begins elsewhere
    /// shows other pictures at the same position. For a live playlist with wall times, the wall
    /// time of the room's position zero, since the Unix epoch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub begins: Option<Span>,
    /// The member who played it, or proposed or added the entry.
    pub by: MemberId,
    /// That member's name at the time.
    pub by_name: MemberName,
}

/// A subtitle file that a member offers for the media: each member's own player shows it only if
/// they accept it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SubtitleOffer {
    /// Where the file is.
    pub link: SubtitleLink,
    /// The member who offers it.
    pub by: MemberId,
    /// That member's name at the time.
    pub by_name: MemberName,
}

/// A stretch of room time in which the media plays at a constant rate or is paused.
///
/// `position(t) = anchor + max(0, t - start) x rate`, or `anchor` while paused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Segment {
    /// The position at `start`.
    pub anchor: Position,
    /// The room time from which the position moves; before it, players wait at the anchor.
    pub start: RoomTime,
    /// How fast the position moves, in normal speeds.
    pub rate: Rate,
    /// Whether the position stays at the anchor.
    pub paused: bool,
}

/// The room waits for a member whose player ran out of data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Hold {
    /// The member whose player lacks data.
    pub member: MemberId,
    /// The room time at which playback stopped.
    pub since: RoomTime,
    /// When the wait ends at the latest.
    pub until: RoomTime,
}

/// No player plays the media: each has failed, is retrying, is closed, or is at the end of its
/// copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Standstill {
    /// Whether players failed, are closed, or reached the end of their copies.
    #[serde(flatten)]
    pub cause: StandstillCause,
    /// Whether some players still try.
    pub phase: StandstillPhase,
    /// Where the media is paused: at its start if no player has opened it, else where the last
    /// player stopped.
    pub position: Position,
    /// In [`StandstillPhase::Doubtful`], the time at which players that are retrying count as
    /// failed. In [`StandstillPhase::Certain`], the time at which the next entry starts; it has no
    /// meaning while all players are closed.
    pub until: RoomTime,
}

/// Why no player plays the media.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "cause")]
pub enum StandstillCause {
    /// None of them can play it.
    Failed {
        /// The reason that most players reported.
        #[serde(default)]
        code: FailureCode,
    },
    /// Those that can play it have reached the end of their copies.
    Ended,
    /// No player has it open: their members closed them. Also stands for a newer version's causes
    /// that are unknown here.
    #[serde(other)]
    Closed,
}

/// How certain it is that no player plays the media.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StandstillPhase {
    /// Some players are still opening it, buffering or retrying. The media is paused until one
    /// plays.
    Doubtful,
    /// No player is trying any more. The media is paused.
    Certain,
}

/// Why a hold ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HoldEnd {
    /// The member's player has data again.
    Recovered,
    /// The time for waiting is used up: playback resumes without the member.
    TimedOut,
    /// An admin resumed, or gave another playback command.
    Overridden,
    /// The member left, or their player gave up on the media.
    Gone,
}

/// Why the timeline changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "cause")]
pub enum Retime {
    /// An admin paused, by a command or in their player's window.
    Paused,
    /// Playback was resumed or scheduled: by an admin, or since all awaited players are ready.
    Resumed,
    /// An admin sought, or undid a seek.
    Sought {
        /// The position before the seek.
        from: Position,
    },
    /// An admin changed the rate; the position does not jump.
    RateChanged,
    /// The room became empty, or was offline for long.
    Emptied,
    /// The media that waited in the lobby starts.
    Started {
        /// Whether an admin said so, the members are ready or the time has come.
        why: StartCause,
    },
}

/// Why other media was loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LoadCause {
    /// An admin played the link directly, past the queue.
    Played,
    /// It was added or approved while nothing was playing.
    Idle,
    /// The media before it ended, or nobody could play it.
    Next,
    /// An admin skipped the media before it, or chose this entry from the queue.
    Skipped,
}

/// An entry of the queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct QueueEntry {
    /// Its number, shown as `#14`.
    pub id: EntryId,
    /// The media that it would play.
    pub media: Media,
    /// Its title; `None` until the client of whoever queued it, or a player, has learned it.
    pub title: Option<Title>,
    /// Whether the title was reported by viewers only.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub title_by_viewers: bool,
    /// Its length, if known: for people only, players report it again once it plays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration: Option<Span>,
    /// The position from which it would play: 0 leaves it to the link, interrupted media has its
    /// own.
    #[serde(default)]
    pub start: Position,
    /// The member who added or proposed it, or played what was interrupted.
    pub by: MemberId,
    /// That member's name at the time.
    pub by_name: MemberName,
    /// The room time at which it was added.
    pub at: RoomTime,
    /// Whether an admin approved it.
    pub state: EntryState,
}

/// Whether an entry is approved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EntryState {
    /// Waits for an admin's approval.
    Proposed,
    /// Will play when its turn comes.
    Approved,
}

/// Why an entry left the queue without playing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum UnqueueCause {
    /// An admin rejected the proposal.
    Rejected,
    /// Its proposer withdrew it.
    Withdrawn,
    /// An admin removed it, or it gave way to another entry.
    Removed,
}
