//! One connection to Redis: commands and their answers, and the news that Redis pushes on it.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use redis::aio::MultiplexedConnection;
use redis::{FromRedisValue, RedisResult, ScriptInvocation, Value};
use tokio::sync::watch;
use tokio::time::{Instant, timeout};

use super::fault::{ANSWERS_WITHIN, RedisFault, is_redirection, is_wrong_type};
use super::inbox::Inbox;
use super::keys::Keys;
use super::record;
use super::risks::{self, RedisRisk};
use super::scripts::Scripts;
use super::seeds::{Line, Seeds, info};
use super::time::{micros, reading};
use crate::protocol::ids::LogId;
use crate::server::log::{DataFault, TimeReading};
use crate::server::metrics::store::{StoreFailure, StoreMetrics};

/// How long nobody appends after Redis was started again: meanwhile nodes give back what it lost
/// (judgement: they notice at once, and reconnect within a second).
const WINDOW: Duration = Duration::from_secs(3);

/// A connection on which a node was greeted.
#[derive(Debug)]
pub(super) struct Link {
    connection: MultiplexedConnection,
    lost: watch::Sender<bool>,
    counts: StoreMetrics,
    /// How many renewals of leases the epoch has had, as far as the node knows.
    renewals: AtomicI64,
    /// Redis' clock as it was read last.
    pub(super) time: watch::Sender<TimeReading>,
    /// What Redis said of the server.
    pub(super) greeting: Greeting,
}

/// What a node learns before it may append.
#[derive(Debug, Clone)]
pub(super) struct Greeting {
    /// The id of the server that all nodes are.
    pub(super) server_id: String,
    /// The id of the log, which is that of the epoch: another one after each start of Redis, and
    /// after it has lost data.
    pub(super) log_id: LogId,
    /// The newest room time that was noted, in microseconds; `None` on a new server.
    pub(super) newest: Option<i64>,
    /// How long ago that was by Redis' clock, in microseconds.
    pub(super) since_newest: i64,
    /// What addresses are hashed with, which the first node made.
    pub(super) quota_key: String,
    /// How many renewals of leases the epoch has had.
    pub(super) renewals: i64,
    /// The epoch's rank: higher than that of all epochs before it.
    pub(super) rank: i64,
    /// How long nobody appends yet.
    pub(super) window: Duration,
    /// Until when rooms with fewer events are replaced by what nodes write back: in Redis' time, in
    /// microseconds.
    pub(super) window_ends: i64,
}

impl Link {
    /// Connects to the server that has the keys, subscribes to the news and is greeted. `before` is what a node knows that was
    /// here before.
    pub(super) async fn connect(
        seeds: &mut Seeds,
        (keys, scripts): (&Keys, &Scripts),
        inbox: Inbox,
        before: Option<&Greeting>,
    ) -> Result<Self, RedisFault> {
        let counts = inbox.counts.clone();
        let greeted = async {
            let line = seeds.connect(keys, Some(&inbox)).await?;
            let Line {
                mut connection,
                lost,
            } = line;
            connection.subscribe(&[keys.events(), keys.told()]).await?;
            let (greeting, time) = greet(&mut connection, keys, scripts, before).await?;
            Ok(Self {
                connection,
                lost,
                counts,
                renewals: AtomicI64::new(greeting.renewals),
                time: watch::Sender::new(time),
                greeting,
            })
        };
        timeout(2 * ANSWERS_WITHIN, greeted)
            .await
            .unwrap_or(Err(RedisFault::Silent))
    }

    /// Whether the connection is still there.
    pub(super) fn is_whole(&self) -> bool {
        !*self.lost.borrow()
    }

    /// What the settings of Redis may cost the rooms.
    pub(super) async fn risks(&self) -> Vec<RedisRisk> {
        risks::of(&self.connection).await
    }

    /// Waits until the connection has broken.
    pub(super) async fn broken(&self) {
        let mut lost = self.lost.subscribe();
        // The sender lives as long as `self`, so there is no error.
        let _lost = lost.wait_for(|lost| *lost).await;
    }

    /// Another connection is made: Redis has lost data, and has to greet the node again.
    pub(super) fn give_up(&self) {
        self.lost.send_replace(true);
    }

    /// How many renewals of leases the epoch has had, as far as the node knows.
    pub(super) fn renewals(&self) -> i64 {
        self.renewals.load(Ordering::Acquire)
    }

    /// The epoch has had so many renewals.
    pub(super) fn note_renewals(&self, renewals: i64) {
        self.renewals.fetch_max(renewals, Ordering::AcqRel);
    }

    /// Runs a script, and waits at most this long for its answer.
    pub(super) async fn run(
        &self,
        script: &ScriptInvocation<'_>,
        patience: Duration,
    ) -> Result<Value, RedisFault> {
        let mut connection = self.connection.clone();
        self.answered(patience, script.invoke_async(&mut connection))
            .await
    }

    /// Runs the commands of a pipeline, and waits for all their answers.
    pub(super) async fn ask<T: FromRedisValue>(
        &self,
        pipeline: &redis::Pipeline,
    ) -> Result<T, RedisFault> {
        let mut connection = self.connection.clone();
        self.answered(ANSWERS_WITHIN, pipeline.query_async(&mut connection))
            .await
    }

