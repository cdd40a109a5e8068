//! What can happen to the connection.

use crate::app::destination::RememberedRoom;
use crate::app::effect::Exit;
use crate::app::event::Disconnect;
use crate::app::output::{Person, Why};
use crate::app::room_tokens::{KeptRoom, RoomTokens};
use crate::app::written_room::WrittenRoom;
use crate::protocol::cadence::Cadence;
use crate::protocol::member::Visibility;
use crate::protocol::secret::Password;
use crate::protocol::text::MemberName;
use crate::protocol::time::LocalTime;
use crate::wire::message::ServerMsg;

/// A message of the server.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::app) struct ReceivedMessage {
    /// The message.
    pub(in crate::app) message: Box<ServerMsg>,
    /// When it was read off the socket.
    pub(in crate::app) at: LocalTime,
    /// Who ended the member's stay in the room, by removing them or by closing it, if somebody did.
    pub(in crate::app) ended_by: Option<Person>,
}

/// Something that concerns the connection.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::app) enum ConnectionInput {
    /// The client begins: says who can reach its server, if not everybody can.
    Begin,
    /// Connect to no room until the member has decided something.
    Rest,
    /// Go to the room that the client is meant for.
    Start,
    /// Try that room again with this password.
    ConnectWithPassword(Password),
    /// Try that room again with this password for new rooms, or key of the server's operator.
    CreateWithKey(Password),
    /// Try that room again, though it is not the private one that was meant.
    JoinOpen,
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
    /// What is kept of the room was looked up. Late answers count until the greeting.
    TokensFound(Option<RoomTokens>),
    /// The connection stands; what is remembered of the room.
    Opened(Option<RememberedRoom>),
    /// A message came.
    Message(ReceivedMessage),
    /// Bytes of a message come.
    Receiving,
    /// What the welcome brings is being taken over: the client is in the room.
    Welcomed,
    /// The server says how its clients come back if it loses them.
    Cadence(Cadence),
    /// The member is in the room as somebody new: it is asked for what they chose at the start.
    Entered,
    /// The welcome brought this token; how the room is.
    Token(KeptRoom),
    /// Who can find and enter the room has changed to this.
    VisibilityChanged(Visibility),
    /// The connection could not be made, or broke; who ended the member's stay, if somebody did.
    Disconnected(Disconnect, Option<Person>),
    /// The room has grown larger than any can be.
    Oversized,
    /// The member wants to enter another room. Until that lets them in, this one is not given up:
    /// the client does not leave it, so that a member who comes back is still the same.
    Join(WrittenRoom),
    /// Connect at once, if it waits.
    Retry,
    /// Leave. Asked again, at once.
    Leave,
    /// The machine slept: what was received before proves nothing about the connection now.
    Slept,
    /// A deadline has come.
    Deadline,
}
