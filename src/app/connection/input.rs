//! What can happen to the connection.

use crate::app::destination::RememberedRoom;
use crate::app::effect::Exit;
use crate::app::event::{CloseReason, Disconnect};
use crate::app::output::Why;
use crate::app::room_tokens::RoomTokens;
use crate::protocol::invite::Target;
use crate::protocol::member::Visibility;
use crate::protocol::text::MemberName;

/// Something that concerns the connection.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::app) enum ConnectionInput {
    /// Connect to no room until the member has decided something.
    Rest,
    /// Go to the room that the client is meant for.
    Start,
    /// Try that room again with this password.
    ConnectWithPassword(String),
    /// The member goes by this name, by their own choice: also in a room that remembers another.
    UseName(MemberName),
    /// The room calls the member so.
    OwnName(MemberName),
    /// The room is not to be had: go back to the one before, if there is any.
    GiveUp {
        /// The reason that the member reads.
        why: Why,
        /// How the client ends if there is no room to go back to.
        exit: Exit,
    },
    /// The client has no room any more.
    ForgetRoom,
    /// Answer what is open, and end.
    End(Exit),
    /// What is kept of the room was looked up.
    TokensFound(Option<RoomTokens>),
    /// The connection stands; what is remembered of the room.
    Opened(Option<RememberedRoom>),
    /// A whole message came, of whatever kind: the server lives.
    Received,
    /// Bytes of a message come.
    Receiving,
    /// The server lets the client in.
    Welcomed,
    /// The welcome brought this token; how the room is.
    Token(String, Visibility),
    /// The connection could not be made, or broke; who sent the member out, if somebody did.
    Disconnected(Disconnect, Option<MemberName>),
    /// The server does not let the client in, or lets it go; who sent the member out, if
    /// somebody did.
    Refused(CloseReason, Option<MemberName>),
    /// The server sent more than any room holds.
    Oversized,
    /// The member wants to enter another room. Until that lets them in, this one is not given up:
    /// the client does not leave it, so that a member who comes back is still the same.
    Join(Target),
    /// Connect at once, if it waits.
    Retry,
    /// Leave. Asked again, at once.
    Leave,
    /// The machine slept: what was received before proves nothing about the connection now.
    Slept,
    /// A deadline has come.
    Deadline,
}
