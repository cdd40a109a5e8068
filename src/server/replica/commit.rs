//! The path of a decision: decide, append to the log, apply, send to everyone.

use std::time::Duration;

use bytes::Bytes;
use tokio::time::Instant;

use super::durable_ack::DurableAck;
use super::unsent;
use super::{AGAIN, Replica};
use crate::protocol::denied::{Denied, Refused};
use crate::protocol::ephemeral::MemberNotice;
use crate::protocol::event::{Fact, RoomEvent};
use crate::protocol::ids::{MemberId, Rev, Seq};
use crate::protocol::member::LeaveCause;
use crate::protocol::time::RoomTime;
use crate::room::client_events::PendingFact;
use crate::room::committed::{Committed, Room};
use crate::room::decide::{Decided, Moment};
use crate::room::reports::Reports;
use crate::server::log::{Appended, LogError};
use crate::server::metrics::store::StoreIncident;
use crate::server::replies;
use crate::server::websocket::ServerFrame;
use crate::wire::message::ServerMsg;

/// How many events lie between two snapshots (judgement: a restart reads at most that many events
/// of a room).
const SNAPSHOT_EVERY: u64 = 256;

/// How long after the events for which it is due a snapshot is made (judgement: in a large room it
/// takes some milliseconds, by which time those events are with everybody).
const SNAPSHOT_AFTER: Duration = Duration::from_millis(250);

/// How often a decision is made again because another node appended first; then it fails
/// (judgement: that many in a row mean that something is wrong).
pub(super) const TRIES: usize = 16;

/// What caused a decision, as its events record it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct EventOrigin {
    /// The member who caused it; `None` if the room did: by a deadline, joins and departures, or
    /// all reports together.
    pub(super) by: Option<MemberId>,
    /// The number of their command; `None` if it was no command, such as a report.
    pub(super) seq: Option<Seq>,
}

/// Why a decision was not committed.
#[derive(Debug)]
pub(super) enum NotCommitted {
    /// Nothing has changed, for this reason.
    Denied(Denied),
    /// The log was lost meanwhile: it will be known later whether its events were kept.
    Unsettled,
}

impl NotCommitted {
    /// The log takes nothing.
    const AWAY: Self = Self::Denied(Denied::StorageAway);
}

/// A decision that was committed.
#[derive(Debug)]
pub(super) struct Done {
    /// The rev of the room's last event now.
    pub(super) rev: Rev,
    /// Whether it led to any event; if not, the log was not touched.
    pub(super) changed: bool,
    /// Resolves once its events are durable.
    pub(super) on_record: DurableAck,
}

impl Replica {
    /// Decides, appends the events to the log, applies and sends them.
    ///
    /// # Errors
    /// The denial of `decide`, or [`Denied::StorageAway`]: nothing has changed then, or it is not
    /// known yet whether it has.
    pub(super) async fn commit(
        &mut self,
        origin: EventOrigin,
        decide: impl FnMut(&Room, &mut Reports, Moment) -> Result<Vec<Decided>, Denied>,
    ) -> Result<Done, Denied> {
        let done = self.try_commit(origin, decide).await;
        done.map_err(|why| match why {
            NotCommitted::Denied(why) => why,
            NotCommitted::Unsettled => Denied::StorageAway,
        })
    }

