//! The client as a process in a terminal: how soon its first picture is there, and what it costs
//! while nothing moves. `make bench` runs it, `cargo bench --bench client` only this (a minute).
//!
//! - The first picture: from the start of the process to the first letters on the terminal. A start
//!   of `--version` stands beside it: what the machine takes for any process.
//! - At rest: the processor's time of a client in a room in which nothing plays, over half a minute.

#![expect(clippy::expect_used, reason = "a bench has nobody to hand an error to")]

use std::io::Read;
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

use server::serve;

#[path = "shared/server.rs"]
mod server;

/// The size of the terminal.
const ROWS: NonZeroU16 = NonZeroU16::new(40).expect("above 0");
const COLUMNS: NonZeroU16 = NonZeroU16::new(120).expect("above 0");

/// How often a start is measured.
const STARTS: usize = 40;

/// What the first picture of a client says (`screen-no-room-yet`).
const FIRST_PICTURE: &str = "Not in the room yet";

/// What the screen has once the client is in the room.
const IN_ROOM: &str = "Members 1";

/// How long a client is watched at rest.
const REST: Duration = Duration::from_secs(30);

/// How long anything may take to be seen, before the measurement is given up.
const PATIENCE: Duration = Duration::from_secs(30);

fn main() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let folder = tempfile::tempdir().expect("a folder");
    let (running, server) = runtime.block_on(serve(&folder.path().join("rooms")));
    let version = median(|| start(folder.path(), &["--version"], "watchtogether"));
    let join = [
        "join",
        &format!("http://{server}/r/bench"),
        "--name",
        "Ann",
        "--no-player",
    ];
    let picture = median(|| start(folder.path(), &join, FIRST_PICTURE));
    println!("start of --version:           {version}");
    println!("first picture of join:        {picture}  (target: median 15 ms)");
    let share = at_rest(folder.path(), &join);
    println!("at rest in a room, {REST:?}:    {share:.2} % of a core  (target: 1 %)");
    runtime.block_on(running.stop());
}

/// The median of some measurements, with the least and the most.
fn median(mut measure: impl FnMut() -> Duration) -> String {
    let mut took: Vec<Duration> = (0..STARTS).map(|_| measure()).collect();
    took.sort();
    let at = |place: usize| took.get(place).copied().unwrap_or_default();
    format!(
        "median {:.1?} ({:.1?} to {:.1?})",
        at(STARTS / 2),
        at(0),
        at(STARTS - 1)
    )
}

/// How long the program takes from its start until a terminal has these letters.
fn start(home: &Path, arguments: &[&str], letters: &str) -> Duration {
    let process = Process::start(home, arguments);
    let took = process.wait_for(letters);
    process.end();
    took
}

/// The share of a core, in percent, that a client takes while nothing happens.
fn at_rest(home: &Path, arguments: &[&str]) -> f64 {
    let process = Process::start(home, arguments);
    process.wait_for(IN_ROOM);
    // The clock's first burst, and what the room tells a newcomer, are over.
    thread::sleep(Duration::from_secs(5));
    let before = process.ticks();
    let begun = Instant::now();
    thread::sleep(REST);
    let ticks = process.ticks() - before;
    let took = begun.elapsed();
    process.end();
    // `USER_HZ`, 100 on every Linux (proc_pid_stat(5)).
    f64::from(ticks) / took.as_secs_f64()
}

/// The program in a terminal of its own.
struct Process {
    child: Box<dyn portable_pty::Child + Send + Sync>,
    started: Instant,
    /// What it has written, with the time of it.
    written: Receiver<(Instant, Vec<u8>)>,
    /// Held open: the terminal is gone with it.
    _terminal: Box<dyn portable_pty::MasterPty + Send>,
}

impl Process {
    fn start(home: &Path, arguments: &[&str]) -> Self {
        let size = PtySize {
            rows: ROWS.get(),
            cols: COLUMNS.get(),
            ..PtySize::default()
        };
        let pair = native_pty_system().openpty(size).expect("a terminal");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_watchtogether"));
        command.args(arguments);
        command.env_clear();
        command.env("HOME", home);
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        let output = pair.master.try_clone_reader().expect("its output");
        let (sender, written) = channel();
        thread::spawn(move || forward(output, &sender));
        let started = Instant::now();
        let child = pair.slave.spawn_command(command).expect("it starts");
        Self {
            child,
            started,
            written,
            _terminal: pair.master,
        }
    }

    /// How long after its start the terminal showed these letters.
    fn wait_for(&self, letters: &str) -> Duration {
        let mut emulator = vt100::Parser::new(ROWS, COLUMNS, 0);
        loop {
            let (at, bytes) = self
                .written
                .recv_timeout(PATIENCE)
                .unwrap_or_else(|_| panic!("no {letters:?}: {}", emulator.screen().contents()));
            emulator.process(&bytes);
            if emulator.screen().contents().contains(letters) {
                return at - self.started;
            }
        }
    }

    /// The processor's time that it has taken, in hundredths of a second.
    fn ticks(&self) -> u32 {
        let pid = self.child.process_id().expect("it runs");
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).expect("it runs");
        // Behind the name, which may have blanks: the state is the first, utime the 12th.
        let (_, fields) = stat.rsplit_once(')').expect("a name");
        let fields = fields.split_whitespace().skip(11).take(2);
        fields
            .map(|field| field.parse::<u32>().expect("a number"))
            .sum()
    }

    fn end(mut self) {
        // It may have ended by itself.
        self.child.kill().ok();
        self.child.wait().expect("it has ended");
    }
}

/// Hands on what a terminal is written, until it is closed.
fn forward(mut output: Box<dyn Read + Send>, to: &Sender<(Instant, Vec<u8>)>) {
    let mut buffer = vec![0; 65_536];
    while let Ok(length @ 1..) = output.read(&mut buffer) {
        let bytes = buffer.get(..length).unwrap_or_default().to_vec();
        if to.send((Instant::now(), bytes)).is_err() {
            return;
        }
    }
}
