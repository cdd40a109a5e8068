//! What a person types: chat, or a slash command. One table says which commands there are,
//! how each is written and how its argument is read; parsing and `/help` both follow it.
//!
//! Reading only: what a line leads to is the app's business, whether it is allowed the
//! room's.

use super::output::{ArgumentFault, UsageError, Why};
use crate::protocol::command::{Command, Who};
use crate::protocol::invite::Target;
use crate::protocol::text::{ChatText, TextError, clean, nearest};
use crate::sync::player::{PlayerCommand, Quality};

mod arguments;
mod table;

pub use table::Slash;

/// The most characters of a mistyped text that are repeated to its author.
const REPEATED: usize = 40;

/// What a line asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum ParsedLine {
    /// Nothing: only blanks.
    Empty,
    /// Something of the room.
    Room(Command),
    /// Something of the client itself.
    Client(ClientCommand),
}

/// What the client does by itself.
#[derive(Debug, Clone, PartialEq)]
pub enum ClientCommand {
    /// Start the player again, or connect at once.
    Retry,
    /// Go to another room.
    Join(Target),
    /// Say who is here.
    Who,
    /// Say who is banned.
    Bans,
    /// Take a line of chat away: the one of that number, or the last of that member.
    Erase(Who),
    /// Say which commands there are.
    Help,
    /// Leave the room and end the client. One that others are connected to asks first, if it has a
    /// screen.
    Quit,
    /// Order the own player.
    Own(PlayerCommand),
    /// Play in this quality here.
    Quality(Quality),
    /// Show a page or a pane. Without a screen it is printed, or denied where that is impossible.
    Show(Show),
    /// Say that one is away, or back.
    Away,
}

/// What can be shown, or handed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Show {
    /// The live rooms.
    Gallery,
    /// The members and how they are doing.
    Members,
    /// The queue: its pane gets the keys.
    Queue,
    /// Why the player did what it did.
    Why,
    /// The invite, into the clipboard.
    Copy,
}

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

/// What is wrong with an argument.
#[derive(Debug, Clone, PartialEq)]
enum ReadError {
    /// It is missing or makes no sense.
    Bad,
    /// It makes no sense for this reason.
    Because(ArgumentFault),
    /// It is wrong in a way that has words of its own.
    Known(Why),
}

impl ReadError {
    fn of(self, slash: Slash, given: &str) -> Why {
        let fault = match self {
            Self::Known(why) => return why,
            Self::Because(fault) => Some(fault),
            Self::Bad => None,
        };
        Why::Usage(UsageError::BadArgument {
            usage: slash.usage(),
            given: clean(given, REPEATED),
            fault,
        })
    }
}

fn unknown(typed: &str) -> Why {
    let wanted = typed.to_lowercase();
    let nearest = nearest(&wanted, Slash::ALL.iter().map(|slash| slash.name()));
    Why::Usage(UsageError::UnknownCommand {
        typed: clean(typed, REPEATED),
        nearest,
    })
}

fn text_fault(error: TextError) -> Why {
    Why::Usage(match error {
        TextError::TooLong { max } => UsageError::TooLong { max },
        TextError::Name(fault) => UsageError::Name(fault),
        TextError::Empty | TextError::NotEmoji => UsageError::Empty,
    })
}

#[cfg(test)]
mod tests;
