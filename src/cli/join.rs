//! `watchtogether join`: takes a member into a room.

use std::process::ExitCode;

use super::config::JoinConfig;

/// Runs the subcommand to its end.
///
/// # Errors
/// Whatever ended it before its time.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the subcommand owns its settings"
)]
pub fn run(config: JoinConfig) -> anyhow::Result<ExitCode> {
    anyhow::bail!("`join` is not built yet; it would run with {config:?}")
}
