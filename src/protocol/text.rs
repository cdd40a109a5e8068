//! Text that people write: cleaned and bounded, so that a value which exists can be shown.
//!
//! Cleaning removes what could steer a terminal or reorder a line: control characters,
//! bidirectional controls, invisible characters. What is left may still be wide or
//! combining; laying it out is the screen's business.

use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;

/// Most code points kept of one grapheme: enough for a family emoji with skin tones
/// (up to 10), too few to climb over the lines above.
const MAX_GRAPHEME_CHARS: usize = 12;

/// Makes a text safe to show: control, bidirectional and invisible characters are dropped,
/// runs of white space become one blank, and at most `max_chars` code points are kept,
/// cut between graphemes.
#[must_use]
pub fn clean(text: &str, max_chars: usize) -> String {
    let mut kept = String::new();
    let mut count = 0;
    let spaced: String = text
        .chars()
        .filter_map(|c| match c {
            c if c.is_whitespace() => Some(' '),
            c if is_hostile(c) => None,
            c => Some(c),
        })
        .collect();
    for word in spaced.split(' ').filter(|word| !word.is_empty()) {
        let gap = usize::from(!kept.is_empty());
        if count + gap >= max_chars {
            break;
        }
        if gap == 1 {
            kept.push(' ');
            count += 1;
        }
        for grapheme in word.graphemes(true) {
            let chars: Vec<char> = grapheme.chars().take(MAX_GRAPHEME_CHARS).collect();
            if count + chars.len() > max_chars {
                return kept;
            }
            count += chars.len();
            kept.extend(chars);
        }
    }
    kept
}

/// Whether a character can steer a terminal, reorder text or hide in it.
pub(crate) fn is_hostile(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00AD}' | '\u{061C}' | '\u{180E}' | '\u{200B}' | '\u{200C}' | '\u{200E}' | '\u{200F}'
            | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF0}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E007F}' | '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}')
}

/// Why a text was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing visible is left of it.
    #[error("nothing visible is left of the text")]
    Empty,
    /// It has more code points than allowed.
    #[error("the text is longer than {max} characters")]
    TooLong {
        /// The most code points allowed.
        max: usize,
    },
    /// It is no single emoji.
    #[error("that is not one emoji")]
    NotEmoji,
}

/// Declares a cleaned text with a greatest length in code points.
macro_rules! clean_text {
    ($(#[$doc:meta])* $name:ident, $max:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The most code points it may have.
            pub const MAX_CHARS: usize = $max;

            /// Cleans a text and takes it if something is left and it is not too long.
            ///
            /// # Errors
            /// [`TextError`] if nothing visible is left, or too much.
            pub fn parse(text: &str) -> Result<Self, TextError> {
                // One more than allowed tells "too long" from "just fits".
                let cleaned = clean(text, Self::MAX_CHARS + 1);
                if cleaned.is_empty() {
                    Err(TextError::Empty)
                } else if cleaned.chars().count() > Self::MAX_CHARS {
                    Err(TextError::TooLong { max: Self::MAX_CHARS })
                } else {
                    Ok(Self(cleaned))
                }
            }

            /// Cleans a text and cuts it to the greatest length; `None` if nothing is left.
            #[must_use]
            pub fn truncated(text: &str) -> Option<Self> {
                let cleaned = clean(text, Self::MAX_CHARS);
                let cleaned = cleaned.trim_end();
                (!cleaned.is_empty()).then(|| Self(cleaned.to_owned()))
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = TextError;
            fn try_from(text: String) -> Result<Self, TextError> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> Self {
                text.0
            }
        }
    };
}

clean_text! {
    /// A member's display name.
    MemberName, 24
}
clean_text! {
    /// The title of a room or of a film.
    Title, 120
}
clean_text! {
    /// One chat message.
    ChatText, 500
}

/// One emoji, as a reaction carries it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Emoji(String);

impl Emoji {
    /// The five reactions on the keys 1 to 5, as the original had them.
    pub const FIVE: [&'static str; 5] = ["❤️", "🔥", "😂", "😱", "💀"];

    /// Takes one emoji, in any of its presentations.
    ///
    /// # Errors
    /// [`TextError::NotEmoji`] for anything else.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        emojis::get(text.trim())
            .map(|emoji| Self(emoji.as_str().to_owned()))
            .ok_or(TextError::NotEmoji)
    }

    /// The emoji.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Emoji {
    type Error = TextError;
    fn try_from(text: String) -> Result<Self, TextError> {
        Self::parse(&text)
    }
}

impl From<Emoji> for String {
    fn from(emoji: Emoji) -> Self {
        emoji.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};

    use super::{ChatText, Emoji, MemberName, TextError, clean, is_hostile};

    #[test]
    fn escape_sequences_lose_their_teeth() {
        let cases = [
            ("\x1b[2J\x1b]0;owned\x07hi", "[2J]0;ownedhi"),
            ("a\u{202E}b\u{2066}c", "abc"),
            ("one\r\ntwo\tthree", "one two three"),
            ("\u{9b}31mred", "31mred"),
            ("ze\u{200B}ro", "zero"),
        ];
        for (text, expected) in cases {
            assert_eq!(clean(text, 100), expected, "{text:?}");
        }
    }

    #[test]
    fn other_scripts_and_joined_emoji_stay_whole() {
        for text in ["наконец-то 🍿", "👨‍👩‍👧‍👦", "❤️", "日本語", "e\u{301}"]
        {
            assert_eq!(clean(text, 100), text);
        }
    }

    #[test]
    fn towers_of_combining_marks_are_cut() {
        let tower = format!("a{}", "\u{301}".repeat(500));
        assert_eq!(clean(&tower, 100).chars().count(), 12);
    }

    #[test]
    fn lengths_are_bounded() {
        assert_eq!(MemberName::parse(" \u{200B} "), Err(TextError::Empty));
        let long = "x".repeat(25);
        assert_eq!(
            MemberName::parse(&long),
            Err(TextError::TooLong { max: 24 })
        );
        let cut = MemberName::truncated(&long).unwrap();
        assert_eq!(cut.as_str().len(), 24);
    }

    #[test]
    fn a_reaction_is_one_emoji() {
        for emoji in Emoji::FIVE {
            assert_eq!(Emoji::parse(emoji).unwrap().as_str(), emoji);
        }
        for text in ["", "a", "🔥🔥", "\x1b", "<3"] {
            assert!(Emoji::parse(text).is_err(), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_clean_stays_as_it_is(text in any::<String>()) {
            let cleaned = clean(&text, 80);
            proptest::prop_assert!(cleaned.chars().count() <= 80);
            proptest::prop_assert!(!cleaned.chars().any(is_hostile));
            if let Ok(chat) = ChatText::parse(&text) {
                proptest::prop_assert_eq!(ChatText::parse(chat.as_str()).unwrap(), chat);
            }
        }
    }
}
