//! The removal of rooms.

use std::time::Duration;

use super::fault::{ANSWERS_WITHIN, RedisFault};
use super::link::Link;
use super::shared::Shared;
use super::tip::Tip;
use super::{LogError, Redis, news};
use crate::protocol::ids::RoomId;

/// For how long it is known that a room was removed: a node that was away that long does not write it
/// back (judgement: longer ago, its members are gone from it, and it ends by itself).
const REMOVED_FOR: Duration = Duration::from_hours(1);

/// How many removals may wait until Redis is back (judgement: far more rooms than end while nobody
/// can change one). What finds no place is removed by the next node that comes upon it.
const WAITING: usize = 1_024;

impl Redis {
    /// Removes a room, as soon as Redis is there.
    ///
    /// # Errors
    /// [`LogError::Away`] if it is not there, and too many removals wait already.
    pub(in crate::server::log) async fn forget(&self, room: &RoomId) -> Result<(), LogError> {
        let shared = &self.shared;
        let tip = shared.known().end_of(room);
        let removed = match shared.link() {
            Ok(link) => remove(shared, &link, room, tip).await.is_ok(),
            Err(LogError::Closed) => return Err(LogError::Closed),
            Err(_away) => false,
        };
        if removed {
            return Ok(());
        }
        let mut removals = shared.removals();
        if removals.len() >= WAITING {
            return Err(LogError::Away);
        }
        tracing::debug!(%room, "the room is removed once Redis is there");
        removals.insert(room.clone(), tip);
        Ok(())
    }
}

/// Removes the rooms that wait for that.
pub(super) async fn try_again(shared: &Shared, link: &Link) -> Result<(), RedisFault> {
    let waiting = shared.removals().clone();
    for (room, tip) in waiting {
        match remove(shared, link, &room, tip).await {
            // Another try would be refused as well.
            Err(fault) if fault.is_refusal() && !fault.is_redirection() => {
                tracing::error!(%room, error = %fault, "Redis refuses to remove a closed room");
            }
            removed => removed?,
        }
        // A later room of the name may wait by now.
        shared.removals().retain(|id, at| (id, *at) != (&room, tip));
    }
    Ok(())
}

/// Removes a room, unless another node has, and may have made a new one.
pub(super) async fn remove(
    shared: &Shared,
    link: &Link,
    room: &RoomId,
    tip: Tip,
) -> Result<(), RedisFault> {
    let keys = shared.keys.room(room);
    let mut script = shared.scripts.forget.key(keys.head);
    script
        .key(keys.log)
        .key(keys.snapshot)
        .key(keys.removed)
        .key(shared.keys.rooms())
        .arg(shared.keys.events())
        .arg(news::gone(room))
        .arg(tip.to_string())
        .arg(REMOVED_FOR.as_millis().to_string())
        .arg(room.as_str());
    link.run(&script, ANSWERS_WITHIN).await?;
    shared.known().remove_at(room, tip);
    Ok(())
}
