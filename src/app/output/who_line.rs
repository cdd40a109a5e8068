//! A member in the list of those who are here.

use crate::protocol::ids::MemberId;
use crate::protocol::member::{MemberFlags, Role};
use crate::protocol::text::MemberName;
use crate::wire::message::Health;

/// One member in the answer to `/who`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhoLine {
    /// Their number, which distinguishes names that look alike.
    pub id: MemberId,
    /// Their name as the room has it.
    pub name: MemberName,
    /// Their role, or the one they have for now.
    pub role: Role,
    /// Whether only for now.
    pub acting: bool,
    /// Whether it is oneself.
    pub you: bool,
    /// The admin for whom they could be taken by their name, who they are not.
    pub passes_for: Option<MemberName>,
    /// Whether they are muted, or not waited for.
    pub flags: MemberFlags,
    /// The state of their player, if the server has reported it.
    pub health: Option<Health>,
}
