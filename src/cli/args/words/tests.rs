//! Every command, option and placeholder has its text in every language, and no text is left over.

use std::collections::BTreeSet;
use std::path::Path;

use clap::{Arg, Command};
use i18n_embed::LanguageLoader;
use strum::IntoEnumIterator;

use super::{COMMAND, PREFIX, argument_id, definition, for_people, value_id, value_name};
use crate::cli::args::examples::Examples;
use crate::texts::catalogue::catalogue;
use crate::texts::language::Language;

/// The ids of a command and of all below it, by the rule.
fn ids(command: &Command, prefix: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::from([format!("{prefix}-about")]);
    for arg in command.get_arguments() {
        let name = arg.get_long().unwrap_or(arg.get_id().as_str());
        found.insert(argument_id(prefix, name));
        found.extend(value_name(arg).map(value_id));
    }
    // The commands of a subcommand have their examples there.
    let examples = Examples::of(command.get_name());
    let is_nested = prefix.matches('-').count() > 1;
    assert!(is_nested || examples.is_some(), "{prefix} has no examples");
    if let Some(examples) = examples {
        found.extend(examples.lines.iter().map(|(_, id)| (*id).to_owned()));
        found.extend(examples.notes.iter().map(|id| (*id).to_owned()));
    }
    for subcommand in command.get_subcommands() {
        found.extend(ids(
            subcommand,
            &format!("{prefix}-{}", subcommand.get_name()),
        ));
    }
    found
}

fn by_rule() -> BTreeSet<String> {
    let mut ids = ids(&definition(), PREFIX);
    ids.insert(value_id(COMMAND));
    ids
}

/// The ids of the catalogue that begin like ours.
fn in_catalogue() -> BTreeSet<String> {
    let english = catalogue(Language::English);
    english.with_message_iter(&english.current_language(), |messages| {
        let ids = messages.map(|message| message.id.name.to_owned());
        ids.filter(|id| id.starts_with("cli-")).collect()
    })
}

#[test]
fn every_command_option_and_placeholder_has_its_text_in_every_language() {
    let ids = by_rule();
    assert!(ids.len() > 60, "{ids:?}");
    for language in Language::iter() {
        for id in &ids {
            assert!(catalogue(language).has(id), "{language:?} lacks {id}");
        }
    }
}

#[test]
fn no_text_of_the_command_line_is_left_over() {
    let ids = by_rule();
    let sources = sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src/cli")));
    for id in in_catalogue() {
        let is_used = ids.contains(&id) || sources.contains(&format!("\"{id}\""));
        assert!(is_used, "{id} is not used");
    }
}

/// The text of every source file below a folder.
fn sources(folder: &Path) -> String {
    let entries = std::fs::read_dir(folder).unwrap();
    let texts = entries.map(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path)
        } else if path.extension().is_some_and(|end| end == "rs") {
            std::fs::read_to_string(&path).unwrap()
        } else {
            String::new()
        }
    });
    texts.collect()
}

fn commands(language: Language) -> Vec<Command> {
    let mut program = for_people(definition(), language);
    program.build();
    let subcommands: Vec<Command> = program.get_subcommands().cloned().collect();
    let nested = subcommands
        .iter()
        .flat_map(Command::get_subcommands)
        .cloned();
    let nested: Vec<Command> = nested.collect();
    [vec![program], subcommands, nested].concat()
}

/// What clap writes itself, such as headings, is in the language as well.
#[test]
fn the_russian_help_has_no_english_sentence() {
    for mut command in commands(Language::Russian) {
        let is_translated = |arg: &Arg| {
            let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
            help.chars().any(|c| ('а'..='я').contains(&c))
        };
        assert!(command.get_arguments().all(is_translated));
        let help = command.render_long_help().to_string();
        for word in [
            "Usage",
            "OPTIONS",
            "Options",
            "Commands",
            "Arguments",
            "Print",
            "Examples",
        ] {
            assert!(!help.contains(word), "{word} in {help}");
        }
    }
}

/// Our usage line stands for clap's, so it has to say the same.
#[test]
fn the_usage_line_is_that_of_clap() {
    for mut command in commands(Language::English) {
        let usage = command.render_usage().to_string();
        let help = command.render_help().to_string();
        assert!(
            help.contains(&format!("\n{}\n", usage.trim_end())),
            "{usage}: {help}"
        );
    }
}

#[test]
fn the_help_fits_a_terminal_of_100_columns() {
    for language in Language::iter() {
        for mut command in commands(language) {
            let help = command.render_help().to_string();
            for line in help.lines() {
                assert!(line.chars().count() <= 100, "{language:?}: {line}");
            }
        }
    }
}
