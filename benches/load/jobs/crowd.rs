//! 10,000 members in rooms of 10, who live as members do for a while.

use std::thread::sleep;
use std::time::{Duration, Instant};

use super::{Rig, is_long, small_rooms};
use crate::orders::Life;
use crate::probe::Probe;
use crate::report::Figure;

/// How many there are.
const MEMBERS: u32 = 10_000;

/// How long they live, in seconds.
const LIVE_FOR: u32 = 60;

/// The same in a long run, which begins with the first two minutes of their clients.
const LIVE_LONG_FOR: u32 = 600;

pub(super) fn run(rig: &Rig) -> Vec<Figure> {
    let (server, mut crowd) = rig.set_up();
    sleep(Duration::from_secs(1));
    let rest = server.resident();
    let (seconds, life) = if is_long() {
        (LIVE_LONG_FOR, Life::WatchesAnew)
    } else {
        (LIVE_FOR, Life::Watches)
    };
    let members = small_rooms::members(rig, MEMBERS, life);
    crowd.fill(members, 200);
    let rooms = small_rooms::lively(rig, &mut crowd);
    let probe = Probe::start(server.address);
    let (before, began) = (server.processor(), Instant::now());
    let pauses = small_rooms::pauses(&rooms, &mut crowd, seconds);
    let processor = server.processor() - before;
    let took = began.elapsed().as_secs_f64();
    vec![
        (
            "crowd-memory",
            (server.resident() - rest) / f64::from(members.count),
        ),
        ("crowd-cpu", processor / took),
        (
            "crowd-messages",
            pauses.messages() / f64::from(members.count),
        ),
        ("crowd-pause-p50", pauses.at(0.5)),
        ("crowd-pause-p99", pauses.at(0.99)),
        ("crowd-faults", pauses.faults()),
        ("crowd-healthz", probe.p99()),
    ]
}
