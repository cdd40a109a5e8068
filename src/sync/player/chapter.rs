//! Chapters of media, as a player knows them.

use crate::protocol::text::Title;
use crate::protocol::time::Position;

/// A chapter of media.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapter {
    /// Where it begins.
    pub start: Position,
    /// What it is called, if it has a name.
    pub title: Option<Title>,
}

impl Chapter {
    /// The most chapters that are kept of media (judgement: more than a book on film has, and what a
    /// link serves may name any number).
    pub const MOST: usize = 200;
}
