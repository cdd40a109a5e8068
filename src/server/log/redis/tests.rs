//! The log in a real Redis, as two nodes see it.

use std::collections::BTreeSet;
use std::time::Duration;

use bytes::Bytes;
use tokio::time::{Instant, timeout};

use super::{RedisSettings, RoomFollower};
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::{NodeId, Rev, RoomId};
use crate::room::committed::{Committed, Room};
use crate::server::log::test_events::titled;
use crate::server::log::{Appended, FromOthers, Missed, RoomLog};
use crate::test_support::patience::PATIENCE;
use crate::test_support::redis_server::{Keeps, RedisServer};

mod begun_again;
mod breaks;
mod cluster;
mod counted;
mod kept;
mod losses;
mod operated;
mod refusals;
mod rights;
mod risks;
mod set_clock;
mod unreadable;

fn den() -> RoomId {
    RoomId::parse("den").unwrap()
}

fn settings(url: &str) -> RedisSettings {
    RedisSettings {
        url: url.parse().unwrap(),
        prefix: "cinema".parse().unwrap(),
        authorities: None,
        node_name: "web-1".parse().unwrap(),
    }
}

/// A node at a Redis.
async fn node(redis: &RedisServer) -> RoomLog {
    RoomLog::redis(settings(&redis.url())).await.unwrap()
}

/// The event of a room with this rev: its creation, then a title that says who gave it.
fn event(rev: u64, by: &str) -> Committed {
    titled(rev, &format!("{by} {rev}"))
}

/// The room after these events.
fn folded(events: &[Committed]) -> Room {
    let mut room = Room::new(den());
    for event in events {
        room.apply(event);
    }
    room
}

/// Appends the events from one rev to another, none of which anybody else has appended.
async fn append(log: &RoomLog, from: u64, to: u64, by: &str) {
    let events = (from..=to).map(|rev| event(rev, by)).collect();
    match log.append(&den(), Rev(from - 1), events, None).await {
        Ok(Appended::Agreed(durable)) => durable.wait().await.unwrap(),
        other => panic!("{other:?}"),
    }
}

/// What was missed after a rev, if it is events.
async fn missed(log: &RoomLog, after: u64) -> Vec<Committed> {
    match log.missed(&den(), Rev(after)).await.unwrap() {
        Missed::Events(events) => events,
        other => panic!("{other:?}"),
    }
}

async fn next(follower: &mut RoomFollower) -> FromOthers {
    timeout(PATIENCE, follower.next()).await.expect("news")
}

