//! The keys with which rooms may be created, where several nodes share the log: each node takes a key
//! that another made. A node alone keeps its own (`creation`).

use std::time::Duration;

use super::{Kind, LogError, RoomLog};
use crate::protocol::ids::RoomId;
use crate::server::creation::KeyDigest;

impl RoomLog {
    /// Keeps the digest of a room's key for so long, or until the room is created. An earlier one is
    /// void. False where no others share the log: then nothing is kept.
    ///
    /// # Errors
    /// [`LogError`] if it cannot be written now.
    pub(in crate::server) async fn keep_room_key(
        &self,
        room: &RoomId,
        key: KeyDigest,
        kept_for: Duration,
    ) -> Result<bool, LogError> {
        match &self.0 {
            Kind::Redis(log) => log.keep_room_key(room, key, kept_for).await.map(|()| true),
            Kind::Embedded(_) => Ok(false),
            #[cfg(test)]
            Kind::Hub(_) => Ok(false),
        }
    }

    /// The digest of a room's key, if all nodes share one.
    ///
    /// # Errors
    /// [`LogError`] if it cannot be read now.
    pub(in crate::server) async fn room_key(
        &self,
        room: &RoomId,
    ) -> Result<Option<KeyDigest>, LogError> {
        match &self.0 {
            // Apart, so that a connection's task does not hold the place for it ever after.
            Kind::Redis(log) => Box::pin(log.room_key(room)).await,
            Kind::Embedded(_) => Ok(None),
            #[cfg(test)]
            Kind::Hub(_) => Ok(None),
        }
    }
}
