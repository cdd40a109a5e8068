//! Tries at passwords, over two server processes that share a Redis: those of an address and those of
//! a room are counted together, and right ones are not counted.
//!
//! Tries come back with time, so how many passed is compared with bounds that no slow machine reaches.

use watchtogether::protocol::denied::Refused;
use watchtogether::protocol::secret::InviteToken;
use watchtogether::wire::message::Hello;

use super::Server;
use super::client::{Client, private_hello};
use super::nodes::node;
use super::operated::OperatedServer;
use super::socket::Socket;
use crate::support::redis_server::{Keeps, RedisServer};

const ROOM: &str = "our-place";
const PASSWORD: &str = "popcorn";

/// Wrong passwords of an address at once.
const OF_ADDRESS: usize = 10;

/// How many tries of an address at a node are its own, and not taken from those of the room.
const OWN: usize = 3;

/// Wrong passwords in a room at once.
const OF_ROOM: usize = 30;

/// Two nodes that believe the proxy of this machine: loopback itself counts nothing.
struct TwoNodes {
    _processes: [OperatedServer; 2],
    servers: [Server; 2],
    _redis: RedisServer,
}

impl TwoNodes {
    fn start() -> Self {
        let redis = RedisServer::start(Keeps::Nothing);
        let mut processes = [(); 2].map(|()| node(&redis, &["--trust-proxy", "127.0.0.1"]));
        Self {
            servers: processes.each_mut().map(OperatedServer::server),
            _processes: processes,
            _redis: redis,
        }
    }

    /// A node as this address reaches it.
    fn at(&self, node: usize, address: &str) -> Server {
        self.servers[node % 2].through("X-Forwarded-For", address)
    }

    /// A private room with a member at each node, so that both have it.
    async fn with_room() -> (Self, [Client; 2]) {
        let nodes = Self::start();
        let mut members = Vec::new();
        for (number, name) in ["Alice", "Bob"].into_iter().enumerate() {
            let hello = private_hello(ROOM, name, Some(PASSWORD));
            let server = nodes.at(number, "203.0.113.1");
            members.push(Client::enter(&server, hello).await.expect("let in"));
        }
        let members = members.try_into();
        (nodes, members.unwrap_or_else(|_| panic!("two members")))
    }
}

/// An invite that does not work: it counts as a wrong password, and nothing is hashed for it.
fn wrong_invite() -> Hello {
    let mut hello = private_hello(ROOM, "Mallory", None);
    hello.invite = Some(InviteToken::from_bits(7));
    hello
}

/// Whether a wrong try was looked at: else there were too many.
async fn tries(server: &Server, hello: Hello) -> bool {
    let said = Socket::open(server).await.say_hello(hello).await;
    match said.expect_err("it is wrong").refused() {
        Some(Refused::PasswordWrong | Refused::InviteInvalid) => true,
        Some(Refused::TooManyTries { .. }) => false,
        other => panic!("{other:?}"),
    }
}

/// How many tries the room allows at a node, from as many new addresses of this network as it takes.
async fn tries_of_room(nodes: &TwoNodes, node: usize, network: &str) -> usize {
    let mut passed = 0;
    for host in 1..=20 {
        let server = nodes.at(node, &format!("{network}.{host}"));
        for _ in 0..OWN {
            assert!(tries(&server, wrong_invite()).await, "its own");
        }
        for _ in OWN..OF_ADDRESS - 1 {
            if !tries(&server, wrong_invite()).await {
                return passed;
            }
            passed += 1;
        }
    }
    panic!("{passed} tries in one room");
}

#[tokio::test]
async fn wrong_passwords_of_an_address_count_at_all_nodes_and_right_ones_do_not() {
    let (nodes, _members) = TwoNodes::with_room().await;
    let address = "203.0.113.7";
    for number in 0..4 {
        let right = private_hello(ROOM, "Vera", Some(PASSWORD));
        let entered = Client::enter(&nodes.at(number, address), right).await;
        assert!(entered.is_ok(), "{:?}", entered.err());
    }
    let mut passed = 0;
    loop {
        let wrong = match passed {
            0 | 1 => private_hello(ROOM, "Mallory", Some("beer")),
            _ => wrong_invite(),
        };
        if !tries(&nodes.at(passed, address), wrong).await {
            break;
        }
        passed += 1;
    }
    let counted_together = OF_ADDRESS..OF_ADDRESS * 3 / 2;
    assert!(counted_together.contains(&passed), "{passed} at both nodes");
    assert!(
        tries(&nodes.at(0, "203.0.113.8"), wrong_invite()).await,
        "the tries of another address are its own"
    );
}

#[tokio::test]
async fn wrong_passwords_in_a_room_count_at_all_nodes_and_right_ones_do_not() {
    let (nodes, _members) = TwoNodes::with_room().await;
    // Somebody who has used up their own tries, so that also the right ones are those of the room.
    let friend = nodes.at(0, "203.0.113.7");
    for _ in 0..=OWN {
        assert!(tries(&friend, wrong_invite()).await);
    }
    for _ in 0..OF_ROOM / 3 {
        let right = private_hello(ROOM, "Vera", Some(PASSWORD));
        let entered = Client::enter(&friend, right).await;
        assert!(entered.is_ok(), "{:?}", entered.err());
    }
    let there = tries_of_room(&nodes, 1, "198.51.100").await;
    assert!(there >= OF_ROOM - 2, "right ones counted: {there} are left");
    let here = tries_of_room(&nodes, 0, "192.0.2").await;
    assert!(
        here < OF_ROOM / 3,
        "{there} at one node, {here} at the other"
    );
    // Whoever has not guessed is not locked out by those who have.
    for number in 0..2 {
        let right = private_hello(ROOM, "Dan", Some(PASSWORD));
        let entered = Client::enter(&nodes.at(number, "203.0.113.8"), right).await;
        assert!(entered.is_ok(), "{:?}", entered.err());
    }
}
