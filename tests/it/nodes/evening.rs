//! What the tests of several nodes share: members who play, and what they recorded held against the
//! laws.

use std::net::SocketAddr;
use std::process::Command;

use futures_util::future::join_all;

use super::player::{Act, Player};
use super::record::Record;
use super::stage::Stage;
use super::{Node, laws};
use crate::support::redis_server::RedisServer;

/// The players of a room, and what they share.
pub(super) struct Evening {
    /// The room's name.
    pub(super) room: String,
    pub(super) stage: Stage,
    players: Vec<Player>,
}

impl Evening {
    /// So many players of one room at these nodes, all of whom come at once.
    pub(super) fn of(players: usize, act: Act, nodes: &[SocketAddr]) -> Self {
        let room = format!("room-{:08x}", rand::random::<u32>());
        let seed = number("HISTORY_SEED").unwrap_or_else(rand::random);
        println!("HISTORY_SEED={seed}");
        let players = (0..players).map(|number| Player::new(number, &room, seed, act));
        let players: Vec<Player> = players.collect();
        Self {
            room,
            stage: Stage::new(players.len(), nodes.iter().copied()),
            players,
        }
    }

    /// The same in a private room.
    pub(super) fn private(players: usize, act: Act, nodes: &[SocketAddr]) -> Self {
        let Self {
            room,
            stage,
            players,
        } = Self::of(players, act, nodes);
        let players = players.into_iter();
        let players = players.map(|player| player.with_password("popcorn"));
        Self {
            room,
            stage,
            players: players.collect(),
        }
    }

    /// Lets everybody play until `control` is over, and checks what they have recorded.
    pub(super) async fn play(mut self, control: impl AsyncFnOnce(&Stage)) -> Vec<Player> {
        let stage = &self.stage;
        let playing = join_all(self.players.iter_mut().map(|player| player.play(stage)));
        let controlling = async {
            control(stage).await;
            stage.end().await;
        };
        tokio::join!(playing, controlling);
        let players = self.players.iter();
        let records = players.flat_map(|player| player.earlier.iter().chain([&player.record]));
        let records: Vec<&Record> = records.collect();
        laws::check(&records);
        self.players
    }
}

/// The number in a variable of the environment.
pub(super) fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

/// For how many seconds a room waits for an admin who lost the connection: so short that somebody else
/// acts as admin now and then.
const GRACE: &str = "0.2";

/// So many nodes with this Redis.
pub(super) fn nodes(redis: &RedisServer, many: usize) -> Vec<Node> {
    let impatient = |command: &mut Command| {
        command.args(["--succession-grace", GRACE]);
    };
    let node = |_| Node::start_with(&redis.url(), impatient);
    (0..many).map(node).collect()
}

/// Their addresses.
pub(super) fn addresses(nodes: &[Node]) -> Vec<SocketAddr> {
    nodes.iter().map(|node| node.address).collect()
}
