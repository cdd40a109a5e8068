//! Where to find a room: a server's address, an invite link, or a bare room name.
//!
//! This is parsing only: nothing is contacted. Which server a bare name belongs to is decided by
//! the client.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use url::Url;

use super::ids::{RoomId, RoomIdError};
use super::secret::InviteToken;

mod scheme;

/// How many hexadecimal digits behind a `#` are taken for a part of a token. What messengers append
/// is shorter, or has other signs.
const PART_OF_TOKEN: usize = 16;

/// The longest address accepted, in bytes; the same as for a media link.
const MAX_LENGTH: usize = 2048;

/// A server's address: `http` or `https`, a host, and optionally a port and the path under which a
/// proxy serves it. Stored without a trailing slash. People copy it into shells, so it contains no
/// character that is special to a shell.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ServerUrl(String);

impl ServerUrl {
    /// Parses an address. `ws` and `wss` are read as `http` and `https`. Without a scheme it is
    /// `https`, but for a host on this computer or the local network, which is `http`.
    ///
    /// # Errors
    /// [`InviteError`] if it is not a valid address.
    pub fn parse(text: &str) -> Result<Self, InviteError> {
        let url = web_address(text)?;
        if url.query().is_some() || url.fragment().is_some() {
            return Err(InviteError::NotAnAddress);
        }
        let path = url.path().to_owned();
        Ok(Self::from_parts(&url, &path))
    }

    /// The address, without a trailing slash.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address of one of the server's pages; `path` begins with a slash.
    #[must_use]
    pub fn endpoint(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }

    /// The WebSocket address: `ws://` for `http://`, `wss://` for `https://`.
    #[must_use]
    pub fn web_socket(&self) -> String {
        // Both schemes begin with `http`: what follows it is the same as after `ws`.
        let rest = self.0.strip_prefix("http").unwrap_or(&self.0);
        format!("ws{rest}/ws")
    }

    /// The invite link for `room` on this server.
    #[must_use]
    pub fn invite(&self, room: &RoomId) -> Invite {
        Invite {
            server: self.clone(),
            room: room.clone(),
            token: None,
        }
    }

    /// The server alone, where the link to one of its rooms was given in its place.
    #[must_use]
    pub fn without_room(self) -> Self {
        Invite::parse(&self.0).map_or(self, |invite| invite.server)
    }

    /// Whether only this computer reaches it: its host is `localhost` or an address that leads
    /// back here.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        Url::parse(&self.0).is_ok_and(|url| scheme::is_loopback(&url))
    }

    /// Whether what is sent there is encrypted.
    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        self.0.starts_with("https:")
    }

    /// The scheme, host and port of `url`, with `path` in place of its own.
    fn from_parts(url: &Url, path: &str) -> Self {
        let origin = url.origin().ascii_serialization();
        Self(format!("{origin}{}", path.trim_end_matches('/')))
    }
}

impl fmt::Display for ServerUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for ServerUrl {
    type Err = InviteError;
    fn from_str(text: &str) -> Result<Self, InviteError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for ServerUrl {
    type Error = InviteError;
    fn try_from(text: String) -> Result<Self, InviteError> {
        Self::parse(&text)
    }
}

impl From<ServerUrl> for String {
    fn from(url: ServerUrl) -> Self {
        url.0
    }
}

/// The invite link of a room on a server whose address is only known as text, such as the address
/// that a server reports for itself.
#[must_use]
pub fn invite_link(server: &str, room: &RoomId) -> String {
    format!("{}/r/{room}", server.trim_end_matches('/'))
}

/// An invite link with its token, which spares a guest the room's password. The token is the
/// fragment, which no browser and no client sends in a request.
#[must_use]
pub fn link_with_token(link: &str, token: &InviteToken) -> String {
    format!("{link}#{}", token.reveal())
}

/// An invite link, `https://host/r/ROOM` or `https://host/r/ROOM#TOKEN`: a room and its server, and
/// perhaps what lets in without the password.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Invite {
    /// The server, without the `/r/ROOM` of the link.
    pub server: ServerUrl,
    /// The room on that server.
    pub room: RoomId,
    /// The token behind the `#`, if there is one.
    pub token: Option<InviteToken>,
}

impl Invite {
    /// Parses an invite link. A query, or a fragment that is no token, which messengers append, is
    /// dropped.
    ///
    /// # Errors
    /// [`InviteError`] if it is not a valid invite.
    pub fn parse(text: &str) -> Result<Self, InviteError> {
        let url = web_address(text)?;
        let path = url.path().trim_end_matches('/');
        let (above, room) = path.rsplit_once('/').ok_or(InviteError::NoRoom)?;
        let prefix = above.strip_suffix("/r").ok_or(InviteError::NoRoom)?;
        Ok(Self {
            server: ServerUrl::from_parts(&url, prefix),
            room: RoomId::parse(room)?,
            token: url.fragment().map_or(Ok(None), token)?,
        })
    }
}

/// The link without its token, which must not be shown: it parses back to the same room.
impl fmt::Display for Invite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&invite_link(self.server.as_str(), &self.room))
    }
}

