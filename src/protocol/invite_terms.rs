//! What an invite link offers: for how long it works, how often, and which role it gives.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ids::InviteId;
use super::member::Role;
use super::text::MemberName;
use super::time::Span;

/// What an invite link offers. A value that exists is within the bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "WrittenTerms")]
#[schemars(!try_from)]
pub struct InviteTerms {
    /// The role of those who come in by it: viewer or moderator.
    role: Role,
    /// For how long it works: a minute to 30 days.
    lasts: Span,
    /// How many it lets in: 1 to 1,000.
    uses: u32,
}

/// Terms as they travel, before their bounds are checked.
#[derive(Deserialize)]
struct WrittenTerms {
    #[serde(default)]
    role: Role,
    lasts: Span,
    uses: u32,
}

/// Why terms are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InviteTermsError {
    /// An invite makes viewers and moderators, never admins.
    #[error("an invite link makes nobody an admin")]
    Admin,
    /// It would work for less than a minute or for more than 30 days.
    #[error("an invite link works for 1 minute to 30 days")]
    Lasts,
    /// It would work never, or more than 1,000 times.
    #[error("an invite link works 1 to 1,000 times")]
    Uses,
}

impl InviteTerms {
    /// How long an invite works if nothing is said.
    pub const LASTS: Span = Span::seconds(7 * 86_400);
    /// The shortest time.
    pub const SHORTEST: Span = Span::seconds(60);
    /// The longest time (judgement: a link that leaks does not stay open for ever).
    pub const LONGEST: Span = Span::seconds(30 * 86_400);
    /// How many people it lets in if nothing is said, and at most: as many as a room holds.
    pub const MOST_USES: u32 = 1_000;

    /// Checks the terms of an invite.
    ///
    /// # Errors
    /// [`InviteTermsError`] says which bound is passed.
    pub fn new(role: Role, lasts: Span, uses: u32) -> Result<Self, InviteTermsError> {
        if role == Role::Admin {
            return Err(InviteTermsError::Admin);
        }
        if !(Self::SHORTEST..=Self::LONGEST).contains(&lasts) {
            return Err(InviteTermsError::Lasts);
        }
        if !(1..=Self::MOST_USES).contains(&uses) {
            return Err(InviteTermsError::Uses);
        }
        Ok(Self { role, lasts, uses })
    }

    /// The role of those who come in by it.
    #[must_use]
    pub const fn role(self) -> Role {
        self.role
    }

    /// For how long it works.
    #[must_use]
    pub const fn lasts(self) -> Span {
        self.lasts
    }

    /// How many new members it lets in.
    #[must_use]
    pub const fn uses(self) -> u32 {
        self.uses
    }
}

/// For viewers, a week, as many as a room holds.
impl Default for InviteTerms {
    fn default() -> Self {
        Self {
            role: Role::Viewer,
            lasts: Self::LASTS,
            uses: Self::MOST_USES,
        }
    }
}

impl TryFrom<WrittenTerms> for InviteTerms {
    type Error = InviteTermsError;
    fn try_from(written: WrittenTerms) -> Result<Self, InviteTermsError> {
        Self::new(written.role, written.lasts, written.uses)
    }
}

/// An invite that works, as its room's admins may see it. Its token is known to nobody but its maker
/// and those whom they gave the link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OpenInvite {
    /// Its number in the room, by which it is revoked.
    pub invite: InviteId,
    /// The role of those who come in by it.
    pub role: Role,
    /// How many more new members it lets in.
    pub uses: u32,
    /// For how much longer it works.
    pub lasts: Span,
    /// The name of its maker; `None` if the room has forgotten them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<MemberName>,
}

#[cfg(test)]
mod tests {
    use super::{InviteTerms, InviteTermsError};
    use crate::protocol::member::Role;
    use crate::protocol::time::Span;

    #[test]
    fn terms_beyond_their_bounds_are_refused_in_writing_too() {
        let (day, most) = (Span::seconds(86_400), InviteTerms::MOST_USES);
        let table = [
            (Role::Moderator, day, 1, None),
            (Role::Viewer, Span::seconds(30 * 86_400), most, None),
            (Role::Admin, day, 1, Some(InviteTermsError::Admin)),
            (
                Role::Viewer,
                Span::seconds(59),
                1,
                Some(InviteTermsError::Lasts),
            ),
            (
                Role::Viewer,
                Span::seconds(31 * 86_400),
                1,
                Some(InviteTermsError::Lasts),
            ),
            (Role::Viewer, day, 0, Some(InviteTermsError::Uses)),
            (Role::Viewer, day, most + 1, Some(InviteTermsError::Uses)),
        ];
        for (role, lasts, uses, refused) in table {
            let terms = InviteTerms::new(role, lasts, uses);
            assert_eq!(terms.err(), refused, "{role:?} {lasts:?} {uses}");
            let role = serde_json::to_string(&role).unwrap();
            let lasts = lasts.0;
            let written = format!(r#"{{"role":{role},"lasts":{lasts},"uses":{uses}}}"#);
            let read: Result<InviteTerms, _> = serde_json::from_str(&written);
            assert_eq!(read.is_err(), refused.is_some(), "{written}");
        }
        let usual = InviteTerms::default();
        assert_eq!(
            InviteTerms::new(usual.role(), usual.lasts(), usual.uses()),
            Ok(usual)
        );
    }
}
