//! What stays in Redis: every key has a bound or an expiry, and a full Redis gives memory back.

use std::io::Write;
use std::os::unix::net::UnixStream;

use bytes::Bytes;

use super::super::append::KEPT_BYTES;
use super::super::keys::{Keys, RoomKeys};
use super::super::shared::Contact;
use super::*;
use crate::protocol::chat_line::ChatLine;
use crate::protocol::ids::{ChatId, MemberId};
use crate::protocol::text::{ChatText, MemberName};
use crate::protocol::time::RoomTime;
use crate::server::log::{Kind, LogError, NotedTime};

fn keys() -> Keys {
    Keys::new("cinema".parse().unwrap(), 0)
}

fn keys_of(room: &RoomId) -> RoomKeys {
    keys().room(room)
}

/// The number that Redis answers.
fn number(redis: &RedisServer, command: &str) -> i64 {
    let answer = redis.ask(command);
    let number = answer.trim().strip_prefix(':');
    number
        .and_then(|number| number.parse().ok())
        .unwrap_or_else(|| panic!("{command}: {answer}"))
}

/// The rooms on the list, also those that do not exist.
fn listed(redis: &RedisServer) -> i64 {
    number(redis, &format!("ZCARD {}", keys().rooms()))
}

fn closing(rev: u64) -> Committed {
    let mut closing = event(rev, "one");
    closing.fact.event = RoomEvent::Closed;
    closing
}

/// A line of chat as long as one can be: some 2 KiB.
fn long_line(rev: u64) -> Committed {
    let mut long = event(rev, "one");
    long.fact.event = RoomEvent::Chat(ChatLine {
        id: ChatId(rev),
        from: MemberId(1),
        name: MemberName::parse("Alice").unwrap(),
        text: ChatText::parse(&"🎬".repeat(500)).unwrap(),
        position: None,
        at: RoomTime(0),
        erased: None,
        second_address: false,
    });
    long
}

async fn refused(log: &RoomLog, after: u64) {
    let next = vec![event(after + 1, "one")];
    let tried = log.append(&den(), Rev(after), next, None).await;
    assert!(matches!(tried, Err(LogError::Away)), "{tried:?}");
}

async fn away(log: &RoomLog) {
    eventually("it is noticed", async || !log.takes_writes()).await;
}

#[tokio::test]
async fn every_key_is_of_a_room_or_has_an_expiry_or_is_one_of_five() {
    let mut redis = RedisServer::start(Keeps::Everything);
    let (one, two) = (node(&redis).await, node(&redis).await);
    append(&one, 1, 2, "one").await;
    let room = two.open(&den()).await.unwrap().expect("the room");
    let mut attic = room.clone();
    attic.state.id = RoomId::parse("attic").unwrap();
    assert!(two.import(&attic).await.unwrap());
    two.open(&attic.state.id).await.unwrap().expect("the room");
    two.forget(&attic.state.id).await.unwrap();
    let noted = NotedTime {
        at: RoomTime(5),
        boot: None,
    };
    one.note_time(noted).await.unwrap();
    let address = std::net::IpAddr::from([203, 0, 113, 7]);
    let quota = crate::server::log::quota::Quota::new(
        address,
        crate::server::log::quota::Counted::Password,
    );
    one.count(&quota).await.unwrap();
    let cellar = RoomId::parse("cellar").unwrap();
    let day = Duration::from_hours(24);
    assert!(one.keep_room_key(&cellar, [7; 32], day).await.unwrap());
    let keys = keys();
    let of_room = keys_of(&den());
    let lasting = [
        of_room.head,
        of_room.log,
        keys.rooms(),
        keys.server(),
        keys.epoch(),
        keys.time(),
        keys.quota_key(),
    ];
    let found = redis.ask("KEYS *");
    let found = found.lines().filter(|line| line.contains("cinema"));
    let mut expiring = 0;
    for key in found.map(str::trim) {
        if !lasting.iter().any(|lasting| lasting == key) {
            // One that has gone meanwhile had an expiry too.
            let left = number(&redis, &format!("PTTL {key}"));
            assert_ne!(left, -1, "{key} stays for ever");
            expiring += 1;
        }
    }
    assert!(expiring >= 4, "leases, a quota, a room's key, a removal");
    redis.start_again();
    let window = format!("PTTL {}", keys.window());
    eventually("there is a window, and it ends", async || {
        (1..=3_000).contains(&number(&redis, &window))
    })
    .await;
}

