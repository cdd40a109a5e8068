//! A theme on the command line or in the other layers of settings, and the styles of one's own.

use std::ffi::OsStr;
use std::str::FromStr;

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use clap::{Arg, Command};
use serde::Deserialize;
use strum::IntoEnumIterator;

use crate::app::appearance::{RoleStyle, StyleFault, ThemeChoice};

/// A theme as a setting, such as `light`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct ThemeSetting(pub ThemeChoice);

/// The text names no theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("use auto, dark, light, contrast, mono or own")]
pub struct UnknownTheme;

/// How clap reads a theme. Completions offer the names.
#[derive(Debug, Clone, Copy)]
pub(super) struct ThemeParser;

impl TypedValueParser for ThemeParser {
    type Value = ThemeSetting;

    fn parse_ref(
        &self,
        command: &Command,
        arg: Option<&Arg>,
        value: &OsStr,
    ) -> Result<ThemeSetting, clap::Error> {
        let parser = StringValueParser::new().try_map(|name| name.parse::<ThemeSetting>());
        parser.parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let names = ThemeChoice::iter().map(|theme| PossibleValue::new(theme.code()));
        Some(Box::new(names))
    }
}

impl FromStr for ThemeSetting {
    type Err = UnknownTheme;
    fn from_str(name: &str) -> Result<Self, UnknownTheme> {
        ThemeChoice::of_code(name.trim())
            .map(Self)
            .ok_or(UnknownTheme)
    }
}

impl TryFrom<String> for ThemeSetting {
    type Error = UnknownTheme;
    fn try_from(name: String) -> Result<Self, UnknownTheme> {
        name.parse()
    }
}

/// The style of a role as the file has it: words, or for names several styles with commas between
/// them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct StyleSetting(pub String);

impl TryFrom<String> for StyleSetting {
    type Error = StyleFault;
    fn try_from(text: String) -> Result<Self, StyleFault> {
        for style in text.split(',') {
            RoleStyle::read(style)?;
        }
        Ok(Self(text))
    }
}
