//! What goes wrong with a shared log, and with a node's way to it.

use super::{FromOthers, Hub, KeptRoom, NodeState};
use crate::protocol::ids::{NodeId, RoomId};
use crate::room::committed::{Committed, Room};

/// What becomes of an append whose node loses the log in the middle of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::server) enum Lost {
    /// The events are kept, and only the answer is lost.
    Answer,
    /// The events never reached the log.
    Events,
}

/// What becomes of the news that other nodes tell a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::server) enum NewsFault {
    /// It comes, once.
    None,
    /// It never comes.
    Lost,
    /// It comes, in order, once this fault is over.
    Late,
    /// It comes twice.
    Twice,
}

impl Hub {
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
        self.tell_followers(name, &FromOthers::Returned);
    }

    /// The next append of a node is lost in the middle, and the node is cut off by that.
    pub(in crate::server) fn lose_next(&self, name: &str, lost: Lost) {
        self.change(name, |node| node.loses = Some(lost));
    }

    /// Whether a node misses all news from now on. Once it does not any more, it checks its rooms.
    pub(in crate::server) fn miss_news(&self, name: &str, misses: bool) {
        let fault = if misses {
            NewsFault::Lost
        } else {
            NewsFault::None
        };
        self.spoil_news(name, fault);
    }

    /// What becomes of a node's news from now on. What was late comes now, and what was lost is
    /// checked for.
    pub(in crate::server) fn spoil_news(&self, name: &str, fault: NewsFault) {
        let mut was_lost = false;
        self.change(name, |node| {
            was_lost = node.news == NewsFault::Lost;
            node.news = fault;
            for (room, news) in std::mem::take(&mut node.held) {
                node.hand_on(&room, news);
            }
        });
        if was_lost && fault != NewsFault::Lost {
            self.check(name);
        }
    }

    /// No node reaches the log from now on. Their leases go on.
    pub(in crate::server) fn go_away(&self) {
        self.lock().is_away = true;
    }

    /// The log is there again, with all that it had.
    pub(in crate::server) fn come_back(&self) {
        self.lock().is_away = false;
        self.check_all();
        self.returned();
    }

    /// The log is there again, without the last events of a room. Nodes that have more write that
    /// back until [`Self::mended`].
    pub(in crate::server) fn come_back_without(&self, room: &RoomId, events: usize) {
        let mut hub = self.lock();
        hub.is_away = false;
        hub.is_mending = true;
        hub.last += 1;
        hub.log = hub.last;
        if let Some(kept) = hub.rooms.get_mut(room) {
            kept.forget(events);
        }
        drop(hub);
        self.check_all();
    }

    /// What was not written back by now is lost, and is returned. Everybody checks.
    pub(in crate::server) fn mended(&self, room: &RoomId) -> Vec<Committed> {
        let mut hub = self.lock();
        hub.is_mending = false;
        hub.last += 1;
        let (log, renamed) = (hub.log, hub.last);
        let Some(kept) = hub.rooms.get_mut(room) else {
            return Vec::new();
        };
        let lost = std::mem::take(&mut kept.lost);
        if !lost.is_empty() {
            kept.made = renamed;
        }
        let made = kept.made;
        for node in hub.nodes.values_mut() {
            if let Some(has) = node.has.get_mut(room).filter(|has| has.0 == made) {
                has.1 = log;
            }
        }
        drop(hub);
        self.check_all();
        self.returned();
        lost
    }

    /// Has the log want a snapshot, until it gets one.
    pub(in crate::server) fn want_snapshot(&self) {
        self.lock().wants_snapshot = true;
    }

    /// Whether it still wants one.
    pub(in crate::server) fn wants_snapshot(&self) -> bool {
        self.lock().wants_snapshot
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
        drop(hub);
        self.check_all();
    }

    /// Drops all but the last few events of a room: whoever lacks more gets the whole room.
    pub(in crate::server) fn trim(&self, room: &RoomId, left: usize) {
        if let Some(kept) = self.lock().rooms.get_mut(room) {
            kept.kept = kept.kept.min(left);
        }
    }

    fn check_all(&self) {
        self.tell_all(&FromOthers::Check);
    }

    fn check(&self, name: &str) {
        self.tell_followers(name, &FromOthers::Check);
    }

    fn returned(&self) {
        self.tell_all(&FromOthers::Returned);
    }

    fn tell_all(&self, news: &FromOthers) {
        let names: Vec<NodeId> = self.lock().nodes.keys().cloned().collect();
        for NodeId(name) in names {
            self.tell_followers(&name, news);
        }
    }

    fn tell_followers(&self, name: &str, news: &FromOthers) {
        self.change(name, |node| {
            for follower in node.followers.values() {
                let _full = follower.try_send(news.clone());
            }
        });
    }

    fn change(&self, name: &str, change: impl FnOnce(&mut NodeState)) {
        if let Some(node) = self.lock().nodes.get_mut(&NodeId(name.to_owned())) {
            change(node);
        }
    }
}

impl KeptRoom {
    /// Loses the last events.
    fn forget(&mut self, events: usize) {
        let left = self.all.len().saturating_sub(events);
        let mut lost = self.all.split_off(left);
        lost.append(&mut self.lost);
        self.lost = lost;
        self.room = Room::new(self.room.state.id.clone());
        for event in &self.all {
            self.room.apply(event);
        }
        self.kept = self.kept.saturating_sub(events);
    }
}
