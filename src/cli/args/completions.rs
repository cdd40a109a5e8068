//! The arguments of `completions`.

use clap::Args;
use clap_complete::Shell;

/// The arguments of `completions`: which shell loads them.
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell: bash, elvish, fish, powershell or zsh
    #[arg(value_name = "SHELL", hide_possible_values = true)]
    pub shell: Shell,
}
