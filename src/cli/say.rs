//! `watchtogether say`: writes in a room's chat without joining it.

use std::process::ExitCode;

use super::args::SayArgs;
use super::config::{ConfigError, Sources};
use super::errand::{self, Asked, ErrandConfig, Lines};
use crate::app::command::{ParsedLine, parse};
use crate::app::output::{Queued, UsageError, Why};
use crate::protocol::command::Command;
use crate::protocol::text::clean;
use crate::texts::language::Language;
use crate::texts::tr;

/// The most characters of a command that an error repeats (judgement: more than any name has).
const REPEATED: usize = 40;

/// What `say` is asked for.
#[derive(Debug)]
pub struct Say {
    errand: ErrandConfig,
    /// The message; `None` for the lines of standard input.
    text: Option<String>,
}

impl Say {
    /// The settings of a command line; what it leaves open, those of `join` decide.
    ///
    /// # Errors
    /// [`ConfigError`] if the settings of `join` are invalid.
    pub fn of(sources: &Sources, args: SayArgs) -> Result<Self, ConfigError> {
        let SayArgs {
            room,
            text,
            options,
        } = args;
        let json = options.json;
        let join = sources.join(options.join(room))?;
        let text = (!text.is_empty()).then(|| text.join(" "));
        let errand = ErrandConfig { join, json };
        Ok(Self { errand, text })
    }
}

/// Runs the subcommand to its end. It is silent if all goes well.
///
/// # Errors
/// If standard output cannot be written, or the system gives no threads.
pub fn run(say: Say, language: Language) -> anyhow::Result<ExitCode> {
    let lines = Lines {
        given: say.text.into_iter().collect(),
        read,
        done,
        missing: tr!(language, "errand-no-text"),
    };
    errand::run(&say.errand, lines, language)
}

/// The message of a line. What begins like a command is none: it may be meant for the room.
fn read(line: &str) -> Asked {
    match parse(line)? {
        ParsedLine::Room(command @ Command::Chat { .. }) => Ok(command),
        ParsedLine::Empty => Err(Why::Usage(UsageError::Empty)),
        _ => Err(Why::Usage(UsageError::NotAMessage {
            typed: clean(line.trim(), REPEATED),
        })),
    }
}

fn done(_: Language, _: &Command, _: Option<Queued>) -> Option<String> {
    None
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::protocol::command::Command;

    #[test]
    fn a_message_is_said_and_a_command_is_not() {
        assert!(matches!(read("  hello "), Ok(Command::Chat { text }) if text.as_str() == "hello"));
        for line in ["/pause", " /nick Eve", "/nonsense", "", "  "] {
            assert!(read(line).is_err(), "{line:?}");
        }
        assert!(read(&"x".repeat(10_000)).is_err());
    }
}
