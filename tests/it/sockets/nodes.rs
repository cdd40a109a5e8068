//! Two server processes that share their rooms in a Redis, as their operator meets them.

use serde_json::Value;
use tokio::time::{Duration, sleep, timeout};
use watchtogether::protocol::denied::Refused;

use super::Server;
use super::client::{Client, chat, hello};
use super::limits::refusal;
use super::operated::OperatedServer;
use super::socket::Socket;
use crate::support::patience::PATIENCE;
use crate::support::redis_server::{Keeps, RedisServer};

/// A server at this Redis, with further options.
pub(super) fn node(redis: &RedisServer, options: &[&str]) -> OperatedServer {
    node_at(&redis.url(), options)
}

/// The same, for a Redis with this address.
pub(super) fn node_at(url: &str, options: &[&str]) -> OperatedServer {
    OperatedServer::start(&[&["--redis", url, "--node-name", "web-1"], options].concat())
}

/// Asks again until something holds, which no message announces.
pub(super) async fn eventually<T>(what: &str, mut asked: impl AsyncFnMut() -> Option<T>) -> T {
    let waited = async {
        loop {
            if let Some(found) = asked().await {
                return found;
            }
            sleep(Duration::from_millis(20)).await;
        }
    };
    let found = timeout(PATIENCE, waited).await;
    found.unwrap_or_else(|_| panic!("in vain: {what}"))
}

/// The rooms with how many are present in each.
fn rooms(at: &OperatedServer) -> Vec<(String, u64)> {
    let rooms = at.json(&["rooms"]);
    let rooms = rooms["rooms"].as_array().or(rooms.as_array()).cloned();
    let room = |room: &Value| Some((room["id"].as_str()?.to_owned(), room["here"].as_u64()?));
    let rooms = rooms.expect("rooms");
    rooms.iter().filter_map(room).collect()
}

/// A socket, once those that were closed a moment ago leave a place for it.
async fn place(server: &Server) -> Socket {
    let opened = async || Socket::try_open(server).await.ok();
    eventually("a place for one more", opened).await
}

/// Why somebody is refused who creates a room, if they are, once there is a place for them.
async fn refusal_in_place(server: &Server, room: &str) -> Option<Refused> {
    let said = place(server).await.say_hello(hello(room, "Alice")).await;
    said.err().and_then(|reason| reason.refused())
}

#[tokio::test]
async fn the_operator_sees_and_does_the_same_at_each_node() {
    let redis = RedisServer::start(Keeps::Nothing);
    let (mut one, mut two) = (node(&redis, &[]), node(&redis, &[]));
    let (first, second) = (one.server(), two.server());
    let mut alice = Client::join(&first, "movie-night", "Alice").await;
    let mut bob = Client::join(&second, "movie-night", "Bob").await;
    bob.ask(chat("hello")).await.unwrap();
    alice
        .until_room(|room| {
            room.roster
                .all()
                .any(|member| member.name.as_str() == "Bob")
        })
        .await;
    assert_eq!(rooms(&one), [("movie-night".to_owned(), 2)]);
    assert_eq!(rooms(&one), rooms(&two));

    let here = one.json(&["room", "movie-night"]);
    let there = two.json(&["room", "movie-night"]);
    assert_eq!(here["members"], there["members"]);
    assert_eq!(here["members"][0]["node"], here["node"], "{here}");
    assert_eq!(here["members"][1]["node"], there["node"], "{here}");
    assert_ne!(here["node"], there["node"]);
    for (member, at) in [("Alice", &here["node"]), ("Bob", &there["node"])] {
        let end = format!("at node web-1 ({}))", at.as_str().unwrap());
        for node in [&one, &two] {
            let words = node.admin(&["room", "movie-night"]).text;
            let mut lines = words.lines();
            let line = lines.find(|line| line.contains(member)).unwrap();
            assert!(line.ends_with(&end), "{line} without {end}");
        }
    }

    let figures = eventually("both nodes are known", async || {
        let figures = one.json(&["figures"]);
        (figures["store"]["nodes"] == 2).then_some(figures)
    })
    .await;
    assert_eq!(figures["members"], 2);
    assert_eq!(figures["connections"], 1, "its own");
    let signs = figures["store"]["last_signs"].as_array().unwrap();
    assert_eq!(signs.len(), 2, "{figures}");
    // Each lease says how many connections its node had when it was renewed last.
    eventually("each has its connection", async || {
        let figures = one.json(&["figures"]);
        let signs = figures["store"]["last_signs"].as_array()?;
        let each = |sign: &Value| sign["connections"] == 1 && sign["name"] == "web-1";
        (signs.len() == 2 && signs.iter().all(each)).then_some(())
    })
    .await;

    let banned = one.admin(&["ban", "movie-night", "Bob"]);
    assert_eq!(banned.code, Some(0), "{}", banned.complaint);
    assert_eq!(bob.closed().await, Some(Refused::Banned));
    let again = Client::enter(&second, bob.hello_again()).await.err();
    assert_eq!(again.unwrap().code, "banned");
}

