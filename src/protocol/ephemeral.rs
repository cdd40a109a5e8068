//! What is told and forgotten: broadcast to those who are here, never in a room's log.

use serde::{Deserialize, Serialize};

use super::failure::FailureCode;
use super::ids::{Epoch, MemberId};
use super::text::{Emoji, MemberName, Title};
use super::time::Span;

/// An emoji that floats by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reaction {
    /// Who sent it.
    pub from: MemberId,
    /// Their name.
    pub name: MemberName,
    /// Which.
    pub emoji: Emoji,
}

/// Where in a broadcast a member's player is, of live media that names no wall times: players
/// are compared by it, and not steered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LivePlace {
    /// Which video.
    pub epoch: Epoch,
    /// The broadcast's own time stamp of what is shown, minus the room's position at the same
    /// moment. It stays the same while the player plays on, and while the room is paused.
    pub offset: Span,
}

/// Something that only some members are told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "notice", rename_all = "snake_case")]
pub enum MemberNotice {
    /// To admins: a member's player cannot play the video.
    PlaybackFailed {
        /// Whose.
        member: MemberId,
        /// Their name.
        name: MemberName,
        /// Why.
        #[serde(default)]
        code: FailureCode,
        /// Whether it goes on trying.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        retrying: bool,
        /// Why, in the server's words: for clients that do not know the code.
        reason: Title,
    },
}
