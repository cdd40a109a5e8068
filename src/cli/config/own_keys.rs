//! The table `[keys]`: a member's own keys for what is done outside of the line.

use std::collections::BTreeMap;

use super::error::{ConfigError, FilePosition};
use crate::app::keys::own::{self, KeyMap, OWN_ACTIONS};
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

/// The key map of the keys of a file, of which `place` says where each is.
///
/// # Errors
/// [`ConfigError::Value`] with the line of the first key that is no good.
pub(super) fn read(
    written: &BTreeMap<String, String>,
    place: impl Fn(&str) -> FilePosition,
) -> Result<KeyMap, ConfigError> {
    let refused = |name: &str, fault| {
        let key = format!("{TABLE}.{name}");
        ConfigError::Value {
            place: place(&key),
            key,
            fault: ValueFault::Key(fault),
        }
    };
    let mut keys = Vec::new();
    for (name, text) in written {
        if let Some(action) = own::action_named(name) {
            let press = own::read(text).map_err(|fault| refused(name, fault))?;
            keys.push((action, press));
        }
    }
    KeyMap::of(keys).map_err(|(action, fault)| {
        let named = OWN_ACTIONS.iter().find(|(_, own)| *own == action);
        refused(named.map_or("", |(name, _)| *name), fault)
    })
}
