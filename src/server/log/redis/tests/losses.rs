//! Redis that comes back without what it had agreed to.

use std::time::Duration;

use bytes::Bytes;

use super::super::shared::Contact;
use super::{append, den, event, eventually, folded, missed, node, settings};
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::{ChatId, Rev, RoomId};
use crate::protocol::text::MemberName;
use crate::room::committed::{Committed, Room};
use crate::server::log::{Appended, Kind, LogError, Missed, RoomLog};
use crate::test_support::certificates::{Authority, Dates};
use crate::test_support::redis_server::{Keeps, RedisServer};

mod again;

pub(super) fn events(from: u64, to: u64, by: &str) -> Vec<Committed> {
    (from..=to).map(|rev| event(rev, by)).collect()
}

/// Waits until the node knows that Redis has lost the room, or its last events.
pub(super) async fn lost(log: &RoomLog, after: u64) {
    eventually("the loss is known", async || {
        matches!(log.missed(&den(), Rev(after)).await, Ok(Missed::Lost))
    })
    .await;
}

/// The node cannot append its next event.
async fn appends_nothing(log: &RoomLog, after: u64, by: &str) {
    let next = events(after + 1, after + 1, by);
    let tried = log.append(&den(), Rev(after), next, None).await;
    assert!(matches!(tried, Err(LogError::Away)), "{tried:?}");
}

/// Writes back what a node has of the room, once it knows of the loss.
async fn write_back(log: &RoomLog, room: &Room) {
    lost(log, room.state.rev.0).await;
    log.write_back(room).await.unwrap();
}

/// Holds the window in which rooms are replaced open until the test ends it, however slow the machine
/// is: returns once all nodes know of the longer one.
pub(super) async fn window_held(redis: &RedisServer, nodes: &[&RoomLog]) {
    eventually("a node has noticed the loss", async || {
        let held = redis.ask("SET {cinema}:window held XX PX 600000");
        held.starts_with("+OK")
    })
    .await;
    redis.ask("CLIENT KILL TYPE pubsub");
    eventually("all have the longer window", async || {
        nodes.iter().all(|log| is_mending(log))
    })
    .await;
}

/// Whether the node writes back in the window of [`window_held`].
fn is_mending(log: &RoomLog) -> bool {
    let Kind::Redis(log) = &log.0 else {
        return false;
    };
    match &*log.shared.contact.borrow() {
        Contact::Mending(link) => link.is_whole() && link.greeting.window > Duration::from_mins(1),
        _ => false,
    }
}

/// Ends the window of [`window_held`].
pub(super) fn end_window(redis: &RedisServer) {
    redis.ask("DEL {cinema}:window");
    redis.ask("CLIENT KILL TYPE pubsub");
}

/// What a node lacks once it may append again.
pub(super) async fn lacks(log: &RoomLog, after: u64) -> Missed {
    eventually("the nodes had their time", async || log.takes_writes()).await;
    log.missed(&den(), Rev(after)).await.unwrap()
}

/// A node lacks nothing once it may append again.
async fn lacks_nothing(log: &RoomLog, after: u64) {
    let lacked = lacks(log, after).await;
    let nothing = matches!(&lacked, Missed::Events(none) if none.is_empty());
    assert!(nothing, "{lacked:?}");
}

/// Of the rooms that [`two_nodes`] write back, the older one first, the newer one stays.
async fn newest_stays(redis: &RedisServer, nodes: [&RoomLog; 2], rooms: [&Room; 2]) {
    let ([one, two], [at_one, at_two]) = (nodes, rooms);
    window_held(redis, &nodes).await;
    lost(one, 7).await;
    appends_nothing(one, 7, "one").await;
    write_back(two, at_two).await;
    write_back(one, at_one).await;
    end_window(redis);
    lacks_nothing(one, 7).await;
    assert!(matches!(lacks(two, 5).await, Missed::Room(room) if *room == *at_one));
    append(two, 8, 8, "two").await;
    assert_eq!(missed(one, 7).await, [event(8, "two")]);
}