#[tokio::test]
async fn a_limit_of_rooms_holds_over_all_nodes() {
    let redis = RedisServer::with(Keeps::Nothing, &["--maxmemory-policy", "noeviction"]);
    let limit = ["--max-rooms", "1"];
    let (mut one, mut two) = (node(&redis, &limit), node(&redis, &limit));
    let (first, second) = (one.server(), two.server());
    let _alice = Client::join(&first, "movie-night", "Alice").await;
    eventually("the other node has the room", async || {
        (rooms(&two).len() == 1).then_some(())
    })
    .await;
    let refused = Client::enter(&second, hello("attic", "Bob")).await.err();
    assert_eq!(refused.unwrap().code, "server_full");
    let kept = redis.ask("EXISTS {watchtogether}:room:attic:head");
    assert_eq!(kept.trim(), ":0");
}

#[tokio::test]
async fn a_node_without_its_redis_says_so_until_it_is_back() {
    let mut redis = RedisServer::start(Keeps::Everything);
    let mut one = node(&redis, &["--metrics-listen", "127.0.0.1:0"]);
    one.server();
    let line = one.process.line().expect("where the figures are");
    let address = line.strip_prefix("metrics on http://");
    let address = address.and_then(|address| address.strip_suffix("/metrics"));
    let monitored = Server::elsewhere(address.expect("an address").parse().unwrap());
    assert_eq!(monitored.page("/readyz").await.0, 200);
    redis.freeze();
    eventually("it is not ready", async || {
        (monitored.page("/readyz").await.0 == 503).then_some(())
    })
    .await;
    let (status, text) = monitored.page("/metrics").await;
    assert_eq!(status, 200);
    assert!(text.contains("watchtogether_log_writable 0"), "{text}");
    let words = one.admin(&["figures"]).text;
    assert!(words.contains("can't reach Redis"), "{words}");
    redis.thaw();
    let is_ready = async || (monitored.page("/readyz").await.0 == 200).then_some(());
    eventually("it is ready again", is_ready).await;
    redis.start_again();
    let text = eventually("it is back after a restart", async || {
        let (_, text) = monitored.page("/metrics").await;
        let is_back = text.contains("watchtogether_store_reconnects_total 2\n");
        is_back.then_some(text)
    })
    .await;
    for line in ["watchtogether_nodes 1", "watchtogether_log_writable 1"] {
        assert!(text.lines().any(|found| found == line), "{line} in {text}");
    }
    assert!(!text.contains("watchtogether_store_away_seconds_total 0\n"));
}

#[tokio::test]
async fn rooms_move_from_a_file_into_redis_and_each_node_has_them() {
    let mut old = OperatedServer::start(&[]);
    let server = old.server();
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    alice.ask(chat("a line")).await.unwrap();
    let file = old.home.path().join("rooms.jsonl");
    let path = file.to_str().unwrap();
    assert_eq!(old.admin(&["export", path]).code, Some(0));
    let redis = RedisServer::start(Keeps::Nothing);
    let (mut one, mut two) = (node(&redis, &[]), node(&redis, &[]));
    let (first, second) = (one.server(), two.server());
    let imported = one.admin(&["import", path]);
    assert_eq!(
        imported.text, "1 room imported.\n",
        "{}",
        imported.complaint
    );
    let back = alice.come_back(&first).await;
    assert_eq!(back.chat(), ["Alice: a line"]);
    eventually("the other node has the room", async || {
        (rooms(&two).len() == 1).then_some(())
    })
    .await;
    let bob = Client::join(&second, "movie-night", "Bob").await;
    assert_eq!(bob.chat(), ["Alice: a line"]);
}

