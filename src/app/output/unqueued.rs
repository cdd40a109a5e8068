//! An entry that left the queue without playing, as it is reported.

use super::person::Person;
use crate::protocol::playback::{QueueEntry, UnqueueCause};

/// An entry that left the queue without playing.
#[derive(Debug, Clone, PartialEq)]
pub struct UnqueuedEntry {
    /// The entry as it was in the queue.
    pub entry: QueueEntry,
    /// The member who put it there.
    pub by: Person,
    /// The member who rejected or removed it, if known.
    pub actor: Option<Person>,
    /// Whether it was rejected, withdrawn or removed.
    pub cause: UnqueueCause,
}
