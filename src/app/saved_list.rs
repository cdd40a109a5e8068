//! The names of playlists that the member keeps on this computer.

use crate::protocol::text::Title;

/// What was kept as a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedList {
    /// The name of the list.
    pub name: ListName,
    /// How many links it has.
    pub count: usize,
    /// How many proposals were left out of it.
    pub left_out: usize,
}

/// The name of a saved playlist: cleaned, on one line, at most [`ListName::MAX_CHARS`] long.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ListName(Title);

impl ListName {
    /// The most characters of a name (judgement: as many as a member's; in hexadecimal digits it is a
    /// file's name everywhere).
    pub const MAX_CHARS: usize = 24;

    /// Cleans a name; `None` if nothing is left of it, or too much.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let name = Title::parse(text).ok()?;
        let is_short = name.as_str().chars().count() <= Self::MAX_CHARS;
        is_short.then_some(Self(name))
    }

    /// The name as a person reads it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}
