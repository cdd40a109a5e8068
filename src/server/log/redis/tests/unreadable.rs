//! Rooms whose keys somebody else has written: they are left out, and all others go on.

use std::sync::Arc;

use super::super::keeper::{Backoff, Keeper};
use super::super::seeds::Seeds;
use super::*;
use crate::server::log::{Kind, LogError};
use crate::server::lone_server;
use crate::server::registry::RoomLookup;

fn unreadable(log: &RoomLog) -> u64 {
    let incidents = log.store_figures().unwrap().incidents;
    incidents.get("rooms_unreadable").copied().unwrap_or(0)
}

/// Waits until all rooms were compared: a name without a room is gone then.
async fn compared(redis: &RedisServer) {
    redis.ask("ZADD {cinema}:rooms 1 zzz");
    eventually("all rooms are compared", async || {
        redis.ask("ZSCORE {cinema}:rooms zzz").starts_with("$-1")
    })
    .await;
}

#[tokio::test]
async fn a_room_that_cannot_be_read_is_left_out_while_all_others_go_on() {
    let redis = RedisServer::start(Keeps::Nothing);
    let one = node(&redis).await;
    append(&one, 1, 1, "one").await;
    for (room, command) in [
        ("attic", "HSET {cinema}:room:attic:head rev many"),
        ("barn", "HSET {cinema}:room:barn:head rev 1 tip none made 1"),
        ("cellar", "SET {cinema}:room:cellar:head text"),
    ] {
        redis.ask(command);
        redis.ask(&format!("ZADD {{cinema}}:rooms 1 {room}"));
    }
    compared(&redis).await;
    compared(&redis).await;
    assert_eq!(unreadable(&one), 3, "each is told of once");
    assert_eq!(one.store_figures().unwrap().reconnects, 0);
    append(&one, 2, 2, "one").await;
    let two = node(&redis).await;
    for room in ["attic", "barn", "cellar"] {
        let room = RoomId::parse(room).unwrap();
        let read = two.open(&room).await;
        assert!(matches!(read, Err(LogError::Unreadable { .. })), "{read:?}");
    }
    assert_eq!(two.open(&den()).await.unwrap().unwrap().state.rev, Rev(2));
}

#[tokio::test]
async fn a_room_that_can_be_read_again_is_there_again() {
    let redis = RedisServer::start(Keeps::Nothing);
    let (one, two) = (node(&redis).await, node(&redis).await);
    append(&one, 1, 1, "one").await;
    redis.ask("RENAME {cinema}:room:den:head {cinema}:kept");
    redis.ask("SET {cinema}:room:den:head text");
    compared(&redis).await;
    let read = two.open(&den()).await;
    assert!(matches!(read, Err(LogError::Unreadable { .. })), "{read:?}");
    let next = || vec![event(2, "one")];
    let tried = one.append(&den(), Rev(1), next(), None).await;
    assert!(
        matches!(tried, Err(LogError::Unreadable { .. })),
        "{tried:?}"
    );
    redis.ask("DEL {cinema}:room:den:head");
    redis.ask("HSET {cinema}:room:den:head rev many tip 1 made 1");
    let tried = one.append(&den(), Rev(1), next(), None).await;
    assert!(
        matches!(tried, Err(LogError::Unreadable { .. })),
        "{tried:?}"
    );
    redis.ask("RENAME {cinema}:kept {cinema}:room:den:head");
    compared(&redis).await;
    append(&one, 2, 2, "one").await;
    assert_eq!(two.open(&den()).await.unwrap().unwrap().state.rev, Rev(2));
}

#[tokio::test]
async fn a_server_starts_without_a_room_that_cannot_be_read_and_makes_no_other_of_its_name() {
    let redis = RedisServer::start(Keeps::Nothing);
    let one = node(&redis).await;
    append(&one, 1, 1, "one").await;
    redis.ask("SET {cinema}:room:attic:head text");
    redis.ask("ZADD {cinema}:rooms 1 attic");
    let running = lone_server::server(node(&redis).await).await;
    let rooms = &running.parts.state.rooms;
    let found = rooms.find(den()).await.unwrap();
    assert!(matches!(found, RoomLookup::Room(_)), "{found:?}");
    let attic = RoomId::parse("attic").unwrap();
    let found = rooms.search(attic.clone()).await.unwrap();
    assert!(matches!(found, RoomLookup::Unreadable), "{found:?}");
    // Whoever creates a room appends first.
    let first = vec![event(1, "one")];
    let made = one.append(&attic, Rev(0), first, None).await;
    assert!(matches!(made, Err(LogError::Unreadable { .. })), "{made:?}");
}

#[tokio::test]
async fn waiting_begins_anew_only_after_all_rooms_were_compared() {
    let redis = RedisServer::start(Keeps::Nothing);
    let one = node(&redis).await;
    let Kind::Redis(log) = &one.0 else {
        panic!("{one:?}");
    };
    let link = log.shared.link().unwrap();
    // Only the keeper below renews and compares.
    log.over.send_replace(true);
    eventually("its tasks have ended", async || !one.takes_writes()).await;
    let mut keeper = Keeper {
        shared: Arc::clone(&log.shared),
        seeds: Seeds::new(&settings(&redis.url())).unwrap(),
        inbox: super::super::opening::inbox().0,
        greeting: link.greeting.clone(),
        trusted_until: Instant::now(),
        backoff: Backoff::default(),
    };
    keeper.backoff.next();
    let waited = keeper.backoff.clone();
    assert_ne!(waited, Backoff::default());
    redis.ask("RENAME {cinema}:rooms {cinema}:kept");
    redis.ask("SET {cinema}:rooms text");
    keeper.serve(&link).await;
    assert_eq!(keeper.backoff, waited, "it connected, and no more");
    redis.ask("DEL {cinema}:rooms");
    tokio::select! {
        fault = keeper.serve(&link) => panic!("{fault}"),
        () = compared(&redis) => {}
    }
    assert_eq!(keeper.backoff, Backoff::default());
}
