//! The command line as clap defines it: types and conflicting options. The texts of the help are
//! in the catalogue; the docs here are for engineers.
//!
//! A subcommand's options are also the keys of its table in `config.toml` and the names of its
//! environment variables. One struct defines all three; [`super::config`] merges them.

use std::error::Error as _;
use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};

use super::colour_setting::ColourParser;
use super::colours;
pub use crate::app::written_room::WrittenRoom as RoomSetting;
use crate::protocol::room_name;
use crate::texts::language::Language;

pub use super::colour_setting::{ColourSetting, UnknownColourSetting};
pub use admin::{AdminArgs, AdminCommand, Delay};
pub use alert::AlertSetting;
pub use answer::{Answer, Worded};
pub use browser::{BrowserSetting, UnknownBrowser};
pub use completions::CompletionsArgs;
pub use config::{ConfigArgs, ConfigCommand};
pub use conformance::ConformanceArgs;
pub use count::CountSetting;
pub use create_rule::CreateSetting;
pub use demo::DemoArgs;
pub use doctor::DoctorArgs;
pub use duration::{DurationSetting, InvalidDuration};
pub use errand::{AddArgs, ErrandOptions, SayArgs, StatusArgs, WatchArgs};
pub(super) use examples::Examples;
pub use host::HostArgs;
use language::LanguageParser;
pub use language::{LanguageSetting, UnknownLanguage};
pub use listen::{InvalidListen, ListenSetting};
pub use log_format::LogFormat;
pub use options::{AdminOptions, GalleryOptions, JoinOptions, ServeOptions};
pub use osd::OsdSetting;
pub use seconds::{InvalidSeconds, SecondsSetting};
pub use server::ServerSetting;
pub use setting::{Layer, Setting, Switch};
use theme::ThemeParser;
pub use theme::{StyleSetting, ThemeSetting, UnknownTheme};
pub use value_fault::ValueFault;

/// The program's name, and that of its command.
pub(super) const PROGRAM: &str = "watchtogether";

/// Watch a video together from a terminal.
#[derive(Debug, Parser)]
#[command(
    name = PROGRAM,
    version,
    disable_help_subcommand = true,
    max_term_width = 100
)]
pub struct Cli {
    /// The options of every subcommand.
    #[command(flatten)]
    pub global: GlobalArgs,
    /// The subcommand and its options.
    #[command(subcommand)]
    pub command: CliCommand,
}

/// Options of every subcommand.
#[derive(Debug, Clone, Default, Args)]
pub struct GlobalArgs {
    /// Read settings from this file instead of config.toml in your configuration folder
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// How much to log: error, warn, info, debug, trace, or a tracing filter
    #[arg(long, global = true, value_name = "LEVEL")]
    pub log: Option<String>,
    /// Language of the program: en or ru (default: your locale's)
    #[arg(
        long,
        global = true,
        value_name = "LANGUAGE",
        hide_possible_values = true,
        value_parser = LanguageParser
    )]
    pub lang: Option<LanguageSetting>,
    /// Colors: auto, always or never
    #[arg(
        long = "color",
        global = true,
        value_name = "WHEN",
        hide_possible_values = true,
        value_parser = ColourParser
    )]
    pub colour: Option<ColourSetting>,
}

/// A subcommand and its options.
#[derive(Debug, Subcommand)]
pub enum CliCommand {
    /// Run a server for rooms
    Serve(Box<ServeArgs>),
    /// Join a room and watch
    Join(Box<JoinArgs>),
    /// Open a room on this computer, and watch
    Host(Box<HostArgs>),
    /// List the live rooms of a server
    Gallery(Box<GalleryArgs>),
    /// Set by eye and ear how late your sound device is
    Calibrate(Box<CalibrateArgs>),
    /// Show how it works: a room with a film and a second member, on this computer
    Demo(DemoArgs),
    /// Print the settings in force, and where each comes from
    Config(ConfigArgs),
    /// Queue links in a room without joining it
    Add(Box<AddArgs>),
    /// Write in a room's chat without joining it
    Say(Box<SayArgs>),
    /// Say in a line what a room plays
    Status(Box<StatusArgs>),
    /// Print what happens in a public room, without joining it
    Watch(Box<WatchArgs>),
    /// Check whether films can be watched on this computer
    Doctor(DoctorArgs),
    /// Try whether a server speaks the protocol
    Conformance(Box<ConformanceArgs>),
    /// Look after the server that runs on this computer
    Admin(Box<AdminArgs>),
}

/// Options that are no settings of their subcommand: no key of its table has their name.
pub(super) const FOR_ONE_RUN: [&str; 2] = ["check", "theme"];

/// The arguments of `serve`: what is only for one run, and the options.
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// Read settings and rooms, say what a start would find, and end
    #[arg(long)]
    pub check: bool,
    /// Everything that can also be set elsewhere.
    #[command(flatten)]
    pub options: ServeOptions,
}

