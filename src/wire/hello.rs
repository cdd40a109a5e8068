//! The hello: who connects, and to which room. It opens a connection, by itself or within a visit.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::protocol::ids::{LogId, Rev, RoomId};
use crate::protocol::member::Visibility;
use crate::protocol::secret::{InviteToken, Password};
use crate::protocol::text::{self, MemberName, Title};

/// Who connects, and to which room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Hello {
    /// The protocol version that the client speaks.
    pub protocol: u32,
    /// The room. It is created if it does not exist, but never for a client that sends `resume`.
    pub room: RoomId,
    /// The wished name. The server removes what names may not contain, and the room may append a
    /// number.
    #[serde(deserialize_with = "text::deserialize_wished")]
    pub name: MemberName,
    /// The password of a private room, or the one to create it with: a room created with a password
    /// is private, whatever `create` says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<Password>,
    /// The token of an invite link, by which a new member comes into a private room without its
    /// password. A client that brings one never creates the room. Versions up to 0.1.0 omit it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invite: Option<InviteToken>,
    /// The token of an earlier welcome, with which the client returns as the same member.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resume: Option<String>,
    /// A token that the client generated and stored before it connected. A new member gets it, so
    /// that a repeated hello, after a lost welcome, is the same member and not another. 128 random
    /// bits as 32 hexadecimal digits. Versions up to 0.1.0 omit it, and the server generates one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// The log of which the client has events.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub log: Option<LogId>,
    /// The last event that the client has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Rev>,
    /// How to create the room if it does not exist.
    #[serde(default)]
    pub create: Create,
    /// Whether the member watches with a player.
    #[serde(default)]
    pub has_player: bool,
}

/// The properties of a room that a hello may create.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Create {
    /// The title of the new room; `None` shows its name instead.
    #[serde(default)]
    pub title: Option<Title>,
    /// Who can find and enter it.
    #[serde(default)]
    pub visibility: Visibility,
    /// The server's password for new rooms, or a key of its operator, where one is needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<Password>,
    /// Whether the client means a private room and no other: it was in one of this name. If the room is
    /// not private now, and does not know the client, the hello is refused. Versions up to 0.1.0 ignore
    /// it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub only_private: bool,
}

/// Whether a flag is left out, which older versions do not know.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
pub(super) const fn is_false(flag: &bool) -> bool {
    !*flag
}
