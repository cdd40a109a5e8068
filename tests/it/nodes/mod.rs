//! Several nodes that share one Redis, as real processes: what their members see and are promised is
//! recorded and held against the laws of a room, also while nodes and Redis fail.

mod balanced;
mod clocks;
mod evening;
mod failures;
mod forwarder;
mod history;
mod laws;
mod player;
mod record;
mod stage;

use std::net::SocketAddr;
use std::process::Command;

use tempfile::TempDir;

use crate::support::process::Process;
use crate::support::server::{listening, serve};

/// A running `watchtogether serve --redis`.
struct Node {
    process: Process,
    address: SocketAddr,
    /// Where it keeps what is its own.
    _home: TempDir,
}

impl Node {
    /// Starts one with this Redis.
    fn start(redis: &str) -> Self {
        Self::start_with(redis, |_| {})
    }

    /// The same, whose command the test completes.
    fn start_with(redis: &str, complete: impl FnOnce(&mut Command)) -> Self {
        let home = TempDir::new().expect("a folder");
        let arguments = ["--listen", "127.0.0.1:0", "--log", "warn", "--redis", redis];
        let mut command = serve(home.path(), &arguments);
        complete(&mut command);
        Self::run(command, home)
    }

    /// Starts one with nothing but these settings.
    fn by_settings(settings: &str) -> Self {
        let home = TempDir::new().expect("a folder");
        let file = home.path().join("config.toml");
        std::fs::write(&file, settings).expect("it is written");
        let mut command = serve(home.path(), &["--log", "warn", "--config"]);
        command.arg(file);
        Self::run(command, home)
    }

    fn run(mut command: Command, home: TempDir) -> Self {
        let mut process = Process::start(&mut command);
        let url = listening(&mut process);
        let address = url.strip_prefix("http://").expect("a plain address");
        Self {
            process,
            address: address.parse().expect("an address"),
            _home: home,
        }
    }
}

/// What a failed test needs to be understood.
impl Drop for Node {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("node {}:\n{}", self.address, self.process.complaints());
        }
    }
}
