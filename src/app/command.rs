//! What a person types: chat, or a slash command. One table says which commands there are,
//! how each is written and how its argument is read; parsing and `/help` both follow it.
//!
//! Reading only: what a line leads to is the app's business, whether it is allowed the
//! room's.

use super::output::{UsageError, Why};
use crate::protocol::command::Command;
use crate::protocol::text::{ChatText, clean, nearest};
use read_error::{REPEATED, text_fault};

mod arguments;
mod parsed_line;
mod read_error;
mod table;

pub use parsed_line::{ClientCommand, ParsedLine, Show};
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

/// A command whose slash was typed on a Russian layout, where a full stop sits on its key.
/// What is no command is a message that begins with a full stop.
fn dotted(line: &str) -> Option<&str> {
    let typed = line.strip_prefix('.')?;
    let name = typed.split(char::is_whitespace).next()?;
    Slash::named(name).map(|_| typed)
}

fn unknown(typed: &str) -> Why {
    let wanted = typed.to_lowercase();
    let nearest = nearest(&wanted, Slash::ALL.iter().map(|slash| slash.name()));
    Why::Usage(UsageError::UnknownCommand {
        typed: clean(typed, REPEATED),
        nearest,
    })
}

#[cfg(test)]
mod tests;
