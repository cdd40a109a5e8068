//! A process of the program under test: its lines of output, and its end.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread::JoinHandle;
use std::time::Instant;

use rustix::process::{Pid, Signal, kill_process, test_kill_process};

use super::patience::{PATIENCE, in_time, until};

/// A running process. It is killed, by its own id, when the value is dropped.
pub(crate) struct Process {
    child: Child,
    input: Option<ChildStdin>,
    lines: Receiver<String>,
    complaints: Option<JoinHandle<String>>,
}

impl Process {
    /// Starts it with its standard output and standard error captured.
    pub(crate) fn start(command: &mut Command) -> Self {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let output = child.stdout.take().expect("its output is piped");
        let mut errors = child.stderr.take().expect("its complaints are piped");
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines() {
                let Ok(line) = line else { break };
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        let complaints = std::thread::spawn(move || {
            let mut text = Vec::new();
            // After an error, what was read before it is all there is.
            let _cut_short = errors.read_to_end(&mut text);
            String::from_utf8_lossy(&text).into_owned()
        });
        Self {
            input: child.stdin.take(),
            child,
            lines,
            complaints: Some(complaints),
        }
    }

    /// The process's id.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Its standard input, which must not be closed yet.
    pub(crate) fn input(&mut self) -> &mut ChildStdin {
        self.input.as_mut().expect("its input was not ended")
    }

    /// Closes its standard input.
    pub(crate) fn end_input(&mut self) {
        self.input = None;
    }

    /// The next line of its output; `None` at the end.
    pub(crate) fn line(&mut self) -> Option<String> {
        self.line_before(Instant::now() + PATIENCE)
            .expect("a line, or the end of the output")
    }

    /// The next line of its output, `None` at the end.
    ///
    /// # Errors
    /// If neither comes before the deadline.
    pub(crate) fn line_before(&mut self, deadline: Instant) -> Result<Option<String>, ()> {
        let patience = deadline.saturating_duration_since(Instant::now());
        match self.lines.recv_timeout(patience) {
            Ok(line) => Ok(Some(line)),
            Err(RecvTimeoutError::Disconnected) => Ok(None),
            Err(RecvTimeoutError::Timeout) => Err(()),
        }
    }

    /// Kills it: it cannot react.
    pub(crate) fn kill(&mut self) {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("it can be waited for");
    }

    /// Sends it a signal.
    pub(crate) fn signal(&self, sent: Signal) {
        signal(sent, self.id());
    }

    /// Limits the size of the files that it may write, in bytes; `None` lifts the limit.
    #[cfg(target_os = "linux")]
    pub(crate) fn limit_files(&self, bytes: Option<u64>) {
        use rustix::process::{Pid, Resource, Rlimit, prlimit};
        let id = i32::try_from(self.id()).expect("an id");
        let limit = Rlimit {
            current: bytes,
            maximum: None,
        };
        prlimit(Pid::from_raw(id), Resource::Fsize, limit).expect("it can be limited");
    }

    /// Waits for its end, and returns its exit status.
    pub(crate) fn wait(&mut self) -> ExitStatus {
        let child = &mut self.child;
        until("it ends", || {
            child.try_wait().expect("it can be waited for")
        })
    }

    /// Kills it if it still runs, and returns its standard error.
    pub(crate) fn complaints(&mut self) -> String {
        self.end();
        let complaints = self.complaints.take();
        complaints.map_or_else(String::new, |text| text.join().unwrap_or_default())
    }

    fn end(&mut self) {
        // It may have ended already.
        let _gone = self.child.kill();
        let _gone = self.child.wait();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.end();
    }
}

/// Sends a signal to a process that a test started.
pub(crate) fn signal(signal: Signal, id: u32) {
    kill_process(pid(id), signal).expect("the process can be signalled");
}

fn pid(id: u32) -> Pid {
    let raw = i32::try_from(id).ok();
    raw.and_then(Pid::from_raw).expect("the id of a process")
}

/// Waits until a process that a test started has ended, although it is not the test's own child. If
/// it does not end, kills it and returns false.
pub(crate) fn ends(id: u32) -> bool {
    let ended = in_time(|| (!runs(id)).then_some(())).is_some();
    if !ended {
        signal(Signal::KILL, id);
    }
    ended
}

/// Whether a process with this id runs. One that has ended may keep its id for long: not every
/// system's init reaps orphans.
pub(crate) fn runs(id: u32) -> bool {
    if let Ok(reported) = std::fs::read_to_string(format!("/proc/{id}/stat")) {
        // The state follows the name, which is in parentheses (proc(5)).
        let state = reported
            .rsplit(") ")
            .next()
            .and_then(|rest| rest.chars().next());
        return state != Some('Z');
    }
    test_kill_process(pid(id)).is_ok()
}