    /// As [`Self::commit`], for a caller who waits until it is known.
    ///
    /// # Errors
    /// [`NotCommitted`] says whether it is known already that nothing has changed.
    pub(super) async fn try_commit(
        &mut self,
        origin: EventOrigin,
        mut decide: impl FnMut(&Room, &mut Reports, Moment) -> Result<Vec<Decided>, Denied>,
    ) -> Result<Done, NotCommitted> {
        let mut notices = Vec::new();
        for _ in 0..TRIES {
            let moment = self.moment();
            let decided = decide(&self.room, &mut self.reports, moment);
            let decided = decided.map_err(NotCommitted::Denied)?;
            let (events, mut others) = self.numbered(origin, decided, moment.now);
            others.append(&mut notices);
            if events.is_empty() {
                self.carry_out(others);
                return Ok(Done {
                    rev: self.room.state.rev,
                    changed: false,
                    on_record: DurableAck::already(),
                });
            }
            let after = self.room.state.rev;
            let snapshot = self.snapshot_with(&events);
            let snapshot_soon = !self.context.cluster.is_shared() && self.is_snapshot_due(&events);
            let begun = Instant::now();
            let appended = self
                .context
                .log
                .append(&self.id, after, events.clone(), snapshot)
                .await;
            match appended {
                Ok(Appended::Agreed(durable)) => {
                    self.apply_all(&events);
                    self.carry_out(others);
                    if snapshot_soon || self.context.log.wants_snapshot(&self.id) {
                        self.snapshot_due.get_or_insert(begun + SNAPSHOT_AFTER);
                    }
                    return Ok(Done {
                        rev: self.room.state.rev,
                        changed: true,
                        on_record: DurableAck::of(durable, begun, &self.context.metrics),
                    });
                }
                Ok(Appended::Behind(missed)) => {
                    // The reports count these as told, so the next try does not repeat them.
                    others.retain(|other| matches!(other, Decided::ToAdmins(_)));
                    notices = others;
                    self.take_missed(missed);
                    if self.is_gone {
                        return Err(NotCommitted::Denied(Denied::NotInRoom));
                    }
                }
                Err(error) => return Err(self.not_appended(&error)),
            }
        }
        self.context
            .log
            .count_incident(StoreIncident::DecisionsGivenUp);
        tracing::error!(room = %self.id, "others came first {TRIES} times");
        Err(NotCommitted::AWAY)
    }

    /// What it means that the log did not take events.
    fn not_appended(&mut self, error: &LogError) -> NotCommitted {
        match error {
            LogError::Unsettled => {
                self.check_due = Some(Instant::now() + AGAIN.to_duration());
                return NotCommitted::Unsettled;
            }
            // The log itself has reported this once, so not every room or decision does.
            LogError::Away | LogError::Closed | LogError::Unreadable { .. } => {
                tracing::debug!(room = %self.id, %error, "nothing can be recorded");
            }
            _ => tracing::error!(room = %self.id, %error, "nothing can be recorded"),
        }
        NotCommitted::AWAY
    }

    /// The time of a decision and the lead of moves.
    pub(super) fn moment(&self) -> Moment {
        Moment {
            now: self.room_now(),
            lead: self.lead(Instant::now()),
        }
    }

    /// Room time, never before the room's last event.
    pub(super) fn room_now(&self) -> RoomTime {
        self.context.clock.now().max(self.room.state.at)
    }

    /// The events of a decision with their revs, and what else it leads to.
    fn numbered(
        &self,
        origin: EventOrigin,
        decided: Vec<Decided>,
        at: RoomTime,
    ) -> (Vec<Committed>, Vec<Decided>) {
        let mut rev = self.room.state.rev;
        let (mut events, mut others) = (Vec::new(), Vec::new());
        for one in decided {
            match one {
                Decided::Event { public, private } => {
                    rev = rev.next();
                    let is_named = !public.is_anonymous();
                    let fact = Fact {
                        rev,
                        at,
                        by: origin.by.filter(|_| is_named),
                        seq: origin.seq.filter(|_| is_named),
                        event: *public,
                        about: Vec::new(),
                    };
                    events.push(Committed { fact, private });
                }
                other => others.push(other),
            }
        }
        (events, others)
    }

    /// Whether so many events have been appended with these that a snapshot is due: by the revs
    /// alone, so that of several nodes always the one makes it whose events are the ones that are
    /// due.
    fn is_snapshot_due(&self, events: &[Committed]) -> bool {
        let count = |rev: Rev| rev.0 / SNAPSHOT_EVERY;
        let last = events.last();
        last.is_some_and(|last| count(last.fact.rev) != count(self.room.state.rev))
    }

    /// A snapshot with these events applied, if nodes share the log and one is due, or text is
    /// erased, so that the events with it need not be kept. Of a log of this node alone it is made
    /// later, when nobody waits for these events any more.
    fn snapshot_with(&self, events: &[Committed]) -> Option<Bytes> {
        if !self.context.cluster.is_shared() {
            return None;
        }
        let erases = events.iter().any(|event| event.fact.event.erases_text());
        if !erases && !self.is_snapshot_due(events) {
            return None;
        }
        let mut room = self.room.clone();
        for event in events {
            room.apply(event);
        }
        serialised(&room)
    }

