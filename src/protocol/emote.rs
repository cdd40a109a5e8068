//! Emotes: a room's own short texts or emoji, which stand in chat for their names.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_width::UnicodeWidthStr;

use super::text::{TextError, bounded, clean};

/// The name of an emote, without the colons around it: 2 to 20 lower-case letters of any script,
/// digits and `_`. Capitals are read as small letters, and composed and decomposed letters alike.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "String", into = "String")]
#[schemars(!try_from, !into, extend("minLength" = EmoteName::LENGTHS.start(), "maxLength" = EmoteName::LENGTHS.end() + 2))]
pub struct EmoteName(String);

/// What stands for an emote's name: an emoji, or a short picture of letters.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "String", into = "String")]
#[schemars(!try_from, !into, extend("minLength" = 1, "maxLength" = EmoteText::MAX_CHARS))]
pub struct EmoteText(String);

/// What an emote stands for from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EmoteChange {
    /// Its name.
    pub name: EmoteName,
    /// What stands for it; `None` takes it away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<EmoteText>,
}

/// The text is no name of an emote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the name of an emote has 2 to 20 letters, digits and _")]
pub struct NotAnEmoteName;

impl EmoteName {
    /// The fewest and the most characters of a name.
    const LENGTHS: std::ops::RangeInclusive<usize> = 2..=20;
    /// The most bytes of what is read for a name: each character may be written in four, and as a
    /// letter with up to two marks.
    const MOST_BYTES: usize = 20 * 4 * 3;

    /// Parses a name, with or without its colons.
    ///
    /// # Errors
    /// [`NotAnEmoteName`] for anything else.
    pub fn parse(text: &str) -> Result<Self, NotAnEmoteName> {
        let within = text
            .strip_prefix(':')
            .and_then(|text| text.strip_suffix(':'));
        let name = within.unwrap_or(text);
        // Whatever is longer before it is folded is so behind it: nothing is measured without end.
        if name.len() > Self::MOST_BYTES {
            return Err(NotAnEmoteName);
        }
        let name: String = name.nfc().flat_map(char::to_lowercase).nfc().collect();
        let is_allowed = |c: char| c.is_alphanumeric() || c == '_' || is_combining_mark(c);
        let is_bounded = Self::LENGTHS.contains(&name.chars().count());
        // What cleaning changes has marks without a letter, or more than one line bears.
        if is_bounded && name.chars().all(is_allowed) && clean(&name, usize::MAX) == name {
            Ok(Self(name))
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

impl EmoteText {
    /// The most code points.
    pub const MAX_CHARS: usize = 32;
    /// The most columns of a terminal: as many as code points, of which wide ones count double.
    pub const MAX_COLUMNS: usize = 32;

    /// Cleans a text and accepts it if it is neither empty, nor too long or wide.
    ///
    /// # Errors
    /// [`TextError`] if nothing visible remains, or too much.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        let max = Self::MAX_COLUMNS;
        let text = bounded(text, usize::MAX)?;
        if text.width() > max {
            return Err(TextError::TooWide { max });
        }
        bounded(&text, Self::MAX_CHARS).map(Self)
    }

    /// The text as a string slice.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for EmoteText {
    type Error = TextError;
    fn try_from(text: String) -> Result<Self, TextError> {
        Self::parse(&text)
    }
}

impl From<EmoteText> for String {
    fn from(text: EmoteText) -> Self {
        text.0
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
    use super::{EmoteName, EmoteText, TextError};

    #[test]
    fn a_name_is_read_with_or_without_colons() {
        for text in ["party_1", ":party_1:", "Party_1"] {
            assert_eq!(EmoteName::parse(text).unwrap().as_str(), "party_1");
        }
        for text in ["", "a", ":a:", "a b", ":ab", "a-b", &"a".repeat(21)] {
            assert!(EmoteName::parse(text).is_err(), "{text}");
        }
        assert_eq!(EmoteName::parse("ok").unwrap().to_string(), ":ok:");
    }

    #[test]
    fn a_name_has_letters_of_any_script() {
        for (text, expected) in [
            (":кино:", "кино"),
            ("Ура", "ура"),
            ("Еи\u{306}", "ей"),
            ("映画", "映画"),
            ("हिन्दी", "हिन्दी"),
            (&"ж".repeat(20), &"ж".repeat(20)),
        ] {
            let name = EmoteName::parse(text).unwrap();
            assert_eq!(name.as_str(), expected);
            assert_eq!(EmoteName::parse(&name.to_string()).unwrap(), name);
        }
        for text in [
            "\u{301}ab",
            "a\u{202E}b",
            "a\u{200B}b",
            "a\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}b",
            "🎬🎬",
            &"ж".repeat(21),
            &"a\u{301}".repeat(1_000),
        ] {
            assert!(EmoteName::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_text_is_bounded_in_columns_for_everybody() {
        assert!(EmoteText::parse(&"蝴".repeat(16)).is_ok());
        let too_wide = TextError::TooWide { max: 32 };
        for text in ["蝴".repeat(17), "a".repeat(33)] {
            assert_eq!(EmoteText::parse(&text), Err(too_wide));
            let written = serde_json::to_string(&text).unwrap();
            assert!(serde_json::from_str::<EmoteText>(&written).is_err());
        }
        let long = "a\u{301}".repeat(20);
        let too_long = TextError::TooLong { max: 32 };
        assert_eq!(EmoteText::parse(&long), Err(too_long));
        assert_eq!(EmoteText::parse(" \u{7} "), Err(TextError::Empty));
    }
}
