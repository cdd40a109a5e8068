//! How a layer of settings lies over another.
//!
//! A setting that a higher layer makes also puts aside those of lower layers that exclude
//! it: `--ephemeral` is not held up by a `data-dir` in the file.

use clap::CommandFactory;

use super::error::ConfigError;
use crate::cli::args::{Cli, Layer};

/// What a higher layer puts aside beside what clap lets it exclude: who names a player wants one.
const PUT_ASIDE: (&str, &str) = ("player", "no_player");

/// Lays the three layers of a subcommand's options over each other.
///
/// # Errors
/// [`ConfigError::Both`] if a layer contradicts itself (of flags, clap has seen to it).
pub(super) fn merge<L: Layer>(
    subcommand: &str,
    flags: L,
    environment: L,
    file: L,
) -> Result<L, ConfigError> {
    let rivals = rivals(subcommand);
    for (layer, options) in [("the environment", &environment), ("config.toml", &file)] {
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

/// One layer over a lower one, of which goes what the higher one excludes.
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

/// The pairs of options of a subcommand that exclude each other, as clap knows them.
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
