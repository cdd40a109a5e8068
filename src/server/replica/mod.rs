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
use beginning::{Beginning, FailedBeginning, NotBegun};
pub(super) use beginning::{NewRoom, RoomStart};
use broadcast::Reactions;
use cluster::Cluster;
use commit::EventOrigin;
use departures::PendingDepartures;
use health::{OthersHealth, SentDigest};
use message::{Handle, RoomMessage};
use node_message::NodeMessage;
use seats::Seats;
use unsent::UnsentEvents;
use unsettled::Unsettled;

use super::clock::NodeClock;
use super::drain::Drain;
use super::limits::{self, Bucket, Limits};
use super::log::{RoomFollower, RoomLog};
use super::metrics::Metrics;
use super::replies;
use super::shutdown::Shutdown;
use crate::protocol::ids::RoomId;
use crate::protocol::time::{RoomTime, Span};
use crate::room::client_events::ClientEvents;
use crate::room::committed::Room;
use crate::room::deadline::{self, DeadlineReason};
use crate::room::decide;
use crate::room::listing::abridged;
use crate::room::reports::Reports;
use crate::room::state::RoomState;
use crate::wire::message::ServerMsg;

mod admission;
mod allowances;
mod answers;
mod beginning;
mod broadcast;
pub(super) mod cluster;
mod commit;
mod counted_elsewhere;
mod departures;
pub(super) mod durable_ack;
mod ending;
mod errands;
mod follow;
mod health;
mod inbox;
mod joins;
#[cfg(test)]
pub(super) mod lone_room;
mod member_reports;
pub(super) mod message;
mod node_message;
mod observers;
mod operator;
mod others;
mod pacing;
mod players;
mod refusals;
mod seats;
#[cfg(test)]
mod tests;
mod unsent;
mod unsettled;

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
    /// The nodes that share the log.
    pub(super) cluster: Cluster,
    /// Receives each room that has ended, before its inbox closes.
    pub(super) ended: mpsc::Sender<EndedRoom>,
    /// Held while the task runs: the server waits until all of these are dropped.
    pub(super) _alive: mpsc::Sender<Infallible>,
}

/// A room whose task has ended.
#[derive(Debug)]
pub(super) struct EndedRoom {
    /// Its name.
    pub(super) id: RoomId,
    /// The room of this name that another node created first; `None` if there is none.
    pub(super) other: Option<Box<Room>>,
}

/// Starts a room's task.
pub(super) fn start(id: RoomId, beginning: RoomStart, context: RoomContext) -> Handle {
    let (inbox, messages) = mpsc::channel(INBOX);
    let (room, beginning) = beginning.split(&id, context.alive_until);
    let (card_sender, card) = watch::channel(abridged(&room.state));
    let replica = Replica {
        follower: context.log.follow(&id),
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
        refusal_checks: limits::checks_before_refusals(Instant::now()),
        digest_due: None,
        sent_digest: SentDigest::default(),
        told_observers: 0,
        others_health: OthersHealth::default(),
        asks_reports: false,
        asks_reports_at: None,
        deadline: None,
        players_due: None,
        check_due: None,
        is_gone: false,
        unsettled: Unsettled::default(),
        ttl_due: None,
        snapshot_due: None,
        not_before: None,
        card: card_sender,
        context,
    };
    tokio::spawn(Box::new(replica).run(beginning, messages));
    Handle { inbox, card }
}

/// A room on this node, with its sockets and all that waits for a time.
struct Replica {
    id: RoomId,
    room: Room,
    /// The news of other nodes.
    follower: RoomFollower,
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
    /// How often the log may still be asked before somebody is refused.
    refusal_checks: Bucket,
    /// When the next health digest is due; `None` while no member reports health.
    digest_due: Option<Instant>,
    sent_digest: SentDigest,
    /// How many watch from outside, as everybody was told last.
    told_observers: u32,
    /// How the members at other nodes are doing.
    others_health: OthersHealth,
    /// Whether other nodes are, or were, asked what the players have reported.
    asks_reports: bool,
    /// When they are asked; `None` unless that is still to come.
    asks_reports_at: Option<Instant>,
    /// The room's next deadline and its reason, in room time.
    deadline: Option<(RoomTime, DeadlineReason)>,
    /// When the players' reports have to be evaluated again, in room time.
    players_due: Option<RoomTime>,
    /// When to ask the log for what was missed; `None` unless that failed.
    check_due: Option<Instant>,
    /// Whether the log does not have the room any more.
    is_gone: bool,
    /// Commands of which it is not known whether their events were kept.
    unsettled: Unsettled,
    /// When to try again to follow the server's time for empty rooms; `None` once that is on
    /// record.
    ttl_due: Option<Instant>,
    /// When a snapshot is to be written; `None` while none is due.
    snapshot_due: Option<Instant>,
    /// Deadlines are not tried before this room time, after one that led to no event.
    not_before: Option<RoomTime>,
    card: watch::Sender<RoomState>,
    context: RoomContext,
}

