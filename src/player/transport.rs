//! The connection to mpv's IPC socket: whole lines in, whole lines out, each with its own
//! thread, so that a frozen mpv blocks nobody.
//!
//! mpvipc opens the connection and reads raw lines. Its command functions are not used: they
//! panic or spin when mpv ends, and mix answers up. What remains can still panic on a line
//! that is not UTF-8 and when it is dropped, which is caught in the reader thread. The
//! meaning of the lines is for [`super::ipc`].

use std::io::Write as _;
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Once;
use std::sync::mpsc as blocking;
use std::thread;
use std::time::Instant;

use mpvipc::Mpv;
use tokio::sync::mpsc;

/// The name of the thread that reads from mpv: its panics are expected, caught and harmless, so
/// panic hooks pass over them.
pub const READER_THREAD: &str = "mpv-reader";

/// Lines that may wait to be read by the owning task: some seconds of an mpv that tells
/// every frame.
const LINES: usize = 1_024;

/// Lines that may wait to be written: more than [`super::ipc`] ever leaves unanswered.
const WRITES: usize = 512;

/// The longest line that is looked at, in bytes. Answers we ask for are far shorter; the
/// rest would be a file's own metadata.
const LONGEST: usize = 64 * 1024;

/// One line of mpv's.
#[derive(Debug)]
pub(super) struct IpcLine {
    /// The line without its end.
    pub(super) text: String,
    /// When it was read.
    pub(super) at: Instant,
}

/// An open connection. Dropping it ends both threads.
#[derive(Debug)]
pub(super) struct MpvConnection {
    stream: UnixStream,
    writes: blocking::SyncSender<String>,
    /// What mpv says; it ends with the connection.
    pub(super) lines: mpsc::Receiver<IpcLine>,
}

impl MpvConnection {
    /// Connects to the socket at `path`; `Err` with mpvipc's words when nobody listens there
    /// (yet).
    pub(super) fn open(path: &Path) -> Result<Self, String> {
        static ONCE: Once = Once::new();
        ONCE.call_once(quiet_reader_panics);
        let name = path.to_str().ok_or("the socket's path is not UTF-8")?;
        let mpv = catch_unwind(|| Mpv::connect(name))
            .map_err(|_| "connecting failed".to_owned())?
            .map_err(|error| error.to_string())?;
        let stream = mpv
            .get_source_ref()
            .try_clone()
            .map_err(|error| error.to_string())?;
        let (read, lines) = mpsc::channel(LINES);
        spawn(READER_THREAD, move || read_lines(mpv, &read))?;
        Self::over(stream, lines)
    }

    /// A connection over a stream whose lines come from elsewhere.
    fn over(stream: UnixStream, lines: mpsc::Receiver<IpcLine>) -> Result<Self, String> {
        let mut half = stream.try_clone().map_err(|error| error.to_string())?;
        let (writes, waiting) = blocking::sync_channel::<String>(WRITES);
        spawn("mpv-writer", move || {
            while let Ok(line) = waiting.recv() {
                if half.write_all(line.as_bytes()).is_err() {
                    return;
                }
            }
        })?;
        Ok(Self {
            stream,
            writes,
            lines,
        })
    }

    /// Hands a line to the writer; false if the connection is gone or mpv takes nothing.
    pub(super) fn write(&self, line: String) -> bool {
        self.writes.try_send(line).is_ok()
    }
}

impl Drop for MpvConnection {
    fn drop(&mut self) {
        // Wakes both threads; an error means that mpv closed it first.
        drop(self.stream.shutdown(Shutdown::Both));
    }
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<(), String> {
    let spawned = thread::Builder::new().name(name.to_owned()).spawn(work);
    spawned.map(drop).map_err(|error| error.to_string())
}

/// Reads lines until the connection ends, which mpvipc tells as an empty line.
fn read_lines(mut mpv: Mpv, read: &mpsc::Sender<IpcLine>) {
    loop {
        match catch_unwind(AssertUnwindSafe(|| mpv.event_listen_raw())) {
            Ok(text) if text.is_empty() => break,
            Ok(text) if text.len() > LONGEST => {}
            Ok(text) => {
                let at = Instant::now();
                if read.blocking_send(IpcLine { text, at }).is_err() {
                    break;
                }
            }
            // A line that is not UTF-8 is skipped; the next one is intact (measured).
            Err(panic) if is_bad_text(panic.as_ref()) => {}
            Err(_) => break,
        }
    }
    // mpvipc shuts the socket down on drop, and panics where the system minds doing that twice.
    if catch_unwind(AssertUnwindSafe(|| drop(mpv))).is_err() {
        tracing::debug!("the connection to the player was closed already");
    }
}

/// Whether a panic of mpvipc's was about a line that is not UTF-8.
fn is_bad_text(panic: &(dyn std::any::Any + Send)) -> bool {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied())
        .is_some_and(|text| text.contains("InvalidData"))
}

/// Keeps the panic hook silent about the reader thread, whose panics are caught. Whoever
/// installs another hook later (as a terminal guard does) calls this again afterwards.
pub fn quiet_reader_panics() {
    let inner = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if thread::current().name() != Some(READER_THREAD) {
            inner(info);
        }
    }));
}

#[cfg(test)]
#[path = "transport_tests.rs"]
mod tests;
