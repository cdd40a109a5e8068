//! The command line as clap defines it: types, help texts, and conflicting options.
//!
//! A subcommand's options are also the keys of its table in `config.toml` and the names of its
//! environment variables. One struct defines all three; [`super::config`] merges them.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ColorChoice, CommandFactory, FromArgMatches, Parser, Subcommand};

use super::terminal;
use crate::protocol::invite::RoomTarget;
use crate::protocol::text::visible;

/// The most characters of an argument that an error repeats: more than the longest path.
const MAX_WORD: usize = 8_000;

/// The text that `--version` prints after the name.
const LONG_VERSION: &str = concat!(
    env!("CARGO_PKG_VERSION"),
    "\nLicence of this program as built: GPL-3.0 (it contains mpvipc); of its own source: MIT"
);

const EXAMPLES: &str = "\
Examples:
  watchtogether join movie-night
      join a room; with no server given or found, on this computer
  watchtogether join https://watch.example.org/r/movie-night
      join a friend's room by its invite link
  watchtogether serve --listen 0.0.0.0:8000
      let others reach rooms on this machine
  watchtogether gallery --server https://watch.example.org
      see which rooms are live

Every option of a subcommand can also be set in config.toml and in the environment:
`serve --data-dir` is `data-dir` in the table [serve], and WATCHTOGETHER_DATA_DIR. A flag wins
over the environment, the environment over the file. In the environment a list is separated by
spaces, and a switch is true or false. `--log` is `level` in the table [log], and
WATCHTOGETHER_LOG; `--config` is WATCHTOGETHER_CONFIG.";

const SERVE_EXAMPLES: &str = "\
Examples:
  watchtogether serve
      for this computer only, rooms kept in your data folder
  watchtogether serve --listen 0.0.0.0:8000 --listen '[::]:8000'
      for everybody who can reach this machine
  watchtogether serve --data-dir /var/lib/watchtogether --public-url https://watch.example.org
      behind a proxy that speaks TLS; invite links name the public address

Exit codes: 0 ended by a signal, 1 it cannot run, 2 wrong usage or settings.";

const JOIN_EXAMPLES: &str = "\
Examples:
  watchtogether join movie-night --play https://example.org/film.mp4
      open the room and start a film
  watchtogether join https://watch.example.org/r/movie-night --name Ada
      join a friend's room
  WATCHTOGETHER_PASSWORD=... watchtogether join our-place --private
      a room that asks for a password; --password-file reads it from a file instead
  watchtogether join movie-night --player-arg=--volume=40 --player-arg=--fs
      hand options of your own to mpv
  printf '/who\\n' | watchtogether join movie-night --no-player --json
      one command from a script, answers as JSON

When nobody can play a video: if every player has failed, the room is told why, the film stands
at its start, and the next video of the queue starts after 15 s, or at once by an admin's /go,
/resume or /skip; /pause stays. With an empty queue it stands, and /retry tries it again. If all
players are at the end of what they could get, the next starts after 3 s. Players that still try
again count as neither, for 60 s at most, and the film stands meanwhile. If only some can play
it, they do.

Exit codes: 0 left, 1 something failed here, 2 wrong usage or settings, 3 refused by the server,
4 server not reachable, 5 standard output was not read: more than 8 MiB waited, or its last
lines for 2 s.";

const GALLERY_EXAMPLES: &str = "\
Examples:
  watchtogether gallery --server https://watch.example.org
  watchtogether gallery --json | jq -r .id

Exit codes: 0 listed, 1 something failed here, 2 wrong usage or settings, 4 server not reachable.";

pub use options::{GalleryOptions, JoinOptions, ServeOptions};
pub use seconds::{InvalidSeconds, SecondsSetting};
pub use setting::{Layer, Setting, Switch};

/// The heading above the options of every subcommand.
const EVERYWHERE: &str = "Options everywhere";

/// The help of ROOM, with an example address that nobody has.
const ROOM_HELP: &str =
    "A room's name such as movie-night, or an invite link such as https://host/r/movie-night";

/// Watch a video together from a terminal.
#[derive(Debug, Parser)]
#[command(
    name = "watchtogether",
    version,
    long_version = LONG_VERSION,
    about = "Watch a video together from a terminal",
    after_help = EXAMPLES,
    disable_help_subcommand = true,
    max_term_width = 100
)]
pub struct Cli {
    /// What holds for every subcommand.
    #[command(flatten)]
    pub global: GlobalArgs,
    /// What to do.
    #[command(subcommand)]
    pub command: CliCommand,
}

