//! The processor that members cost, and how long clock exchanges take meanwhile.

use std::thread::sleep;
use std::time::{Duration, Instant};

use super::{Rig, figure, millis};
use crate::crowd::Members;
use crate::orders::{Counted, Life};
use crate::probe::Probe;
use crate::report::Figure;

/// How many members there are, in rooms of so many.
const MEMBERS: u32 = 2_000;
const ROOM_SIZE: u32 = 4;

/// How long is measured: eight times the longest time between two bursts that is told.
const MEASURED: Duration = Duration::from_secs(30);

/// After the last one came in: the first bursts are over.
const QUIET_AFTER: Duration = Duration::from_secs(5);

pub(super) fn run(rig: &Rig) -> Vec<Figure> {
    let told = watched(rig, Life::Watches);
    let before = watched(rig, Life::WatchesAsBefore);
    vec![
        ("cpu-told", told.processor),
        ("messages-told", told.messages),
        ("cpu-before", before.processor),
        ("messages-before", before.messages),
        (
            "exchange-before-p50",
            millis(&before.counted.exchanges, 0.5),
        ),
        (
            "exchange-before-p99",
            millis(&before.counted.exchanges, 0.99),
        ),
        ("exchange-p50", millis(&told.counted.exchanges, 0.5)),
        ("exchange-p99", millis(&told.counted.exchanges, 0.99)),
        ("cpu-healthz", told.healthz),
    ]
}

/// What was seen while members watched.
struct Watched {
    /// The share of a core that the server took.
    processor: f64,
    /// Messages a member and second, both ways together.
    messages: f64,
    /// The 99th percentile of answers about its health, in milliseconds.
    healthz: f64,
    counted: Counted,
}

fn watched(rig: &Rig, life: Life) -> Watched {
    let (server, mut crowd) = rig.set_up();
    let members = Members {
        count: rig.members(MEMBERS),
        room_size: ROOM_SIZE,
        life,
    };
    crowd.fill(members, 100);
    sleep(QUIET_AFTER);
    let probe = Probe::start(server.address);
    crowd.measure();
    let (before, began) = (server.processor(), Instant::now());
    sleep(MEASURED);
    let processor = server.processor() - before;
    let took = began.elapsed().as_secs_f64();
    let counted = crowd.collect(&[]);
    let healthz = probe.p99();
    assert_eq!(counted.present, members.count, "lost: {:?}", counted.faults);
    let frames = figure(counted.frames_in + counted.frames_out);
    Watched {
        processor: processor / took,
        messages: frames / took / f64::from(members.count),
        healthz,
        counted,
    }
}
