//! What a server says on a socket that is for trying how long a connection on which nothing comes
//! stays open: `GET /ws?quiet=SECONDS`, a WebSocket at the address of rooms, so that a proxy treats
//! it as theirs.
//!
//! The server sends `quiet` at once, nothing for so many seconds, then `over`, and closes. What a
//! client sends ends it. Four of an address may be open, and 64 in all; beyond that the request is
//! refused as any socket is. Servers older than this take it for a room's socket and send nothing.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The most seconds of quiet: an hour. More is taken for that.
pub const LONGEST: u64 = 3_600;

/// One of the frames, which are text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum QuietFrame {
    /// From now on nothing is said.
    Quiet {
        /// For so many seconds.
        seconds: u64,
    },
    /// The time is over.
    Over,
}
