//! Redis that freezes, is killed and comes back, and nodes that end.

use std::collections::BTreeSet;

use super::{alive, append, den, event, eventually, missed, next, node, settings};
use crate::protocol::ids::Rev;
use crate::server::log::{FromOthers, LogError, RoomLog};
use crate::test_support::redis_server::{Keeps, RedisServer};

async fn is_back(log: &RoomLog) {
    eventually("Redis is back", async || log.takes_writes()).await;
}

#[tokio::test]
async fn an_append_that_a_frozen_redis_did_not_answer_never_counts_later() {
    let redis = RedisServer::start(Keeps::Nothing);
    let (one, two) = (node(&redis).await, node(&redis).await);
    append(&one, 1, 1, "one").await;
    redis.freeze();
    let tried = one
        .append(&den(), Rev(1), vec![event(2, "one")], None)
        .await;
    // Redis may have carried it out before it froze.
    assert!(matches!(tried, Err(LogError::Unsettled)), "{tried:?}");
    eventually("it is noticed", async || !one.takes_writes()).await;
    let tried = one
        .append(&den(), Rev(1), vec![event(2, "one")], None)
        .await;
    assert!(matches!(tried, Err(LogError::Away)), "{tried:?}");
    redis.thaw();
    is_back(&one).await;
    is_back(&two).await;
    assert_eq!(missed(&one, 1).await, [], "it was refused");
    two.open(&den()).await.unwrap().expect("the room");
    append(&two, 2, 2, "two").await;
    assert_eq!(missed(&one, 1).await, [event(2, "two")]);
}

#[tokio::test]
async fn an_append_whose_answer_was_lost_is_settled_by_what_was_missed() {
    let mut redis = RedisServer::start(Keeps::Everything);
    let one = node(&redis).await;
    append(&one, 1, 1, "one").await;
    let id = one.id();
    redis.freeze();
    let racing = one.clone();
    let tried = tokio::spawn(async move {
        racing
            .append(&den(), Rev(1), vec![event(2, "one")], None)
            .await
    });
    // Once it was sent.
    tokio::task::yield_now().await;
    redis.kill();
    let tried = tried.await.unwrap();
    let is_open = matches!(tried, Err(LogError::Unsettled | LogError::Away));
    assert!(is_open, "{tried:?}");
    let missed_now = one.missed(&den(), Rev(1)).await;
    assert!(matches!(missed_now, Err(LogError::Away)), "{missed_now:?}");
    redis.start_again();
    is_back(&one).await;
    assert_ne!(one.id(), id, "another run of Redis is another log");
    assert_eq!(missed(&one, 1).await, [], "it was not kept");
    append(&one, 2, 2, "one").await;
}

#[tokio::test]
async fn what_a_restart_kept_goes_on_where_it_was() {
    let mut redis = RedisServer::start(Keeps::Everything);
    let (one, two) = (node(&redis).await, node(&redis).await);
    append(&one, 1, 3, "one").await;
    two.open(&den()).await.unwrap().expect("the room");
    let mut news = two.follow(&den());
    let id = one.id();
    redis.start_again();
    eventually("it is another run", async || one.id() != id).await;
    is_back(&one).await;
    append(&one, 4, 4, "one").await;
    loop {
        match next(&mut news).await {
            FromOthers::Appended { after, events } => {
                assert_eq!((after, events), (Rev(3), vec![event(4, "one")]));
                break;
            }
            FromOthers::Check if missed(&two, 3).await == [event(4, "one")] => break,
            FromOthers::Check | FromOthers::Returned => {}
            other @ FromOthers::Told { .. } => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn rooms_are_told_that_the_log_is_back() {
    let mut redis = RedisServer::start(Keeps::Everything);
    let one = node(&redis).await;
    append(&one, 1, 1, "one").await;
    let mut news = one.follow(&den());
    redis.start_again();
    loop {
        match next(&mut news).await {
            FromOthers::Returned => break,
            FromOthers::Check => {}
            other => panic!("{other:?}"),
        }
    }
    append(&one, 2, 2, "one").await;
}

#[tokio::test]
async fn a_node_that_ends_is_gone_at_once_and_one_that_fails_after_its_lease() {
    let redis = RedisServer::start(Keeps::Nothing);
    let one = node(&redis).await;
    assert!(!one.nodes().joined_others);
    let (two, three) = (node(&redis).await, node(&redis).await);
    assert!(three.nodes().joined_others);
    let all = [&one, &two, &three].map(|log| log.node().unwrap());
    let [first, second, third] = all.clone();
    eventually("all know of all", async || {
        alive(&one) == BTreeSet::from(all.clone())
    })
    .await;
    two.close().await;
    eventually("one has gone", async || !alive(&one).contains(&second)).await;
    assert!(alive(&one).contains(&third));
    // Its tasks end with its last handle, and nobody gives its lease back.
    drop(three);
    eventually("its lease has run out", async || {
        alive(&one) == BTreeSet::from([first.clone()])
    })
    .await;
}

#[tokio::test]
async fn a_server_that_became_a_replica_is_away_until_it_is_none_any_more() {
    let redis = RedisServer::start(Keeps::Nothing);
    let one = node(&redis).await;
    append(&one, 1, 1, "one").await;
    // A master that nobody can reach.
    assert!(redis.ask("REPLICAOF 127.0.0.1 1").starts_with("+OK"));
    let tried = one
        .append(&den(), Rev(1), vec![event(2, "one")], None)
        .await;
    assert!(matches!(tried, Err(LogError::Away)), "{tried:?}");
    assert!(!one.takes_writes(), "as soon as it refuses a write");
    assert!(redis.ask("REPLICAOF NO ONE").starts_with("+OK"));
    is_back(&one).await;
    assert_eq!(missed(&one, 1).await, [], "it was not carried out");
    append(&one, 2, 2, "one").await;
}

#[tokio::test]
async fn a_password_is_needed_and_never_told() {
    let redis = RedisServer::with(Keeps::Nothing, &["--requirepass", "s3cret"]);
    let refused = RoomLog::redis(settings(&redis.url())).await.unwrap_err();
    assert!(refused.to_string().contains("unix:"), "{refused}");
    let wrong = format!("{}?pass=wr0ng", redis.url());
    let refused = RoomLog::redis(settings(&wrong)).await.unwrap_err();
    assert!(!refused.to_string().contains("wr0ng"), "{refused}");
    let right = format!("{}?pass=s3cret", redis.url());
    let log = RoomLog::redis(settings(&right)).await.unwrap();
    append(&log, 1, 1, "one").await;
    assert!(!format!("{log:?}").contains("s3cret"), "{log:?}");
}
