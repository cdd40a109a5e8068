//! 10,000 members in rooms of 10, who live as members do for a while.

use std::thread::sleep;
use std::time::{Duration, Instant};

use super::commands::Rooms;
use super::{Rig, is_long};
use crate::crowd::Members;
use crate::orders::Life;
use crate::probe::Probe;
use crate::report::Figure;

/// How many there are, in rooms of so many.
const MEMBERS: u32 = 10_000;
const ROOM_SIZE: u32 = 10;

/// In how many rooms media plays that is paused and resumed.
const LIVELY: u32 = 200;

/// After media was put on: the first bursts of exchanges are over.
const QUIET_AFTER: Duration = Duration::from_secs(5);

/// Between two commands of all.
const EVERY: Duration = Duration::from_millis(100);

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
    let members = Members {
        count: rig.members(MEMBERS),
        room_size: ROOM_SIZE,
        life,
    };
    crowd.fill(members, 200);
    let rooms = Rooms {
        numbers: (0..rig.members(LIVELY)).collect(),
        size: ROOM_SIZE,
        readers: ROOM_SIZE,
        every: EVERY,
    };
    rooms.put_on(&mut crowd);
    sleep(QUIET_AFTER);
    let probe = Probe::start(server.address);
    let (before, began) = (server.processor(), Instant::now());
    let pauses = rooms.pauses(&mut crowd, seconds * 5);
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
