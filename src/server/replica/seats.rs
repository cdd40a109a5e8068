//! The sockets of a room: which member each belongs to, and how frames reach them.

use std::cell::Cell;
use std::collections::BTreeMap;

use tokio::sync::oneshot;
use tokio::time::Instant;

use super::broadcast;
use super::message::SeatId;
use crate::protocol::cadence::Cadence;
use crate::protocol::denied::Refused;
use crate::protocol::event::Fact;
use crate::protocol::ids::{MemberId, Rev};
use crate::protocol::time::Span;
use crate::room::observers::facts_for_observer;
use crate::room::secrets::AddressHash;
use crate::server::cadence;
use crate::server::metrics::Metrics;
use crate::server::outbox::{Outbox, PushError};
use crate::server::websocket::ServerFrame;
use crate::wire::message::Health;
use crate::wire::visit::VisitPurpose;

mod reported;

/// A socket and its member.
#[derive(Debug)]
pub(super) struct Seat {
    /// The member whose socket it is, or in whose name it visits.
    pub(super) member: MemberId,
    /// What it visits for; `None` if it is the member's presence.
    pub(super) visit: Option<VisitPurpose>,
    /// From which address somebody watches, as far as it distinguishes them.
    from: Option<AddressHash>,
    /// The member's last health report, and until when it counts; `None` before the first.
    health: Option<(Health, Instant)>,
    /// How often its client was told to report its health.
    cadence: Cadence,
    /// The last event in what its welcome brings.
    known: Rev,
    outbox: Outbox,
    dismiss: oneshot::Sender<Refused>,
}

impl Seat {
    /// A socket by which a member is present, and which has said nothing yet.
    fn new(
        member: MemberId,
        known: Rev,
        outbox: Outbox,
        dismiss: oneshot::Sender<Refused>,
    ) -> Self {
        Self {
            member,
            visit: None,
            from: None,
            health: None,
            cadence: Cadence::default(),
            known,
            outbox,
            dismiss,
        }
    }
}

/// All sockets of a room; a member is present by at most one.
#[derive(Debug, Default)]
pub(super) struct Seats {
    metrics: Metrics,
    /// Boxed, as a map keeps places for eleven even where there are two.
    by_id: BTreeMap<SeatId, Box<Seat>>,
    by_member: BTreeMap<MemberId, SeatId>,
    last: SeatId,
    /// Members whose sockets were dropped because their outbox was full or closed, and who have no
    /// new socket yet.
    dropped: Vec<MemberId>,
    /// The round trip that was derived from everybody's health last, and when; `None` once a report
    /// has changed since.
    derived: Cell<Option<(Instant, Option<Span>)>>,
}

impl Seat {
    /// Its member's health, unless what was last reported is stale.
    pub(super) fn fresh_health(&self, now: Instant) -> Option<Health> {
        let (health, counts_until) = self.health?;
        (now <= counts_until).then_some(health)
    }

    /// The member who is present by it.
    fn present(&self) -> Option<MemberId> {
        self.visit.is_none().then_some(self.member)
    }

    /// Whether somebody watches from outside by it.
    fn observes(&self) -> bool {
        self.visit == Some(VisitPurpose::Observe)
    }

    /// Whether an errand is run by it.
    fn runs_errand(&self) -> bool {
        self.visit == Some(VisitPurpose::Errand)
    }
}

impl Seats {
    /// No sockets yet; frames that are dropped will be counted.
    pub(super) fn counted_by(metrics: Metrics) -> Self {
        Self {
            metrics,
            ..Self::default()
        }
    }

    /// Adds a socket of a member, whose welcome brings the room up to the event `known`; an earlier
    /// one is dismissed.
    pub(super) fn seat(
        &mut self,
        member: MemberId,
        known: Rev,
        outbox: Outbox,
        dismiss: oneshot::Sender<Refused>,
    ) -> SeatId {
        if let Some(older) = self.by_member.get(&member).copied() {
            self.dismiss(older, Refused::Replaced);
        }
        // The event of their return may just have dropped their old socket.
        self.dropped.retain(|dropped| *dropped != member);
        let id = self.add(Seat::new(member, known, outbox, dismiss));
        self.by_member.insert(member, id);
        id
    }

    /// Adds a socket of an errand in the name of a member, whose welcome brings the room up to the
    /// event `known`.
    pub(super) fn errand(
        &mut self,
        member: MemberId,
        known: Rev,
        outbox: Outbox,
        dismiss: oneshot::Sender<Refused>,
    ) -> SeatId {
        self.add(Seat {
            visit: Some(VisitPurpose::Errand),
            ..Seat::new(member, known, outbox, dismiss)
        })
    }

