//! `watchtogether serve`: runs a room server.

use std::process::ExitCode;

use super::config::ServeConfig;

/// Runs the subcommand to its end.
///
/// # Errors
/// Whatever ended it before its time.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the subcommand owns its settings"
)]
pub fn run(config: ServeConfig) -> anyhow::Result<ExitCode> {
    anyhow::bail!("`serve` is not built yet; it would run with {config:?}")
}
