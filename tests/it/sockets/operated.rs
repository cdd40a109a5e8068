//! A server process with its operator: `watchtogether admin` beside `watchtogether serve`.

use std::path::PathBuf;
use std::process::Output;

use rustix::process::Signal;
use tempfile::TempDir;

use super::Server;
use crate::support::process::Process;
use crate::support::program;
use crate::support::server::serve;

/// A server process that keeps its rooms in a folder of the test.
pub(super) struct OperatedServer {
    pub(super) process: Process,
    pub(super) home: TempDir,
}

/// What a run of `watchtogether admin` printed.
pub(super) struct Answer {
    pub(super) code: Option<i32>,
    pub(super) text: String,
    pub(super) complaint: String,
}

impl OperatedServer {
    /// A server with these further options.
    pub(super) fn start(options: &[&str]) -> Self {
        Self::start_with(options, |_| {})
    }

    /// The same, whose command the test completes.
    pub(super) fn start_with(
        options: &[&str],
        complete: impl FnOnce(&mut std::process::Command),
    ) -> Self {
        let home = TempDir::new().expect("a folder");
        let data = home.path().join("data");
        let data = data.to_str().expect("a path");
        let listen = ["--listen", "127.0.0.1:0", "--data-dir", data];
        let mut command = serve(home.path(), &[&listen, options].concat());
        complete(&mut command);
        let process = Process::start(&mut command);
        Self { process, home }
    }

    /// Starts another server on the same folder, after the first has ended.
    pub(super) fn start_again(&mut self) {
        let data = self.data();
        let data = data.to_str().expect("a path");
        let words = ["--listen", "127.0.0.1:0", "--data-dir", data];
        self.process = Process::start(&mut serve(self.home.path(), &words));
    }

    /// The server, once its output says at which address it listens.
    pub(super) fn server(&mut self) -> Server {
        Server::of(&mut self.process)
    }

    pub(super) fn data(&self) -> PathBuf {
        self.home.path().join("data")
    }

    /// Runs `watchtogether admin` on the server's folder.
    pub(super) fn admin(&self, words: &[&str]) -> Answer {
        let data = self.data();
        let data = data.to_str().expect("a path");
        self.admin_with(&[words, &["--data-dir", data]].concat())
    }

    /// Runs `watchtogether admin` with nothing but these words.
    pub(super) fn admin_with(&self, words: &[&str]) -> Answer {
        let mut command = program(self.home.path());
        let output = command.arg("admin").args(words).output();
        answer(output.expect("it runs"))
    }

    /// What the server tells `watchtogether admin --json`.
    pub(super) fn json(&self, words: &[&str]) -> serde_json::Value {
        let answer = self.admin(&[words, &["--json"]].concat());
        assert_eq!(answer.code, Some(0), "{}{}", answer.text, answer.complaint);
        serde_json::from_str(&answer.text).expect("JSON")
    }

    /// Ends it, and returns its exit code and standard error.
    pub(super) fn end(mut self) -> (Option<i32>, String) {
        self.process.signal(Signal::TERM);
        let status = self.process.wait();
        (status.code(), self.process.complaints())
    }
}

pub(super) fn answer(output: Output) -> Answer {
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Answer {
        code: output.status.code(),
        text: text(output.stdout),
        complaint: text(output.stderr),
    }
}
