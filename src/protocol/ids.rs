//! Identifiers, each a type of its own.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Declares a number that identifies something in a room.
macro_rules! number_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema,
        )]
        #[serde(transparent)]
#[schemars(!transparent)]
        pub struct $name(pub u64);

        impl $name {
            /// The number after this one.
            #[must_use]
            pub const fn next(self) -> Self {
                Self(self.0.saturating_add(1))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}", self.0)
            }
        }
    };
}

number_id! {
    /// A member of a room. Never reused within the room.
    MemberId
}

impl MemberId {
    /// By whom an event is that the server's operator caused, who is no member: members count
    /// from 1. An older client takes it for a member whom it does not know.
    pub const OPERATOR: Self = Self(0);
}

number_id! {
    /// An entry of a room's queue, shown as `#14`. Never reused within the room.
    EntryId
}
number_id! {
    /// A line of a room's chat. Never reused within the room.
    ChatId
}
number_id! {
    /// An invite link of a room, shown as `#3`. Never reused within the room.
    InviteId
}
number_id! {
    /// The number of an event in its room's log; the first event is 1.
    Rev
}
number_id! {
    /// The number of a command among all that its member has sent to the room; the first is 1.
    Seq
}
number_id! {
    /// Identifies the media that is loaded: grows by one with each load; 0 before the first.
    Epoch
}

/// Declares an opaque name that the server generates.
macro_rules! opaque_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(transparent)]
#[schemars(!transparent)]
        pub struct $name(pub String);
    };
}

opaque_id! {
    /// A server process. A clock estimate for one node is worthless for another.
    NodeId
}
opaque_id! {
    /// One opening of a room's log. Revs of different logs cannot be compared.
    LogId
}

/// The name of the suggested room; a test checks that it is valid.
const SUGGESTED_ROOM: &str = "movie-night";

/// A room's name in links and commands: `[a-z0-9][a-z0-9-]{1,39}`.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "String", into = "String")]
#[schemars(!try_from, !into, extend("pattern" = RoomId::pattern()))]
pub struct RoomId(String);

/// The text is not a valid room name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "a room's name has 2 to 40 lower-case letters, digits and hyphens, \
     and begins with a letter or digit, such as movie-night"
)]
pub struct RoomIdError;

impl RoomId {
    /// The fewest characters of a name.
    pub const SHORTEST: usize = 2;
    /// The most characters of a name (judgement: it is typed and spoken).
    pub const LONGEST: usize = 40;

    /// What every name matches, as a regular expression.
    #[must_use]
    pub fn pattern() -> String {
        let (least, most) = (Self::SHORTEST - 1, Self::LONGEST - 1);
        format!("^[a-z0-9][a-z0-9-]{{{least},{most}}}$")
    }

    /// Reads a room name.
    ///
    /// # Errors
    /// [`RoomIdError`] if it does not match the pattern above.
    pub fn parse(text: &str) -> Result<Self, RoomIdError> {
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        let fits = (Self::SHORTEST..=Self::LONGEST).contains(&text.len())
            && text.starts_with(allowed)
            && text.chars().all(|c| allowed(c) || c == '-');
        if fits {
            Ok(Self(text.to_owned()))
        } else {
            Err(RoomIdError)
        }
    }

    /// The room suggested to people who have none in mind.
    #[must_use]
    pub fn suggested() -> Self {
        Self(SUGGESTED_ROOM.to_owned())
    }

    /// The name as it appears in links and on screens.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RoomId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for RoomId {
    type Error = RoomIdError;
    fn try_from(text: String) -> Result<Self, RoomIdError> {
        Self::parse(&text)
    }
}

impl From<RoomId> for String {
    fn from(id: RoomId) -> Self {
        id.0
    }
}

#[cfg(test)]
mod tests {
    use super::RoomId;

    #[test]
    fn room_names_have_one_form() {
        for good in ["movie-night", "a1", "0-0", &"a".repeat(40)] {
            assert!(RoomId::parse(good).is_ok(), "{good}");
        }
        let long = "a".repeat(41);
        for bad in ["", "a", "-ab", "Movie", "a b", "кино", "a/b", "a\n", &long] {
            assert!(RoomId::parse(bad).is_err(), "{bad:?}");
        }
        let suggested = RoomId::suggested();
        assert_eq!(RoomId::parse(suggested.as_str()), Ok(suggested));
    }
}
