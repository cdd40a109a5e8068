//! Standard output: one line for each thing told, in one of two faces. A thread of its own
//! writes, so that a reader who is slow holds up neither playback nor a server that runs
//! in this process.

use std::io::{self, Write};
use std::thread;
use std::time::Duration;

use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

use super::reader::Reader;
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
    /// The screen, which draws what the app knows instead of lines.
    Screen,
}

impl Face {
    /// The line for something told, without its end; `None` if this face does not show it.
    #[must_use]
    pub fn line(self, told: &Told) -> Option<String> {
        match self {
            Self::Json => Some(json::line(told)),
            Self::Plain => plain::line(told),
            Self::Screen => None,
        }
    }
}

/// Standard output, as the loop sees it.
#[derive(Debug)]
pub struct Output {
    face: Face,
    lines: mpsc::Sender<String>,
    /// How the writing ended.
    written: oneshot::Receiver<io::Result<()>>,
    reader: Reader,
}

impl Output {
    /// Takes standard output, or what stands for it, over.
    ///
    /// # Errors
    /// If the system has no thread to give.
    pub fn start(face: Face, mut to: impl Write + Send + 'static) -> io::Result<Self> {
        let (lines, waiting) = mpsc::channel(WAITING);
        let (done, written) = oneshot::channel();
        thread::Builder::new()
            .name("output".to_owned())
            .spawn(move || {
                let written = write_lines(waiting, &mut to);
                if let Err(cause) = &written {
                    tracing::info!("standard output takes no more: {cause}");
                }
                // Whoever waited for this may have lost patience.
                let _unheard = done.send(written);
            })?;
        Ok(Self {
            face,
            lines,
            written,
            reader: Reader::default(),
        })
    }

    /// Notices by itself when nobody reads standard output any more.
    #[must_use]
    pub fn watching_stdout(self) -> Self {
        Self {
            reader: Reader::of(&io::stdout()),
            ..self
        }
    }

    /// Tells something. Waits for a reader who is far behind, but not with what the next
    /// second supersedes.
    pub async fn tell(&self, told: &Told) {
        let Some(line) = self.face.line(told) else {
            return;
        };
        let sent = match self.lines.try_send(line) {
            Err(TrySendError::Full(line)) if !matches!(told, Told::Sync(_)) => {
                self.lines.send(line).await.is_ok()
            }
            sent => sent.is_ok(),
        };
        if !sent {
            tracing::debug!("a line was not written: nobody reads, or not fast enough");
        }
    }

    /// Waits until standard output is closed by its reader, or takes no more. Cancel safe.
    pub async fn closed(&self) {
        tokio::select! {
            () = self.lines.closed() => {}
            () = self.reader.gone() => {}
        }
    }

    /// Ends, when all lines are written or nobody reads them in time.
    ///
    /// # Errors
    /// If a line could not be written although somebody is there to read it: a full disk, say.
    pub async fn finish(self) -> io::Result<()> {
        drop(self.lines);
        match timeout(PATIENCE, self.written).await {
            Ok(Ok(Err(cause))) if cause.kind() != io::ErrorKind::BrokenPipe => Err(cause),
            Ok(_) => Ok(()),
            Err(_) => {
                tracing::info!("the last lines were not read in time");
                Ok(())
            }
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

#[cfg(test)]
mod tests {
    use std::io::{self, Write};
    use std::sync::{Arc, Mutex, mpsc};

    use futures_util::FutureExt;

    use super::{Face, Output, WAITING};
    use crate::app::told::Told;
    use crate::sync::follow::{Status, SyncState};

    /// Keeps what is written, each write after a permission.
    struct Slow {
        begun: mpsc::Sender<()>,
        permissions: mpsc::Receiver<()>,
        written: Arc<Mutex<Vec<u8>>>,
    }

    impl Write for Slow {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            // Nobody waits for the second beginning.
            let _unheard = self.begun.send(());
            // Once nobody gives permissions any more, none is needed.
            let _free = self.permissions.recv();
            self.written.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// An output that fails, such as that to a reader who has gone away.
    struct Failing(io::ErrorKind);

    impl Write for Failing {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn second() -> Told {
        Told::Sync(Status {
            state: SyncState::Holding,
            error: None,
            bound: None,
            speed: 1.0,
            buffered: None,
            round_trip: None,
            live: None,
            apart: None,
        })
    }

    #[tokio::test]
    async fn a_slow_reader_misses_only_what_the_next_second_supersedes() {
        let (allow, permissions) = mpsc::channel();
        let written = Arc::new(Mutex::new(Vec::new()));
        let (begun, beginning) = mpsc::channel();
        let slow = Slow {
            begun,
            permissions,
            written: Arc::clone(&written),
        };
        let output = Output::start(Face::Json, slow).unwrap();
        output.tell(&Told::Viewers(7)).await;
        beginning.recv().unwrap();
        for _ in 0..WAITING {
            let told = output.tell(&Told::Viewers(7)).now_or_never();
            assert!(told.is_some(), "it waits although there is room");
        }
        let told = output.tell(&Told::Viewers(7)).now_or_never();
        assert!(told.is_none(), "it keeps lines without end");
        assert!(
            output.tell(&second()).now_or_never().is_some(),
            "it waits for it"
        );
        drop(allow);
        output.tell(&Told::Viewers(8)).await;
        output.finish().await.unwrap();
        let text = String::from_utf8(written.lock().unwrap().clone()).unwrap();
        assert_eq!(text.lines().count(), WAITING + 2);
        assert!(
            text.ends_with("{\"type\":\"viewers\",\"count\":8}\n"),
            "{text}"
        );
        assert!(!text.contains("sync"));
    }

    #[tokio::test]
    async fn a_reader_who_went_away_is_noticed_and_a_full_disk_is_an_error() {
        let kinds = [
            io::ErrorKind::BrokenPipe,
            io::ErrorKind::StorageFull,
            io::ErrorKind::FileTooLarge,
        ];
        for kind in kinds {
            let output = Output::start(Face::Json, Failing(kind)).unwrap();
            output.tell(&Told::Viewers(1)).await;
            output.closed().await;
            output.tell(&Told::Viewers(2)).await;
            let failed = output.finish().await.map_err(|cause| cause.kind());
            let quiet = kind == io::ErrorKind::BrokenPipe;
            assert_eq!(failed, if quiet { Ok(()) } else { Err(kind) });
        }
    }
}
