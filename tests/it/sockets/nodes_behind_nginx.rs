//! Three server processes behind the nginx that DEPLOY.md prints: each knows whom nginx stands for.

use watchtogether::protocol::command::{Command, MemberRef};
use watchtogether::protocol::denied::Refused;
use watchtogether::protocol::member::BanScope;

use super::Server;
use super::client::{Client, hello};
use super::operated::OperatedServer;
use super::socket::Socket;
use crate::support::proxies::Proxy;
use crate::support::redis_server::{Keeps, RedisServer};

/// Three nodes that believe the proxy of this machine, with further options, and the proxy.
fn nodes(redis: &RedisServer, options: &[&str]) -> ([OperatedServer; 3], Proxy, Server) {
    let url = redis.url();
    let own = ["--redis", &url, "--trust-proxy", "127.0.0.1"];
    let mut nodes = [(); 3].map(|()| OperatedServer::start(&[&own, options].concat()));
    let proxy = Proxy::before_nodes(nodes.each_mut().map(|node| node.server().address));
    let entrance = Server::elsewhere(proxy.plain());
    (nodes, proxy, entrance)
}

#[tokio::test]
async fn a_ban_at_one_node_behind_nginx_knows_the_address_again_at_all() {
    let redis = RedisServer::start(Keeps::Nothing);
    let (_nodes, _proxy, entrance) = nodes(&redis, &[]);
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
    let (_nodes, _proxy, entrance) = nodes(&redis, &limit);
    let mut open = Vec::new();
    let refused = loop {
        match Socket::try_open(&entrance.reached_from([127, 0, 0, 2])).await {
            Ok(socket) => open.push(socket),
            Err(status) => break status,
        }
        assert!(open.len() <= 6, "two at each node");
    };
    assert_eq!(refused, 429);
    assert!(open.len() >= 2, "two at one node");
    let other = Socket::try_open(&entrance.reached_from([127, 0, 0, 3])).await;
    assert!(other.is_ok());
}
