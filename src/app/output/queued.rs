//! What became of a link that was added.

use crate::protocol::ids::EntryId;

/// What became of a link that was added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Queued {
    /// It plays.
    Playing,
    /// It waits for its turn, as this entry.
    Approved(EntryId),
    /// It waits for an admin's approval, as this entry.
    Proposed(EntryId),
}
