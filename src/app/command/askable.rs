//! What the admins can be asked for by `/ask`.

use super::parsed_line::{AskedLater, ClientCommand, ParsedLine};
use super::read_error::ReadError;
use crate::app::output::{ArgumentFault, Why};
use crate::protocol::command::{Command, PermissionRequest};

/// Reads a command by its name and its argument; `None` if there is none of this name.
type CommandReader = fn(&str, &str) -> Option<Result<ParsedLine, Why>>;

/// A command that only an admin can carry out, as it is typed with or without its slash, which
/// `read` reads; nothing asks for a pause.
pub(super) fn request(text: &str, read: CommandReader) -> Result<ParsedLine, ReadError> {
    let ask = |request| ParsedLine::Room(Command::Ask { request });
    let later = |asked| ParsedLine::Client(ClientCommand::Ask(asked));
    if text.is_empty() {
        return Ok(ask(PermissionRequest::default()));
    }
    let typed = text.strip_prefix('/').unwrap_or(text);
    let (name, argument) = typed.split_once(char::is_whitespace).unwrap_or((typed, ""));
    let not_askable = ReadError::Because(ArgumentFault::NotAskable);
    match read(name, argument.trim()) {
        Some(Ok(ParsedLine::Room(command))) => {
            PermissionRequest::of(&command).map(ask).ok_or(not_askable)
        }
        Some(Ok(ParsedLine::Client(ClientCommand::StartAt(time)))) => {
            Ok(later(AskedLater::StartAt(time)))
        }
        Some(Ok(ParsedLine::Client(ClientCommand::Chapter(chapter)))) => {
            Ok(later(AskedLater::Chapter(chapter)))
        }
        Some(Ok(_)) | None => Err(not_askable),
        Some(Err(why)) => Err(ReadError::Known(why)),
    }
}
