//! What Redis may lose by its settings, although it agreed to keep it.

use std::collections::BTreeMap;

use redis::aio::MultiplexedConnection;
use redis::{InfoDict, RedisResult};
use tokio::time::timeout;

use super::fault::{ANSWERS_WITHIN, RedisFault};

/// A setting of Redis by which it may lose what the rooms rely on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RedisRisk {
    /// When its memory is full, it drops any keys, also those of rooms.
    DropsRooms {
        /// Its `maxmemory-policy`.
        policy: String,
    },
    /// When its memory is full, it drops keys that expire: leases, counts and keys for new rooms.
    DropsExpiring {
        /// Its `maxmemory-policy`.
        policy: String,
    },
    /// It writes no append-only file.
    NoAppendOnlyFile,
    /// It syncs that file once a second.
    SyncsEverySecond,
    /// It leaves it to the system when that file is synced.
    NeverSyncs,
}

/// Asks the server that is connected. One that does not answer, or whose user may not ask, has no risks
/// that are known: nothing depends on them.
pub(super) async fn of(connection: &MultiplexedConnection) -> Vec<RedisRisk> {
    let mut connection = connection.clone();
    let asked = timeout(ANSWERS_WITHIN, ask(&mut connection)).await;
    let asked = asked.unwrap_or(Err(RedisFault::Silent));
    asked.unwrap_or_else(|error| {
        tracing::debug!(%error, "Redis does not say how it keeps its data");
        Vec::new()
    })
}

async fn ask(connection: &mut MultiplexedConnection) -> Result<Vec<RedisRisk>, RedisFault> {
    let mut pipeline = redis::pipe();
    pipeline.cmd("INFO").arg("memory");
    pipeline.cmd("INFO").arg("persistence");
    let (memory, persistence): (InfoDict, InfoDict) = pipeline.query_async(connection).await?;
    let mut risks: Vec<RedisRisk> = dropping(&memory).into_iter().collect();
    if persistence.get::<u8>("aof_enabled") == Some(1) {
        risks.extend(syncing(connection).await);
    } else {
        risks.push(RedisRisk::NoAppendOnlyFile);
    }
    Ok(risks)
}

/// Which keys are dropped when the memory is full. Without a limit it never is.
fn dropping(memory: &InfoDict) -> Option<RedisRisk> {
    let most: u64 = memory.get("maxmemory")?;
    let policy: String = memory.get("maxmemory_policy")?;
    match policy.as_str() {
        "noeviction" => None,
        _ if most == 0 => None,
        volatile if volatile.starts_with("volatile-") => Some(RedisRisk::DropsExpiring { policy }),
        _ => Some(RedisRisk::DropsRooms { policy }),
    }
}

/// How the append-only file is synced, which only `CONFIG GET` tells. The user of a node should not be
/// allowed that, since it also tells passwords.
async fn syncing(connection: &mut MultiplexedConnection) -> Option<RedisRisk> {
    let mut get = redis::cmd("CONFIG");
    get.arg("GET").arg("appendfsync");
    let told: RedisResult<BTreeMap<String, String>> = get.query_async(connection).await;
    match told {
        Ok(told) => match told.get("appendfsync").map(String::as_str) {
            Some("everysec") => Some(RedisRisk::SyncsEverySecond),
            Some("no") => Some(RedisRisk::NeverSyncs),
            _ => None,
        },
        Err(error) => {
            let error = RedisFault::from(error);
            tracing::debug!(%error, "Redis does not say how it syncs its file");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use redis::{FromRedisValue, InfoDict, Value};

    use super::{RedisRisk, dropping};

    fn memory(most: u64, policy: &str) -> InfoDict {
        let text = format!("# Memory\r\nmaxmemory:{most}\r\nmaxmemory_policy:{policy}\r\n");
        InfoDict::from_redis_value(Value::BulkString(text.into_bytes())).unwrap()
    }

    #[test]
    fn only_a_redis_that_can_be_full_drops_keys() {
        for (most, policy) in [(0, "allkeys-lru"), (0, "noeviction"), (1, "noeviction")] {
            assert_eq!(dropping(&memory(most, policy)), None, "{most} {policy}");
        }
        let policy = "allkeys-lru".to_owned();
        let rooms = dropping(&memory(1, &policy));
        assert_eq!(rooms, Some(RedisRisk::DropsRooms { policy }));
        let policy = "volatile-ttl".to_owned();
        let expiring = dropping(&memory(1, &policy));
        assert_eq!(expiring, Some(RedisRisk::DropsExpiring { policy }));
    }
}
