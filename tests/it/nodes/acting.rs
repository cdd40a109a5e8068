//! The only admin of a room loses the connection again and again. Each time the same deadline is due at
//! all nodes, and one member acts as admin until the real one is back.

use rand::RngExt;
use rand::rngs::StdRng;
use watchtogether::protocol::command::Command;
use watchtogether::room::state::RoomState;

use super::evening::{Evening, addresses, nodes};
use super::history::{link, playback};
use super::record::Record;
use super::stage::{Progress, Stage};
use crate::sockets::client::chat;
use crate::support::redis_server::{Keeps, RedisServer};

/// How many members there are: two at each node.
const MEMBERS: usize = 6;

/// How often the admin is away: a member who breaks off more often within a minute is missed later.
const ABSENCES: usize = 3;

/// How many acknowledgements each member gets between two things that happen.
const SOME: usize = 4;

/// Anything but to give roles: nobody else becomes a real admin.
fn without_roles(dice: &mut StdRng, room: &RoomState, record: &Record) -> Command {
    let own = (record.member, record.commands.len());
    match dice.random_range(0..8) {
        0 | 1 => chat(&format!("line {} of {}", own.1, own.0)),
        2 => Command::Add {
            media: link(&format!("{}-{}", own.0, own.1)),
        },
        3 => Command::Approve { entry: None },
        _ => playback(dice, room, record),
    }
}

/// Waits until all but this player are as wished.
async fn until_others(
    stage: &Stage,
    but: usize,
    what: &str,
    wished: impl Fn(usize, &Progress) -> bool,
) {
    stage
        .until(what, |all| {
            let mut others = all.iter().enumerate().filter(|(player, _)| *player != but);
            others.all(|(player, one)| wished(player, one))
        })
        .await;
}

#[tokio::test]
async fn while_the_admin_is_away_one_member_acts_at_all_nodes() {
    let redis = RedisServer::start(Keeps::Nothing);
    let nodes = nodes(&redis, 3);
    let evening = Evening::of(MEMBERS, without_roles, &addresses(&nodes));
    evening
        .play(async |stage| {
            stage.until_each_has(SOME).await;
            let progress = stage.progress();
            let admin = progress.iter().position(|one| one.created);
            let admin = admin.expect("somebody has created the room");
            for _ in 0..ABSENCES {
                stage.sends_away(Some(admin));
                until_others(stage, admin, "somebody acts", |_, one| one.acting.is_some()).await;
                let before = stage.progress();
                until_others(stage, admin, "they go on", |player, one| {
                    one.acknowledged >= before[player].acknowledged + SOME
                })
                .await;
                stage.sends_away(None);
                let nobody_acts = |all: &[Progress]| !all.iter().any(|one| one.acting.is_some());
                stage.until("nobody acts any more", nobody_acts).await;
                stage.until_each_has(SOME).await;
            }
        })
        .await;
}
