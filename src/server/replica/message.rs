//! What a session can say to a room, and what it hears when it is let in.

use tokio::sync::{oneshot, watch};

use super::durable_ack::DurableAck;
use crate::protocol::command::{Command, Report};
use crate::protocol::denied::Refused;
use crate::protocol::ids::{MemberId, Rev, Seq};
use crate::protocol::member::LeaveCause;
use crate::room::decide::Arrival;
use crate::room::secrets::{AddressHash, PasswordHash, TokenHash};
use crate::room::state::RoomState;
use crate::server::outbox::Outbox;
use crate::wire::message::{CatchUp, Health};

/// One socket's place in a room; never given twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(in crate::server) struct SeatId(pub(in crate::server) u64);

/// What a session says to a room.
#[derive(Debug)]
pub(in crate::server) enum RoomMessage {
    /// Asks what it takes to come in.
    Knock {
        /// The hash of the token presented, if any.
        resume: Option<TokenHash>,
        /// From where it comes, if that says anything.
        from: Option<AddressHash>,
        /// Whether a password came with it, and whose tries it counts for.
        password: PasswordTries,
        /// What it takes.
        reply: oneshot::Sender<Gate>,
    },
    /// Comes in; passwords were checked.
    Join(Box<Join>),
    /// A member's command.
    Command {
        /// From where.
        seat: SeatId,
        /// Its number.
        seq: Seq,
        /// What.
        command: Command,
    },
    /// What a member's player tells.
    Report {
        /// From where.
        seat: SeatId,
        /// What.
        report: Report,
    },
    /// How a member is doing.
    Health {
        /// From where.
        seat: SeatId,
        /// How.
        health: Health,
    },
    /// A client missed something and asks for the whole state.
    State {
        /// From where.
        seat: SeatId,
    },
    /// A socket is gone.
    Gone {
        /// Which.
        seat: SeatId,
        /// Why.
        cause: LeaveCause,
    },
}

/// What it takes to come in.
#[derive(Debug)]
pub(in crate::server) enum Gate {
    /// Nothing, or the token that was presented.
    Open,
    /// The password of this hash.
    Password(PasswordHash),
    /// Not like this.
    Closed(Refused),
}

/// Whose tries a password counts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::server) enum PasswordTries {
    /// No password came.
    None,
    /// Those of the address it comes from, which guessed nothing wrong so far.
    Own,
    /// Those that the room has for everybody else.
    Shared,
}

/// What a session has seen of whoever comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::server) enum Proof {
    /// Nothing but perhaps their token, which the room knows.
    Token,
    /// The room's password, or that they created it.
    Password,
}

/// Someone who comes in.
#[derive(Debug)]
pub(in crate::server) struct Join {
    /// Who.
    pub(in crate::server) arrival: Arrival,
    /// By what they passed the gate.
    pub(in crate::server) proof: Proof,
    /// The last event of this log that they have.
    pub(in crate::server) since: Option<Rev>,
    /// Where the room puts what they shall hear.
    pub(in crate::server) outbox: Outbox,
    /// How the room closes their socket.
    pub(in crate::server) dismiss: oneshot::Sender<Refused>,
    /// What they become.
    pub(in crate::server) reply: oneshot::Sender<Result<Seated, Refused>>,
}

/// Someone who is in.
#[derive(Debug)]
pub(in crate::server) struct Seated {
    /// Their socket's place.
    pub(in crate::server) seat: SeatId,
    /// Who they are.
    pub(in crate::server) member: MemberId,
    /// Whether they came back as somebody whom the room knew.
    pub(in crate::server) returned: bool,
    /// Whether it was the token of an earlier welcome that brought them back.
    pub(in crate::server) resumed: bool,
    /// What they lack; what the outbox holds follows it.
    pub(in crate::server) catch_up: CatchUp,
    /// Comes true once their arrival is on record.
    pub(in crate::server) on_record: DurableAck,
}

/// The way to a room.
#[derive(Debug, Clone)]
pub(in crate::server) struct Handle {
    /// Its inbox.
    pub(in crate::server) inbox: tokio::sync::mpsc::Sender<RoomMessage>,
    /// What the gallery needs of it: the state without chat, queue and members.
    pub(in crate::server) card: watch::Receiver<RoomState>,
}