    /// Adds a socket by which somebody watches from outside, whose welcome brings the room up to the
    /// event `known`.
    pub(super) fn observer(
        &mut self,
        from: Option<AddressHash>,
        known: Rev,
        outbox: Outbox,
        dismiss: oneshot::Sender<Refused>,
    ) -> SeatId {
        self.add(Seat {
            visit: Some(VisitPurpose::Observe),
            from,
            ..Seat::new(MemberId::default(), known, outbox, dismiss)
        })
    }

    fn add(&mut self, mut seat: Seat) -> SeatId {
        let (connections, _) = self.metrics.connections();
        seat.cadence = cadence::at(connections);
        let id = SeatId(self.last.0.saturating_add(1));
        self.last = id;
        self.by_id.insert(id, Box::new(seat));
        id
    }

    /// The member who is present by a socket; `None` once it is removed.
    pub(super) fn member(&self, seat: SeatId) -> Option<MemberId> {
        self.by_id.get(&seat).and_then(|seat| seat.present())
    }

    /// How often the client of a socket was told to exchange clock times and report its health.
    pub(super) fn cadence(&self, seat: SeatId) -> Cadence {
        self.by_id
            .get(&seat)
            .map(|seat| seat.cadence)
            .unwrap_or_default()
    }

    /// The member in whose name a socket runs an errand; `None` once it is removed.
    pub(super) fn on_errand(&self, seat: SeatId) -> Option<MemberId> {
        let seat = self.by_id.get(&seat)?;
        seat.runs_errand().then_some(seat.member)
    }

    /// The number of a member's socket; `None` if they have none.
    pub(super) fn of(&self, member: MemberId) -> Option<SeatId> {
        self.by_member.get(&member).copied()
    }

    /// The sockets of those who are present, in the order in which they joined.
    pub(super) fn present(&self) -> impl Iterator<Item = &Seat> {
        let seats = self.by_id.values().map(Box::as_ref);
        seats.filter(|seat| seat.visit.is_none())
    }

