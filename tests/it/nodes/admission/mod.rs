//! A private room at three nodes whose admin makes and revokes invite links, changes the password, and
//! bans guests by their addresses and lifts that again, while the guests try the doors of all nodes.

mod admin;
mod record;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

use futures_util::future::join_all;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use tokio::time::sleep;
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use watchtogether::protocol::ids::MemberId;
use watchtogether::wire::message::{ClientMsg, ServerMsg};

use self::admin::Admin;
use self::record::{AdmissionRecord, Brings};
use super::Node;
use super::evening::{addresses, number};
use super::history::acks;
use crate::sockets::client::private_hello;
use crate::support::redis_server::{Keeps, RedisServer};
use crate::support::talk::{Stream, receive, send};

/// How many come anew each time, and how many come back by their tokens.
const GUESTS: [usize; 2] = [4, 2];

/// How often each of them tries at most: an address brings in some 40 members.
const TRIES: usize = 40;

/// What everybody shares.
struct Game {
    room: String,
    nodes: Vec<SocketAddr>,
    record: RefCell<AdmissionRecord>,
    /// The guests who were let in: who each is since then, and whether they come back by their token.
    members: RefCell<BTreeMap<usize, (MemberId, bool)>>,
    /// How many guests still play.
    playing: Cell<usize>,
}

/// The password of an index.
fn password(index: usize) -> String {
    format!("popcorn {index}")
}

/// A socket at a node that comes from this address, as a proxy tells it.
async fn socket_from(node: SocketAddr, address: &str) -> Stream {
    let mut request = format!("ws://{node}/ws")
        .into_client_request()
        .expect("a request");
    let address = address.parse().expect("a header");
    request.headers_mut().insert("X-Forwarded-For", address);
    connect_async(request).await.expect("a connection").0
}

/// A guest: where they come from, and what they decide.
struct Guest {
    number: usize,
    dice: StdRng,
    /// Whether they keep their token: it is what they are banned by. The others are, by their addresses.
    comes_back: bool,
    token: String,
}

impl Guest {
    fn new(number: usize, comes_back: bool, seed: u64) -> Self {
        Self {
            number,
            dice: StdRng::seed_from_u64(seed.wrapping_add(number as u64)),
            comes_back,
            token: token(),
        }
    }

    /// The password of an index, with the token if they come back by it.
    const fn with_password(&self, index: usize) -> Brings {
        if self.comes_back {
            Brings::Token(index)
        } else {
            Brings::Password(index)
        }
    }

    /// Tries a node with what they have; `None` if they are refused.
    async fn tries(&mut self, game: &Game, node: usize, brings: Brings) -> Option<Stream> {
        let mut hello = private_hello(&game.room, &format!("Guest {}", self.number), None);
        match brings {
            Brings::Link(index) => {
                hello.invite = Some(game.record.borrow().links[index].token.clone());
            }
            Brings::Password(index) | Brings::Token(index) => {
                hello.password = Some(password(index).as_str().into());
            }
            Brings::Nonsense => hello.password = Some("nonsense".into()),
        }
        if !self.comes_back {
            self.token = token();
        }
        hello.token = Some(self.token.clone());
        let address = format!("203.0.113.{}", self.number + 1);
        let mut socket = socket_from(game.nodes[node], &address).await;
        let attempt = game.record.borrow_mut().tries(self.number, brings);
        let said = send(&mut socket, &ClientMsg::Hello(Box::new(hello))).await;
        assert_eq!(said, Ok(()));
        match receive(&mut socket).await.expect("an answer") {
            ServerMsg::Welcome(welcome) => {
                let member = (welcome.you, self.comes_back);
                game.members.borrow_mut().insert(self.number, member);
                game.record.borrow_mut().answered(attempt, None);
                Some(socket)
            }
            ServerMsg::Refused(reason) => {
                let why = reason.refused().expect("a code that is known");
                game.record.borrow_mut().answered(attempt, Some(&why));
                None
            }
            other => panic!("{other:?}"),
        }
    }

