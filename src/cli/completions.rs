//! Completions for shells. A shell asks the program itself, so that a room's name is completed to
//! those that are live or were visited, and `--server` to the servers that are known.
//!
//! [`register`] writes what a shell loads; it runs the program with [`VARIABLE`] set, and
//! [`answer`] replies. That part of `clap_complete` is called unstable for its interface; what the
//! shells load names only the variable.

use std::ffi::{OsStr, OsString};
use std::io::{self, Write as _};
use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{Command, ValueEnum as _};
use clap_complete::Shell;
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use clap_complete::env::{CompleteEnv, Shells};

use super::args::{self, GlobalArgs, PROGRAM};
use super::config::{self, Environment, JoinConfig, Sources};
use super::{folders, local};
use crate::client::{rooms, visited_rooms};
use crate::protocol::ids::RoomId;
use crate::protocol::invite::{RoomTarget, ServerUrl};
use crate::texts::language::Language;

/// The variable in which a shell that wants completions names itself.
pub(super) const VARIABLE: &str = "WATCHTOGETHER_COMPLETE";

/// zsh loads a file of its `fpath` when it first completes the command, and takes what the file does
/// then for the answer.
const AT_FIRST_IN_ZSH: &str = r#"
[ "${funcstack[1]-}" != _watchtogether ] || _clap_dynamic_completer_watchtogether "$@"
"#;

/// The most rooms that are offered: more fill a screen and help nobody (judgement).
const MOST_ROOMS: usize = 100;

/// Writes what a shell loads, which starts with `completer` when it completes.
///
/// # Errors
/// If the output cannot be written.
pub(super) fn register(shell: Shell, output: &mut dyn io::Write) -> io::Result<()> {
    let name = shell.to_possible_value();
    let name = name.as_ref().map_or("", PossibleValue::get_name);
    let shells = Shells::builtins();
    let completer = shells.completer(name);
    let completer = completer.ok_or_else(|| io::Error::other("a shell without completions"))?;
    completer.write_registration(VARIABLE, PROGRAM, PROGRAM, PROGRAM, output)?;
    if shell == Shell::Zsh {
        output.write_all(AT_FIRST_IN_ZSH.as_bytes())?;
    }
    Ok(())
}

/// Answers a shell that asks for completions; false if none asked. A shell that cannot be answered
/// gets nothing to offer: whatever is printed would land in the person's line.
pub(super) fn answer(words: &[OsString]) -> bool {
    let folder = std::env::current_dir().ok();
    let line = Line {
        server: named(words, "--server"),
        ca_file: named(words, "--ca-file").map(PathBuf::from),
    };
    let asked = CompleteEnv::with_factory(|| command(&line)).var(VARIABLE);
    let answered = asked.try_complete(words.iter().cloned(), folder.as_deref());
    let flushed = io::stdout().flush();
    !matches!((answered, flushed), (Ok(false), _))
}

/// What the line says that is completed.
#[derive(Debug, Clone, Default)]
struct Line {
    /// Its `--server`.
    server: Option<String>,
    /// Its `--ca-file`.
    ca_file: Option<PathBuf>,
}

/// What the line gives an option as its value, of the words that a shell hands over after its `--`.
/// bash parts them at `=` and at `:`, too.
fn named(words: &[OsString], option: &str) -> Option<String> {
    let mut words = words.iter().skip_while(|word| *word != "--").skip(1);
    let mut words = words.by_ref().filter_map(|word| word.to_str()).peekable();
    let mut named = None;
    while let Some(word) = words.next() {
        let Some(rest) = word.strip_prefix(option) else {
            continue;
        };
        let value = match rest.strip_prefix('=') {
            Some(value) => Some(value),
            None if rest.is_empty() => {
                words.next_if_eq(&"=");
                words.next()
            }
            None => continue,
        };
        let mut value = value?.to_owned();
        while words.next_if_eq(&":").is_some() {
            value.push(':');
            value.push_str(words.next().unwrap_or_default());
        }
        named = Some(value);
    }
    named
}

