//! The removal of rooms.

use std::time::Duration;

use super::link::ANSWERS_WITHIN;
use super::record::{self, RoomAnswer};
use super::{LogError, Redis, news, unread};
use crate::protocol::ids::{Rev, RoomId};

/// For how long it is known that a room was removed: a node that was away that long does not write it
/// back (judgement: longer ago, its members are gone from it, and it ends by itself).
const REMOVED_FOR: Duration = Duration::from_hours(1);

impl Redis {
    /// Removes a room.
    pub(in crate::server::log) async fn forget(&self, room: &RoomId) -> Result<(), LogError> {
        let link = self.shared.link()?;
        let tip = self.shared.known().end_of(room);
        let keys = self.shared.keys.room(room);
        let mut script = self.shared.scripts.forget.key(keys.head);
        script
            .key(keys.log)
            .key(keys.snapshot)
            .key(keys.removed)
            .arg(self.shared.keys.events())
            .arg(news::gone(room))
            .arg(tip.to_string())
            .arg(REMOVED_FOR.as_millis().to_string());
        let answer = link
            .run(&script, ANSWERS_WITHIN)
            .await
            .map_err(|fault| unread(&fault))?;
        self.shared.known().remove(room);
        if matches!(record::read(room, Rev(0), answer)?, RoomAnswer::Other) {
            // Another node has removed it, and may have made a new one.
            return Ok(());
        }
        let mut pipeline = redis::pipe();
        pipeline
            .zrem(self.shared.keys.rooms(), room.as_str())
            .ignore();
        link.ask::<()>(&pipeline)
            .await
            .map_err(|fault| unread(&fault))
    }
}
