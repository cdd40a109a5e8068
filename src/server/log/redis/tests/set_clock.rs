//! What Redis' clock leaves behind when it is set.

use tokio::time::timeout;

use super::{alive, eventually, node};
use crate::protocol::ids::NodeId;
use crate::protocol::time::{RoomTime, Span};
use crate::server::log::NotedTime;
use crate::server::log::quota::{Counted, Quota};
use crate::test_support::patience::PATIENCE;
use crate::test_support::redis_server::{Keeps, RedisServer};

/// By how much the clock was set back.
const SET_BACK: Span = Span::seconds(5);

/// What Redis' clock shows, in microseconds.
fn shown(redis: &RedisServer) -> RoomTime {
    let answer = redis.ask("TIME");
    let numbers: Vec<i64> = answer
        .lines()
        .filter_map(|line| line.parse().ok())
        .collect();
    let [seconds, micros] = numbers[..] else {
        panic!("{answer}")
    };
    RoomTime(seconds * 1_000_000 + micros)
}

#[tokio::test]
async fn beside_nodes_that_are_ahead_of_redis_a_new_one_is_as_far_ahead() {
    let redis = RedisServer::start(Keeps::Nothing);
    let one = node(&redis).await;
    // Room time goes on when Redis' clock is set back.
    let noted = shown(&redis) + SET_BACK;
    let note = NotedTime {
        at: noted,
        boot: None,
    };
    one.note_time(note).await.unwrap();
    let before = shown(&redis);
    let passed = Span::millis(30);
    eventually("time passes", async || shown(&redis) >= before + passed).await;
    let two = node(&redis).await;
    let begins = two.newest_at().unwrap();
    assert!(begins >= noted + passed, "{begins:?} {noted:?}");
    assert!(begins <= shown(&redis) + SET_BACK, "{begins:?}");
    // Nobody is there to be in step with: the time of the last note says since when.
    one.close().await;
    two.close().await;
    let alone = node(&redis).await;
    assert_eq!(alone.newest_at(), Some(noted));
}

#[tokio::test]
async fn a_lease_that_ends_too_late_since_the_clock_was_set_back_is_cut_short() {
    let redis = RedisServer::start(Keeps::Nothing);
    let one = node(&redis).await;
    let gone = NodeId("gone".to_owned());
    let added = redis.ask("ZADD {cinema}:nodes 99999999999999 gone");
    assert_eq!(added.trim(), ":1");
    eventually("its lease runs out", async || {
        redis.ask("ZSCORE {cinema}:nodes gone").starts_with("$-1")
    })
    .await;
    eventually("it is gone", async || !alive(&one).contains(&gone)).await;
}

#[tokio::test]
async fn an_address_waits_no_longer_since_the_clock_was_set_back() {
    let redis = RedisServer::start(Keeps::Nothing);
    let one = node(&redis).await;
    let quota = Quota::new("192.0.2.1".parse().unwrap(), Counted::Creation);
    assert_eq!(one.count(&quota).await, Ok(()));
    let keys = redis.ask("KEYS {cinema}:quota:*");
    let bucket = keys.lines().last().unwrap().to_owned();
    let in_an_hour = shown(&redis).0 / 1_000_000 + 3_600;
    redis.ask(&format!("HSET {bucket} left 0 at {in_an_hour}"));
    assert!(one.count(&quota).await.is_err());
    let at = redis.ask(&format!("HGET {bucket} at"));
    let at: f64 = at.lines().last().unwrap().parse().unwrap();
    assert!(
        at + 3_000.0 < f64::from(u32::try_from(in_an_hour).unwrap()),
        "{at}"
    );
}

#[tokio::test]
async fn a_window_that_ends_too_late_since_the_clock_was_set_back_is_cut_short() {
    let redis = RedisServer::start(Keeps::Nothing);
    redis.ask("SET {cinema}:window 3000 PX 3600000");
    let started = timeout(PATIENCE, node(&redis)).await;
    assert!(started.is_ok(), "it waits for an hour");
    let left = redis.ask("PTTL {cinema}:window");
    let left: i64 = left.trim().trim_start_matches(':').parse().unwrap();
    assert!(left <= 3_000, "{left}");
}
