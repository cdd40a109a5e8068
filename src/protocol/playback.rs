//! What plays, how time runs in it, and what waits: the data that events carry.

use serde::{Deserialize, Serialize};

use super::failure::FailureCode;
use super::ids::{EntryId, MemberId};
use super::text::{MemberName, Title};
use super::time::{Position, Rate, RoomTime, Span};
use crate::media::Media;

/// The medium that is on.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, and all may hold at once"
)]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Playing {
    /// What it is.
    pub media: Media,
    /// Its title, once a player has told it.
    pub title: Option<Title>,
    /// Its length, once it is known.
    pub duration: Option<Span>,
    /// Whether it has no end.
    #[serde(default)]
    pub live: bool,
    /// Whether an admin set its length by hand, which no player's word changes.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub length_is_set: bool,
    /// Whether only viewers' players told its length: no admin's jump ends there.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub length_by_viewers: bool,
    /// Whether only viewers' players told its title: an admin's goes before it, and so does one
    /// that more of them tell.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub title_by_viewers: bool,
    /// The length by the players' word, while one that was set by hand stands in its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub players_length: Option<Span>,
    /// Whether no player has opened it so far.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unopened: bool,
    /// Where its own time stamps begin, if it is made of parts: whose player begins elsewhere
    /// shows other pictures at the same time. Of a live list that names wall times: that of
    /// what the room shows at its position zero, since the Unix epoch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub begins: Option<Span>,
    /// Who put it on.
    pub by: MemberId,
    /// Their name then.
    pub by_name: MemberName,
}

/// A stretch of room time in which the film moves evenly or stands.
///
/// `position(t) = anchor + max(0, t - start) x rate`, or `anchor` while paused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Segment {
    /// The position from which it runs.
    pub anchor: Position,
    /// The room time from which it runs; before it players stand at the anchor.
    pub start: RoomTime,
    /// How fast.
    pub rate: Rate,
    /// Whether it stands.
    pub paused: bool,
}

/// The room waits for a member whose player ran dry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// For whom.
    pub member: MemberId,
    /// Since when.
    pub since: RoomTime,
    /// At the latest until then.
    pub until: RoomTime,
}

/// No player plays the video: each has failed, tries again, is closed, or is at the end of its
/// copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standstill {
    /// Why.
    #[serde(flatten)]
    pub cause: StandstillCause,
    /// How certain that is.
    pub phase: StandstillPhase,
    /// Where the film stands: at its start if nobody has opened it, else where the last player
    /// stopped.
    pub position: Position,
    /// In [`StandstillPhase::Doubtful`] the time at which those who try again count as failed;
    /// in [`StandstillPhase::Certain`] the time at which the next entry comes on, or no time at
    /// all if the players are closed.
    pub until: RoomTime,
}

/// Why no player plays the video.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "cause")]
pub enum StandstillCause {
    /// None of them can.
    Failed {
        /// For the reason that most of them told.
        #[serde(default)]
        code: FailureCode,
    },
    /// Those that can have come to the end of their copies.
    Ended,
    /// None of them has it open: their members closed them. Also what a newer version says that
    /// is not known here.
    #[serde(other)]
    Closed,
}

/// How certain it is that no player plays the video.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StandstillPhase {
    /// Some still open it, wait for data or try again, and the film stands until one plays.
    Doubtful,
    /// Nobody tries any more, and the film stands.
    Certain,
}

/// Why a hold ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HoldEnd {
    /// The member plays again.
    Recovered,
    /// The longest wait was over.
    TimedOut,
    /// An admin played on, or did something else with the film.
    Overridden,
    /// The member left, or their player has given the video up.
    Gone,
}

/// Why the timeline changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "cause")]
pub enum Retime {
    /// An admin paused.
    Paused,
    /// An admin played on.
    Resumed,
    /// An admin jumped.
    Sought {
        /// Where the film was before.
        from: Position,
    },
    /// An admin changed the rate.
    RateChanged,
    /// The room is empty, or was away for long.
    Emptied,
}

/// Why another video came on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LoadCause {
    /// An admin put it on.
    Played,
    /// It was added or approved while nothing played.
    Idle,
    /// The one before came to its end.
    Next,
    /// An admin skipped the one before.
    Skipped,
}

/// A place in the queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its number, shown as `#14`.
    pub id: EntryId,
    /// What would play.
    pub media: Media,
    /// Its title, once known.
    pub title: Option<Title>,
    /// Whether only viewers' players told its title.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub title_by_viewers: bool,
    /// Its length, once known: a film that was interrupted keeps its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration: Option<Span>,
    /// From where it would play.
    #[serde(default)]
    pub start: Position,
    /// Who wants it.
    pub by: MemberId,
    /// Their name then.
    pub by_name: MemberName,
    /// Since when it waits.
    pub at: RoomTime,
    /// Whether an admin said yes.
    pub state: EntryState,
}

/// Whether an entry will play.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryState {
    /// Waits for an admin's yes.
    Proposed,
    /// Will play in its turn.
    Approved,
}

/// Why an entry left the queue without playing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnqueueCause {
    /// An admin said no.
    Rejected,
    /// Its proposer took it back.
    Withdrawn,
    /// An admin removed it.
    Removed,
}
