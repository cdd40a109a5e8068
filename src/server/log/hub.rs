//! A log in memory that several nodes share, for tests: what Redis is for real servers, without a
//! clock, a network or a thread. A test switches its faults.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use tokio::sync::{mpsc, oneshot, watch};

use super::{Appended, Durable, FromOthers, LogError, Missed, Nodes, RoomFollower, RoomLog};
use crate::protocol::ids::{LogId, NodeId, Rev, RoomId};
use crate::room::committed::{Committed, Room};

/// How much news may wait for one room of a node; beyond it the room is told to check.
const NEWS: usize = 256;

/// How many new rooms may wait for a node.
const APPEARED: usize = 1_024;

/// The shared log, and the faults that a test switches. Clones share it.
#[derive(Debug, Clone, Default)]
pub(in crate::server) struct Hub(Arc<Mutex<HubState>>);

/// What becomes of an append whose node loses the log in the middle of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::server) enum Lost {
    /// The events are kept, and only the answer is lost.
    Answer,
    /// The events never reached the log.
    Events,
}

/// One node's access to a [`Hub`].
#[derive(Debug, Clone)]
pub(super) struct HubNode {
    hub: Hub,
    id: NodeId,
}

#[derive(Debug, Default)]
struct HubState {
    /// Counts what has to be told apart: openings, and rooms of one name.
    last: u64,
    /// The number of the log's id.
    log: u64,
    rooms: BTreeMap<RoomId, KeptRoom>,
    nodes: BTreeMap<NodeId, NodeState>,
    /// The nodes that are alive.
    alive: BTreeSet<NodeId>,
}

#[derive(Debug)]
struct KeptRoom {
    /// Which room of this name it is.
    made: u64,
    room: Room,
    /// All events, for what a test checks.
    all: Vec<Committed>,
    /// How many of them are kept for nodes that missed some: the last ones.
    kept: usize,
}

#[derive(Debug)]
struct NodeState {
    alive: watch::Sender<BTreeSet<NodeId>>,
    appeared: mpsc::Sender<RoomId>,
    waiting: Option<mpsc::Receiver<RoomId>>,
    joined_others: bool,
    followers: BTreeMap<RoomId, mpsc::Sender<FromOthers>>,
    /// Which room of a name it has, and of which log.
    has: BTreeMap<RoomId, (u64, u64)>,
    is_cut_off: bool,
    misses_news: bool,
    loses: Option<Lost>,
}

impl Hub {
    /// The log as a node of this name has it, which is alive from now on.
    pub(in crate::server) fn node(&self, name: &str) -> RoomLog {
        let id = NodeId(name.to_owned());
        let (appeared, waiting) = mpsc::channel(APPEARED);
        let mut hub = self.lock();
        let joined_others = !hub.alive.is_empty();
        let node = NodeState {
            alive: watch::Sender::new(BTreeSet::new()),
            appeared,
            waiting: Some(waiting),
            joined_others,
            followers: BTreeMap::new(),
            has: BTreeMap::new(),
            is_cut_off: false,
            misses_news: false,
            loses: None,
        };
        hub.nodes.insert(id.clone(), node);
        hub.alive.insert(id.clone());
        hub.tell_alive();
        drop(hub);
        RoomLog::of_hub(HubNode {
            hub: self.clone(),
            id,
        })
    }

    /// Cuts a node off from the log. The others do not count it as gone yet.
    pub(in crate::server) fn cut_off(&self, name: &str) {
        self.change(name, |node| node.is_cut_off = true);
    }

    /// Connects it again; it is alive, and checks all of its rooms.
    pub(in crate::server) fn join_again(&self, name: &str) {
        self.change(name, |node| {
            node.is_cut_off = false;
            node.loses = None;
        });
        let mut hub = self.lock();
        hub.alive.insert(NodeId(name.to_owned()));
        hub.tell_alive();
        let rooms: Vec<RoomId> = hub.rooms.keys().cloned().collect();
        if let Some(node) = hub.nodes.get(&NodeId(name.to_owned())) {
            for room in rooms
                .iter()
                .filter(|room| !node.followers.contains_key(room))
            {
                let _full = node.appeared.try_send(room.clone());
            }
        }
        drop(hub);
        self.check(name);
    }

    /// The next append of a node is lost in the middle, and the node is cut off by that.
    pub(in crate::server) fn lose_next(&self, name: &str, lost: Lost) {
        self.change(name, |node| node.loses = Some(lost));
    }

