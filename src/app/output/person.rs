//! Somebody as the member reads of them: by name, or as "you".

use crate::protocol::ids::MemberId;
use crate::protocol::member::Member;
use crate::protocol::text::MemberName;

/// Somebody by their name, and whether it is the member who reads it.
///
/// Both are fixed when it is written: names change later, and what is written stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Their name when it was written.
    pub name: MemberName,
    /// Whether it is the member who reads it.
    pub is_you: bool,
}

impl Person {
    /// A member, as the member `me` reads of them.
    pub(in crate::app) fn of(member: &Member, me: MemberId) -> Self {
        Self {
            name: member.name.clone(),
            is_you: member.id == me,
        }
    }

    /// Somebody who is not the member who reads it.
    #[must_use]
    pub const fn other(name: MemberName) -> Self {
        Self {
            name,
            is_you: false,
        }
    }
}
