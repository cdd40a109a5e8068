//! How long a join takes, while many do.

use super::{Rig, figure, millis};
use crate::crowd::Members;
use crate::orders::{Life, Which};
use crate::probe::Probe;
use crate::report::Figure;

/// How many join, so many at a time.
const MEMBERS: u32 = 5_000;
const AT_ONCE: u32 = 500;

pub(super) fn run(rig: &Rig) -> Vec<Figure> {
    let (server, mut crowd) = rig.set_up();
    let members = Members {
        count: rig.members(MEMBERS),
        room_size: 10,
        life: Life::Watches,
    };
    let probe = Probe::start(server.address);
    let joined = crowd.join(0, members, Which::All, AT_ONCE);
    let healthz = probe.p99();
    let took = figure(joined.ended - joined.began) / 1_000_000.0;
    vec![
        ("join-p50", millis(&joined.from_hello, 0.5)),
        ("join-p99", millis(&joined.from_hello, 0.99)),
        ("join-rate", f64::from(members.count - joined.failed) / took),
        ("join-connect-p50", millis(&joined.from_connect, 0.5)),
        ("join-connect-p99", millis(&joined.from_connect, 0.99)),
        ("join-failed", f64::from(joined.failed)),
        ("join-healthz", healthz),
    ]
}
