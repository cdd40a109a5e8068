//! An invite link with its token, for its maker.

use std::fmt;

use crate::protocol::ids::InviteId;
use crate::protocol::invite_terms::InviteTerms;

/// An invite link with its token, for its maker to hand on.
#[derive(Clone, PartialEq, Eq)]
pub struct InviteLink {
    /// The whole link. Shown to its maker and never logged.
    pub link: String,
    /// Its number in the room, by which it is revoked; `None` if the room's word was missed.
    pub number: Option<InviteId>,
    /// What it offers.
    pub terms: InviteTerms,
    /// Whether it was made now; else it was made before, and is handed out again.
    pub is_new: bool,
}

/// Shows all but the link.
impl fmt::Debug for InviteLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InviteLink")
            .field("number", &self.number)
            .field("terms", &self.terms)
            .field("is_new", &self.is_new)
            .finish_non_exhaustive()
    }
}
