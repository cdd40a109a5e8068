//! The figures of a running server at one moment.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::store::StoreFigures;
use super::timing::Timing;

/// The figures of a running server, counted since its start.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// The server's release.
    pub version: String,
    /// The protocol version that it speaks.
    pub protocol: u32,
    /// How long it has been running, in whole seconds.
    pub up_seconds: u64,
    /// The connections that are open.
    pub connections: u64,
    /// The connections that were ever opened.
    pub connections_opened: u64,
    /// The rooms, with and without anybody in them.
    pub rooms: u64,
    /// The members present, over all rooms.
    pub members: u64,
    /// The messages from clients, by kind.
    pub messages: BTreeMap<String, u64>,
    /// The commands that were denied, by code.
    pub denied: BTreeMap<String, u64>,
    /// The clients that were refused or whose connection was closed, by code.
    pub refused: BTreeMap<String, u64>,
    /// The frames that slow readers did not get because newer ones supersede them.
    pub dropped_frames: u64,
    /// The reports of members about others.
    #[serde(default)]
    pub member_reports: u64,
    /// The messages of other nodes that could not be read: their versions differ too much.
    #[serde(default)]
    pub ignored_node_messages: u64,
    /// The time from a decision until it was kept, of commands and joins: on disk, or by the store
    /// that nodes share.
    pub append: Timing,
    /// The time in which events were put into the outboxes of all members of a room.
    pub fan_out: Timing,
    /// The size of the file that keeps the rooms, in bytes; `None` if there is none.
    pub file_bytes: Option<u64>,
    /// Whether the rooms' log takes writes.
    pub takes_writes: bool,
    /// Whether the server stops soon.
    pub drains: bool,
    /// What the node does with the store that it shares; `None` if it shares none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub store: Option<StoreFigures>,
}
