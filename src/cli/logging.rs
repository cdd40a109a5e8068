//! Where log lines go: a server's to standard error, a client's to a file, since its
//! terminal belongs to the screen or to JSON.

use std::io::IsTerminal;
use std::path::Path;

use anyhow::Context;
use tracing_appender::non_blocking::WorkerGuard;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

use super::complain;
use super::config::LogConfig;
use super::{folders, terminal};

/// How many days of a client's log are kept.
const DAYS_KEPT: usize = 5;

/// Where the lines go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// To standard error.
    StandardError,
    /// To a file a day, `client.DATE.log` in the state folder.
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
pub fn start(config: &LogConfig, place: Place) -> Logging {
    let worker = match place {
        Place::StandardError => {
            // By a thread of its own: whoever does not read the lines must not hold up a room.
            let colours = std::io::stderr().is_terminal() && terminal::has_colour();
            let (writer, worker) = tracing_appender::non_blocking(std::io::stderr());
            subscribe(config, writer, colours);
            Some(worker)
        }
        Place::ClientFile => match client_file() {
            Ok(file) => {
                let (writer, worker) = tracing_appender::non_blocking(file);
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

fn subscribe<W>(config: &LogConfig, writer: W, colours: bool)
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let started = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(&config.filter))
        .with_writer(writer)
        .with_ansi(colours)
        .try_init();
    if let Err(cause) = started {
        complain(format_args!(
            "watchtogether: no log will be written: {cause}"
        ));
    }
}

fn client_file() -> anyhow::Result<RollingFileAppender> {
    let folder = folders::state().context("there is no home folder")?;
    make_private(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("client")
        .filename_suffix("log")
        .max_log_files(DAYS_KEPT)
        .build(&folder)
        .with_context(|| format!("cannot write a log in {}", folder.display()))
}

/// Makes a folder and those above it, for this user only where the system knows users.
fn make_private(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
