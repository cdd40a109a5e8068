//! Standard output: a line for each output of the app, as JSON or as plain text. A thread writes,
//! so that a slow reader holds up nothing else. `backlog` bounds what waits meanwhile.

use std::future::pending;
use std::io::{self, Write};
use std::thread;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

use super::{json, plain};
use crate::app::output::Output;
use crate::protocol::ids::MemberId;
use crate::texts::language::Language;

use backlog::{Backlog, Retention};
use read_end::ReadEnd;

mod backlog;
mod read_end;

/// How long the last lines may take when the client ends.
const PATIENCE: Duration = Duration::from_secs(2);

/// The form in which the member gets the app's output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// One JSON object a line.
    Json,
    /// Plain lines for people.
    Plain,
    /// The screen, which draws what the app knows instead of lines.
    Screen,
}

impl Face {
    /// The line for an output, without its end; `None` if this form does not show it. `me` is this
    /// client's member, once they are in a room.
    #[must_use]
    pub fn line(self, language: Language, output: &Output, me: Option<MemberId>) -> Option<String> {
        match self {
            Self::Json => Some(json::line(language, output)),
            Self::Plain => plain::line(language, output, me),
            Self::Screen => None,
        }
    }
}

/// Why nothing more is written to standard output.
#[derive(Debug)]
pub(super) enum StdoutEnd {
    /// Its reader is gone, as `head` is after some lines. That is no error.
    ReaderGone,
    /// Its reader does not read, and lines were lost that had to arrive.
    NotRead,
    /// It cannot be written, as on a full disk.
    Failed(io::Error),
}

/// Standard output, as the loop sees it.
#[derive(Debug)]
pub(super) struct StdoutLines {
    face: Face,
    /// The language of the texts.
    language: Language,
    /// This client's member in the last room that it joined.
    me: Option<MemberId>,
    backlog: Backlog,
    /// Whether more waited than may.
    overflowed: bool,
    /// To the thread that writes. One chunk waits here while another is written.
    chunks: mpsc::Sender<String>,
    /// How that thread ended; `None` once that was received.
    written: Option<oneshot::Receiver<io::Result<()>>>,
    read_end: ReadEnd,
}

impl StdoutLines {
    /// Starts the thread that writes to standard output, or to what a test gives.
    ///
    /// # Errors
    /// If the system has no thread to give.
    pub(super) fn start(
        face: Face,
        language: Language,
        mut to: impl Write + Send + 'static,
    ) -> io::Result<Self> {
        let (chunks, waiting) = mpsc::channel(1);
        let (done, written) = oneshot::channel();
        thread::Builder::new()
            .name("output".to_owned())
            .spawn(move || {
                let outcome = write_chunks(waiting, &mut to);
                // Whoever waited for this may have lost patience.
                let _receiver_gone = done.send(outcome);
            })?;
        Ok(Self {
            face,
            language,
            me: None,
            backlog: Backlog::default(),
            overflowed: false,
            chunks,
            written: Some(written),
            read_end: ReadEnd::default(),
        })
    }

    /// Notices by itself when nobody reads standard output any more.
    #[must_use]
    pub(super) fn watching_stdout(self) -> Self {
        Self {
            read_end: ReadEnd::of(&io::stdout()),
            ..self
        }
    }

    /// Words what follows in this language.
    pub(super) const fn speak(&mut self, language: Language) {
        self.language = language;
    }

    /// Queues the line for an output. If too much is waiting it is lost, and [`Self::progress`]
    /// reports that.
    pub(super) fn write(&mut self, output: &Output) {
        if self.overflowed {
            return;
        }
        if let Output::Joined { id, .. } = output {
            self.me = Some(*id);
        }
        let Some(line) = self.face.line(self.language, output, self.me) else {
            return;
        };
        self.overflowed = self.backlog.push(Retention::of(output), line).is_err();
        self.hand_on();
    }

    /// Whether so much waits for the reader that nothing more should be asked for.
    #[must_use]
    pub(super) const fn is_behind(&self) -> bool {
        self.backlog.is_long()
    }

    /// Hands on a chunk once the reader takes it (`None`), or says why nothing more is written.
    /// Waits while there is nothing to hand on. Cancel safe.
    pub(super) async fn progress(&mut self) -> Option<StdoutEnd> {
        if self.overflowed {
            return Some(StdoutEnd::NotRead);
        }
        tokio::select! {
            permit = self.chunks.reserve(), if !self.backlog.is_empty() => {
                match (permit, self.backlog.take_chunk()) {
                    (Ok(permit), Some(chunk)) => {
                        permit.send(chunk);
                        None
                    }
                    // The thread has ended; it says why.
                    _ => Some(end_of(&mut self.written).await),
                }
            }
            end = end_of(&mut self.written) => Some(end),
            () = self.read_end.closed() => Some(StdoutEnd::ReaderGone),
        }
    }

    /// Ends, when all lines are written or nobody reads them in time; says so if some are lost.
    pub(super) async fn finish(self) -> Option<StdoutEnd> {
        let Self {
            mut backlog,
            overflowed,
            chunks,
            written,
            ..
        } = self;
        if overflowed {
            return Some(StdoutEnd::NotRead);
        }
        let last = async move {
            while let Some(chunk) = backlog.take_chunk() {
                if chunks.send(chunk).await.is_err() {
                    break;
                }
            }
            drop(chunks);
            written?.await.ok()?.err().map(StdoutEnd::from)
        };
        timeout(PATIENCE, last).await.unwrap_or_else(|_| {
            tracing::info!("the last lines were not read in time");
            Some(StdoutEnd::NotRead)
        })
    }

    fn hand_on(&mut self) {
        while !self.backlog.is_empty()
            && let Ok(permit) = self.chunks.try_reserve()
            && let Some(chunk) = self.backlog.take_chunk()
        {
            permit.send(chunk);
        }
    }
}

impl From<io::Error> for StdoutEnd {
    fn from(cause: io::Error) -> Self {
        if cause.kind() == io::ErrorKind::BrokenPipe {
            Self::ReaderGone
        } else {
            Self::Failed(cause)
        }
    }
}

/// How the thread that writes ended; waits for ever if that was received before. Cancel safe.
async fn end_of(written: &mut Option<oneshot::Receiver<io::Result<()>>>) -> StdoutEnd {
    let Some(waiting) = written else {
        return pending().await;
    };
    let outcome = waiting.await;
    *written = None;
    match outcome {
        Ok(Err(cause)) => cause.into(),
        // It ends without an error only once nothing can be handed on any more.
        Ok(Ok(())) | Err(_) => StdoutEnd::ReaderGone,
    }
}

/// Writes each chunk at once. The channel closes when it fails.
fn write_chunks(mut chunks: mpsc::Receiver<String>, output: &mut impl Write) -> io::Result<()> {
    while let Some(chunk) = chunks.blocking_recv() {
        let written = output.write_all(chunk.as_bytes());
        written.and_then(|()| output.flush()).inspect_err(|cause| {
            tracing::info!("standard output is closed: {cause}");
        })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