#[tokio::test]
async fn what_one_address_holds_counts_at_all_nodes() {
    let redis = RedisServer::start(Keeps::Nothing);
    let limits = [
        "--trust-proxy",
        "127.0.0.1",
        "--max-connections-per-address",
        "3",
        "--max-rooms-per-address",
        "2",
    ];
    let (mut one, mut two) = (node(&redis, &limits), node(&redis, &limits));
    let from = |server: &Server, last: u8| {
        let address = format!("203.0.113.{last}");
        server.through("X-Forwarded-For", &address)
    };
    let (first, second) = (one.server(), two.server());
    let (here, there) = (from(&first, 7), from(&second, 7));
    let alice = Client::join(&here, "movie-night", "Alice").await;
    let bob = Client::join(&there, "attic", "Bob").await;
    eventually("both rooms count at this node", async || {
        let refused = refusal_in_place(&here, "cellar").await;
        if refused.is_none() {
            // The other node had not told of its room yet.
            assert_eq!(one.admin(&["close", "cellar"]).code, Some(0));
        }
        (refused == Some(Refused::TooManyOwnRooms { limit: 2 })).then_some(())
    })
    .await;
    assert_eq!(refusal(&from(&first, 8), "cellar", None).await, None);
    let mut ann = place(&here).await;
    ann.say_hello(hello("movie-night", "Ann")).await.unwrap();
    eventually("all three sockets count at the other", async || {
        let opened = Socket::try_open(&there).await;
        (opened.err() == Some(429)).then_some(())
    })
    .await;
    drop((alice, ann));
    eventually("places come free", async || {
        Socket::try_open(&there).await.ok()
    })
    .await;
    drop(one);
    let mut third = place(&there).await;
    third.say_hello(hello("attic", "Cid")).await.unwrap();
    eventually("rooms of a node that is gone count no more", async || {
        let refused = refusal_in_place(&there, "cellar-2").await;
        refused.is_none().then_some(())
    })
    .await;
    drop((bob, third));
}

#[tokio::test]
async fn a_key_for_a_room_works_once_at_any_node() {
    let redis = RedisServer::start(Keeps::Nothing);
    let rule = ["--create", "admin"];
    let (mut one, mut two) = (node(&redis, &rule), node(&redis, &rule));
    let (first, second) = (one.server(), two.server());
    let key = one.json(&["create", "attic"])["key"].clone();
    let key = key.as_str().expect("a key");
    let kept = redis.ask("KEYS *");
    assert!(!kept.contains(key), "{kept}");
    let left = redis.ask("PTTL {watchtogether}:room:attic:key");
    assert!(!left.starts_with(":-"), "it ends: {left}");
    let wrong = Some(Refused::CreatePasswordWrong);
    assert_eq!(refusal(&second, "cellar", Some(key)).await, wrong);
    assert_eq!(refusal(&second, "attic", Some("guessed")).await, wrong);
    assert_eq!(refusal(&second, "attic", Some(key)).await, None);
    assert_eq!(two.admin(&["close", "attic"]).code, Some(0));
    for server in [&first, &second] {
        eventually("the room is no more, and its key is used", async || {
            (refusal(server, "attic", Some(key)).await == wrong).then_some(())
        })
        .await;
    }
}

#[tokio::test]
async fn a_key_that_cannot_be_looked_up_is_no_wrong_guess() {
    let redis = RedisServer::start(Keeps::Nothing);
    let options = ["--create", "admin", "--trust-proxy", "127.0.0.1"];
    let mut one = node(&redis, &options);
    // Loopback itself counts nothing.
    let server = one.server().through("X-Forwarded-For", "203.0.113.7");
    let key = one.json(&["create", "attic"])["key"].clone();
    let key = key.as_str().expect("a key");
    // Redis answers all questions but those about keys for rooms.
    let of_server = "~{watchtogether}:[^r]* ~{watchtogether}:rooms ~{watchtogether}:renewed";
    let others = format!("{of_server} ~*:head ~*:log ~*:snap ~*:removed");
    redis.ask(&format!("ACL SETUSER default resetkeys {others}"));
    for _ in 0..30 {
        let refused = refusal(&server, "attic", Some(key)).await;
        assert_eq!(refused, Some(Refused::StorageAway));
    }
    redis.ask("ACL SETUSER default allkeys");
    assert_eq!(refusal(&server, "attic", Some(key)).await, None);
}
