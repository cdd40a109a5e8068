//! A decision about the own player, as data without text.

use crate::protocol::time::{Position, RoomTime};
use crate::sync::follow::SyncDecision;

/// A decision about the own player.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Decision {
    /// When, in room time, if that was known.
    pub at: Option<RoomTime>,
    /// Where the room's media was then, if a room was known.
    pub position: Option<Position>,
    /// What was decided, and what led to it.
    pub what: SyncDecision,
}
