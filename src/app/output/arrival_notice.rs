//! What is reported when the client comes into a room.

use strum::IntoStaticStr;

use crate::app::config::{OnlyHere, Unkept};
use crate::doctor::Finding;
use crate::protocol::ids::RoomId;
use crate::protocol::text::MemberName;

/// How the client came into the room, and how others do. The name in snake case is the code in
/// `--json`.
#[derive(Debug, Clone, PartialEq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum ArrivalNotice {
    /// The room exists only on this computer; others cannot join it. How to paste an invite.
    OnlyHere {
        /// The address of its server.
        server: String,
        /// Why.
        why: OnlyHere,
    },
    /// The room's name was made from what the member wrote in its place.
    RoomNameMended {
        /// What was written.
        written: String,
        /// The room.
        room: RoomId,
    },
    /// The server runs in this process; the tunnel that others come by must lead to this address.
    Tunnelled {
        /// The server's address on this computer.
        server: String,
    },
    /// The member's name was longer than names are, and they did not type it for this run.
    NameShortened {
        /// As it was.
        whole: String,
        /// As it is.
        name: MemberName,
    },
    /// The room is on the local network, at these addresses.
    OnLan {
        /// Invite links that work there.
        invites: Vec<String>,
    },
    /// What a check of this computer found.
    Checked(Box<Finding>),
    /// The command that mends on this computer what was told just before, or the address of
    /// instructions.
    Remedy(String),
    /// What is kept of the room was not found in time: the client may come in as somebody new.
    TokensOverdue,
    /// The server in this process does not keep its rooms.
    RoomsUnkept(Unkept),
    /// The client was a member of an earlier room of the same name, which is gone.
    NewRoomOfSameName,
    /// The room was created by this join, and this is what others type.
    RoomCreated {
        /// The invite to hand on.
        invite: String,
    },
    /// The room was created by this join, and everybody can join it; who comes with somebody else's link
    /// expects another.
    RoomIsNew {
        /// Whether only those find it who know its name.
        unlisted: bool,
    },
    /// A live room has nearly the name of the one that was created.
    RoomNearby {
        /// The live one.
        room: RoomId,
    },
    /// The room was created by this join, and is private: an invite link is to be made.
    PrivateRoomCreated,
    /// The room was created by this join, and is private though that was not asked for:
    /// because a password was given, or because it was private before.
    MadePrivate,
    /// The room exists already: what was asked for its creation was left aside.
    AlreadyExists,
    /// The room has no password: the one that was given was not used.
    PasswordUnused,
}
