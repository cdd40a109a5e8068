//! The words of the help, put from the catalogue into clap's definition of the command line.
//!
//! Ids follow a rule: `cli-about` and `cli-log` for the program, `cli-join-about` and
//! `cli-join-server` for a subcommand, `cli-value-file` for the placeholder `FILE`. A test walks
//! all commands and options in every language. Hidden commands stay as they are written.

use clap::builder::Styles;
use clap::{Arg, ArgAction, Args as _, Command};

use super::examples::Examples;
use crate::texts::catalogue::catalogue_for;
use crate::texts::language::Language;
use crate::texts::tr;

/// The beginning of every id here.
const PREFIX: &str = "cli";

/// The commands that take options of `join`.
const AS_JOIN: [&str; 10] = [
    "cli-watch",
    "cli-add",
    "cli-say",
    "cli-status",
    "cli-gallery",
    "cli-calibrate",
    "cli-demo",
    "cli-conformance",
    "cli-doctor",
    "cli-host",
];

/// The placeholder of the subcommand.
const COMMAND: &str = "COMMAND";

/// The message of an id that a rule or a table gives.
fn text(language: Language, id: &str) -> String {
    catalogue_for(language, id).get(id)
}

/// The definition of the command line, with options for the help and the version that can be worded.
/// They come first, because headings stand in the order of their options.
pub(super) fn definition() -> Command {
    let version = Arg::new("version")
        .short('V')
        .long("version")
        .action(ArgAction::Version);
    let program = Command::new(super::PROGRAM)
        .disable_version_flag(true)
        .args([help_option(), version]);
    let completions = super::CompletionsArgs::augment_args(Command::new(super::COMPLETIONS));
    super::Cli::augment_args(program).subcommand(completions)
}

fn help_option() -> Arg {
    let help = Arg::new("help").short('h').long("help");
    help.action(ArgAction::Help)
}

/// The [`definition`] with its texts in a language: for help, manual pages and completions.
pub(super) fn in_language(definition: Command, language: Language) -> Command {
    let licence = tr!(language, "cli-licence");
    described(definition, language, PREFIX)
        .long_version(format!("{}\n{licence}", env!("CARGO_PKG_VERSION")))
}

/// The [`definition`] as people are shown it: with clap's own headings in the language as well.
pub(super) fn for_people(definition: Command, language: Language) -> Command {
    let name = definition.get_name().to_owned();
    with_headings(in_language(definition, language), language, &name)
}