/// One node that has 7 events of a room, and one that has 5.
async fn two_nodes(redis: &RedisServer) -> (RoomLog, RoomLog, Room, Room) {
    let (one, two) = (node(redis).await, node(redis).await);
    append(&one, 1, 5, "one").await;
    let at_two = two.open(&den()).await.unwrap().expect("the room");
    append(&one, 6, 7, "one").await;
    let at_one = folded(&events(1, 7, "one"));
    (one, two, at_one, at_two)
}

#[tokio::test]
async fn of_what_the_nodes_write_back_the_newest_stays() {
    let mut redis = RedisServer::start(Keeps::Nothing);
    let (one, two, at_one, at_two) = two_nodes(&redis).await;
    let (id, server) = (one.id(), one.server_id());
    redis.start_again();
    newest_stays(&redis, [&one, &two], [&at_one, &at_two]).await;
    assert_ne!(one.id(), id, "it is another log");
    append(&one, 9, 9, "one").await;
    let fresh = node(&redis).await;
    assert_eq!(fresh.server_id(), server, "but the same server");
    assert_eq!(fresh.rooms().await.unwrap(), [den()]);
    let mut all = events(1, 7, "one");
    all.extend([event(8, "two"), event(9, "one")]);
    assert_eq!(fresh.open(&den()).await.unwrap(), Some(folded(&all)));
}

#[tokio::test]
async fn what_an_old_copy_of_redis_lacks_is_written_back_once_and_not_later() {
    let mut redis = RedisServer::start(Keeps::Nothing);
    let (one, two) = (node(&redis).await, node(&redis).await);
    append(&one, 1, 3, "one").await;
    redis.ask("SAVE");
    append(&one, 4, 5, "one").await;
    let at_one = folded(&events(1, 5, "one"));
    append_at(&two, 6, 7).await;
    let mut all = events(1, 5, "one");
    all.extend(events(6, 7, "two"));
    let at_two = folded(&all);
    redis.start_again();
    window_held(&redis, &[&one, &two]).await;
    write_back(&one, &at_one).await;
    end_window(&redis);
    eventually("the window is over", async || two.takes_writes()).await;
    lacks_nothing(&one, 5).await;
    append(&one, 6, 6, "one").await;
    appends_nothing(&two, 7, "two").await;
    write_back(&two, &at_two).await;
    let now = folded(&events(1, 6, "one"));
    assert!(matches!(lacks(&two, 7).await, Missed::Room(room) if *room == now));
    append(&two, 7, 7, "two").await;
    assert_eq!(missed(&one, 6).await, [event(7, "two")]);
}

#[tokio::test]
async fn what_is_flushed_while_nodes_are_connected_is_written_back_newest_first() {
    let redis = RedisServer::start(Keeps::Nothing);
    let (one, two, at_one, at_two) = two_nodes(&redis).await;
    let (id, server) = (one.id(), one.server_id());
    let hashed_with = redis.ask("GET {cinema}:quota-key");
    redis.ask("FLUSHALL");
    appends_nothing(&one, 7, "one").await;
    newest_stays(&redis, [&one, &two], [&at_one, &at_two]).await;
    assert_ne!(one.id(), id, "it is another log");
    eventually("for both", async || one.id() == two.id()).await;
    let fresh = node(&redis).await;
    assert_eq!(fresh.server_id(), server, "but the same server");
    assert_eq!(redis.ask("GET {cinema}:quota-key"), hashed_with);
    assert_eq!(fresh.rooms().await.unwrap(), [den()]);
}

#[tokio::test]
async fn data_that_go_back_under_connected_nodes_count_as_lost() {
    let redis = RedisServer::with(Keeps::Nothing, &["--enable-debug-command", "yes"]);
    let one = node(&redis).await;
    append(&one, 1, 3, "one").await;
    redis.ask("SAVE");
    append(&one, 4, 7, "one").await;
    let renewed = redis.ask("HGET {cinema}:epoch n");
    let again = async || redis.ask("HGET {cinema}:epoch n") != renewed;
    eventually("the lease is renewed", again).await;
    redis.ask("DEBUG RELOAD NOSAVE");
    window_held(&redis, &[&one]).await;
    let at_one = folded(&events(1, 7, "one"));
    write_back(&one, &at_one).await;
    end_window(&redis);
    lacks_nothing(&one, 7).await;
    let fresh = node(&redis).await;
    assert_eq!(fresh.open(&den()).await.unwrap(), Some(at_one));
}

