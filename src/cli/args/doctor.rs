//! The arguments of `doctor`.

use clap::Args;

use super::server::ServerSetting;

/// The arguments of `doctor`: the player and its options are those of `join`.
#[derive(Debug, Clone, Default, Args)]
pub struct DoctorArgs {
    /// Check the way to this server, too
    #[arg(long, value_name = "SERVER")]
    pub server: Option<ServerSetting>,
    /// Print a line of JSON for each check
    #[arg(long)]
    pub json: bool,
}
