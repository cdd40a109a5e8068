//! A private room whose members kick, ban and mute each other at three nodes, while strangers without
//! the password try all of them.

use rand::RngExt;
use rand::rngs::StdRng;
use tokio::time::{Duration, sleep};
use tokio_tungstenite::connect_async;
use watchtogether::protocol::command::{Command, MemberRef};
use watchtogether::protocol::denied::Refused;
use watchtogether::protocol::member::BanScope;
use watchtogether::room::state::RoomState;
use watchtogether::wire::message::{ClientMsg, ServerMsg};

use super::evening::{Evening, addresses, nodes};
use super::history::{acks, anything};
use super::laws::STRANGER;
use super::record::Record;
use super::stage::{Progress, Stage};
use crate::sockets::client::private_hello;
use crate::support::redis_server::{Keeps, RedisServer};
use crate::support::talk::{receive, send};

/// How many members there are: two at each node.
const MEMBERS: usize = 6;

/// How many are banned at most: the others play on.
const BANS: usize = 3;

/// How long strangers rest between two tries.
const REST: Duration = Duration::from_millis(50);

/// Anything that members do, and now and then something against another.
fn moderated(dice: &mut StdRng, room: &RoomState, record: &Record) -> Command {
    let others = room.roster.all().filter(|one| one.id != record.member);
    let others: Vec<_> = others.map(|member| member.id).collect();
    if others.is_empty() {
        return anything(dice, room, record);
    }
    let who = MemberRef::Id(others[dice.random_range(0..others.len())]);
    match dice.random_range(0..40) {
        0 => Command::Kick { who },
        1 | 2 if room.bans.len() < BANS && others.len() > BANS => Command::Ban {
            who,
            scope: BanScope::Member,
        },
        3..=6 => {
            let muted = dice.random_bool(0.5);
            Command::Mute { who, muted }
        }
        _ => anything(dice, room, record),
    }
}

/// Somebody who does not know the password tries one node after the other.
async fn try_in_vain(stage: &Stage, room: &str) {
    for node in 0.. {
        let (_, address) = stage.node_from(node);
        let connecting = connect_async(format!("ws://{address}/ws")).await;
        let (mut socket, _) = connecting.expect("a connection");
        let hello = private_hello(room, STRANGER, None);
        let said = send(&mut socket, &ClientMsg::Hello(Box::new(hello))).await;
        assert_eq!(said, Ok(()));
        match receive(&mut socket).await {
            Ok(ServerMsg::Refused(reason)) => {
                assert_eq!(reason.refused(), Some(Refused::PasswordNeeded));
            }
            other => panic!("{other:?}"),
        }
        sleep(REST).await;
    }
}

#[tokio::test]
async fn who_is_banned_kicked_muted_or_without_the_password_is_so_at_every_node() {
    let redis = RedisServer::start(Keeps::Nothing);
    let nodes = nodes(&redis, 3);
    let evening = Evening::private(MEMBERS, moderated, &addresses(&nodes));
    let room = evening.room.clone();
    let players = evening
        .play(async |stage| {
            stage.until_each_has(1).await;
            let enough = async {
                stage.until_each_has(acks() / 2).await;
                let what = "somebody is kicked, and somebody banned";
                let kicked_and_banned = |all: &[Progress]| {
                    all.iter().any(|one| one.kicked > 0) && all.iter().any(|one| one.is_out)
                };
                stage.until(what, kicked_and_banned).await;
            };
            tokio::select! {
                () = enough => {}
                () = try_in_vain(stage, &room) => {}
            }
        })
        .await;
    let kicked: usize = players.iter().map(|player| player.earlier.len()).sum();
    let banned = players.iter().filter(|player| player.record.is_over);
    let banned = banned.count();
    println!("{kicked} kicked, {banned} banned");
    assert!(kicked > 0 && banned > 0);
}
