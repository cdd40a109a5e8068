//! One room on this node: a task that owns the room, its players' reports and its sockets, and
//! handles one message after another.
//!
//! `room` decides which events a command leads to, and `log` keeps them. This task asks the one,
//! appends to the other, applies the events and sends them to everyone. It never waits for a client
//! that reads slowly.

use std::convert::Infallible;

use futures_util::StreamExt;
use futures_util::stream::FuturesOrdered;
use tokio::sync::{mpsc, watch};
use tokio::time::Instant;

use allowances::Allowances;
use answers::PendingAnswer;
use broadcast::Reactions;
use commit::EventOrigin;
use departures::PendingDepartures;
use health::SentDigest;
use message::{Handle, RoomMessage};
use seats::Seats;
use unsent::UnsentEvents;

use super::clock::NodeClock;
use super::drain::Drain;
use super::limits::{self, Bucket, Limits};
use super::log::RoomLog;
use super::metrics::Metrics;
use super::shutdown::Shutdown;
use crate::protocol::denied::Denied;
use crate::protocol::ids::{Rev, RoomId};
use crate::protocol::time::{RoomTime, Span};
use crate::room::client_events::ClientEvents;
use crate::room::committed::Room;
use crate::room::deadline::{self, DeadlineReason};
use crate::room::decide::{self, Creation, RoomSettings};
use crate::room::listing::abridged;
use crate::room::reports::Reports;
use crate::room::state::RoomState;

mod admission;
mod allowances;
mod answers;
mod broadcast;
mod commit;
mod departures;
pub(super) mod durable_ack;
mod ending;
mod errands;
mod health;
mod inbox;
mod joins;
mod member_reports;
pub(super) mod message;
mod observers;
mod operator;
mod players;
mod seats;
#[cfg(test)]
mod tests;
mod unsent;

#[cfg(test)]
pub(crate) use health::{lead_for, summary};
#[cfg(test)]
pub(crate) use players::process;

/// How many messages may wait for a room; beyond that sessions wait (judgement).
const INBOX: usize = 256;

/// How long until a failed append, or a deadline that led to no event, is tried again (judgement).
const AGAIN: Span = Span::seconds(1);

/// What all rooms of this node share.
#[derive(Debug, Clone)]
pub(super) struct RoomContext {
    /// The log that events are appended to.
    pub(super) log: RoomLog,
    /// The node's room time.
    pub(super) clock: NodeClock,
    /// The last room time at which a server is known to have run with this log.
    pub(super) alive_until: RoomTime,
    /// The limits of rooms and members, which the operator may change.
    pub(super) limits: watch::Receiver<Limits>,
    /// Counts what happens.
    pub(super) metrics: Metrics,
    /// The end of the server, of which those who come in are told.
    pub(super) drain: Drain,
    /// The signal to write a snapshot and end.
    pub(super) shutdown: Shutdown,
    /// Receives the id of a room that has ended, before its inbox closes.
    pub(super) ended: mpsc::Sender<RoomId>,
    /// Held while the task runs: the server waits until all of these are dropped.
    pub(super) _alive: mpsc::Sender<Infallible>,
}

/// How a room begins on this node.
#[derive(Debug)]
pub(super) enum RoomStart {
    /// It is created with these properties, and its first events are appended.
    Created(Creation),
    /// It was read from the log; nobody is present yet.
    Reopened(Box<Room>),
    /// It comes from another server, which was last known to run then; nobody is present yet.
    Imported {
        /// The room as the log has it.
        room: Box<Room>,
        /// The last moment of the other server, in room time.
        alive: RoomTime,
    },
}

/// What a room's task does before anything else.
enum FirstStep {
    /// It appends the first events of a new room.
    Create(Creation),
    /// It appends what reopening leads to, after a server was last known to run then.
    Reopen(RoomTime),
}

