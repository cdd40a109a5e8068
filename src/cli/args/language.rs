//! A language on the command line or in the other layers of settings: its code.

use std::str::FromStr;

use clap::builder::{PossibleValuesParser, TypedValueParser, ValueParser};
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

impl LanguageSetting {
    /// How clap reads it. Completions offer the codes.
    #[must_use]
    pub fn parser() -> ValueParser {
        let codes: Vec<&str> = Language::iter().map(Language::code).collect();
        let parser = PossibleValuesParser::new(codes);
        parser.try_map(|code| code.parse::<Self>()).into()
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
