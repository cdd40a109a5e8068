//! A language on the command line or in the other layers of settings: its code.

use std::ffi::OsStr;
use std::str::FromStr;

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use clap::{Arg, Command};
use serde::Deserialize;
use strum::IntoEnumIterator;

use crate::texts::language::Language;

/// A language as a setting: `en` or `ru`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct LanguageSetting(pub Language);

/// The text is not the code of a language of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("use en or ru")]
pub struct UnknownLanguage;

/// How clap reads a language. Completions offer the codes.
#[derive(Debug, Clone, Copy)]
pub(super) struct LanguageParser;

impl TypedValueParser for LanguageParser {
    type Value = LanguageSetting;

    fn parse_ref(
        &self,
        command: &Command,
        arg: Option<&Arg>,
        value: &OsStr,
    ) -> Result<LanguageSetting, clap::Error> {
        let parser = StringValueParser::new().try_map(|code| code.parse::<LanguageSetting>());
        parser.parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let codes = Language::iter().map(|language| PossibleValue::new(language.code()));
        Some(Box::new(codes))
    }
}

impl FromStr for LanguageSetting {
    type Err = UnknownLanguage;
    fn from_str(code: &str) -> Result<Self, UnknownLanguage> {
        let language = code.trim().parse().map_err(|_| UnknownLanguage)?;
        Ok(Self(language))
    }
}

impl TryFrom<String> for LanguageSetting {
    type Error = UnknownLanguage;
    fn try_from(code: String) -> Result<Self, UnknownLanguage> {
        code.parse()
    }
}
