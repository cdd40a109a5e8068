//! Joins and departures. The joins that wait in the inbox become one decision at once, together with
//! the departures that are due; each client that joined gets a seat and the state or events that it
//! lacks. The others are told a little later (see `unsent`).

use tokio::sync::mpsc;
use tokio::time::Instant;

use super::durable_ack::DurableAck;
use super::message::{Join, RoomMessage, Seated};
use super::{AGAIN, Replica};
use crate::protocol::denied::{Denied, Refused};
use crate::protocol::event::Departure;
use crate::protocol::ids::{MemberId, Rev};
use crate::protocol::member::LeaveCause;
use crate::room::decide::{self, AdmittedMember, PresenceChange};
use crate::server::limits::wait_in_ms;
use crate::server::replies;
use crate::wire::message::{CatchUp, ServerMsg};

use super::commit::{Done, EventOrigin, TRIES};

/// How many joins are one decision at most (judgement: as many as wait in a full inbox).
const MOST_AT_ONCE: usize = 256;

impl Replica {
    /// Lets in a client, and with it those whose joins wait in the inbox behind it. Returns the
    /// message behind them that has to be handled after that.
    pub(super) async fn let_in(
        &mut self,
        first: Box<Join>,
        messages: &mut mpsc::Receiver<Box<RoomMessage>>,
    ) -> Option<Box<RoomMessage>> {
        let now = Instant::now();
        let mut joins = vec![*first];
        let behind = loop {
            let Ok(message) = messages.try_recv() else {
                break None;
            };
            match *message {
                RoomMessage::Join(join) if joins.len() < MOST_AT_ONCE => joins.push(*join),
                // These come before joins, and change nothing that those depend on.
                RoomMessage::CheckAdmission(question) => {
                    if let Some(doubtful) = self.check_admission(question, now) {
                        break Some(Box::new(RoomMessage::CheckAdmission(doubtful)));
                    }
                }
                RoomMessage::NoGuess => self.give_guess_back(),
                other => break Some(Box::new(other)),
            }
        };
        let entitled = self.entitled(joins, now).await.into_iter();
        let joins: Vec<Join> = entitled
            .filter_map(|join| self.not_too_often(join, now))
            .collect();
        for join in &joins {
            if let Some(member) = join.arrival.owner(&self.room.secrets) {
                // Reconnected before the departure was committed: cancel it.
                self.departures.cancel_departure(member);
            }
        }
        self.commit_presence(joins, now).await;
        behind
    }

    /// Counts the return of a member whom the room knows, and refuses those that are too many.
    pub(super) fn not_too_often(&mut self, join: Join, now: Instant) -> Option<Join> {
        let Some(member) = join.arrival.owner(&self.room.secrets) else {
            return Some(join);
        };
        let Err(wait) = self.allowances.count_return(member, now) else {
            return Some(join);
        };
        let retry_ms = wait_in_ms(wait);
        // The session may have ended meanwhile.
        let _ended = join.reply.send(Err(Refused::TooManyJoins { retry_ms }));
        None
    }

    /// Commits joins, and the departures that are due, as one decision. Who may come in is looked at
    /// again whenever another node came first: it may have banned them, set a password, or let in
    /// others.
    pub(super) async fn commit_presence(&mut self, mut joins: Vec<Join>, now: Instant) {
        let departures = self.departures.take(now);
        for tries_left in (0..TRIES).rev() {
            joins = self.still_welcome(joins);
            if joins.is_empty() && departures.is_empty() {
                return;
            }
            let checked = self.room.state.rev;
            let done = self.commit_checked(&joins, &departures).await;
            match done {
                Ok((done, members)) => {
                    for (join, (member, returned)) in joins.into_iter().zip(members) {
                        self.seat(join, member, returned, &done.on_record);
                    }
                    self.evaluate_players().await;
                    return self.hand_on_reports().await;
                }
                Err(why) if tries_left == 0 || self.room.state.rev == checked || self.is_gone => {
                    return self.refuse_joins(joins, departures, &why, now);
                }
                Err(_) => {}
            }
        }
    }

