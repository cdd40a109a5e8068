//! Seeks as they are reported: several in quick succession count as one.

use super::person::Person;
use crate::protocol::text::Title;
use crate::protocol::time::Position;

/// A change of the room's position by a member. Of several seeks in quick succession the first is
/// reported at once, and all that follow as one, once they are over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jump {
    /// The member who sought, for all.
    pub who: Person,
    /// The room's position before the first seek that is reported.
    pub from: Position,
    /// The room's position after the last seek that is reported.
    pub to: Position,
    /// The chapter that begins there in the reader's own copy, if it has a name. The app adds it.
    pub chapter: Option<Title>,
    /// Whether it goes back to before the last seek.
    pub undoes: bool,
    /// Whether the reader may undo it.
    pub may_undo: bool,
}
