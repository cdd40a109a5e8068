//! As many idle members as files allow: they have no player, and answer pings only.

use std::thread::sleep;
use std::time::{Duration, Instant};

use rustix::process::{Resource, getrlimit};

use super::small_rooms::ROOM_SIZE;
use super::{OTHER_FILES, Rig, figure};
use crate::crowd::Members;
use crate::orders::Life;
use crate::probe::Probe;
use crate::report::Figure;
use crate::server::kernel_memory;

/// How many there are, if the limit of files allows it.
const MEMBERS: u32 = 19_000;

/// For how many the memory is modelled: as it grew with the second half.
const MODELLED: u32 = 100_000;

/// After the last one came in: what the joins cause is over.
const QUIET_AFTER: Duration = Duration::from_secs(5);

/// How long is measured: three pings of the server to each.
const MEASURED: Duration = Duration::from_mins(1);

pub(super) fn run(rig: &Rig) -> Vec<Figure> {
    let limit = getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX);
    let allowed = limit.saturating_sub(2 * OTHER_FILES);
    let count = u32::try_from(allowed)
        .unwrap_or(MEMBERS)
        .min(rig.members(MEMBERS));
    let (server, mut crowd) = rig.set_up();
    sleep(Duration::from_secs(1));
    let (rest, kernel) = (server.resident(), kernel_memory());
    let half = Members {
        count: count / 2 / ROOM_SIZE * ROOM_SIZE,
        room_size: ROOM_SIZE,
        life: Life::Idles,
    };
    crowd.fill(half, 200);
    sleep(QUIET_AFTER);
    let with_half = server.resident();
    let others = Members {
        count: count - half.count,
        ..half
    };
    crowd.fill_from(half.count, others, 200);
    sleep(QUIET_AFTER);
    let probe = Probe::start(server.address);
    crowd.measure();
    let (before, began) = (server.processor(), Instant::now());
    sleep(MEASURED);
    let processor = server.processor() - before;
    let took = began.elapsed().as_secs_f64();
    let each_second = processor / took / f64::from(count);
    let (with, kernel_with) = (server.resident(), kernel_memory());
    let counted = crowd.collect(&[]);
    let healthz = probe.p99();
    let frames = figure(counted.frames_in + counted.frames_out);
    assert_eq!(counted.present, count, "lost: {:?}", counted.faults);
    let slope = (with - with_half) / f64::from(others.count);
    let beyond = f64::from(MODELLED) - f64::from(count);
    vec![
        ("idle-members", f64::from(count)),
        ("idle-memory", (with - rest) / f64::from(count)),
        ("idle-cpu", each_second * 1_000_000.0),
        ("idle-messages", frames / took / f64::from(count)),
        ("idle-healthz", healthz),
        ("idle-slope", slope),
        ("idle-model", (with + slope * beyond) / 1_024.0),
        ("idle-model-cpu", each_second * f64::from(MODELLED)),
        ("idle-kernel", (kernel_with - kernel) / f64::from(count)),
    ]
}
