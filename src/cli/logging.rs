//! The destination of log lines: standard error for a server, a file for a client, whose terminal
//! is used by the screen or for JSON.

use std::io::Write;

use anyhow::Context;
use tracing_appender::non_blocking::{NonBlocking, NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

use super::args::LogFormat;
use super::config::LogConfig;
use super::{causes, colours, complain, folders};
use crate::private_files;
use crate::texts::language::Language;
use crate::texts::tr;

use fields::CleanFields;
use json_lines::JsonLines;
use rotating::RotatingLog;

mod fields;
mod json_lines;
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
    /// Nowhere: of the demo, which leaves no trace. Its clients log into its folder.
    Nowhere,
}

/// Changes what is logged.
type Refilter = Box<dyn Fn(EnvFilter) -> anyhow::Result<()> + Send + Sync>;

/// Keeps logging active until it is dropped.
#[must_use]
pub struct Logging {
    _worker: Option<WorkerGuard>,
    /// `None` if nothing is logged.
    refilter: Option<Refilter>,
}

impl Logging {
    /// Logs what these settings say from now on.
    ///
    /// # Errors
    /// If the filter is none, or nothing is logged at all.
    pub fn follow(&self, config: &LogConfig) -> anyhow::Result<()> {
        let filter = EnvFilter::try_new(&config.filter)?;
        match &self.refilter {
            Some(refilter) => refilter(filter),
            None => Ok(()),
        }
    }
}

/// Starts logging. A client whose state folder is not writable runs without a log, and says so.
pub fn start(
    config: &LogConfig,
    place: LogDestination,
    format: LogFormat,
    language: Language,
) -> Logging {
    let (worker, refilter) = match place {
        LogDestination::StandardError => {
            // On a thread of its own: a stuck reader must not hold up a room.
            let colours = colours::on_error();
            let (writer, worker) = by_a_thread(std::io::stderr());
            let started = match format {
                LogFormat::Text => subscribe(config, writer, colours),
                LogFormat::Json => subscribe_json(config, writer),
            };
            (Some(worker), started)
        }
        LogDestination::ClientFile => match client_file(language) {
            Ok(file) => {
                let (writer, worker) = by_a_thread(file);
                let started = subscribe(config, writer, false);
                (Some(worker), started)
            }
            Err(cause) => (None, Err(cause)),
        },
        LogDestination::Nowhere => {
            return Logging {
                _worker: None,
                refilter: None,
            };
        }
    };
    let refilter = refilter
        .inspect_err(|cause| complain_of_no_log(language, cause))
        .ok();
    Logging {
        _worker: worker,
        refilter,
    }
}

/// A writer that passes lines to a thread of its own.
fn by_a_thread(output: impl Write + Send + 'static) -> (NonBlocking, WorkerGuard) {
    NonBlockingBuilder::default()
        .buffered_lines_limit(WAITING)
        .finish(output)
}

fn subscribe<W>(config: &LogConfig, writer: W, colours: bool) -> anyhow::Result<Refilter>
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let started = tracing_subscriber::fmt()
        .fmt_fields(CleanFields)
        .with_writer(writer)
        .with_ansi(colours)
        .with_env_filter(EnvFilter::new(&config.filter))
        .with_filter_reloading();
    let handle = started.reload_handle();
    started.try_init().map_err(std::io::Error::other)?;
    Ok(Box::new(move |filter| Ok(handle.reload(filter)?)))
}

fn subscribe_json<W>(config: &LogConfig, writer: W) -> anyhow::Result<Refilter>
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let started = tracing_subscriber::fmt()
        .event_format(JsonLines)
        .with_writer(writer)
        .with_env_filter(EnvFilter::new(&config.filter))
        .with_filter_reloading();
    let handle = started.reload_handle();
    started.try_init().map_err(std::io::Error::other)?;
    Ok(Box::new(move |filter| Ok(handle.reload(filter)?)))
}

fn complain_of_no_log(language: Language, cause: &anyhow::Error) {
    let words = tr!(language, "cli-no-log", why = causes(language, cause));
    complain(format_args!("watchtogether: {words}"));
}

fn client_file(language: Language) -> anyhow::Result<RotatingLog> {
    let folder = folders::state().with_context(|| tr!(language, "cli-no-home"))?;
    let path = folder.display().to_string();
    private_files::create_folder(&folder)
        .with_context(|| tr!(language, "cli-no-folder", path = path.as_str()))?;
    RotatingLog::open(&folder, language)
        .with_context(|| tr!(language, "cli-no-log-file", path = path.as_str()))
}
