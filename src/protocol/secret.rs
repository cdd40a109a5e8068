//! Secrets that travel from a client to its server: a room's password, and the token of an invite
//! link. Their `Debug` output does not show them, so that no log and no panic does.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A room's password.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(!transparent, extend("maxLength" = Password::MAX_BYTES))]
pub struct Password(String);

impl Password {
    /// The most bytes of a password (judgement: nobody types more, and hashing takes time).
    pub const MAX_BYTES: usize = 1024;

    /// The password itself, for hashing it and for the messages that carry it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl From<String> for Password {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Password {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(..)")
    }
}

/// The token of an invite link: 128 random bits as 32 lower-case hexadecimal digits.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(!try_from, !into, extend("minLength" = InviteToken::DIGITS, "maxLength" = InviteToken::DIGITS))]
pub struct InviteToken(String);

/// The text is not the token of an invite link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not the token of an invite link, which has 32 hexadecimal digits")]
pub struct InviteTokenError;

impl InviteToken {
    /// How many digits a token has.
    pub const DIGITS: usize = 32;

    /// The token with these bits, which must be random.
    #[must_use]
    pub fn from_bits(bits: u128) -> Self {
        Self(format!("{bits:032x}"))
    }

    /// Reads a token; capital digits are read as small ones.
    ///
    /// # Errors
    /// [`InviteTokenError`] if it does not have exactly 32 hexadecimal digits.
    pub fn parse(text: &str) -> Result<Self, InviteTokenError> {
        let is_token = text.len() == Self::DIGITS && text.bytes().all(|b| b.is_ascii_hexdigit());
        is_token
            .then(|| Self(text.to_ascii_lowercase()))
            .ok_or(InviteTokenError)
    }

    /// The token itself, for hashing it and for the link that carries it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for InviteToken {
    type Error = InviteTokenError;
    fn try_from(text: String) -> Result<Self, InviteTokenError> {
        Self::parse(&text)
    }
}

impl From<InviteToken> for String {
    fn from(token: InviteToken) -> Self {
        token.0
    }
}

impl fmt::Debug for InviteToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InviteToken(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::{InviteToken, Password};

    #[test]
    fn debug_output_shows_no_secret() {
        let token = InviteToken::from_bits(u128::MAX);
        let shown = format!("{:?} {token:?}", Password::from("popcorn"));
        assert_eq!(shown, "Password(..) InviteToken(..)");
    }

    #[test]
    fn a_token_has_32_digits_and_one_form() {
        let token = InviteToken::from_bits(0xab);
        assert_eq!(token.reveal(), "000000000000000000000000000000ab");
        let capitals = token.reveal().to_uppercase();
        assert_eq!(InviteToken::parse(&capitals), Ok(token));
        for text in ["", "ab", &"0".repeat(33), &"g".repeat(32), &"я".repeat(16)] {
            assert!(InviteToken::parse(text).is_err(), "{text}");
        }
    }
}
