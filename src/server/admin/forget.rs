//! Finds or erases what all rooms keep of a person who has left.

use super::ask::{ask, denied};
use super::message::{AdminFault, AdminReply, RoomTraces};
use crate::protocol::text::MemberName;
use crate::server::replica::message::OperatorMessage;
use crate::server::state::ServerState;

/// Asks every room. What is erased is durable when this returns.
///
/// # Errors
/// [`AdminFault`] of the first room that cannot erase; those before it have.
pub(super) async fn forget(
    name: &MemberName,
    erases: bool,
    state: &ServerState,
) -> Result<AdminReply, AdminFault> {
    let all = state.rooms.all().await;
    let all = all.map_err(|_| AdminFault::GoingDown)?;
    let mut rooms = Vec::new();
    for (id, room) in all {
        let question = |reply| OperatorMessage::Traces {
            name: name.clone(),
            erases,
            reply,
        };
        let (found, on_record) = ask(&room, question)
            .await?
            .map_err(|why| denied(why, &id))?;
        if !on_record.await {
            return Err(AdminFault::StorageAway);
        }
        if !found.is_empty() {
            rooms.push(RoomTraces {
                room: id,
                present: found.present > 0,
                members: found.members.len(),
                lines: found.lines.len(),
                entries: found.entries.len(),
                bans: found.bans,
            });
        }
    }
    if erases && rooms.iter().any(|room| !room.present) {
        // Else it would stay in the file for up to an hour.
        if let Err(error) = state.storage.compact().await {
            tracing::warn!(%error, "what was erased stays in the file for now");
        }
        // The name stays out of the log, which would keep it.
        tracing::info!(rooms = rooms.len(), "a person was erased for the operator");
    }
    Ok(AdminReply::Forgotten {
        rooms,
        erased: erases,
    })
}
