//! Texts for a command that was typed wrongly.

use super::help;
use crate::app::output::{ArgumentFault, UsageError};
use crate::protocol::ids::RoomIdError;
use crate::protocol::invite::InviteError;
use crate::texts::language::Language;
use crate::texts::names;

/// What was wrong, and the right syntax.
#[must_use]
pub fn error(language: Language, error: &UsageError) -> String {
    match error {
        UsageError::UnknownCommand {
            typed,
            nearest: Some(nearest),
        } => format!("There is no /{typed}. Did you mean /{nearest}?"),
        UsageError::UnknownCommand {
            typed,
            nearest: None,
        } => format!("There is no /{typed}. /help lists the commands."),
        UsageError::BadArgument { usage, given, .. } if given.is_empty() => {
            let usage = help::usage(language, usage);
            format!("Something is missing. It is written {usage}")
        }
        UsageError::BadArgument {
            given,
            fault: Some(fault),
            ..
        } => format!("“{given}” does not fit: {}.", argument(language, *fault)),
        UsageError::BadArgument {
            usage,
            given,
            fault: None,
        } => {
            let usage = help::usage(language, usage);
            format!("“{given}” does not fit. It is written {usage}")
        }
        UsageError::TooLong { max } => format!("That is too long: at most {max} characters."),
        UsageError::Empty => "Nothing visible is in that.".to_owned(),
        UsageError::Name(fault) => names::fault(language, *fault),
    }
}

const fn argument(language: Language, fault: ArgumentFault) -> &'static str {
    match fault {
        ArgumentFault::Target(error) => target(language, error),
        ArgumentFault::RateRange => "a speed goes from 0.25 to 4, and 1 is as usual",
        ArgumentFault::Sixty => {
            "minutes and seconds go to 59, as in 1:02:03; 99 alone is 99 seconds"
        }
        ArgumentFault::NotAskable => {
            "pause, resume, seek, undo, skip and rate can be asked for, and approve, reject, remove \
             and move with an entry's number, as in /ask approve #3"
        }
        ArgumentFault::TooFar => "no film is so long",
    }
}

const fn target(language: Language, error: InviteError) -> &'static str {
    match error {
        InviteError::NotAnAddress => {
            "it is no web address, such as https://watch.example.org/r/movie-night"
        }
        InviteError::NoScheme => {
            "write the address with its beginning, https://watch.example.org/r/movie-night"
        }
        InviteError::Scheme => "only http:// and https:// addresses lead to a server",
        InviteError::Credentials => "an address with a user name or password in it is not taken",
        InviteError::TooLong => "the address is too long",
        InviteError::NotPlain => {
            "an address with quotes, dollar signs or the like in it is not taken"
        }
        InviteError::NoRoom => {
            "an invite link ends in /r/ROOM, as in https://watch.example.org/r/movie-night"
        }
        InviteError::Room(RoomIdError) => {
            "a room's name has 2 to 40 small letters, digits and hyphens, as in movie-night"
        }
    }
}
