//! A server as a person names it: by its address, or by the name of a profile in the configuration
//! file.

use std::str::FromStr;

use serde::Deserialize;

use crate::protocol::invite::{Invite, InviteError, ServerUrl};

/// The most characters of a profile's name (judgement: it is typed).
const LONGEST: usize = 40;

/// A server that was named.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum ServerSetting {
    /// By its address.
    Address(ServerUrl),
    /// By a name: that of a table `[servers.NAME]` of the configuration file.
    Profile(String),
}

impl ServerSetting {
    /// Whether a text can name a profile: it is no address, and has only letters, digits, hyphens
    /// and underscores.
    #[must_use]
    pub fn is_profile_name(text: &str) -> bool {
        let is_sign = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        let is_plain = text.chars().all(is_sign) && text.chars().count() <= LONGEST;
        is_plain && !text.is_empty() && ServerUrl::parse(text).is_err()
    }
}

impl FromStr for ServerSetting {
    type Err = InviteError;
    fn from_str(text: &str) -> Result<Self, InviteError> {
        // A link to a room is at hand more often than its server's address.
        if let Ok(invite) = Invite::parse(text) {
            return Ok(Self::Address(invite.server));
        }
        match ServerUrl::parse(text) {
            Ok(address) => Ok(Self::Address(address)),
            Err(_) if Self::is_profile_name(text.trim()) => {
                Ok(Self::Profile(text.trim().to_owned()))
            }
            Err(error) => Err(error),
        }
    }
}

impl TryFrom<String> for ServerSetting {
    type Error = InviteError;
    fn try_from(text: String) -> Result<Self, InviteError> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::ServerSetting;
    use crate::protocol::invite::{InviteError, ServerUrl};

    #[test]
    fn an_address_is_told_from_a_name() {
        for text in ["home", "дом", "my_server-2", " home "] {
            let named = ServerSetting::Profile(text.trim().to_owned());
            assert_eq!(text.parse(), Ok(named), "{text}");
        }
        for text in [
            "https://watch.example.org",
            "watch.example.org",
            "localhost",
            "box:8000",
        ] {
            let address = ServerUrl::parse(text).map(ServerSetting::Address);
            assert_eq!(text.parse(), address, "{text}");
            assert!(address.is_ok(), "{text}");
        }
        let of_link = "https://watch.example.org/r/movie-night".parse();
        let server = ServerUrl::parse("https://watch.example.org");
        assert_eq!(of_link, server.map(ServerSetting::Address));
        for text in ["", "two words", "a/b", "home!", &"a".repeat(41)] {
            assert!(text.parse::<ServerSetting>().is_err(), "{text}");
        }
        assert_eq!(
            "ftp://home".parse::<ServerSetting>(),
            Err(InviteError::Scheme)
        );
    }
}
