//! Emotes: a room's own short texts or emoji, which stand in chat for their names.

use std::fmt;

use serde::{Deserialize, Serialize};

pub use super::text::EmoteText;

/// The name of an emote, without the colons around it: 2 to 20 of `a` to `z`, digits and `_`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmoteName(String);

/// What an emote stands for from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmoteChange {
    /// Its name.
    pub name: EmoteName,
    /// What stands for it; `None` takes it away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<EmoteText>,
}

/// The text is no name of an emote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the name of an emote has 2 to 20 of a to z, 0 to 9 and _")]
pub struct NotAnEmoteName;

impl EmoteName {
    /// The fewest and the most characters of a name.
    const LENGTHS: std::ops::RangeInclusive<usize> = 2..=20;

    /// Parses a name, with or without its colons.
    ///
    /// # Errors
    /// [`NotAnEmoteName`] for anything else.
    pub fn parse(text: &str) -> Result<Self, NotAnEmoteName> {
        let within = text
            .strip_prefix(':')
            .and_then(|text| text.strip_suffix(':'));
        let name = within.unwrap_or(text);
        let is_allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if Self::LENGTHS.contains(&name.len()) && name.chars().all(is_allowed) {
            Ok(Self(name.to_owned()))
        } else {
            Err(NotAnEmoteName)
        }
    }

    /// The name as a string slice.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EmoteName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, ":{}:", self.0)
    }
}

impl TryFrom<String> for EmoteName {
    type Error = NotAnEmoteName;
    fn try_from(text: String) -> Result<Self, NotAnEmoteName> {
        Self::parse(&text)
    }
}

impl From<EmoteName> for String {
    fn from(name: EmoteName) -> Self {
        name.0
    }
}

#[cfg(test)]
mod tests {
    use super::EmoteName;

    #[test]
    fn a_name_is_read_with_or_without_colons() {
        for text in ["party_1", ":party_1:"] {
            assert_eq!(EmoteName::parse(text).unwrap().as_str(), "party_1");
        }
        for text in [
            "",
            "a",
            ":a:",
            "Party",
            "a b",
            "вечер",
            ":ab",
            &"a".repeat(21),
        ] {
            assert!(EmoteName::parse(text).is_err(), "{text}");
        }
        assert_eq!(EmoteName::parse("ok").unwrap().to_string(), ":ok:");
    }
}
