//! What the settings of a Redis may cost, as a start and a check tell it.

use super::operated::user_of_the_documentation;
use super::{node, settings};
use crate::server::log::{RedisPrefix, RedisRisk, RedisSettings, RoomLog, check_redis};
use crate::test_support::redis_cluster::{OTHERS, OWNER, RedisCluster};
use crate::test_support::redis_server::{Keeps, RedisServer};

/// The risks that both find.
async fn found(settings: RedisSettings) -> Vec<RedisRisk> {
    let checked = check_redis(&settings).await.unwrap().risks;
    let log = RoomLog::redis(settings).await.unwrap();
    assert_eq!(log.risks(), checked);
    checked
}

fn policy(name: &str) -> String {
    name.to_owned()
}

#[tokio::test]
async fn a_redis_set_as_documented_has_none() {
    let redis = RedisServer::start(Keeps::Everything);
    assert_eq!(found(settings(&redis.url())).await, []);
    // It is full at some time, and refuses writes then.
    redis.ask("CONFIG SET maxmemory 100mb");
    assert_eq!(found(settings(&redis.url())).await, []);
}

#[tokio::test]
async fn a_redis_that_drops_keys_or_keeps_nothing_is_told_of() {
    let redis = RedisServer::start(Keeps::Nothing);
    redis.ask("CONFIG SET maxmemory-policy allkeys-lru");
    assert_eq!(
        found(settings(&redis.url())).await,
        [RedisRisk::NoAppendOnlyFile],
        "it is never full"
    );
    redis.ask("CONFIG SET maxmemory 100mb");
    let drops = RedisRisk::DropsRooms {
        policy: policy("allkeys-lru"),
    };
    assert_eq!(
        found(settings(&redis.url())).await,
        [drops, RedisRisk::NoAppendOnlyFile]
    );
}

#[tokio::test]
async fn a_redis_that_syncs_later_is_told_of() {
    let redis = RedisServer::start(Keeps::Everything);
    redis.ask("CONFIG SET maxmemory 100mb");
    redis.ask("CONFIG SET maxmemory-policy volatile-ttl");
    let drops = RedisRisk::DropsExpiring {
        policy: policy("volatile-ttl"),
    };
    for (sync, risk) in [
        ("everysec", RedisRisk::SyncsEverySecond),
        ("no", RedisRisk::NeverSyncs),
    ] {
        redis.ask(&format!("CONFIG SET appendfsync {sync}"));
        assert_eq!(
            found(settings(&redis.url())).await,
            [drops.clone(), risk],
            "{sync}"
        );
    }
}

#[tokio::test]
async fn what_a_user_may_not_ask_is_passed_over() {
    let user = user_of_the_documentation();
    let user: Vec<&str> = ["--user"].into_iter().chain(user.split(' ')).collect();
    let redis = RedisServer::with(Keeps::Everything, &user);
    redis.ask("CONFIG SET appendfsync everysec");
    let url = format!("{}?user=watchtogether&pass=s3cret", redis.url());
    let of_user = RedisSettings {
        prefix: RedisPrefix::default(),
        ..settings(&url)
    };
    assert_eq!(found(of_user.clone()).await, []);
    let log = RoomLog::redis(of_user.clone()).await.unwrap();
    let figures = log.store_figures().unwrap();
    assert_eq!(figures.failures["refused"], 0, "it is no failure");
    let of_default = node(&redis).await;
    assert_eq!(of_default.risks(), [RedisRisk::SyncsEverySecond]);
    // What the user may ask is told.
    redis.ask("CONFIG SET appendonly no");
    assert_eq!(found(of_user).await, [RedisRisk::NoAppendOnlyFile]);
}

#[tokio::test]
async fn of_a_cluster_the_server_that_has_the_keys_counts() {
    let cluster = RedisCluster::start("cinema", &[]);
    let drops_keys = |server| {
        cluster.order(server, "CONFIG SET maxmemory 100mb");
        cluster.order(server, "CONFIG SET maxmemory-policy allkeys-random");
    };
    drops_keys(OTHERS[0]);
    let given = settings(&cluster.url(OTHERS[0]));
    assert_eq!(found(given.clone()).await, [RedisRisk::NoAppendOnlyFile]);
    drops_keys(OWNER);
    let drops = RedisRisk::DropsRooms {
        policy: policy("allkeys-random"),
    };
    assert_eq!(found(given).await, [drops, RedisRisk::NoAppendOnlyFile]);
}
