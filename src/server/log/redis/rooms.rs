//! What this node knows of its rooms: how far each is, and who is told of its news.
//!
//! A node's rev alone does not say that its room is the one in Redis: after Redis has lost what it
//! agreed to, another node may have appended other events. So each append has a tip, and a room's
//! *chain* here are the revs and tips that its replica has, or will have once it has taken what
//! waits in its channel. News that do not follow the end of the chain are not handed on: the replica
//! is told to check instead.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use bytes::Bytes;
use tokio::sync::mpsc;
use tokio::sync::mpsc::error::TrySendError;

use super::tip::Tip;
use crate::protocol::ids::{LogId, NodeId, Rev, RoomId};
use crate::room::committed::Committed;
use crate::server::log::{FromOthers, RoomFollower};

/// How many news may wait for a room; beyond that it is told to check (judgement: others append a
/// few times a second).
const NEWS: usize = 32;

/// How many appends back a room's rev is recognised: more than news can wait, with its own appends
/// between them.
const CHAIN: usize = 2 * NEWS + 8;

/// Where an append stands in a room's log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) rev: Rev,
    pub(super) tip: Tip,
}

/// When a room was made, or was written back after a loss, in Redis' time in microseconds: of two rooms
/// of one name the later one counts, whatever their revs are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Made(pub(super) i64);

/// How far a room is in Redis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) made: Made,
    pub(super) place: Place,
}

/// The rooms that this node knows.
#[derive(Debug, Default)]
pub(super) struct KnownRooms(BTreeMap<RoomId, KnownRoom>);

#[derive(Debug, Default)]
struct KnownRoom {
    made: Made,
    /// When it counted as made before this node wrote it back, and after which loss that was.
    before: Option<(LogId, Made)>,
    chain: VecDeque<Place>,
    /// The append that is under way, whose caller learns of its events by the answer.
    under_way: Option<Tip>,
    news: Option<mpsc::Sender<FromOthers>>,
    /// Whether news came while nobody followed.
    is_stale: bool,
    /// Whether Redis has lost the room, or its last events, and it was not written back yet.
    is_lost: bool,
    /// The bytes of the events after the snapshot in Redis, as of the last append of this node.
    unsaved: u64,
    /// Whether a check waits for a place in the channel.
    check_waits: Arc<AtomicBool>,
}

/// An append that a node tells of.
#[derive(Debug, Clone, Copy)]
pub(super) struct ToldAppend {
    pub(super) after: Place,
    pub(super) tip: Tip,
    /// When the room was made; unknown to the node that creates it.
    pub(super) made: Made,
}

impl KnownRooms {
    /// The ids of all.
    pub(super) fn ids(&self) -> impl Iterator<Item = &RoomId> {
        self.0.keys()
    }

    /// Whether this node has the room, or follows it.
    pub(super) fn knows(&self, room: &RoomId) -> bool {
        self.0.get(room).is_some_and(KnownRoom::counts)
    }

    /// A room that this node has, or follows. What a creation that failed left behind is dropped.
    fn counted(&mut self, room: &RoomId) -> Option<&mut KnownRoom> {
        if self.0.get(room).is_some_and(|known| !known.counts()) {
            self.0.remove(room);
        }
        self.0.get_mut(room)
    }

    /// The tip at a rev; `None` if the node does not know which append led there.
    pub(super) fn tip_at(&self, room: &RoomId, rev: Rev) -> Option<Tip> {
        if rev == Rev(0) {
            return Some(Tip::NONE);
        }
        let chain = &self.0.get(room)?.chain;
        let place = chain.iter().rev().find(|place| place.rev == rev)?;
        Some(place.tip)
    }

    /// Whether this place is known.
    pub(super) fn has(&self, room: &RoomId, place: Place) -> bool {
        self.tip_at(room, place.rev) == Some(place.tip)
    }

    /// When the room was made that the node has.
    pub(super) fn made(&self, room: &RoomId) -> Made {
        self.0
            .get(room)
            .map_or_else(Made::default, |known| known.made)
    }

    /// When the room counted as made before the loss that began this epoch: by that the nodes compare what
    /// they have of it, also if some have written it back by then.
    pub(super) fn made_before(&self, room: &RoomId, epoch: &LogId) -> Made {
        let known = self.0.get(room);
        known.map_or_else(Made::default, |known| known.made_before(epoch))
    }