    /// Whether a node misses all news from now on. Once it does not any more, it checks its rooms.
    pub(in crate::server) fn miss_news(&self, name: &str, misses: bool) {
        self.change(name, |node| node.misses_news = misses);
        if !misses {
            self.check(name);
        }
    }

    /// A node is gone for the others.
    pub(in crate::server) fn gone(&self, name: &str) {
        let mut hub = self.lock();
        hub.alive.remove(&NodeId(name.to_owned()));
        hub.tell_alive();
    }

    /// The log loses its data, and has this room instead. Its id is another one from now on, and
    /// everybody checks.
    pub(in crate::server) fn lose_data(&self, room: Room) {
        let mut hub = self.lock();
        hub.last += 1;
        hub.log = hub.last;
        if let Some(kept) = hub.rooms.get_mut(&room.state.id) {
            kept.all
                .truncate(usize::try_from(room.state.rev.0).unwrap_or(usize::MAX));
            kept.room = room;
            kept.kept = 0;
        }
        let names: Vec<NodeId> = hub.nodes.keys().cloned().collect();
        drop(hub);
        for NodeId(name) in names {
            self.check(&name);
        }
    }

    /// Drops all but the last few events of a room: whoever lacks more gets the whole room.
    pub(in crate::server) fn trim(&self, room: &RoomId, left: usize) {
        if let Some(kept) = self.lock().rooms.get_mut(room) {
            kept.kept = kept.kept.min(left);
        }
    }

    /// A room as the log has it; `None` if there is none.
    pub(in crate::server) fn room(&self, room: &RoomId) -> Option<Room> {
        let hub = self.lock();
        hub.rooms.get(room).map(|kept| kept.room.clone())
    }

    /// All events that a room has had, in their order.
    pub(in crate::server) fn all_events(&self, room: &RoomId) -> Vec<Committed> {
        let hub = self.lock();
        let kept = hub.rooms.get(room).map(|kept| kept.all.clone());
        kept.unwrap_or_default()
    }

    fn check(&self, name: &str) {
        self.change(name, |node| {
            for news in node.followers.values() {
                let _full = news.try_send(FromOthers::Check);
            }
        });
    }

    fn change(&self, name: &str, change: impl FnOnce(&mut NodeState)) {
        if let Some(node) = self.lock().nodes.get_mut(&NodeId(name.to_owned())) {
            change(node);
        }
    }

    fn lock(&self) -> MutexGuard<'_, HubState> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl HubState {
    fn tell_alive(&self) {
        for node in self.nodes.values().filter(|node| !node.is_cut_off) {
            node.alive.send_if_modified(|alive| {
                let changed = *alive != self.alive;
                alive.clone_from(&self.alive);
                changed
            });
        }
    }

    fn reachable(&self, node: &NodeId) -> Result<(), LogError> {
        let cut_off = self.nodes.get(node).is_none_or(|node| node.is_cut_off);
        if cut_off { Err(LogError::Away) } else { Ok(()) }
    }

    /// What a node that has a room up to `after` lacks; it has the room as it is after that.
    fn missed(&mut self, node: &NodeId, room: &RoomId, after: Rev) -> Missed {
        let Some(node) = self.nodes.get_mut(node) else {
            return Missed::Gone;
        };
        let Some(kept) = self.rooms.get(room) else {
            node.has.remove(room);
            return Missed::Gone;
        };
        let had = node.has.insert(room.clone(), (kept.made, self.log));
        let same = after == Rev(0) || had == Some((kept.made, self.log));
        let lacking = kept.room.state.rev.0.checked_sub(after.0);
        let count = lacking.and_then(|count| usize::try_from(count).ok());
        match count.filter(|count| same && *count <= kept.kept) {
            Some(count) => Missed::Events(kept.all[kept.all.len() - count..].to_vec()),
            None => Missed::Room(Box::new(kept.room.clone())),
        }
    }

