//! The answers to commands: each goes out once its events are durable, in the order of the commands.

use futures_util::future::BoxFuture;

use super::Replica;
use super::durable_ack::DurableAck;
use super::message::SeatId;
use crate::protocol::denied::Denied;
use crate::protocol::ids::{Rev, Seq};
use crate::server::replies;
use crate::wire::message::ServerMsg;

/// The answer to a command, once its events are durable.
pub(super) type PendingAnswer = BoxFuture<'static, CommandOutcome>;

/// A command that was carried out, and the answer that its sender waits for.
pub(super) struct CommandOutcome {
    /// The sender's socket.
    pub(super) seat: SeatId,
    /// The command's number.
    pub(super) seq: Seq,
    /// The rev of its last event.
    pub(super) rev: Rev,
    /// Whether it was carried out for good.
    pub(super) on_record: bool,
}

impl Replica {
    /// Answers a command once its events are durable, or with a denial if the log was closed
    /// before.
    pub(super) fn answer(&mut self, answered: &CommandOutcome) {
        self.send_unsent();
        let message = if answered.on_record {
            ServerMsg::Ok {
                seq: answered.seq,
                rev: answered.rev,
            }
        } else {
            self.context.metrics.denied(&Denied::StorageAway);
            replies::denied(answered.seq, &Denied::StorageAway)
        };
        self.seats.send(answered.seat, replies::frame(&message));
    }

    /// Queues the answer to a command. Answers go out in the order of the commands.
    pub(super) fn answer_once(&mut self, seat: SeatId, seq: Seq, rev: Rev, on_record: DurableAck) {
        self.answers.push_back(Box::pin(async move {
            CommandOutcome {
                seat,
                seq,
                rev,
                on_record: on_record.await,
            }
        }));
    }
}
