//! The arguments of `config`.

use clap::{Args, Subcommand};

/// The arguments of `config`: without a command it prints the settings in force.
#[derive(Debug, Clone, Default, Args)]
pub struct ConfigArgs {
    /// Print a line of JSON for each setting
    #[arg(long)]
    pub json: bool,
    /// What else to do.
    #[command(subcommand)]
    pub command: Option<ConfigCommand>,
}

/// What `config` can do but print the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Subcommand)]
pub enum ConfigCommand {
    /// Write a configuration file with every setting as a comment
    Init,
    /// Print where the configuration file is
    Path,
}
