//! Limits, the version, and the way between messages and frames.

use serde::de::DeserializeOwned;

/// The version of this protocol. Two that differ by at most one understand each other.
pub const PROTOCOL: u32 = 1;

/// The largest frame that a server takes, in bytes (DESIGN of the wire: commands are small).
pub const MAX_CLIENT_FRAME: usize = 16 * 1024;

/// The largest frame that a client takes, in bytes: a welcome to a large room fits.
pub const MAX_SERVER_FRAME: usize = 8 * 1024 * 1024;

/// Whether a client of version `client` and a server of version `server` understand each other.
#[must_use]
pub const fn compatible(client: u32, server: u32) -> bool {
    client.abs_diff(server) <= 1
}

/// A message as a frame's text.
///
/// # Errors
/// Whatever serde finds impossible; none of our messages is.
pub fn encode(message: &impl serde::Serialize) -> Result<String, serde_json::Error> {
    serde_json::to_string(message)
}

/// A frame's text as a message.
///
/// # Errors
/// What is wrong with the text, in serde's words: for logs and for the other side's reason.
pub fn decode<T: DeserializeOwned>(text: &str) -> Result<T, serde_json::Error> {
    serde_json::from_str(text)
}
