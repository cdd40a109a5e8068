//! The jobs: each starts a fresh server and fresh members, and returns its figures.

use rustix::process::{Resource, getrlimit};

use crate::crowd::Crowd;
use crate::report::Figure;
use crate::server::Server;
use crate::stats::quantile;

mod commands;
mod cpu;
mod crowd;
mod fan_out;
mod idle;
mod joins;
mod members;
mod nodes;
mod slow_readers;
mod small_rooms;
mod thrown_out;

/// A job.
#[derive(Debug)]
pub(crate) struct Job {
    /// Its name on the command line.
    pub(crate) name: &'static str,
    /// What it does.
    pub(crate) what: &'static str,
    /// How many connections it needs at once.
    pub(crate) connections: u32,
    /// Does it once.
    pub(crate) run: fn(&Rig) -> Vec<Figure>,
}

/// What all jobs share.
#[derive(Debug)]
pub(crate) struct Rig {
    /// How many processes the members are in.
    pub(crate) processes: u32,
    /// Whether only a tenth of the members come, to try the bench itself.
    pub(crate) tenth: bool,
}

/// Files that a server needs besides its members' sockets (measured: 25, and as many to spare).
const OTHER_FILES: u64 = 50;

/// All jobs, in the order of the table.
pub(crate) const JOBS: &[Job] = &[
    Job {
        name: "joins",
        what: "5,000 join, 500 at a time",
        connections: 5_000,
        run: joins::run,
    },
    Job {
        name: "members",
        what: "the memory of a member",
        connections: 2_000,
        run: members::run,
    },
    Job {
        name: "fan-out",
        what: "how fast lines and pauses reach all of a room of 1,000",
        connections: 1_000,
        run: fan_out::run,
    },
    Job {
        name: "cpu",
        what: "the processor and clock exchanges at 2,000 members",
        connections: 2_000,
        run: cpu::run,
    },
    Job {
        name: "big-room",
        what: "lines and pauses to all of a room of 10,000",
        connections: 10_000,
        run: fan_out::run_big,
    },
    Job {
        name: "crowd",
        what: "10,000 in rooms of 10 for a minute; with LOAD_LONG=1 for ten",
        connections: 10_000,
        run: crowd::run,
    },
    Job {
        name: "idle",
        what: "19,000 who do nothing, or as many as the limit of files allows",
        connections: 1_000,
        run: idle::run,
    },
    Job {
        name: "thrown-out",
        what: "10,000 whose server is killed and started again",
        connections: 10_000,
        run: thrown_out::run,
    },
    Job {
        name: "slow-readers",
        what: "a room of 1,000 with a hundred who read nothing, and without",
        connections: 1_000,
        run: slow_readers::run,
    },
    Job {
        name: "nodes",
        what: "two nodes on Redis, with 5,000 at one of them",
        connections: 5_000,
        run: nodes::run,
    },
];

impl Rig {
    /// Whether the limit of files allows a job.
    ///
    /// # Errors
    /// Why not, in words.
    pub(crate) fn can_run(&self, job: &Job) -> Result<(), String> {
        let needed = u64::from(self.members(job.connections)) + OTHER_FILES;
        match getrlimit(Resource::Nofile).current {
            Some(limit) if limit < needed => Err(format!(
                "cannot run here: the server's process needs {needed} files, and `ulimit -n` is \
                 {limit}"
            )),
            _ => Ok(()),
        }
    }

    /// How many members to bring in, for a job that has so many.
    fn members(&self, count: u32) -> u32 {
        if self.tenth { count / 10 } else { count }
    }

    /// A fresh server, with a crowd that has nobody in yet.
    fn set_up(&self) -> (Server, Crowd) {
        let server = Server::start();
        let crowd = Crowd::start(&server, self.processes);
        (server, crowd)
    }
}

/// Whether the long versions of jobs are asked for.
fn is_long() -> bool {
    std::env::var_os("LOAD_LONG").is_some_and(|it| it == "1")
}

/// A quantile of times in microseconds, in milliseconds.
fn millis(micros: &[u32], share: f64) -> f64 {
    let times: Vec<f64> = micros.iter().map(|it| f64::from(*it) / 1_000.0).collect();
    quantile(&times, share)
}

/// A count as a figure.
fn figure(count: u64) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}
