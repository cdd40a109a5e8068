//! Command lines without a subcommand, `watchtogether LINK` or `watchtogether ROOM`, and
//! `watchtogether help`: written out in full before clap reads them.

use std::ffi::OsString;

use clap::Command;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::media::Media;
use crate::protocol::ids::RoomId;
use crate::protocol::invite::{Invite, InviteError, ServerUrl};
use crate::protocol::room_name;

/// How many letters a word may differ by and still be a mistyped subcommand.
const MISTYPED: usize = 2;

/// The word that asks for help as `--help` does.
const HELP: &str = "help";

/// A command line with its subcommand: as it was written, if it has one already. `room` is the room
/// that is made for a film.
///
/// # Errors
/// If it has nothing at all, or its first word is nearly a subcommand.
pub(super) fn written_out(
    command: &Command,
    words: Vec<OsString>,
    room: &RoomId,
) -> Result<Vec<OsString>, clap::Error> {
    if words.len() <= 1 {
        let kind = ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
        return Err(clap::Error::new(kind).with_cmd(command));
    }
    let Some(at) = first_word(command, &words) else {
        return Ok(words);
    };
    let word = words.get(at).and_then(|word| word.to_str());
    let Some(word) = word.map(str::to_owned) else {
        return Ok(words);
    };
    let is_subcommand = |name: &str| command.get_subcommands().any(|c| c.get_name() == name);
    if is_subcommand(&word) {
        return Ok(words);
    }
    if word == HELP {
        return Ok(in_place_of(words, at, &[], &["--help"]));
    }
    if let Some(meant) = mistyped(command, &word) {
        return Err(suggestion(command, &word, meant));
    }
    let before: Vec<&str> = match meaning(&word) {
        Meaning::Room => vec!["join", &word],
        Meaning::Server => vec!["gallery", "--server", &word],
        Meaning::Film => vec!["host", room.as_str(), &word],
    };
    Ok(in_place_of(words, at, &before, &[]))
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
    match Invite::parse(word) {
        Err(InviteError::NoRoom) => {}
        // An address with a query or in words that only a film's link may have.
        Err(InviteError::NotPlain) => return Meaning::Film,
        _ => return Meaning::Room,
    }
    let server = ServerUrl::parse(word);
    let is_bare = |server: &ServerUrl| server.as_str().matches('/').count() == 2;
    if server.as_ref().is_ok_and(is_bare) {
        Meaning::Server
    } else if Media::parse(word).is_ok() || word.contains("://") {
        Meaning::Film
    } else {
        Meaning::Room
    }
}

