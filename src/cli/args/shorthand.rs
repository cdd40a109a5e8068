//! Command lines without a subcommand, `watchtogether LINK` or `watchtogether ROOM`, and
//! `watchtogether help` and `watchtogether version`: written out in full before clap reads them.

use std::ffi::OsString;

use clap::Command;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::shell_words;
use crate::app::written_room::without_brackets;
use crate::media::{Media, MediaError};
use crate::protocol::ids::RoomId;
use crate::protocol::invite::{Invite, InviteError, ServerUrl};
use crate::protocol::room_name;

/// How many letters a word may differ by and still be a mistyped subcommand.
const MISTYPED: usize = 2;

/// The word that asks for help as `--help` does.
const HELP: &str = "help";

/// The word that asks for the version as `--version` does, and the option of many other programs.
const VERSION: &str = "version";
const SHORT_VERSION: &str = "-v";

/// The subcommand that opens a room, with a film or without.
const HOST: &str = "host";

/// A command line with its subcommand: as it was written, if it has one already. `room` is the room
/// that is made for a film.
///
/// # Errors
/// If it has nothing at all, or its first word is empty or nearly a subcommand.
pub(super) fn written_out(
    command: &Command,
    words: Vec<OsString>,
    room: &RoomId,
) -> Result<Vec<OsString>, clap::Error> {
    if words.len() <= 1 {
        let kind = ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
        return Err(clap::Error::new(kind).with_cmd(command));
    }
    if let [_, only] = words.as_slice()
        && only == SHORT_VERSION
    {
        return Ok(in_place_of(words, 1, &["--version"], &[]));
    }
    let Some(at) = first_word(command, &words) else {
        return Ok(words);
    };
    let word = words.get(at).and_then(|word| word.to_str());
    let Some(word) = word.map(str::to_owned) else {
        return Ok(words);
    };
    if command.find_subcommand(&word).is_some() {
        return Ok(with_room_for_film(command, words, at, room));
    }
    match word.as_str() {
        HELP => return Ok(in_place_of(words, at, &[], &["--help"])),
        VERSION => return Ok(in_place_of(words, at, &["--version"], &[])),
        _ => {}
    }
    if word.trim().is_empty() {
        return Err(unknown(command, ""));
    }
    if let Some(meant) = mistyped(command, &word) {
        return Err(suggestion(command, &words, at, meant));
    }
    let word = without_brackets(&word);
    let before: Vec<&str> = match meaning(word) {
        Meaning::Room => vec!["join", word],
        Meaning::Server => vec!["gallery", "--server", without_room(word)],
        Meaning::Film => vec![HOST, room.as_str(), word],
    };
    Ok(in_place_of(words, at, &before, &[]))
}

/// The words of a subcommand; `host LINK` gets the room that `watchtogether LINK` makes.
fn with_room_for_film(
    command: &Command,
    words: Vec<OsString>,
    at: usize,
    room: &RoomId,
) -> Vec<OsString> {
    let is_host = words.get(at).is_some_and(|word| word == HOST);
    let first = next_word(command, &words, at).filter(|_| is_host);
    let Some(first) = first else {
        return words;
    };
    let is_alone = next_word(command, &words, first).is_none();
    let link = words.get(first).and_then(|word| word.to_str());
    let is_film = link.is_some_and(is_film);
    let mut words = words;
    if is_alone && is_film {
        words.insert(first, room.as_str().into());
    }
    words
}

/// The index of the first word behind the one at an index that is neither an option nor its value.
fn next_word(command: &Command, words: &[OsString], at: usize) -> Option<usize> {
    Some(at + first_word(command, words.get(at..)?)?)
}

/// Whether a word can only be the link of a film, or a film's file.
pub(super) fn is_film(word: &str) -> bool {
    meaning(word) == Meaning::Film
}

/// What a word means that is no subcommand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    /// A room's name, or an invite link; or nothing that makes sense, which `join` says best.
    Room,
    /// A server's address.
    Server,
    /// A film's link.
    Film,
}

