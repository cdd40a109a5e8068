//! Standard output: one line for each thing told, in one of two faces. A thread of its own
//! writes, so that a reader who is slow holds up neither playback nor a server that runs
//! in this process. What waits meanwhile is bounded by `backlog`.

use std::future::pending;
use std::io::{self, Write};
use std::thread;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

use super::backlog::{Backlog, Worth};
use super::reader::Reader;
use super::{json, plain};
use crate::app::told::Told;
use crate::protocol::ids::MemberId;

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
    /// The line for something told, without its end; `None` if this face does not show it. `me`
    /// is the member who is told, once they are in a room.
    #[must_use]
    pub fn line(self, told: &Told, me: Option<MemberId>) -> Option<String> {
        match self {
            Self::Json => Some(json::line(told)),
            Self::Plain => plain::line(told, me),
            Self::Screen => None,
        }
    }
}

/// Why standard output is of no use any more.
#[derive(Debug)]
pub enum OutputEnd {
    /// Its reader is gone, as `head` is after some lines: no news.
    ReaderGone,
    /// Its reader does not read, and lines were lost that had to arrive.
    NotRead,
    /// It cannot be written, as on a full disk.
    Failed(io::Error),
}

/// Standard output, as the loop sees it.
#[derive(Debug)]
pub struct Output {
    face: Face,
    /// Who is told: the member as whom the client came into the room last.
    me: Option<MemberId>,
    backlog: Backlog,
    /// Whether more waited than may.
    overflowed: bool,
    /// To the thread that writes: one chunk waits there while another is written.
    chunks: mpsc::Sender<String>,
    /// How that thread ended; `None` once that was asked.
    written: Option<oneshot::Receiver<io::Result<()>>>,
    reader: Reader,
}

