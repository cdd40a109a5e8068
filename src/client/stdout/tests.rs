//! What a reader of standard output gets, however slowly they read, and what ends it.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, mpsc};

use futures_util::FutureExt;

use super::{Face, StdoutEnd, StdoutLines};
use crate::app::output::{Notice, Output, WhoLine};
use crate::protocol::ids::MemberId;
use crate::protocol::member::{MemberFlags, Role};
use crate::protocol::text::MemberName;
use crate::strings::standstill;
use crate::texts::language::Language;

/// Keeps what is written, each write after a permission.
struct Slow {
    begun: mpsc::Sender<()>,
    permissions: mpsc::Receiver<()>,
    written: Arc<Mutex<Vec<u8>>>,
}

impl Write for Slow {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // Nobody waits for the second beginning.
        let _receiver_gone = self.begun.send(());
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
    output: StdoutLines,
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
    let mut output = StdoutLines::start(Face::Json, Language::English, slow).unwrap();
    output.write(&Output::Viewers(0));
    beginning.recv().unwrap();
    Stopped {
        output,
        allow,
        written,
    }
}

/// Something that has to arrive, in a line of some ten thousand bytes.
fn long() -> Output {
    let line = WhoLine {
        id: MemberId(1),
        name: MemberName::parse("Alice").unwrap(),
        role: Role::Viewer,
        acting: false,
        flags: MemberFlags::default(),
        you: false,
        passes_for: None,
        health: None,
    };
    Output::Notice(Notice::Who(vec![line; 500]))
}

#[tokio::test]
async fn a_slow_reader_misses_only_what_is_superseded() {
    let mut stopped = stopped();
    let mut lasting = 0;
    // All are emitted without waiting: this loop does not yield.
    while !stopped.output.is_behind() {
        stopped.output.write(&long());
        lasting += 1;
    }
    let mut states = 0;
    while states < 200_000 {
        stopped.output.write(&Output::Viewers(states));
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
    let mut lines_read = 0;
    while stopped.output.progress().now_or_never().is_none() {
        stopped.output.write(&long());
        lines_read += 1;
        assert!(lines_read < 10_000, "it keeps lines without end");
    }
    let end = stopped.output.progress().await;
    assert!(matches!(end, Some(StdoutEnd::NotRead)), "{end:?}");
    drop(stopped.allow);
    let end = stopped.output.finish().await;
    assert!(matches!(end, Some(StdoutEnd::NotRead)), "{end:?}");
}

#[tokio::test]
async fn what_waits_goes_on_once_the_reader_reads() {
    let mut stopped = stopped();
    for _ in 0..100 {
        stopped.output.write(&long());
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
async fn lines_follow_the_language_from_the_moment_it_is_chosen() {
    let (_, permissions) = mpsc::channel();
    let (begun, _beginning) = mpsc::channel();
    let written = Arc::new(Mutex::new(Vec::new()));
    let free = Slow {
        begun,
        permissions,
        written: Arc::clone(&written),
    };
    let mut output = StdoutLines::start(Face::Plain, Language::English, free).unwrap();
    let plays = Output::Notice(Notice::SomebodyPlays(None));
    output.write(&plays);
    output.speak(Language::Russian);
    output.write(&plays);
    assert!(output.finish().await.is_none());
    let written = String::from_utf8(written.lock().unwrap().clone()).unwrap();
    let [english, russian] =
        [Language::English, Language::Russian].map(|language| standstill::somebody(language, None));
    assert_eq!(written, format!("* {english}\n* {russian}\n"));
    assert_ne!(english, russian);
}

#[tokio::test]
async fn a_reader_who_went_away_is_noticed_and_no_failure() {
    let closed = Failing(io::ErrorKind::BrokenPipe);
    let mut output = StdoutLines::start(Face::Json, Language::English, closed).unwrap();
    output.write(&Output::Viewers(1));
    let end = output.progress().await;
    assert!(matches!(end, Some(StdoutEnd::ReaderGone)), "{end:?}");
    output.write(&Output::Viewers(2));
    assert!(output.finish().await.is_none(), "that was said");
}

#[tokio::test]
async fn an_output_that_cannot_be_written_is_a_failure() {
    let full = Failing(io::ErrorKind::StorageFull);
    let mut output = StdoutLines::start(Face::Json, Language::English, full).unwrap();
    output.write(&Output::Viewers(1));
    let end = output.progress().await;
    assert!(matches!(end, Some(StdoutEnd::Failed(_))), "{end:?}");
    let full = Failing(io::ErrorKind::FileTooLarge);
    let mut output = StdoutLines::start(Face::Json, Language::English, full).unwrap();
    output.write(&Output::Viewers(1));
    let end = output.finish().await;
    assert!(matches!(end, Some(StdoutEnd::Failed(_))), "{end:?}");
}
