//! Joins and departures. The joins that wait in the inbox become one decision at once, together with
//! the departures that are due; each client that joined gets a seat and the state or events that it
//! lacks. The others are told a little later (see `unsent`).

use tokio::sync::mpsc;
use tokio::time::Instant;

use super::durable_ack::DurableAck;
use super::message::{Join, Proof, RoomMessage, Seated};
use super::node_message::NodeMessage;
use super::{AGAIN, Replica};
use crate::protocol::denied::{Denied, Refused};
use crate::protocol::event::Departure;
use crate::protocol::ids::{MemberId, Rev};
use crate::protocol::member::LeaveCause;
use crate::room::decide::{self, AdmittedMember, PresenceChange};
use crate::server::credentials::keyed;
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
        let mut joins = Vec::new();
        joins.extend(self.admit(*first, 0, now));
        let behind = loop {
            let Ok(message) = messages.try_recv() else {
                break None;
            };
            match *message {
                RoomMessage::Join(join) if joins.len() < MOST_AT_ONCE => {
                    joins.extend(self.admit(*join, joins.len(), now));
                }
                // These come before joins, and change nothing that those depend on.
                RoomMessage::CheckAdmission(question) => self.check_admission(question, now),
                other => break Some(Box::new(other)),
            }
        };
        self.commit_presence(joins, now).await;
        behind
    }

    /// Takes a join that can be committed, or refuses it. So many others come with it.
    fn admit(&mut self, mut join: Join, others: usize, now: Instant) -> Option<Join> {
        join.arrival.from = keyed(self.room.secrets.address_key(), join.arrival.from);
        self.refund_guess(&join.proof);
        // Whoever brings nothing has asked nothing before. They learn no more of the room than this.
        if let Some(why) = self.not_entitled(&join) {
            // The session may have ended meanwhile.
            let _ended = join.reply.send(Err(why));
            return None;
        }
        if let Some(member) = join.arrival.owner(&self.room.secrets) {
            if let Err(wait) = self.allowances.count_return(member, now) {
                let retry_ms = wait_in_ms(wait);
                // The session may have ended meanwhile.
                let _ended = join.reply.send(Err(Refused::TooManyJoins { retry_ms }));
                return None;
            }
            // Reconnected before the departure was committed: cancel it.
            self.departures.cancel_departure(member);
        } else if self.is_full(others) {
            let limit = self.context.limits.borrow().members;
            // The session may have ended meanwhile.
            let _ended = join.reply.send(Err(Refused::RoomFull { limit }));
            return None;
        }
        if let Err(why) = decide::check_admission(&self.room, &join.arrival) {
            // The session may have ended meanwhile.
            let _ended = join.reply.send(Err(why));
            return None;
        }
        Some(join)
    }

    /// Why somebody stays out whatever else holds: banned, or without the password that they need.
    fn not_entitled(&self, join: &Join) -> Option<Refused> {
        let secrets = &self.room.secrets;
        let AdmittedMember { resume, from, .. } = &join.arrival;
        if secrets.is_banned(resume.as_ref(), from.as_ref()) {
            return Some(Refused::Banned);
        }
        let needs_password = secrets.password().is_some() && join.arrival.owner(secrets).is_none();
        (needs_password && join.proof == Proof::Token).then_some(Refused::PasswordNeeded)
    }

    /// Does not count a try that was right.
    pub(super) fn refund_guess(&mut self, proof: &Proof) {
        if let Proof::Password(hash) = proof
            && self.room.secrets.password() == Some(hash)
        {
            self.guesses.give_back();
            self.tell_others(&NodeMessage::GuessWasRight);
        }
    }

    /// Whether the room has no place for so many more.
    fn is_full(&self, arriving: usize) -> bool {
        let arriving = u32::try_from(arriving).unwrap_or(u32::MAX);
        let here = self.room.state.roster.count.saturating_add(arriving);
        here >= self.context.limits.borrow().members
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

    /// Those of the joins that the room as it is now lets in. The others are refused.
    pub(super) fn still_welcome(&self, joins: Vec<Join>) -> Vec<Join> {
        self.with_places(self.with_valid_proof(self.not_banned(joins)))
    }

    /// Refuses joins of members who were banned, or locked out, since their admission was checked.
    pub(super) fn not_banned(&self, joins: Vec<Join>) -> Vec<Join> {
        let mut welcome = Vec::new();
        for join in joins {
            let AdmittedMember { resume, from, .. } = &join.arrival;
            if self.room.secrets.is_banned(resume.as_ref(), from.as_ref()) {
                // The session may have ended meanwhile.
                let _ended = join.reply.send(Err(Refused::Banned));
            } else if let Err(why) = decide::check_admission(&self.room, &join.arrival) {
                let _ended = join.reply.send(Err(why));
            } else {
                welcome.push(join);
            }
        }
        welcome
    }

    /// Refuses joins whose proof is void by now: the token's owner was kicked, the password changed,
    /// or the invite revoked or used up, since their admission was checked.
    fn with_valid_proof(&self, joins: Vec<Join>) -> Vec<Join> {
        let secrets = &self.room.secrets;
        let Some(password) = secrets.password() else {
            return joins;
        };
        let mut invites = secrets.invites().counting(self.room_now());
        let mut proven = Vec::new();
        for join in joins {
            let is_known = join.arrival.owner(secrets).is_some();
            let refused = match &join.proof {
                _ if is_known => None,
                Proof::Password(hash) => (hash != password).then_some(Refused::PasswordWrong),
                Proof::Token => Some(Refused::PasswordNeeded),
                Proof::Invite => {
                    let token = join.arrival.invite;
                    let used = token.and_then(|token| invites.take(&token));
                    used.is_none().then_some(Refused::InviteInvalid)
                }
            };
            match refused {
                None => proven.push(join),
                // The session may have ended meanwhile.
                Some(why) => {
                    let _ended = join.reply.send(Err(why));
                }
            }
        }
        proven
    }

    /// Refuses joins of newcomers for whom there is no place by now.
    fn with_places(&self, joins: Vec<Join>) -> Vec<Join> {
        let mut fitting = Vec::new();
        for join in joins {
            let is_known = join.arrival.owner(&self.room.secrets).is_some();
            if is_known || !self.is_full(fitting.len()) {
                fitting.push(join);
            } else {
                let limit = self.context.limits.borrow().members;
                // The session may have ended meanwhile.
                let _ended = join.reply.send(Err(Refused::RoomFull { limit }));
            }
        }
        fitting
    }

    fn seat(&mut self, join: Join, member: MemberId, returned: bool, on_record: &DurableAck) {
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
