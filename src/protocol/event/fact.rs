//! An event in its place in the log, and who left by one.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::RoomEvent;
use crate::protocol::ids::{MemberId, Rev, Seq};
use crate::protocol::member::{LeaveCause, Member};
use crate::protocol::time::RoomTime;

/// An event with its place in the log, as every client may see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Fact {
    /// Its number in the log.
    pub rev: Rev,
    /// The room time at which it was committed.
    pub at: RoomTime,
    /// The member whose command caused it; `None` for the room's own deadlines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<MemberId>,
    /// The number of that command; `None` if no command caused it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<Seq>,
    /// The event itself, without its private half.
    pub event: RoomEvent,
    /// The members it is about, for clients that know a part of a large room. Never in the log.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<Member>,
}

/// A member who left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Departure {
    /// The member, by number.
    pub member: MemberId,
    /// Why they left.
    pub cause: LeaveCause,
}