/// Options of every subcommand.
#[derive(Debug, Default, Args)]
pub struct GlobalArgs {
    /// Read this file of settings instead of config.toml in your configuration folder
    #[arg(long, global = true, value_name = "FILE", help_heading = EVERYWHERE)]
    pub config: Option<PathBuf>,
    /// How much to log: error, warn, info, debug, trace, or a tracing filter
    #[arg(long, global = true, value_name = "LEVEL", help_heading = EVERYWHERE)]
    pub log: Option<String>,
}

/// A subcommand and its options.
#[derive(Debug, Subcommand)]
pub enum CliCommand {
    /// Run a server that keeps rooms
    #[command(after_help = SERVE_EXAMPLES)]
    Serve(ServeOptions),
    /// Join a room and watch
    #[command(after_help = JOIN_EXAMPLES)]
    Join(Box<JoinArgs>),
    /// List the live rooms of a server
    #[command(after_help = GALLERY_EXAMPLES)]
    Gallery(GalleryOptions),
}

/// The arguments of `join`: the room, and the options.
#[derive(Debug, Args)]
pub struct JoinArgs {
    /// A room's name, or an invite link.
    #[arg(help = ROOM_HELP)]
    pub room: RoomTarget,
    /// Everything that can also be set elsewhere.
    #[command(flatten)]
    pub options: JoinOptions,
}

/// What a command line asks for.
#[derive(Debug)]
pub enum Invocation {
    /// A public subcommand.
    Run(Box<Cli>),
    /// The hidden subcommand for packagers.
    Generate(GenerateArgs),
}

/// The arguments of the hidden `generate`.
#[derive(Debug, Args)]
pub struct GenerateArgs {
    /// The folder for the manual pages
    #[arg(long, value_name = "DIR")]
    pub man: PathBuf,
    /// The folder for the shell completions
    #[arg(long, value_name = "DIR")]
    pub completions: PathBuf,
}

/// The name of the hidden subcommand.
const GENERATE: &str = "generate";

/// Parses a command line, whose first word is the program's name.
///
/// # Errors
/// clap's error, which also represents a request for help or the version. Its text cannot steer a
/// terminal, whatever the arguments are.
pub fn parse<I, T>(words: I) -> Result<Invocation, clap::Error>
where
    I: IntoIterator<Item = T>,
    T: Into<OsString>,
{
    let words: Vec<OsString> = words.into_iter().map(Into::into).collect();
    read(&words).map_err(|error| harmless(error, &words))
}

fn read(words: &[OsString]) -> Result<Invocation, clap::Error> {
    let colours = if terminal::has_colour() {
        ColorChoice::Auto
    } else {
        ColorChoice::Never
    };
    let matches = whole().color(colours).try_get_matches_from(words)?;
    match matches.subcommand() {
        Some((GENERATE, generate)) => {
            GenerateArgs::from_arg_matches(generate).map(Invocation::Generate)
        }
        _ => Cli::from_arg_matches(&matches).map(|cli| Invocation::Run(Box::new(cli))),
    }
}

/// The error for the same command line with control characters escaped: clap repeats arguments
/// verbatim.
fn harmless(error: clap::Error, words: &[OsString]) -> clap::Error {
    let shown: Vec<OsString> = words
        .iter()
        .map(|word| visible(&word.to_string_lossy(), MAX_WORD).into())
        .collect();
    if shown == words {
        return error;
    }
    match read(&shown) {
        Err(same) if same.kind() == error.kind() => same,
        // Escaped, the arguments mean something else.
        _ => {
            let text = error.to_string();
            let first = text.lines().next().unwrap_or_default();
            let first = first.strip_prefix("error: ").unwrap_or(first);
            clap::Error::raw(error.kind(), visible(first, MAX_WORD) + "\n")
        }
    }
}

/// The command line including hidden parts; manual pages describe [`Cli`] alone.
fn whole() -> clap::Command {
    let generate = clap::Command::new(GENERATE)
        .about("Write the manual pages and shell completions")
        .hide(true);
    Cli::command().subcommand(GenerateArgs::augment_args(generate))
}

mod options;
mod seconds;
mod setting;
#[cfg(test)]
mod tests;
