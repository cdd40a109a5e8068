//! What can happen to the room as it is known.

use super::arrival::JoinRequest;
use crate::protocol::command::MemberRef;
use crate::protocol::ephemeral::MemberNotice;
use crate::protocol::event::Fact;
use crate::protocol::text::MemberName;
use crate::room::state::RoomState;
use crate::wire::message::{HealthDigest, Welcome};

/// What a line may ask that is known of the room.
#[derive(Debug)]
pub(in crate::app) enum RoomQuestion {
    /// Who is here (`/who`).
    Members,
    /// Who is banned (`/bans`).
    Bans,
    /// What waits in the queue.
    Queue,
    /// Which line of chat is meant, for erasing it (`/erase`).
    ChatLine(MemberRef),
    /// Which member or line is meant, for reporting it, and why (`/report`).
    Report(String),
    /// How fast it plays (`/rate`).
    Rate,
    /// Whether it waits for slow viewers (`/wait`).
    Wait,
    /// What is restricted (`/slow`, `/newcomers`, `/observers`).
    Restrictions,
}

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
        /// The event with its rev; one that does not follow the last shows a gap.
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
    /// A message of the server was taken in.
    MessageOver,
    /// The member wants to be called so, whatever name the room remembers.
    ChosenName(MemberName),
    /// The line of this number asks for something that is known of the room.
    Asked {
        /// The line's number.
        line: u64,
        /// What it asks for.
        question: RoomQuestion,
        /// Whether the room is as it is known: the client is connected.
        is_current: bool,
    },
    /// The member goes to another room. With `keeps` this one is remembered for
    /// [`SessionInput::Return`].
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