    /// Keeps events that follow what is known, and tells the other nodes.
    fn keep(&mut self, by: &NodeId, room: &RoomId, events: &[Committed]) {
        self.last += 1;
        let (made, log) = (self.last, self.log);
        let is_new = !self.rooms.contains_key(room);
        let kept = self.rooms.entry(room.clone()).or_insert_with(|| KeptRoom {
            made,
            room: Room::new(room.clone()),
            all: Vec::new(),
            kept: 0,
        });
        let after = kept.room.state.rev;
        for event in events {
            kept.room.apply(event);
        }
        kept.all.extend_from_slice(events);
        kept.kept += events.len();
        let made = kept.made;
        for (id, node) in &mut self.nodes {
            if id == by {
                node.has.insert(room.clone(), (made, log));
                continue;
            }
            if node.is_cut_off || node.misses_news {
                continue;
            }
            if is_new {
                let _full = node.appeared.try_send(room.clone());
            }
            let events = events.to_vec();
            node.tell(room, FromOthers::Appended { after, events });
        }
    }
}

impl NodeState {
    fn tell(&self, room: &RoomId, news: FromOthers) {
        if let Some(follower) = self.followers.get(room) {
            // A room that is told so much at once asks for the rest by itself: it sees the gap.
            let _full = follower.try_send(news);
        }
    }
}

impl HubNode {
    pub(super) fn id(&self) -> LogId {
        LogId(format!("log {}", self.hub.lock().log))
    }

    pub(super) fn rooms(&self) -> Result<Vec<RoomId>, LogError> {
        let hub = self.hub.lock();
        hub.reachable(&self.id)?;
        Ok(hub.rooms.keys().cloned().collect())
    }

    pub(super) fn open(&self, room: &RoomId) -> Result<Option<Room>, LogError> {
        let mut hub = self.hub.lock();
        hub.reachable(&self.id)?;
        // It has the room from now on.
        drop(hub.missed(&self.id, room, Rev(0)));
        Ok(hub.rooms.get(room).map(|kept| kept.room.clone()))
    }

    pub(super) fn append(
        &self,
        room: &RoomId,
        after: Rev,
        events: &[Committed],
    ) -> Result<Appended, LogError> {
        let mut hub = self.hub.lock();
        hub.reachable(&self.id)?;
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
        if !events.is_empty() {
            hub.keep(&self.id, room, events);
        }
        if lost.is_some() {
            return Err(LogError::Unsettled);
        }
        let (done, durable) = oneshot::channel();
        let _waits = done.send(());
        Ok(Appended::Agreed(Durable(Some(durable))))
    }

    pub(super) fn missed(&self, room: &RoomId, after: Rev) -> Result<Missed, LogError> {
        let mut hub = self.hub.lock();
        hub.reachable(&self.id)?;
        Ok(hub.missed(&self.id, room, after))
    }

    pub(super) fn nodes(&self) -> Nodes {
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

    pub(super) fn follow(&self, room: &RoomId) -> RoomFollower {
        let (news, follower) = mpsc::channel(NEWS);
        let mut hub = self.hub.lock();
        if let Some(node) = hub.nodes.get_mut(&self.id) {
            node.followers.insert(room.clone(), news);
        }
        RoomFollower::new(follower)
    }

    pub(super) fn tell_others(&self, room: &RoomId, message: &Bytes) {
        let hub = self.hub.lock();
        if hub.reachable(&self.id).is_err() {
            return;
        }
        let others = hub.nodes.iter().filter(|(id, _)| **id != self.id);
        for (_, node) in others.filter(|(_, node)| !node.is_cut_off && !node.misses_news) {
            let (from, message) = (self.id.clone(), message.clone());
            node.tell(room, FromOthers::Told { from, message });
        }
    }

    pub(super) fn takes_writes(&self) -> bool {
        self.hub.lock().reachable(&self.id).is_ok()
    }

    /// Nothing is written back here: a test says what the log has after a loss.
    pub(super) fn write_back(&self, _room: &Room) -> Result<(), LogError> {
        self.hub.lock().reachable(&self.id)
    }

    /// Takes a room as it is, unless there is one of its name.
    pub(super) fn import(&self, room: &Room) -> Result<bool, LogError> {
        let mut hub = self.hub.lock();
        hub.reachable(&self.id)?;
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
    pub(super) fn forget(&self, room: &RoomId) -> Result<(), LogError> {
        let mut hub = self.hub.lock();
        hub.reachable(&self.id)?;
        let node = hub.nodes.get_mut(&self.id);
        let has = node.and_then(|node| node.has.remove(room));
        let kept = hub.rooms.get(room).map(|kept| kept.made);
        if kept.is_some() && kept == has.map(|(made, _)| made) {
            hub.rooms.remove(room);
        }
        Ok(())
    }

    /// The node ends in order: it is gone for the others at once.
    pub(super) fn close(&self) {
        self.hub.gone(&self.id.0);
    }
}
