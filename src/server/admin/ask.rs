//! Finds a room for the operator, asks it, and says why it does not do what they want.

use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::timeout;

use super::message::AdminFault;
use crate::protocol::denied::Denied;
use crate::protocol::ids::RoomId;
use crate::server::registry::RoomLookup;
use crate::server::replica::message::{Handle, OperatorMessage};
use crate::server::state::ServerState;

/// How long a room may take to answer (judgement: it waits only for its log).
const ANSWER_WITHIN: Duration = Duration::from_secs(10);

/// The handle of a room.
pub(super) async fn find(id: &RoomId, state: &ServerState) -> Result<Handle, AdminFault> {
    match state.rooms.find(id.clone()).await {
        Ok(RoomLookup::Room(room)) => Ok(room),
        Ok(RoomLookup::Nothing | RoomLookup::Full { .. }) => {
            Err(AdminFault::NoSuchRoom { room: id.clone() })
        }
        Ok(RoomLookup::Unreadable) => Err(AdminFault::StorageAway),
        Err(_) => Err(AdminFault::GoingDown),
    }
}

/// Asks a room and waits for its answer, but not for ever.
pub(super) async fn ask<T>(
    room: &Handle,
    question: impl FnOnce(oneshot::Sender<T>) -> OperatorMessage,
) -> Result<T, AdminFault> {
    let (reply, answer) = oneshot::channel();
    if !room.tell_operator(question(reply)).await {
        return Err(AdminFault::StorageAway);
    }
    let answered = timeout(ANSWER_WITHIN, answer).await;
    answered
        .ok()
        .and_then(Result::ok)
        .ok_or(AdminFault::StorageAway)
}

/// Why a room does not do what the operator wants.
pub(super) fn denied(why: Denied, room: &RoomId) -> AdminFault {
    match why {
        Denied::StorageAway => AdminFault::StorageAway,
        // It is closed, and about to end.
        Denied::NotInRoom => AdminFault::NoSuchRoom { room: room.clone() },
        why => AdminFault::Denied { why },
    }
}
