//! Rooms whose keys in Redis cannot be read, because somebody else or a later version wrote them. They are
//! left out, and all others go on.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::protocol::ids::RoomId;

/// What of a room cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum UnreadablePart {
    /// Its head, which is read each time that all rooms are compared.
    Head,
    /// Its snapshot or its events, which are read when a node lacks them.
    Record,
}

/// The rooms that cannot be read.
#[derive(Debug, Default)]
pub(super) struct UnreadableRooms(Mutex<BTreeMap<RoomId, UnreadablePart>>);

impl UnreadableRooms {
    /// This part of a room cannot be read. Returns whether that is new.
    pub(super) fn note(&self, room: &RoomId, part: UnreadablePart) -> bool {
        self.rooms().insert(room.clone(), part).is_none()
    }

    /// This part of a room can be read.
    pub(super) fn can_read(&self, room: &RoomId, part: UnreadablePart) {
        let mut rooms = self.rooms();
        // Whoever could read the record has read the head as well.
        if part == UnreadablePart::Record || rooms.get(room) == Some(&part) {
            rooms.remove(room);
        }
    }

    /// These are all rooms that there are.
    pub(super) fn keep_of(&self, all: &BTreeSet<RoomId>) {
        self.rooms().retain(|room, _| all.contains(room));
    }

    /// Valid after any panic, since each change is one.
    fn rooms(&self) -> MutexGuard<'_, BTreeMap<RoomId, UnreadablePart>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
