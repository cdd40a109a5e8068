//! Asks the log for a room of which this node has not heard, before somebody is refused for that:
//! another node may have created it just now.

use std::collections::BTreeMap;

use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, timeout};

use super::message::{RegistryRequest, RoomLookup};
use super::{READ_WITHIN, Registry};
use crate::protocol::ids::RoomId;
use crate::room::committed::Room;
use crate::server::limits::{self, Bucket};
use crate::server::log::{LogError, RoomLog};
use crate::server::replica::RoomStart;

/// The searches that are under way, each with those who wait for it.
#[derive(Debug)]
pub(super) struct PendingSearches {
    waiting: BTreeMap<RoomId, Vec<oneshot::Sender<RoomLookup>>>,
    /// How often the log may still be asked: strangers could have that done in vain.
    left: Bucket,
    found: mpsc::WeakSender<RegistryRequest>,
}

impl PendingSearches {
    /// None yet. What is found goes to the registry.
    pub(super) fn new(found: &mpsc::Sender<RegistryRequest>) -> Self {
        Self {
            waiting: BTreeMap::new(),
            left: limits::searches_for_rooms(Instant::now()),
            found: found.downgrade(),
        }
    }

    /// Has somebody wait for a room, whom it gives back if the log is not asked now.
    fn begin(
        &mut self,
        room: &RoomId,
        reply: oneshot::Sender<RoomLookup>,
        log: &RoomLog,
    ) -> Option<oneshot::Sender<RoomLookup>> {
        if let Some(waiting) = self.waiting.get_mut(room) {
            waiting.push(reply);
            return None;
        }
        if self.left.take(Instant::now()).is_err() {
            return Some(reply);
        }
        self.waiting.insert(room.clone(), vec![reply]);
        tokio::spawn(search(room.clone(), log.clone(), self.found.clone()));
        None
    }
}

async fn search(room: RoomId, log: RoomLog, found: mpsc::WeakSender<RegistryRequest>) {
    let read = timeout(READ_WITHIN, log.open(&room)).await;
    let read = read.unwrap_or(Err(LogError::Away));
    let read = read.map(|read| read.filter(|read| !read.state.closed).map(Box::new));
    // Without a registry there is nobody who waits.
    if let Some(found) = found.upgrade() {
        let _ended = found.send(RegistryRequest::Searched(room, read)).await;
    }
}

impl Registry {
    /// Looks a room up, in the log as well if other nodes share that.
    pub(super) async fn search(&mut self, room: RoomId, reply: oneshot::Sender<RoomLookup>) {
        let known = self.look(&room).await;
        let is_missing = matches!(known, RoomLookup::Nothing | RoomLookup::Full { .. });
        let reply = if is_missing && self.context.cluster.is_shared() {
            self.pending.begin(&room, reply, &self.context.log)
        } else {
            Some(reply)
        };
        // Whoever asked may have gone.
        if let Some(reply) = reply {
            let _gone = reply.send(known);
        }
    }

    /// Answers those who wait for a room.
    pub(super) async fn searched(
        &mut self,
        room: RoomId,
        read: Result<Option<Box<Room>>, LogError>,
    ) {
        let waiting = self.pending.waiting.remove(&room).unwrap_or_default();
        let is_known = self.rooms.read().contains_key(&room);
        let is_unreadable = read.is_err() && !is_known;
        if let Ok(Some(found)) = read
            && !is_known
        {
            tracing::info!(%room, "the log has a room of which this node had not heard");
            self.begin(room.clone(), RoomStart::Followed(found));
        }
        for reply in waiting {
            let found = if is_unreadable {
                RoomLookup::Unreadable
            } else {
                self.look(&room).await
            };
            // Whoever asked may have gone.
            let _gone = reply.send(found);
        }
    }
}
