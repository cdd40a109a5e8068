//! How fast an event reaches all of a large room, while everybody watches.

use std::time::Duration;

use super::Rig;
use super::commands::{Delays, LETTERS, Rooms};
use crate::crowd::Members;
use crate::orders::Life;
use crate::probe::Probe;
use crate::report::Figure;

/// How many join at a time. The room tells everybody of those who come within 100 ms together, so
/// that more at a time are told of less often.
const AT_ONCE: u32 = 500;

/// A room of 1,000.
pub(super) fn run(rig: &Rig) -> Vec<Figure> {
    let Measured {
        lines,
        pauses,
        healthz,
    } = one_room(
        rig,
        &Rooms::one(rig.members(1_000), Duration::from_millis(250)),
        40,
    );
    vec![
        ("chat-p50", lines.at(0.5)),
        ("chat-p99", lines.at(0.99)),
        ("chat-max", lines.at(1.0)),
        ("pause-p50", pauses.at(0.5)),
        ("pause-p99", pauses.at(0.99)),
        ("pause-max", pauses.at(1.0)),
        ("fan-out-faults", lines.faults() + pauses.faults()),
        ("fan-out-healthz", healthz),
    ]
}

/// A room of 10,000.
pub(super) fn run_big(rig: &Rig) -> Vec<Figure> {
    let Measured {
        lines,
        pauses,
        healthz,
    } = one_room(
        rig,
        &Rooms::one(rig.members(10_000), Duration::from_millis(750)),
        15,
    );
    vec![
        ("big-chat-p50", lines.at(0.5)),
        ("big-chat-p99", lines.at(0.99)),
        ("big-pause-p50", pauses.at(0.5)),
        ("big-pause-p99", pauses.at(0.99)),
        ("big-pause-max", pauses.at(1.0)),
        ("big-faults", lines.faults() + pauses.faults()),
        ("big-healthz", healthz),
    ]
}

struct Measured {
    lines: Delays,
    pauses: Delays,
    healthz: f64,
}

/// So many lines, and then so many pauses. What one causes is over before the next.
fn one_room(rig: &Rig, room: &Rooms, commands: u32) -> Measured {
    let (server, mut crowd) = rig.set_up();
    let members = Members {
        count: room.size,
        room_size: room.size,
        life: Life::Watches,
    };
    crowd.fill(members, AT_ONCE);
    room.put_on(&mut crowd);
    let probe = Probe::start(server.address);
    let lines = room.lines(&mut crowd, LETTERS, commands);
    let pauses = room.pauses(&mut crowd, commands);
    Measured {
        lines,
        pauses,
        healthz: probe.p99(),
    }
}