/// Waits until something holds, which no message announces.
async fn eventually(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let waited = async {
        while !holds().await {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    assert!(timeout(PATIENCE, waited).await.is_ok(), "in vain: {what}");
}

#[tokio::test]
async fn what_one_node_appends_another_has() {
    let redis = RedisServer::start(Keeps::Nothing);
    let (one, two) = (node(&redis).await, node(&redis).await);
    assert_eq!(one.id(), two.id(), "the log is one");
    assert_eq!(one.server_id(), two.server_id(), "and so is the server");
    append(&one, 1, 3, "one").await;
    let events: Vec<Committed> = (1..=3).map(|rev| event(rev, "one")).collect();
    assert_eq!(two.rooms().await.unwrap(), [den()]);
    assert_eq!(two.open(&den()).await.unwrap(), Some(folded(&events)));
    append(&two, 4, 4, "two").await;
    assert_eq!(missed(&one, 3).await, [event(4, "two")]);
    assert_eq!(missed(&one, 4).await, []);
    assert_eq!(
        two.open(&RoomId::parse("attic").unwrap()).await.unwrap(),
        None
    );
}

#[tokio::test]
async fn a_node_that_was_behind_gets_what_it_missed() {
    let redis = RedisServer::start(Keeps::Nothing);
    let (one, two) = (node(&redis).await, node(&redis).await);
    append(&one, 1, 2, "one").await;
    // Both create the room at once, as it seems to the second.
    let late = two
        .append(&den(), Rev(0), vec![event(1, "two")], None)
        .await;
    let Ok(Appended::Behind(Missed::Events(events))) = late else {
        panic!("{late:?}");
    };
    assert_eq!(events, [event(1, "one"), event(2, "one")]);
    append(&two, 3, 3, "two").await;
    let late = one
        .append(&den(), Rev(2), vec![event(3, "one")], None)
        .await;
    let Ok(Appended::Behind(Missed::Events(events))) = late else {
        panic!("{late:?}");
    };
    assert_eq!(events, [event(3, "two")]);
    append(&one, 4, 4, "one").await;
}

#[tokio::test]
async fn a_snapshot_stands_for_the_events_before_it_and_bounds_them() {
    let redis = RedisServer::start(Keeps::Nothing);
    let (one, two) = (node(&redis).await, node(&redis).await);
    let mut all = Vec::new();
    let mut rev = 0;
    for _ in 0..8 {
        let some: Vec<Committed> = (rev + 1..=rev + 256).map(|rev| event(rev, "one")).collect();
        all.extend(some.clone());
        let snapshot = Bytes::from(serde_json::to_vec(&folded(&all)).unwrap());
        let appended = one.append(&den(), Rev(rev), some, Some(snapshot)).await;
        assert!(matches!(appended, Ok(Appended::Agreed(_))), "{appended:?}");
        rev += 256;
    }
    append(&one, 2049, 2050, "one").await;
    all.extend([event(2049, "one"), event(2050, "one")]);
    assert_eq!(two.open(&den()).await.unwrap(), Some(folded(&all)));
    let kept = redis.ask("XLEN {cinema}:room:den:log");
    assert_eq!(kept.trim(), format!(":{}", 512 + 1 + 2));
    // Whoever knows none of the events that are kept gets the room.
    let old = node(&redis).await;
    let missed = old.missed(&den(), Rev(3)).await.unwrap();
    assert!(matches!(missed, Missed::Room(room) if *room == folded(&all)));
    append(&old, 2051, 2051, "old").await;
    // A snapshot alone is no event.
    let snapshot = Bytes::from(serde_json::to_vec(&folded(&all)).unwrap());
    let appended = two
        .append(&den(), Rev(2050), Vec::new(), Some(snapshot))
        .await;
    assert!(matches!(appended, Ok(Appended::Behind(_))), "{appended:?}");
    all.push(event(2051, "old"));
    let snapshot = Bytes::from(serde_json::to_vec(&folded(&all)).unwrap());
    let appended = two
        .append(&den(), Rev(2051), Vec::new(), Some(snapshot))
        .await;
    assert!(matches!(appended, Ok(Appended::Agreed(_))), "{appended:?}");
    append(&old, 2052, 2052, "old").await;
}

#[tokio::test]
async fn a_creation_that_failed_hides_no_later_room_of_the_name() {
    let redis = RedisServer::start(Keeps::Nothing);
    let (one, two) = (node(&redis).await, node(&redis).await);
    let mut appeared = two.nodes().appeared.expect("it was not taken");
    // Whoever creates a room follows it first.
    drop(two.follow(&den()));
    append(&one, 1, 1, "one").await;
    let room = timeout(PATIENCE, appeared.recv()).await;
    assert_eq!(room.expect("it appears"), Some(den()));
}

#[tokio::test]
async fn a_follower_is_told_what_others_append_and_how_a_room_ends() {
    let redis = RedisServer::start(Keeps::Nothing);
    let (one, two) = (node(&redis).await, node(&redis).await);
    let mut appeared = two.nodes().appeared.expect("it was not taken");
    assert!(two.nodes().appeared.is_none(), "it is there once");
    append(&one, 1, 1, "one").await;
    let room = timeout(PATIENCE, appeared.recv()).await.unwrap();
    assert_eq!(room, Some(den()));
    two.open(&den()).await.unwrap().expect("the room");
    let mut news = two.follow(&den());
    append(&one, 2, 3, "one").await;
    match next(&mut news).await {
        FromOthers::Appended { after, events } => {
            assert_eq!(after, Rev(1));
            assert_eq!(events, [event(2, "one"), event(3, "one")]);
        }
        other => panic!("{other:?}"),
    }
    // Its own appends come by their answers; the next news are another node's again.
    append(&two, 4, 4, "two").await;
    assert_eq!(missed(&one, 3).await, [event(4, "two")]);
    eventually("each knows of the other", async || alive(&one).len() == 2).await;
    one.tell_others(&den(), &Bytes::from_static(b"hi\nthere"));
    match next(&mut news).await {
        FromOthers::Told { from, message } => {
            assert_eq!(Some(from), one.node());
            assert_eq!(message, "hi\nthere");
        }
        other => panic!("{other:?}"),
    }
    one.forget(&den()).await.unwrap();
    assert!(matches!(next(&mut news).await, FromOthers::Check));
    let missed = two.missed(&den(), Rev(4)).await.unwrap();
    assert!(matches!(missed, Missed::Gone), "{missed:?}");
    let left = redis.ask("KEYS {cinema}:room:den:*");
    assert!(left.starts_with("*1") && left.trim().ends_with(":removed"));
    let ends = redis.ask("PTTL {cinema}:room:den:removed");
    assert!(!ends.starts_with(":-"), "for a while: {ends}");
    // A later room of the same name begins anew, for both.
    append(&two, 1, 1, "two").await;
    append(&two, 2, 2, "two").await;
    one.open(&den()).await.unwrap().expect("the new room");
    append(&one, 3, 3, "one").await;
}

#[tokio::test]
async fn a_full_channel_gets_a_check_for_certain() {
    let redis = RedisServer::start(Keeps::Nothing);
    let (one, two) = (node(&redis).await, node(&redis).await);
    append(&one, 1, 1, "one").await;
    two.open(&den()).await.unwrap().expect("the room");
    let mut news = two.follow(&den());
    for rev in 2..200 {
        append(&one, rev, rev, "one").await;
    }
    let mut reached = Rev(1);
    while reached < Rev(199) {
        let events = match next(&mut news).await {
            FromOthers::Appended { after, events } => {
                assert_eq!(after, reached, "no gap without a check");
                events
            }
            FromOthers::Check => missed(&two, reached.0).await,
            other @ (FromOthers::Told { .. } | FromOthers::Returned) => panic!("{other:?}"),
        };
        for committed in events {
            assert_eq!(committed.fact.rev, reached.next());
            reached = committed.fact.rev;
        }
    }
}

/// Appends one event a time until it has appended so many itself, as a replica does: what others
/// appended first is applied, and then it decides again. Returns all events.
async fn race(log: RoomLog, by: &'static str, own: usize) -> Vec<Committed> {
    let mut all: Vec<Committed> = Vec::new();
    let mut appended = 0;
    while appended < own {
        let after = Rev(all.len() as u64);
        let next = event(after.0 + 1, by);
        match log.append(&den(), after, vec![next.clone()], None).await {
            Ok(Appended::Agreed(_)) => {
                all.push(next);
                appended += 1;
            }
            Ok(Appended::Behind(Missed::Events(missed))) => all.extend(missed),
            other => panic!("{other:?}"),
        }
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn two_nodes_that_append_at_once_lose_and_double_nothing() {
    const EACH: usize = 1_500;
    let redis = RedisServer::start(Keeps::Nothing);
    let (one, two) = (node(&redis).await, node(&redis).await);
    let racing = tokio::spawn(race(one.clone(), "one", EACH));
    let mut of_two = race(two.clone(), "two", EACH).await;
    let mut of_one = racing.await.unwrap();
    of_one.extend(missed(&one, of_one.len() as u64).await);
    of_two.extend(missed(&two, of_two.len() as u64).await);
    assert_eq!(of_one.len(), 2 * EACH, "each once");
    assert!(of_one == of_two, "in one order");
    let own = of_one.iter().filter(|event| match &event.fact.event {
        RoomEvent::Titled { title } | RoomEvent::Created { title, .. } => title
            .as_ref()
            .is_some_and(|title| title.as_str().starts_with("one")),
        _ => false,
    });
    assert_eq!(own.count(), EACH);
}

#[tokio::test]
async fn a_room_from_elsewhere_is_taken_once_and_appears_everywhere() {
    let redis = RedisServer::start(Keeps::Nothing);
    let (one, two) = (node(&redis).await, node(&redis).await);
    let mut appeared = two.nodes().appeared.expect("it was not taken");
    let events: Vec<Committed> = (1..=5).map(|rev| event(rev, "old")).collect();
    let room = folded(&events);
    assert!(one.import(&room).await.unwrap());
    assert!(!one.import(&room).await.unwrap(), "there is one now");
    let told = timeout(PATIENCE, appeared.recv()).await.unwrap();
    assert_eq!(told, Some(den()));
    assert_eq!(two.open(&den()).await.unwrap(), Some(room));
    append(&two, 6, 6, "two").await;
    one.open(&den()).await.unwrap().expect("the room");
    append(&one, 7, 7, "one").await;
}

#[tokio::test]
async fn servers_with_other_prefixes_do_not_meet() {
    let redis = RedisServer::start(Keeps::Nothing);
    let one = node(&redis).await;
    let other = RedisSettings {
        prefix: "theatre".parse().unwrap(),
        ..settings(&redis.url())
    };
    let other = RoomLog::redis(other).await.unwrap();
    append(&one, 1, 2, "one").await;
    assert_eq!(other.rooms().await.unwrap(), []);
    assert_eq!(other.open(&den()).await.unwrap(), None);
    append(&other, 1, 1, "other").await;
    assert_ne!(one.server_id(), other.server_id());
    assert_eq!(alive(&other), BTreeSet::from([other.node().unwrap()]));
}

#[tokio::test]
async fn servers_in_other_databases_do_not_hear_each_other() {
    let redis = RedisServer::start(Keeps::Nothing);
    let in_database = async |number: u8| {
        let url = format!("{}?db={number}", redis.url());
        RoomLog::redis(settings(&url)).await.unwrap()
    };
    let usual = node(&redis).await;
    let (one, two) = (in_database(1).await, in_database(2).await);
    let mut appeared = two.nodes().appeared.expect("it was not taken");
    append(&usual, 1, 1, "usual").await;
    append(&one, 1, 1, "one").await;
    let mut attic = folded(&[event(1, "two")]);
    attic.state.id = RoomId::parse("attic").unwrap();
    assert!(in_database(2).await.import(&attic).await.unwrap());
    let first = timeout(PATIENCE, appeared.recv()).await.unwrap();
    assert_eq!(first, Some(attic.state.id), "its own server's");
}

#[tokio::test]
async fn all_nodes_read_one_clock() {
    let redis = RedisServer::start(Keeps::Nothing);
    let (one, two) = (node(&redis).await, node(&redis).await);
    let [mut one, mut two] = [&one, &two].map(|log| log.time().unwrap());
    timeout(PATIENCE, one.changed()).await.unwrap().unwrap();
    let (one, two) = (*one.borrow_and_update(), *two.borrow_and_update());
    let apart = (one.at - two.at).0.abs();
    let since = |a: Instant, b: Instant| a.saturating_duration_since(b);
    let between = since(one.when, two.when).max(since(two.when, one.when));
    // Both clocks are this machine's: they differ by no more than the readings' doubt, and by
    // how the wall clock is slewed meanwhile.
    let doubt = one.doubt + two.doubt + between / 1_000 + Duration::from_micros(50);
    let off = apart.abs_diff(i64::try_from(between.as_micros()).unwrap());
    assert!(u128::from(off) <= doubt.as_micros(), "{one:?} {two:?}");
}

fn alive(log: &RoomLog) -> BTreeSet<NodeId> {
    log.nodes().alive.borrow().clone()
}
