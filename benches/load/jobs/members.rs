//! The memory of a member: the server's with them minus without, and the kernel's apart.

use std::thread::sleep;
use std::time::Duration;

use super::Rig;
use crate::crowd::{Crowd, Members};
use crate::orders::Life;
use crate::probe::Probe;
use crate::report::Figure;
use crate::server::{Server, kernel_memory};

/// How long members watch before the memory is read: a few of everything that they do.
const SETTLED_AFTER: Duration = Duration::from_secs(12);

/// How long a server rests before its own memory is read.
const AT_REST_AFTER: Duration = Duration::from_secs(1);

pub(super) fn run(rig: &Rig) -> Vec<Figure> {
    let in_rooms = Costs::of(rig, 2_000, 4);
    let in_one = Costs::of(rig, 1_000, 1_000);
    let by_tls = Costs::at(&Server::start_with_tls(), rig, (2_000, 4));
    vec![
        ("listening", in_rooms.listening),
        ("rest", in_rooms.rest / 1_024.0),
        ("memory-rooms", in_rooms.each),
        ("memory-room", in_one.each),
        ("memory-tls", by_tls.each),
        ("kernel-rooms", in_rooms.kernel),
        ("members-healthz", in_rooms.healthz),
    ]
}

/// What so many members cost, in KiB.
pub(super) struct Costs {
    /// How long the server took to listen, in milliseconds.
    listening: f64,
    /// The server's memory without members.
    rest: f64,
    /// The server's memory a member.
    each: f64,
    /// The kernel's memory for both ends of a connection.
    kernel: f64,
    /// The 99th percentile of `/healthz` meanwhile, in milliseconds.
    healthz: f64,
}

impl Costs {
    fn of(rig: &Rig, count: u32, room_size: u32) -> Self {
        Self::at(&Server::start(), rig, (count, room_size))
    }

    fn at(server: &Server, rig: &Rig, (count, room_size): (u32, u32)) -> Self {
        let count = rig.members(count);
        let mut crowd = Crowd::start(server, rig.processes);
        sleep(AT_REST_AFTER);
        let (rest, kernel) = (server.resident(), kernel_memory());
        let members = Members {
            count,
            room_size,
            life: Life::Watches,
        };
        let probe = Probe::start(server.address);
        crowd.fill(members, 100);
        sleep(SETTLED_AFTER);
        let healthz = probe.p99();
        let (with, kernel_with) = (server.resident(), kernel_memory());
        assert_eq!(crowd.collect(&[]).present, count, "all are still there");
        Self {
            listening: server.listening_after,
            rest,
            each: (with - rest) / f64::from(count),
            healthz,
            kernel: (kernel_with - kernel) / f64::from(count),
        }
    }
}
