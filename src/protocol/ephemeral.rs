//! Messages that are broadcast to the members present and never logged.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::failure::FailureCode;
use super::ids::{Epoch, MemberId};
use super::invite_terms::OpenInvite;
use super::moderation::MemberReport;
use super::text::{ChatText, Emoji, MemberName, Title};
use super::time::Span;

/// An emoji that floats across the screens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Reaction {
    /// The sender, by number.
    pub from: MemberId,
    /// The sender's name when they sent it, for clients that know only a part of a large room.
    pub name: MemberName,
    /// One emoji, as [`Emoji`] defines it.
    pub emoji: Emoji,
}

/// A player's place in a broadcast, for live media without wall times: players are compared by it,
/// and not steered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LivePlace {
    /// The media that it belongs to.
    pub epoch: Epoch,
    /// The broadcast's own time stamp of the displayed picture, minus the room's position at the
    /// same moment. It is constant while the player plays, and while the room is paused.
    pub offset: Span,
}

/// A message to some members only, or to all of them for now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "notice", rename_all = "snake_case")]
pub enum MemberNotice {
    /// To admins: a member's player cannot play the media.
    PlaybackFailed {
        /// The member whose player failed, by number.
        member: MemberId,
        /// That member's name at the time.
        name: MemberName,
        /// Why it failed, as a code: the full reason is for that member only.
        #[serde(default)]
        code: FailureCode,
        /// Whether the player keeps trying.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        retrying: bool,
        /// The reason in the server's words, for clients that do not know the code.
        reason: Title,
    },
    /// To admins: a member's player plays the media after all, after it was said that it cannot.
    PlaybackRecovered {
        /// The member whose player plays, by number.
        member: MemberId,
        /// That member's name at the time.
        name: MemberName,
    },
    /// To moderators and admins: a member reports another.
    Reported(Box<MemberReport>),
    /// To the member who has made a report: what becomes of it.
    ReportTaken {
        /// The name of the reported member.
        name: MemberName,
        /// Whether a moderator or admin was here to read it; else it is kept for the next one.
        seen: bool,
    },
    /// To everyone: what the server's operator has to say.
    Announcement {
        /// The text, cleaned.
        text: ChatText,
    },
    /// To everyone: the operator stops the server soon. Sent again as the time runs out.
    ServerStops {
        /// The time until then.
        after: Span,
        /// Whether the room goes on meanwhile: other nodes of the server have it, and the members
        /// get there by themselves. Omitted where it does not.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        elsewhere: bool,
    },
    /// To everyone: the server does not stop after all.
    ServerStays,
    /// To everyone: the server has not reached its storage for some seconds. The media plays on, and
    /// commands are denied as `storage_away` until [`Self::StorageBack`].
    StorageAway,
    /// To everyone who was told that the storage is away: it is back.
    StorageBack,
    /// To the member who asked: the invite links that work.
    Invites {
        /// The links in the order in which they were made, without their tokens.
        invites: Vec<OpenInvite>,
    },
}
