//! What must never leave a server: the password's hash and the resume tokens' hashes.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::protocol::ids::MemberId;

/// The SHA-256 of a resume token.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TokenHash(pub [u8; 32]);

/// A password's argon2 hash in PHC form.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PasswordHash(pub String);

/// Shows that there is one, never which.
impl fmt::Debug for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenHash(..)")
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
    /// The room was created with this password.
    Password {
        /// Its hash.
        hash: PasswordHash,
    },
    /// These members can come back with these tokens.
    Tokens {
        /// The new hashes.
        added: Vec<(MemberId, TokenHash)>,
    },
    /// These members' tokens are void.
    TokensVoid {
        /// Whose.
        members: Vec<MemberId>,
    },
}

/// The secrets of a room.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Secrets {
    password: Option<PasswordHash>,
    tokens: BTreeMap<MemberId, TokenHash>,
}

impl Secrets {
    /// The hash of the room's password, if it has one.
    #[must_use]
    pub const fn password(&self) -> Option<&PasswordHash> {
        self.password.as_ref()
    }

    /// Whose token this is. Hashes of 128 random bits need no constant-time comparison: who
    /// could profit from timing would have to choose hashes, not tokens.
    #[must_use]
    pub fn owner(&self, token: &TokenHash) -> Option<MemberId> {
        self.tokens
            .iter()
            .find(|(_, hash)| *hash == token)
            .map(|(member, _)| *member)
    }

    /// Takes a private event in.
    pub fn apply(&mut self, event: &SecretEvent) {
        match event {
            SecretEvent::Password { hash } => self.password = Some(hash.clone()),
            SecretEvent::Tokens { added } => self.tokens.extend(added.iter().copied()),
            SecretEvent::TokensVoid { members } => {
                self.tokens.retain(|member, _| !members.contains(member));
            }
        }
    }

    /// Forgets the tokens of members whom the room has forgotten.
    pub fn keep_only(&mut self, known: impl Fn(MemberId) -> bool) {
        self.tokens.retain(|member, _| known(*member));
    }
}

#[cfg(test)]
mod tests {
    use super::{PasswordHash, SecretEvent, Secrets, TokenHash};
    use crate::protocol::ids::MemberId;

    #[test]
    fn a_token_leads_back_until_it_is_void() {
        let mut secrets = Secrets::default();
        let token = TokenHash([7; 32]);
        secrets.apply(&SecretEvent::Tokens {
            added: vec![(MemberId(3), token)],
        });
        assert_eq!(secrets.owner(&token), Some(MemberId(3)));
        secrets.apply(&SecretEvent::TokensVoid {
            members: vec![MemberId(3)],
        });
        assert_eq!(secrets.owner(&token), None);
    }

    #[test]
    fn debug_output_keeps_the_secret() {
        let shown = format!(
            "{:?} {:?}",
            PasswordHash("argon".into()),
            TokenHash([42; 32])
        );
        assert!(!shown.contains("argon") && !shown.contains("42"));
    }
}
