//! Text that people write: cleaned and bounded, so that a value which exists can be shown.
//!
//! Cleaning removes what could steer a terminal or reorder a line: control characters,
//! bidirectional controls, invisible characters, marks on nothing. What is left may still be
//! wide or combining; laying it out is the screen's business.

use std::fmt;

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
    /// It is no name that a member may have.
    #[error(transparent)]
    Name(#[from] NameFault),
}

/// Cleans a text that must have something visible and at most `max` code points.
fn bounded(text: &str, max: usize) -> Result<String, TextError> {
    let cleaned = clean(text, usize::MAX);
    if cleaned.is_empty() {
        Err(TextError::Empty)
    } else if cleaned.chars().count() > max {
        Err(TextError::TooLong { max })
    } else {
        Ok(cleaned)
    }
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
                bounded(text, Self::MAX_CHARS).map(Self)
            }

            /// Cleans a text and cuts it to the greatest length; `None` if nothing is left.
            #[must_use]
            pub fn truncated(text: &str) -> Option<Self> {
                let cleaned = clean(text, Self::MAX_CHARS);
                (!cleaned.is_empty()).then_some(Self(cleaned))
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
    /// A name or a number that means a member, in the answer about it. It need not be a name that
    /// a member may have; of one that [`MemberName::recorded`] read, what it replaced is gone.
    WrittenName, 24
}
clean_text! {
    /// The title of a room or of a film.
    Title, 120
}
clean_text! {
    /// One chat message.
    ChatText, 500
}

impl ChatText {
    /// What stands in place of a message that was taken away. Clients word it themselves;
    /// this is for those that do not know of it.
    #[must_use]
    pub fn erased() -> Self {
        Self("(removed)".to_owned())
    }
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
mod tests;
