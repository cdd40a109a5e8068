//! What a server bears: how long joins take, how fast an event reaches a large room, memory and
//! processor a member. `cargo bench --bench load -- members fan-out` runs some jobs only, and
//! `--list` names them.
//!
//! The server is a process of its own. The members are in several more of this program
//! (`generator`), on raw sockets from many addresses of loopback; they obey what the welcome says
//! of the cadence. All share this machine's processors, so each figure holds for both together.
//!
//! Everything is bounded in number and time, and stays on loopback.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a bench has nobody to hand an error to"
)]

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Parser;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

mod bare;
#[path = "../../tests/it/support/certificates.rs"]
#[expect(dead_code, reason = "tests need more kinds of them")]
mod certificates;
mod clock;
#[path = "../in_step/cost.rs"]
mod cost;
mod crowd;
mod generator;
mod jobs;
mod orders;
mod probe;
mod redis;
mod report;
mod rows;
mod server;
#[path = "../in_step/stats.rs"]
#[expect(
    dead_code,
    reason = "of the sums of the other bench the quantile serves here"
)]
mod stats;

use jobs::{JOBS, Job, Rig};
use report::Report;

/// Measures what a server bears.
#[derive(Debug, Parser)]
struct Options {
    /// The jobs to do; all if none is named
    #[arg(value_name = "JOB")]
    jobs: Vec<String>,
    /// How often each job is done; the table shows the medians
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=20))]
    runs: u32,
    /// How many processes the members are in
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u32).range(1..=16))]
    processes: u32,
    /// Bring in a tenth of the members only, to try the bench itself
    #[arg(long)]
    tenth: bool,
    /// Where the figures go as JSON
    #[arg(long, value_name = "FILE", default_value = concat!(env!("CARGO_TARGET_TMPDIR"), "/../load.json"))]
    json: PathBuf,
    /// List the jobs, and measure nothing
    #[arg(long)]
    list: bool,
    /// Play a generator: the server, its place, how many there are, perhaps its authority
    #[arg(long, hide = true, num_args = 3..=4)]
    generator: Vec<String>,
    /// Be the least that a server can be, and listen there
    #[arg(long, hide = true)]
    bare_server: Option<SocketAddr>,
    /// Become this program with these arguments, and end with the bench
    #[arg(long, hide = true, num_args = 1.., allow_hyphen_values = true)]
    bound: Vec<String>,
    /// What `cargo bench` adds
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() {
    let options = Options::parse();
    allow_many_files();
    if let [server, index, of, authority @ ..] = &options.generator[..] {
        let server: SocketAddr = server.parse().expect("the server's address");
        let number = |text: &String| text.parse().expect("a number");
        let share = generator::Share {
            index: number(index),
            of: number(of),
        };
        let authority = authority.first().map(String::as_str);
        generator::play(server, share, authority).expect("a generator runs");
        return;
    }
    if let Some(listen) = options.bare_server {
        bare::serve(listen).expect("a server runs");
        return;
    }
    if let [program, arguments @ ..] = &options.bound[..] {
        server::become_bound(program, arguments);
    }
    if options.list {
        for job in JOBS {
            println!("{:<14} {}", job.name, job.what);
        }
        return;
    }
    let unknown = options
        .jobs
        .iter()
        .find(|name| JOBS.iter().all(|job| job.name != **name));
    if let Some(unknown) = unknown {
        eprintln!("there is no job {unknown}; --list names them");
        std::process::exit(2);
    }
    let report = measure(&options);
    if options.tenth {
        println!("With a tenth of the members:");
    }
    print!("{}", report.table());
    let written = std::fs::write(&options.json, report.json());
    written.expect("the figures can be written");
    println!("\nAs JSON: {}", options.json.display());
}

fn measure(options: &Options) -> Report {
    let wanted =
        |job: &&Job| options.jobs.is_empty() || options.jobs.iter().any(|it| it == job.name);
    let mut report = Report::default();
    let rig = Rig {
        processes: options.processes,
        tenth: options.tenth,
    };
    for run in 1..=options.runs {
        for job in JOBS.iter().filter(wanted) {
            eprintln!("run {run} of {}: {} ...", options.runs, job.name);
            if let Err(why) = rig.can_run(job) {
                report.leave_out(job.name, why);
                continue;
            }
            // The panic was printed, and the other jobs are still done.
            match std::panic::catch_unwind(|| (job.run)(&rig)) {
                Ok(figures) => report.add(figures),
                Err(_) => report.leave_out(job.name, "a run broke off".to_owned()),
            }
        }
    }
    report
}

/// Raises this process's limit of open files to the most that the system allows it, for itself, the
/// server and the generators.
fn allow_many_files() {
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    let most = Rlimit {
        current: maximum,
        maximum,
    };
    // With the lower limit the jobs that need more say so.
    let _as_before = setrlimit(Resource::Nofile, most);
}
