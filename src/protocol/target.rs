//! What commands are about: members as people name them, places to seek to, and where a player
//! stood.

use serde::{Deserialize, Serialize};

use super::ids::{Epoch, MemberId};
use super::text::MemberName;
use super::time::{Position, RoomTime, Span};

/// A member, by number or by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Who {
    /// By the number that `/who` shows.
    Id(MemberId),
    /// By name, without regard to case.
    Name(MemberName),
}

/// Where a player stood, and when, as its user did something in its window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The media it played: another may have come on meanwhile.
    #[serde(default)]
    pub epoch: Epoch,
    /// Its position then.
    pub position: Position,
    /// The room time then.
    pub at: RoomTime,
}

/// Where to seek.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeekTarget {
    /// To a position.
    To(Position),
    /// By a span from where the media is.
    By(Span),
}