    /// Applies events that the log agreed on, and sends them to everyone.
    pub(super) fn apply_all(&mut self, events: &[Committed]) {
        let mut news = Vec::new();
        for event in events {
            news.push(PendingFact::of(&event.fact, &self.room.state));
            self.room.apply(event);
        }
        let published = self.client_events.publish(news, &self.room.state);
        let now = Instant::now();
        if events.iter().any(changes_presence) {
            self.count_anew(now);
        }
        let may_wait = unsent::may_wait(events) && !published.with_state;
        self.unsent.add(published.facts, may_wait, now);
        if self.unsent.due().is_some_and(|due| due <= now) {
            self.send_unsent();
        }
        if published.with_state {
            self.send_state_to_all();
        }
        self.dismiss_kicked(events);
        self.end_errands(events);
        self.close_moved(events);
        self.dismiss_observers();
        self.publish_card();
        self.rearm();
    }

    /// Sends everyone the events that wait. What else tells a client how far the room is goes out
    /// after that.
    pub(super) fn send_unsent(&mut self) {
        let now = Instant::now();
        let facts = self.unsent.take(now);
        let chat_shown = self.room.state.restrictions.observer_chat;
        self.seats.send_events(&facts, chat_shown);
        if !facts.is_empty() {
            self.context.metrics.fanned_out(now.elapsed());
        }
    }

    /// Closes the sockets of members who were kicked, after sending the event that says so.
    fn dismiss_kicked(&mut self, events: &[Committed]) {
        for event in events {
            let RoomEvent::Presence { left, .. } = &event.fact.event else {
                continue;
            };
            for departure in left {
                if departure.cause == LeaveCause::Kicked
                    && let Some(seat) = self.seats.of(departure.member)
                {
                    self.seats.dismiss(seat, kick_reason(events, &event.fact));
                }
                self.departures.cancel_departure(departure.member);
            }
        }
    }

    /// Sends what a decision leads to besides its events.
    fn carry_out(&mut self, others: Vec<Decided>) {
        for other in others {
            match other {
                Decided::Reaction(reaction) => self.reactions.add(reaction, Instant::now()),
                Decided::ToAdmins(notice) => self.send_to_admins(&notice),
                Decided::ToMembers { to, notice } => self.send_to_members(&to, &notice),
                // `numbered` has taken the events out.
                Decided::Event { .. } => {}
            }
        }
    }

    /// Tells the admins at this node: what the players report, each node knows itself.
    fn send_to_admins(&mut self, notice: &MemberNotice) {
        // It may be about a member of whom they have not been told yet.
        self.send_unsent();
        let text = replies::frame(&ServerMsg::Notice(notice.clone()));
        let admins = self.room.state.roster.admins_here();
        let admins: Vec<MemberId> = admins.map(|admin| admin.id).collect();
        self.send_text(&admins, &text);
    }

    /// Tells those of the members who are connected to this node.
    pub(super) fn send_to_members_here(&mut self, to: &[MemberId], notice: &MemberNotice) {
        let text = replies::frame(&ServerMsg::Notice(notice.clone()));
        self.send_text(to, &text);
    }

    fn send_text(&mut self, to: &[MemberId], text: &ServerFrame) {
        for member in to {
            if let Some(seat) = self.seats.of(*member) {
                self.seats.send(seat, text.clone());
            }
        }
    }
}

/// Whether members came or went by this event.
pub(super) fn changes_presence(event: &Committed) -> bool {
    matches!(event.fact.event, RoomEvent::Presence { .. })
}

/// The reason that members who were kicked are given: kicked, or banned by the same command.
pub(super) fn kick_reason(events: &[Committed], departure: &Fact) -> Refused {
    let is_ban = |event: &Committed| {
        let Fact { by, seq, event, .. } = &event.fact;
        let same_command = (*by, *seq) == (departure.by, departure.seq);
        same_command && matches!(event, RoomEvent::Banned { .. })
    };
    if events.iter().any(is_ban) {
        Refused::Banned
    } else {
        Refused::Kicked
    }
}

/// The bytes of a snapshot; `None`, with a log line, if serde fails.
pub(super) fn serialised(room: &Room) -> Option<Bytes> {
    match serde_json::to_vec(room) {
        Ok(bytes) => Some(Bytes::from(bytes)),
        Err(error) => {
            tracing::error!(room = %room.state.id, %error, "no snapshot can be made");
            None
        }
    }
}