/// Why a room's task ends.
enum RoomEnd {
    /// The server shuts down; the room stays in the log.
    ShuttingDown,
    /// The room was closed, and is removed from the log.
    Closed,
    /// The log does not have it any more.
    Gone,
    /// Its first events could not be appended.
    NotBegun,
}

impl Replica {
    async fn run(
        mut self: Box<Self>,
        beginning: Beginning,
        mut messages: mpsc::Receiver<Box<RoomMessage>>,
    ) {
        let (mut came_second, mut refused) = (false, Vec::new());
        let end = match Box::pin(self.begin(beginning)).await {
            Ok(()) => self.live(&mut messages).await,
            Err(FailedBeginning { why, joins }) => {
                tracing::debug!(room = %self.id, ?why, "the room could not be begun");
                (came_second, refused) = (why == NotBegun::CameSecond, joins);
                RoomEnd::NotBegun
            }
        };
        Box::pin(self.end(end)).await;
        let ended = EndedRoom {
            id: self.id.clone(),
            other: came_second.then(|| Box::new(self.room.clone())),
        };
        if self.context.ended.send(ended).await.is_err() {
            tracing::debug!(room = %self.id, "nobody keeps the rooms any more");
        }
        // The inbox closes after that, and joins are dropped: a session that finds it closed, or its
        // join gone, and asks the registry again no longer finds the room.
        drop(messages);
        drop(refused);
    }

    async fn live(&mut self, messages: &mut mpsc::Receiver<Box<RoomMessage>>) -> RoomEnd {
        let mut shutdown = self.context.shutdown.clone();
        loop {
            if self.room.state.closed {
                return RoomEnd::Closed;
            }
            if self.is_gone {
                return RoomEnd::Gone;
            }
            let due = self.next_due();
            tokio::select! {
                biased;
                () = shutdown.wait() => return RoomEnd::ShuttingDown,
                Some(answered) = self.answers.next() => self.answer(&answered),
                () = sleep_until(due) => Box::pin(self.on_due()).await,
                Ok(()) = self.context.limits.changed() => Box::pin(self.follow_ttl()).await,
                () = self.context.cluster.changed() => self.note_gone(),
                news = self.follower.next() => Box::pin(self.on_news(news)).await,
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
            self.after_asking(self.context.clock.instant(at))
        });
        let players_due = self.players_due;
        let players_due = players_due.map(|at| self.after_asking(self.context.clock.instant(at)));
        [
            self.departures.due(),
            self.unsent.due(),
            self.reactions.due(),
            self.digest_due,
            self.check_due,
            self.ttl_due,
            self.snapshot_due,
            self.asks_reports_at,
            deadline,
            players_due,
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
            self.send_reactions();
        }
        if is_due(self.digest_due) {
            self.send_health(now);
        }
        if is_due(self.asks_reports_at) {
            self.ask_reports();
        }
        let is_asking = self.asks_reports_at.is_some();
        if is_due(self.check_due) {
            self.check().await;
        }
        // Before the deadlines, of which one may depend on them.
        if is_due(self.ttl_due) {
            self.follow_ttl().await;
        }
        if is_due(self.snapshot_due) {
            self.write_snapshot().await;
        }
        let room_now = self.context.clock.at(now);
        if let Some((at, reason)) = self.deadline
            && at.max(self.not_before.unwrap_or(at)) <= room_now
            && !is_asking
        {
            self.on_deadline(reason).await;
        }
        if self.players_due.is_some_and(|at| at <= room_now) && !is_asking {
            self.evaluate_players().await;
        }
    }

    /// When what depends on reports can be done that is due then: not before the other nodes were asked
    /// for them.
    fn after_asking(&self, due: Instant) -> Instant {
        self.asks_reports_at.map_or(due, |asked| asked.max(due))
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

    fn send_reactions(&mut self) {
        let reactions = self.reactions.take();
        self.tell_others(&NodeMessage::Reactions(reactions.clone()));
        let text = replies::frame(&ServerMsg::Reactions { reactions });
        self.seats.push_droppable_to_all(&text);
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
