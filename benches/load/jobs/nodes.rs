//! What two nodes and their Redis bear: everybody is at one of them, so that the other one shows what
//! rooms cost a node at which nobody of theirs is.

use std::thread::sleep;
use std::time::{Duration, Instant};

use super::small_rooms::{self, ROOM_SIZE};
use super::{Rig, figure};
use crate::crowd::Crowd;
use crate::orders::{Life, Which};
use crate::redis::Redis;
use crate::report::Figure;
use crate::server::Server;

/// How many there are.
const MEMBERS: u32 = 5_000;

/// How long they pause and resume, in seconds.
const LIVE_FOR: u32 = 60;

pub(super) fn run(rig: &Rig) -> Vec<Figure> {
    let Some(redis) = Redis::start() else {
        return Vec::new();
    };
    let servers = [(); 2].map(|()| Server::start_on(&redis.url()));
    let mut crowd = Crowd::start(&servers[0], rig.processes);
    sleep(Duration::from_secs(1));
    let memory = || {
        [
            servers[0].resident(),
            servers[1].resident(),
            redis.resident(),
        ]
    };
    let processor = || {
        [
            servers[0].processor(),
            servers[1].processor(),
            redis.processor(),
        ]
    };
    let rest = memory();
    let members = small_rooms::members(rig, MEMBERS, Life::Watches);
    // Whoever comes first makes the room.
    let leaders = crowd.join(0, members, Which::Leaders, 200);
    let others = crowd.join(0, members, Which::Others, 200);
    assert_eq!(leaders.failed + others.failed, 0, "all get in");
    let created = f64::from(members.count / ROOM_SIZE);
    let took = figure(leaders.ended - leaders.began) / 1_000_000.0;
    let rooms = small_rooms::lively(rig, &mut crowd);
    let (before, began) = (processor(), Instant::now());
    let pauses = small_rooms::pauses(&rooms, &mut crowd, LIVE_FOR);
    let (after, seconds) = (processor(), began.elapsed().as_secs_f64());
    let taken: Vec<f64> = before
        .iter()
        .zip(after)
        .map(|(from, to)| (to - from) / seconds)
        .collect();
    let held: Vec<f64> = rest
        .iter()
        .zip(memory())
        .map(|(from, to)| (to - from) / created)
        .collect();
    vec![
        ("nodes-created", created / took),
        ("nodes-cpu", taken[0]),
        ("nodes-other-cpu", taken[1]),
        ("nodes-redis-cpu", taken[2]),
        ("nodes-memory", held[0]),
        ("nodes-other-memory", held[1]),
        ("nodes-redis-memory", held[2]),
        ("nodes-pause-p50", pauses.at(0.5)),
        ("nodes-pause-p99", pauses.at(0.99)),
        ("nodes-faults", pauses.faults()),
    ]
}
