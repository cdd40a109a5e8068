//! Rooms as the operator sees them, in the list and in detail. Data only.

use serde::{Deserialize, Serialize};

use crate::protocol::ids::{EntryId, MemberId, NodeId, RoomId};
use crate::protocol::member::{Role, Visibility};
use crate::protocol::playback::EntryState;
use crate::protocol::text::{MemberName, Title};

/// A room in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomSummary {
    /// Its name.
    pub id: RoomId,
    /// Its title, if it has one.
    pub title: Option<Title>,
    /// Who can find and enter it.
    pub visibility: Visibility,
    /// The members present.
    pub here: u32,
    /// What plays.
    pub playing: Option<PlayingSummary>,
    /// For how many seconds it has been empty; `None` while anybody is present.
    pub empty_seconds: Option<u64>,
}

/// What plays in a room. The link is left out, as it may hold a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlayingSummary {
    /// The kind of link in a word: `YouTube`, `MP4`.
    pub kind: String,
    /// The title; `None` until a player has reported one.
    pub title: Option<Title>,
    /// The position in whole seconds.
    pub position_seconds: u64,
    /// Whether it is paused.
    pub paused: bool,
}

/// A room as the operator sees it: no secrets, no chat, no links.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomDetails {
    /// What the list says as well.
    #[serde(flatten)]
    pub summary: RoomSummary,
    /// The members, those present first.
    pub members: Vec<MemberSummary>,
    /// The queue in its order.
    pub queue: Vec<EntrySummary>,
    /// The names of banned members.
    pub banned: Vec<MemberName>,
    /// In how many seconds it is closed if it stays empty; `None` while anybody is present.
    pub closes_in_seconds: Option<u64>,
    /// The node that answers; `None` if no nodes share the rooms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub node: Option<NodeId>,
}

/// A member of a room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberSummary {
    /// Their number.
    pub id: MemberId,
    /// Their name.
    pub name: MemberName,
    /// Their lasting role.
    pub role: Role,
    /// Whether they are acting admin.
    pub acting: bool,
    /// Whether they are present.
    pub here: bool,
    /// Whether they are muted.
    pub muted: bool,
    /// The node at which they are connected; `None` if they are not, or no nodes share the rooms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub node: Option<NodeId>,
    /// What that node is called by its settings, or else its machine; `None` if its lease does not
    /// say, or cannot be read now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub node_name: Option<String>,
}

/// An entry of a queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntrySummary {
    /// Its number.
    pub id: EntryId,
    /// Its title, if it is known.
    pub title: Option<Title>,
    /// The kind of link in a word.
    pub kind: String,
    /// Who added it.
    pub by: MemberName,
    /// Whether it is approved.
    pub state: EntryState,
}
