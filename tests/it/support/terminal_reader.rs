//! The reading side of a terminal. It can stop reading, like a terminal whose link is slow or that
//! somebody stopped.

use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

/// Writes to a terminal do not wait for room (`O_NONBLOCK` on Linux, as in fcntl.h).
#[cfg(target_os = "linux")]
const NONBLOCK: i32 = 0o4000;
#[cfg(not(target_os = "linux"))]
const NONBLOCK: i32 = 0x4;

/// Changes nothing on a screen (SGR 0), and may be cut anywhere, since what follows starts a new
/// sequence.
const NOTHING: &str = "\x1b[0m";

/// What the reading thread does, or has to do next.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum State {
    #[default]
    Reads,
    /// It has to stop after the current read.
    Stopping,
    Stopped,
    Closed,
}

/// A thread that reads a terminal's output. It ends when this is dropped.
pub(crate) struct TerminalReader {
    state: Arc<(Mutex<State>, Condvar)>,
}

impl TerminalReader {
    /// Starts reading; the bytes come out of the channel.
    pub(crate) fn start(mut output: Box<dyn Read + Send>) -> (Self, Receiver<Vec<u8>>) {
        let (sender, drawn) = channel();
        let state = Arc::new((Mutex::new(State::Reads), Condvar::new()));
        let reader = Self {
            state: Arc::clone(&state),
        };
        std::thread::spawn(move || {
            let mut bytes = vec![0; 4096];
            while may_read(&state) {
                let Ok(count @ 1..) = output.read(&mut bytes) else {
                    break;
                };
                if sender.send(bytes[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        (reader, drawn)
    }

    /// Stops reading, and fills the system's buffer of the terminal, so that the next write to it
    /// finds no room.
    pub(crate) fn stop(&self, tty: &Path) {
        self.set(State::Stopping);
        let mut writer = std::fs::OpenOptions::new()
            .write(true)
            .custom_flags(NONBLOCK)
            .open(tty)
            .expect("a terminal can be opened");
        // This wakes the thread if it waits for output; it may have to be written twice.
        while !self.has_stopped() {
            let _is_full = writer.write(NOTHING.as_bytes());
        }
        while writer.write(NOTHING.as_bytes()).is_ok() {}
    }

    /// Resumes reading after [`Self::stop`].
    pub(crate) fn go_on(&self) {
        self.set(State::Reads);
    }

    fn set(&self, state: State) {
        *self.state.0.lock().expect("the reader does not fail") = state;
        self.state.1.notify_all();
    }

    /// Whether it has stopped, or does so within a moment.
    fn has_stopped(&self) -> bool {
        let state = self.state.0.lock().expect("the reader does not fail");
        let moment = Duration::from_millis(20);
        let waited = self
            .state
            .1
            .wait_timeout_while(state, moment, |state| *state != State::Stopped);
        *waited.expect("the reader does not fail").0 == State::Stopped
    }
}

impl Drop for TerminalReader {
    fn drop(&mut self) {
        self.set(State::Closed);
    }
}

/// Waits until reading is allowed; false at the end.
fn may_read(state: &(Mutex<State>, Condvar)) -> bool {
    let (state, changed) = state;
    let mut now = state.lock().expect("nobody fails with the lock");
    loop {
        match *now {
            State::Reads => return true,
            State::Closed => return false,
            State::Stopping => {
                *now = State::Stopped;
                changed.notify_all();
            }
            State::Stopped => now = changed.wait(now).expect("nobody fails with the lock"),
        }
    }
}
