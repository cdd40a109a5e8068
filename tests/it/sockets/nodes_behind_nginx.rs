//! Three server processes behind the nginx that DEPLOY.md prints: each knows whom nginx stands for.

use watchtogether::protocol::command::{Command, MemberRef};
use watchtogether::protocol::denied::Refused;
use watchtogether::protocol::member::BanScope;

use super::Server;
use super::client::{Client, hello};
use super::nodes::eventually;
use super::operated::OperatedServer;
use super::socket::Socket;
use crate::support::proxies::Proxy;
use crate::support::redis_server::{Keeps, RedisServer};

/// Three nodes that believe the proxy of this machine, and nginx before them.
struct Balanced {
    nodes: [OperatedServer; 3],
    /// The nodes themselves, in the same order.
    behind: [Server; 3],
    entrance: Server,
    _proxy: Proxy,
}

impl Balanced {
    /// With further options for the nodes.
    fn start(redis: &RedisServer, options: &[&str]) -> Self {
        let url = redis.url();
        let own = ["--redis", &url, "--trust-proxy", "127.0.0.1"];
        let mut nodes = [(); 3].map(|()| OperatedServer::start(&[&own, options].concat()));
        let behind = nodes.each_mut().map(OperatedServer::server);
        let proxy = Proxy::before_nodes(behind.each_ref().map(|node| node.address));
        Self {
            nodes,
            behind,
            entrance: Server::elsewhere(proxy.plain()),
            _proxy: proxy,
        }
    }

    /// How many connections are open, by the figures of all nodes.
    fn connections(&self) -> u64 {
        let figures = self.nodes.iter().map(|node| node.json(&["figures"]));
        let open = figures.map(|figures| figures["connections"].as_u64().expect("a figure"));
        open.sum()
    }
}

#[tokio::test]
async fn a_ban_at_one_node_behind_nginx_knows_the_address_again_at_all() {
    let redis = RedisServer::start(Keeps::Nothing);
    let balanced = Balanced::start(&redis, &[]);
    let entrance = &balanced.entrance;
    let (hers, theirs) = ([127, 0, 0, 2], [127, 0, 0, 3]);
    let mut alice = Client::join(&entrance.reached_from(hers), "movie-night", "Alice").await;
    let mallory = Client::join(&entrance.reached_from(theirs), "movie-night", "Mallory").await;
    assert_ne!(alice.node, mallory.node, "nginx takes the next one");
    alice.until_room(|room| room.roster.count == 2).await;
    let who = MemberRef::Id(mallory.you);
    let scope = BanScope::Ask;
    alice.ask(Command::Ban { who, scope }).await.unwrap();
    // One at each node, and one who goes round: without a token, so as somebody new.
    let mut open = Vec::new();
    for _ in 0..6 {
        let mut socket = Socket::open(&entrance.reached_from(theirs)).await;
        let refused = socket.say_hello(hello("movie-night", "Newcomer")).await;
        let refused = refused.err().and_then(|reason| reason.refused());
        assert_eq!(refused, Some(Refused::Banned));
        open.push(socket);
    }
    let from_elsewhere = entrance.reached_from([127, 0, 0, 4]);
    let vera = Client::join(&from_elsewhere, "movie-night", "Vera").await;
    assert!(!vera.created);
}

#[tokio::test]
async fn the_connections_of_an_address_behind_nginx_are_limited_and_not_those_of_others() {
    let redis = RedisServer::start(Keeps::Nothing);
    let limit = ["--max-connections-per-address", "2"];
    let balanced = Balanced::start(&redis, &limit);
    let here = balanced.entrance.reached_from([127, 0, 0, 2]);
    let alice = Client::join(&here, "movie-night", "Alice").await;
    let bob = Client::join(&here, "movie-night", "Bob").await;
    assert_ne!(alice.node, bob.node, "no node has both");
    let from_there = |node: &Server| node.through("X-Forwarded-For", "127.0.0.2");
    let nodes = balanced.behind.each_ref().map(from_there);
    eventually("every node knows of both", async || {
        // A socket that was let in to no purpose before is gone, and counts for nothing.
        let mut all_refuse = balanced.connections() == 2;
        for node in &nodes {
            all_refuse &= Socket::try_open(node).await.err() == Some(429);
        }
        all_refuse.then_some(())
    })
    .await;
    assert_eq!(Socket::try_open(&here).await.err(), Some(429));
    let other = balanced.entrance.reached_from([127, 0, 0, 3]);
    assert!(Socket::try_open(&other).await.is_ok());
    drop((alice, bob));
}
