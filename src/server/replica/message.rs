//! The messages of a session to its room, and what the room answers.

use tokio::sync::{oneshot, watch};

use super::durable_ack::DurableAck;
use crate::protocol::command::{Command, Report};
use crate::protocol::denied::Refused;
use crate::protocol::ids::{MemberId, Rev, Seq};
use crate::protocol::member::LeaveCause;
use crate::room::decide::AdmittedMember;
use crate::room::secrets::{AddressHash, PasswordHash, TokenHash};
use crate::room::state::RoomState;
use crate::server::outbox::Outbox;
use crate::wire::message::{CatchUp, Health};

/// The number of one socket in a room, counted up and never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(in crate::server) struct SeatId(pub(in crate::server) u64);

/// A message of a session to its room.
#[derive(Debug)]
pub(in crate::server) enum RoomMessage {
    /// Asks what a join would need: nothing, a password, or whether it is refused.
    Knock {
        /// The hash of the resume token that the client presented.
        resume: Option<TokenHash>,
        /// The hash of the client's address; `None` for exempt addresses, such as proxies.
        from: Option<AddressHash>,
        /// Whether a password came with the hello, and whose tries it counts for.
        password: PasswordTries,
        /// Receives the answer.
        reply: oneshot::Sender<Gate>,
    },
    /// Joins the room; the password was checked.
    Join(Box<Join>),
    /// A member's command.
    Command {
        /// The sender's socket.
        seat: SeatId,
        /// The member's own number for the command, which the answer repeats.
        seq: Seq,
        /// The command itself.
        command: Command,
    },
    /// A report of a member's player.
    Report {
        /// The sender's socket.
        seat: SeatId,
        /// The report itself.
        report: Report,
    },
    /// How well a member's playback is doing.
    Health {
        /// The sender's socket.
        seat: SeatId,
        /// The state of the playback, and the member's round trip.
        health: Health,
    },
    /// A client missed events and asks for the whole state.
    State {
        /// The socket that the state goes to.
        seat: SeatId,
    },
    /// A socket was closed.
    Gone {
        /// The closed socket.
        seat: SeatId,
        /// Whether its member left on purpose or the connection was lost.
        cause: LeaveCause,
    },
}

/// What a join needs.
#[derive(Debug)]
pub(in crate::server) enum Gate {
    /// Nothing: the room is open, or the token that was presented is known.
    Open,
    /// The password with this hash.
    Password(PasswordHash),
    /// It is refused.
    Closed(Refused),
}

/// Which count of password tries a hello goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::server) enum PasswordTries {
    /// None: it brought no password.
    None,
    /// The address's own: it has guessed wrong seldom or never.
    Own,
    /// The one that the room keeps for all other addresses together.
    Shared,
}

/// By what a client may join.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::server) enum Proof {
    /// The room is open, or it knows the client's token.
    Token,
    /// The session checked the password, or the client creates the room.
    Password,
}

/// A client that joins.
#[derive(Debug)]
pub(in crate::server) struct Join {
    /// The name, the tokens and the address that the room decides by.
    pub(in crate::server) arrival: AdmittedMember,
    /// By what the client may join.
    pub(in crate::server) proof: Proof,
    /// The last event of this log that the client has; `None` if it needs the whole state.
    pub(in crate::server) since: Option<Rev>,
    /// The frames that wait for this socket.
    pub(in crate::server) outbox: Outbox,
    /// Closes the socket with a reason.
    pub(in crate::server) dismiss: oneshot::Sender<Refused>,
    /// Receives the outcome.
    pub(in crate::server) reply: oneshot::Sender<Result<Seated, Refused>>,
}

/// A client that has joined.
#[derive(Debug)]
pub(in crate::server) struct Seated {
    /// The socket's number in the room.
    pub(in crate::server) seat: SeatId,
    /// The member it belongs to.
    pub(in crate::server) member: MemberId,
    /// Whether the room knew the member before.
    pub(in crate::server) returned: bool,
    /// Whether the member was recognised by the token of an earlier welcome.
    pub(in crate::server) resumed: bool,
    /// The state or the events that the client lacks; the outbox holds what follows.
    pub(in crate::server) catch_up: CatchUp,
    /// Resolves once the join is durable.
    pub(in crate::server) on_record: DurableAck,
}

/// The address of a room's task.
#[derive(Debug, Clone)]
pub(in crate::server) struct Handle {
    /// Takes messages; closed once the room has ended.
    pub(in crate::server) inbox: tokio::sync::mpsc::Sender<RoomMessage>,
    /// The room without chat, queue and members, for the gallery.
    pub(in crate::server) card: watch::Receiver<RoomState>,
}
