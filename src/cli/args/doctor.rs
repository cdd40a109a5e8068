//! The arguments of `doctor`.

use std::path::PathBuf;

use clap::Args;

use super::server::ServerSetting;

/// The arguments of `doctor`: the player and its options are those of `join`.
#[derive(Debug, Clone, Default, Args)]
pub struct DoctorArgs {
    /// Check the way to this server, too
    #[arg(long, value_name = "SERVER")]
    pub server: Option<ServerSetting>,
    /// Also trust the certificate authorities in this file
    #[arg(long, value_name = "FILE")]
    pub ca_file: Option<PathBuf>,
    /// Keep a quiet connection to the server open for so many seconds
    #[arg(
        long,
        value_name = "SECONDS",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "100",
        value_parser = clap::value_parser!(u64).range(1..=3600),
        requires = "server"
    )]
    pub long: Option<u64>,
    /// Print a line of JSON for each check
    #[arg(long)]
    pub json: bool,
}
