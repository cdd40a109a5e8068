//! Somebody as a member reads of them.

use crate::protocol::ids::MemberId;
use crate::protocol::member::Member;
use crate::protocol::text::MemberName;

/// Somebody by their name, and whether it is the member who is told: they read "you".
///
/// That is settled when it is told: names change, and what is written stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Their name then.
    pub name: MemberName,
    /// Whether it is the member who is told.
    pub is_you: bool,
}

impl Person {
    /// A member, as `me` reads of them.
    pub(in crate::app) fn of(member: &Member, me: MemberId) -> Self {
        Self {
            name: member.name.clone(),
            is_you: member.id == me,
        }
    }

    /// Somebody else.
    #[must_use]
    pub const fn other(name: MemberName) -> Self {
        Self {
            name,
            is_you: false,
        }
    }
}
