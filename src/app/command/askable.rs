//! What the admins can be asked for by `/ask`.

use super::parsed_line::ParsedLine;
use super::read_error::ReadError;
use super::table::Slash;
use crate::app::output::ArgumentFault;
use crate::protocol::command::PermissionRequest;

/// A command that only an admin can carry out, as it is typed with or without its slash;
/// nothing asks for a pause.
pub(super) fn request(text: &str) -> Result<PermissionRequest, ReadError> {
    if text.is_empty() {
        return Ok(PermissionRequest::default());
    }
    let typed = text.strip_prefix('/').unwrap_or(text);
    let (name, argument) = typed.split_once(char::is_whitespace).unwrap_or((typed, ""));
    let slash = Slash::named(name).filter(|slash| *slash != Slash::Ask);
    let not_askable = ReadError::Because(ArgumentFault::NotAskable);
    let Some(slash) = slash else {
        return Err(not_askable);
    };
    match slash.read(argument.trim()) {
        Ok(ParsedLine::Room(command)) => PermissionRequest::of(&command).ok_or(not_askable),
        Ok(_) => Err(not_askable),
        Err(why) => Err(ReadError::Known(why)),
    }
}
