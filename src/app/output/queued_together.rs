//! Links that were queued by one command, as they are reported.

use super::person::Person;
use crate::protocol::ids::EntryId;

/// Links that were queued by one command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueuedTogether {
    /// The member who queued them.
    pub who: Person,
    /// The lowest and the highest number of the new entries; `None` if there are none.
    pub numbers: Option<(EntryId, EntryId)>,
    /// How many there are.
    pub count: u32,
    /// Whether they are proposals.
    pub proposed: bool,
    /// How many more links were in the queue already.
    pub known: u32,
    /// How many more links had no room.
    pub left_out: u32,
}
