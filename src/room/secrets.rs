//! What must never leave a server: the hashes of the password, resume tokens, invite tokens and
//! addresses, and what identifies banned members.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::invites::{Invite, Invites};
use crate::protocol::ids::{InviteId, MemberId, NodeId};
use crate::protocol::moderation::MemberReport;
#[cfg(test)]
use crate::room::state::RoomState;
#[cfg(test)]
use crate::test_support::length::Length;

pub use super::hashes::{AddressHash, AddressKey, PasswordHash, TokenHash};

/// The private half of an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum SecretEvent {
    /// The room was created, with a key of its own.
    Created {
        /// The hash of its password, if it has one.
        #[serde(default)]
        password: Option<PasswordHash>,
        /// The room's random key for hashing addresses.
        address_key: AddressKey,
    },
    /// The room was created with this password; only in logs from before rooms had keys.
    Password {
        /// The argon2 hash of the password.
        hash: PasswordHash,
    },
    /// The room's visibility was changed, and its password with it.
    PasswordChanged {
        /// The hash of the new password; `None` if the room has none any more.
        #[serde(default)]
        password: Option<PasswordHash>,
        /// Members who left long before, and cannot return without it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        void: Vec<MemberId>,
    },
    /// An invite link was made.
    InviteCreated {
        /// Its number.
        id: InviteId,
        /// The link, with the hash of its token.
        invite: Invite,
        /// The links that were over by then, and are forgotten.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        over: Vec<InviteId>,
    },
    /// An invite link was revoked.
    InviteRevoked {
        /// Its number.
        id: InviteId,
    },
    /// These members can return with these tokens.
    Tokens {
        /// The hashes of new tokens, with their owners.
        added: Vec<(MemberId, TokenHash)>,
        /// The addresses of these and of returning members.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        from: Vec<(MemberId, AddressHash)>,
        /// Members who returned from an address without a hash: the earlier address is forgotten.
        #[serde(
            default,
            skip_serializing_if = "Vec::is_empty",
            rename = "from_nowhere"
        )]
        without_address: Vec<MemberId>,
        /// The new members who came in by an invite link, and by which.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        invited: Vec<(MemberId, InviteId)>,
        /// At which nodes members are connected from now on, in a log that several nodes share.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        nodes: Vec<(MemberId, NodeId)>,
    },
    /// These members' tokens are void.
    TokensVoid {
        /// The owners of the tokens: members who were kicked.
        members: Vec<MemberId>,
    },
    /// A member was banned.
    Banned {
        /// The banned member, by number.
        member: MemberId,
        /// By what they will be recognised.
        #[serde(flatten)]
        identity: BanIdentity,
    },
    /// A member was reported while nobody was here to judge it.
    Reported {
        /// The report, for the next moderator or admin.
        report: Box<MemberReport>,
    },
    /// Kept reports were handed on.
    ReportsKept {
        /// Those that are still kept.
        kept: Vec<MemberReport>,
    },
    /// A ban was lifted, so what identified the member is forgotten.
    Unbanned {
        /// The member who may come in again.
        member: MemberId,
    },
}

/// What identifies a banned member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct BanIdentity {
    /// The token with which they would return.
    #[serde(default)]
    pub token: Option<TokenHash>,
    /// Their address, if it is banned too.
    #[serde(default)]
    pub address: Option<AddressHash>,
}

/// The secrets of a room: the fold of the private halves of its events.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Secrets {
    password: Option<PasswordHash>,
    /// `None` in rooms from before there were keys.
    #[serde(default)]
    address_key: Option<AddressKey>,
    tokens: BTreeMap<MemberId, TokenHash>,
    /// The last address of each member.
    #[serde(default)]
    addresses: BTreeMap<MemberId, AddressHash>,
    /// The node at which each member is connected who is here; none in a log of one process.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    nodes: BTreeMap<MemberId, NodeId>,
    #[serde(default)]
    bans: BTreeMap<MemberId, BanIdentity>,
    /// Reports that no moderator or admin has been here to judge, the oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    reports: Vec<MemberReport>,
    #[serde(default, skip_serializing_if = "Invites::are_none")]
    invites: Invites,
}

impl Secrets {
    /// The most reports that are kept for the next moderator; beyond it the oldest is dropped
    /// (judgement: as many as somebody who comes in reads).
    pub const MAX_REPORTS: usize = 10;

    /// The reports that no moderator or admin has been here to judge, the oldest first.
    #[must_use]
    pub fn reports(&self) -> &[MemberReport] {
        &self.reports
    }

    /// Whether a report of the same member about the same member or line is kept.
    #[must_use]
    pub fn has_report_like(&self, report: &MemberReport) -> bool {
        let subject = |report: &MemberReport| (report.by, report.of, report.line);
        let mut kept = self.reports.iter();
        kept.any(|kept| subject(kept) == subject(report))
    }

    /// The hash of the room's password, if it has one.
    #[must_use]
    pub const fn password(&self) -> Option<&PasswordHash> {
        self.password.as_ref()
    }

    /// The room's invite links.
    #[must_use]
    pub const fn invites(&self) -> &Invites {
        &self.invites
    }

    /// The key for hashing addresses; `None` in a room from before there were keys.
    #[must_use]
    pub const fn address_key(&self) -> Option<AddressKey> {
        self.address_key
    }