/// The words with other ones in the place of the one at an index: some at the beginning, where
/// those that were before it may stand behind them, and some at the end.
fn in_place_of(words: Vec<OsString>, at: usize, first: &[&str], last: &[&str]) -> Vec<OsString> {
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

/// The error about a word that is nearly a subcommand.
fn suggestion(command: &Command, word: &str, meant: &str) -> clap::Error {
    let mut error = clap::Error::new(ErrorKind::InvalidSubcommand).with_cmd(command);
    let text = |text: &str| ContextValue::String(text.to_owned());
    error.insert(ContextKind::InvalidSubcommand, text(word));
    error.insert(ContextKind::SuggestedSubcommand, text(meant));
    let room = match RoomId::parse(word) {
        Ok(room) => Some(room),
        Err(_) => room_name::mend(word).map(|mended| mended.room),
    };
    if let Some(room) = room {
        let line = format!("{} join {room}", super::PROGRAM);
        error.insert(ContextKind::SuggestedCommand, text(&line));
    }
    error
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use clap::error::ErrorKind;

    use super::written_out;
    use crate::cli::args::{CliCommand, Invocation, parse, whole};
    use crate::protocol::room_name::made_up;
    use crate::texts::language::Language::{English, Russian};

    fn full(line: &str) -> Result<String, ErrorKind> {
        let words = std::iter::once("watchtogether").chain(line.split_whitespace());
        let words = words.map(OsString::from).collect();
        let full = written_out(&whole(English), words, &made_up(0));
        let full = full.map_err(|error| error.kind())?;
        let full: Vec<_> = full
            .iter()
            .skip(1)
            .map(|word| word.to_str().unwrap())
            .collect();
        Ok(full.join(" "))
    }

    #[test]
    fn a_line_without_a_subcommand_is_written_out() {
        let host = format!("host {}", made_up(0));
        let film = "https://example.org/film.mp4";
        let tube = "https://youtu.be/aqz-KE-bpKQ?t=3";
        let rows = [
            ("movie-night", "join movie-night"),
            ("Кино", "join Кино"),
            ("movie-night --name Ada", "join movie-night --name Ada"),
            ("--name Ada movie-night", "join movie-night --name Ada"),
            ("--lang=ru movie-night", "join movie-night --lang=ru"),
            (
                "https://watch.example.org/r/movie-night",
                "join https://watch.example.org/r/movie-night",
            ),
            (
                "watch.example.org/r/movie-night",
                "join watch.example.org/r/movie-night",
            ),
            ("watch.example.org", "gallery --server watch.example.org"),
            (
                "http://localhost:8000/",
                "gallery --server http://localhost:8000/",
            ),
            ("localhost:8000", "gallery --server localhost:8000"),
            (film, &format!("{host} {film}")),
            (tube, &format!("{host} {tube}")),
            ("help", "--help"),
            ("help join", "join --help"),
            ("help admin room", "admin room --help"),
        ];
        for (line, expected) in rows {
            assert_eq!(full(line).as_deref(), Ok(expected), "{line}");
        }
    }

    #[test]
    fn a_line_with_a_subcommand_stays_as_it_is() {
        for line in [
            "join movie-night",
            "--lang ru gallery",
            "--server x join ab",
            "--help",
            "-V movie-night",
            "generate --man a --completions b",
        ] {
            assert_eq!(full(line).as_deref(), Ok(line));
        }
    }

    #[test]
    fn a_word_that_is_nearly_a_subcommand_is_no_room() {
        for line in ["galery", "jion", "Join", "hosts", "--lang en servr"] {
            assert_eq!(full(line), Err(ErrorKind::InvalidSubcommand), "{line}");
        }
        let shown = |line: [&str; 2]| parse(English, line).unwrap_err().to_string();
        let galery = shown(["watchtogether", "galery"]);
        let tip = "did you mean 'gallery'? To join a room of that name: watchtogether join galery";
        assert!(galery.contains(tip), "{galery}");
        // "say" is as near.
        let stat = shown(["watchtogether", "stat"]);
        assert!(stat.contains("did you mean 'status'?"), "{stat}");
    }

    #[test]
    fn nothing_at_all_is_answered_with_what_one_can_do() {
        assert_eq!(
            full(""),
            Err(ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand)
        );
        let shown = parse(English, ["watchtogether"]).unwrap_err().to_string();
        assert!(shown.contains("watchtogether host movie-night"), "{shown}");
        assert!(shown.lines().count() < 12, "{shown}");
        // Options that every subcommand has ask for nothing more.
        let russian = ["watchtogether", "--lang", "ru", "--log=debug"];
        let russian = parse(Russian, russian).unwrap_err();
        assert_eq!(
            russian.to_string(),
            parse(Russian, ["watchtogether"]).unwrap_err().to_string()
        );
        let wrong = ["watchtogether", "--lang", "xx"];
        let wrong = parse(English, wrong).unwrap_err();
        assert_eq!(wrong.kind(), ErrorKind::ValueValidation);
        let admin = parse(English, ["watchtogether", "admin"]).unwrap_err();
        assert_ne!(admin.to_string(), shown, "it has commands of its own");
    }

    #[test]
    fn what_is_written_out_is_a_command_line_that_is_taken() {
        for (line, name) in [
            (&["watchtogether", "Movie Night"][..], "movie-night"),
            (
                &["watchtogether", "watch.example.org/r/movie-night"],
                "movie-night",
            ),
        ] {
            let Ok(Invocation::Run(cli)) = parse(English, line) else {
                panic!("{line:?}");
            };
            let CliCommand::Join(args) = cli.command else {
                panic!("{line:?}");
            };
            assert!(format!("{:?}", args.room.target).contains(name));
        }
    }
}
