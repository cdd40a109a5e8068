//! The messages that a session sends to its room, and the room's answers.

use std::collections::BTreeMap;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::timeout;

use super::durable_ack::DurableAck;
use crate::protocol::cadence::Cadence;
use crate::protocol::command::{Command, Report};
use crate::protocol::denied::{Denied, Refused};
use crate::protocol::ephemeral::MemberNotice;
use crate::protocol::ids::{MemberId, NodeId, Rev, Seq};
use crate::protocol::member::LeaveCause;
use crate::protocol::text::MemberName;
use crate::room::decide::{AdmittedMember, OperatorCommand, Traces};
use crate::room::secrets::{AddressHash, PasswordHash, TokenHash};
use crate::room::state::RoomState;
use crate::server::outbox::{Outbox, OutboxReader, outbox};
use crate::wire::message::{CatchUp, Health};
use crate::wire::visit::VisitPurpose;

/// The number of one socket in a room, counted up and never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(in crate::server) struct SeatId(pub(in crate::server) u64);

/// A message of a session to its room.
#[derive(Debug)]
pub(in crate::server) enum RoomMessage {
    /// Asks what a join would need: nothing or a password; or that it is refused.
    CheckAdmission(AdmissionQuestion),
    /// Takes a guess back that was counted for all addresses together ([`PasswordTries::Shared`]): the
    /// password was right, or was not compared.
    NoGuess,
    /// Joins the room, after the password was checked.
    Join(Box<Join>),
    /// Visits the room, after the password was checked.
    Visit(Box<Join>, VisitPurpose),
    /// A member's command. It is answered through the socket's outbox.
    Command {
        /// The sender's socket; messages of one that was removed are ignored.
        seat: SeatId,
        /// The member's own number for the command, which the answer repeats.
        seq: Seq,
        /// What the member wants done.
        command: Command,
        /// The hash of the password that came with it, instead of the password.
        password: Option<PasswordHash>,
    },
    /// Asks whether a member may give a command, before its password is hashed. If not, it is
    /// answered through the socket's outbox, as it is if it was carried out before.
    MayCommand {
        /// The sender's socket.
        seat: SeatId,
        /// The member's own number for the command.
        seq: Seq,
        /// What the member wants done.
        command: Command,
        /// Receives whether they may.
        reply: oneshot::Sender<bool>,
    },
    /// A report of a member's player, which is not answered.
    Report {
        /// The sender's socket.
        seat: SeatId,
        /// The facts, or the state of the player.
        report: Report,
    },
    /// A member's playback health, for the digest, the lead, and whether their player runs.
    Health {
        /// The sender's socket.
        seat: SeatId,
        /// The newest report; it replaces the earlier one.
        health: Health,
    },
    /// A client is about to be told another cadence.
    Cadence {
        /// The client's socket.
        seat: SeatId,
        /// How often it exchanges clock times and repeats its health from now on.
        cadence: Cadence,
    },
    /// A client missed events and needs the whole state.
    State {
        /// The socket that the state goes to.
        seat: SeatId,
    },
    /// A socket was closed, by either side.
    Gone {
        /// The closed socket.
        seat: SeatId,
        /// Whether its member left on purpose or the connection was lost.
        cause: LeaveCause,
    },
    /// A request of the server's operator.
    Operator(OperatorMessage),
}

/// Asks what a join would need.
#[derive(Debug)]
pub(in crate::server) struct AdmissionQuestion {
    /// The hash of the resume token that the client presented.
    pub(in crate::server) resume: Option<TokenHash>,
    /// The hash of the client's address; `None` for exempt addresses, such as proxies.
    pub(in crate::server) from: Option<AddressHash>,
    /// The hash of the invite token that the client presented.
    pub(in crate::server) invite: Option<TokenHash>,
    /// The password that came with the hello, if one did.
    pub(in crate::server) password: BroughtPassword,
    /// Whether the client comes into no room that is not private.
    pub(in crate::server) only_private: bool,
    /// Whose tries a wrong password, or a wrong invite, counts for.
    pub(in crate::server) tries: PasswordTries,
    /// Receives the answer.
    pub(in crate::server) reply: oneshot::Sender<AdmissionAnswer>,
}

/// The password that a client brings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::server) enum BroughtPassword {
    /// It brings none.
    None,
    /// It was not compared yet.
    Unchecked,
    /// It is not the one with this hash, and is counted as a guess already.
    Wrong(PasswordHash),
}

/// What the server's operator asks of a room.
#[derive(Debug)]
pub(in crate::server) enum OperatorMessage {
    /// Asks how the room is.
    Inspect(oneshot::Sender<Inspected>),
    /// Does something in the room. The answer tells when it is durable.
    Command(OperatorCommand, oneshot::Sender<Result<DurableAck, Denied>>),
    /// Asks what the room keeps of a person, and erases it if that is wanted.
    Traces {
        /// The person's name.
        name: MemberName,
        /// Whether what is found is erased.
        erases: bool,
        /// Receives what was found, and when its erasure is durable.
        reply: oneshot::Sender<Result<(Traces, DurableAck), Denied>>,
    },
    /// Tells everyone who is present.
    Tell(MemberNotice),
}

