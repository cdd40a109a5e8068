//! Text that people write, cleaned and bounded, so that every value that exists can be shown.
//!
//! Cleaning removes what could steer a terminal or reorder a line: control characters,
//! bidirectional controls, invisible characters, and combining marks without a base. What remains
//! may still be wide or combining; the screen deals with its layout.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

mod cleaning;
mod likeness;
mod name;
mod nearest;
mod visible;

pub use cleaning::clean;
pub(crate) use cleaning::{is_hostile, limit_marks};
pub use likeness::fold_name;
#[cfg(test)]
pub(crate) use name::tests::anything_for_a_name;
pub use name::{MemberName, NameFault};
pub(crate) use name::{deserialize_chosen, deserialize_wished};
pub use nearest::nearest;
pub use visible::visible;

/// Why a text was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing visible remains after cleaning.
    #[error("nothing visible is left of the text")]
    Empty,
    /// It has too many code points.
    #[error("the text is longer than {max} characters")]
    TooLong {
        /// The most code points allowed.
        max: usize,
    },
    /// It takes too many columns of a terminal.
    #[error("the text is wider than {max} columns")]
    TooWide {
        /// The most columns allowed.
        max: usize,
    },
    /// It is not a single emoji: several, text, or a character without an emoji presentation.
    #[error("that is not one emoji")]
    NotEmoji,
    /// It breaks one of the rules for names.
    #[error(transparent)]
    Name(#[from] NameFault),
}

/// Cleans a text and checks that something visible and at most `max` code points remain.
pub(super) fn bounded(text: &str, max: usize) -> Result<String, TextError> {
    let cleaned = clean(text, usize::MAX);
    if cleaned.is_empty() {
        Err(TextError::Empty)
    } else if cleaned.chars().count() > max {
        Err(TextError::TooLong { max })
    } else {
        Ok(cleaned)
    }
}

/// Declares a cleaned text with a maximum length in code points.
macro_rules! clean_text {
    ($(#[$doc:meta])* $name:ident, $max:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(try_from = "String", into = "String")]
        #[schemars(!try_from, !into, extend("minLength" = 1, "maxLength" = $name::MAX_CHARS))]
        pub struct $name(String);

        impl $name {
            /// The maximum length, in code points.
            pub const MAX_CHARS: usize = $max;

            /// Cleans a text and accepts it if it is neither empty nor too long.
            ///
            /// # Errors
            /// [`TextError`] if nothing visible remains, or too much.
            pub fn parse(text: &str) -> Result<Self, TextError> {
                bounded(text, Self::MAX_CHARS).map(Self)
            }

            /// Cleans a text and truncates it to the maximum length; `None` if nothing remains.
            #[must_use]
            pub fn truncated(text: &str) -> Option<Self> {
                let cleaned = clean(text, Self::MAX_CHARS);
                (!cleaned.is_empty()).then_some(Self(cleaned))
            }

            /// The text as a string slice.
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
    /// A member's name or number as written in a command, for the answer about it. It need not be a
    /// valid name. For a name that [`MemberName::recorded`] read, the replaced characters are lost.
    WrittenName, 24
}
clean_text! {
    /// The title of a room or of media, on one line.
    Title, 120
}
clean_text! {
    /// One chat message, on one line.
    ChatText, 500
}

impl ChatText {
    /// The placeholder for an erased message. Clients have a wording of their own; this is for
    /// those that do not know about erasing.
    #[must_use]
    pub fn erased() -> Self {
        Self("(removed)".to_owned())
    }
}

/// One emoji, as a reaction carries it.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "String", into = "String")]
#[schemars(!try_from, !into, extend("minLength" = 1, "maxLength" = Emoji::MAX_CHARS))]
pub struct Emoji(String);

impl Emoji {
    /// The most code points of an emoji (measured: the longest ones are two people of two skin
    /// tones who kiss).
    pub const MAX_CHARS: usize = 10;

    /// The five reactions on the keys 1 to 5, as in the original program.
    pub const FIVE: [&'static str; 5] = ["❤️", "🔥", "😂", "😱", "💀"];

    /// Parses one emoji, in any of its presentations.
    ///
    /// # Errors
    /// [`TextError::NotEmoji`] for anything else.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        emojis::get(text.trim())
            .map(|emoji| Self(emoji.as_str().to_owned()))
            .ok_or(TextError::NotEmoji)
    }

    /// The emoji as a string slice.
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
mod tests;
