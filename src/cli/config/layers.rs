//! Merges the layers of settings.
//!
//! A setting in a higher layer also overrides conflicting ones in lower layers: `--ephemeral` works
//! in spite of a `data-dir` in the file.

use clap::CommandFactory;

use super::error::{ConfigError, LowerLayer};
use crate::cli::args::{Cli, Layer};

/// A conflict that clap does not know: naming a player implies wanting one.
const PUT_ASIDE: (&str, &str) = ("player", "no_player");

/// Merges the three layers of a subcommand's options.
///
/// # Errors
/// [`ConfigError::Both`] if a layer contradicts itself (clap checks the flags).
pub(super) fn merge<L: Layer>(
    subcommand: &str,
    flags: L,
    environment: L,
    file: L,
) -> Result<L, ConfigError> {
    let rivals = rivals(subcommand);
    for (layer, options) in [
        (LowerLayer::Environment, &environment),
        (LowerLayer::File, &file),
    ] {
        let both = |(one, other): &&(String, String)| options.wants(one) && options.wants(other);
        if let Some((one, other)) = rivals.iter().find(both) {
            return Err(ConfigError::Both {
                layer,
                one: key(one),
                other: key(other),
            });
        }
    }
    let lower = over(&rivals, environment, file);
    Ok(over(&rivals, flags, lower))
}

/// Merges a layer over a lower one, whose conflicting settings are dropped.
fn over<L: Layer>(rivals: &[(String, String)], higher: L, mut lower: L) -> L {
    for (one, other) in rivals {
        if higher.wants(one) {
            lower.clear(other);
        }
        if higher.wants(other) {
            lower.clear(one);
        }
    }
    let (player, aside) = PUT_ASIDE;
    if higher.wants(player) {
        lower.clear(aside);
    }
    higher.over(lower)
}

/// The conflicting pairs of a subcommand's options, as declared to clap.
fn rivals(subcommand: &str) -> Vec<(String, String)> {
    let cli = Cli::command();
    let Some(found) = cli.find_subcommand(subcommand) else {
        return Vec::new();
    };
    let pairs = found.get_arguments().flat_map(|one| {
        let others = found.get_arg_conflicts_with(one).into_iter();
        others.map(move |other| (one.get_id().to_string(), other.get_id().to_string()))
    });
    pairs.collect()
}

/// The key of a field: `no_player` is `no-player`.
fn key(field: &str) -> String {
    field.replace('_', "-")
}