/// As at a replica that lagged behind two promotions.
#[tokio::test]
async fn data_of_an_earlier_epoch_count_as_lost_though_redis_runs_on() {
    let redis = RedisServer::with(Keeps::Nothing, &["--enable-debug-command", "yes"]);
    let one = node(&redis).await;
    append(&one, 1, 3, "one").await;
    redis.ask("SAVE");
    redis.ask("FLUSHALL");
    lost(&one, 3).await;
    one.write_back(&folded(&events(1, 3, "one"))).await.unwrap();
    assert!(matches!(lacks(&one, 3).await, Missed::Events(none) if none.is_empty()));
    append(&one, 4, 7, "one").await;
    let at_one = folded(&events(1, 7, "one"));
    redis.ask("DEBUG RELOAD NOSAVE");
    window_held(&redis, &[&one]).await;
    lost(&one, 7).await;
    one.write_back(&at_one).await.unwrap();
    end_window(&redis);
    assert!(matches!(lacks(&one, 7).await, Missed::Events(none) if none.is_empty()));
    let fresh = node(&redis).await;
    assert_eq!(fresh.open(&den()).await.unwrap(), Some(at_one));
}

#[tokio::test]
async fn a_room_alone_that_redis_drops_is_written_back() {
    let redis = RedisServer::start(Keeps::Nothing);
    let (one, id) = (node(&redis).await, RoomId::parse("attic").unwrap());
    append(&one, 1, 3, "one").await;
    let log = one.id();
    redis.ask("DEL {cinema}:room:den:head {cinema}:room:den:log {cinema}:room:den:snap");
    lost(&one, 3).await;
    assert_eq!(one.open(&id).await.unwrap(), None, "it goes on meanwhile");
    let at_one = folded(&events(1, 3, "one"));
    one.write_back(&at_one).await.unwrap();
    append(&one, 4, 4, "one").await;
    assert_eq!(one.id(), log, "it is the same log");
}

#[tokio::test]
async fn a_room_of_an_old_copy_does_not_win_over_a_later_one_of_its_name() {
    let mut redis = RedisServer::start(Keeps::Nothing);
    let (one, two) = (node(&redis).await, node(&redis).await);
    append(&one, 1, 9, "old").await;
    redis.ask("SAVE");
    one.forget(&den()).await.unwrap();
    append(&one, 1, 2, "new").await;
    let now = folded(&events(1, 2, "new"));
    assert_eq!(two.open(&den()).await.unwrap(), Some(now.clone()));
    redis.start_again();
    window_held(&redis, &[&one, &two]).await;
    write_back(&one, &now).await;
    write_back(&two, &now).await;
    end_window(&redis);
    lacks_nothing(&one, 2).await;
    lacks_nothing(&two, 2).await;
    append(&two, 3, 3, "new").await;
    assert_eq!(missed(&one, 2).await, [event(3, "new")]);
}

/// A room "den" that was removed, and a new one of that name with 2 events, which both nodes have.
/// `between` is done between the two.
async fn made_anew(redis: &RedisServer, between: &str) -> (RoomLog, RoomLog, Room) {
    let (one, two) = (node(redis).await, node(redis).await);
    append(&one, 1, 9, "old").await;
    one.forget(&den()).await.unwrap();
    assert!(redis.ask(between).starts_with("+OK"), "{between}");
    append(&one, 1, 2, "new").await;
    let now = folded(&events(1, 2, "new"));
    assert_eq!(two.open(&den()).await.unwrap(), Some(now.clone()));
    (one, two, now)
}

#[tokio::test]
async fn a_room_made_anew_outlives_a_copy_in_which_that_before_it_was_removed() {
    let mut redis = RedisServer::start(Keeps::Nothing);
    let (one, two, now) = made_anew(&redis, "SAVE").await;
    redis.start_again();
    let removed = redis.ask("EXISTS {cinema}:room:den:removed {cinema}:room:den:head");
    assert_eq!(removed.trim(), ":1", "the first was removed");
    write_back(&one, &now).await;
    lacks_nothing(&one, 2).await;
    write_back(&two, &now).await;
    lacks_nothing(&two, 2).await;
    append(&two, 3, 3, "new").await;
    assert_eq!(missed(&one, 2).await, [event(3, "new")]);
}

