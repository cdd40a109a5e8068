//! `watchtogether generate`: writes the manual pages and shell completions that are committed and
//! packaged. They depend on the command line's definition only and contain no date.

use std::path::Path;

use anyhow::Context;
use clap::CommandFactory;
use clap_complete::Shell;

use super::args::Cli;

/// The shells with generated completions.
const SHELLS: [Shell; 5] = [
    Shell::Bash,
    Shell::Elvish,
    Shell::Fish,
    Shell::PowerShell,
    Shell::Zsh,
];

/// Writes a manual page for the program and each subcommand into `man`, and a completion for each
/// shell into `completions`. It creates the folders if needed.
///
/// # Errors
/// If a folder cannot be created or a file cannot be written; the error names it.
pub fn write(man: &Path, completions: &Path) -> anyhow::Result<()> {
    for folder in [man, completions] {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make {}", folder.display()))?;
    }
    clap_mangen::generate_to(Cli::command(), man)
        .with_context(|| format!("cannot write manual pages into {}", man.display()))?;
    for shell in SHELLS {
        clap_complete::generate_to(shell, &mut Cli::command(), "watchtogether", completions)
            .with_context(|| format!("cannot write completions into {}", completions.display()))?;
    }
    Ok(())
}
