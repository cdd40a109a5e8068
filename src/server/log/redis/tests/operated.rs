//! What an operator sees of several nodes, and what addresses may do at all of them.

use std::net::{IpAddr, Ipv4Addr};

use super::super::addresses;
use super::*;
use crate::protocol::time::RoomTime;
use crate::server::log::quota::{Counted, Quota};
use crate::server::log::{Kind, LogError};

fn tries_of(last: u8) -> Quota {
    let address = IpAddr::from(Ipv4Addr::new(203, 0, 113, last));
    Quota::new(address, Counted::Password)
}

#[tokio::test]
async fn an_address_has_its_tries_at_all_nodes_together() {
    let redis = RedisServer::start(Keeps::Nothing);
    let (one, two) = (node(&redis).await, node(&redis).await);
    for n in 0..10 {
        let log = if n % 2 == 0 { &one } else { &two };
        assert_eq!(log.count(&tries_of(7)).await, Ok(()), "{n}");
    }
    let wait = two.count(&tries_of(7)).await.unwrap_err();
    assert!(wait <= Duration::from_secs(10), "{wait:?}");
    assert!(one.count(&tries_of(7)).await.is_err());
    assert_eq!(one.count(&tries_of(8)).await, Ok(()), "another address");
    let creation = Quota::new(IpAddr::from([203, 0, 113, 7]), Counted::Creation);
    assert_eq!(one.count(&creation).await, Ok(()), "another thing");
    one.count_back(tries_of(7));
    let again = async || two.count(&tries_of(7)).await.is_ok();
    eventually("a try that was given back is there again", again).await;
}

#[tokio::test]
async fn redis_learns_no_address_and_forgets_what_it_counts() {
    let redis = RedisServer::start(Keeps::Nothing);
    let one = node(&redis).await;
    one.count(&tries_of(7)).await.unwrap();
    let keys = redis.ask("KEYS *");
    assert!(!keys.contains("203.0.113"), "{keys}");
    let quota = keys.lines().find(|key| key.contains(":quota:"));
    let quota = quota.expect("a quota").trim();
    let left: i64 = redis
        .ask(&format!("PTTL {quota}"))
        .trim()
        .trim_start_matches(':')
        .parse()
        .unwrap();
    assert!((1..=10_001).contains(&left), "{left}");
}

#[tokio::test]
async fn while_redis_is_away_the_node_counts_alone() {
    let mut redis = RedisServer::start(Keeps::Nothing);
    let one = node(&redis).await;
    redis.kill();
    for n in 0..20 {
        assert_eq!(one.count(&tries_of(7)).await, Ok(()), "{n}");
    }
}

fn tries_address() -> IpAddr {
    IpAddr::from(Ipv4Addr::new(203, 0, 113, 7))
}

#[tokio::test]
async fn what_an_address_holds_is_told_to_all_nodes_and_counts_while_its_node_lives() {
    // It keeps the leases, so that nothing but the new connection has the nodes tell again.
    let mut redis = RedisServer::start(Keeps::Everything);
    let (one, two) = (node(&redis).await, node(&redis).await);
    let sockets = |log: &RoomLog| log.held_by_addresses().elsewhere(tries_address()).sockets;
    let [first, second] = [&one, &two].map(RoomLog::held_by_addresses);
    second.note_sockets(tries_address(), 3);
    eventually("the other is told", async || sockets(&one) == 3).await;
    assert_eq!(sockets(&two), 0, "it knows its own");
    let three = node(&redis).await;
    eventually("one that comes later too", async || sockets(&three) == 3).await;
    first.note_sockets(tries_address(), 1);
    eventually("they add up", async || sockets(&three) == 4).await;
    redis.kill();
    second.note_sockets(tries_address(), 5);
    redis.start_again();
    eventually("what was missed is told", async || sockets(&three) == 6).await;
    two.close().await;
    eventually("one has gone", async || sockets(&three) == 1).await;
}

