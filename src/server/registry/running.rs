//! The list of a node's rooms. The registry alone changes it; a session that comes in reads it without
//! asking the registry.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use crate::protocol::ids::RoomId;
use crate::server::replica::message::Handle;

/// The rooms of a node. Clones share the list.
#[derive(Debug, Clone, Default)]
pub(super) struct RunningRooms(Arc<RwLock<BTreeMap<RoomId, Handle>>>);

impl RunningRooms {
    /// The room of this name, unless its task has ended.
    pub(super) fn find(&self, room: &RoomId) -> Option<Handle> {
        let rooms = self.read();
        let handle = rooms.get(room)?;
        (!handle.inbox.is_closed()).then(|| handle.clone())
    }

    /// All rooms on the list. They are not to be kept for long: a room that begins waits.
    pub(super) fn read(&self) -> RwLockReadGuard<'_, BTreeMap<RoomId, Handle>> {
        // Valid after any panic: each change is one entry.
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a room, in place of one of this name.
    pub(super) fn insert(&self, room: RoomId, handle: Handle) {
        let mut rooms = self.0.write().unwrap_or_else(PoisonError::into_inner);
        rooms.insert(room, handle);
    }

    /// Takes a room off the list.
    pub(super) fn remove(&self, room: &RoomId) {
        let mut rooms = self.0.write().unwrap_or_else(PoisonError::into_inner);
        rooms.remove(room);
    }
}
