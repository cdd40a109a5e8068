//! Whether a hundred members who read nothing cost the others anything.

use std::time::Duration;

use super::Rig;
use super::commands::{Delays, Rooms};
use crate::crowd::Members;
use crate::orders::{Life, Which};
use crate::probe::Probe;
use crate::report::Figure;

/// How many are in the room, and how many of them read nothing.
const MEMBERS: u32 = 1_000;
const SLOW: u32 = 100;

/// Lines enough to fill what the kernel and the server keep for one who does not read, 256 KiB and 256
/// frames: some 700 of half a KiB. How many of the hundred were disconnected by the end shows it.
const LINES: u32 = 900;
const LETTERS: usize = 400;
const EVERY: Duration = Duration::from_millis(60);

pub(super) fn run(rig: &Rig) -> Vec<Figure> {
    let (without, ..) = lines(rig, 0);
    let (with, healthz, disconnected) = lines(rig, rig.members(SLOW));
    vec![
        ("slow-without", without.at(0.99)),
        ("slow-with", with.at(0.99)),
        ("slow-added", with.at(0.99) - without.at(0.99)),
        ("slow-disconnected", disconnected),
        ("slow-healthz", healthz),
        ("slow-faults", without.faults() + with.faults()),
    ]
}

/// The lines while so many read nothing, how fast `/healthz` was meanwhile, and how many were
/// disconnected.
fn lines(rig: &Rig, slow: u32) -> (Delays, f64, f64) {
    let (server, mut crowd) = rig.set_up();
    let all = rig.members(MEMBERS);
    let reading = Members {
        count: all - slow,
        room_size: all,
        life: Life::Watches,
    };
    crowd.fill(reading, 100);
    let silent = Members {
        count: slow,
        life: Life::ReadsNothing,
        ..reading
    };
    let joined = crowd.join(all - slow, silent, Which::Others, 100);
    assert_eq!(joined.failed, 0, "all get in");
    let room = Rooms {
        readers: all - slow,
        ..Rooms::one(all, EVERY)
    };
    room.put_on(&mut crowd);
    let probe = Probe::start(server.address);
    let lines = room.lines(&mut crowd, LETTERS, LINES);
    (lines, probe.p99(), server.too_slow())
}