    /// How many watch from outside.
    pub(super) fn observers(&self) -> u32 {
        let count = self.by_id.values().filter(|seat| seat.observes()).count();
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    /// How many of them from one address.
    pub(super) fn observers_at(&self, from: &AddressHash) -> u32 {
        let observers = self.by_id.values().filter(|seat| seat.observes());
        let there = observers.filter(|seat| seat.from.as_ref() == Some(from));
        u32::try_from(there.count()).unwrap_or(u32::MAX)
    }

    /// Removes the sockets of those who watch from outside, and has their sessions close them with
    /// the reason.
    pub(super) fn dismiss_observers(&mut self, why: &Refused) {
        for (_, seat) in self.by_id.extract_if(.., |_, seat| seat.observes()) {
            // The session may have ended already.
            let _ended = seat.dismiss.send(why.clone());
        }
    }

    /// Removes the sockets of errands in the name of certain members, and has their sessions close
    /// them with the reason.
    pub(super) fn dismiss_errands(&mut self, of: impl Fn(MemberId) -> bool, why: &Refused) {
        let is_meant = |seat: &Seat| seat.runs_errand() && of(seat.member);
        for (_, seat) in self.by_id.extract_if(.., |_, seat| is_meant(seat)) {
            let _ended = seat.dismiss.send(why.clone());
        }
    }

    /// The numbers of all sockets, collected so that sockets can be removed on the way.
    pub(super) fn ids(&self) -> Vec<SeatId> {
        self.by_id.keys().copied().collect()
    }

    /// Notes that all sockets will have the room up to this event, which may be an earlier one than
    /// before.
    pub(super) fn known_up_to(&mut self, rev: Rev) {
        for seat in self.by_id.values_mut() {
            seat.known = rev;
        }
    }

    /// Removes a socket that is gone, and returns the member who was present by it; `None` if it was
    /// removed before.
    pub(super) fn remove_closed(&mut self, seat: SeatId) -> Option<MemberId> {
        self.remove(seat)?.present()
    }

    /// Removes a socket and has its session close it with the reason. Returns the member who was
    /// present by it.
    pub(super) fn dismiss(&mut self, seat: SeatId, why: Refused) -> Option<MemberId> {
        let seat = self.remove(seat)?;
        // The session may have ended already.
        let present = seat.present();
        let _ended = seat.dismiss.send(why);
        present
    }

    /// Removes all sockets and has their sessions close them with the reason.
    pub(super) fn dismiss_all(&mut self, why: &Refused) {
        for seat in std::mem::take(&mut self.by_id).into_values() {
            let _ended = seat.dismiss.send(why.clone());
        }
        self.by_member.clear();
    }

    /// Pushes a reliable frame to one socket, which is dropped if its outbox is full.
    pub(super) fn send(&mut self, seat: SeatId, text: ServerFrame) {
        let pushed = match self.by_id.get(&seat) {
            Some(seat) => seat.outbox.push(text),
            None => return,
        };
        self.drop_if(seat, pushed);
    }

    /// Pushes to each socket a reliable frame made for it.
    pub(super) fn send_to_each(&mut self, text: impl Fn(&Seat) -> ServerFrame) {
        for id in self.ids() {
            let Some(frame) = self.by_id.get(&id).map(|seat| text(seat)) else {
                continue;
            };
            self.send(id, frame);
        }
    }

    /// Pushes the whole state to one socket, as may be seen there, unless a state waits there
    /// already.
    pub(super) fn send_state(&mut self, seat: SeatId, state: impl FnOnce(&Seat) -> ServerFrame) {
        let pushed = match self.by_id.get(&seat) {
            Some(seat) => seat.outbox.push_state(|| state(seat)),
            None => return,
        };
        self.drop_if(seat, pushed);
    }

    /// Pushes events in one frame to all sockets, to each those that its welcome did not bring, and
    /// to errands those alone that their member caused: an errand sees no more than its welcome.
    /// Sockets whose outbox is full are dropped. `chat_shown` is whether those who watch from outside
    /// see the chat after these events.
    pub(super) fn send_events(&mut self, facts: &[Fact], chat_shown: bool) {
        let Some(last) = facts.last() else { return };
        // By how many of the events are left out, and for whom: most sockets get the same frame.
        let mut frames: BTreeMap<(usize, bool), ServerFrame> = BTreeMap::new();
        let mut failed: Vec<(SeatId, PushError)> = Vec::new();
        for (id, seat) in self.by_id.iter().filter(|(_, seat)| seat.known < last.rev) {
            let known = facts.partition_point(|fact| fact.rev <= seat.known);
            if seat.runs_errand() {
                let own = facts.iter().skip(known);
                let own = own.filter(|fact| fact.by == Some(seat.member));
                let own: Vec<Fact> = own.cloned().collect();
                if !own.is_empty()
                    && let Err(why) = seat.outbox.push(broadcast::events(&own))
                {
                    failed.push((*id, why));
                }
                continue;
            }
            let observes = seat.observes();
            let frame = frames.entry((known, observes)).or_insert_with(|| {
                let facts = facts.get(known..).unwrap_or_default();
                if observes {
                    broadcast::events(&facts_for_observer(facts, chat_shown))
                } else {
                    broadcast::events(facts)
                }
            });
            if let Err(why) = seat.outbox.push(frame.clone()) {
                failed.push((*id, why));
            }
        }
        for (seat, why) in failed {
            self.drop_if(seat, Err(why));
        }
    }

    /// Pushes a droppable frame to all sockets but those of errands.
    pub(super) fn push_droppable_to_all(&self, text: &ServerFrame) {
        for seat in self.by_id.values().filter(|seat| !seat.runs_errand()) {
            if !seat.outbox.push_droppable(text.clone()) {
                self.metrics.dropped_frame();
            }
        }
    }

    /// Pushes a droppable frame to one socket.
    pub(super) fn push_droppable(&self, seat: SeatId, text: ServerFrame) {
        let pushed = self.by_id.get(&seat);
        if pushed.is_some_and(|seat| !seat.outbox.push_droppable(text)) {
            self.metrics.dropped_frame();
        }
    }

    /// Takes the members whose sockets were dropped since the last call.
    pub(super) fn take_dropped(&mut self) -> Vec<MemberId> {
        std::mem::take(&mut self.dropped)
    }

    fn drop_if(&mut self, seat: SeatId, pushed: Result<(), PushError>) {
        let dropped = match pushed {
            Ok(()) => None,
            Err(PushError::Full) => self.dismiss(seat, Refused::TooSlow),
            Err(PushError::Gone) => self.remove_closed(seat),
        };
        self.dropped.extend(dropped);
    }

    fn remove(&mut self, id: SeatId) -> Option<Box<Seat>> {
        let seat = self.by_id.remove(&id)?;
        self.derived.set(None);
        if self.by_member.get(&seat.member) == Some(&id) {
            self.by_member.remove(&seat.member);
        }
        Some(seat)
    }
}
