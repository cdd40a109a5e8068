//! Members as both sides know them: their roles, presence and bans.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::VariantArray;

use super::ids::{MemberId, Rev, Seq};
use super::text::MemberName;
use super::time::RoomTime;

/// What a member may do. The table of commands says what each role may do.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    Serialize,
    Deserialize,
    JsonSchema,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// May watch, chat, react and propose.
    #[default]
    Viewer,
    /// May also moderate members and chat.
    Moderator,
    /// May also control playback and the room.
    Admin,
}

impl Role {
    /// Every role, from the least to the most powerful.
    pub const ALL: &'static [Self] = Self::VARIANTS;
}

/// Whether a member is in the room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// Present since this time.
    Here(RoomTime),
    /// Gone since this time. A resume token brings the same member back.
    Gone(RoomTime),
}

/// A member of a room, or a former one who may come back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Member {
    /// The number that identifies them in the room.
    pub id: MemberId,
    /// The displayed name; unique in its room, ignoring case.
    pub name: MemberName,
    /// The lasting role.
    pub role: Role,
    /// Whether they are acting admin, because no real one is present.
    #[serde(default)]
    pub acting: bool,
    /// Whether they are present, and since when.
    pub presence: Presence,
    /// Whether they watch with a player. Without one they only chat.
    #[serde(default)]
    pub has_player: bool,
    /// Decisions about this member: mute and wait; and whether they are ready.
    #[serde(
        default,
        rename = "marks",
        skip_serializing_if = "MemberFlags::are_none"
    )]
    pub flags: MemberFlags,
    /// The latest commands that led to events, oldest first, so that a command sent again after a
    /// reconnect is carried out only once. Sent to the member's own client only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answered: Vec<(Seq, Rev)>,
}

impl Member {
    /// How many answered commands are kept: as many as a client may have in flight.
    pub const ANSWERED_KEPT: usize = 32;

    /// The effective role: an acting admin has an admin's power.
    #[must_use]
    pub const fn power(&self) -> Role {
        if self.acting { Role::Admin } else { self.role }
    }

    /// The member as other clients may see them: without the answered commands.
    #[must_use]
    pub fn for_others(&self) -> Self {
        Self {
            id: self.id,
            name: self.name.clone(),
            role: self.role,
            acting: self.acting,
            presence: self.presence,
            has_player: self.has_player,
            flags: self.flags,
            answered: Vec::new(),
        }
    }

    /// Whether they are in the room now, on an open connection or one that broke a moment ago.
    #[must_use]
    pub const fn is_here(&self) -> bool {
        matches!(self.presence, Presence::Here(_))
    }
}

/// Decisions about one member, and what they have said of themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct MemberFlags {
    /// Whether they are muted. The room does not wait for a muted member either.
    #[serde(default)]
    pub muted: bool,
    /// Whether the room never waits for them, by their own choice or an admin's.
    #[serde(default, rename = "spared")]
    pub wait_exempt: bool,
    /// Whether they have said that they are ready for the media to start.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ready: bool,
}

impl MemberFlags {
    /// Whether no flag is set.
    #[must_use]
    pub fn are_none(&self) -> bool {
        *self == Self::default()
    }

    /// Whether the room may wait for the member.
    #[must_use]
    pub const fn may_hold(self) -> bool {
        !self.muted && !self.wait_exempt
    }
}

/// A banned member, as everyone may see it. What identifies them never leaves the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Ban {
    /// The member's number.
    pub member: MemberId,
    /// The member's name when they were banned.
    pub name: MemberName,
    /// The name of the member who banned them.
    pub by: MemberName,
    /// The room time at which they were banned.
    pub at: RoomTime,
    /// Whether their network address is banned as well.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub address: bool,
}

/// Whether a ban covers the member's network address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BanScope {
    /// The address too, unless other members are known from it. This is what clients older than the
    /// choice mean.
    #[default]
    Unshared,
    /// As above, but if others are known from it, ban nobody and answer with their names.
    Ask,
    /// The member only.
    Member,
    /// The address too. Others from there are kicked, except admins.
    Address,
}

impl BanScope {
    /// Whether the scope is the default.
    #[must_use]
    pub fn is_unshared(&self) -> bool {
        *self == Self::Unshared
    }
}

/// Why a member left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LeaveCause {
    /// They chose to leave; an admin who does so is not waited for.
    Left,
    /// The connection broke. They may return by their token.
    Lost,
    /// They were kicked; their token is void.
    Kicked,
}

/// Who can find and enter a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// Listed in the gallery, open to all.
    #[default]
    Public,
    /// Not listed, open to everyone who knows its name.
    Unlisted,
    /// Not listed, protected by a password.
    Private,
}
