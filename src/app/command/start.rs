//! Readers of the commands of the lobby: `/ready` and `/start`.

use std::num::NonZeroU32;

use super::argument_word::ArgumentWord;
use super::arguments;
use super::parsed_line::{ClientCommand, ParsedLine};
use super::read_error::ReadError;
use crate::app::time_of_day::TimeOfDay;
use crate::protocol::command::Command;
use crate::protocol::lobby::StartRule;

/// Alone it says so; `off` takes it back.
pub(super) fn ready(text: &str) -> Result<ParsedLine, ReadError> {
    if text.is_empty() {
        return Ok(ParsedLine::Room(Command::SetReady { ready: true }));
    }
    let ready = arguments::on_off(text)?;
    Ok(ParsedLine::Room(Command::SetReady { ready }))
}

/// Alone it starts now. `when 3`, `when all`, `21:00` and `wait` say when; `off` takes that back.
pub(super) fn start(text: &str) -> Result<ParsedLine, ReadError> {
    if text.is_empty() {
        return Ok(ParsedLine::Room(Command::Start));
    }
    let (first, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let when = match ArgumentWord::read(first) {
        Some(ArgumentWord::When) => rest.trim_start(),
        _ => text,
    };
    if let Some(time) = TimeOfDay::parse(when) {
        return Ok(ParsedLine::Client(ClientCommand::StartAt(time)));
    }
    let start = match ArgumentWord::read(when) {
        Some(ArgumentWord::Off) => None,
        Some(ArgumentWord::Wait) => Some(StartRule::Told),
        Some(ArgumentWord::All) => Some(StartRule::AllReady),
        _ => Some(StartRule::Ready {
            members: count(when)?,
        }),
    };
    Ok(ParsedLine::Room(Command::SetStart { start }))
}

/// How many are to be ready.
fn count(text: &str) -> Result<NonZeroU32, ReadError> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit());
    let count = plain.then(|| text.parse().ok()).flatten();
    count.ok_or(ReadError::Bad)
}
