//! What can happen to the room as it is known.

use super::arrival::JoinRequest;
use crate::protocol::ephemeral::MemberNotice;
use crate::protocol::event::Fact;
use crate::room::state::RoomState;
use crate::wire::message::{HealthDigest, Welcome};

/// Something that concerns what is known of the room.
#[derive(Debug)]
pub(in crate::app) enum SessionInput<'a> {
    /// The server lets the member in. What was known is set aside until `Welcome` follows.
    Arriving(&'a Welcome),
    /// What the welcome brings is taken over, but for its events: each follows as `Event`, and
    /// `CaughtUp` after the last.
    Welcome(Box<Welcome>, JoinRequest<'a>),
    /// All events of a welcome were handed over: the player follows the last of their moves.
    CaughtUp,
    /// An event of the room.
    Event {
        /// The event.
        fact: &'a Fact,
        /// Whether it happened while the connection was away.
        is_replayed: bool,
    },
    /// The whole room, asked for after a gap.
    State(Box<RoomState>),
    /// How everyone is doing.
    Health(HealthDigest),
    /// A message of the server to this member only.
    Notice(MemberNotice),
    /// The member goes to another room. With `keeps` this one is remembered for [`SessionInput::Return`].
    SetAside {
        /// Whether the member comes back if the other room does not let them in.
        keeps: bool,
    },
    /// The other room did not let the member in: back to the room that was remembered.
    Return,
    /// There is no room any more.
    Forget,
    /// The client leaves: emit what was held back.
    Leaving,
    /// Time has passed, or something has changed.
    Next,
}
