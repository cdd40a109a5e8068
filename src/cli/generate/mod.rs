//! `watchtogether generate`: writes the manual pages and shell completions that are committed and
//! packaged. They depend on the command line's definition, the tables of settings and keys, and the
//! catalogue only. Completions are in English; the pages that most people read are in every language.

use std::fs;
use std::io;
use std::path::Path;

use anyhow::Context;
use clap::Command;
use clap_complete::{Generator as _, Shell};

use super::args::{self, PROGRAM};
use super::completions;
use crate::texts::language::Language;
use crate::texts::tr;
use sheet::Sheet;

mod command_page;
mod json_page;
mod keys_page;
mod limits;
mod prose;
mod protocol_page;
mod schemas;
mod settings_page;
mod sheet;
#[cfg(test)]
mod tests;
mod types;

/// The shells with generated completions.
const SHELLS: [Shell; 5] = [
    Shell::Bash,
    Shell::Elvish,
    Shell::Fish,
    Shell::PowerShell,
    Shell::Zsh,
];

/// The subcommands with a manual page in Russian, beside that of the program.
const IN_RUSSIAN: [&str; 1] = ["join"];

/// Writes a manual page for the program, each subcommand, each command of `admin`, the settings and
/// the keys into `man`, those in Russian below `man/ru/man1`, and what each shell loads to complete into
/// `folder`. It creates the folders if needed.
///
/// # Errors
/// If a folder cannot be created, or a file in it cannot be written; the error names the folder, in
/// the language of its `reader`.
pub fn write(man: &Path, folder: &Path, reader: Language) -> anyhow::Result<()> {
    let russian = man.join("ru").join("man1");
    for needed in [man, &russian, folder] {
        fs::create_dir_all(needed)
            .with_context(|| tr!(reader, "cli-no-folder", path = needed.display().to_string()))?;
    }
    write_sheets(man, &sheets()).with_context(|| unwritten(reader, man))?;
    write_sheets(&russian, &russian_sheets()).with_context(|| unwritten(reader, &russian))?;
    for shell in SHELLS {
        let mut script = Vec::new();
        completions::register(shell, &mut script)
            .and_then(|()| fs::write(folder.join(shell.file_name(PROGRAM)), script))
            .with_context(|| unwritten(reader, folder))?;
    }
    Ok(())
}

/// Writes the JSON Schemas of what travels and of what `join --json` prints into a folder, which it
/// creates if needed.
///
/// # Errors
/// If the folder cannot be created, or a file in it cannot be written; in the language of its
/// `reader`.
pub fn write_schemas(folder: &Path, reader: Language) -> anyhow::Result<()> {
    let path = folder.display().to_string();
    fs::create_dir_all(folder).with_context(|| tr!(reader, "cli-no-folder", path = path))?;
    schemas::write(folder).with_context(|| unwritten(reader, folder))
}

/// Every page, in English.
fn sheets() -> Vec<Sheet> {
    let language = Language::English;
    let (program, subcommands) = commands(language);
    let nested = subcommands.iter().flat_map(Command::get_subcommands);
    let all = nested.chain(&subcommands).chain([&program]);
    let pages = all.map(|command| command_page::page(command, language));
    let others = [
        settings_page::page(),
        keys_page::page(),
        json_page::page(),
        protocol_page::page(),
    ];
    pages.chain(others).collect()
}

/// The pages in Russian.
fn russian_sheets() -> Vec<Sheet> {
    let language = Language::Russian;
    let (program, subcommands) = commands(language);
    let read = subcommands.iter();
    let read = read.filter(|command| IN_RUSSIAN.contains(&command.get_name()));
    let pages = read.chain([&program]);
    pages
        .map(|command| command_page::page(command, language))
        .collect()
}

/// The program, and its subcommands.
fn commands(language: Language) -> (Command, Vec<Command>) {
    let mut program = args::described(language);
    program.build();
    let subcommands = program.get_subcommands().cloned().collect();
    (program, subcommands)
}

fn write_sheets(folder: &Path, sheets: &[Sheet]) -> io::Result<()> {
    for sheet in sheets {
        fs::write(folder.join(sheet.file_name()), sheet.render())?;
    }
    Ok(())
}

/// A file in a folder cannot be written.
fn unwritten(reader: Language, folder: &Path) -> String {
    let path = folder.display().to_string();
    tr!(reader, "cli-no-files", path = path)
}
