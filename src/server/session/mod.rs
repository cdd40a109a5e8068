//! One WebSocket, from its upgrade to its end: admission, then reading and writing side by side,
//! then the close with its reason.
//!
//! What concerns the room goes to its task. What concerns only this socket is answered here: the
//! clock exchange, invalid frames, frames that come too fast.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};
use futures_util::{SinkExt, StreamExt};
use tokio::time::timeout;

use super::outbox::{OutboxItem, OutboxReader};
use super::peers::PeerPermit;
use super::replica::message::RoomMessage;
use super::replies;
use super::state::ServerState;
use crate::protocol::denied::Refused;
use crate::protocol::member::LeaveCause;
use crate::traffic::Traffic;
use crate::wire::codec;

use admission::Admitted;
use admission_error::AdmissionError;

mod admission;
mod admission_error;
mod greeting;
mod new_passwords;
mod new_room;
mod pending_join;
mod read;
mod reports;
mod write;

/// How long a socket may take to accept the last frames and to close in turn (judgement).
const FAREWELL: Duration = Duration::from_secs(1);

/// How a session ends.
#[derive(Debug, Clone, PartialEq, Eq)]
enum SessionEnd {
    /// The member left on purpose.
    Left,
    /// The connection broke, or sent nothing for too long.
    Lost,
    /// The server closes it for this reason.
    Dismissed(Refused),
}

/// Serves one socket, whose bytes are counted by `traffic`.
pub(super) async fn run(
    mut socket: WebSocket,
    state: Arc<ServerState>,
    permit: PeerPermit,
    traffic: Traffic,
) {
    let _counted = state.metrics.connection();
    let admitted = tokio::select! {
        biased;
        () = state.going_down() => Err(AdmissionError::Refused(Refused::ShuttingDown)),
        // In memory of its own, which a member gives back.
        admitted = Box::pin(admission::admit(&mut socket, &state, &permit)) => admitted,
    };
    match admitted {
        Ok(admitted) => run_admitted(socket, admitted, &state, traffic).await,
        Err(AdmissionError::Refused(why)) => {
            state.metrics.refused(&why);
            send_refusal(socket, &why).await;
        }
        Err(AdmissionError::Gone) => tracing::debug!("a socket went before it came in"),
    }
}

/// Reads and writes side by side, until either side ends the session.
async fn run_admitted(
    socket: WebSocket,
    admitted: Admitted,
    state: &ServerState,
    traffic: Traffic,
) {
    let Admitted {
        welcome,
        on_record,
        seat,
        room,
        outbox,
        mut waiting,
        mut dismissed,
    } = admitted;
    let (mut sink, mut stream) = socket.split();
    let inbox = room.inbox.clone();
    let services = read::Services {
        clock: state.clock,
        passwords: state.passwords.clone(),
    };
    let reader = read::FrameReader::new(seat, inbox, outbox, services, traffic.clone());
    let reader = reader.counted_by(state.metrics.clone());
    let first = write::PendingWelcome { welcome, on_record };
    let end = tokio::select! {
        biased;
        // Without a reason the room's task failed, and the client should try again.
        why = &mut dismissed => SessionEnd::Dismissed(why.unwrap_or(Refused::StorageAway)),
        () = state.going_down() => SessionEnd::Dismissed(Refused::ShuttingDown),
        end = write::write(&mut sink, first, &mut waiting, state.clock, &traffic) => end,
        end = reader.run(&mut stream) => end,
    };
    tracing::debug!(?seat, ?end, "a session ends");
    if let SessionEnd::Dismissed(why) = &end {
        state.metrics.refused(why);
    }
    let cause = match &end {
        SessionEnd::Left => LeaveCause::Left,
        SessionEnd::Lost | SessionEnd::Dismissed(_) => LeaveCause::Lost,
    };
    let gone = RoomMessage::Gone { seat, cause };
    // The room's task may have exited; then there is no one to notify.
    let _ended = room.inbox.send(gone).await;
    let farewell = async {
        if let SessionEnd::Dismissed(why) = &end
            && *why != Refused::TooSlow
        {
            flush_outbox(&mut sink, &mut waiting, state).await;
        }
        let closing = sink.send(Message::Close(Some(close_frame(&end)))).await;
        while closing.is_ok() && matches!(stream.next().await, Some(Ok(_))) {}
    };
    if timeout(FAREWELL, farewell).await.is_err() {
        tracing::debug!(?seat, "a socket did not close in time");
    }
}

/// Writes the frames that were in the outbox before the end, the reason among them.
async fn flush_outbox(
    sink: &mut (impl SinkExt<Message, Error = axum::Error> + Unpin),
    waiting: &mut OutboxReader,
    state: &ServerState,
) {
    while let Some(outgoing) = waiting.try_next() {
        let message = write::frame_of(outgoing, state.clock);
        if sink.send(message).await.is_err() {
            return;
        }
    }
}

/// Sends the refusal to a socket that was not admitted, and closes it.
async fn send_refusal(mut socket: WebSocket, why: &Refused) {
    tracing::debug!(?why, "a client was refused");
    let farewell = async {
        let replies = Message::Text(replies::frame(&replies::refused(why)));
        socket.send(replies).await?;
        let close = close_frame(&SessionEnd::Dismissed(why.clone()));
        socket.send(Message::Close(Some(close))).await?;
        while let Some(Ok(_)) = socket.recv().await {}
        Ok::<(), axum::Error>(())
    };
    match timeout(FAREWELL, farewell).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::debug!(%error, "a socket went before it heard why"),
        Err(_) => tracing::debug!("a socket did not close in time"),
    }
}

fn close_frame(end: &SessionEnd) -> CloseFrame {
    match end {
        SessionEnd::Left | SessionEnd::Lost => CloseFrame {
            code: axum::extract::ws::close_code::NORMAL,
            reason: Utf8Bytes::default(),
        },
        SessionEnd::Dismissed(why) => CloseFrame {
            code: codec::close_code(why),
            reason: Utf8Bytes::from(codec::close_reason(why)),
        },
    }
}

/// An answer of the session itself, as an item for the outbox.
fn text(message: &crate::wire::message::ServerMsg) -> OutboxItem {
    OutboxItem::Text(replies::frame(message))
}
