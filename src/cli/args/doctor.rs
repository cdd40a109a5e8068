//! The arguments of `doctor`.

use clap::Args;

use crate::protocol::invite::ServerUrl;

/// The arguments of `doctor`: the player and its options are those of `join`.
#[derive(Debug, Clone, Default, Args)]
pub struct DoctorArgs {
    /// Check the way to this server, too
    #[arg(long, value_name = "URL")]
    pub server: Option<ServerUrl>,
    /// Print a line of JSON for each check
    #[arg(long)]
    pub json: bool,
}