#[tokio::test]
async fn a_node_that_was_taken_for_dead_tells_what_addresses_hold_at_it() {
    let redis = RedisServer::start(Keeps::Nothing);
    let (one, two) = (node(&redis).await, node(&redis).await);
    let sockets = || one.held_by_addresses().elsewhere(tries_address()).sockets;
    two.held_by_addresses().note_sockets(tries_address(), 3);
    eventually("the other is told", async || sockets() == 3).await;
    let lease = format!("ZREM {{cinema}}:nodes {}", two.node().unwrap().0);
    eventually("its lease is over, and it counts no more", async || {
        redis.ask(&lease);
        sockets() == 0
    })
    .await;
    eventually("it tells again", async || sockets() == 3).await;
}

#[tokio::test]
async fn a_node_alone_keeps_nothing_to_tell_and_tells_all_to_one_that_comes() {
    let mut redis = RedisServer::start(Keeps::Nothing);
    let one = node(&redis).await;
    let held = one.held_by_addresses();
    for last in 0..100 {
        held.note_sockets(IpAddr::from([203, 0, 113, last]), 1);
    }
    eventually("nothing waits for others", async || held.untold() == 0).await;
    let two = node(&redis).await;
    let elsewhere = || two.held_by_addresses().elsewhere(tries_address()).sockets;
    eventually("the other is told", async || elsewhere() == 1).await;
    let Kind::Redis(log) = &one.0 else {
        panic!("{one:?}");
    };
    redis.kill();
    eventually("Redis is away", async || !one.takes_writes()).await;
    let told = addresses::publish(&log.shared, false, &[]).await;
    assert!(told.is_ok(), "nothing needs no Redis: {told:?}");
    let all = addresses::publish(&log.shared, true, &[]).await;
    assert!(matches!(all, Err(LogError::Away)), "{all:?}");
}

#[tokio::test]
async fn the_figures_tell_the_nodes_the_appends_and_what_was_followed() {
    let redis = RedisServer::start(Keeps::Nothing);
    let (one, two) = (node(&redis).await, node(&redis).await);
    append(&one, 1, 1, "one").await;
    two.open(&den()).await.unwrap();
    let mut follower = two.follow(&den());
    append(&one, 2, 3, "one").await;
    next(&mut follower).await;
    let late = two
        .append(&den(), Rev(1), vec![event(2, "two")], None)
        .await;
    assert!(matches!(late, Ok(Appended::Behind(_))), "{late:?}");
    eventually("both are known", async || {
        one.store_figures().unwrap().nodes == 2
    })
    .await;
    let figures = one.store_figures().unwrap();
    assert_eq!(figures.appends["agreed"], 2);
    assert!(figures.round_trip.count > 2, "{figures:?}");
    let figures = two.store_figures().unwrap();
    assert_eq!(figures.appends["behind"], 1);
    assert_eq!(figures.events_followed, 2);
    let signs = two.last_signs().await.unwrap();
    assert_eq!(signs.len(), 2);
    for sign in &signs {
        assert_eq!(sign.name.as_deref(), Some("web-1"), "{signs:?}");
        assert_eq!(sign.connections, Some(0), "{signs:?}");
    }
    assert!(
        signs.iter().all(|sign| sign.age_ms < 10_000),
        "each within a lease: {signs:?}"
    );
}

/// The name, the password `s3cret` and the rights of the user that DEPLOY.md makes.
pub(super) fn user_of_the_documentation() -> String {
    let guide = concat!(env!("CARGO_MANIFEST_DIR"), "/DEPLOY.md");
    let guide = std::fs::read_to_string(guide).unwrap();
    let user = guide.lines().find_map(|line| line.strip_prefix("user "));
    user.expect("a user").replace("PASSWORD", "s3cret")
}

