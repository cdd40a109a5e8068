//! Where log lines go: a server's to standard error, a client's to a file, since its
//! terminal belongs to the screen or to JSON.

use std::io::{IsTerminal, Write};

use anyhow::Context;
use tracing_appender::non_blocking::{NonBlocking, NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

use super::complain;
use super::config::LogConfig;
use super::{folders, terminal};
use crate::private_files;

use fields::CleanFields;
use rotating::RotatingLog;

mod fields;
mod rotating;

/// How many lines may wait to be written; more are lost, and nothing waits for them (judgement:
/// a few megabytes at most where a disk or a reader of standard error stands still).
const WAITING: usize = 4_096;

/// Where the lines go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogDestination {
    /// To standard error.
    StandardError,
    /// To `client.log` in the state folder, of bounded size.
    ClientFile,
}

/// Keeps the log being written until it is dropped.
#[derive(Debug)]
#[must_use]
pub struct Logging {
    _worker: Option<WorkerGuard>,
}

/// Starts logging. A client whose state folder cannot be written runs on without a log,
/// and says so.
pub fn start(config: &LogConfig, place: LogDestination) -> Logging {
    let worker = match place {
        LogDestination::StandardError => {
            // By a thread of its own: whoever does not read the lines must not hold up a room.
            let colours = std::io::stderr().is_terminal() && terminal::has_colour();
            let (writer, worker) = by_a_thread(std::io::stderr());
            subscribe(config, writer, colours);
            Some(worker)
        }
        LogDestination::ClientFile => match client_file() {
            Ok(file) => {
                let (writer, worker) = by_a_thread(file);
                subscribe(config, writer, false);
                Some(worker)
            }
            Err(cause) => {
                complain(format_args!(
                    "watchtogether: no log will be written: {cause:#}"
                ));
                None
            }
        },
    };
    Logging { _worker: worker }
}

/// Lines on their way to a thread that writes them.
fn by_a_thread(output: impl Write + Send + 'static) -> (NonBlocking, WorkerGuard) {
    NonBlockingBuilder::default()
        .buffered_lines_limit(WAITING)
        .finish(output)
}

fn subscribe<W>(config: &LogConfig, writer: W, colours: bool)
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let started = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(&config.filter))
        .fmt_fields(CleanFields)
        .with_writer(writer)
        .with_ansi(colours)
        .try_init();
    if let Err(cause) = started {
        complain(format_args!(
            "watchtogether: no log will be written: {cause}"
        ));
    }
}

fn client_file() -> anyhow::Result<RotatingLog> {
    let folder = folders::state().context("there is no home folder")?;
    private_files::create_folder(&folder)
        .with_context(|| format!("cannot make {}", folder.display()))?;
    RotatingLog::open(&folder)
        .with_context(|| format!("cannot write a log in {}", folder.display()))
}
