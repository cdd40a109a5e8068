//! `watchtogether gallery`: lists the live rooms.

use std::process::ExitCode;

use super::config::GalleryConfig;

/// Runs the subcommand to its end.
///
/// # Errors
/// Whatever ended it before its time.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the subcommand owns its settings"
)]
pub fn run(config: GalleryConfig) -> anyhow::Result<ExitCode> {
    anyhow::bail!("`gallery` is not built yet; it would run with {config:?}")
}
