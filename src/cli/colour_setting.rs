//! When the program uses colours, on the command line or in the other layers of settings.

use std::ffi::OsStr;
use std::str::FromStr;

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use clap::{Arg, Command};
use serde::Deserialize;
use strum::{EnumIter, IntoEnumIterator};

/// When there are colours: in what is printed, and on the screen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, EnumIter)]
#[serde(try_from = "String")]
pub enum ColourSetting {
    /// On a terminal that has them, unless the environment speaks against it.
    #[default]
    Auto,
    /// In a pipe or a file, too.
    Always,
    /// Not even on a terminal that has them.
    Never,
}

/// The text is not one of the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("use auto, always or never")]
pub struct UnknownColourSetting;

/// How clap reads the setting. Completions offer the words.
#[derive(Debug, Clone, Copy)]
pub(super) struct ColourParser;

impl TypedValueParser for ColourParser {
    type Value = ColourSetting;

    fn parse_ref(
        &self,
        command: &Command,
        arg: Option<&Arg>,
        value: &OsStr,
    ) -> Result<ColourSetting, clap::Error> {
        let parser = StringValueParser::new().try_map(|word| word.parse::<ColourSetting>());
        parser.parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let words = ColourSetting::iter().map(|setting| PossibleValue::new(setting.code()));
        Some(Box::new(words))
    }
}

impl ColourSetting {
    /// Its word in the layers of settings.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Always => "always",
            Self::Never => "never",
        }
    }
}

impl FromStr for ColourSetting {
    type Err = UnknownColourSetting;
    fn from_str(word: &str) -> Result<Self, UnknownColourSetting> {
        let word = word.trim();
        Self::iter()
            .find(|setting| setting.code() == word)
            .ok_or(UnknownColourSetting)
    }
}

impl TryFrom<String> for ColourSetting {
    type Error = UnknownColourSetting;
    fn try_from(word: String) -> Result<Self, UnknownColourSetting> {
        word.parse()
    }
}
