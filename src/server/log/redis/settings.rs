//! Where Redis is, as an operator writes it. A password in it is never shown.

use std::fmt;
use std::str::FromStr;

use redis::{Client, ConnectionInfo, IntoConnectionInfo, ProtocolVersion, TlsCertificates};
use serde::Deserialize;
use url::Url;

use super::node_name::NodeName;

/// The schemes that lead to Redis: over TCP, with TLS, and through a socket of this machine.
const SCHEMES: [&str; 5] = ["redis", "rediss", "unix", "redis+unix", "valkey"];

/// The prefix of the keys if none is given.
const USUAL_PREFIX: &str = "watchtogether";

/// The most characters of a prefix (judgement: it is in every key).
const LONGEST_PREFIX: usize = 40;

/// The address of a Redis, with its user and password if it asks for them:
/// `redis://USER:PASSWORD@HOST:PORT/DATABASE`, `rediss://` for TLS, `unix:///PATH` for a socket.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct RedisUrl(String);

/// The text is no address of a Redis. It is not repeated, since it may contain a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("give an address such as redis://127.0.0.1:6379, rediss://HOST or unix:///PATH")]
pub struct InvalidRedisUrl;

impl FromStr for RedisUrl {
    type Err = InvalidRedisUrl;
    fn from_str(text: &str) -> Result<Self, InvalidRedisUrl> {
        let url = Url::parse(text).map_err(|_| InvalidRedisUrl)?;
        let is_known = SCHEMES.contains(&url.scheme()) && url.fragment().is_none();
        if !is_known || text.into_connection_info().is_err() {
            return Err(InvalidRedisUrl);
        }
        Ok(Self(text.to_owned()))
    }
}

impl TryFrom<String> for RedisUrl {
    type Error = InvalidRedisUrl;
    fn try_from(text: String) -> Result<Self, InvalidRedisUrl> {
        text.parse()
    }
}

/// Without the user, the password and the query, which may have a password too.
impl fmt::Display for RedisUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Ok(mut url) = Url::parse(&self.0) else {
            return f.write_str("redis://");
        };
        // An address without a host takes neither, and has none.
        let _has_none = url.set_password(None);
        let _has_none = url.set_username("");
        url.set_query(None);
        f.write_str(url.as_str())
    }
}

impl fmt::Debug for RedisUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RedisUrl({self})")
    }
}

/// What the names of all keys begin with, so that several servers can use one Redis: letters,
/// digits, `-`, `_`, `.` and `:`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct RedisPrefix(String);

/// The text cannot be a prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("give up to 40 letters, digits, hyphens, underscores, dots and colons")]
pub struct InvalidRedisPrefix;

impl Default for RedisPrefix {
    fn default() -> Self {
        Self(USUAL_PREFIX.to_owned())
    }
}

impl FromStr for RedisPrefix {
    type Err = InvalidRedisPrefix;
    fn from_str(text: &str) -> Result<Self, InvalidRedisPrefix> {
        let is_sign = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
        let fits = (1..=LONGEST_PREFIX).contains(&text.len()) && text.chars().all(is_sign);
        if fits {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidRedisPrefix)
        }
    }
}

impl TryFrom<String> for RedisPrefix {
    type Error = InvalidRedisPrefix;
    fn try_from(text: String) -> Result<Self, InvalidRedisPrefix> {
        text.parse()
    }
}

impl fmt::Display for RedisPrefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How a server uses Redis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedisSettings {
    /// Where it is.
    pub url: RedisUrl,
    /// What its keys begin with.
    pub prefix: RedisPrefix,
    /// The certificate authorities to trust instead of the system's, as PEM; for `rediss://` only.
    pub authorities: Option<Vec<u8>>,
    /// What this node is called in the figures.
    pub node_name: NodeName,
}

impl RedisSettings {
    /// The number of the database.
    pub(super) fn database(&self) -> redis::RedisResult<i64> {
        let info = self.url.0.as_str().into_connection_info()?;
        Ok(info.redis_settings().db())
    }

    /// A client that speaks RESP3, by which news come on the connection of the commands.
    pub(super) fn client(&self) -> redis::RedisResult<Client> {
        let info: ConnectionInfo = self.url.0.as_str().into_connection_info()?;
        let spoken = info.redis_settings().clone();
        let info = info.set_redis_settings(spoken.set_protocol(ProtocolVersion::RESP3));
        match &self.authorities {
            Some(pem) => Client::build_with_tls(
                info,
                TlsCertificates {
                    client_tls: None,
                    root_cert: Some(pem.clone()),
                },
            ),
            None => Client::open(info),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{InvalidRedisPrefix, InvalidRedisUrl, RedisPrefix, RedisUrl};

    #[test]
    fn what_is_shown_of_an_address_has_no_password() {
        for (given, shown) in [
            ("redis://127.0.0.1:6379", "redis://127.0.0.1:6379"),
            ("redis://me:s3cret@db:7000/2", "redis://db:7000/2"),
            ("rediss://:s3cret@db", "rediss://db"),
            (
                "unix:///run/redis.sock?pass=s3cret",
                "unix:///run/redis.sock",
            ),
        ] {
            let url: RedisUrl = given.parse().unwrap();
            assert_eq!(url.to_string(), shown);
            assert!(!format!("{url:?}").contains("s3cret"));
        }
        for wrong in [
            "",
            "127.0.0.1",
            "http://db",
            "redis://db/x",
            "rediss://db#insecure",
        ] {
            assert_eq!(wrong.parse::<RedisUrl>(), Err(InvalidRedisUrl), "{wrong}");
        }
    }

    #[test]
    fn a_prefix_keeps_clear_of_hash_tags() {
        assert!("cinema:v2".parse::<RedisPrefix>().is_ok());
        for wrong in ["", "a{b}", "a b", &"a".repeat(41)] {
            assert_eq!(wrong.parse::<RedisPrefix>(), Err(InvalidRedisPrefix));
        }
    }
}
