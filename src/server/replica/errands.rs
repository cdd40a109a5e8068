//! Errands: sockets by which nobody is present, but a member, or a guest, gives a few commands.
//!
//! The commands have no place among the numbered ones of the member's own connection: neither side
//! may take an answer for one of the other's. So an errand whose connection breaks does not learn
//! what became of its last command.

use tokio::time::Instant;

use super::Replica;
use super::commit::{Done, EventOrigin, TRIES, kick_reason};
use super::inbox::SentCommand;
use super::message::{Join, Seated};
use crate::protocol::denied::{Denied, Refused};
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::MemberId;
use crate::protocol::member::{LeaveCause, Member, Visibility};
use crate::room::committed::Committed;
use crate::room::decide::{self, AdmittedMember};
use crate::room::listing;
use crate::wire::message::CatchUp;

impl Replica {
    /// Lets an errand in, as a member would be, or refuses it. Whether it may come in is looked at
    /// again whenever another node came first.
    pub(super) async fn begin_errand(&mut self, visit: Join, now: Instant) {
        let entitled = self.entitled(vec![visit], now).await.pop();
        let Some(mut visit) = entitled.and_then(|visit| self.not_too_often(visit, now)) else {
            return;
        };
        for tries_left in (0..TRIES).rev() {
            // Whoever is outside of a full room has no say in it either.
            let Some(welcome) = self.still_welcome(vec![visit]).pop() else {
                return;
            };
            visit = welcome;
            let checked = self.room.state.rev;
            let returned = visit.arrival.owner(&self.room.secrets).is_some();
            match self.commit_errand(&visit.arrival).await {
                Ok((member, done)) => return self.seat_errand(visit, member, returned, done),
                Err(why) if tries_left == 0 || self.room.state.rev == checked || self.is_gone => {
                    tracing::debug!(room = %self.id, ?why, "no errand can begin");
                    // The session may have ended meanwhile.
                    let _ended = visit.reply.send(Err(Refused::StorageAway));
                    return;
                }
                Err(_) => {}
            }
        }
    }

    /// Makes the member known for whom an errand that was checked is, unless another node comes
    /// first.
    async fn commit_errand(
        &mut self,
        arrival: &AdmittedMember,
    ) -> Result<(MemberId, Done), Denied> {
        let mut member = MemberId::default();
        let checked = self.room.state.rev;
        let done = self
            .commit(EventOrigin::default(), |room, _, moment| {
                if room.state.rev != checked {
                    return Err(Denied::StorageAway);
                }
                let (who, decided) = decide::errand_member(room, arrival, moment);
                member = who;
                Ok(decided)
            })
            .await?;
        Ok((member, done))
    }

    fn seat_errand(&mut self, visit: Join, member: MemberId, returned: bool, done: Done) {
        self.send_unsent();
        let resumed = visit.arrival.resume;
        let resumed = resumed.and_then(|token| self.room.secrets.owner(&token)) == Some(member);
        let state = listing::for_errand(&self.room.state, member);
        let known = self.room.state.rev;
        let seat = self
            .seats
            .errand(member, known, visit.outbox, visit.dismiss);
        tracing::info!(room = %self.id, %member, returned, "an errand begins");
        let seated = Seated {
            seat,
            member,
            returned,
            resumed: resumed && returned,
            cadence: self.seats.cadence(seat),
            catch_up: CatchUp::State(Box::new(state)),
            on_record: done.on_record,
        };
        if visit.reply.send(Ok(seated)).is_err() {
            self.seats.remove_closed(seat);
        }
    }

    /// Ends the errands of members who were kicked or banned, and of those who are outside of a room
    /// that has become private.
    pub(super) fn end_errands(&mut self, events: &[Committed]) {
        for event in events {
            match &event.fact.event {
                RoomEvent::Banned { ban } => {
                    let banned = ban.member;
                    let is_banned = |member| member == banned;
                    self.seats.dismiss_errands(is_banned, &Refused::Banned);
                }
                RoomEvent::Presence { left, .. } => {
                    let kicked = left.iter().filter(|it| it.cause == LeaveCause::Kicked);
                    let kicked: Vec<MemberId> = kicked.map(|it| it.member).collect();
                    if !kicked.is_empty() {
                        let is_kicked = |member| kicked.contains(&member);
                        let why = kick_reason(events, &event.fact);
                        self.seats.dismiss_errands(is_kicked, &why);
                    }
                }
                RoomEvent::VisibilityChanged {
                    visibility: Visibility::Private,
                } => self.end_errands_from_outside(),
                _ => {}
            }
        }
    }

    /// Ends the errands that the room would not let in now: it was taken anew.
    pub(super) fn end_void_errands(&mut self) {
        let state = &self.room.state;
        let is_unknown = |member| state.roster.get(member).is_none();
        self.seats
            .dismiss_errands(is_unknown, &Refused::StorageAway);
        if state.visibility == Visibility::Private {
            self.end_errands_from_outside();
        }
    }

    /// Ends the errands of those who are not in the room.
    fn end_errands_from_outside(&mut self) {
        let roster = &self.room.state.roster;
        let is_outside = |member| !roster.get(member).is_some_and(Member::is_here);
        self.seats
            .dismiss_errands(is_outside, &Refused::PasswordNeeded);
    }

    /// Carries out a command of an errand, and answers it once it is durable.
    pub(super) async fn on_errand(&mut self, sent: SentCommand<'_>, now: Instant) {
        let SentCommand {
            seat, seq, command, ..
        } = sent;
        let Some(member) = self.seats.on_errand(seat) else {
            return self.deny(seat, seq, &Denied::NotInRoom);
        };
        let from = self.counted_address(member);
        if let Err(why) = self.allowances.command(member, from, command, now) {
            return self.deny(seat, seq, &why);
        }
        let origin = EventOrigin {
            by: Some(member),
            seq: None,
        };
        let done = self
            .commit(origin, |room, _, moment| {
                decide::errand(room, member, command, moment)
            })
            .await;
        match done {
            Ok(done) => {
                self.answer_once(seat, seq, done.rev, done.on_record);
                if done.changed {
                    self.evaluate_players().await;
                }
            }
            Err(why) => self.deny(seat, seq, &why),
        }
    }
}
