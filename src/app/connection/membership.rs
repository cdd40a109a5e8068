//! How the client stands with the room that it wants to be in, and where it can go back to.

use crate::app::destination::Destination;

/// How the client stands with the room that it wants to be in.
#[derive(Debug)]
pub(super) enum Membership {
    /// No room was joined since the client was started. If this one is not to be had, that is
    /// the end.
    New,
    /// The client was in a room, and goes on trying to be in this one.
    Member,
    /// The client was in a room, and `/join` named this one.
    Switching {
        /// The room to go back to if this one is not to be had.
        back: Box<Destination>,
    },
}

impl Membership {
    /// The client leaves `here` for another room. Says whether it may come back here.
    pub(super) fn set_out_from(&mut self, here: Destination) -> bool {
        let keeps = matches!(self, Self::Member);
        if keeps {
            let back = Box::new(here);
            *self = Self::Switching { back };
        }
        keeps
    }

    /// The room that `/join` named is not to be had. Returns the one to go back to.
    pub(super) fn turn_back(&mut self) -> Option<Destination> {
        match std::mem::replace(self, Self::Member) {
            Self::Switching { back } => Some(*back),
            other => {
                *self = other;
                None
            }
        }
    }
}