fn described(command: Command, language: Language, prefix: &str) -> Command {
    let mut command = command
        .about(text(language, &format!("{prefix}-about")))
        .long_about(None::<&'static str>)
        .mut_args(|arg| described_arg(arg, language, prefix))
        .disable_help_flag(true);
    if command.has_subcommands() {
        command = command.subcommand_value_name(placeholder(language, COMMAND));
    }
    if let Some(examples) = Examples::of(command.get_name()) {
        command = command.after_help(below(examples, language));
    }
    command.mut_subcommands(|subcommand| {
        if subcommand.is_hide_set() {
            return subcommand;
        }
        let prefix = format!("{prefix}-{}", subcommand.get_name());
        let help = help_option().help(tr!(language, "cli-help"));
        described(subcommand, language, &prefix).arg(help)
    })
}

/// What stands below the options in a command's help.
fn below(examples: &Examples, language: Language) -> String {
    let lines = examples.lines.iter();
    let lines = lines.map(|(line, id)| format!("\n  {line}\n      {}", text(language, id)));
    let notes = examples.notes.iter();
    let notes = notes.map(|id| format!("\n\n{}", text(language, id)));
    let below: String = lines.chain(notes).collect();
    tr!(language, "cli-heading-examples") + &below
}

fn described_arg(arg: Arg, language: Language, prefix: &str) -> Arg {
    let name = arg.get_long().unwrap_or(arg.get_id().as_str());
    let help = text(language, &argument_id(prefix, name));
    let value = value_name(&arg).map(str::to_owned);
    let mut arg = arg.help(help).long_help(None::<&'static str>);
    if let Some(value) = value {
        arg = arg.value_name(placeholder(language, &value));
    }
    // Those of a subcommand with commands of its own stand with its others.
    if arg.is_global_set() && prefix == PREFIX {
        arg = arg.help_heading(tr!(language, "cli-heading-everywhere"));
    }
    arg
}

/// The id of an argument's text: what a command takes as `join` does is said as there, unless it has
/// words of its own.
fn argument_id(prefix: &str, name: &str) -> String {
    let own = format!("{prefix}-{name}");
    let joins = format!("{PREFIX}-join-{name}");
    let is_like_join =
        AS_JOIN.contains(&prefix) && !catalogue_for(Language::English, &own).has(&own);
    if is_like_join { joins } else { own }
}

/// The placeholder of an argument's value, in English; clap gives switches one as well.
fn value_name(arg: &Arg) -> Option<&str> {
    let name = arg.get_value_names()?.first()?;
    arg.get_action().takes_values().then_some(name.as_str())
}

/// The placeholder of a value in a language: `FILE`, `ADDR:PORT`.
fn placeholder(language: Language, value: &str) -> String {
    text(language, &value_id(value))
}

fn value_id(value: &str) -> String {
    let name = value.to_ascii_lowercase().replace([':', '='], "-");
    format!("{PREFIX}-value-{name}")
}

/// Puts the headings of a command, whose name is preceded by its parents', into a language.
fn with_headings(command: Command, language: Language, path: &str) -> Command {
    let heading = |arg: &Arg| {
        if arg.is_positional() {
            tr!(language, "cli-heading-arguments")
        } else {
            tr!(language, "cli-heading-options")
        }
    };
    let template = template(&command, language, path);
    // Below a heading of its own clap would sort them by their names.
    let mut place = 0;
    command
        .help_template(template)
        .subcommand_help_heading(tr!(language, "cli-heading-commands"))
        .mut_args(|arg| {
            if arg.get_help_heading().is_some() {
                return arg;
            }
            let heading = heading(&arg);
            let arg = if arg.is_positional() {
                place += 1;
                arg.display_order(place)
            } else {
                arg
            };
            arg.help_heading(heading)
        })
        .mut_subcommands(|subcommand| {
            if subcommand.is_hide_set() {
                return subcommand;
            }
            let path = format!("{path} {}", subcommand.get_name());
            with_headings(subcommand, language, &path)
        })
}

/// clap's own template, but for the line of the usage, which clap writes in English only.
fn template(command: &Command, language: Language, path: &str) -> String {
    let styles = Styles::styled();
    let (title, literal) = (styles.get_usage(), styles.get_literal());
    let usage = tr!(language, "cli-usage");
    let options = tr!(language, "cli-usage-options");
    let values = command.get_positionals().flat_map(|arg| {
        let names = arg.get_value_names().unwrap_or_default().iter();
        let is_repeated = matches!(arg.get_action(), ArgAction::Append);
        let dots = if is_repeated { "..." } else { "" };
        names.map(move |name| {
            if arg.is_required_set() {
                format!("<{name}>{dots}")
            } else {
                format!("[{name}]{dots}")
            }
        })
    });
    let below = command.get_subcommand_value_name().map(|value| {
        if command.is_subcommand_required_set() {
            format!("<{value}>")
        } else {
            format!("[{value}]")
        }
    });
    let values = values.chain(below);
    let values: Vec<String> = values.collect();
    let values = [vec![options], values].concat().join(" ");
    let line = format!("{title}{usage}{title:#} {literal}{path}{literal:#} {values}");
    format!("{{before-help}}{{about-with-newline}}\n{line}\n\n{{all-args}}{{after-help}}")
}

#[cfg(test)]
mod tests;
