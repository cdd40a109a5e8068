//! The arguments of `demo`, which are passed on to the client that it starts.

use std::path::PathBuf;

use clap::Args;

/// The arguments of `demo`. It reads no settings of `join` but those in a file that is named.
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// The mpv program to start (default: mpv)
    #[arg(long, value_name = "PATH")]
    pub player: Option<PathBuf>,
    /// Pass this option on to mpv; can be repeated
    #[arg(long, value_name = "ARG", allow_hyphen_values = true)]
    pub player_arg: Vec<String>,
    /// No screen: read lines from standard input, print JSON, one object per line
    #[arg(long)]
    pub json: bool,
}