#[tokio::test]
async fn a_name_is_on_the_list_only_while_there_is_a_room() {
    let redis = RedisServer::start(Keeps::Nothing);
    let one = node(&redis).await;
    // A creation that Redis refuses leaves no name.
    redis.ask("ACL SETUSER default -xadd");
    refused(&one, 0).await;
    assert_eq!(listed(&redis), 0);
    redis.ask("ACL SETUSER default +xadd");
    append(&one, 1, 1, "one").await;
    assert_eq!(listed(&redis), 1);
    one.forget(&den()).await.unwrap();
    assert_eq!(listed(&redis), 0);
    // Whatever is there without a room goes.
    append(&one, 1, 1, "one").await;
    redis.ask(&format!("ZADD {} 1 attic 1 cellar", keys().rooms()));
    eventually("they are gone", async || listed(&redis) == 1).await;
    assert_eq!(one.rooms().await.unwrap(), [den()]);
}

#[tokio::test]
async fn a_room_made_while_the_one_before_it_is_removed_is_on_the_list() {
    let redis = RedisServer::start(Keeps::Nothing);
    let (one, two) = (node(&redis).await, node(&redis).await);
    let den = den();
    for _ in 0..100 {
        append(&one, 1, 1, "one").await;
        let made = async {
            loop {
                let first = vec![event(1, "two")];
                match two.append(&den, Rev(0), first, None).await {
                    Ok(Appended::Agreed(_)) => return,
                    Ok(Appended::Behind(_)) => {}
                    other => panic!("{other:?}"),
                }
            }
        };
        let (forgotten, ()) = tokio::join!(one.forget(&den), made);
        forgotten.unwrap();
        assert_eq!(listed(&redis), 1, "the later one");
        two.forget(&den).await.unwrap();
        assert_eq!(listed(&redis), 0);
    }
}

#[tokio::test]
async fn a_removal_waits_until_redis_is_back() {
    let redis = RedisServer::start(Keeps::Nothing);
    let one = node(&redis).await;
    append(&one, 1, 1, "one").await;
    let closed = vec![closing(2)];
    let appended = one.append(&den(), Rev(1), closed, None).await;
    assert!(matches!(appended, Ok(Appended::Agreed(_))), "{appended:?}");
    redis.freeze();
    away(&one).await;
    one.forget(&den()).await.unwrap();
    redis.thaw();
    let head = format!("EXISTS {}", keys_of(&den()).head);
    eventually("it is removed", async || number(&redis, &head) == 0).await;
    assert_eq!(listed(&redis), 0);
}

#[tokio::test]
async fn a_removal_that_waited_leaves_a_later_room_alone() {
    let redis = RedisServer::start(Keeps::Nothing);
    let one = node(&redis).await;
    append(&one, 1, 1, "one").await;
    redis.freeze();
    away(&one).await;
    one.forget(&den()).await.unwrap();
    // While this node was away, another has removed the room and made a new one.
    hand_over(&redis);
    redis.thaw();
    let Kind::Redis(log) = &one.0 else {
        panic!("{one:?}");
    };
    eventually("nothing waits", async || log.shared.removals().is_empty()).await;
    let tip = redis.ask(&format!("HGET {} tip", keys_of(&den()).head));
    assert!(tip.contains("00000000000000ab"), "{tip}");
}

/// Has Redis give the room another tip, as soon as it is thawed and before it answers anybody else.
fn hand_over(redis: &RedisServer) {
    let mut socket = UnixStream::connect(redis.socket()).unwrap();
    let head = keys_of(&den()).head;
    let command = format!("HSET {head} tip 00000000000000ab\r\n");
    socket.write_all(command.as_bytes()).unwrap();
}

