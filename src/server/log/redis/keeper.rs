//! The tasks of a log in Redis: they keep the connection and the node's lease, compare all rooms
//! with Redis every few seconds, and hand on what the nodes tell.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, MissedTickBehavior, interval, sleep, timeout};

use super::addresses;
use super::fault::RedisFault;
use super::inbox::{Inbox, MissedMessages, Published};
use super::lease::{LEASE, renew};
use super::link::{Greeting, Link};
use super::news::{self, News};
use super::seeds::Seeds;
use super::shared::{Contact, Shared};
use super::time::Readings;
use super::{removal, repair};
use crate::protocol::ids::RoomId;
use crate::server::metrics::store::StoreIncident;

/// How often a node renews its lease.
const RENEWED_EVERY: Duration = Duration::from_millis(2_500);

/// How many renewals lie between two comparisons of all rooms.
const COMPARED_EVERY: u32 = 2;

/// Keeps a log in Redis going.
pub(super) struct Keeper {
    pub(super) shared: Arc<Shared>,
    /// Where Redis is looked for.
    pub(super) seeds: Seeds,
    pub(super) inbox: Inbox,
    /// How Redis greeted the node last.
    pub(super) greeting: Greeting,
    /// Until when nodes that were alive before count as alive: after a break their leases may have
    /// been lost with Redis.
    pub(super) trusted_until: Instant,
    pub(super) backoff: Backoff,
}

/// How long it is waited before Redis is tried again: each time twice as long, up to a second.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Backoff(Duration);

impl Default for Backoff {
    fn default() -> Self {
        Self(Duration::from_millis(50))
    }
}

impl Backoff {
    /// How long to wait now.
    pub(super) fn next(&mut self) -> Duration {
        let wait = self.0;
        self.0 = (wait * 2).min(Duration::from_secs(1));
        wait
    }
}

impl Keeper {
    /// Runs until the log is closed or its last handle is dropped.
    pub(super) async fn run(mut self, link: Arc<Link>, mut over: watch::Receiver<bool>) {
        tokio::select! {
            biased;
            // An error means that the last handle was dropped.
            _over = over.wait_for(|over| *over) => {}
            () = self.keep(link) => {}
        }
        self.shared.contact.send_replace(Contact::Closed);
    }

    async fn keep(&mut self, mut link: Arc<Link>) {
        loop {
            let fault = self.serve(&link).await;
            self.greeting.renewals = link.renewals();
            if matches!(fault, RedisFault::LostData) {
                tracing::warn!("Redis has lost data; the nodes write it back");
            } else {
                tracing::warn!(error = %fault, "Redis is away; it is tried again");
            }
            self.shared.contact.send_replace(Contact::Away);
            self.shared.counts.lost();
            link = self.linked_again().await;
            self.ready(&link);
            tracing::info!("Redis is back");
        }
    }

