//! What the handles of a log in Redis and its tasks share.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use bytes::Bytes;
use tokio::sync::{Notify, Semaphore, mpsc, watch};

use super::fault::RedisFault;
use super::keys::Keys;
use super::link::Link;
use super::node_name::NodeName;
use super::rooms::KnownRooms;
use super::scripts::Scripts;
use super::tip::Tip;
use super::unreadable::{UnreadablePart, UnreadableRooms};
use crate::protocol::ids::{LogId, NodeId, RoomId};
use crate::server::log::addresses::HeldByAddresses;
use crate::server::log::{DataFault, LogError, TimeReading};
use crate::server::metrics::Metrics;
use crate::server::metrics::store::{StoreIncident, StoreMetrics};

/// How the node and Redis are to each other.
#[derive(Debug, Clone)]
pub(super) enum Contact {
    /// Redis is used.
    Linked(Arc<Link>),
    /// It was started again: what it lost is written back, and nobody appends yet.
    Mending(Arc<Link>),
    /// It cannot be reached; it is tried again.
    Away,
    /// The log was closed.
    Closed,
}

/// The state of a log in Redis.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) keys: Keys,
    pub(super) scripts: Scripts,
    /// This node.
    pub(super) node: NodeId,
    /// What it is called in the figures.
    pub(super) node_name: NodeName,
    /// Counts the node's connections, once it takes some.
    pub(super) metrics: OnceLock<Metrics>,
    pub(super) contact: watch::Sender<Contact>,
    /// The id of the log, as Redis said it last.
    pub(super) log_id: watch::Sender<LogId>,
    /// The best of the last readings of Redis' clock.
    pub(super) time: watch::Sender<TimeReading>,
    /// Counts what the node does with Redis.
    pub(super) counts: StoreMetrics,
    /// The nodes that are alive.
    pub(super) alive: watch::Sender<BTreeSet<NodeId>>,
    /// Told that a node has come or gone.
    pub(super) nodes_changed: Notify,
    /// Told that the lease of this node had run out, or is its first.
    pub(super) lease_ran_out: Notify,
    /// Bounds how many rooms are written back at once.
    pub(super) writes_back: Semaphore,
    /// Receives the rooms that other nodes created.
    pub(super) appeared: mpsc::Sender<RoomId>,
    /// What waits to be told to the others.
    pub(super) outgoing: mpsc::Sender<(RoomId, Bytes)>,
    /// What the names of quotas are hashed with, as Redis said it last.
    pub(super) quota_key: watch::Sender<String>,
    /// What addresses hold, here and at the other nodes.
    pub(super) held: HeldByAddresses,
    /// Whether Redis had no memory left when something was last written.
    pub(super) is_full: AtomicBool,
    /// Closed rooms that could not be removed yet, with the tips of their last appends.
    pub(super) removals: Mutex<BTreeMap<RoomId, Tip>>,
    /// The rooms that cannot be read, each of which is logged once.
    pub(super) unreadable: UnreadableRooms,
    /// What the node knows of its rooms.
    pub(super) known: Mutex<KnownRooms>,
}

impl Shared {
    /// The connection to use.
    ///
    /// # Errors
    /// [`LogError::Away`] if there is none at the moment.
    pub(super) fn link(&self) -> Result<Arc<Link>, LogError> {
        match &*self.contact.borrow() {
            Contact::Linked(link) if link.is_whole() => Ok(Arc::clone(link)),
            Contact::Linked(_) | Contact::Mending(_) | Contact::Away => Err(LogError::Away),
            Contact::Closed => Err(LogError::Closed),
        }
    }

    /// The connection by which rooms are written back.
    ///
    /// # Errors
    /// [`LogError::Away`] if there is none at the moment.
    pub(super) fn mending_link(&self) -> Result<Arc<Link>, LogError> {
        let mending = match &*self.contact.borrow() {
            Contact::Mending(link) if link.is_whole() => Some(Arc::clone(link)),
            _ => None,
        };
        mending.map_or_else(|| self.link(), Ok)
    }

    /// What is known of the rooms: valid after any panic, since each change of it is one.
    pub(super) fn known(&self) -> MutexGuard<'_, KnownRooms> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Something was written, or not for this reason: it shows whether Redis has memory left.
    pub(super) fn note_full(&self, fault: Option<&RedisFault>) {
        let is_full = match fault {
            None => false,
            Some(fault) if fault.is_full() => true,
            // Whether it has is not known.
            Some(_) => return,
        };
        match (self.is_full.swap(is_full, Ordering::AcqRel), is_full) {
            (false, true) => tracing::error!("Redis is full, so no room can change; free memory"),
            (true, false) => tracing::info!("Redis has memory again"),
            _ => {}
        }
    }

    /// Logs and counts a room that cannot be read, unless that was done already.
    pub(super) fn note_unreadable(&self, room: &RoomId, part: UnreadablePart, reason: &DataFault) {
        if self.unreadable.note(room, part) {
            self.counts.count(StoreIncident::RoomsUnreadable);
            tracing::error!(
                %room,
                %reason,
                key = self.keys.room(room).head,
                "a room in Redis cannot be read and is left out; update this node if a later version \
                 wrote the room, or else restore or delete its keys"
            );
        }
    }

    /// The closed rooms that could not be removed yet: valid after any panic, as [`Self::known`] is.
    pub(super) fn removals(&self) -> MutexGuard<'_, BTreeMap<RoomId, Tip>> {
        self.removals.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells the registry of a room that another node created. One that finds no place comes again
    /// with the next comparison of all rooms.
    pub(super) fn has_appeared(&self, room: &RoomId) {
        let _full_or_gone = self.appeared.try_send(room.clone());
    }
}
