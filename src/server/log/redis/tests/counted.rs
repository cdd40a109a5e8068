//! What is counted of Redis, for whoever watches a node.

use super::super::keys::Keys;
use super::*;
use crate::protocol::time::RoomTime;
use crate::server::log::quota::{Counted, Quota};
use crate::server::log::{Kind, TimeReading};

fn incidents(log: &RoomLog, name: &str) -> u64 {
    log.store_figures().unwrap().incidents[name]
}

fn failures(log: &RoomLog, kind: &str) -> u64 {
    log.store_figures().unwrap().failures[kind]
}

fn outcomes(log: &RoomLog, outcome: &str) -> u64 {
    log.store_figures().unwrap().appends[outcome]
}

async fn not_appended(log: &RoomLog, after: u64) {
    let next = vec![event(after + 1, "one")];
    assert!(log.append(&den(), Rev(after), next, None).await.is_err());
}

#[tokio::test]
async fn an_append_that_fails_is_counted_by_its_reason() {
    let redis = RedisServer::start(Keeps::Nothing);
    let one = node(&redis).await;
    append(&one, 1, 1, "one").await;
    redis.ask("ACL SETUSER default -xadd");
    not_appended(&one, 1).await;
    assert_eq!(outcomes(&one, "refused"), 1);
    assert_eq!(failures(&one, "refused"), 1);
    redis.ask("ACL SETUSER default +xadd");
    redis.freeze();
    not_appended(&one, 1).await;
    assert_eq!(outcomes(&one, "unsettled"), 1);
    eventually("it is noticed", async || !one.takes_writes()).await;
    assert!(failures(&one, "timeout") >= 1);
    not_appended(&one, 1).await;
    assert_eq!(outcomes(&one, "away"), 1);
    assert_eq!(outcomes(&one, "agreed"), 1);
}

#[tokio::test]
async fn an_append_that_reaches_redis_too_late_is_counted_apart() {
    let redis = RedisServer::start(Keeps::Nothing);
    let one = node(&redis).await;
    append(&one, 1, 1, "one").await;
    let Kind::Redis(log) = &one.0 else {
        panic!("{one:?}");
    };
    // To this node, Redis' clock shows the beginning of 1970.
    log.shared.link().unwrap().time.send_replace(TimeReading {
        at: RoomTime(0),
        when: Instant::now(),
        doubt: Duration::ZERO,
    });
    not_appended(&one, 1).await;
    assert_eq!(outcomes(&one, "late"), 1);
}

#[tokio::test]
async fn what_nodes_tell_and_nobody_understands_is_counted() {
    let redis = RedisServer::start(Keeps::Nothing);
    let one = node(&redis).await;
    append(&one, 1, 1, "one").await;
    let events = Keys::new("cinema".parse().unwrap(), 0).events();
    redis.ask(&format!("PUBLISH {events} nonsense"));
    eventually("it is counted", async || {
        incidents(&one, "messages_unreadable") == 1
    })
    .await;
}

#[tokio::test]
async fn what_happens_without_redis_is_counted() {
    let mut redis = RedisServer::start(Keeps::Nothing);
    let (one, two) = (node(&redis).await, node(&redis).await);
    eventually("each knows of the other", async || alive(&one).len() == 2).await;
    append(&one, 1, 1, "one").await;
    let room = two.open(&den()).await.unwrap().expect("the room");
    redis.kill();
    eventually("it is noticed", async || !one.takes_writes()).await;
    let address = std::net::IpAddr::from([203, 0, 113, 7]);
    let tries = Quota::new(address, Counted::Password);
    one.count(&tries).await.unwrap();
    assert_eq!(incidents(&one, "counted_alone"), 1);
    one.tell_others(&den(), &Bytes::from_static(b"hi"));
    eventually("it was told to nobody", async || {
        incidents(&one, "messages_dropped") == 1
    })
    .await;
    redis.start_again();
    for log in [&one, &two] {
        eventually("the loss is known", async || {
            matches!(log.missed(&den(), Rev(1)).await, Ok(Missed::Lost))
        })
        .await;
        assert_eq!(incidents(log, "rooms_lost"), 1);
    }
    one.write_back(&room).await.unwrap();
    append_elsewhere(&redis);
    two.write_back(&room).await.unwrap();
    assert_eq!(incidents(&two, "write_backs_refused"), 1);
    assert_eq!(incidents(&one, "write_backs_refused"), 0);
    eventually("it is back", async || one.takes_writes()).await;
    assert_eq!(incidents(&one, "new_epochs"), 1);
}

/// Has the room be another one than any node knows.
fn append_elsewhere(redis: &RedisServer) {
    let head = Keys::new("cinema".parse().unwrap(), 0).room(&den()).head;
    redis.ask(&format!("HSET {head} rev 2 tip 00000000000000ab"));
}

#[tokio::test]
async fn an_address_that_is_counted_slowly_costs_the_node_no_connection() {
    let redis = RedisServer::start(Keeps::Nothing);
    let one = node(&redis).await;
    append(&one, 1, 1, "one").await;
    redis.freeze();
    let quota = Quota::new("192.0.2.1".parse().unwrap(), Counted::Creation);
    // This node's own count has to do.
    assert_eq!(one.count(&quota).await, Ok(()));
    redis.thaw();
    append(&one, 2, 1, "two").await;
    assert_eq!(failures(&one, "timeout"), 0);
}