/// The arguments of `join`: the room, and the options.
#[derive(Debug, Args)]
pub struct JoinArgs {
    /// A room's name, or an invite link.
    pub room: RoomSetting,
    /// How the screen looks: auto, dark, light, contrast, mono or own
    #[arg(
        long,
        value_name = "THEME",
        hide_possible_values = true,
        value_parser = ThemeParser
    )]
    pub theme: Option<ThemeSetting>,
    /// The options that the environment and the file can also set.
    #[command(flatten)]
    pub options: JoinOptions,
}

/// The arguments of `gallery`.
#[derive(Debug, Args)]
pub struct GalleryArgs {
    /// How the screen looks: auto, dark, light, high-contrast, mono or own
    #[arg(
        long,
        value_name = "THEME",
        hide_possible_values = true,
        value_parser = ThemeParser
    )]
    pub theme: Option<ThemeSetting>,
    /// The options that the environment and the file can also set.
    #[command(flatten)]
    pub options: GalleryOptions,
}

/// The arguments of `calibrate`: of what they leave open, the settings of `join` decide.
#[derive(Debug, Args)]
pub struct CalibrateArgs {
    /// The mpv program to start (default: mpv)
    #[arg(long, value_name = "PATH")]
    pub player: Option<PathBuf>,
    /// Pass this option on to mpv; can be repeated
    #[arg(long, value_name = "ARG", allow_hyphen_values = true)]
    pub player_arg: Vec<String>,
}

/// What a command line asks for.
#[derive(Debug)]
pub enum Invocation {
    /// A public subcommand.
    Run(Box<Cli>),
    /// The subcommand that prints what a shell loads; it needs no settings.
    Completions(CompletionsArgs),
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
    /// The folder for the JSON Schemas, if they are wanted
    #[arg(long, value_name = "DIR")]
    pub schemas: Option<PathBuf>,
}

/// The name of the hidden subcommand.
const GENERATE: &str = "generate";

/// The name of the subcommand for shells.
const COMPLETIONS: &str = "completions";

/// Parses a command line, whose first word is the program's name.
///
/// # Errors
/// clap's answer in the language: an error, or the help or the version that was asked for. Its text
/// cannot steer a terminal, whatever the arguments are.
pub fn parse<I, T>(language: Language, words: I) -> Result<Invocation, Answer>
where
    I: IntoIterator<Item = T>,
    T: Into<OsString> + Clone,
{
    read(language, words).map_err(|error| answer::answer(error, language))
}

fn read<I, T>(language: Language, words: I) -> Result<Invocation, clap::Error>
where
    I: IntoIterator<Item = T>,
    T: Into<OsString> + Clone,
{
    let command = whole(language).color(colours::of_help());
    let words = words.into_iter().map(Into::into).collect();
    let for_a_film = room_name::made_up(rand::random());
    let words = shorthand::written_out(&command, words, &for_a_film)?;
    let parsed = command.clone().try_get_matches_from(&words);
    let matches = parsed.map_err(|error| {
        let has_word = shorthand::first_word(&command, &words).is_some();
        // Options alone ask for nothing, as nothing at all does.
        if error.kind() == ErrorKind::MissingSubcommand && !has_word {
            clap::Error::new(ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand).with_cmd(&command)
        } else {
            meant_line::with_line(error, &command, words)
        }
    })?;
    match matches.subcommand() {
        Some((COMPLETIONS, completions)) => {
            CompletionsArgs::from_arg_matches(completions).map(Invocation::Completions)
        }
        Some((GENERATE, generate)) => {
            GenerateArgs::from_arg_matches(generate).map(Invocation::Generate)
        }
        _ => Cli::from_arg_matches(&matches).map(|cli| Invocation::Run(Box::new(cli))),
    }
}

/// What is wrong with the values of an option, of which the parser of another layer says
/// `otherwise`: the option's own parser here knows it better.
pub(super) fn fault_of_values(
    subcommand: &str,
    key: &str,
    values: &[&str],
    otherwise: &str,
) -> ValueFault {
    let options = values.iter().map(|value| format!("--{key}={value}"));
    let words = [PROGRAM.to_owned(), subcommand.to_owned()];
    let line = words.into_iter().chain(options);
    let error = Cli::command().try_get_matches_from(line).err();
    let source = error.as_ref().and_then(clap::Error::source);
    source.map_or_else(|| ValueFault::of_type(otherwise), ValueFault::of)
}

/// The command line as manual pages and completions describe it, without hidden parts.
pub(super) fn described(language: Language) -> clap::Command {
    words::in_language(words::definition(), language)
}

/// The command line including hidden parts.
fn whole(language: Language) -> clap::Command {
    let generate = clap::Command::new(GENERATE)
        .about("Write the manual pages and shell completions")
        .hide(true);
    let generate = GenerateArgs::augment_args(generate);
    words::for_people(words::definition().subcommand(generate), language)
}

mod admin;
mod alert;
mod answer;
mod browser;
mod completions;
mod config;
mod conformance;
mod count;
mod create_rule;
mod demo;
mod doctor;
mod duration;
mod errand;
mod examples;
mod host;
mod language;
mod listen;
mod log_format;
mod meant_line;
mod options;
mod osd;
mod port;
mod seconds;
mod server;
mod setting;
mod shell_words;
mod shorthand;
#[cfg(test)]
mod tests;
mod theme;
mod value_fault;
mod words;