    /// As [`Self::ask`], for commands that read; that a key holds something of another type is the answer
    /// about that key.
    pub(super) async fn ask_each(
        &self,
        pipeline: &mut redis::Pipeline,
    ) -> Result<Vec<Result<Value, DataFault>>, RedisFault> {
        let mut connection = self.connection.clone();
        let answers = async {
            let pipeline = pipeline.ignore_errors();
            let answers: Vec<RedisResult<Value>> = pipeline.query_async(&mut connection).await?;
            let of_key = |answer: RedisResult<Value>| match answer {
                Err(error) if !is_wrong_type(&error) => Err(error),
                answer => Ok(answer.map_err(|error| DataFault::other(&error))),
            };
            answers.into_iter().map(of_key).collect()
        };
        self.answered(ANSWERS_WITHIN, answers).await
    }

    async fn answered<T>(
        &self,
        patience: Duration,
        answer: impl Future<Output = RedisResult<T>>,
    ) -> Result<T, RedisFault> {
        let asked = Instant::now();
        match timeout(patience, answer).await {
            Ok(Ok(answer)) => {
                self.counts.answered(asked.elapsed());
                Ok(answer)
            }
            Ok(Err(error)) => {
                // Where the keys are now is looked up for a new connection.
                if error.is_unrecoverable_error() || is_redirection(&error) {
                    self.lost.send_replace(true);
                }
                let fault = RedisFault::from(error);
                let why = if fault.is_refusal() {
                    StoreFailure::Refused
                } else {
                    StoreFailure::Broken
                };
                self.counts.failed(why);
                Err(fault)
            }
            Err(_elapsed) => {
                self.counts.failed(StoreFailure::Timeout);
                // Nobody else waits as long for nothing: a new connection is made.
                self.lost.send_replace(true);
                Err(RedisFault::Silent)
            }
        }
    }

    /// The time of Redis, in microseconds, after which what is sent now within `span` no longer
    /// counts; and how long to wait until that time is over there for certain.
    pub(super) fn deadline(&self, span: Duration) -> (i64, Duration) {
        let TimeReading { at, when, doubt } = *self.time.borrow();
        let since = Instant::now().saturating_duration_since(when);
        // Redis cannot be further than that.
        let latest = at.0.saturating_add(micros(since + doubt));
        let deadline = latest.saturating_add(micros(span));
        // Two clocks drift apart by far less than one in a thousand.
        (deadline, span + 2 * doubt + since / 1_000 + MARGIN)
    }
}

/// How much longer than until the deadline an answer is waited for (judgement).
const MARGIN: Duration = Duration::from_millis(50);

async fn greet(
    connection: &mut MultiplexedConnection,
    keys: &Keys,
    scripts: &Scripts,
    before: Option<&Greeting>,
) -> Result<(Greeting, TimeReading), RedisFault> {
    let info = info(connection).await?;
    let run: String = info.get("run_id").unwrap_or_default();
    let new_id = || format!("{:016x}", rand::random::<u64>());
    let server = before.map_or_else(new_id, |before| before.server_id.clone());
    let new_key = || format!("{:032x}", rand::random::<u128>());
    let quota_key = before.map_or_else(new_key, |before| before.quota_key.clone());
    let epoch = before.map_or_else(String::new, |before| before.log_id.0.clone());
    let (renewals, rank) = before.map_or((0, 0), |before| (before.renewals, before.rank));
    let answer: Value = scripts
        .greet
        .key(keys.server())
        .key(keys.epoch())
        .key(keys.window())
        .key(keys.time())
        .key(keys.quota_key())
        .arg(server)
        .arg(&run)
        .arg(WINDOW.as_millis().to_string())
        .arg(epoch)
        .arg(quota_key)
        .arg(new_id())
        .arg(renewals.to_string())
        .arg(rank.to_string())
        .invoke_async(connection)
        .await?;
    let mut parts = record::list(answer)?.into_iter();
    let mut next = || record::text(parts.next().unwrap_or_default());
    let (server_id, window, newest, ends) = (next()?, next()?, next()?, next()?);
    let since_newest = next()?.parse().unwrap_or_default();
    let (quota_key, epoch, renewals, rank) = (next()?, next()?, next()?, next()?);
    let asked = Instant::now();
    let shown: (i64, i64) = redis::cmd("TIME").query_async(connection).await?;
    let time = reading(shown, asked, Instant::now());
    let greeting = Greeting {
        server_id,
        log_id: LogId(epoch),
        newest: newest.parse().ok(),
        since_newest,
        quota_key,
        renewals: renewals.parse().unwrap_or_default(),
        rank: rank.parse().unwrap_or_default(),
        window: Duration::from_millis(window.parse().unwrap_or_default()),
        // Another node's window may end a little earlier by its timer.
        window_ends: ends.parse::<i64>().unwrap_or_default() - micros(MARGIN),
    };
    Ok((greeting, time))
}
