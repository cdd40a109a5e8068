//! `watchtogether generate`: writes the manual pages and shell completions that are committed and
//! packaged. They depend on the command line's definition and the catalogue only, and contain no
//! date. Completions are in English; the pages that most people read are in every language.

use std::fs;
use std::io;
use std::path::Path;

use anyhow::Context;
use clap::Command;
use clap_complete::Shell;
use clap_mangen::Man;

use super::args;
use crate::texts::language::Language;
use crate::texts::tr;

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

/// Writes a manual page for the program, each subcommand and each command of `admin` into `man`,
/// those in Russian below `man/ru/man1`, and a completion for each shell into `completions`. It
/// creates the folders if needed.
///
/// # Errors
/// If a folder cannot be created, or a file in it cannot be written; the error names the folder, in
/// the language of its `reader`.
pub fn write(man: &Path, completions: &Path, reader: Language) -> anyhow::Result<()> {
    let russian = man.join("ru").join("man1");
    for folder in [man, &russian, completions] {
        fs::create_dir_all(folder)
            .with_context(|| tr!(reader, "cli-no-folder", path = folder.display().to_string()))?;
    }
    write_pages(man, Language::English, |_| true).with_context(|| unwritten(reader, man))?;
    write_pages(&russian, Language::Russian, |name| {
        IN_RUSSIAN.contains(&name)
    })
    .with_context(|| unwritten(reader, &russian))?;
    for shell in SHELLS {
        let mut command = args::described(Language::English);
        clap_complete::generate_to(shell, &mut command, "watchtogether", completions)
            .with_context(|| unwritten(reader, completions))?;
    }
    Ok(())
}

/// Writes the pages of the program and of the subcommands whose names are wanted.
fn write_pages(
    folder: &Path,
    language: Language,
    is_wanted: impl Fn(&str) -> bool,
) -> io::Result<()> {
    let mut program = args::described(language);
    program.build();
    let subcommands = program.get_subcommands().cloned();
    let subcommands: Vec<Command> = subcommands
        .filter(|command| is_wanted(command.get_name()))
        .collect();
    let nested = subcommands.iter().flat_map(Command::get_subcommands);
    let mut pages: Vec<Command> = nested.cloned().collect();
    pages.extend(subcommands);
    pages.push(program);
    for command in pages {
        let page = Man::new(command);
        let path = folder.join(page.get_filename());
        let mut text = Vec::new();
        page.render(&mut text)?;
        fs::write(&path, with_headings(&text, language))?;
    }
    Ok(())
}

/// A file in a folder cannot be written.
fn unwritten(reader: Language, folder: &Path) -> String {
    let path = folder.display().to_string();
    tr!(reader, "cli-no-files", path = path)
}

/// The text of a page with the headings of its sections in a language; clap writes them in English.
fn with_headings(page: &[u8], language: Language) -> String {
    let page = String::from_utf8_lossy(page);
    let heading = |line: &str| match line {
        ".SH NAME" => Some(tr!(language, "cli-man-name")),
        ".SH SYNOPSIS" => Some(tr!(language, "cli-man-synopsis")),
        ".SH DESCRIPTION" => Some(tr!(language, "cli-man-description")),
        ".SH OPTIONS" => Some(tr!(language, "cli-man-options")),
        ".SH SUBCOMMANDS" => Some(tr!(language, "cli-man-commands")),
        ".SH EXTRA" => Some(tr!(language, "cli-man-examples")),
        ".SH VERSION" => Some(tr!(language, "cli-man-version")),
        _ => None,
    };
    let lines = page.lines().map(|line| match heading(line) {
        Some(heading) => format!(".SH \"{heading}\"\n"),
        None => format!("{line}\n"),
    });
    lines.collect()
}
