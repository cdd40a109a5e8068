//! What can be done with a member from their menu.

use crate::protocol::member::Role;

/// One thing that can be done with a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MenuItem {
    /// Give them this role.
    Role(Role),
    /// Name them heir.
    Heir,
    /// Choose whether the room does not wait for them.
    WaitExempt(bool),
    /// Take their chat and reactions away (`true`), or give them back.
    Mute(bool),
    /// Send them out, after a question; they may come back.
    Kick,
    /// Send them out for good, after a question, and one about the reach if others share their
    /// address.
    Ban,
    /// Begin a line of chat that mentions them.
    Mention,
}