    /// Tries one door after the other.
    async fn plays(&mut self, game: &Game, often: usize) {
        for _ in 0..often {
            let brings = self.chooses(game);
            let node = self.dice.random_range(0..game.nodes.len());
            let inside = self.tries(game, node, brings).await;
            let rest = Duration::from_millis(self.dice.random_range(0..80));
            sleep(rest).await;
            drop(inside);
        }
        game.playing.set(game.playing.get() - 1);
    }

    fn chooses(&mut self, game: &Game) -> Brings {
        let record = game.record.borrow();
        let newest = record.password();
        if self.comes_back {
            return Brings::Token(newest);
        }
        let links = record.links.len();
        match self.dice.random_range(0..20) {
            0 => Brings::Nonsense,
            1 => Brings::Password(newest.saturating_sub(1)),
            2..=7 => Brings::Password(newest),
            8 if links > 0 => Brings::Link(self.dice.random_range(0..links)),
            _ => {
                let open = record.open_links();
                match open.len() {
                    0 => Brings::Password(newest),
                    count => Brings::Link(open[self.dice.random_range(0..count)]),
                }
            }
        }
    }
}

fn token() -> String {
    format!("{:032x}", rand::random::<u128>())
}

impl Game {
    /// What must be seen in each evening: a link that is good for one lets in one of two who come at
    /// once, and then nobody; nor does one that is revoked; and a ban holds until it is lifted.
    async fn ends(&self, admin: &mut Admin, fresh: [Guest; 4]) {
        let [mut first, mut second, newcomer, returning] = fresh;
        let link = admin.makes_link(self, 1).await;
        let (one, other) = tokio::join!(
            first.tries(self, 0, Brings::Link(link)),
            second.tries(self, 1, Brings::Link(link)),
        );
        assert!(one.is_some() != other.is_some(), "one use is one guest");
        assert!(first.tries(self, 2, Brings::Link(link)).await.is_none());
        let link = admin.makes_link(self, 3).await;
        admin.revokes(self, link).await;
        for node in 0..self.nodes.len() {
            assert!(second.tries(self, node, Brings::Link(link)).await.is_none());
        }
        for mut guest in [newcomer, returning] {
            let brings = guest.with_password(self.record.borrow().password());
            drop(guest.tries(self, 0, brings).await.expect("let in"));
            admin.bans(self, guest.number).await;
            for node in 0..self.nodes.len() {
                assert!(guest.tries(self, node, brings).await.is_none());
            }
            admin.unbans(self, guest.number).await;
            for node in 0..self.nodes.len() {
                drop(guest.tries(self, node, brings).await.expect("let in"));
            }
        }
    }
}

#[tokio::test]
async fn whoever_comes_after_an_answer_finds_the_doors_of_all_nodes_as_it_said() {
    let redis = RedisServer::start(Keeps::Nothing);
    let proxied = |command: &mut std::process::Command| {
        command.args(["--trust-proxy", "127.0.0.1"]);
    };
    let nodes: Vec<Node> = (0..3)
        .map(|_| Node::start_with(&redis.url(), proxied))
        .collect();
    let seed = number("HISTORY_SEED").unwrap_or_else(rand::random);
    println!("HISTORY_SEED={seed}");
    let game = Game {
        room: format!("room-{:08x}", rand::random::<u32>()),
        nodes: addresses(&nodes),
        record: RefCell::default(),
        members: RefCell::default(),
        playing: Cell::new(GUESTS.iter().sum()),
    };
    let mut admin = Admin::enter(&game, seed).await;
    let guest = |number| Guest::new(number, number >= GUESTS[0], seed);
    let mut guests: Vec<Guest> = (0..game.playing.get()).map(guest).collect();
    let often = (acks() / 2).min(TRIES);
    let playing = join_all(guests.iter_mut().map(|guest| guest.plays(&game, often)));
    tokio::join!(playing, admin.plays(&game));
    let fresh = [(false, 0), (false, 1), (false, 2), (true, 3)];
    let fresh = fresh.map(|(comes_back, more)| Guest::new(guests.len() + more, comes_back, seed));
    Box::pin(game.ends(&mut admin, fresh)).await;
    println!("{:?}", game.record.borrow().answers);
}
