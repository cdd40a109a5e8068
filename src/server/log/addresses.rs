//! What addresses hold at all nodes that share a log: open sockets, and rooms that they created.
//!
//! Each node tells the others what addresses hold at it, and adds up what they told. Nothing of it is
//! kept in the store: what a node told counts as long as that node is alive. A node that shares its
//! log with nobody notes nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use super::quota;
use super::{Kind, RoomLog};
use crate::protocol::ids::NodeId;

/// The most addresses that are counted of one node; more are ignored (judgement: ten times the
/// connections that a node takes unless its operator says otherwise).
const MOST_OF_A_NODE: usize = 100_000;

/// The most nodes that are counted (judgement: far more than share one Redis).
const MOST_NODES: usize = 256;

/// What one address holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::server) struct Held {
    /// Open sockets.
    pub(in crate::server) sockets: u32,
    /// Rooms that it created and that are still there.
    pub(in crate::server) rooms: u32,
}

/// An address as the nodes name it to each other: the first half of a hash with a key that only they
/// know.
pub(super) type AddressName = u128;

/// The counts of addresses at this node and at the others. Clones share them.
#[derive(Debug, Clone, Default)]
pub(in crate::server) struct HeldByAddresses(Option<Arc<SharedCounts>>);

#[derive(Debug)]
struct SharedCounts {
    table: Mutex<Table>,
    changed: Notify,
}

#[derive(Debug, Default)]
struct Table {
    /// What the names of addresses are hashed with.
    key: String,
    own: BTreeMap<IpAddr, Held>,
    /// Those of which the others have not been told the latest.
    changed: BTreeSet<IpAddr>,
    others: BTreeMap<NodeId, BTreeMap<AddressName, Held>>,
}

impl HeldByAddresses {
    /// Counts that are told to other nodes, which name addresses with the same key.
    pub(super) fn shared(key: &str) -> Self {
        let table = Table {
            key: key.to_owned(),
            ..Table::default()
        };
        Self(Some(Arc::new(SharedCounts {
            table: Mutex::new(table),
            changed: Notify::new(),
        })))
    }

    /// So many sockets of an address are open at this node.
    pub(in crate::server) fn note_sockets(&self, address: IpAddr, sockets: u32) {
        self.note(address, |held| held.sockets = sockets);
    }

    /// So many rooms that an address created at this node are still there.
    pub(in crate::server) fn note_rooms(&self, address: IpAddr, rooms: u32) {
        self.note(address, |held| held.rooms = rooms);
    }

    /// What an address holds at the other nodes.
    pub(in crate::server) fn elsewhere(&self, address: IpAddr) -> Held {
        let Some(shared) = &self.0 else {
            return Held::default();
        };
        let table = shared.table();
        if table.others.values().all(BTreeMap::is_empty) {
            return Held::default();
        }
        let name = name(&table.key, address);
        let found = table.others.values().filter_map(|node| node.get(&name));
        found.fold(Held::default(), |sum, held| Held {
            sockets: sum.sockets.saturating_add(held.sockets),
            rooms: sum.rooms.saturating_add(held.rooms),
        })
    }

    fn note(&self, address: IpAddr, change: impl FnOnce(&mut Held)) {
        let Some(shared) = &self.0 else { return };
        let mut table = shared.table();
        let held = table.own.entry(address).or_default();
        change(held);
        if *held == Held::default() {
            table.own.remove(&address);
        }
        table.changed.insert(address);
        drop(table);
        shared.changed.notify_one();
    }

    /// Waits until something was noted; forever where no others share the log.
    pub(super) async fn changed(&self) {
        match &self.0 {
            Some(shared) => shared.changed.notified().await,
            None => std::future::pending().await,
        }
    }

    /// What the others have to be told: what has changed since the last time, or all of it.
    pub(super) fn take(&self, all: bool) -> Vec<(AddressName, Held)> {
        let Some(shared) = &self.0 else {
            return Vec::new();
        };
        let mut table = shared.table();
        let changed = std::mem::take(&mut table.changed);
        let named = |address: IpAddr, held: Held| (name(&table.key, address), held);
        if all {
            let own = table.own.iter();
            return own.map(|(address, held)| named(*address, *held)).collect();
        }
        let held = |address| table.own.get(&address).copied().unwrap_or_default();
        let changed = changed.into_iter();
        changed
            .map(|address| named(address, held(address)))
            .collect()
    }

    /// What has changed so far need not be told: there is nobody to tell.
    pub(super) fn drop_changes(&self) {
        if let Some(shared) = &self.0 {
            shared.table().changed.clear();
        }
    }