/// A room as the operator sees it.
#[derive(Debug)]
pub(in crate::server) struct Inspected {
    /// The public state, without the chat.
    pub(in crate::server) state: Box<RoomState>,
    /// The node at which each member is connected who is here; none in a log that no nodes share.
    pub(in crate::server) nodes: BTreeMap<MemberId, NodeId>,
}

/// What a client needs for a join.
#[derive(Debug)]
pub(in crate::server) enum AdmissionAnswer {
    /// Nothing: the room is open, or the token that was presented is known.
    Open,
    /// Nothing: the invite lets in somebody new.
    Invited,
    /// The password with this hash.
    Password(PasswordHash),
    /// Nothing helps: the join is refused for this reason.
    Refused(Refused),
}

/// Which count of password tries a hello is counted against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::server) enum PasswordTries {
    /// The address's own: it has guessed wrong seldom or never.
    Own,
    /// The one that the room keeps for all other addresses together.
    Shared,
}

/// What entitles a client to join. It is checked again when the join is committed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::server) enum Proof {
    /// The room is open, or it knows the client's token.
    Token,
    /// The client knows the password with this hash, which counts while it is the room's: the
    /// session checked it, or the client creates the room with it.
    Password(PasswordHash),
    /// The client brought an invite that works.
    Invite,
}

/// A client that joins, with the session's channels.
#[derive(Debug)]
pub(in crate::server) struct Join {
    /// The name, the tokens and the address that the room decides by.
    pub(in crate::server) arrival: AdmittedMember,
    /// What entitles the client to join.
    pub(in crate::server) proof: Proof,
    /// The last event of this log that the client has; `None` if it needs the whole state.
    pub(in crate::server) since: Option<Rev>,
    /// The socket's outbox, where the room puts its frames.
    pub(in crate::server) outbox: Outbox,
    /// Tells the session to close the socket for this reason. Dropped, it means that the room's
    /// task failed.
    pub(in crate::server) dismiss: oneshot::Sender<Refused>,
    /// Receives the seat, or why there is none.
    pub(in crate::server) reply: oneshot::Sender<Result<Seated, Refused>>,
}

/// What the sender of a [`Join`] keeps.
#[derive(Debug)]
pub(in crate::server) struct JoinEnds {
    /// The outbox of the room: the frames to write.
    pub(in crate::server) waiting: OutboxReader,
    /// Receives the reason when the room closes the socket.
    pub(in crate::server) dismissed: oneshot::Receiver<Refused>,
    /// Receives the seat, or why there is none.
    pub(in crate::server) seated: oneshot::Receiver<Result<Seated, Refused>>,
}

impl Join {
    /// A join of this client, who has the events up to `since`, and what its sender keeps.
    pub(in crate::server) fn new(
        arrival: AdmittedMember,
        proof: Proof,
        since: Option<Rev>,
    ) -> (Box<Self>, JoinEnds) {
        let (outbox, waiting) = outbox();
        let (dismiss, dismissed) = oneshot::channel();
        let (reply, seated) = oneshot::channel();
        let join = Self {
            arrival,
            proof,
            since,
            outbox,
            dismiss,
            reply,
        };
        let ends = JoinEnds {
            waiting,
            dismissed,
            seated,
        };
        (Box::new(join), ends)
    }
}

/// A client that has joined.
#[derive(Debug)]
pub(in crate::server) struct Seated {
    /// The socket's number in the room.
    pub(in crate::server) seat: SeatId,
    /// The member whose socket it is, new or returned.
    pub(in crate::server) member: MemberId,
    /// Whether the room knew the member before.
    pub(in crate::server) returned: bool,
    /// Whether the member was recognised by the token of an earlier welcome.
    pub(in crate::server) resumed: bool,
    /// How often it is to exchange clock times and to report its health.
    pub(in crate::server) cadence: Cadence,
    /// The state or the events that the client lacks; the outbox holds what follows.
    pub(in crate::server) catch_up: CatchUp,
    /// Resolves once the join is durable.
    pub(in crate::server) on_record: DurableAck,
}

/// How long a room may take to accept a message of the operator, before it is given up (judgement:
/// a room that works takes it at once).
const TOLD_WITHIN: Duration = Duration::from_secs(1);

/// The sending end of a room's inbox. Messages are boxed: the channel keeps places for 32 of them
/// also while it is empty, as most are.
pub(in crate::server) type Inbox = mpsc::Sender<Box<RoomMessage>>;

/// How sessions reach a room's task.
#[derive(Debug, Clone)]
pub(in crate::server) struct Handle {
    /// The room's inbox; closed once the room has ended.
    pub(in crate::server) inbox: Inbox,
    /// The room without chat, queue and members, for the gallery.
    pub(in crate::server) card: watch::Receiver<RoomState>,
}

impl Handle {
    /// Sends a message of the operator; false if the room has ended or does not take it in time.
    pub(in crate::server) async fn tell_operator(&self, message: OperatorMessage) -> bool {
        let sent = self.inbox.send(Box::new(RoomMessage::Operator(message)));
        matches!(timeout(TOLD_WITHIN, sent).await, Ok(Ok(())))
    }
}
