//! A user who lacks a right for a part of what a script does: Redis undoes nothing that was written before.

use super::super::keys::Keys;
use super::super::removal;
use super::*;
use crate::server::log::{Kind, LogError};

/// What Redis has of the room, its events and its name on the list.
fn kept(redis: &RedisServer) -> Vec<String> {
    let keys = Keys::new("cinema".parse().unwrap(), 0);
    let room = keys.room(&den());
    let asked = [
        format!("HGETALL {}", room.head),
        format!("XRANGE {} - +", room.log),
        format!("GET {}", room.snapshot),
        format!("GET {}", room.creation_key),
        format!("ZSCORE {} den", keys.rooms()),
    ];
    asked.iter().map(|command| redis.ask(command)).collect()
}

/// Takes one right after the other away, and what is done then writes nothing.
async fn writes_all_or_nothing(
    redis: &RedisServer,
    log: &RoomLog,
    rights: &[&str],
    mut done: impl AsyncFnMut() -> bool,
) {
    for right in rights {
        eventually("Redis is there", async || log.takes_writes()).await;
        let before = kept(redis);
        redis.ask(&format!("ACL SETUSER default -{right}"));
        assert!(!done().await, "without {right}");
        redis.ask(&format!("ACL SETUSER default +{right}"));
        assert_eq!(kept(redis), before, "without {right}");
    }
    eventually("Redis is there", async || log.takes_writes()).await;
    assert!(done().await, "with all rights");
}

async fn is_agreed(log: &RoomLog, after: u64, snapshot: Option<Bytes>) -> bool {
    let next = vec![event(after + 1, "one"), event(after + 2, "one")];
    let tried = log.append(&den(), Rev(after), next, snapshot).await;
    matches!(tried, Ok(Appended::Agreed(_)))
}

#[tokio::test]
async fn an_append_is_written_as_a_whole_or_not_at_all() {
    let redis = RedisServer::start(Keeps::Nothing);
    let one = node(&redis).await;
    let day = Duration::from_hours(24);
    assert!(one.keep_room_key(&den(), [7; 32], day).await.unwrap());
    let rights = ["del", "xadd", "hset", "zadd", "publish"];
    let created = async || is_agreed(&one, 0, None).await;
    writes_all_or_nothing(&redis, &one, &rights, created).await;
    let room = folded(&[1, 2, 3, 4].map(|rev| event(rev, "one")));
    let snapshot = Bytes::from(serde_json::to_vec(&room).unwrap());
    let rights = ["xadd", "set", "hset", "xtrim", "publish"];
    let saved = async || is_agreed(&one, 2, Some(snapshot.clone())).await;
    writes_all_or_nothing(&redis, &one, &rights, saved).await;
}

#[tokio::test]
async fn a_room_is_brought_or_removed_as_a_whole_or_not_at_all() {
    let redis = RedisServer::start(Keeps::Nothing);
    let one = node(&redis).await;
    let room = folded(&[event(1, "one")]);
    let rights = ["del", "set", "hset", "zadd", "publish"];
    let brought = async || one.import(&room).await.is_ok_and(|taken| taken);
    writes_all_or_nothing(&redis, &one, &rights, brought).await;
    one.open(&den()).await.unwrap().expect("the room");
    let Kind::Redis(log) = &one.0 else {
        panic!("{one:?}");
    };
    let tip = log.shared.known().end_of(&den());
    let removed = async || {
        let link = log.shared.link().unwrap();
        removal::remove(&log.shared, &link, &den(), tip)
            .await
            .is_ok()
    };
    let rights = ["del", "zrem", "set", "publish"];
    writes_all_or_nothing(&redis, &one, &rights, removed).await;
}

#[tokio::test]
async fn an_append_whose_script_fails_on_the_way_is_unsettled() {
    let redis = RedisServer::start(Keeps::Nothing);
    let one = node(&redis).await;
    append(&one, 1, 1, "one").await;
    redis.ask("HSET {cinema}:room:den:head unsaved many");
    let next = vec![event(2, "one")];
    let tried = one.append(&den(), Rev(1), next, None).await;
    assert!(matches!(tried, Err(LogError::Unsettled)), "{tried:?}");
    assert_eq!(missed(&one, 1).await, [], "what was missed settles it");
}
