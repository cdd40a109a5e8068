//! Where a room is to be found: a server's address, an invite link, or a room's bare name.
//!
//! Reading only: nothing here is contacted. Which server a bare name belongs to is the
//! client's question.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use url::Url;

use super::ids::{RoomId, RoomIdError};

/// The longest address that is read, in bytes; the same as for a media link.
const MAX_LENGTH: usize = 2048;

/// A server's address: `http` or `https`, a host, perhaps a port and a path below which a
/// proxy has put it. Kept without a trailing slash. It stands in command lines that people
/// copy, so it has no character that a shell takes for its own.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ServerUrl(String);

impl ServerUrl {
    /// Reads an address. `ws` and `wss` are taken for the `http` and `https` they ride on.
    ///
    /// # Errors
    /// [`InviteError`] says what is wrong with it.
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

    /// The address of one of the server's own pages: `path` begins with a slash.
    #[must_use]
    pub fn endpoint(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }

    /// Where clients open their WebSocket: `ws://` for `http://`, `wss://` for `https://`.
    #[must_use]
    pub fn web_socket(&self) -> String {
        // "http" and "https" become "ws" and "wss" by giving up their first four letters.
        let rest = self.0.strip_prefix("http").unwrap_or(&self.0);
        format!("ws{rest}/ws")
    }

    /// The link that leads a friend into `room` on this server.
    #[must_use]
    pub fn invite(&self, room: &RoomId) -> Invite {
        Invite {
            server: self.clone(),
            room: room.clone(),
        }
    }

    /// The scheme, host and port of `url` with `path` instead of its own.
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

/// The invite link of a room on a server whose address is known only as text, such as the one
/// that a server says of itself.
#[must_use]
pub fn invite_link(server: &str, room: &RoomId) -> String {
    format!("{}/r/{room}", server.trim_end_matches('/'))
}

/// An invite link, `https://host/r/ROOM`: a room and the server that has it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Invite {
    /// The server, without the `/r/ROOM` of the link.
    pub server: ServerUrl,
    /// The room on that server.
    pub room: RoomId,
}

impl Invite {
    /// Reads an invite link. A query or a fragment, as messengers append them, is dropped.
    ///
    /// # Errors
    /// [`InviteError`] says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, InviteError> {
        let url = web_address(text)?;
        let path = url.path().trim_end_matches('/');
        let (above, room) = path.rsplit_once('/').ok_or(InviteError::NoRoom)?;
        let prefix = above.strip_suffix("/r").ok_or(InviteError::NoRoom)?;
        Ok(Self {
            server: ServerUrl::from_parts(&url, prefix),
            room: RoomId::parse(room)?,
        })
    }
}

/// The link itself; parses back to the same [`Invite`].
impl fmt::Display for Invite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&invite_link(self.server.as_str(), &self.room))
    }
}

/// What a person names when they want to join: a room by its name, or an invite link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A room on whichever server is in use.
    Room(RoomId),
    /// A room on the server that the link names.
    Invite(Invite),
}

impl Target {
    /// Reads a room's name, or an invite link: what has a slash in it is taken for a link.
    ///
    /// # Errors
    /// [`InviteError`] says what is wrong with the one it looked like.
    pub fn parse(text: &str) -> Result<Self, InviteError> {
        let text = text.trim();
        if text.contains('/') {
            Invite::parse(text).map(Self::Invite)
        } else {
            Ok(Self::Room(RoomId::parse(text)?))
        }
    }
}

impl FromStr for Target {
    type Err = InviteError;
    fn from_str(text: &str) -> Result<Self, InviteError> {
        Self::parse(text)
    }
}

/// Why a text names no room or server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InviteError {
    /// It is no web address at all.
    #[error("this is no web address, such as https://watch.example.org")]
    NotAnAddress,
    /// An address without `https://` before it, which could mean either scheme.
    #[error("write the address with its beginning: https://watch.example.org")]
    NoScheme,
    /// A scheme that no server of ours speaks.
    #[error("only http:// and https:// addresses lead to a server")]
    Scheme,
    /// A user name or password stands in the address.
    #[error("an address with a user name or password in it is not taken")]
    Credentials,
    /// Longer than any address needs to be.
    #[error("this address is too long")]
    TooLong,
    /// Signs stand in it that a shell would act on: whoever copies a line with it would run
    /// what a stranger wrote.
    #[error("an address with quotes, dollar signs or the like in it is not taken")]
    NotPlain,
    /// A web address without `/r/ROOM` at its end.
    #[error("an invite link ends in /r/ROOM, as in https://watch.example.org/r/movie-night")]
    NoRoom,
    /// What stands for the room is no room name.
    #[error(transparent)]
    Room(#[from] RoomIdError),
}

/// Reads a web address with a host and without credentials, its scheme made `http(s)`.
fn web_address(text: &str) -> Result<Url, InviteError> {
    let text = text.trim();
    if text.len() > MAX_LENGTH {
        return Err(InviteError::TooLong);
    }
    // The URL parser would silently drop these; whoever wrote them meant something else.
    if text.chars().any(|c| c.is_control() || c.is_whitespace()) || text.contains('\\') {
        return Err(InviteError::NotAnAddress);
    }
    let Some((scheme, rest)) = text.split_once("://") else {
        return Err(InviteError::NoScheme);
    };
    let scheme = match scheme.to_ascii_lowercase().as_str() {
        "http" | "ws" => "http",
        "https" | "wss" => "https",
        _ => return Err(InviteError::Scheme),
    };
    // The URL parser takes "http:///host" for "http://host".
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

/// Whether a host is a name in letters, digits and hyphens, or an address.
fn is_plain_host(host: &str) -> bool {
    // Only an IPv6 address has brackets, and nothing but digits between them.
    let inner = host
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    !host.is_empty() && inner.unwrap_or(host).chars().all(is_plain)
}

/// Whether a character stands for itself in every shell, in the middle of a word.
const fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(
            c,
            '-' | '.' | '_' | '~' | '%' | '/' | ':' | '@' | '+' | ',' | '='
        )
}

#[cfg(test)]
mod tests;
