//! The layer of environment variables: `WATCHTOGETHER_` and the option's name in capitals.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use clap::{ArgAction, CommandFactory};
use serde::de::DeserializeOwned;
use toml::{Table, Value};

use super::error::ConfigError;
use super::file::Keyed;
use crate::cli::args::{self, Cli, ValueFault};

/// The prefix of all our variables.
pub(super) const PREFIX: &str = "WATCHTOGETHER_";

/// The variable that names the configuration file.
pub(super) const CONFIG: &str = "WATCHTOGETHER_CONFIG";

/// The variable that sets the language.
pub(in crate::cli) const LANGUAGE: &str = "WATCHTOGETHER_LANG";

/// The variable that says when there are colours.
pub(in crate::cli) const COLOUR: &str = "WATCHTOGETHER_COLOR";

/// The variable that sets the theme.
pub(super) const THEME: &str = "WATCHTOGETHER_THEME";

/// The variable that sets the log level.
pub(super) const LOG: &str = "WATCHTOGETHER_LOG";

/// The variable that holds the room's password.
pub(super) const PASSWORD: &str = "WATCHTOGETHER_PASSWORD";

/// Our variables, as read at the start. An empty one counts as unset, except for the password: an
/// empty password is an error, because it would create an open room.
#[derive(Debug, Clone, Default)]
pub struct Environment(BTreeMap<String, OsString>);

impl Environment {
    /// The environment of this process.
    #[must_use]
    pub fn of_process() -> Self {
        Self::from_variables(std::env::vars_os())
    }

    /// The variables among `all` that have our prefix.
    #[must_use]
    pub fn from_variables(all: impl IntoIterator<Item = (OsString, OsString)>) -> Self {
        let ours = all.into_iter().filter_map(|(name, value)| {
            let name = name.into_string().ok()?;
            let is_set = !value.is_empty() || name == PASSWORD;
            (name.starts_with(PREFIX) && is_set).then_some((name, value))
        });
        Self(ours.collect())
    }

    /// The names of the variables that are set.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The value of a variable that holds a path.
    #[must_use]
    pub fn path(&self, name: &str) -> Option<PathBuf> {
        self.0.get(name).map(PathBuf::from)
    }

    /// The value of a variable that holds text.
    ///
    /// # Errors
    /// [`ConfigError::Variable`] if it is not UTF-8.
    pub fn text(&self, name: &str) -> Result<Option<String>, ConfigError> {
        self.0.get(name).map(|value| utf8(name, value)).transpose()
    }

    /// The variable of an option and its value, as the file would have it; `None` if it is not set.
    ///
    /// # Errors
    /// [`ConfigError::Variable`] if it is not UTF-8, or is a switch and neither on nor off.
    pub(super) fn value(&self, option: &Keyed) -> Result<Option<(String, Value)>, ConfigError> {
        let name = variable(&option.key);
        let Some(text) = self.text(&name)? else {
            return Ok(None);
        };
        let value = match option.action {
            ArgAction::SetTrue => {
                let on = boolean(&text).ok_or_else(|| ConfigError::Variable {
                    name: name.clone(),
                    fault: ValueFault::Boolean,
                })?;
                Value::Boolean(on)
            }
            ArgAction::Append => Value::Array(text.split_whitespace().map(Value::from).collect()),
            _ => Value::String(text),
        };
        Ok(Some((name, value)))
    }

    /// The options of one subcommand.
    ///
    /// # Errors
    /// [`ConfigError::Variable`] names the first variable with an invalid value.
    pub fn options<T: DeserializeOwned>(&self, subcommand: &str) -> Result<T, ConfigError> {
        let mut table = Table::new();
        for option in super::file::options_of(&Cli::command(), subcommand) {
            let Some((name, value)) = self.value(&option)? else {
                continue;
            };
            let text = self.text(&name)?.unwrap_or_default();
            let wrong = |fault| ConfigError::Variable {
                name: name.clone(),
                fault,
            };
            // Parsed alone first, so that an error can name the variable.
            let alone = Table::from_iter([(option.key.clone(), value.clone())]);
            T::deserialize(alone).map_err(|cause| {
                let items = match option.action {
                    ArgAction::Append => text.split_whitespace().collect(),
                    _ => vec![text.as_str()],
                };
                let (key, message) = (&option.key, cause.message());
                wrong(args::fault_of_values(subcommand, key, &items, message))
            })?;
            table.insert(option.key, value);
        }
        T::deserialize(table).map_err(|cause| ConfigError::Variable {
            name: format!("{PREFIX}*"),
            fault: ValueFault::of_type(cause.message()),
        })
    }
}

/// The variable for a key: `data-dir` is `WATCHTOGETHER_DATA_DIR`.
pub(super) fn variable(key: &str) -> String {
    format!("{PREFIX}{}", key.to_ascii_uppercase().replace('-', "_"))
}

fn boolean(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" | "1" => Some(true),
        "false" | "no" | "off" | "0" => Some(false),
        _ => None,
    }
}

fn utf8(name: &str, value: &OsStr) -> Result<String, ConfigError> {
    value
        .to_str()
        .map(str::to_owned)
        .ok_or_else(|| ConfigError::Variable {
            name: name.to_owned(),
            fault: ValueFault::Utf8,
        })
}
