//! What the players of the members who are here tell: this node's own knowledge, no part of
//! the room's log. What follows from it is decided like everything else.

/// The players' reports about the video that is on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reports {}
