//! The words of the help, put from the catalogue into clap's definition of the command line.
//!
//! Ids follow a rule: `cli-about` and `cli-log` for the program, `cli-join-about` and
//! `cli-join-server` for a subcommand, `cli-value-file` for the placeholder `FILE`. A test walks
//! all commands and options in every language. Hidden commands stay as they are written.

use clap::builder::Styles;
use clap::{Arg, ArgAction, Command};

use super::examples::Examples;
use crate::texts::catalogue::catalogue;
use crate::texts::language::Language;
use crate::texts::tr;

/// The beginning of every id here.
const PREFIX: &str = "cli";

/// The placeholder of the subcommand.
const COMMAND: &str = "COMMAND";

/// The message of an id that a rule or a table gives.
pub(super) fn text(language: Language, id: &str) -> String {
    catalogue(language).get(id)
}

/// The command line with its texts in a language: for help, manual pages and completions.
pub(super) fn in_language(command: Command, language: Language) -> Command {
    let version = Arg::new("version")
        .short('V')
        .long("version")
        .action(ArgAction::Version)
        .help(tr!(language, "cli-version"));
    let licence = tr!(language, "cli-licence");
    described(command, language, PREFIX)
        .subcommand_value_name(placeholder(language, COMMAND))
        .disable_version_flag(true)
        .arg(version)
        .long_version(format!("{}\n{licence}", env!("CARGO_PKG_VERSION")))
}

/// The command line as people are shown it: with clap's own headings in the language as well.
pub(super) fn for_people(command: Command, language: Language) -> Command {
    let name = command.get_name().to_owned();
    with_headings(in_language(command, language), language, &name)
}

fn described(command: Command, language: Language, prefix: &str) -> Command {
    let help = Arg::new("help")
        .short('h')
        .long("help")
        .action(ArgAction::Help)
        .help(tr!(language, "cli-help"));
    let mut command = command
        .about(text(language, &format!("{prefix}-about")))
        .long_about(None::<&'static str>)
        .mut_args(|arg| described_arg(arg, language, prefix))
        .disable_help_flag(true)
        .arg(help);
    if let Some(examples) = Examples::of(command.get_name()) {
        command = command.after_help(examples.words(language));
    }
    command.mut_subcommands(|subcommand| {
        if subcommand.is_hide_set() {
            return subcommand;
        }
        let prefix = format!("{prefix}-{}", subcommand.get_name());
        described(subcommand, language, &prefix)
    })
}

fn described_arg(arg: Arg, language: Language, prefix: &str) -> Arg {
    let name = arg.get_long().unwrap_or(arg.get_id().as_str());
    let help = text(language, &format!("{prefix}-{name}"));
    let value = arg.get_value_names().and_then(<[_]>::first).cloned();
    let mut arg = arg.help(help).long_help(None::<&'static str>);
    if let Some(value) = value {
        arg = arg.value_name(placeholder(language, &value));
    }
    if arg.is_global_set() {
        arg = arg.help_heading(tr!(language, "cli-heading-everywhere"));
    }
    arg
}

/// The placeholder of a value in a language: `FILE`, `ADDR:PORT`.
fn placeholder(language: Language, value: &str) -> String {
    text(language, &value_id(value))
}

fn value_id(value: &str) -> String {
    let name = value.to_ascii_lowercase().replace(':', "-");
    format!("{PREFIX}-value-{name}")
}

/// Puts the headings of a command, whose name is preceded by its parents', into a language.
fn with_headings(command: Command, language: Language, path: &str) -> Command {
    let heading = |arg: &Arg| match arg.is_positional() {
        true => tr!(language, "cli-heading-arguments"),
        false => tr!(language, "cli-heading-options"),
    };
    let template = template(&command, language, path);
    command
        .help_template(template)
        .subcommand_help_heading(tr!(language, "cli-heading-commands"))
        .mut_args(|arg| match arg.get_help_heading() {
            Some(_) => arg,
            None => {
                let heading = heading(&arg);
                arg.help_heading(heading)
            }
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
    let mut line = format!("{title}{usage}{title:#} {literal}{path}{literal:#} {options}");
    let values = command.get_positionals().filter_map(Arg::get_value_names);
    for value in values.flatten() {
        line.push_str(&format!(" <{value}>"));
    }
    if let Some(value) = command.get_subcommand_value_name() {
        line.push_str(&format!(" <{value}>"));
    }
    format!("{{before-help}}{{about-with-newline}}\n{line}\n\n{{all-args}}{{after-help}}")
}

#[cfg(test)]
mod tests;
