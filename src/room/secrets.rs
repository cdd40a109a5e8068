//! What must never leave a server: the hashes of the password, resume tokens and addresses, and
//! what identifies banned members.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::protocol::ids::MemberId;
use crate::protocol::moderation::MemberReport;
#[cfg(test)]
use crate::room::state::RoomState;
#[cfg(test)]
use crate::test_support::length::Length;

/// The SHA-256 of a resume token.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TokenHash(pub [u8; 32]);

/// The hash of a network address, valid in one room only. Loopback and private addresses have none:
/// a proxy may put everybody behind one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AddressHash(pub [u8; 32]);

/// A room's random key for hashing addresses. Without it, a reader of the hashes could find the
/// addresses by trying them all.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AddressKey(pub [u8; 32]);

/// A password's argon2 hash in PHC form.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PasswordHash(pub String);

/// Shows a placeholder, so that no log contains a hash.
impl fmt::Debug for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenHash(..)")
    }
}

/// Shows that there is one, never which.
impl fmt::Debug for AddressHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AddressHash(..)")
    }
}

/// Shows that there is one, never which.
impl fmt::Debug for AddressKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AddressKey(..)")
    }
}

/// Shows that there is one, never which.
impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(..)")
    }
}

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
    #[serde(default)]
    bans: BTreeMap<MemberId, BanIdentity>,
    /// Reports that no moderator or admin has been here to judge, the oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    reports: Vec<MemberReport>,
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
            SecretEvent::Tokens {
                added,
                from,
                without_address,
            } => {
                self.tokens.extend(added.iter().copied());
                self.addresses
                    .retain(|member, _| !without_address.contains(member));
                self.addresses.extend(from.iter().copied());
            }
            SecretEvent::TokensVoid { members } => {
                self.tokens.retain(|member, _| !members.contains(member));
            }
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
    pub(super) fn lengths(&self, members: usize) -> [Length; 4] {
        [
            Length::new("tokens", self.tokens.len(), members),
            Length::new("addresses", self.addresses.len(), members),
            Length::new("kept reports", self.reports.len(), Self::MAX_REPORTS),
            Length::new("banned identities", self.bans.len(), RoomState::MAX_BANS),
        ]
    }

    /// Drops the tokens and addresses of members that the room has forgotten.
    pub fn retain_members(&mut self, known: impl Fn(MemberId) -> bool) {
        self.tokens.retain(|member, _| known(*member));
        self.addresses.retain(|member, _| known(*member));
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
mod tests {
    use super::{AddressHash, AddressKey, PasswordHash, SecretEvent, Secrets, TokenHash};
    use crate::protocol::ids::MemberId;

    #[test]
    fn a_token_leads_back_until_it_is_void() {
        let mut secrets = Secrets::default();
        let token = TokenHash([7; 32]);
        secrets.apply(&SecretEvent::Tokens {
            added: vec![(MemberId(3), token)],
            from: Vec::new(),
            without_address: Vec::new(),
        });
        assert_eq!(secrets.owner(&token), Some(MemberId(3)));
        secrets.apply(&SecretEvent::TokensVoid {
            members: vec![MemberId(3)],
        });
        assert_eq!(secrets.owner(&token), None);
    }

    /// Members 1 and 2 from one household, and 3 from elsewhere, with tokens of their numbers.
    fn three() -> Secrets {
        let mut secrets = Secrets::default();
        let members = [(1, 7), (2, 7), (3, 8)];
        let token = |(id, _): (u8, u8)| (MemberId(u64::from(id)), TokenHash([id; 32]));
        let from = |(id, from): (u8, u8)| (MemberId(u64::from(id)), AddressHash([from; 32]));
        secrets.apply(&SecretEvent::Tokens {
            added: members.map(token).to_vec(),
            from: members.map(from).to_vec(),
            without_address: Vec::new(),
        });
        secrets
    }

    fn ban(secrets: &mut Secrets, member: u64) {
        let member = MemberId(member);
        let alone = secrets.sharing_address_of(member).next().is_none();
        let identity = secrets.ban_identity(member, alone);
        secrets.apply(&SecretEvent::Banned { member, identity });
        secrets.retain_members(|known| known != member);
    }

    #[test]
    fn who_is_banned_is_known_by_token_and_by_an_address_of_their_own() {
        let mut secrets = three();
        ban(&mut secrets, 3);
        let (own, stranger) = (TokenHash([3; 32]), TokenHash([9; 32]));
        let (there, elsewhere) = (AddressHash([8; 32]), AddressHash([9; 32]));
        assert!(secrets.is_banned(Some(&own), None));
        assert!(secrets.is_banned(Some(&own), Some(&elsewhere)));
        assert!(secrets.is_banned(None, Some(&there)));
        assert!(secrets.is_banned(Some(&stranger), Some(&there)));
        assert!(!secrets.is_banned(Some(&stranger), Some(&elsewhere)));
        // A member of the room comes in from there as well.
        assert!(!secrets.is_banned(Some(&TokenHash([1; 32])), Some(&there)));
        assert!(!secrets.is_banned(None, None));

        secrets.apply(&SecretEvent::Unbanned {
            member: MemberId(3),
        });
        assert!(!secrets.is_banned(Some(&own), Some(&there)));
    }

    #[test]
    fn an_address_that_others_share_is_not_banned() {
        let mut secrets = three();
        ban(&mut secrets, 1);
        let household = AddressHash([7; 32]);
        assert!(secrets.is_banned(Some(&TokenHash([1; 32])), Some(&household)));
        assert!(!secrets.is_banned(None, Some(&household)));
        // The second of them is the last who is known from there.
        ban(&mut secrets, 2);
        assert!(secrets.is_banned(None, Some(&household)));
    }

    #[test]
    fn a_room_from_before_there_were_keys_keeps_its_password() {
        let mut secrets = Secrets::default();
        let old = r#"{"type":"password","hash":"argon"}"#;
        secrets.apply(&serde_json::from_str(old).unwrap());
        let hash = PasswordHash("argon".into());
        assert_eq!(secrets.password(), Some(&hash));
        assert_eq!(secrets.address_key(), None);
        let old = r#"{"password":"argon","tokens":{}}"#;
        assert_eq!(serde_json::from_str::<Secrets>(old).unwrap(), secrets);
    }

    #[test]
    fn debug_output_keeps_the_secret() {
        let shown = format!(
            "{:?} {:?} {:?} {:?}",
            AddressKey([42; 32]),
            PasswordHash("argon".into()),
            TokenHash([42; 32]),
            AddressHash([42; 32])
        );
        assert!(!shown.contains("argon") && !shown.contains("42"));
    }
}