    /// The tip of the last append of a room that the node has.
    pub(super) fn end_of(&self, room: &RoomId) -> Tip {
        let end = self.0.get(room).and_then(|known| known.chain.back());
        end.map_or(Tip::NONE, |end| end.tip)
    }

    /// Whether the node's last place in a room is at this rev; 0 if it has no events of it.
    pub(super) fn is_at(&self, room: &RoomId, rev: Rev) -> bool {
        let end = self.0.get(room).and_then(|known| known.chain.back());
        end.map_or(Rev(0), |end| end.rev) == rev
    }

    /// An append of this node begins.
    pub(super) fn begin_append(&mut self, room: &RoomId, tip: Tip) {
        self.known(room).under_way = Some(tip);
    }

    /// An append of this node was answered, or given up.
    pub(super) fn end_append(&mut self, room: &RoomId, tip: Tip) {
        if let Some(known) = self.0.get_mut(room)
            && known.under_way == Some(tip)
        {
            known.under_way = None;
        }
    }

    /// The replica has everything up to this place.
    pub(super) fn reached(&mut self, room: &RoomId, head: Head) {
        let (known, Head { made, place }) = (self.known(room), head);
        known.made = made;
        if known.chain.back().is_none_or(|end| end.rev < place.rev) {
            known.push(place);
        }
    }

    /// So many bytes of events are in Redis after the snapshot.
    pub(super) fn note_unsaved(&mut self, room: &RoomId, bytes: u64) {
        self.known(room).unsaved = bytes;
    }

    /// How many bytes of events are in Redis after the snapshot, as of the last append of this node.
    pub(super) fn unsaved(&self, room: &RoomId) -> u64 {
        self.0.get(room).map_or(0, |known| known.unsaved)
    }

    /// A room was read as a whole, for a replica that begins with it. One that runs goes on from what it
    /// has.
    pub(super) fn opened(&mut self, room: &RoomId, head: Head) {
        let news = self.0.get(room).and_then(|known| known.news.as_ref());
        if news.is_none_or(mpsc::Sender::is_closed) {
            self.replaced(room, head);
        }
    }

    /// The replica has a room that was read as a whole.
    pub(super) fn replaced(&mut self, room: &RoomId, head: Head) {
        let (known, Head { made, place }) = (self.known(room), head);
        known.made = made;
        known.chain.clear();
        known.push(place);
    }

    /// The room whose last append had this tip is no more.
    pub(super) fn remove_at(&mut self, room: &RoomId, tip: Tip) {
        if self.end_of(room) == tip {
            self.0.remove(room);
        }
    }

    /// The room is no more.
    pub(super) fn remove(&mut self, room: &RoomId) {
        self.0.remove(room);
    }

    /// Sends a room's news to a new follower, and no longer to the one before.
    pub(super) fn follow(&mut self, room: &RoomId) -> RoomFollower {
        let (sender, receiver) = mpsc::channel(NEWS);
        let known = self.known(room);
        known.news = Some(sender);
        known.check_waits = Arc::default();
        if std::mem::take(&mut known.is_stale) {
            known.check();
        }
        RoomFollower::new(receiver)
    }

    /// A node has appended. Returns whether the room is known.
    pub(super) fn appended(
        &mut self,
        room: &RoomId,
        told: ToldAppend,
        events: impl FnOnce() -> Option<Vec<Committed>>,
    ) -> bool {
        let Some(known) = self.counted(room) else {
            return false;
        };
        if told.after.rev == Rev(0) && known.chain.is_empty() {
            known.made = told.made;
        }
        if known.under_way == Some(told.tip) || known.chain.iter().any(|at| at.tip == told.tip) {
            return true;
        }
        let end = known.chain.back().copied();
        let follows = end.map_or(told.after.rev == Rev(0), |end| end == told.after);
        let events = if follows { events() } else { None };
        match events {
            Some(events) if known.can_be_told() => {
                let last = events.last().map_or(told.after.rev, |last| last.fact.rev);
                let after = told.after.rev;
                if known.tell(FromOthers::Appended { after, events }) {
                    known.made = told.made;
                    known.push(Place {
                        rev: last,
                        tip: told.tip,
                    });
                }
            }
            _ => known.check(),
        }
        true
    }

    /// A node has told what is kept nowhere. It is dropped where too much waits.
    pub(super) fn told(&mut self, room: &RoomId, from: NodeId, message: Bytes) {
        if let Some(known) = self.0.get_mut(room)
            && let Some(news) = &known.news
        {
            let _full_or_gone = news.try_send(FromOthers::Told { from, message });
        }
    }

