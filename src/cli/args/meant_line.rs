//! The command line that was probably meant, for errors that clap finds: an option of another
//! subcommand, a name in two words, a film in the place of a room.

use std::ffi::OsString;

use clap::Command;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::shell_words;
use super::shorthand::{first_word, in_place_of, is_film};
use crate::media::Media;
use crate::protocol::invite::Invite;

/// Options that `host` shares with `join` or `serve`, and that are for those who open a room.
const OF_HOST: [&str; 5] = ["lan", "private", "public-url", "title", "unlisted"];

/// The error with the line that was probably meant, if there is one; the usage, which would say less,
/// goes then.
pub(super) fn with_line(
    error: clap::Error,
    command: &Command,
    words: Vec<OsString>,
) -> clap::Error {
    let mut error = error;
    let meant = match error.kind() {
        ErrorKind::UnknownArgument => {
            let argument = text(&error, ContextKind::InvalidArg);
            match argument.strip_prefix("--") {
                Some(option) => of_another(command, words, option),
                None => in_one_word(command, words, &argument),
            }
        }
        ErrorKind::ValueValidation => {
            film(command, &words, &text(&error, ContextKind::InvalidValue))
        }
        _ => None,
    };
    let Some(Meant { line, owner }) = meant else {
        return error;
    };
    error.remove(ContextKind::Usage);
    error.remove(ContextKind::SuggestedArg);
    error.insert(ContextKind::SuggestedCommand, ContextValue::String(line));
    if let Some(owner) = owner {
        let owner = ContextValue::String(owner);
        error.insert(ContextKind::SuggestedSubcommand, owner);
    }
    error
}

/// What was probably meant.
struct Meant {
    /// The whole command line.
    line: String,
    /// The subcommand that has the option.
    owner: Option<String>,
}

/// A context of an error, empty if there is none.
fn text(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        _ => String::new(),
    }
}

/// The subcommand of a command line and its index.
fn subcommand<'a>(command: &'a Command, words: &[OsString]) -> Option<(usize, &'a Command)> {
    let at = first_word(command, words)?;
    Some((at, command.find_subcommand(words.get(at)?)?))
}

/// The line for an option that stands before its subcommand, or with another one.
fn of_another(command: &Command, words: Vec<OsString>, option: &str) -> Option<Meant> {
    let name = option.split('=').next().unwrap_or(option);
    if let Some((at, here)) = subcommand(command, &words)
        && let Some(here) = Some(here).filter(|here| has(here, name))
    {
        let line = in_place_of(words, at, &[here.get_name()], &[]);
        return Some(Meant {
            line: shell_words::line(&line),
            owner: Some(here.get_name().to_owned()),
        });
    }
    let first = if OF_HOST.contains(&name) {
        "host"
    } else {
        "join"
    };
    let first = command.find_subcommand(first).into_iter();
    let mut all = first.chain(command.get_subcommands());
    let owner = all.find(|other| !other.is_hide_set() && has(other, name))?;
    let arguments = owner.get_positionals().filter(|arg| arg.is_required_set());
    let option = owner.get_arguments();
    let option = option.filter(|arg| arg.get_long() == Some(name));
    let option = option.flat_map(|arg| {
        let values = arg.get_action().takes_values();
        let values = values.then(|| arg.get_value_names()).flatten();
        let values = values.unwrap_or_default().iter().map(ToString::to_string);
        std::iter::once(format!("--{name}")).chain(values)
    });
    let arguments = arguments
        .flat_map(|arg| arg.get_value_names().unwrap_or_default())
        .map(ToString::to_string);
    let start = [super::PROGRAM, owner.get_name()].map(str::to_owned);
    let line: Vec<String> = start.into_iter().chain(arguments).chain(option).collect();
    Some(Meant {
        line: line.join(" "),
        owner: Some(owner.get_name().to_owned()),
    })
}

/// Whether a subcommand shows an option of that name.
fn has(command: &Command, name: &str) -> bool {
    let mut args = command.get_arguments();
    args.any(|arg| arg.get_long() == Some(name) && !arg.is_hide_set())
}

