//! Opening the log: the first connection, and the tasks that keep it.

use std::collections::BTreeSet;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, OnceLock};

use tokio::sync::{Notify, Semaphore, mpsc, watch};
use tokio::time::{Instant, timeout};

use super::fault::{ANSWERS_WITHIN, RedisFault};
use super::inbox::{Inbox, Published};
use super::link::{Greeting, Link};
use super::rooms::KnownRooms;
use super::scripts::Scripts;
use super::seeds::Seeds;
use super::shared::{Contact, Shared};
use super::{OpenError, Redis, RedisSettings, RedisUrl, keeper, keys, lease, write_back};
use crate::protocol::ids::NodeId;
use crate::protocol::time::RoomTime;
use crate::server::log::addresses::HeldByAddresses;
use crate::server::metrics::store::StoreMetrics;

/// How many messages of nodes may wait to be handed on (judgement: those of a second of 1,000 busy
/// rooms).
const PUBLISHED: usize = 4096;

/// How many things may wait to be told to the other nodes; more are dropped (judgement).
const OUTGOING: usize = 1024;

/// How many rooms that others created may wait for the registry; more come with the next comparison
/// (judgement).
const APPEARED: usize = 1024;

impl Redis {
    /// Connects to Redis, and begins to keep the connection.
    pub(in crate::server::log) async fn open(settings: RedisSettings) -> Result<Self, OpenError> {
        let url = settings.url.clone();
        let opened = Self::connect(settings).await;
        opened.map_err(|fault| open_error(url, &fault))
    }

    async fn connect(settings: RedisSettings) -> Result<Self, RedisFault> {
        let keys = keys::Keys::new(settings.prefix.clone());
        let scripts = Scripts::new();
        let (sender, published) = inbox();
        let overflowed = sender.overflowed.clone();
        let mut seeds = Seeds::new(&settings)?;
        let link = Link::connect(&mut seeds, (&keys, &scripts), sender.clone(), None).await?;
        let link = after_window(link).await?;
        let greeting = link.greeting.clone();
        let first = *link.time.borrow();
        let (appearing, appeared) = mpsc::channel(APPEARED);
        let (outgoing, waiting) = mpsc::channel(OUTGOING);
        let shared = Arc::new(Shared {
            keys,
            scripts,
            node_name: settings.node_name.clone(),
            metrics: OnceLock::new(),
            node: NodeId(format!("{:016x}", rand::random::<u64>())),
            contact: watch::Sender::new(Contact::Linked(Arc::clone(&link))),
            log_id: watch::Sender::new(greeting.log_id.clone()),
            time: watch::Sender::new(first),
            counts: sender.counts.clone(),
            alive: watch::Sender::new(BTreeSet::new()),
            nodes_changed: Notify::new(),
            lease_ran_out: Notify::new(),
            writes_back: Semaphore::new(write_back::AT_ONCE),
            appeared: appearing,
            outgoing,
            quota_key: watch::Sender::new(greeting.quota_key.clone()),
            held: HeldByAddresses::shared(&greeting.quota_key),
            is_full: AtomicBool::new(false),
            removals: Mutex::default(),
            known: Mutex::new(KnownRooms::default()),
        });
        let (alive, _reading) = lease::renew(&shared, &link).await?;
        let joined_others = alive.len() > 1;
        shared.alive.send_replace(alive);
        let over = watch::Sender::new(false);
        let keeper = keeper::Keeper {
            shared: Arc::clone(&shared),
            seeds,
            inbox: sender,
            greeting: greeting.clone(),
            trusted_until: Instant::now(),
        };
        let waiting = keeper::Waiting {
            published,
            overflowed,
            outgoing: waiting,
        };
        keeper::spawn(keeper, link, waiting, &over);
        Ok(Self {
            shared,
            appeared: Arc::new(Mutex::new(Some(appeared))),
            over: Arc::new(over),
            newest_at: newest_at(&greeting, joined_others),
            server_id: greeting.server_id,
            joined_others,
        })
    }
}

/// Where the connections of a node put what is published, and where it comes out.
fn inbox() -> (Inbox, mpsc::Receiver<Published>) {
    let (published, waiting) = mpsc::channel(PUBLISHED);
    let inbox = Inbox {
        published,
        overflowed: watch::Sender::new(false),
        counts: StoreMetrics::new(),
    };
    (inbox, waiting)
}

fn open_error(url: RedisUrl, fault: &RedisFault) -> OpenError {
    match fault {
        RedisFault::ClusterDatabase => OpenError::RedisClusterDatabase { url },
        fault => OpenError::Redis {
            url,
            reason: fault.to_string(),
        },
    }
}

/// The room time from which a node begins at the earliest. Beside others it carries on what they
/// noted: they are ahead of Redis' clock for long after that was set back.
fn newest_at(greeting: &Greeting, joined_others: bool) -> Option<RoomTime> {
    let since = if joined_others {
        greeting.since_newest
    } else {
        0
    };
    greeting
        .newest
        .map(|newest| RoomTime(newest.saturating_add(since)))
}

/// Waits until nodes may append, if Redis was started again a moment ago.
async fn after_window(link: Link) -> Result<Arc<Link>, RedisFault> {
    let window = link.greeting.window;
    match timeout(window, link.broken()).await {
        Ok(()) => Err(RedisFault::Broken),
        Err(_elapsed) => Ok(Arc::new(link)),
    }
}

/// Counts the rooms of a server in Redis, and changes nothing there.
///
/// # Errors
/// [`OpenError::Redis`] if it cannot be reached, or does not let this server in;
/// [`OpenError::RedisClusterDatabase`].
pub async fn rooms_in_redis(settings: &RedisSettings) -> Result<usize, OpenError> {
    let keys = keys::Keys::new(settings.prefix.clone());
    let counted = async {
        let mut line = Seeds::new(settings)?.connect(&keys, None).await?;
        let mut card = redis::cmd("ZCARD");
        let count: usize = card
            .arg(keys.rooms())
            .query_async(&mut line.connection)
            .await?;
        Ok(count)
    };
    let counted = timeout(2 * ANSWERS_WITHIN, counted).await;
    counted
        .unwrap_or(Err(RedisFault::Silent))
        .map_err(|fault| open_error(settings.url.clone(), &fault))
}
