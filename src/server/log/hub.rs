//! A log in memory that several nodes share, for tests: what Redis is for real servers, without a
//! clock, a network or a thread. A test switches its [`faults`]; [`node`] is what one node sees.

mod faults;
mod node;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{mpsc, watch};

use super::{FromOthers, LogError, Missed, RoomLog};
use crate::protocol::ids::{LogId, NodeId, Rev, RoomId};
use crate::room::committed::{Committed, Room};

/// How much news may wait for one room of a node; beyond it the room is told to check.
const NEWS: usize = 256;

/// How many new rooms may wait for a node.
const APPEARED: usize = 1_024;

pub(in crate::server) use faults::{Lost, NewsFault};
pub(super) use node::HubNode;

/// The shared log, and the faults that a test switches. Clones share it.
#[derive(Debug, Clone, Default)]
pub(in crate::server) struct Hub(Arc<Mutex<HubState>>);

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
    /// How often nodes have asked what they missed.
    questions: u64,
    /// Whether no node reaches the log.
    is_away: bool,
    /// Whether the log has lost data, which nodes write back; meanwhile it takes nothing else.
    is_mending: bool,
    /// Whether it wants a snapshot of each room, until it gets one.
    wants_snapshot: bool,
}

#[derive(Debug)]
struct KeptRoom {
    /// Which room of this name it is.
    made: u64,
    room: Room,
    /// All events, for what a test checks.
    all: Vec<Committed>,
    /// Those that the log has lost, of which nodes can write back the first ones.
    lost: Vec<Committed>,
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
    news: NewsFault,
    /// News that comes late.
    held: Vec<(RoomId, FromOthers)>,
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
            news: NewsFault::None,
            held: Vec::new(),
            loses: None,
        };
        hub.nodes.insert(id.clone(), node);
        hub.alive.insert(id.clone());
        hub.tell_alive();
        drop(hub);
        RoomLog::of_hub(HubNode::new(self.clone(), id))
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

    /// The events of a room after a rev.
    pub(in crate::server) fn missed_since(
        &self,
        room: &RoomId,
        rev: Rev,
    ) -> Option<Vec<Committed>> {
        let hub = self.lock();
        let all = &hub.rooms.get(room)?.all;
        all.get(usize::try_from(rev.0).ok()?..).map(<[_]>::to_vec)
    }

    /// One event of a room; `None` if the log has none of that rev.
    pub(in crate::server) fn event(&self, room: &RoomId, rev: Rev) -> Option<Committed> {
        let hub = self.lock();
        let index = usize::try_from(rev.0).ok()?.checked_sub(1)?;
        hub.rooms.get(room)?.all.get(index).cloned()
    }

    /// The log's id.
    pub(in crate::server) fn id(&self) -> LogId {
        LogId(format!("log {}", self.lock().log))
    }

    /// How often nodes have asked what they missed.
    pub(in crate::server) fn questions(&self) -> u64 {
        self.lock().questions
    }

    /// Whether it can be reached, and takes events.
    pub(in crate::server) fn is_there(&self) -> bool {
        let hub = self.lock();
        !hub.is_away && !hub.is_mending
    }

    /// Whether a node reaches it.
    pub(in crate::server) fn reaches(&self, name: &str) -> bool {
        let node = NodeId(name.to_owned());
        self.lock().reachable(&node).is_ok()
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
        if cut_off || self.is_away {
            Err(LogError::Away)
        } else {
            Ok(())
        }
    }

    /// As [`Self::reachable`], for what waits until lost data was written back.
    fn takes(&self, node: &NodeId) -> Result<(), LogError> {
        if self.is_mending {
            return Err(LogError::Away);
        }
        self.reachable(node)
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
            lost: Vec::new(),
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
            if node.is_cut_off || node.news == NewsFault::Lost {
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
    fn tell(&mut self, room: &RoomId, news: FromOthers) {
        match self.news {
            NewsFault::Late => self.held.push((room.clone(), news)),
            NewsFault::Twice => {
                self.hand_on(room, news.clone());
                self.hand_on(room, news);
            }
            NewsFault::None | NewsFault::Lost => self.hand_on(room, news),
        }
    }

    fn hand_on(&self, room: &RoomId, news: FromOthers) {
        if let Some(follower) = self.followers.get(room) {
            // A room that is told so much at once asks for the rest by itself: it sees the gap.
            let _full = follower.try_send(news);
        }
    }
}