/// What a person names in order to join: a room name or an invite link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RoomTarget {
    /// A room on the configured server, perhaps with the token of an invite link.
    Room(RoomId, Option<InviteToken>),
    /// A room on the server that the invite link names.
    Invite(Invite),
}

impl RoomTarget {
    /// Parses a room name or an invite link. A text with a slash in it is read as a link. Behind
    /// either may be a token: `movie-night#TOKEN`.
    ///
    /// # Errors
    /// [`InviteError`] says what is wrong with the form that it resembled.
    pub fn parse(text: &str) -> Result<Self, InviteError> {
        let text = text.trim();
        if text.contains('/') {
            Invite::parse(text).map(Self::Invite)
        } else {
            let (room, fragment) = text.split_once('#').unwrap_or((text, ""));
            let room = RoomId::parse(room)?;
            // Nobody appends anything to a name.
            let token = match fragment {
                "" if room.as_str() == text => None,
                fragment => Some(InviteToken::parse(fragment).map_err(|_| InviteError::Token)?),
            };
            Ok(Self::Room(room, token))
        }
    }
}

impl FromStr for RoomTarget {
    type Err = InviteError;
    fn from_str(text: &str) -> Result<Self, InviteError> {
        Self::parse(text)
    }
}

/// Why a text is not a valid room or server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InviteError {
    /// It cannot be parsed as a web address with a host.
    #[error("this is no web address, such as https://watch.example.org")]
    NotAnAddress,
    /// It is no address: neither a scheme nor a host's name, with a dot or a port, is there.
    #[error("write the address in full, such as https://watch.example.org")]
    NoScheme,
    /// The scheme is not one that our servers speak.
    #[error("only http:// and https:// addresses lead to a server")]
    Scheme,
    /// The address contains a user name or password.
    #[error("an address with a user name or password in it is not taken")]
    Credentials,
    /// The address is longer than 2,048 bytes.
    #[error("this address is too long")]
    TooLong,
    /// The address contains characters that are special to a shell: a person who copies a command
    /// line with it would run what a stranger wrote.
    #[error("an address with quotes, dollar signs or the like in it is not taken")]
    NotPlain,
    /// The address is valid, but its path does not end in `/r/ROOM`: perhaps the server's own.
    #[error("an invite link ends in /r/ROOM, as in https://watch.example.org/r/movie-night")]
    NoRoom,
    /// What stands behind the `#` is a part of a token, or more than one.
    #[error("the invite link is not whole: what stands behind the # has 32 digits")]
    Token,
    /// What was written for a room's name is too long for a name, and for a title.
    #[error("that is too long: a room's name has at most 40 characters, a title 120")]
    LongName,
    /// The part in the place of the room is not a valid room name.
    #[error(transparent)]
    Room(#[from] RoomIdError),
}

/// The token in the fragment of a link; `None` if it is something else.
fn token(fragment: &str) -> Result<Option<InviteToken>, InviteError> {
    let is_part =
        fragment.len() >= PART_OF_TOKEN && fragment.bytes().all(|byte| byte.is_ascii_hexdigit());
    match InviteToken::parse(fragment) {
        Ok(token) => Ok(Some(token)),
        Err(_) if is_part => Err(InviteError::Token),
        Err(_) => Ok(None),
    }
}

/// Parses a web address with a host and without credentials, and normalises its scheme to
/// `http(s)`.
fn web_address(text: &str) -> Result<Url, InviteError> {
    let text = text.trim();
    if text.len() > MAX_LENGTH {
        return Err(InviteError::TooLong);
    }
    // The URL parser drops these silently; a text that has them means something else.
    if text.chars().any(|c| c.is_control() || c.is_whitespace()) || text.contains('\\') {
        return Err(InviteError::NotAnAddress);
    }
    let (scheme, rest) = match text.split_once("://") {
        Some(split) => split,
        None => (scheme::of_host(text).ok_or(InviteError::NoScheme)?, text),
    };
    let scheme = match scheme.to_ascii_lowercase().as_str() {
        "http" | "ws" => "http",
        "https" | "wss" => "https",
        _ => return Err(InviteError::Scheme),
    };
    // The URL parser reads "http:///host" as "http://host".
    if rest.starts_with('/') {
        return Err(InviteError::NotAnAddress);
    }
    let url = Url::parse(&format!("{scheme}://{rest}")).map_err(|_| InviteError::NotAnAddress)?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(InviteError::Credentials);
    }
    let has_plain_host = url.host_str().is_some_and(is_plain_host);
    if !has_plain_host || !url.path().chars().all(is_plain) {
        return Err(InviteError::NotPlain);
    }
    Ok(url)
}

/// Whether a host is a name of letters, digits and hyphens, or an IP address.
fn is_plain_host(host: &str) -> bool {
    // Only an IPv6 address has brackets, with nothing but hexadecimal digits and colons in them.
    let inner = host
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    !host.is_empty() && inner.unwrap_or(host).chars().all(is_plain)
}

/// Whether every shell takes the character literally in the middle of a word.
const fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(
            c,
            '-' | '.' | '_' | '~' | '%' | '/' | ':' | '@' | '+' | ',' | '='
        )
}

#[cfg(test)]
mod tests;