fn meaning(word: &str) -> Meaning {
    let film = Media::parse(word);
    // Why neither can be played says the one who opens it.
    if film == Err(MediaError::LocalFile) || word.starts_with("magnet:") {
        return Meaning::Film;
    }
    match Invite::parse(word) {
        Err(InviteError::NoRoom) => {}
        // An address with a query or in words that only a film's link may have.
        Err(InviteError::NotPlain) => return Meaning::Film,
        _ => return Meaning::Room,
    }
    let server = ServerUrl::parse(without_room(word));
    let is_bare = |server: &ServerUrl| server.as_str().matches('/').count() == 2;
    if server.as_ref().is_ok_and(is_bare) {
        Meaning::Server
    } else if word.contains("/r/") {
        // An invite link with a name that `join` mends.
        Meaning::Room
    } else if film.is_ok() || word.contains("://") {
        Meaning::Film
    } else {
        Meaning::Room
    }
}

/// A link without the end of an invite link that lost its room.
fn without_room(link: &str) -> &str {
    let whole = link.trim().trim_end_matches('/');
    whole.strip_suffix("/r").unwrap_or(link)
}

/// The words with other ones in the place of the one at an index: some at the beginning, where
/// those that were before it may stand behind them, and some at the end.
pub(super) fn in_place_of(
    words: Vec<OsString>,
    at: usize,
    first: &[&str],
    last: &[&str],
) -> Vec<OsString> {
    let mut words = words;
    words.remove(at);
    let rest = words.split_off(1);
    words.extend(first.iter().map(OsString::from));
    words.extend(rest);
    words.extend(last.iter().map(OsString::from));
    words
}

/// The index of the first word that is neither an option nor the value of one; `None` if there is
/// none, or help or the version is asked for before it.
pub(super) fn first_word(command: &Command, words: &[OsString]) -> Option<usize> {
    let mut at = 1;
    loop {
        let word = words.get(at)?.to_str()?;
        if !word.starts_with('-') || word.len() == 1 {
            return Some(at);
        }
        if matches!(word, "--" | "-h" | "--help" | "-V" | "--version") {
            return None;
        }
        let takes_next = word
            .strip_prefix("--")
            .is_some_and(|name| !name.contains('=') && takes_value(command, name));
        at += if takes_next { 2 } else { 1 };
    }
}

/// Whether an option of the program or of one of the subcommands takes a value.
fn takes_value(command: &Command, option: &str) -> bool {
    let all = std::iter::once(command).chain(command.get_subcommands());
    let mut args = all.flat_map(Command::get_arguments);
    args.any(|arg| arg.get_long() == Some(option) && arg.get_action().takes_values())
}

/// The subcommand that a word was probably meant to be. Of those that are as near, it is the one that
/// the word begins.
fn mistyped<'a>(command: &'a Command, word: &str) -> Option<&'a str> {
    let names = command.get_subcommands().filter(|c| !c.is_hide_set());
    let names = names.map(Command::get_name).chain([HELP]);
    let word = word.to_lowercase();
    names
        .map(|name| (strsim::damerau_levenshtein(&word, name), name))
        .filter(|(edits, _)| *edits <= MISTYPED)
        .min_by_key(|(edits, name)| (*edits, !name.starts_with(&word)))
        .map(|(_, name)| name)
}

/// The error about a word that is no subcommand.
fn unknown(command: &Command, word: &str) -> clap::Error {
    let mut error = clap::Error::new(ErrorKind::InvalidSubcommand).with_cmd(command);
    let word = ContextValue::String(word.to_owned());
    error.insert(ContextKind::InvalidSubcommand, word);
    error
}

/// The error about the word at an index, which is nearly a subcommand. It may be a room's name if
/// nothing follows it; else the line that was meant is told.
fn suggestion(command: &Command, words: &[OsString], at: usize, meant: &str) -> clap::Error {
    let word = words.get(at).and_then(|word| word.to_str());
    let word = word.unwrap_or_default();
    let mut error = unknown(command, word);
    let text = |text: &str| ContextValue::String(text.to_owned());
    if next_word(command, words, at).is_some() {
        let line = in_place_of(words.to_vec(), at, &[meant], &[]);
        error.insert(
            ContextKind::SuggestedCommand,
            text(&shell_words::line(&line)),
        );
        return error;
    }
    error.insert(ContextKind::SuggestedSubcommand, text(meant));
    let room = match RoomId::parse(word) {
        Ok(room) => Some(room),
        Err(_) => room_name::mend(word)
            .filter(|mended| !mended.is_made_up)
            .map(|mended| mended.room),
    };
    if let Some(room) = room {
        let line = format!("{} join {room}", super::PROGRAM);
        error.insert(ContextKind::SuggestedCommand, text(&line));
    }
    error
}

#[cfg(test)]
mod tests;
