//! `watchtogether add`: queues links in a room without joining it.

use std::process::ExitCode;

use super::args::AddArgs;
use super::config::{ConfigError, Sources};
use super::errand::{self, Asked, ErrandConfig, Lines};
use crate::app::output::{Queued, Why};
use crate::media::Media;
use crate::protocol::command::Command;
use crate::strings::errand as words;
use crate::texts::language::Language;
use crate::texts::tr;

/// What `add` is asked for.
#[derive(Debug)]
pub struct Add {
    errand: ErrandConfig,
    /// The links; none for the lines of standard input.
    links: Vec<String>,
}

impl Add {
    /// The settings of a command line; what it leaves open, those of `join` decide.
    ///
    /// # Errors
    /// [`ConfigError`] if the settings of `join` are invalid.
    pub fn of(sources: &Sources, args: AddArgs) -> Result<Self, ConfigError> {
        let AddArgs {
            room,
            link,
            options,
        } = args;
        let json = options.json;
        let join = sources.join(options.join(room))?;
        let errand = ErrandConfig { join, json };
        Ok(Self {
            errand,
            links: link,
        })
    }
}

/// Runs the subcommand to its end. A line says of each link what it became.
///
/// # Errors
/// If standard output cannot be written, or the system gives no threads.
pub fn run(add: Add, language: Language) -> anyhow::Result<ExitCode> {
    let lines = Lines {
        given: add.links,
        read,
        done,
        missing: tr!(language, "errand-no-links"),
    };
    errand::run(&add.errand, lines, language)
}

fn read(line: &str) -> Asked {
    let media = Media::parse(line.trim()).map_err(Why::Media)?;
    Ok(Command::Add { media })
}

fn done(language: Language, command: &Command, queued: Option<Queued>) -> Option<String> {
    let Command::Add { media } = command else {
        return None;
    };
    Some(words::queued(language, media, queued))
}
