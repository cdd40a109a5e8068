//! What one node sees of a shared log.

use std::collections::BTreeSet;

use bytes::Bytes;
use tokio::sync::{mpsc, oneshot, watch};

use super::{Hub, KeptRoom, Lost, NEWS, NewsFault};
use crate::protocol::ids::{LogId, NodeId, Rev, RoomId};
use crate::room::committed::{Committed, Room};
use crate::server::log::{Appended, Durable, FromOthers, LogError, Missed, Nodes, RoomFollower};

/// One node's access to a [`Hub`].
#[derive(Debug, Clone)]
pub(in crate::server::log) struct HubNode {
    hub: Hub,
    id: NodeId,
}

impl HubNode {
    pub(super) const fn new(hub: Hub, id: NodeId) -> Self {
        Self { hub, id }
    }

    pub(in crate::server::log) fn id(&self) -> LogId {
        self.hub.id()
    }

    pub(in crate::server::log) fn rooms(&self) -> Result<Vec<RoomId>, LogError> {
        let hub = self.hub.lock();
        hub.takes(&self.id)?;
        Ok(hub.rooms.keys().cloned().collect())
    }

    pub(in crate::server::log) fn open(&self, room: &RoomId) -> Result<Option<Room>, LogError> {
        let mut hub = self.hub.lock();
        hub.takes(&self.id)?;
        // It has the room from now on.
        drop(hub.missed(&self.id, room, Rev(0)));
        Ok(hub.rooms.get(room).map(|kept| kept.room.clone()))
    }

    pub(in crate::server::log) fn wants_snapshot(&self) -> bool {
        self.hub.wants_snapshot()
    }

    pub(in crate::server::log) fn append(
        &self,
        room: &RoomId,
        after: Rev,
        events: &[Committed],
    ) -> Result<Appended, LogError> {
        let mut hub = self.hub.lock();
        hub.takes(&self.id)?;
        let lost = hub.nodes.get_mut(&self.id).and_then(|node| {
            let lost = node.loses.take();
            node.is_cut_off = lost.is_some();
            lost
        });
        if lost == Some(Lost::Events) {
            return Err(LogError::Unsettled);
        }
        let kept = hub.rooms.get(room);
        let head = kept.map_or(Rev(0), |kept| kept.room.state.rev);
        let made = kept.map(|kept| (kept.made, hub.log));
        let node = hub.nodes.get(&self.id);
        let has = node.and_then(|node| node.has.get(room).copied());
        if head != after || (made != has && after > Rev(0)) {
            let missed = hub.missed(&self.id, room, after);
            return match lost {
                None => Ok(Appended::Behind(missed)),
                Some(_) => Err(LogError::Unsettled),
            };
        }
        if events.is_empty() {
            // Only a snapshot has none.
            hub.wants_snapshot = false;
        } else {
            hub.keep(&self.id, room, events);
        }
        if lost.is_some() {
            return Err(LogError::Unsettled);
        }
        let (done, durable) = oneshot::channel();
        let _waits = done.send(());
        Ok(Appended::Agreed(Durable(Some(durable))))
    }

    pub(in crate::server::log) fn missed(
        &self,
        room: &RoomId,
        after: Rev,
    ) -> Result<Missed, LogError> {
        let mut hub = self.hub.lock();
        hub.questions += 1;
        hub.reachable(&self.id)?;
        if hub.is_mending {
            let kept = hub.rooms.get(room).map(|kept| kept.room.state.rev);
            let is_lost = kept.is_none_or(|kept| kept < after);
            return if is_lost {
                Ok(Missed::Lost)
            } else {
                Err(LogError::Away)
            };
        }
        Ok(hub.missed(&self.id, room, after))
    }

    pub(in crate::server::log) fn nodes(&self) -> Nodes {
        let mut hub = self.hub.lock();
        let node = hub.nodes.get_mut(&self.id);
        let alive = node.as_ref().map(|node| node.alive.subscribe());
        Nodes {
            this: Some(self.id.clone()),
            joined_others: node.as_ref().is_some_and(|node| node.joined_others),
            appeared: node.and_then(|node| node.waiting.take()),
            alive: alive.unwrap_or_else(|| watch::Sender::new(BTreeSet::new()).subscribe()),
        }
    }

    pub(in crate::server::log) fn follow(&self, room: &RoomId) -> RoomFollower {
        let (news, follower) = mpsc::channel(NEWS);
        let mut hub = self.hub.lock();
        if let Some(node) = hub.nodes.get_mut(&self.id) {
            node.followers.insert(room.clone(), news);
        }
        RoomFollower::new(follower)
    }

    pub(in crate::server::log) fn tell_others(&self, room: &RoomId, message: &Bytes) {
        let mut hub = self.hub.lock();
        if hub.takes(&self.id).is_err() {
            return;
        }
        let others = hub.nodes.iter_mut().filter(|(id, _)| **id != self.id);
        for (_, node) in others {
            if node.is_cut_off || node.news == NewsFault::Lost {
                continue;
            }
            let (from, message) = (self.id.clone(), message.clone());
            node.tell(room, FromOthers::Told { from, message });
        }
    }

    pub(in crate::server::log) fn takes_writes(&self) -> bool {
        self.hub.lock().takes(&self.id).is_ok()
    }

    /// Writes a room back that the log has lost, unless another node's is newer.
    pub(in crate::server::log) fn write_back(&self, room: &Room) -> Result<(), LogError> {
        let mut hub = self.hub.lock();
        hub.reachable(&self.id)?;
        let is_mending = hub.is_mending;
        let Some(kept) = hub.rooms.get_mut(&room.state.id).filter(|_| is_mending) else {
            return Ok(());
        };
        kept.write_back(room);
        Ok(())
    }

    /// Takes a room as it is, unless there is one of its name.
    pub(in crate::server::log) fn import(&self, room: &Room) -> Result<bool, LogError> {
        let mut hub = self.hub.lock();
        hub.takes(&self.id)?;
        let id = &room.state.id;
        if hub.rooms.contains_key(id) {
            return Ok(false);
        }
        hub.keep(&self.id, id, &[]);
        if let Some(kept) = hub.rooms.get_mut(id) {
            kept.room = room.clone();
        }
        Ok(true)
    }

    /// Removes the room that this node has; a later one of the same name stays.
    pub(in crate::server::log) fn forget(&self, room: &RoomId) -> Result<(), LogError> {
        let mut hub = self.hub.lock();
        hub.takes(&self.id)?;
        let node = hub.nodes.get_mut(&self.id);
        let has = node.and_then(|node| node.has.remove(room));
        let kept = hub.rooms.get(room).map(|kept| kept.made);
        if kept.is_some() && kept == has.map(|(made, _)| made) {
            hub.rooms.remove(room);
        }
        Ok(())
    }

    /// The node ends in order: it is gone for the others at once.
    pub(in crate::server::log) fn close(&self) {
        self.hub.gone(&self.id.0);
    }
}

impl KeptRoom {
    /// Takes the room as a node has it, if that has more of what was lost.
    fn write_back(&mut self, room: &Room) {
        let ahead = room.state.rev.0.saturating_sub(self.room.state.rev.0);
        let count = usize::try_from(ahead).unwrap_or(usize::MAX);
        if count == 0 {
            return;
        }
        let Some(missing) = self.lost.get(..count) else {
            return;
        };
        let mut whole = self.room.clone();
        for event in missing {
            whole.apply(event);
        }
        if whole != *room {
            // It is from before an earlier loss, of which the node has not heard.
            return;
        }
        self.room = whole;
        self.all.extend(self.lost.drain(..count));
        self.kept = 0;
    }
}
