//! One of several servers that share their rooms in a Redis.

use std::net::SocketAddr;
use std::process::Command;

use tempfile::TempDir;

use super::process::Process;
use super::program;
use super::server::{listening, serve};

/// A running `watchtogether serve --redis`.
pub(crate) struct Node {
    /// Its process.
    pub(crate) process: Process,
    /// Where it listens.
    pub(crate) address: SocketAddr,
    /// The same, as clients are given it.
    pub(crate) url: String,
    /// Where it keeps what is its own.
    home: TempDir,
}

impl Node {
    /// Starts one with this Redis.
    pub(crate) fn start(redis: &str) -> Self {
        Self::start_with(redis, |_| {})
    }

    /// The same, whose command the test completes.
    pub(crate) fn start_with(redis: &str, complete: impl FnOnce(&mut Command)) -> Self {
        let home = TempDir::new().expect("a folder");
        let arguments = ["--listen", "127.0.0.1:0", "--log", "warn", "--redis", redis];
        let mut command = serve(home.path(), &arguments);
        complete(&mut command);
        Self::run(command, home)
    }

    /// Starts one with nothing but these settings.
    pub(crate) fn by_settings(settings: &str) -> Self {
        let home = TempDir::new().expect("a folder");
        let file = home.path().join("config.toml");
        std::fs::write(&file, settings).expect("it is written");
        let mut command = serve(home.path(), &["--log", "warn", "--config"]);
        command.arg(file);
        Self::run(command, home)
    }

    /// How often another node came first when this one appended, so that it decided anew, by its
    /// figures.
    pub(crate) fn decided_anew(&self) -> u64 {
        let mut command = program(self.home.path());
        let output = command.args(["admin", "figures", "--json"]).output();
        let output = output.expect("it runs");
        let figures: serde_json::Value = serde_json::from_slice(&output.stdout).expect("figures");
        let behind = &figures["store"]["appends"]["behind"];
        behind.as_u64().expect("a count")
    }

    fn run(mut command: Command, home: TempDir) -> Self {
        let mut process = Process::start(&mut command);
        let url = listening(&mut process);
        let address = url.strip_prefix("http://").expect("a plain address");
        Self {
            process,
            address: address.parse().expect("an address"),
            url,
            home,
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