/// The command line with the values that are looked up while it is written, of which `line` is known.
fn command(line: &Line) -> Command {
    let rooms = || {
        let line = line.clone();
        ArgValueCompleter::new(move |written: &OsStr| rooms_for(written, &line))
    };
    let servers = || ArgValueCompleter::new(servers_for);
    let with_servers = |command: Command| {
        command.mut_args(|arg| match arg.get_id().as_str() {
            "server" => arg.add(servers()),
            _ => arg,
        })
    };
    let with_rooms = |command: Command| {
        with_servers(command).mut_args(|arg| match arg.get_id().as_str() {
            "room" => arg.add(rooms()),
            _ => arg,
        })
    };
    args::described(Language::English)
        .mut_subcommand("join", with_rooms)
        .mut_subcommand("host", with_rooms)
        .mut_subcommand("add", with_rooms)
        .mut_subcommand("say", with_rooms)
        .mut_subcommand("status", with_rooms)
        .mut_subcommand("watch", with_rooms)
        .mut_subcommand("gallery", with_servers)
        .mut_subcommand("doctor", with_servers)
        .mut_subcommand("conformance", with_servers)
}

/// The servers that are known, as far as they begin with what is written: those of the configuration
/// file by their names, and the one of the settings.
fn servers_for(written: &OsStr) -> Vec<CompletionCandidate> {
    let Some(sources) = sources() else {
        return Vec::new();
    };
    let mut names: Vec<String> = Vec::new();
    names.extend(sources.servers().map(|(name, _)| name.to_owned()));
    let profiled: Vec<&ServerUrl> = sources.servers().map(|(_, url)| url).collect();
    let usual = settings(&Line::default()).and_then(|settings| settings.server);
    let usual = usual.filter(|server| !profiled.contains(&server));
    names.extend(usual.map(|server| server.as_str().to_owned()));
    beginning(written, names)
}

/// The rooms that are live on the server of the line, or on the one of the settings, else on this
/// computer, and those that were visited.
fn rooms_for(written: &OsStr, line: &Line) -> Vec<CompletionCandidate> {
    let mut names: Vec<String> = live_rooms(line);
    let visited = folders::state().map(|folder| visited_rooms(&folder));
    names.extend(visited.into_iter().flatten().map(|room| room.to_string()));
    names.sort();
    names.dedup();
    beginning(written, names)
        .into_iter()
        .take(MOST_ROOMS)
        .collect()
}

fn live_rooms(line: &Line) -> Vec<String> {
    let Some(settings) = settings(line) else {
        return Vec::new();
    };
    let usual = || local::default_servers().ok()?.into_iter().next();
    let Some(server) = settings.server.or_else(usual) else {
        return Vec::new();
    };
    let trust = config::trust(settings.options.ca_file.as_deref());
    let cards = trust
        .ok()
        .and_then(|trust| rooms::ask_quickly(server.as_str(), &trust).ok());
    let cards = cards.into_iter().flatten();
    cards.map(|card| card.id.to_string()).collect()
}

/// The settings of `join` with what the line says, if they can be read and its server is one.
fn settings(line: &Line) -> Option<JoinConfig> {
    let room = RoomTarget::Room(RoomId::suggested(), None).into();
    let args = args::JoinArgs {
        room,
        theme: None,
        options: args::JoinOptions {
            server: line.server.as_deref().map(str::parse).transpose().ok()?,
            ca_file: line.ca_file.clone(),
            ..args::JoinOptions::default()
        },
    };
    sources()?.join(args).ok()
}

/// The layers below the flags, if the file can be read.
fn sources() -> Option<Sources> {
    Sources::load(&GlobalArgs::default(), Environment::of_process()).ok()
}

fn beginning(written: &OsStr, names: impl IntoIterator<Item = String>) -> Vec<CompletionCandidate> {
    let written = written.to_string_lossy();
    let fitting = names.into_iter().filter(|name| name.starts_with(&*written));
    fitting.map(CompletionCandidate::new).collect()
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use super::named;

    #[test]
    fn the_server_of_the_line_is_found_however_a_shell_parts_it() {
        for (line, server) in [
            ("w -- w join --server home mov", Some("home")),
            ("w -- w join --server=home mov", Some("home")),
            ("w -- w join --server = home mov", Some("home")),
            (
                "w -- w join --server http://a.example:1 mov",
                Some("http://a.example:1"),
            ),
            (
                "w -- w join --server http : //a.example : 1 mov",
                Some("http://a.example:1"),
            ),
            ("w -- w join mov", None),
            ("w -- w join --server", None),
            ("w --server home", None),
        ] {
            let words: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            assert_eq!(named(&words, "--server").as_deref(), server, "{line}");
        }
    }
}
