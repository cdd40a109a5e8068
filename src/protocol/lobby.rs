//! Before the media starts: when it does, once somebody has said so, and why it did.

use std::num::NonZeroU32;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::time::RoomTime;

/// When the media that waits in the lobby starts. While a room has such a rule, media that is put on
/// waits, paused at its start, until the rule is fulfilled or an admin starts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "when", rename_all = "snake_case")]
pub enum StartRule {
    /// When an admin says so.
    Told,
    /// As soon as so many members are ready.
    Ready {
        /// How many.
        members: NonZeroU32,
    },
    /// As soon as everybody with a player is ready, and at least two are.
    AllReady,
    /// At a time.
    At {
        /// That time, which every client shows by its own clock on the wall.
        at: RoomTime,
    },
}

/// Why the media that waited in the lobby starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StartCause {
    /// An admin said so.
    Told,
    /// The members that the rule names are ready.
    Ready,
    /// The time has come.
    Time,
}
