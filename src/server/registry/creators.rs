//! The addresses that created the rooms, as far as they are counted.

use std::collections::BTreeMap;
use std::net::IpAddr;

use crate::protocol::ids::RoomId;
use crate::server::log::addresses::HeldByAddresses;

/// Who created the rooms since the server's start.
#[derive(Debug)]
pub(super) struct Creators {
    here: BTreeMap<RoomId, IpAddr>,
    /// What is created at other nodes.
    held: HeldByAddresses,
}

impl Creators {
    /// Nobody yet, at this node.
    pub(super) const fn new(held: HeldByAddresses) -> Self {
        let here = BTreeMap::new();
        Self { here, held }
    }

    /// An address creates a room at this node.
    pub(super) fn insert(&mut self, room: RoomId, from: IpAddr) {
        self.here.insert(room, from);
        self.held.note_rooms(from, self.here_of(from));
    }

    /// A room is no more.
    pub(super) fn remove(&mut self, room: &RoomId) {
        if let Some(from) = self.here.remove(room) {
            self.held.note_rooms(from, self.here_of(from));
        }
    }

    /// How many rooms an address created at all nodes.
    pub(super) fn rooms_of(&self, from: IpAddr) -> u32 {
        let elsewhere = self.held.elsewhere(from).rooms;
        self.here_of(from).saturating_add(elsewhere)
    }

    fn here_of(&self, from: IpAddr) -> u32 {
        let theirs = self.here.values().filter(|creator| **creator == from);
        u32::try_from(theirs.count()).unwrap_or(u32::MAX)
    }
}