    /// The member with this token. Hashes of 128 random bits need no constant-time comparison: an
    /// attacker who profits from timing would have to choose hashes, not tokens.
    #[must_use]
    pub fn owner(&self, token: &TokenHash) -> Option<MemberId> {
        self.tokens
            .iter()
            .find(|(_, hash)| *hash == token)
            .map(|(member, _)| *member)
    }

    /// A member's last address, if it has a hash.
    #[must_use]
    pub fn address(&self, member: MemberId) -> Option<AddressHash> {
        self.addresses.get(&member).copied()
    }

    /// The node at which a member is connected; `None` in a log of one process, and for members who
    /// are not here.
    #[must_use]
    pub fn node(&self, member: MemberId) -> Option<&NodeId> {
        self.nodes.get(&member)
    }

    /// Other members, present or absent, with the same last address.
    pub fn sharing_address_of(&self, member: MemberId) -> impl Iterator<Item = MemberId> {
        let address = self.address(member);
        let others = self
            .addresses
            .iter()
            .filter(move |(other, from)| **other != member && Some(**from) == address);
        others.map(|(other, _)| *other)
    }

    /// What would identify a member after a ban; `address` says whether their address is banned
    /// too.
    #[must_use]
    pub fn ban_identity(&self, member: MemberId, address: bool) -> BanIdentity {
        BanIdentity {
            token: self.tokens.get(&member).copied(),
            address: self.address(member).filter(|_| address),
        }
    }

    /// Whether a client with this token and address is banned. A member of the room may come in
    /// from a banned address: a household or an office has one address.
    #[must_use]
    pub fn is_banned(&self, token: Option<&TokenHash>, from: Option<&AddressHash>) -> bool {
        let mut bans = self.bans.values();
        if let Some(token) = token {
            if bans.any(|ban| ban.token.as_ref() == Some(token)) {
                return true;
            }
            if self.owner(token).is_some() {
                return false;
            }
        }
        let mut bans = self.bans.values();
        from.is_some_and(|from| bans.any(|ban| ban.address.as_ref() == Some(from)))
    }

    /// Forgets the tokens of these members.
    fn void(&mut self, members: &[MemberId]) {
        for member in members {
            self.tokens.remove(member);
        }
    }

    /// Applies a private event.
    pub fn apply(&mut self, event: &SecretEvent) {
        match event {
            SecretEvent::Created {
                password,
                address_key,
            } => {
                self.password.clone_from(password);
                self.address_key = Some(*address_key);
            }
            SecretEvent::Password { hash } => self.password = Some(hash.clone()),
            SecretEvent::PasswordChanged { password, void } => {
                self.password.clone_from(password);
                self.void(void);
            }
            SecretEvent::InviteCreated { id, invite, over } => {
                self.invites.create(*id, invite, over);
            }
            SecretEvent::InviteRevoked { id } => self.invites.revoke(*id),
            SecretEvent::Tokens {
                added,
                from,
                without_address,
                invited,
                nodes,
            } => {
                self.invites.count_guests(invited);
                self.nodes.extend(nodes.iter().cloned());
                self.tokens.extend(added.iter().copied());
                self.addresses
                    .retain(|member, _| !without_address.contains(member));
                self.addresses.extend(from.iter().copied());
            }
            SecretEvent::TokensVoid { members } => self.void(members),
            SecretEvent::Banned { member, identity } => {
                self.bans.insert(*member, *identity);
            }
            SecretEvent::Reported { report } => {
                self.reports.push(report.as_ref().clone());
                let surplus = self.reports.len().saturating_sub(Self::MAX_REPORTS);
                self.reports.drain(..surplus);
            }
            SecretEvent::ReportsKept { kept } => self.reports.clone_from(kept),
            SecretEvent::Unbanned { member } => {
                self.bans.remove(member);
            }
        }
    }

    /// How much its collections hold, in a room that knows so many members.
    #[cfg(test)]
    pub(super) fn lengths(&self, members: usize) -> Vec<Length> {
        let mut lengths = vec![
            Length::new("tokens", self.tokens.len(), members),
            Length::new("addresses", self.addresses.len(), members),
            Length::new("nodes", self.nodes.len(), members),
            Length::new("kept reports", self.reports.len(), Self::MAX_REPORTS),
            Length::new("banned identities", self.bans.len(), RoomState::MAX_BANS),
        ];
        lengths.extend(self.invites.lengths(members));
        lengths
    }

    /// Drops the tokens, addresses and invites of members that the room has forgotten.
    pub fn retain_members(&mut self, known: impl Fn(MemberId) -> bool) {
        self.tokens.retain(|member, _| known(*member));
        self.addresses.retain(|member, _| known(*member));
        self.invites.retain_members(known);
    }

    /// Forgets where members are connected who are not here any more.
    pub fn retain_present(&mut self, here: impl Fn(MemberId) -> bool) {
        self.nodes.retain(|member, _| here(*member));
    }

    /// Drops reports about or by members whom the room does not know.
    pub fn retain_reports(&mut self, known: impl Fn(MemberId) -> bool) {
        self.reports
            .retain(|report| known(report.of) && known(report.by));
    }

    /// Drops the identities of bans that the room has forgotten.
    pub fn retain_bans(&mut self, known: impl Fn(MemberId) -> bool) {
        self.bans.retain(|member, _| known(*member));
    }
}

#[cfg(test)]
mod tests;
