//! What rows of the table of slash commands have in common: the line that a command of some kind
//! makes.

use super::argument_word::ArgumentWord;
use super::arguments;
use super::parsed_line::{ClientCommand, InviteRequest, ParsedLine, Setting};
use super::read_error::ReadError;
use crate::protocol::command::Command;
use crate::protocol::invite_terms::InviteTerms;
use crate::protocol::member::{Role, Visibility};
use crate::protocol::moderation::Delay;
use crate::sync::player::PlayerCommand;

/// A command of the room.
pub(super) fn room(command: Command) -> ParsedLine {
    ParsedLine::Room(command)
}

/// The command that opens the room to all, or to all who know its name.
pub(super) const fn open_to(visibility: Visibility) -> Command {
    Command::SetVisibility {
        visibility,
        password: None,
    }
}

/// The command that makes a new invite link.
pub(super) const fn invite(terms: InviteTerms) -> ParsedLine {
    let reuses = false;
    ParsedLine::Client(ClientCommand::Invite(InviteRequest { terms, reuses }))
}

/// A command of the room that takes no argument.
pub(super) fn alone(argument: &str, command: Command) -> Result<ParsedLine, ReadError> {
    arguments::none(argument).map(|()| room(command))
}

/// A command of the client that takes no argument.
pub(super) fn local(argument: &str, local: ClientCommand) -> Result<ParsedLine, ReadError> {
    arguments::none(argument).map(|()| ParsedLine::Client(local))
}

/// An order to the own player.
#[expect(clippy::unnecessary_wraps, reason = "a reader of the table")]
pub(super) fn own(order: PlayerCommand) -> Result<ParsedLine, ReadError> {
    Ok(ParsedLine::Client(ClientCommand::Own(order)))
}

/// An order to the own player that takes no argument.
pub(super) fn own_alone(argument: &str, order: PlayerCommand) -> Result<ParsedLine, ReadError> {
    arguments::none(argument).and_then(|()| own(order))
}

/// A time that members have to wait, or none; alone it asks how the room is set.
pub(super) fn delay(
    argument: &str,
    command: fn(Option<Delay>) -> Command,
) -> Result<ParsedLine, ReadError> {
    if argument.is_empty() {
        return Ok(ParsedLine::Client(ClientCommand::Restrictions));
    }
    arguments::delay(argument).map(|delay| room(command(delay)))
}

/// Whether those who watch from outside see the chat; alone it asks how the room is set.
pub(super) fn observers(argument: &str) -> Result<ParsedLine, ReadError> {
    if argument.is_empty() {
        return Ok(ParsedLine::Client(ClientCommand::Restrictions));
    }
    match argument.split_once(char::is_whitespace) {
        Some((what, shown)) if ArgumentWord::read(what) == Some(ArgumentWord::Chat) => {
            let shown = arguments::on_off(shown.trim_start())?;
            Ok(room(Command::SetObserverChat { shown }))
        }
        _ => Err(ReadError::Bad),
    }
}

/// What a command that stands alone asks: how it is now.
pub(super) fn or_told(
    argument: &str,
    setting: Setting,
    read: fn(&str) -> Result<ParsedLine, ReadError>,
) -> Result<ParsedLine, ReadError> {
    if argument.is_empty() {
        return Ok(ParsedLine::Client(ClientCommand::Tell(setting)));
    }
    read(argument)
}

/// Without an argument it is the own sound, as in most players.
pub(super) fn mute(argument: &str) -> Result<ParsedLine, ReadError> {
    if argument.is_empty() {
        return own(PlayerCommand::ToggleMute);
    }
    let who = arguments::who(argument)?;
    Ok(room(Command::Mute { who, muted: true }))
}

/// The command that gives the member who is named this role.
pub(super) fn role(argument: &str, role: Role) -> Result<ParsedLine, ReadError> {
    let who = arguments::who(argument)?;
    Ok(room(Command::SetRole { who, role }))
}
