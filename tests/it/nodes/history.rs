//! Random commands by many members at several nodes, and nobody fails.
//!
//! `HISTORY_ACKS=n` sets how many acknowledgements each member waits for, `HISTORY_SEED=n` repeats the
//! commands of a run as far as a machine can.

use rand::rngs::StdRng;
use rand::{Rng, RngExt};
use watchtogether::media::Media;
use watchtogether::protocol::command::{Command, MemberRef, SeekTarget};
use watchtogether::protocol::member::Role;
use watchtogether::protocol::text::MemberName;
use watchtogether::protocol::time::{Position, Rate};
use watchtogether::room::state::RoomState;

use super::Node;
use super::evening::{Evening, addresses, nodes, number};
use super::record::Record;
use crate::sockets::client::chat;
use crate::support::redis_server::{Keeps, RedisServer};

/// How many acknowledgements each member waits for in `make test`.
const ACKS: usize = 25;

/// How many acknowledgements more are waited for until two nodes have decided at once.
const MORE: usize = 200;

/// Anything that members do.
pub(super) fn anything(dice: &mut StdRng, room: &RoomState, record: &Record) -> Command {
    let own = (record.member, record.commands.len());
    match dice.random_range(0..20) {
        0..=3 => chat(&format!("line {} of {}", own.1, own.0)),
        4..=6 => Command::Add {
            media: link(&format!("{}-{}", own.0, own.1)),
        },
        7 | 8 => Command::Approve { entry: None },
        9 => Command::Skip,
        10 => Command::Rename {
            name: MemberName::parse(&format!("Name {}", own.1 % 7)).expect("a name"),
        },
        11..=13 => role(dice, room),
        14 => {
            let entries = room.queue.entries();
            match entries.get(dice.random_range(0..=entries.len())) {
                Some(entry) => Command::Remove { entry: entry.id },
                None => Command::Undo,
            }
        }
        _ => playback(dice, room, record),
    }
}

/// What controls playback: each of it replaces what was before.
pub(super) fn playback(dice: &mut StdRng, room: &RoomState, _: &Record) -> Command {
    if room.timeline.playing.is_none() && dice.random_bool(0.5) {
        let number: u64 = dice.next_u64();
        return Command::Play {
            media: link(&format!("played-{number}")),
        };
    }
    match dice.random_range(0..4) {
        0 => Command::Pause { mark: None },
        1 => Command::Resume { mark: None },
        2 => Command::Seek {
            target: SeekTarget::To(Position(dice.random_range(0..3_600_000_000))),
            mark: None,
        },
        _ => Command::SetRate {
            rate: Rate::from_factor(1.0 + f64::from(dice.random_range(0_u8..50)) / 100.0)
                .expect("a rate"),
        },
    }
}

/// A role for somebody: for most, so that many may act.
fn role(dice: &mut StdRng, room: &RoomState) -> Command {
    let members: Vec<_> = room.roster.all().map(|member| member.id).collect();
    let who = members[dice.random_range(0..members.len())];
    let roles = [Role::Viewer, Role::Moderator, Role::Admin, Role::Admin];
    Command::SetRole {
        who: MemberRef::Id(who),
        role: roles[dice.random_range(0..roles.len())],
    }
}

pub(super) fn link(name: &str) -> Media {
    Media::parse(&format!("https://example.org/{name}.mp4")).expect("a link")
}

/// How many acknowledgements each member waits for.
pub(super) fn acks() -> usize {
    number("HISTORY_ACKS").map_or(ACKS, |wanted| usize::try_from(wanted).expect("it fits"))
}

#[tokio::test]
async fn whatever_members_of_three_nodes_do_there_is_one_order_and_all_counts_once() {
    let redis = RedisServer::start(Keeps::Nothing);
    let nodes = nodes(&redis, 3);
    let evening = Evening::of(9, anything, &addresses(&nodes));
    evening
        .play(async |stage| stage.until_each_has(acks()).await)
        .await;
}

/// Redis decides between the nodes each time, thousands of times in `make soak`.
#[tokio::test]
async fn two_nodes_that_decide_at_once_lose_and_double_nothing() {
    let redis = RedisServer::start(Keeps::Nothing);
    let nodes = nodes(&redis, 2);
    let evening = Evening::of(16, playback_by_all, &addresses(&nodes));
    let decided_anew = || nodes.iter().map(Node::decided_anew).sum::<u64>();
    evening
        .play(async |stage| {
            stage.until_each_has(acks()).await;
            // By now they have, unless the machine is as slow as if there were one node.
            for _ in 0..MORE {
                if decided_anew() > 0 {
                    break;
                }
                stage.until_each_has(1).await;
            }
        })
        .await;
    let decided_anew = decided_anew();
    println!("{decided_anew} decided anew");
    assert!(decided_anew > 0, "the nodes never decided at once");
}

/// The creator makes everybody an admin, and all control playback.
fn playback_by_all(dice: &mut StdRng, room: &RoomState, record: &Record) -> Command {
    let me = room.roster.get(record.member).expect("oneself");
    let mut viewers = room.roster.all().filter(|one| one.role != Role::Admin);
    match viewers.next() {
        Some(viewer) if me.role == Role::Admin => Command::SetRole {
            who: MemberRef::Id(viewer.id),
            role: Role::Admin,
        },
        _ => playback(dice, room, record),
    }
}

/// Members of three nodes come at once into rooms that nobody has created yet.
#[tokio::test]
async fn a_room_that_all_nodes_create_at_once_has_one_creator() {
    let redis = RedisServer::start(Keeps::Nothing);
    let nodes = nodes(&redis, 3);
    for _ in 0..8 {
        let evening = Evening::of(6, anything, &addresses(&nodes));
        evening.play(async |_| {}).await;
    }
}