    /// Of how many addresses the others have not been told the latest.
    #[cfg(test)]
    pub(super) fn untold(&self) -> usize {
        self.0
            .as_ref()
            .map_or(0, |shared| shared.table().changed.len())
    }

    /// Another node told what addresses hold at it; what it told before is void if that is `all`.
    pub(super) fn told(&self, node: NodeId, all: bool, counts: &[(AddressName, Held)]) {
        let Some(shared) = &self.0 else { return };
        let mut table = shared.table();
        if table.others.len() >= MOST_NODES && !table.others.contains_key(&node) {
            return;
        }
        let of_node = table.others.entry(node).or_default();
        if all {
            of_node.clear();
        }
        for (name, held) in counts {
            if *held == Held::default() {
                of_node.remove(name);
            } else if of_node.len() < MOST_OF_A_NODE || of_node.contains_key(name) {
                of_node.insert(*name, *held);
            }
        }
    }

    /// What nodes held that are no longer alive counts no more.
    pub(super) fn forget(&self, gone: &NodeId) {
        if let Some(shared) = &self.0 {
            shared.table().others.remove(gone);
        }
    }

    /// The nodes name addresses with this key from now on. What was told before fits no more; all
    /// nodes tell theirs again once they know the new key.
    pub(super) fn name_with(&self, key: &str) {
        if let Some(shared) = &self.0 {
            let mut table = shared.table();
            if table.key != key {
                key.clone_into(&mut table.key);
                table.others.clear();
            }
        }
    }
}

impl SharedCounts {
    /// The table is valid after any panic: each change of it is one number or one entry.
    fn table(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn name(key: &str, address: IpAddr) -> AddressName {
    quota::hashed(key, &format!("held {address}"))
}

impl RoomLog {
    /// What addresses hold at all nodes that share the log.
    pub(in crate::server) fn held_by_addresses(&self) -> HeldByAddresses {
        match &self.0 {
            Kind::Embedded(_) => HeldByAddresses::default(),
            Kind::Redis(log) => log.held_by_addresses(),
            #[cfg(test)]
            Kind::Hub(_) => HeldByAddresses::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::{Held, HeldByAddresses, MOST_OF_A_NODE};
    use crate::protocol::ids::NodeId;

    fn address(last: u8) -> IpAddr {
        IpAddr::from([203, 0, 113, last])
    }

    fn node(name: &str) -> NodeId {
        NodeId(name.to_owned())
    }

    const fn held(sockets: u32, rooms: u32) -> Held {
        Held { sockets, rooms }
    }

    #[test]
    fn what_nodes_tell_adds_up_until_they_are_gone() {
        let [one, two, three] = [(); 3].map(|()| HeldByAddresses::shared("key"));
        two.note_sockets(address(7), 3);
        two.note_rooms(address(7), 1);
        two.note_sockets(address(8), 1);
        three.note_sockets(address(7), 4);
        one.told(node("two"), true, &two.take(true));
        one.told(node("three"), false, &three.take(false));
        assert_eq!(one.elsewhere(address(7)), held(7, 1));
        assert_eq!(one.elsewhere(address(8)), held(1, 0));
        two.note_sockets(address(7), 2);
        two.note_sockets(address(8), 0);
        let changes = two.take(false);
        assert_eq!(changes.len(), 2);
        one.told(node("two"), false, &changes);
        assert_eq!(one.elsewhere(address(7)), held(6, 1));
        assert_eq!(one.elsewhere(address(8)), held(0, 0));
        assert_eq!(two.take(false), [], "told once");
        one.forget(&node("two"));
        assert_eq!(one.elsewhere(address(7)), held(4, 0));
        one.told(node("three"), true, &[]);
        assert_eq!(one.elsewhere(address(7)), held(0, 0));
    }

    #[test]
    fn no_node_can_fill_the_memory_of_another() {
        let one = HeldByAddresses::shared("key");
        let most = u128::try_from(MOST_OF_A_NODE).unwrap();
        let many: Vec<_> = (0..most + 9).map(|name| (name, held(1, 0))).collect();
        one.told(node("two"), false, &many);
        let counted = one.0.unwrap().table().others[&node("two")].len();
        assert_eq!(counted, MOST_OF_A_NODE);
    }

    #[test]
    fn a_node_alone_notes_nothing() {
        let alone = HeldByAddresses::default();
        alone.note_sockets(address(7), 3);
        assert_eq!(alone.take(true), []);
        assert_eq!(alone.elsewhere(address(7)), held(0, 0));
    }
}
