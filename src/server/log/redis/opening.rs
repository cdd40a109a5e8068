//! Opening the log: the first connection, and the tasks that keep it.

use std::collections::BTreeSet;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, OnceLock};

use redis::InfoDict;
use tokio::sync::{Notify, Semaphore, mpsc, watch};
use tokio::time::{Instant, timeout};

use super::fault::{ANSWERS_WITHIN, RedisFault};
use super::inbox::{Inbox, Published};
use super::keeper::Backoff;
use super::keys::Keys;
use super::link::{Greeting, Link};
use super::rooms::KnownRooms;
use super::scripts::Scripts;
use super::seeds::Seeds;
use super::shared::{Contact, Shared};
use super::unreadable::UnreadableRooms;
use super::{
    OpenError, Redis, RedisRisk, RedisSettings, RedisUrl, diagnosis, keeper, lease, risks,
    write_back,
};
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
        let mut opened = opened.map_err(|fault| open_error(url, &fault))?;
        if let Ok(link) = opened.shared.link() {
            opened.risks = link.risks().await.into();
        }
        Ok(opened)
    }

    async fn connect(settings: RedisSettings) -> Result<Self, RedisFault> {
        let (keys, scripts) = (Keys::of(&settings)?, Scripts::new());
        let (sender, published) = inbox();
        let mut seeds = Seeds::new(&settings)?;
        let link = Link::connect(&mut seeds, (&keys, &scripts), sender.clone(), None).await?;
        let link = after_window(link).await?;
        let greeting = link.greeting.clone();
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
            time: watch::Sender::new(*link.time.borrow()),
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
            unreadable: UnreadableRooms::default(),
            known: Mutex::new(KnownRooms::default()),
        });
        let (alive, _reading) = lease::take(&shared, &link).await?;
        let joined_others = alive.len() > 1;
        shared.alive.send_replace(alive);
        let over = watch::Sender::new(false);
        let keeper = keeper::Keeper {
            shared: Arc::clone(&shared),
            seeds,
            inbox: sender,
            greeting: greeting.clone(),
            trusted_until: Instant::now(),
            backoff: Backoff::default(),
        };
        let waiting = keeper::Waiting {
            published,
            overflowed: keeper.inbox.overflowed.clone(),
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
            risks: Arc::new([]),
        })
    }
}

/// Where the connections of a node put what is published, and where it comes out.
pub(super) fn inbox() -> (Inbox, mpsc::Receiver<Published>) {
    let (published, waiting) = mpsc::channel(PUBLISHED);
    let inbox = Inbox {
        published,
        overflowed: watch::Sender::new(false),
        counts: StoreMetrics::new(),
    };
    (inbox, waiting)
}

fn open_error(url: RedisUrl, fault: &RedisFault) -> OpenError {
    let cause = diagnosis::cause(fault);
    let words = diagnosis::words(fault);
    OpenError::Redis { url, cause, words }
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

/// What `serve --check` finds in Redis.
#[derive(Debug)]
pub struct CheckedRedis {
    /// How many rooms there are.
    pub rooms: usize,
    /// What its settings may cost them.
    pub risks: Vec<RedisRisk>,
}

/// Looks at a server's Redis, and changes nothing there.
///
/// # Errors
/// [`OpenError::Redis`] if it cannot be reached, or does not let this server in.
pub async fn check_redis(settings: &RedisSettings) -> Result<CheckedRedis, OpenError> {
    let looked = async {
        let keys = Keys::of(settings)?;
        let line = Seeds::new(settings)?.connect(&keys, None).await?;
        let mut connection = line.connection;
        let mut asked = redis::pipe();
        asked.cmd("INFO").arg("replication").zcard(keys.rooms());
        let (info, rooms): (InfoDict, usize) = asked.query_async(&mut connection).await?;
        // A start would find that out by what it writes.
        if info.get("role").is_some_and(|role: String| role == "slave") {
            return Err(RedisFault::Replica);
        }
        Ok((rooms, connection))
    };
    let looked = timeout(2 * ANSWERS_WITHIN, looked).await;
    let (rooms, connection) = looked
        .unwrap_or(Err(RedisFault::Silent))
        .map_err(|fault| open_error(settings.url.clone(), &fault))?;
    let risks = risks::of(&connection).await;
    Ok(CheckedRedis { rooms, risks })
}
