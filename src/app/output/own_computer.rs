//! What notices say of the member's own computer: what its player lacks, and where links may lead.

use crate::sync::player::Lack;

/// Something that the player lacks and can do without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FoundLack {
    /// What.
    pub lack: Lack,
    /// Whether this is a terminal of another computer.
    pub over_ssh: bool,
}

/// Whether a room's links into the member's own network are opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkTrust {
    /// They are, because the member trusts this room.
    Trusted,
    /// They are not.
    Closed,
    /// They are in every room, by the settings.
    OpenBySettings,
}