impl Output {
    /// Takes standard output, or what stands for it, over.
    ///
    /// # Errors
    /// If the system has no thread to give.
    pub fn start(face: Face, mut to: impl Write + Send + 'static) -> io::Result<Self> {
        let (chunks, waiting) = mpsc::channel(1);
        let (done, written) = oneshot::channel();
        thread::Builder::new()
            .name("output".to_owned())
            .spawn(move || {
                let outcome = write_chunks(waiting, &mut to);
                // Whoever waited for this may have lost patience.
                let _unheard = done.send(outcome);
            })?;
        Ok(Self {
            face,
            me: None,
            backlog: Backlog::default(),
            overflowed: false,
            chunks,
            written: Some(written),
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

    /// Tells something. What does not fit any more is lost, and [`Output::progress`] says so.
    pub fn tell(&mut self, told: &Told) {
        if self.overflowed {
            return;
        }
        if let Told::Joined { id, .. } = told {
            self.me = Some(*id);
        }
        let Some(line) = self.face.line(told, self.me) else {
            return;
        };
        self.overflowed = self.backlog.push(Worth::of(told), line).is_err();
        self.hand_on();
    }

    /// Whether so much waits for the reader that nothing more should be asked for.
    #[must_use]
    pub const fn is_behind(&self) -> bool {
        self.backlog.is_long()
    }

    /// Hands on what waits as soon as the reader takes more, then `None`; or says why standard
    /// output is of no use any more. Waits while there is nothing to hand on. Cancel safe.
    pub async fn progress(&mut self) -> Option<OutputEnd> {
        if self.overflowed {
            return Some(OutputEnd::NotRead);
        }
        tokio::select! {
            place = self.chunks.reserve(), if !self.backlog.is_empty() => {
                match (place, self.backlog.take_chunk()) {
                    (Ok(place), Some(chunk)) => {
                        place.send(chunk);
                        None
                    }
                    // The thread has ended; it says why.
                    _ => Some(end_of(&mut self.written).await),
                }
            }
            end = end_of(&mut self.written) => Some(end),
            () = self.reader.gone() => Some(OutputEnd::ReaderGone),
        }
    }

    /// Ends, when all lines are written or nobody reads them in time; says so if some are lost.
    pub async fn finish(self) -> Option<OutputEnd> {
        let Self {
            mut backlog,
            overflowed,
            chunks,
            written,
            ..
        } = self;
        if overflowed {
            return Some(OutputEnd::NotRead);
        }
        let last = async move {
            while let Some(chunk) = backlog.take_chunk() {
                if chunks.send(chunk).await.is_err() {
                    break;
                }
            }
            drop(chunks);
            written?.await.ok()?.err().map(OutputEnd::from)
        };
        timeout(PATIENCE, last).await.unwrap_or_else(|_| {
            tracing::info!("the last lines were not read in time");
            Some(OutputEnd::NotRead)
        })
    }

    fn hand_on(&mut self) {
        while !self.backlog.is_empty()
            && let Ok(place) = self.chunks.try_reserve()
            && let Some(chunk) = self.backlog.take_chunk()
        {
            place.send(chunk);
        }
    }
}

impl From<io::Error> for OutputEnd {
    fn from(cause: io::Error) -> Self {
        if cause.kind() == io::ErrorKind::BrokenPipe {
            Self::ReaderGone
        } else {
            Self::Failed(cause)
        }
    }
}

/// How the thread that writes ended; never, if that was asked before. Cancel safe.
async fn end_of(written: &mut Option<oneshot::Receiver<io::Result<()>>>) -> OutputEnd {
    let Some(waiting) = written else {
        return pending().await;
    };
    let outcome = waiting.await;
    *written = None;
    match outcome {
        Ok(Err(cause)) => cause.into(),
        // It ends without an error only once nothing can be handed on any more.
        Ok(Ok(())) | Err(_) => OutputEnd::ReaderGone,
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
mod tests {
    use std::io::{self, Write};
    use std::sync::{Arc, Mutex, mpsc};

    use futures_util::FutureExt;

    use super::{Face, Output, OutputEnd};
    use crate::app::told::{Notice, Told, WhoLine};
    use crate::protocol::ids::MemberId;
    use crate::protocol::member::{Marks, Role};
    use crate::protocol::text::MemberName;

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

    /// What fails at each write.
    struct Failing(io::ErrorKind);

    impl Write for Failing {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// An output whose reader has begun to read its first line, and stopped.
    struct Stopped {
        output: Output,
        allow: mpsc::Sender<()>,
        written: Arc<Mutex<Vec<u8>>>,
    }

    fn stopped() -> Stopped {
        let (allow, permissions) = mpsc::channel();
        let written = Arc::new(Mutex::new(Vec::new()));
        let (begun, beginning) = mpsc::channel();
        let slow = Slow {
            begun,
            permissions,
            written: Arc::clone(&written),
        };
        let mut output = Output::start(Face::Json, slow).unwrap();
        output.tell(&Told::Viewers(0));
        beginning.recv().unwrap();
        Stopped {
            output,
            allow,
            written,
        }
    }

    /// Something that has to arrive, in a line of some ten thousand bytes.
    fn long() -> Told {
        let line = WhoLine {
            id: MemberId(1),
            name: MemberName::parse("Alice").unwrap(),
            role: Role::Viewer,
            acting: false,
            marks: Marks::default(),
            you: false,
            passes_for: None,
            health: None,
        };
        Told::Notice(Notice::Who(vec![line; 500]))
    }

    #[tokio::test]
    async fn a_slow_reader_misses_only_what_is_superseded() {
        let mut stopped = stopped();
        let mut lasting = 0;
        // Each is told without waiting: this loop gives nobody else a turn.
        while !stopped.output.is_behind() {
            stopped.output.tell(&long());
            lasting += 1;
        }
        let mut states = 0;
        while states < 200_000 {
            stopped.output.tell(&Told::Viewers(states));
            states += 1;
        }
        assert!(stopped.output.progress().now_or_never().is_none());
        drop(stopped.allow);
        assert!(stopped.output.finish().await.is_none(), "all is written");
        let text = String::from_utf8(stopped.written.lock().unwrap().clone()).unwrap();
        let count = |kind: &str| {
            let begin = format!("{{\"type\":\"{kind}\"");
            text.lines().filter(|line| line.starts_with(&begin)).count()
        };
        assert_eq!(count("notice"), lasting);
        assert!(count("viewers") < 150_000, "{}", count("viewers"));
        let newest = format!("{{\"type\":\"viewers\",\"count\":{}}}\n", states - 1);
        assert!(text.ends_with(&newest), "the newest is told");
    }

    #[tokio::test]
    async fn a_reader_who_stopped_is_given_up_with_a_bounded_backlog() {
        let mut stopped = stopped();
        let mut told = 0;
        while stopped.output.progress().now_or_never().is_none() {
            stopped.output.tell(&long());
            told += 1;
            assert!(told < 10_000, "it keeps lines without end");
        }
        let end = stopped.output.progress().await;
        assert!(matches!(end, Some(OutputEnd::NotRead)), "{end:?}");
        drop(stopped.allow);
        let end = stopped.output.finish().await;
        assert!(matches!(end, Some(OutputEnd::NotRead)), "{end:?}");
    }

    #[tokio::test]
    async fn what_waits_goes_on_once_the_reader_reads() {
        let mut stopped = stopped();
        for _ in 0..100 {
            stopped.output.tell(&long());
        }
        assert!(stopped.output.progress().now_or_never().is_none());
        drop(stopped.allow);
        while !stopped.output.backlog.is_empty() {
            assert!(stopped.output.progress().await.is_none());
        }
        assert!(stopped.output.finish().await.is_none());
        let written = stopped.written.lock().unwrap().clone();
        assert_eq!(String::from_utf8(written).unwrap().lines().count(), 101);
    }

    #[tokio::test]
    async fn a_reader_who_went_away_is_noticed_and_no_failure() {
        let closed = Failing(io::ErrorKind::BrokenPipe);
        let mut output = Output::start(Face::Json, closed).unwrap();
        output.tell(&Told::Viewers(1));
        let end = output.progress().await;
        assert!(matches!(end, Some(OutputEnd::ReaderGone)), "{end:?}");
        output.tell(&Told::Viewers(2));
        assert!(output.finish().await.is_none(), "that was said");
    }

    #[tokio::test]
    async fn an_output_that_cannot_be_written_is_a_failure() {
        let full = Failing(io::ErrorKind::StorageFull);
        let mut output = Output::start(Face::Json, full).unwrap();
        output.tell(&Told::Viewers(1));
        let end = output.progress().await;
        assert!(matches!(end, Some(OutputEnd::Failed(_))), "{end:?}");
        let full = Failing(io::ErrorKind::FileTooLarge);
        let mut output = Output::start(Face::Json, full).unwrap();
        output.tell(&Told::Viewers(1));
        let end = output.finish().await;
        assert!(matches!(end, Some(OutputEnd::Failed(_))), "{end:?}");
    }
}
