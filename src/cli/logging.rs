//! The destination of log lines: standard error for a server, a file for a client, whose terminal
//! is used by the screen or for JSON.

use std::io::{IsTerminal, Write};

use anyhow::Context;
use tracing_appender::non_blocking::{NonBlocking, NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

use super::complain;
use super::config::LogConfig;
use super::{folders, terminal};
use crate::private_files;
use crate::texts::language::Language;
use crate::texts::tr;

use fields::CleanFields;
use rotating::RotatingLog;

mod fields;
mod rotating;

/// The most lines in the queue to the writer; further ones are dropped rather than waited for
/// (judgement: a few megabytes at most if the disk or the reader of standard error hangs).
const WAITING: usize = 4_096;

/// The destination of log lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogDestination {
    /// To standard error: of subcommands that draw no screen.
    StandardError,
    /// To `client.log` in the state folder, of bounded size.
    ClientFile,
}

/// Keeps logging active until it is dropped.
#[derive(Debug)]
#[must_use]
pub struct Logging {
    _worker: Option<WorkerGuard>,
}

/// Starts logging. A client whose state folder is not writable runs without a log, and says so.
pub fn start(config: &LogConfig, place: LogDestination, language: Language) -> Logging {
    let worker = match place {
        LogDestination::StandardError => {
            // On a thread of its own: a stuck reader must not hold up a room.
            let colours = std::io::stderr().is_terminal() && terminal::has_colour();
            let (writer, worker) = by_a_thread(std::io::stderr());
            subscribe(config, writer, colours, language);
            Some(worker)
        }
        LogDestination::ClientFile => match client_file(language) {
            Ok(file) => {
                let (writer, worker) = by_a_thread(file);
                subscribe(config, writer, false, language);
                Some(worker)
            }
            Err(cause) => {
                complain_of_no_log(language, &cause);
                None
            }
        },
    };
    Logging { _worker: worker }
}

/// A writer that passes lines to a thread of its own.
fn by_a_thread(output: impl Write + Send + 'static) -> (NonBlocking, WorkerGuard) {
    NonBlockingBuilder::default()
        .buffered_lines_limit(WAITING)
        .finish(output)
}

fn subscribe<W>(config: &LogConfig, writer: W, colours: bool, language: Language)
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
        complain_of_no_log(language, &anyhow::anyhow!(cause));
    }
}

fn complain_of_no_log(language: Language, cause: &anyhow::Error) {
    let words = tr!(language, "cli-no-log", why = format!("{cause:#}"));
    complain(format_args!("watchtogether: {words}"));
}

fn client_file(language: Language) -> anyhow::Result<RotatingLog> {
    let folder = folders::state().with_context(|| tr!(language, "cli-no-home"))?;
    let path = folder.display().to_string();
    private_files::create_folder(&folder)
        .with_context(|| tr!(language, "cli-no-folder", path = path.as_str()))?;
    RotatingLog::open(&folder)
        .with_context(|| tr!(language, "cli-no-log-file", path = path.as_str()))
}