    /// Renews the lease over a connection until it fails.
    pub(super) async fn serve(&mut self, link: &Link) -> RedisFault {
        let mut ticks = interval(RENEWED_EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut until_compared = 0;
        let mut readings = Readings::default();
        loop {
            tokio::select! {
                biased;
                () = link.broken() => return RedisFault::Broken,
                () = self.shared.nodes_changed.notified() => {
                    if let Err(fault) = self.renew(link, &mut readings).await {
                        return fault;
                    }
                    continue;
                }
                _ = ticks.tick() => {}
            }
            let done = async {
                self.renew(link, &mut readings).await?;
                if until_compared == 0 {
                    until_compared = COMPARED_EVERY;
                    repair::compare(&self.shared, link).await?;
                    // A connection alone is no success: what failed on the last one may do so on each.
                    self.backoff = Backoff::default();
                    removal::try_again(&self.shared, link).await?;
                }
                until_compared -= 1;
                Ok(())
            };
            if let Err(fault) = done.await {
                return fault;
            }
        }
    }

    async fn renew(&self, link: &Link, readings: &mut Readings) -> Result<(), RedisFault> {
        let (alive, reading) = renew(&self.shared, link).await?;
        let best = readings.add(reading);
        self.shared.time.send_if_modified(|before| {
            let is_new = *before != best;
            *before = best;
            is_new
        });
        self.shared.alive.send_if_modified(|before| {
            let alive = if Instant::now() < self.trusted_until {
                alive.union(before).cloned().collect()
            } else {
                alive
            };
            let is_new = alive != *before;
            *before = alive;
            is_new
        });
        Ok(())
    }

    /// A new connection, on which the node was greeted and may append.
    async fn linked_again(&mut self) -> Arc<Link> {
        let mut told = String::new();
        loop {
            sleep(self.backoff.next()).await;
            let Shared { keys, scripts, .. } = &*self.shared;
            let (inbox, before) = (self.inbox.clone(), Some(&self.greeting));
            let connected = Link::connect(&mut self.seeds, (keys, scripts), inbox, before).await;
            let mended = async {
                let link = Arc::new(connected?);
                self.mend(&link).await.map(|()| link)
            };
            match mended.await {
                Ok(link) => return link,
                Err(error) => {
                    self.shared.contact.send_replace(Contact::Away);
                    self.seeds.turn();
                    // The connection broke; why there is no other may be something else, such as a
                    // password that was changed.
                    let why = error.to_string();
                    if why == told {
                        tracing::debug!(%error, "Redis is still away");
                    } else {
                        tracing::warn!(%error, "Redis is still away");
                        told = why;
                    }
                }
            }
        }
    }

    /// After a restart of Redis, has the rooms written back that it lost, and waits until all nodes
    /// have had the time for that.
    async fn mend(&self, link: &Arc<Link>) -> Result<(), RedisFault> {
        if link.greeting.log_id != self.greeting.log_id {
            let lost = repair::find_lost(&self.shared, link).await?;
            if lost > 0 {
                tracing::warn!(rooms = lost, "Redis has lost data; the nodes write it back");
            }
            // A node that starts now must not take itself for the first: leases may be lost as well.
            renew(&self.shared, link).await?;
            let mending = Contact::Mending(Arc::clone(link));
            self.shared.contact.send_replace(mending);
            self.shared.known().check_lost();
        }
        match timeout(link.greeting.window, link.broken()).await {
            Ok(()) => Err(RedisFault::Broken),
            Err(_elapsed) => Ok(()),
        }
    }

    fn ready(&mut self, link: &Arc<Link>) {
        self.trusted_until = Instant::now() + LEASE;
        self.greeting = link.greeting.clone();
        self.shared.held.name_with(&self.greeting.quota_key);
        self.shared
            .quota_key
            .send_replace(self.greeting.quota_key.clone());
        let id = &link.greeting.log_id;
        self.shared.log_id.send_if_modified(|before| {
            let is_new = before != id;
            before.clone_from(id);
            if is_new {
                self.shared.counts.count(StoreIncident::NewEpochs);
            }
            is_new
        });
        let linked = Contact::Linked(Arc::clone(link));
        self.shared.contact.send_replace(linked);
        self.shared.counts.reconnected();
        self.shared.known().returned();
    }
}

/// Hands on what the nodes tell, until the log is gone.
pub(super) async fn dispatch(
    shared: Arc<Shared>,
    mut published: mpsc::Receiver<Published>,
    overflowed: watch::Sender<bool>,
) {
    let mut missed = MissedMessages::default();
    while let Some(message) = published.recv().await {
        if missed.are_due(&overflowed, published.len()) {
            tracing::warn!("more was told than this node can take; its rooms are compared");
            shared.known().check_all();
        }
        match news::read(message, &shared.keys) {
            Some(News::Appended { room, told, events }) => {
                let known = shared.known().appended(&room, told, || {
                    let events = news::events(&events, told.after.rev);
                    match &events {
                        Some(events) => shared.counts.followed(events.len()),
                        None => shared.counts.count(StoreIncident::MessagesUnreadable),
                    }
                    events
                });
                if !known {
                    shared.has_appeared(&room);
                }
            }
            Some(News::Gone { room }) => {
                shared.known().checks(&room);
            }
            Some(News::Imported { room }) => {
                if !shared.known().checks(&room) {
                    shared.has_appeared(&room);
                }
            }
            Some(News::Nodes) => shared.nodes_changed.notify_one(),
            Some(News::Addresses { from, .. }) if from == shared.node => {}
            Some(News::Addresses { from, all, counts }) => {
                shared.held.told(from, all, &addresses::read(&counts));
            }
            Some(News::Told { from, .. }) if from == shared.node => {}
            Some(News::Told {
                room,
                from,
                message,
            }) => shared.known().told(&room, from, message),
            None => {
                shared.counts.count(StoreIncident::MessagesUnreadable);
                tracing::debug!("a message on the channels is none of a node");
            }
        }
    }
}

/// Tells the others what is kept nowhere, until the log is gone.
pub(super) async fn tell(shared: Arc<Shared>, mut waiting: mpsc::Receiver<(RoomId, Bytes)>) {
    while let Some((room, message)) = waiting.recv().await {
        let Ok(link) = shared.link() else {
            shared.counts.count(StoreIncident::MessagesDropped);
            continue;
        };
        let mut pipeline = redis::pipe();
        let mut count = 0;
        let mut next = Some((room, message));
        while let Some((room, message)) = next {
            let payload = news::told(&room, &shared.node, &message);
            pipeline.publish(shared.keys.told(), payload).ignore();
            count += 1;
            next = waiting.try_recv().ok();
        }
        if let Err(error) = link.ask::<()>(&pipeline).await {
            (0..count).for_each(|_| shared.counts.count(StoreIncident::MessagesDropped));
            tracing::debug!(%error, "the other nodes were not told");
        }
    }
}

/// What waits for the tasks.
pub(super) struct Waiting {
    /// What nodes told.
    pub(super) published: mpsc::Receiver<Published>,
    /// Whether more was told than could wait.
    pub(super) overflowed: watch::Sender<bool>,
    /// What is to be told to them.
    pub(super) outgoing: mpsc::Receiver<(RoomId, Bytes)>,
}

/// Starts the tasks. They end when `over` becomes true or is dropped.
pub(super) fn spawn(keeper: Keeper, link: Arc<Link>, waiting: Waiting, over: &watch::Sender<bool>) {
    let shared = Arc::clone(&keeper.shared);
    let (mut ended, over) = (over.subscribe(), over.subscribe());
    tokio::spawn(async move {
        let others = async {
            tokio::join!(
                dispatch(Arc::clone(&shared), waiting.published, waiting.overflowed),
                tell(Arc::clone(&shared), waiting.outgoing),
                addresses::tell(Arc::clone(&shared)),
            )
        };
        tokio::select! {
            _ended = ended.wait_for(|over| *over) => {}
            _ = others => {}
        }
    });
    tokio::spawn(keeper.run(link, over));
}
