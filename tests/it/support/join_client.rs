//! A client process with `--json`: its output lines, by type and in order.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use serde_json::Value;
use tempfile::TempDir;

use super::patience::PATIENCE;
use super::process::Process;
use super::program;

/// A running `watchtogether join ... --json`.
///
/// Lines are searched in order, each type by itself. A line that was waited for is not seen again,
/// nor are those of its type before it; lines of other types stay.
pub(crate) struct JoinClient {
    process: Process,
    /// Lines that were received and not waited for yet.
    unread: Vec<Value>,
    /// Every line received, for the message of a wait that fails.
    all: Vec<String>,
    typed: u64,
    _home: Option<TempDir>,
}

impl JoinClient {
    /// Joins a room on a server, from a home folder of its own.
    pub(crate) fn start(server: &str, room: &str, name: &str, options: &[&str]) -> Self {
        let home = tempfile::tempdir().expect("a folder");
        let command = &mut joining(home.path(), server, room, name, options);
        Self::new(command, Some(home))
    }

    /// Joins a room on a server, with this home folder: the client finds what an earlier one kept
    /// there.
    pub(crate) fn at_home(
        home: &Path,
        server: &str,
        room: &str,
        name: &str,
        options: &[&str],
    ) -> Self {
        Self::new(&mut joining(home, server, room, name, options), None)
    }

    /// Runs a client with a command of the test, which must contain `--json`.
    pub(crate) fn run(command: &mut Command) -> Self {
        Self::new(command, None)
    }

    fn new(command: &mut Command, home: Option<TempDir>) -> Self {
        Self {
            process: Process::start(command),
            unread: Vec::new(),
            all: Vec::new(),
            typed: 0,
            _home: home,
        }
    }

    /// The client's process.
    pub(crate) fn process(&mut self) -> &mut Process {
        &mut self.process
    }

    /// Types a line, and returns its number, by which `ok` and `denied` refer to it.
    pub(crate) fn type_line(&mut self, line: &str) -> u64 {
        writeln!(self.process.input(), "{line}").expect("it reads its input");
        self.typed += 1;
        self.typed
    }

    /// Types a line and waits for its answer, `ok` or `denied`.
    pub(crate) fn ask(&mut self, line: &str) -> Value {
        let number = self.type_line(line);
        self.wait_for(&format!("the answer to {line:?}"), |line| {
            (line["type"] == "ok" || line["type"] == "denied") && line["line"] == number
        })
    }

    /// Types a line, and checks that it is carried out.
    pub(crate) fn command(&mut self, line: &str) -> Value {
        let answer = self.ask(line);
        assert_eq!(answer["type"], "ok", "{line}: {answer}");
        answer
    }

    /// Types a line, and checks that it is denied with this code.
    pub(crate) fn denied(&mut self, line: &str, code: &str) -> Value {
        let answer = self.ask(line);
        assert_eq!(answer["type"], "denied", "{line}: {answer}");
        assert_eq!(answer["code"], code, "{line}: {answer}");
        answer
    }

    /// Waits until it has joined, and returns the `joined` line.
    pub(crate) fn joined(&mut self) -> Value {
        self.wait_type("joined", |_| true)
    }

    /// Waits for the first line of this type that fits.
    pub(crate) fn wait_type(&mut self, kind: &str, fits: impl Fn(&Value) -> bool) -> Value {
        self.wait_for(kind, |line| line["type"] == kind && fits(line))
    }

    /// Waits for the first line that fits. `what` describes it in the failure message.
    pub(crate) fn wait_for(&mut self, what: &str, fits: impl Fn(&Value) -> bool) -> Value {
        let deadline = Instant::now() + PATIENCE;
        let mut looked_at = 0;
        loop {
            while let Some(line) = self.unread.get(looked_at) {
                if fits(line) {
                    return self.take(looked_at);
                }
                looked_at += 1;
            }
            match self.process.line_before(deadline) {
                Ok(Some(line)) => self.receive(&line),
                Ok(None) => self.in_vain(what, "it ended"),
                Err(()) => self.in_vain(what, "nothing came"),
            }
        }
    }

    /// The lines of a type that were received and not waited for so far. They stay unread.
    pub(crate) fn so_far(&mut self, kind: &str) -> Vec<Value> {
        while let Ok(Some(line)) = self.process.line_before(Instant::now()) {
            self.receive(&line);
        }
        let of_kind = |line: &&Value| line["type"] == kind;
        self.unread.iter().filter(of_kind).cloned().collect()
    }

    /// Drops the lines of a type received so far, so that only later ones are found.
    pub(crate) fn forget(&mut self, kind: &str) {
        self.so_far(kind);
        self.unread.retain(|line| line["type"] != kind);
    }

    /// Reads its output to the end, and returns everything that was not waited for.
    pub(crate) fn rest(&mut self) -> Vec<Value> {
        while let Some(line) = self.process.line() {
            self.receive(&line);
        }
        std::mem::take(&mut self.unread)
    }

    /// Closes its input, waits for its end, and returns the exit code.
    pub(crate) fn end_input(&mut self) -> Option<i32> {
        self.process.end_input();
        self.process.wait().code()
    }

    fn receive(&mut self, line: &str) {
        let object = serde_json::from_str(line);
        self.unread
            .push(object.unwrap_or_else(|cause| panic!("no JSON: {cause}: {line}")));
        self.all.push(line.to_owned());
    }

    /// Takes a line, and drops those of its type before it.
    fn take(&mut self, index: usize) -> Value {
        let taken = self.unread.remove(index);
        let mut place = 0;
        self.unread.retain(|line| {
            place += 1;
            place > index || line["type"] != taken["type"]
        });
        taken
    }

    fn in_vain(&mut self, what: &str, why: &str) -> ! {
        let mut report = format!("waited in vain for {what}: {why}\nit told:\n");
        let skipped = self.all.len().saturating_sub(60);
        for line in self.all.iter().skip(skipped) {
            let _ = writeln!(report, "  {line}");
        }
        panic!(
            "{report}it wrote to standard error:\n{}",
            self.process.complaints()
        );
    }
}

fn joining(home: &Path, server: &str, room: &str, name: &str, options: &[&str]) -> Command {
    let mut command = program(home);
    command.args(["join", room, "--server", server, "--name", name, "--json"]);
    command.args(options);
    command
}
