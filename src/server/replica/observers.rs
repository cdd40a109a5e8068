//! Those who watch a public room from outside: they get what happens, and can do nothing. Everybody
//! inside is told how many they are.

use tokio::time::Instant;

use super::durable_ack::DurableAck;
use super::message::{Join, Seated};
use super::node_message::MOST_OBSERVERS;
use super::{Replica, health};
use crate::protocol::denied::Refused;
use crate::protocol::ids::MemberId;
use crate::room::decide;
use crate::room::observers::{may_observe, state_for_observer};
use crate::server::credentials::keyed;
use crate::wire::message::CatchUp;

/// The most observers of a room at one address (judgement: a household's).
const MOST_THERE: u32 = 4;

impl Replica {
    /// Lets somebody watch, or refuses it.
    pub(super) async fn begin_observing(&mut self, mut visit: Join, now: Instant) {
        let from = keyed(self.room.secrets.address_key(), visit.arrival.from);
        visit.arrival.from = from;
        if self.is_closed_to(&visit).is_some() && self.catch_up_before_refusal(now).await.is_err() {
            tracing::debug!(room = %self.id, "somebody is refused by what is known of the room");
        }
        if let Some(why) = self.refuses_observer(&visit) {
            // The session may have ended meanwhile.
            let _ended = visit.reply.send(Err(why));
            return;
        }
        self.send_unsent();
        let state = state_for_observer(&self.room.state);
        let seat = self
            .seats
            .observer(from, state.rev, visit.outbox, visit.dismiss);
        tracing::info!(room = %self.id, ?seat, "somebody watches from outside");
        let seated = Seated {
            seat,
            member: MemberId::default(),
            returned: false,
            resumed: false,
            cadence: self.seats.cadence(seat),
            catch_up: CatchUp::State(Box::new(state)),
            on_record: DurableAck::already(),
        };
        if visit.reply.send(Ok(seated)).is_err() {
            self.seats.remove_closed(seat);
        } else if let Some(digest) = self.sent_digest.frame() {
            self.seats.push_droppable(seat, digest.clone());
        }
        self.count_observers(now);
    }

    /// Why a room is not watched by somebody, or by nobody.
    fn is_closed_to(&self, visit: &Join) -> Option<Refused> {
        if !may_observe(&self.room.state) {
            return Some(Refused::NoSuchRoom);
        }
        self.banned(&visit.arrival)
            .or_else(|| decide::check_admission(&self.room, &visit.arrival).err())
    }

    fn refuses_observer(&self, visit: &Join) -> Option<Refused> {
        if let Some(why) = self.is_closed_to(visit) {
            return Some(why);
        }
        if self.observers(Instant::now()) >= MOST_OBSERVERS {
            let limit = MOST_OBSERVERS;
            return Some(Refused::RoomFull { limit });
        }
        let from = visit.arrival.from.as_ref();
        let there = from.map_or(0, |from| self.seats.observers_at(from));
        let limit = MOST_THERE;
        (there >= limit).then_some(Refused::TooManyConnections { limit })
    }

    /// Tells everybody soon how many watch from outside, if that has changed.
    pub(super) fn count_observers(&mut self, now: Instant) {
        if self.observers(now) != self.told_observers {
            self.make_digest_by(now + health::EVERY);
        }
    }

    /// Sends those out who watch a room that may not be watched any more.
    pub(super) fn dismiss_observers(&mut self) {
        if !may_observe(&self.room.state) && self.seats.observers() > 0 {
            let why = if self.room.state.closed {
                Refused::RoomClosed
            } else {
                Refused::NoSuchRoom
            };
            self.seats.dismiss_observers(&why);
            self.count_observers(Instant::now());
        }
    }
}
