//! When a room wants to be asked again, and why.

use super::committed::Room;
use crate::protocol::time::RoomTime;

/// Why a room waits for a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// The film reaches its end.
    VideoEnd,
    /// The longest wait for a slow viewer is over.
    HoldEnd,
    /// No admin is here, and the time to return is over.
    Succession,
    /// Nobody has been here for long.
    Expiry,
}

/// The next time at which a room must be asked, with its reason.
#[must_use]
pub fn next(_room: &Room) -> Option<(RoomTime, Reason)> {
    None
}
