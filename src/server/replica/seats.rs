//! The sockets in a room: who sits where, and how each is told things.

use std::collections::BTreeMap;

use axum::extract::ws::Utf8Bytes;
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::message::SeatId;
use crate::protocol::denied::Refused;
use crate::protocol::ids::MemberId;
use crate::server::outbox::{Outbox, PushError};
use crate::wire::message::Health;

/// One socket.
#[derive(Debug)]
pub(super) struct Seat {
    /// Who sits there.
    pub(super) member: MemberId,
    /// How they are doing, and when they said so.
    pub(super) health: Option<(Health, Instant)>,
    outbox: Outbox,
    dismiss: oneshot::Sender<Refused>,
}

/// All sockets of a room; a member has at most one.
#[derive(Debug, Default)]
pub(super) struct Seats {
    by_id: BTreeMap<SeatId, Seat>,
    by_member: BTreeMap<MemberId, SeatId>,
    last: SeatId,
    /// Members whose sockets were dropped while something was told to them, and who have not
    /// been seated anew.
    dropped: Vec<MemberId>,
}

impl Seats {
    /// Seats a member; whoever held their seat is sent off.
    pub(super) fn seat(
        &mut self,
        member: MemberId,
        outbox: Outbox,
        dismiss: oneshot::Sender<Refused>,
    ) -> SeatId {
        if let Some(older) = self.by_member.get(&member).copied() {
            self.dismiss(older, Refused::Replaced);
        }
        let id = SeatId(self.last.0.saturating_add(1));
        self.last = id;
        self.by_member.insert(member, id);
        // Their own return is told to their old socket first, which may be gone already.
        self.dropped.retain(|dropped| *dropped != member);
        let seat = Seat {
            member,
            health: None,
            outbox,
            dismiss,
        };
        self.by_id.insert(id, seat);
        id
    }

    /// Who sits there.
    pub(super) fn member(&self, seat: SeatId) -> Option<MemberId> {
        self.by_id.get(&seat).map(|seat| seat.member)
    }

    /// Where a member sits.
    pub(super) fn of(&self, member: MemberId) -> Option<SeatId> {
        self.by_member.get(&member).copied()
    }

    /// Every seat.
    pub(super) fn all(&self) -> impl Iterator<Item = &Seat> {
        self.by_id.values()
    }

    /// The number of every seat.
    pub(super) fn ids(&self) -> Vec<SeatId> {
        self.by_id.keys().copied().collect()
    }

    /// Takes note of how somebody is doing.
    pub(super) fn note_health(&mut self, seat: SeatId, health: Health, now: Instant) {
        if let Some(seat) = self.by_id.get_mut(&seat) {
            seat.health = Some((health, now));
        }
    }

    /// Empties a seat whose socket is gone; `None` if it was empty already.
    pub(super) fn empty(&mut self, seat: SeatId) -> Option<MemberId> {
        self.remove(seat).map(|seat| seat.member)
    }

    /// Sends a socket off, with the reason.
    pub(super) fn dismiss(&mut self, seat: SeatId, why: Refused) -> Option<MemberId> {
        let seat = self.remove(seat)?;
        // An error means that the socket went by itself.
        let _gone_already = seat.dismiss.send(why);
        Some(seat.member)
    }

    /// Sends everyone off.
    pub(super) fn dismiss_all(&mut self, why: &Refused) {
        for seat in std::mem::take(&mut self.by_id).into_values() {
            let _gone_already = seat.dismiss.send(why.clone());
        }
        self.by_member.clear();
    }

    /// Tells one socket what must arrive.
    pub(super) fn tell(&mut self, seat: SeatId, text: Utf8Bytes) {
        let pushed = match self.by_id.get(&seat) {
            Some(seat) => seat.outbox.push(text),
            None => return,
        };
        self.drop_if(seat, pushed);
    }

    /// Tells each socket what is for the member there, and must arrive.
    pub(super) fn tell_each(&mut self, text: impl Fn(MemberId) -> Utf8Bytes) {
        for id in self.ids() {
            let Some(member) = self.by_id.get(&id).map(|seat| seat.member) else {
                continue;
            };
            self.tell(id, text(member));
        }
    }

    /// Tells one socket the whole state, as the member there may see it, unless that waits for
    /// it already.
    pub(super) fn tell_state(&mut self, seat: SeatId, state: impl FnOnce(MemberId) -> Utf8Bytes) {
        let pushed = match self.by_id.get(&seat) {
            Some(seat) => seat.outbox.push_state(|| state(seat.member)),
            None => return,
        };
        self.drop_if(seat, pushed);
    }

    /// Tells everyone what must arrive. Who has no place for it is dropped.
    pub(super) fn tell_all(&mut self, text: &Utf8Bytes) {
        let failed: Vec<(SeatId, PushError)> = self
            .by_id
            .iter()
            .filter_map(|(id, seat)| Some((*id, seat.outbox.push(text.clone()).err()?)))
            .collect();
        for (seat, why) in failed {
            self.drop_if(seat, Err(why));
        }
    }

    /// Tells everyone what may get lost.
    pub(super) fn send_droppable_to_all(&self, text: &Utf8Bytes) {
        for seat in self.by_id.values() {
            seat.outbox.pass(text.clone());
        }
    }

    /// The members whose sockets were dropped since this was last asked.
    pub(super) fn take_dropped(&mut self) -> Vec<MemberId> {
        std::mem::take(&mut self.dropped)
    }

    fn drop_if(&mut self, seat: SeatId, pushed: Result<(), PushError>) {
        let dropped = match pushed {
            Ok(()) => None,
            Err(PushError::Full) => self.dismiss(seat, Refused::TooSlow),
            Err(PushError::Gone) => self.empty(seat),
        };
        self.dropped.extend(dropped);
    }

    fn remove(&mut self, id: SeatId) -> Option<Seat> {
        let seat = self.by_id.remove(&id)?;
        if self.by_member.get(&seat.member) == Some(&id) {
            self.by_member.remove(&seat.member);
        }
        Some(seat)
    }
}