#[tokio::test]
async fn the_events_of_a_room_are_bounded_by_their_bytes() {
    let redis = RedisServer::start(Keeps::Nothing);
    let (one, two) = (node(&redis).await, node(&redis).await);
    let mut room = folded(&[event(1, "one")]);
    append(&one, 1, 1, "one").await;
    let mut rev = 1;
    for _ in 0..3 {
        while !one.wants_snapshot(&den()) {
            rev += 1;
            let long = long_line(rev);
            room.apply(&long);
            let done = one.append(&den(), Rev(rev - 1), vec![long], None).await;
            assert!(matches!(done, Ok(Appended::Agreed(_))), "{done:?}");
        }
        assert!(rev < 800, "it is wanted long before the next by number");
        let snapshot = Some(Bytes::from(serde_json::to_vec(&room).unwrap()));
        let done = one.append(&den(), Rev(rev), Vec::new(), snapshot).await;
        assert!(matches!(done, Ok(Appended::Agreed(_))), "{done:?}");
        assert!(!one.wants_snapshot(&den()));
        let taken = number(&redis, &format!("MEMORY USAGE {}", keys_of(&den()).log));
        // Long events take up to half as much again, for what is around them.
        let most = i64::try_from(KEPT_BYTES).unwrap() * 3 / 2;
        assert!((most / 2..most).contains(&taken), "{taken}");
    }
    assert_eq!(two.open(&den()).await.unwrap(), Some(room));
    append(&two, rev + 1, rev + 1, "two").await;
    assert_eq!(missed(&one, rev).await.len(), 1, "one knows its place");
}

#[tokio::test]
async fn a_full_redis_refuses_what_needs_memory_and_gives_it_back() {
    let redis = RedisServer::with(Keeps::Nothing, &["--maxmemory-policy", "noeviction"]);
    let (one, two) = (node(&redis).await, node(&redis).await);
    append(&one, 1, 3, "one").await;
    redis.ask("CONFIG SET maxmemory 1");
    refused(&one, 3).await;
    assert!(!one.takes_writes(), "it is full");
    assert_eq!(one.store_figures().unwrap().appends["full"], 1);
    let attic = RoomId::parse("attic").unwrap();
    let created = two.append(&attic, Rev(0), vec![event(1, "two")], None);
    assert!(matches!(created.await, Err(LogError::Away)));
    assert_eq!(listed(&redis), 1, "none of it was made");
    // Nobody is taken for dead, and what is there can be read.
    let three = node(&redis).await;
    eventually("the leases go on", async || alive(&one).len() == 3).await;
    assert_eq!(three.open(&den()).await.unwrap().unwrap().state.rev, Rev(3));
    assert!(matches!(&*contact(&one), Contact::Linked(_)));
    // A room can be closed, by which it is removed.
    let closed = one.append(&den(), Rev(3), vec![closing(4)], None).await;
    assert!(matches!(closed, Ok(Appended::Agreed(_))), "{closed:?}");
    one.forget(&den()).await.unwrap();
    assert_eq!(listed(&redis), 0);
    redis.ask("CONFIG SET maxmemory 0");
    append(&one, 1, 1, "one").await;
    assert!(one.takes_writes());
}

#[tokio::test]
async fn it_is_noticed_that_redis_is_full_also_while_nobody_writes() {
    let redis = RedisServer::with(Keeps::Nothing, &["--maxmemory-policy", "noeviction"]);
    let one = node(&redis).await;
    let noted = |at| {
        one.note_time(NotedTime {
            at: RoomTime(at),
            boot: None,
        })
    };
    noted(1).await.unwrap();
    redis.ask("CONFIG SET maxmemory 1");
    noted(2).await.unwrap_err();
    assert!(!one.takes_writes());
    redis.ask("CONFIG SET maxmemory 0");
    noted(3).await.unwrap();
    assert!(one.takes_writes());
}

fn contact(log: &RoomLog) -> tokio::sync::watch::Ref<'_, Contact> {
    let Kind::Redis(log) = &log.0 else {
        panic!("{log:?}");
    };
    log.shared.contact.borrow()
}
