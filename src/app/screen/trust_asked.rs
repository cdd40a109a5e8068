//! How far the question about the room's local links has come.

use crate::protocol::time::LocalTime;

/// Whether the question was asked in this room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TrustAsked {
    /// There was nothing to ask yet.
    No,
    /// It waits until nothing is being written or read.
    Waits,
    /// At this time.
    At(LocalTime),
}