/// How the guide closes the user `default`, as in a `redis.conf`.
fn default_user_of_the_documentation() -> String {
    let guide = concat!(env!("CARGO_MANIFEST_DIR"), "/DEPLOY.md");
    let guide = std::fs::read_to_string(guide).unwrap();
    let (_, line) = guide.split_once("`user default ").expect("the user");
    let (rights, _) = line.split_once('`').unwrap();
    format!("default {rights}")
}

#[tokio::test]
async fn a_redis_whose_default_user_is_closed_as_documented_keeps_its_rooms() {
    let users = [
        user_of_the_documentation(),
        default_user_of_the_documentation(),
    ];
    let words = users.iter().flat_map(|user| {
        let words = user.split(' ');
        ["--user"].into_iter().chain(words)
    });
    let mut redis = RedisServer::with(Keeps::Everything, &words.collect::<Vec<_>>());
    assert!(redis.ask("GET x").starts_with("-NOAUTH"), "it is closed");
    let url = format!("{}?user=watchtogether&pass=s3cret", redis.url());
    let settings = || RedisSettings {
        prefix: crate::server::log::RedisPrefix::default(),
        ..settings(&url)
    };
    let log = RoomLog::redis(settings()).await.unwrap();
    append(&log, 1, 3, "one").await;
    log.close().await;
    redis.kill();
    redis.start_again();
    let log = RoomLog::redis(settings()).await.unwrap();
    assert_eq!(log.rooms().await.unwrap(), [den()]);
    log.close().await;
}

#[tokio::test]
async fn the_user_of_the_documentation_may_do_what_a_node_needs() {
    let user = user_of_the_documentation();
    // As in a `redis.conf`.
    let user: Vec<&str> = ["--user"].into_iter().chain(user.split(' ')).collect();
    let redis = RedisServer::with(Keeps::Nothing, &user);
    let url = format!("{}?user=watchtogether&pass=s3cret", redis.url());
    let settings = || RedisSettings {
        prefix: crate::server::log::RedisPrefix::default(),
        ..settings(&url)
    };
    let (one, two) = (
        RoomLog::redis(settings()).await.unwrap(),
        RoomLog::redis(settings()).await.unwrap(),
    );
    append(&one, 1, 3, "one").await;
    let whole = two.open(&den()).await.unwrap().expect("the room");
    let snapshot = serde_json::to_vec(&whole).unwrap();
    let event = vec![event(4, "two")];
    let done = two
        .append(&den(), Rev(3), event, Some(Bytes::from(snapshot)))
        .await;
    assert!(matches!(done, Ok(Appended::Agreed(_))), "{done:?}");
    assert_eq!(missed(&one, 3).await.len(), 1);
    assert_eq!(one.rooms().await.unwrap(), [den()]);
    let noted = crate::server::log::NotedTime {
        at: RoomTime(5),
        boot: None,
    };
    one.note_time(noted).await.unwrap();
    one.count(&tries_of(1)).await.unwrap();
    one.held_by_addresses().note_sockets(tries_address(), 1);
    let day = Duration::from_hours(24);
    let kept = one.keep_room_key(&den(), [7; 32], day).await.unwrap();
    assert!(kept);
    assert_eq!(two.room_key(&den()).await.unwrap(), Some([7; 32]));
    one.tell_others(&den(), &Bytes::from_static(b"hi"));
    let mut attic = whole;
    attic.state.id = RoomId::parse("attic").unwrap();
    assert!(one.import(&attic).await.unwrap());
    let checked = crate::server::log::check_redis(&settings()).await;
    assert_eq!(checked.unwrap().rooms, 2);
    eventually("two nodes are alive", async || {
        one.last_signs().await.is_ok_and(|signs| signs.len() == 2)
    })
    .await;
    two.forget(&den()).await.unwrap();
    one.close().await;
    two.close().await;
    let refused = redis.ask("ACL LOG");
    assert_eq!(refused.trim(), "*0", "nothing was refused");
    let default = redis.ask("AUTH watchtogether s3cret\r\nFLUSHALL");
    assert!(default.contains("NOPERM"), "{default}");
}
