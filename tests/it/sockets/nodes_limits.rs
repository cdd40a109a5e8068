//! What one address may do at once, over two server processes that share a Redis: the rooms that it
//! creates and the members that it brings count together.
//!
//! Tokens come back with time, so how many passed is compared with bounds that no slow machine reaches.

use futures_util::future::join_all;
use watchtogether::protocol::denied::Refused;

use super::Server;
use super::client::{Client, hello};
use super::limits::refusal;
use super::nodes::node;
use super::operated::OperatedServer;
use super::socket::Socket;
use crate::support::redis_server::{Keeps, RedisServer};

/// Rooms that an address creates at once.
const CREATIONS: usize = 10;

/// New members that an address brings into a room at once.
const JOINS: usize = 40;

/// How many join at the same moment: half of them at each node.
const AT_ONCE: usize = 8;

const ADDRESS: &str = "203.0.113.7";

/// Two nodes that believe the proxy of this machine: loopback itself counts nothing.
fn two_nodes(redis: &RedisServer) -> ([OperatedServer; 2], [Server; 2]) {
    let options = [
        "--trust-proxy",
        "127.0.0.1",
        "--max-connections-per-address",
        "1000",
    ];
    let mut processes = [(); 2].map(|()| node(redis, &options));
    let servers = processes.each_mut().map(OperatedServer::server);
    (processes, servers)
}

/// Servers as this address reaches them.
fn from(address: &str, servers: &[Server; 2]) -> [Server; 2] {
    servers
        .each_ref()
        .map(|server| server.through("X-Forwarded-For", address))
}

#[tokio::test]
async fn rooms_that_an_address_creates_count_at_all_nodes() {
    let redis = RedisServer::start(Keeps::Nothing);
    let (_processes, servers) = two_nodes(&redis);
    let theirs = from(ADDRESS, &servers);
    let mut created = 0;
    let refused = loop {
        let room = format!("room-{created}");
        match refusal(&theirs[created % 2], &room, None).await {
            None => created += 1,
            Some(why) => break why,
        }
    };
    assert!(
        matches!(refused, Refused::TooManyRooms { .. }),
        "{refused:?}"
    );
    let counted_together = CREATIONS..CREATIONS * 3 / 2;
    assert!(counted_together.contains(&created), "{created} at both");
    for (server, room) in from("203.0.113.8", &servers).iter().zip(["attic", "den"]) {
        assert_eq!(refusal(server, room, None).await, None, "another address");
    }
}

#[tokio::test]
async fn members_whom_an_address_brings_count_at_all_nodes() {
    let redis = RedisServer::start(Keeps::Nothing);
    let (_processes, servers) = two_nodes(&redis);
    let _alice = Client::join(&servers[0], "movie-night", "Alice").await;
    let _bob = Client::join(&servers[1], "movie-night", "Bob").await;
    let theirs = from(ADDRESS, &servers);
    let mut members = Vec::new();
    let refused = loop {
        let coming = (0..AT_ONCE).map(async |number| {
            let mut socket = Socket::open(&theirs[number % 2]).await;
            let said = socket.say_hello(hello("movie-night", "Guest")).await;
            said.map(|_| socket).map_err(|reason| reason.refused())
        });
        let (came, refused): (Vec<_>, Vec<_>) =
            join_all(coming).await.into_iter().partition(Result::is_ok);
        members.extend(came.into_iter().flatten());
        if let Some(Err(why)) = refused.into_iter().next() {
            break why.expect("a code that is known");
        }
    };
    assert!(
        matches!(refused, Refused::TooManyJoins { .. }),
        "{refused:?}"
    );
    let counted_together = JOINS..JOINS * 2 - 10;
    let many = members.len();
    assert!(counted_together.contains(&many), "{many} at both nodes");
    for server in &from("203.0.113.8", &servers) {
        let other = refusal(server, "movie-night", None).await;
        assert_eq!(other, None, "another address");
    }
    // Another room has its own count.
    assert_eq!(refusal(&theirs[1], "attic", None).await, None);
}

#[tokio::test]
async fn what_redis_does_not_take_counts_against_nobody() {
    let mut redis = RedisServer::start(Keeps::Nothing);
    let (_processes, servers) = two_nodes(&redis);
    let _alice = Client::join(&servers[0], "movie-night", "Alice").await;
    redis.kill();
    let theirs = from(ADDRESS, &servers);
    for (room, more_than_count) in [("attic", CREATIONS + 2), ("movie-night", JOINS + 2)] {
        for _ in 0..more_than_count {
            let refused = refusal(&theirs[0], room, None).await;
            assert_eq!(refused, Some(Refused::StorageAway), "{room}");
        }
    }
}
