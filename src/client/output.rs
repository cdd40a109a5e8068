//! Standard output: one line for each thing told, in one of two faces. A thread of its own
//! writes, so that a reader who is slow holds up neither playback nor a server that runs
//! in this process.

use std::io::{self, Write};
use std::thread;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

use super::{json, plain};
use crate::app::told::Told;

/// Lines that wait for the reader: some minutes of a lively room.
const WAITING: usize = 1024;
/// How long the last lines may take when the client ends.
const PATIENCE: Duration = Duration::from_secs(2);

/// How things are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// One JSON object a line.
    Json,
    /// Plain lines for people.
    Plain,
}

impl Face {
    /// The line for something told, without its end; `None` if this face does not show it.
    #[must_use]
    pub fn line(self, told: &Told) -> Option<String> {
        match self {
            Self::Json => Some(json::line(told)),
            Self::Plain => plain::line(told),
        }
    }
}

/// Standard output, as the loop sees it.
#[derive(Debug)]
pub struct Output {
    face: Face,
    lines: mpsc::Sender<String>,
    written: oneshot::Receiver<()>,
}

impl Output {
    /// Takes standard output over.
    ///
    /// # Errors
    /// If the system has no thread to give.
    pub fn start(face: Face) -> io::Result<Self> {
        let (lines, waiting) = mpsc::channel(WAITING);
        let (done, written) = oneshot::channel();
        thread::Builder::new()
            .name("output".to_owned())
            .spawn(move || {
                if let Err(cause) = write_lines(waiting, &mut io::stdout()) {
                    tracing::info!("standard output is closed: {cause}");
                }
                // Whoever waited for this may have lost patience.
                let _unheard = done.send(());
            })?;
        Ok(Self {
            face,
            lines,
            written,
        })
    }

    /// Tells something. Waits for a reader who is far behind, but not with what the next
    /// second supersedes.
    pub async fn tell(&self, told: &Told) {
        let Some(line) = self.face.line(told) else {
            return;
        };
        let sent = if matches!(told, Told::Sync(_)) {
            self.lines.try_send(line).is_ok()
        } else {
            self.lines.send(line).await.is_ok()
        };
        if !sent {
            tracing::debug!("a line was not written: nobody reads");
        }
    }

    /// Waits until standard output is closed by its reader. Cancel safe.
    pub async fn closed(&self) {
        self.lines.closed().await;
    }

    /// Ends, when all lines are written or nobody reads them in time.
    pub async fn finish(self) {
        drop(self.lines);
        if timeout(PATIENCE, self.written).await.is_err() {
            tracing::info!("the last lines were not read in time");
        }
    }
}

/// Writes each line at once. The channel closes when it fails.
fn write_lines(mut lines: mpsc::Receiver<String>, output: &mut impl Write) -> io::Result<()> {
    while let Some(mut line) = lines.blocking_recv() {
        line.push('\n');
        output.write_all(line.as_bytes())?;
        output.flush()?;
    }
    Ok(())
}
