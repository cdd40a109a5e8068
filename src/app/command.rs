//! What a person types: chat, or a slash command. One table says which commands there are,
//! how each is written and how its argument is read; parsing and `/help` both follow it.
//!
//! Reading only: what a line leads to is the app's business, whether it is allowed the
//! room's.

use super::output::{UsageError, Why};
use crate::app::key::latin;
use crate::protocol::command::Command;
use crate::protocol::denied::Denied;
use crate::protocol::member::Visibility;
use crate::protocol::secret::Password;
use crate::protocol::text::{ChatText, clean, nearest};
use crate::texts::language::Language;
use read_error::{REPEATED, text_fault};

mod argument_word;
mod arguments;
mod askable;
mod invite_arguments;
mod line_readers;
mod list_arguments;
mod own_arguments;
mod parsed_line;
mod preferences;
mod reaction_arguments;
mod read_error;
mod slash_names;
mod start;
mod table;

pub use argument_word::ArgumentWord;
pub use parsed_line::{
    AskedLater, ClientCommand, InviteRequest, ParsedLine, Setting, Show, TrackRequest,
};
pub use preferences::{alert_kind, alert_mode};
pub use slash_names::Arity;
pub use table::Slash;

/// Reads a line. One that begins with blanks and a slash is never chat.
///
/// # Errors
/// Why the line is refused: no such command, an argument that does not read, or a link that is not
/// opened.
pub fn parse(line: &str) -> Result<ParsedLine, Why> {
    let line = line.trim();
    if line.is_empty() {
        return Ok(ParsedLine::Empty);
    }
    let Some(typed) = line.strip_prefix('/').or_else(|| dotted(line)) else {
        let text = ChatText::parse(line).map_err(text_fault)?;
        return Ok(ParsedLine::Room(Command::Chat { text }));
    };
    let (name, argument) = typed.split_once(char::is_whitespace).unwrap_or((typed, ""));
    let slash = Slash::named(name).ok_or_else(|| unknown(name))?;
    slash.read(argument.trim())
}

/// Reads the line behind `/private`: the password, as it is.
///
/// # Errors
/// Why it cannot be a password.
pub fn parse_password(line: &str) -> Result<ParsedLine, Why> {
    let password = new_password(line).map_err(Why::Denied)?;
    Ok(ParsedLine::Room(Command::SetVisibility {
        visibility: Visibility::Private,
        password: Some(password),
    }))
}

/// A new password of a room.
///
/// # Errors
/// [`Denied::PasswordMissing`] or [`Denied::PasswordTooLong`], as the server would answer.
pub fn new_password(text: &str) -> Result<Password, Denied> {
    if text.is_empty() {
        return Err(Denied::PasswordMissing);
    }
    if text.len() > Password::MAX_BYTES {
        let limit = u32::try_from(Password::MAX_BYTES).unwrap_or(u32::MAX);
        return Err(Denied::PasswordTooLong { limit });
    }
    Ok(Password::from(text))
}

/// A command whose slash was typed on a Russian layout, where a full stop sits on its key.
/// What is no command is a message that begins with a full stop.
fn dotted(line: &str) -> Option<&str> {
    let typed = line.strip_prefix('.')?;
    let name = typed.split(char::is_whitespace).next()?;
    Slash::named(name).map(|_| typed)
}

fn unknown(typed: &str) -> Why {
    Why::Usage(UsageError::UnknownCommand {
        typed: clean(typed, REPEATED),
        nearest: nearest_name(&typed.to_lowercase()),
    })
}

/// The nearest name in the language of what was typed. What is like no Russian name may be an
/// English one that was typed on the keys of a Russian layout.
fn nearest_name(typed: &str) -> Option<&'static str> {
    let names = |language| Slash::ALL.iter().map(move |slash| slash.name_in(language));
    if !typed.contains(is_cyrillic) {
        return nearest(typed, names(Language::English));
    }
    let by_position: String = typed.chars().map(latin).collect();
    nearest(typed, names(Language::Russian))
        .or_else(|| nearest(&by_position, names(Language::English)))
}

fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{4FF}')
}

#[cfg(test)]
mod tests;