/// Starts a room's task.
pub(super) fn start(id: RoomId, beginning: RoomStart, context: RoomContext) -> Handle {
    let (inbox, messages) = mpsc::channel(INBOX);
    let (room, first) = match beginning {
        RoomStart::Created(creation) => (Room::new(id.clone()), FirstStep::Create(creation)),
        RoomStart::Reopened(room) => (*room, FirstStep::Reopen(context.alive_until)),
        RoomStart::Imported { room, alive } => (*room, FirstStep::Reopen(alive)),
    };
    let (card_sender, card) = watch::channel(abridged(&room.state));
    let replica = Replica {
        snapshot_at: room.state.rev,
        id,
        room,
        reports: Reports::default(),
        seats: Seats::counted_by(context.metrics.clone()),
        departures: PendingDepartures::default(),
        unsent: UnsentEvents::default(),
        allowances: Allowances::new(),
        reactions: Reactions::default(),
        client_events: ClientEvents::default(),
        answers: FuturesOrdered::new(),
        guesses: limits::guesses_of_a_room(Instant::now()),
        digest_due: None,
        sent_digest: SentDigest::default(),
        told_observers: 0,
        deadline: None,
        players_due: None,
        ttl_due: None,
        not_before: None,
        card: card_sender,
        context,
    };
    tokio::spawn(Box::new(replica).run(first, messages));
    Handle { inbox, card }
}

/// A room on this node, with its sockets and all that waits for a time.
struct Replica {
    id: RoomId,
    room: Room,
    reports: Reports,
    seats: Seats,
    departures: PendingDepartures,
    unsent: UnsentEvents,
    allowances: Allowances,
    reactions: Reactions,
    client_events: ClientEvents,
    answers: FuturesOrdered<PendingAnswer>,
    /// The password tries left to all addresses that have none of their own.
    guesses: Bucket,
    /// When the next health digest is due; `None` while no member reports health.
    digest_due: Option<Instant>,
    sent_digest: SentDigest,
    /// How many watch from outside, as everybody was told last.
    told_observers: u32,
    /// The room's next deadline and its reason, in room time.
    deadline: Option<(RoomTime, DeadlineReason)>,
    /// When the players' reports have to be evaluated again, in room time.
    players_due: Option<RoomTime>,
    /// When to try again to follow the server's time for empty rooms; `None` once that is on
    /// record.
    ttl_due: Option<Instant>,
    /// Deadlines are not tried before this room time, after one that led to no event.
    not_before: Option<RoomTime>,
    /// The rev of the last snapshot.
    snapshot_at: Rev,
    card: watch::Sender<RoomState>,
    context: RoomContext,
}

/// Why a room's task ends.
enum RoomEnd {
    /// The server shuts down; the room stays in the log.
    ShuttingDown,
    /// The room was closed, and is removed from the log.
    Closed,
    /// Its first events could not be appended.
    NotBegun,
}

impl Replica {
    async fn run(
        mut self: Box<Self>,
        first: FirstStep,
        mut messages: mpsc::Receiver<Box<RoomMessage>>,
    ) {
        let end = match Box::pin(self.begin(first)).await {
            Ok(()) => self.live(&mut messages).await,
            Err(why) => {
                tracing::debug!(room = %self.id, ?why, "the room could not be begun");
                RoomEnd::NotBegun
            }
        };
        Box::pin(self.end(end)).await;
        if self.context.ended.send(self.id.clone()).await.is_err() {
            tracing::debug!(room = %self.id, "nobody keeps the rooms any more");
        }
        // The inbox closes after that: a session that finds it closed and asks the registry again
        // no longer finds the room.
        drop(messages);
    }

    /// Appends the first events of a new room, or those of reopening a known one.
    async fn begin(&mut self, first: FirstStep) -> Result<(), Denied> {
        match first {
            FirstStep::Create(creation) => self.create(&creation).await?,
            FirstStep::Reopen(alive) => self.reopen(alive).await,
        }
        tracing::info!(room = %self.id, rev = %self.room.state.rev, "room opened");
        self.rearm();
        Ok(())
    }

    /// What the server sets for its rooms now. Only what it sets after this counts as changed.
    fn settings(&mut self) -> RoomSettings {
        self.context.limits.borrow_and_update().room_settings()
    }

    async fn create(&mut self, creation: &Creation) -> Result<(), Denied> {
        let settings = self.settings();
        self.commit(EventOrigin::default(), |_, _, _| {
            Ok(decide::create(creation, settings))
        })
        .await
        .map(|_| ())
    }

    /// Appends what reopening leads to, and retries until it succeeds: the room exists, and its
    /// members come back to it.
    async fn reopen(&mut self, alive: RoomTime) {
        let settings = self.settings();
        loop {
            let reopened = self
                .commit(EventOrigin::default(), |room, _, moment| {
                    Ok(decide::reopened(room, Some(alive), settings, moment))
                })
                .await;
            let Err(why) = reopened else { return };
            tracing::debug!(room = %self.id, ?why, "the reopening is not on record; trying again");
            tokio::select! {
                () = self.context.shutdown.wait() => return,
                () = tokio::time::sleep(AGAIN.to_duration()) => {}
            }
        }
    }

