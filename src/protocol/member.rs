//! Members as both sides know them: roles, and who is here.

use serde::{Deserialize, Serialize};
use strum::VariantArray;

use super::ids::{MemberId, Rev, Seq};
use super::text::MemberName;
use super::time::RoomTime;

/// What a member may do. The table of who may do what is the room's.
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
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Watches, chats, reacts, proposes.
    #[default]
    Viewer,
    /// Also keeps order among members and in the chat.
    Moderator,
    /// Also decides about the film and the room.
    Admin,
}

impl Role {
    /// Every role, from the least power to the most.
    pub const ALL: &'static [Self] = Self::VARIANTS;
}

/// Whether a member is in the room now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// In the room since this time.
    Here(RoomTime),
    /// Gone since this time; a resume token brings the same member back.
    Gone(RoomTime),
}

/// Someone in a room, or someone who may come back to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Who.
    pub id: MemberId,
    /// The name shown; unique in its room without regard to case.
    pub name: MemberName,
    /// The lasting role.
    pub role: Role,
    /// Admin for now, because no real one is here.
    #[serde(default)]
    pub acting: bool,
    /// Whether they are here.
    pub presence: Presence,
    /// Whether they watch with a player; without one they only chat.
    #[serde(default)]
    pub has_player: bool,
    /// What was decided about them in particular.
    #[serde(
        default,
        rename = "marks",
        skip_serializing_if = "MemberFlags::are_none"
    )]
    pub flags: MemberFlags,
    /// The latest commands that led to events, oldest first, so that a command that is sent
    /// again after a reconnect counts once. Only the member's own client is told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answered: Vec<(Seq, Rev)>,
}

impl Member {
    /// How many answered commands are remembered: as many as a client may have under way.
    pub const ANSWERED_KEPT: usize = 32;

    /// The role that counts now: an acting admin has an admin's power.
    #[must_use]
    pub const fn power(&self) -> Role {
        if self.acting { Role::Admin } else { self.role }
    }

    /// The member as others' clients get it: without the answered commands.
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

    /// Whether they are in the room.
    #[must_use]
    pub const fn is_here(&self) -> bool {
        matches!(self.presence, Presence::Here(_))
    }
}

/// What was decided about one member in particular.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct MemberFlags {
    /// Whether their chat and reactions were taken away; nor does the room wait for them.
    #[serde(default)]
    pub muted: bool,
    /// Whether the room does not wait for them, by their own wish or an admin's.
    #[serde(default, rename = "spared")]
    pub wait_exempt: bool,
}

impl MemberFlags {
    /// Whether nothing was decided.
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

/// Somebody who may not come in again, as everyone may know of it. What they are recognised
/// by never leaves the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ban {
    /// The member they were.
    pub member: MemberId,
    /// Their name then.
    pub name: MemberName,
    /// The name of who banned them.
    pub by: MemberName,
    /// When.
    pub at: RoomTime,
    /// Whether the address they came from is banned as well.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub address: bool,
}

/// Whether a ban covers the address that the member came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BanScope {
    /// The address too, if nobody else is known from it. What clients ask for that are older
    /// than the choice.
    #[default]
    Unshared,
    /// The same, but if others are known from it nobody is banned, and the answer names them.
    Ask,
    /// The member alone.
    Member,
    /// The address too; others from there are sent out, but for admins.
    Address,
}

impl BanScope {
    /// Whether nothing was said about the address.
    #[must_use]
    pub fn is_unshared(&self) -> bool {
        *self == Self::Unshared
    }
}

/// Why someone is no longer in the room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeaveCause {
    /// On purpose.
    Left,
    /// The connection broke.
    Lost,
    /// Somebody sent them out; their token is void.
    Kicked,
}

/// Who can find and enter a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// In the gallery, open to all.
    #[default]
    Public,
    /// Not in the gallery, open to all who know its name.
    Unlisted,
    /// Not in the gallery, with a password.
    Private,
}