/// The line for a room's name in several words, each of which is an argument of its own for a shell.
/// `extra` is the first word too many.
fn in_one_word(command: &Command, words: Vec<OsString>, extra: &str) -> Option<Meant> {
    let (at, here) = subcommand(command, &words)?;
    let positionals = here.get_positionals().count();
    let is_of_room = here.get_positionals().any(|arg| arg.get_id() == "room");
    let first = at + 1;
    let names: Vec<&str> = words
        .get(first..)?
        .iter()
        .filter_map(|word| word.to_str())
        .collect();
    let end = names.iter().position(|word| word.starts_with('-'));
    let names = names.get(..end.unwrap_or(names.len()))?;
    // Only where the words stand together is it clear that they are one.
    let is_one = is_of_room && positionals == 1 && names.get(1) == Some(&extra);
    if !is_one {
        return None;
    }
    let name = names.join(" ");
    let count = names.len();
    let mut line = words;
    line.splice(first..first + count, [OsString::from(name)]);
    Some(Meant {
        line: shell_words::line(&line),
        owner: None,
    })
}

/// The line for a film that stands in the place of a room.
fn film(command: &Command, words: &[OsString], value: &str) -> Option<Meant> {
    let (_, here) = subcommand(command, words)?;
    let is_join = here.get_name() == "join";
    let is_room = words.iter().any(|word| word == value);
    if !is_join || !is_room || !is_film(value) {
        return None;
    }
    let line = match as_invite(value) {
        Some(invite) => format!("{} join {}", super::PROGRAM, shell_words::quoted(&invite)),
        None => format!("{} {}", super::PROGRAM, shell_words::quoted(value)),
    };
    Some(Meant { line, owner: None })
}

/// The invite link of a room that stands right behind a server's address, and not behind its `/r/`;
/// `None` for what can be played.
fn as_invite(link: &str) -> Option<String> {
    if Media::parse(link).is_ok() {
        return None;
    }
    let (server, room) = link.trim_end_matches('/').rsplit_once('/')?;
    let link = format!("{server}/r/{room}");
    Invite::parse(&link).is_ok().then_some(link)
}

#[cfg(test)]
mod tests {
    use crate::cli::args::parse;
    use crate::texts::language::Language::{English, Russian};

    /// The suggestion below an error.
    fn tip(words: &[&str]) -> String {
        let line = [&["watchtogether"], words].concat();
        let shown = parse(English, line).unwrap_err().to_string();
        let tip = shown.lines().find_map(|line| line.strip_prefix("  tip: "));
        tip.unwrap_or_default().to_owned()
    }

    #[test]
    fn an_option_that_stands_elsewhere_is_led_to_its_subcommand() {
        for (words, expected) in [
            (
                &["--lan"][..],
                "'--lan' belongs to 'host': watchtogether host ROOM --lan",
            ),
            (
                &["--server", "x", "join", "ab"],
                "'--server' belongs to 'join': watchtogether join --server x ab",
            ),
            (
                &["--listen", "8000"],
                "'--listen' belongs to 'serve': watchtogether serve --listen ADDR:PORT",
            ),
            (
                &["join", "ab", "--public-url=https://h.example"],
                "'--public-url' belongs to 'host': watchtogether host ROOM --public-url URL",
            ),
            (
                &["gallery", "--play", "x"],
                "'--play' belongs to 'join': watchtogether join ROOM --play LINK",
            ),
        ] {
            assert_eq!(tip(words), expected, "{words:?}");
        }
        let russian = parse(Russian, ["watchtogether", "--lan"]).unwrap_err();
        let expected = "параметр команды «host»: watchtogether host КОМНАТА --lan";
        assert!(russian.to_string().contains(expected), "{russian}");
    }

    #[test]
    fn a_name_in_two_words_is_told_how_to_be_one() {
        let meant = "did you mean: watchtogether join \"Movie Night\"";
        assert_eq!(tip(&["join", "Movie", "Night"]), meant);
        assert_eq!(tip(&["Movie", "Night"]), meant);
        let meant = "did you mean: watchtogether status \"Late Movie Night\" --json";
        assert_eq!(tip(&["status", "Late", "Movie", "Night", "--json"]), meant);
        assert_eq!(tip(&["gallery", "Movie", "Night"]), "");
    }

    #[test]
    fn a_film_in_the_place_of_a_room_is_told_how_it_is_played() {
        let film = "https://example.org/film.mp4";
        let meant = format!("did you mean: watchtogether {film}");
        assert_eq!(tip(&["join", film]), meant);
        assert_eq!(tip(&["join", "https://h.example/r/a#b?"]), "");
    }

    #[test]
    fn a_room_behind_a_servers_address_is_told_the_invite_link() {
        for (written, link) in [
            ("https://h.example/den", "https://h.example/r/den"),
            ("http://127.0.0.1:8000/den/", "http://127.0.0.1:8000/r/den"),
        ] {
            let meant = format!("did you mean: watchtogether join {link}");
            assert_eq!(tip(&["join", written]), meant);
        }
    }
}
