//! `watchtogether watch`: prints what happens in a public room as lines of JSON, without joining it.
//! It is the client of `join --json` that is nobody in the room.

use std::process::ExitCode;

use super::args::{JoinArgs, JoinOptions, Switch, WatchArgs};
use super::config::{ConfigError, JoinConfig, Sources};
use super::{errand, join, runtime};
use crate::texts::language::Language;

/// The settings of a command line; what it leaves open, those of `join` decide.
///
/// # Errors
/// [`ConfigError`] if the settings of `join` are invalid.
pub fn settings(sources: &Sources, args: WatchArgs) -> Result<JoinConfig, ConfigError> {
    sources.join(JoinArgs {
        room: args.room,
        theme: None,
        options: JoinOptions {
            server: args.server,
            ca_file: args.ca_file,
            json: Switch::On,
            no_player: Switch::On,
            ..JoinOptions::default()
        },
    })
}

/// Runs the subcommand to its end.
///
/// # Errors
/// If standard output cannot be written, or this machine lacks something that a client needs.
pub fn run(mut config: JoinConfig, language: Language) -> anyhow::Result<ExitCode> {
    let place =
        runtime::on_this_thread(language)?.block_on(errand::place(&config, true, language))?;
    match place {
        Ok(place) => config.server = Some(place.server),
        Err(code) => return Ok(ExitCode::from(code)),
    }
    // That is said already.
    config.written = None;
    join::run(config, join::Start::Watch, language)
}
