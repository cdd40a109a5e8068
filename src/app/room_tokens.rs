//! What the shell keeps of a room for the member: by which tokens they are known there, and
//! how the room was.

use std::fmt;

use super::other_address::OtherAddress;
use crate::protocol::member::Visibility;
use crate::protocol::time::RoomTime;

/// What is kept of a room between two runs of the client.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct RoomTokens {
    /// The token of the last welcome, with which the client comes back as the same member.
    pub resume: Option<String>,
    /// The token that was chosen, and kept, for the next time that the client comes in as
    /// somebody new: so that a welcome that is lost leaves nobody behind.
    pub chosen: Option<String>,
    /// How the room was at the last welcome, which is how it is made again.
    pub visibility: Option<Visibility>,
    /// When the room of the last welcome was created. One that was created at another time is a new
    /// room of the same name.
    pub created: Option<RoomTime>,
    /// The server's other address that is kept, at which the same token counts.
    pub other: Option<OtherAddress>,
    /// Whether the member trusts the room's links, also those into their own network.
    pub trusts_links: bool,
}

/// What is to be kept of a room that the client is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptRoom {
    /// The token with which the client comes back. Never logged.
    pub token: String,
    /// How the room is now: it is made again so, should it be gone.
    pub visibility: Visibility,
    /// When the room was created.
    pub created: RoomTime,
    /// The server's other address, at which the same token counts; `None` if it has none now.
    pub other: Option<OtherAddress>,
}

impl RoomTokens {
    /// These, and what `other` has where they have nothing.
    #[must_use]
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            resume: self.resume.or(other.resume),
            chosen: self.chosen.or(other.chosen),
            visibility: self.visibility.or(other.visibility),
            created: self.created.or(other.created),
            other: self.other.or(other.other),
            trusts_links: self.trusts_links || other.trusts_links,
        }
    }
}

/// Shows which there are, never what they are.
impl fmt::Debug for RoomTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RoomTokens")
            .field("resume", &self.resume.is_some())
            .field("chosen", &self.chosen.is_some())
            .field("visibility", &self.visibility)
            .field("created", &self.created)
            .field("other", &self.other)
            .field("trusts_links", &self.trusts_links)
            .finish()
    }
}
