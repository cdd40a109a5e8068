//! 10,000 members lose their server at the same moment, and return as clients do.

use std::time::Duration;

use super::{Rig, figure, small_rooms};
use crate::clock;
use crate::orders::{Back, Life};
use crate::probe::Probe;
use crate::report::Figure;

/// How many there are.
const MEMBERS: u32 = 10_000;

/// How long the return may take before the rest counts as away.
const MOST: Duration = Duration::from_mins(2);

/// The windows in which the highest rate is looked for, in microseconds.
const WINDOW: u64 = 1_000_000;

pub(super) fn run(rig: &Rig) -> Vec<Figure> {
    let (mut server, mut crowd) = rig.set_up();
    let members = small_rooms::members(rig, MEMBERS, Life::Watches);
    crowd.fill(members, 200);
    // Those who came while there were few are told another cadence with their next exchange.
    std::thread::sleep(Duration::from_secs(5));
    crowd.returns();
    let began = clock::now();
    server.restart();
    let probe = Probe::start(server.address);
    let back = crowd.wait_for_all(MOST);
    let healthz = probe.p99();
    let counted = crowd.collect(&[]);
    let last = back.welcomes.last().copied().unwrap_or(began);
    let after = if back.away == 0 {
        figure(last - began) / 1_000_000.0
    } else {
        f64::INFINITY
    };
    vec![
        ("back-after", after),
        ("back-spike", spike(&back)),
        ("back-healthz", healthz),
        ("back-away", f64::from(back.away)),
        ("back-faults", figure(counted.missed + counted.doubled)),
    ]
}

/// The most hellos within a second, divided by the average from the first hello to the last
/// welcome.
fn spike(back: &Back) -> f64 {
    let (Some(first), Some(last)) = (back.hellos.first(), back.welcomes.last()) else {
        return f64::INFINITY;
    };
    let took = last.saturating_sub(*first).max(WINDOW);
    let average = f64::from(u32::try_from(back.hellos.len()).unwrap_or(u32::MAX)) / figure(took);
    let within = |from: &u64| {
        let end = back.hellos.partition_point(|at| *at < from + WINDOW);
        end - back.hellos.partition_point(|at| at < from)
    };
    let most = back.hellos.iter().map(within).max().unwrap_or(0);
    f64::from(u32::try_from(most).unwrap_or(u32::MAX)) / figure(WINDOW) / average
}
