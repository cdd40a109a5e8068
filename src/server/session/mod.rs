//! One WebSocket, from its upgrade to its end: admission, then the conversation, then the close with
//! its reason. All of it is one task.
//!
//! What concerns the room goes to its task. What concerns only this socket is answered here: the
//! clock exchange, invalid frames, frames that come too fast.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::{Instant, timeout};

use super::peers::PeerPermit;
use super::replica::message::{Inbox, RoomMessage, SeatId};
use super::replies;
use super::state::ServerState;
use super::websocket::{ClientStream, Violation, WebSocket};
use crate::protocol::denied::Refused;
use crate::protocol::member::LeaveCause;
use crate::traffic::Traffic;
use crate::wire::codec;

use admission::Admitted;
use admission_error::AdmissionError;
use conversation::{Conversation, PendingWelcome};

mod address_counts;
mod admission;
mod admission_error;
mod conversation;
mod greeting;
mod new_passwords;
mod new_room;
mod pending_join;
mod read;
mod reports;

/// How long a socket may take to accept the last frames and to close in turn (judgement).
const FAREWELL: Duration = Duration::from_secs(1);

/// How a session ends.
#[derive(Debug, Clone, PartialEq, Eq)]
enum SessionEnd {
    /// The member left on purpose.
    Left,
    /// The connection broke, or sent nothing for too long.
    Lost,
    /// The client sent what no client may.
    Violated(Violation),
    /// The server closes it for this reason.
    Dismissed(Refused),
}

impl SessionEnd {
    /// The code and the reason of the close.
    fn close(&self) -> (u16, String) {
        match self {
            Self::Left | Self::Lost => (codec::CLOSE_NORMAL, String::new()),
            Self::Violated(violation) => (violation.close_code(), String::new()),
            Self::Dismissed(why) => (codec::close_code(why), codec::close_reason(why)),
        }
    }

    /// What the room is told of it.
    const fn cause(&self) -> LeaveCause {
        match self {
            Self::Left => LeaveCause::Left,
            Self::Lost | Self::Violated(_) | Self::Dismissed(_) => LeaveCause::Lost,
        }
    }
}

/// Serves one socket, whose bytes are counted by `traffic`.
///
/// Its task lives as long as the member stays, so each stage has memory of its own, which it gives
/// back.
pub(super) async fn run(
    socket: Box<WebSocket<ClientStream>>,
    state: Arc<ServerState>,
    permit: PeerPermit,
    traffic: Traffic,
) {
    let _counted = state.metrics.connection();
    let entered = Box::pin(enter(socket, &state, &permit, traffic)).await;
    let Some(mut session) = entered else { return };
    let end = tokio::select! {
        biased;
        // Without a reason the room's task failed, and the client should try again.
        why = &mut session.dismissed => SessionEnd::Dismissed(why.unwrap_or(Refused::StorageAway)),
        () = state.going_down() => SessionEnd::Dismissed(Refused::ShuttingDown),
        end = session.conversation.run() => end,
    };
    Box::pin(session.leave(end, &state)).await;
}

/// One socket of a room.
struct Session {
    conversation: Conversation<ClientStream>,
    /// Its number in the room.
    seat: SeatId,
    inbox: Inbox,
    /// Receives the reason when the room closes the socket.
    dismissed: oneshot::Receiver<Refused>,
}

/// Admits the client of a socket to its room; `None` if it was refused, or went.
async fn enter(
    mut socket: Box<WebSocket<ClientStream>>,
    state: &ServerState,
    permit: &PeerPermit,
    traffic: Traffic,
) -> Option<Box<Session>> {
    let admitted = tokio::select! {
        biased;
        () = state.going_down() => Err(AdmissionError::Refused(Refused::ShuttingDown)),
        admitted = admission::admit(&mut socket, state, permit) => admitted,
    };
    match admitted {
        Ok(admitted) => Some(Session::begin(socket, admitted, state, traffic)),
        Err(AdmissionError::Refused(why)) => {
            state.metrics.refused(&why);
            send_refusal(&mut socket, &why).await;
            None
        }
        Err(AdmissionError::Gone) => {
            tracing::debug!("a socket went before it came in");
            None
        }
    }
}

impl Session {
    fn begin(
        socket: Box<WebSocket<ClientStream>>,
        admitted: Admitted,
        state: &ServerState,
        traffic: Traffic,
    ) -> Box<Self> {
        let Admitted {
            welcome,
            on_record,
            seat,
            cadence,
            room,
            waiting,
            dismissed,
        } = admitted;
        let inbox = room.inbox;
        let services = read::Services {
            clock: state.clock,
            passwords: state.passwords.clone(),
            metrics: state.metrics.clone(),
        };
        let told = (seat, cadence);
        let reader = read::FrameReader::new(told, inbox.clone(), services, Instant::now());
        let first = PendingWelcome { welcome, on_record };
        Box::new(Self {
            conversation: Conversation::new(socket, (first, waiting), reader, state.clock, traffic),
            seat,
            inbox,
            dismissed,
        })
    }

    /// Tells the room, and then the client, that the session has ended.
    async fn leave(mut self: Box<Self>, end: SessionEnd, state: &ServerState) {
        let seat = self.seat;
        tracing::debug!(?seat, ?end, "a session ends");
        if let SessionEnd::Dismissed(why) = &end {
            state.metrics.refused(why);
        }
        let cause = end.cause();
        // The room's task may have exited; then there is no one to notify.
        let gone = Box::new(RoomMessage::Gone { seat, cause });
        let _ended = self.inbox.send(gone).await;
        if timeout(FAREWELL, self.conversation.close(&end))
            .await
            .is_err()
        {
            tracing::debug!(?seat, "a socket did not close in time");
        }
    }
}

/// Sends the refusal to a socket that was not admitted, and closes it.
async fn send_refusal(socket: &mut WebSocket<ClientStream>, why: &Refused) {
    tracing::debug!(?why, "a client was refused");
    socket.queue(replies::frame(&replies::refused(why)));
    let reason = codec::close_reason(why);
    let close = socket.close(codec::close_code(why), &reason);
    if timeout(FAREWELL, close).await.is_err() {
        tracing::debug!("a socket did not close in time");
    }
}

#[cfg(test)]
mod tests {
    use super::run;

    /// The bytes that the task of an async function takes.
    const fn bytes_of<A, B, C, D, F>(_: &impl Fn(A, B, C, D) -> F) -> usize {
        size_of::<F>()
    }

    #[test]
    fn a_session_takes_little_memory() {
        let bytes = bytes_of(&run);
        assert!(bytes <= 640, "{bytes}");
    }
}
