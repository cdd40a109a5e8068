//! The arguments of commands: members as people name them, positions to seek to, and where a player
//! was.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ids::{Epoch, MemberId};
use super::text::MemberName;
use super::time::{Position, RoomTime, Span};

/// A member, named by number or by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum MemberRef {
    /// The number, as `/who` shows it.
    Id(MemberId),
    /// The name, ignoring case.
    Name(MemberName),
}

/// Where and when a player was when its user acted in its window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Mark {
    /// The media that it played: other media may have been loaded since.
    #[serde(default)]
    pub epoch: Epoch,
    /// The player's position at that moment.
    pub position: Position,
    /// The room time of that moment.
    pub at: RoomTime,
}

/// Where to seek to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SeekTarget {
    /// A position from the beginning of the media.
    To(Position),
    /// An offset from the room's position when the command arrives; negative goes back.
    By(Span),
}
