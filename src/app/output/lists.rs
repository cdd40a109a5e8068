//! Lists in which a reader may find themselves.

use crate::protocol::invite_terms::OpenInvite;
use crate::protocol::member::Ban;
use crate::protocol::text::MemberName;

/// Who is banned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BanList {
    /// The bans, in the order of their making.
    pub bans: Vec<Ban>,
    /// The reader's own name.
    pub me: Option<MemberName>,
}

/// The invite links that work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InviteList {
    /// The links, in the order of their making.
    pub invites: Vec<OpenInvite>,
    /// The reader's own name.
    pub me: Option<MemberName>,
}
