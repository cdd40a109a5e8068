//! What is reported of several links at once.

use strum::IntoStaticStr;

use super::person::Person;
use crate::app::saved_list::{ListName, SavedList};
use crate::protocol::ids::EntryId;

/// Something about several links at once. The name in snake case is the code in `--json`.
#[derive(Debug, Clone, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum BatchNotice {
    /// Several entries were taken out of the queue at once.
    TakenBack {
        /// The member who took them out.
        who: Person,
        /// The number of entries.
        count: u32,
    },
    /// Several links were queued at once.
    QueuedTogether(QueuedTogether),
    /// Only the first links of a list are queued: the others are too many for one command.
    OnlyTheFirst {
        /// How many are queued, as far as the room takes them.
        queued: usize,
        /// How many are left out.
        left_out: usize,
    },
    /// The queue was kept on this computer.
    ListSaved(SavedList),
    /// A list was removed from this computer.
    ListRemoved(ListName),
    /// A removed list is back.
    ListBack(ListName),
    /// The names of the lists that are kept on this computer.
    SavedLists(Vec<ListName>),
}

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
