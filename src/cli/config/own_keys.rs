//! The table `[keys]`: a member's own keys for what is done outside of the line.

use std::collections::BTreeMap;
use std::path::Path;

use super::error::{ConfigError, FilePosition};
use super::file::{Settings, WrittenValue};
use crate::app::keys::own::{self, KeyFault, KeyMap, OWN_ACTIONS};
use crate::cli::args::ValueFault;

/// The name of the table.
pub(super) const TABLE: &str = "keys";

/// The names of what can have another key.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    OWN_ACTIONS.iter().map(|(name, _)| *name)
}

/// The usual key of an action, the first if it has several.
pub(super) fn usual(name: &str) -> Option<String> {
    let action = own::action_named(name)?;
    own::usual(action).map(own::written)
}

/// The key map of a file.
///
/// # Errors
/// [`ConfigError::Value`] with the line of the first key that is no good.
pub(super) fn read(settings: &Settings, path: &Path) -> Result<KeyMap, ConfigError> {
    let mut keys = Vec::new();
    for (name, text) in &settings.keys {
        let Some(action) = own::action_named(name) else {
            continue;
        };
        let press = own::read(text).map_err(|fault| refused(settings, path, name, fault))?;
        keys.push((action, press));
    }
    KeyMap::of(keys).map_err(|(action, fault)| {
        let named = OWN_ACTIONS.iter().find(|(_, own)| *own == action);
        let name = named.map_or("", |(name, _)| *name);
        refused(settings, path, name, fault)
    })
}

fn refused(settings: &Settings, path: &Path, name: &str, fault: KeyFault) -> ConfigError {
    let key = format!("{TABLE}.{name}");
    let line = line(&settings.written, &key);
    ConfigError::Value {
        place: FilePosition {
            path: path.to_owned(),
            line,
        },
        key,
        fault: ValueFault::Key(fault),
    }
}

fn line(written: &BTreeMap<String, WrittenValue>, key: &str) -> usize {
    written.get(key).map_or(1, |written| written.line)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::cli::config::file::parse;
    use crate::texts::language::Language;

    #[test]
    fn a_wrong_key_is_refused_with_its_line_and_what_to_do() {
        for (text, expected) in [
            (
                "[keys]\nmute = \"M\"\nadd = \"f\"",
                "c, line 3: invalid value for `keys.add`: this key is the one of `fullscreen`; \
                 give that another one, or take a free one",
            ),
            (
                "[keys]\nmute = \"F1\"",
                "c, line 2: invalid value for `keys.mute`: this key has a fixed meaning; take \
                 another one",
            ),
            (
                "[keys]\nmute = \"Hyper-M\"",
                "line 2: invalid value for `keys.mute`: write a key such as x, X, Space",
            ),
            (
                "[keys]\nmute = [\"m\", \"M\"]",
                "line 2: invalid value for `keys.mute`: write a key such as x, X, Space",
            ),
            (
                "[keys]\nmuet = \"M\"",
                "line 2: there's no setting `keys.muet`. Did you mean `keys.mute`?",
            ),
            (
                "[keys]\nmute = \"M\"\nmute = \"N\"",
                "line 3: this isn't valid TOML: the setting is set twice",
            ),
        ] {
            let fault = parse(text, Path::new("c")).expect_err(text);
            let words = fault.words(Language::English);
            assert!(words.contains(expected), "{text}\n{words}");
        }
        assert!(parse("[keys]\nmute = \"f\"\nfullscreen = \"m\"", Path::new("c")).is_ok());
    }
}