#[tokio::test]
async fn a_room_made_anew_that_redis_drops_is_written_back_whatever_its_clock_shows() {
    let redis = RedisServer::start(Keeps::Nothing);
    // The room before was made when Redis' clock was far ahead.
    let removed = "SET {cinema}:room:den:removed 9000000000000000";
    let (one, _two, now) = made_anew(&redis, removed).await;
    redis.ask("DEL {cinema}:room:den:head {cinema}:room:den:log {cinema}:room:den:snap");
    write_back(&one, &now).await;
    append(&one, 3, 3, "new").await;
    one.forget(&den()).await.unwrap();
    // So is one that comes from elsewhere.
    assert!(one.import(&now).await.unwrap());
    assert_eq!(one.open(&den()).await.unwrap(), Some(now.clone()));
    redis.ask("DEL {cinema}:room:den:head {cinema}:room:den:log {cinema}:room:den:snap");
    write_back(&one, &now).await;
    append(&one, 3, 3, "new").await;
}

/// Appends from a node that has read the room before.
async fn append_at(log: &RoomLog, from: u64, to: u64) {
    log.open(&den()).await.unwrap().expect("the room");
    append(log, from, to, "two").await;
}

#[tokio::test]
async fn a_room_that_was_removed_meanwhile_does_not_come_back() {
    let mut redis = RedisServer::start(Keeps::Nothing);
    let (one, two, at_one, at_two) = two_nodes(&redis).await;
    redis.start_again();
    write_back(&one, &at_one).await;
    lacks_nothing(&one, 7).await;
    one.forget(&den()).await.unwrap();
    write_back(&two, &at_two).await;
    assert!(matches!(lacks(&two, 5).await, Missed::Gone));
}

#[tokio::test]
async fn erased_text_leaves_redis_at_once() {
    let redis = RedisServer::start(Keeps::Nothing);
    let one = node(&redis).await;
    append(&one, 1, 3, "secret").await;
    let kept = || redis.ask("XRANGE {cinema}:room:den:log - +");
    assert!(kept().contains("secret 3"), "{}", kept());
    let mut erasing = event(4, "one");
    erasing.fact.event = RoomEvent::Erased {
        line: ChatId(1),
        by: MemberName::parse("Alice").unwrap(),
    };
    let mut all = events(1, 3, "secret");
    all.push(erasing.clone());
    let snapshot = Bytes::from(serde_json::to_vec(&folded(&all)).unwrap());
    let appended = one
        .append(&den(), Rev(3), vec![erasing], Some(snapshot))
        .await;
    assert!(matches!(appended, Ok(Appended::Agreed(_))), "{appended:?}");
    assert!(!kept().contains("secret"), "{}", kept());
    append(&one, 5, 5, "one").await;
    all.push(event(5, "one"));
    let two = node(&redis).await;
    assert_eq!(two.open(&den()).await.unwrap(), Some(folded(&all)));
}

#[tokio::test]
async fn redis_is_spoken_to_by_tls_if_its_authority_is_trusted() {
    let (ours, theirs) = (Authority::new(), Authority::new());
    let folder = tempfile::tempdir().unwrap();
    let (certificate, key) = ours
        .issue(&["localhost", "127.0.0.1"], Dates::Now)
        .write(folder.path());
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = free.local_addr().unwrap().port().to_string();
    drop(free);
    let [certificate, key] = [certificate, key].map(|path| path.display().to_string());
    let _redis = RedisServer::with(
        Keeps::Nothing,
        &[
            "--bind",
            "127.0.0.1",
            "--tls-port",
            &port,
            "--tls-cert-file",
            &certificate,
            "--tls-key-file",
            &key,
            "--tls-ca-cert-file",
            &certificate,
            "--tls-auth-clients",
            "no",
        ],
    );
    let trusting = |authority: &Authority| super::RedisSettings {
        authorities: Some(authority.own().certificate.clone().into_bytes()),
        ..settings(&format!("rediss://127.0.0.1:{port}"))
    };
    let log = RoomLog::redis(trusting(&ours)).await.unwrap();
    append(&log, 1, 2, "one").await;
    let refused = RoomLog::redis(trusting(&theirs)).await.unwrap_err();
    assert!(refused.to_string().contains("certificate"), "{refused}");
}