    /// The log is back after it was away. It is dropped where too much waits, as in [`Self::told`].
    pub(super) fn returned(&mut self) {
        for news in self.0.values().filter_map(|known| known.news.as_ref()) {
            let _full_or_gone = news.try_send(FromOthers::Returned);
        }
    }

    /// The room may have missed something. Returns whether it is known.
    pub(super) fn checks(&mut self, room: &RoomId) -> bool {
        self.counted(room).map(KnownRoom::check).is_some()
    }

    /// Redis has this of a room, which was made then before the loss that began this epoch; or nothing.
    /// Returns whether it has lost what this node knows.
    pub(super) fn note_lost(&mut self, room: &RoomId, epoch: &LogId, head: Option<Head>) -> bool {
        let Some(known) = self.0.get_mut(room) else {
            return false;
        };
        let end = known.chain.back().map_or(Rev(0), |end| end.rev);
        known.is_lost = match head {
            Some(Head { made, place }) => (made, place.rev) < (known.made_before(epoch), end),
            None => end > Rev(0),
        };
        known.is_lost
    }

    /// Whether Redis has lost a room that was not written back yet.
    pub(super) fn is_lost(&self, room: &RoomId) -> bool {
        self.0.get(room).is_some_and(|known| known.is_lost)
    }

    /// A room that was lost before this epoch is in Redis again: at this place, or as another node has it,
    /// if that is `None`.
    pub(super) fn written_back(&mut self, room: &RoomId, epoch: &LogId, head: Option<Head>) {
        let known = self.known(room);
        known.is_lost = false;
        let before = known.made_before(epoch);
        known.before = head.map(|_| (epoch.clone(), before));
        // As another node has it, it is read as a whole.
        known.chain.clear();
        known.made = Made::default();
        if let Some(Head { made, place }) = head {
            known.made = made;
            known.push(place);
        }
    }

    /// Has the rooms checked that Redis has lost.
    pub(super) fn check_lost(&mut self) {
        for known in self.0.values_mut().filter(|known| known.is_lost) {
            known.check();
        }
    }

    /// All rooms may have missed something.
    pub(super) fn check_all(&mut self) {
        for known in self.0.values_mut() {
            known.check();
        }
    }

    fn known(&mut self, room: &RoomId) -> &mut KnownRoom {
        self.0.entry(room.clone()).or_default()
    }
}

impl KnownRoom {
    /// Whether the node has something of the room, is about to, or follows it.
    fn counts(&self) -> bool {
        let follows = self.news.as_ref().is_some_and(|news| !news.is_closed());
        follows || !self.chain.is_empty() || self.under_way.is_some()
    }

    fn made_before(&self, epoch: &LogId) -> Made {
        let before = self.before.as_ref().filter(|(since, _)| since == epoch);
        before.map_or(self.made, |(_, made)| *made)
    }

    fn push(&mut self, place: Place) {
        if self.chain.len() >= CHAIN {
            self.chain.pop_front();
        }
        self.chain.push_back(place);
    }

    /// Whether news can go out: not before a check that still waits.
    fn can_be_told(&self) -> bool {
        self.news.is_some() && !self.check_waits.load(Ordering::Acquire)
    }

    /// Hands news on; a full channel gets a check instead. Returns whether they went out.
    fn tell(&mut self, news: FromOthers) -> bool {
        let sent = match &self.news {
            Some(sender) => sender.try_send(news),
            None => return false,
        };
        match sent {
            Ok(()) => true,
            Err(TrySendError::Full(_)) => {
                self.check();
                false
            }
            Err(TrySendError::Closed(_)) => {
                self.news = None;
                self.is_stale = true;
                false
            }
        }
    }

    /// Has the follower check as soon as there is a place for that in its channel.
    fn check(&mut self) {
        let Some(sender) = self.news.clone() else {
            self.is_stale = true;
            return;
        };
        if self.check_waits.swap(true, Ordering::AcqRel) {
            return;
        }
        let waits = Arc::clone(&self.check_waits);
        tokio::spawn(async move {
            // A follower that has gone asks for nothing any more.
            if let Ok(place) = sender.reserve().await {
                waits.store(false, Ordering::Release);
                place.send(FromOthers::Check);
            }
        });
    }
}