    async fn live(&mut self, messages: &mut mpsc::Receiver<Box<RoomMessage>>) -> RoomEnd {
        let mut shutdown = self.context.shutdown.clone();
        loop {
            if self.room.state.closed {
                return RoomEnd::Closed;
            }
            let due = self.next_due();
            tokio::select! {
                biased;
                () = shutdown.wait() => return RoomEnd::ShuttingDown,
                Some(answered) = self.answers.next() => self.answer(&answered),
                () = sleep_until(due) => Box::pin(self.on_due()).await,
                Ok(()) = self.context.limits.changed() => Box::pin(self.follow_ttl()).await,
                message = messages.recv() => match message {
                    Some(message) => self.take(message, messages).await,
                    None => return RoomEnd::ShuttingDown,
                },
            }
            self.depart_dropped();
        }
    }

    /// When the task has to act without a message; `None` if nothing is due.
    fn next_due(&self) -> Option<Instant> {
        let deadline = self.deadline.map(|(at, _)| {
            let at = self.not_before.map_or(at, |not_before| not_before.max(at));
            self.context.clock.instant(at)
        });
        [
            self.departures.due(),
            self.unsent.due(),
            self.reactions.due(),
            self.digest_due,
            self.ttl_due,
            deadline,
            self.players_due.map(|at| self.context.clock.instant(at)),
        ]
        .into_iter()
        .flatten()
        .min()
    }

    /// Handles everything that is due now: deadlines, departures, events, reactions, the digest.
    async fn on_due(&mut self) {
        let now = Instant::now();
        let is_due = |due: Option<Instant>| due.is_some_and(|due| due <= now);
        if is_due(self.departures.due()) {
            self.commit_presence(Vec::new(), now).await;
        }
        if is_due(self.unsent.due()) {
            self.send_unsent();
        }
        if is_due(self.reactions.due()) {
            let text = self.reactions.take();
            self.seats.push_droppable_to_all(&text);
        }
        if is_due(self.digest_due) {
            self.send_health(now);
        }
        // Before the deadlines, of which one may depend on them.
        if is_due(self.ttl_due) {
            self.follow_ttl().await;
        }
        let room_now = self.context.clock.at(now);
        if let Some((at, reason)) = self.deadline
            && at.max(self.not_before.unwrap_or(at)) <= room_now
        {
            self.on_deadline(reason).await;
        }
        if self.players_due.is_some_and(|at| at <= room_now) {
            self.evaluate_players().await;
        }
    }

    async fn on_deadline(&mut self, reason: DeadlineReason) {
        let decided = self
            .commit(EventOrigin::default(), |room, reports, moment| {
                Ok(decide::deadline(room, reports, reason, moment))
            })
            .await;
        tracing::debug!(room = %self.id, ?reason, ok = decided.is_ok(), "a deadline has come");
        if decided.is_ok_and(|done| done.changed) {
            self.evaluate_players().await;
            // Somebody may be acting admin now.
            self.hand_on_reports().await;
        } else {
            self.not_before = Some(self.context.clock.now() + AGAIN);
        }
    }

    fn send_health(&mut self, now: Instant) {
        let observers = self.seats.observers();
        // Whoever comes later learns of them from the next digest.
        let goes_on = health::anyone(&self.seats, now) || observers > 0;
        if goes_on || observers != self.told_observers {
            self.told_observers = observers;
            let digest = health::digest(&self.seats, now);
            if let Some(frame) = self.sent_digest.replace(digest, now) {
                self.seats.push_droppable_to_all(frame);
            }
        }
        if !goes_on {
            self.sent_digest.forget();
        }
        self.digest_due = goes_on.then(|| now + health::EVERY);
    }

    /// Takes the next deadline from the room.
    fn rearm(&mut self) {
        self.deadline = deadline::next(&self.room);
        self.not_before = None;
    }

    fn publish_card(&self) {
        self.card.send_replace(abridged(&self.room.state));
    }
}

/// Waits until `due`, forever if it is `None`.
async fn sleep_until(due: Option<Instant>) {
    match due {
        Some(due) => tokio::time::sleep_until(due).await,
        None => std::future::pending().await,
    }
}
