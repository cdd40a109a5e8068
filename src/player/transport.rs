//! The connection to mpv's IPC socket: reads and writes whole lines, each direction in its own
//! thread, so that a frozen mpv blocks nothing.
//!
//! mpvipc opens the connection and reads raw lines. Its command functions are not used: they panic
//! or spin when mpv ends, and mix up answers. The rest can still panic on a line that is not UTF-8
//! and when it is dropped; the reader thread catches that. [`super::ipc`] interprets the lines.

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

/// The name of the thread that reads from mpv. Its panics are expected and caught, so panic hooks
/// ignore them.
pub const READER_THREAD: &str = "mpv-reader";

/// Lines that may be queued for the owning task: some seconds of an mpv that reports every frame.
const LINES: usize = 1_024;

/// Lines that may be queued for writing: more than [`super::ipc`] ever leaves unanswered.
const WRITES: usize = 512;

/// The longest line that is parsed, in bytes. Answers to our requests are far shorter; longer lines
/// contain a file's own metadata.
const LONGEST: usize = 64 * 1024;

/// A line from mpv.
#[derive(Debug)]
pub(super) struct IpcLine {
    /// One JSON object, without the line break.
    pub(super) text: String,
    /// The instant at which the reader thread had the whole line.
    pub(super) at: Instant,
}

/// An open connection. Dropping it ends both threads.
#[derive(Debug)]
pub(super) struct MpvConnection {
    stream: UnixStream,
    writes: blocking::SyncSender<String>,
    /// The lines from mpv; closed when the connection ends.
    pub(super) lines: mpsc::Receiver<IpcLine>,
}

impl MpvConnection {
    /// Connects to the socket at `path`; the error is mpvipc's message, for example when nobody
    /// listens there yet.
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

    /// A connection over a stream, with lines from elsewhere.
    fn over(stream: UnixStream, lines: mpsc::Receiver<IpcLine>) -> Result<Self, String> {
        let mut half = stream.try_clone().map_err(|error| error.to_string())?;
        let (writes, waiting) = blocking::sync_channel::<String>(WRITES);
        spawn("mpv-writer", move || {
            while let Ok(line) = waiting.recv() {
                if let Err(error) = half.write_all(line.as_bytes()) {
                    tracing::debug!(%error, "the player takes no more lines");
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

    /// Queues a line for the writer; false if the connection is gone or mpv does not read.
    pub(super) fn write(&self, line: String) -> bool {
        self.writes.try_send(line).is_ok()
    }
}

impl Drop for MpvConnection {
    fn drop(&mut self) {
        // This wakes both threads, which then end.
        if let Err(error) = self.stream.shutdown(Shutdown::Both) {
            tracing::trace!(%error, "the player closed its connection first");
        }
    }
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<(), String> {
    let spawned = thread::Builder::new().name(name.to_owned()).spawn(work);
    spawned.map(drop).map_err(|error| error.to_string())
}

/// Reads lines until the connection ends, which mpvipc reports as an empty line.
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
            Err(_) => {
                tracing::debug!("the connection to the player broke");
                break;
            }
        }
    }
    // mpvipc shuts the socket down on drop, and panics if the system refuses a second shutdown.
    if catch_unwind(AssertUnwindSafe(|| drop(mpv))).is_err() {
        tracing::debug!("the connection to the player was closed already");
    }
}

/// Whether a panic of mpvipc was about a line that is not UTF-8.
fn is_bad_text(panic: &(dyn std::any::Any + Send)) -> bool {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied())
        .is_some_and(|text| text.contains("InvalidData"))
}

/// Makes the panic hook ignore the reader thread, whose panics are caught. Whoever installs another
/// hook later (as a terminal guard does) calls this again afterwards.
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