    /// Commits joins that were checked, and departures, unless another node comes first.
    async fn commit_checked(
        &mut self,
        joins: &[Join],
        departures: &[Departure],
    ) -> Result<(Done, Vec<(MemberId, bool)>), Denied> {
        let checked = self.room.state.rev;
        let arrivals: Vec<AdmittedMember> = joins.iter().map(|join| join.arrival.clone()).collect();
        let cluster = self.context.cluster.clone();
        let mut members: Vec<(MemberId, bool)> = Vec::new();
        let done = self
            .commit(EventOrigin::default(), |room, _, moment| {
                if room.state.rev != checked {
                    return Err(Denied::StorageAway);
                }
                // Other nodes may have come first: whom they have is theirs.
                let ours = |gone: &&Departure| cluster.may_depart(room.secrets.node(gone.member));
                let departures: Vec<Departure> = departures.iter().filter(ours).copied().collect();
                let change = PresenceChange {
                    arrivals: &arrivals,
                    departures: &departures,
                    node: cluster.this(),
                };
                let presence = decide::join_leave(room, change, moment);
                members = presence.members;
                Ok(presence.decided)
            })
            .await?;
        Ok((done, members))
    }

    /// Gives whoever joined a seat, and tells their session.
    pub(super) fn seat(
        &mut self,
        join: Join,
        member: MemberId,
        returned: bool,
        on_record: &DurableAck,
    ) {
        // A new member has no events of this room, whatever the client says: it may know those of
        // an earlier room of the same name.
        let since = join.since.filter(|_| returned);
        let catch_up = self.catch_up(member, since);
        let known = self.room.state.rev;
        let seat = self.seats.seat(member, known, join.outbox, join.dismiss);
        // The member has a socket again, so the departure from an older one is cancelled.
        self.departures.cancel_departure(member);
        let resumed = join.arrival.resume.filter(|_| returned);
        let resumed = resumed.and_then(|token| self.room.secrets.owner(&token)) == Some(member);
        tracing::debug!(room = %self.id, %member, returned, "a member joined");
        let seated = Seated {
            seat,
            member,
            returned,
            resumed,
            cadence: self.seats.cadence(seat),
            catch_up,
            on_record: on_record.clone(),
        };
        if join.reply.send(Ok(seated)).is_err() {
            // The session ended while the join was committed.
            self.seats.remove_closed(seat);
            self.departures
                .depart(member, LeaveCause::Lost, Instant::now());
            return;
        }
        if let Some(notice) = self.context.drain.notice() {
            self.seats
                .send(seat, replies::frame(&ServerMsg::Notice(notice)));
        }
        if let Some(digest) = self.sent_digest.frame() {
            self.seats.push_droppable(seat, digest.clone());
        }
    }

    /// The events since `since` if the room still has them, else the whole state.
    fn catch_up(&self, member: MemberId, since: Option<Rev>) -> CatchUp {
        let state = &self.room.state;
        since
            .and_then(|since| self.client_events.missed_since(since, member, state))
            .map_or_else(
                || CatchUp::State(Box::new(state.for_client(member))),
                CatchUp::Events,
            )
    }

    fn refuse_joins(
        &mut self,
        joins: Vec<Join>,
        departures: Vec<Departure>,
        why: &Denied,
        now: Instant,
    ) {
        tracing::debug!(room = %self.id, ?why, "nobody can be let in");
        let again = now + AGAIN.to_duration();
        self.departures.give_back(departures, again);
        for join in joins {
            let returning = join.arrival.owner(&self.room.secrets);
            if let Some(member) = returning.filter(|member| self.seats.of(*member).is_none()) {
                // Their departure had been cancelled for this join, which has failed.
                self.departures.depart(member, LeaveCause::Lost, again);
            }
            let _ended = join.reply.send(Err(Refused::StorageAway));
        }
    }
}
