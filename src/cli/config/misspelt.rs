//! Environment variables that begin as ours do and that nothing reads, with those that were probably
//! meant. One that resembles none of ours may be somebody else's.

use clap::CommandFactory;

use super::environment::{
    COLOUR, CONFIG, Environment, LANGUAGE, LOG, PASSWORD, PREFIX, THEME, variable,
};
use super::file::options_of;
use super::keys::SUBCOMMANDS;
use crate::cli::args::Cli;
use crate::cli::{completions, demo, folders, local};
use crate::protocol::text::nearest;

/// The variables that are no options.
const OTHERS: [&str; 10] = [
    COLOUR,
    CONFIG,
    LANGUAGE,
    LOG,
    PASSWORD,
    THEME,
    completions::VARIABLE,
    demo::MARK,
    folders::STATE_OVERRIDE,
    local::OVERRIDE,
];

/// A variable that nothing reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) struct MisspeltVariable {
    /// Its name.
    pub(in crate::cli) name: String,
    /// The one that was probably meant.
    pub(in crate::cli) nearest: String,
}

/// The variables that nothing reads and whose names are nearly those of others that are read, in the
/// order of the alphabet.
#[must_use]
pub(in crate::cli) fn misspelt(environment: &Environment) -> Vec<MisspeltVariable> {
    if environment.names().next().is_none() {
        return Vec::new();
    }
    let cli = Cli::command();
    let options = SUBCOMMANDS.iter().flat_map(|table| options_of(&cli, table));
    let options = options.map(|option| variable(&option.key));
    let known: Vec<String> = options.chain(OTHERS.map(str::to_owned)).collect();
    let unknown = environment
        .names()
        .filter(|name| known.iter().all(|known| known != name));
    let found = unknown.filter_map(|name| {
        // What all have in common says nothing.
        let words = known.iter().filter_map(|known| known.strip_prefix(PREFIX));
        let near = nearest(name.strip_prefix(PREFIX)?, words)?;
        Some(MisspeltVariable {
            name: name.to_owned(),
            nearest: format!("{PREFIX}{near}"),
        })
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::{Environment, MisspeltVariable, misspelt};

    fn found(names: &[&str]) -> Vec<MisspeltVariable> {
        let variables = names.iter().map(|name| (name.into(), "x".into()));
        misspelt(&Environment::from_variables(variables))
    }

    #[test]
    fn a_misspelt_variable_is_found_with_the_one_that_was_meant() {
        let expected = MisspeltVariable {
            name: "WATCHTOGETHER_SERVR".to_owned(),
            nearest: "WATCHTOGETHER_SERVER".to_owned(),
        };
        assert_eq!(found(&["WATCHTOGETHER_SERVR"]), [expected]);
        let meant = |name| found(&[name]).first().map(|found| found.nearest.clone());
        for (name, nearest) in [
            ("WATCHTOGETHER_LANGUAGE", "WATCHTOGETHER_LANG"),
            ("WATCHTOGETHER_COLOUR", "WATCHTOGETHER_COLOR"),
            ("WATCHTOGETHER_STATEDIR", "WATCHTOGETHER_STATE_DIR"),
        ] {
            assert_eq!(meant(name).as_deref(), Some(nearest), "{name}");
        }
    }

    #[test]
    fn what_is_read_and_what_may_be_somebody_elses_is_not_told() {
        let names = [
            "WATCHTOGETHER_SERVER",
            "WATCHTOGETHER_DATA_DIR",
            "WATCHTOGETHER_PASSWORD",
            "WATCHTOGETHER_PASSWORD_FILE",
            "WATCHTOGETHER_CONFIG",
            "WATCHTOGETHER_DEFAULT_SERVER",
            "WATCHTOGETHER_NO_PLAYER_KEYS",
            "WATCHTOGETHER_PLAYER_SCRIPTS",
            "WATCHTOGETHER_BUILD_42",
            "SERVR",
        ];
        assert_eq!(found(&names), []);
    }
}
