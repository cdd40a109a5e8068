//! The keys with which rooms may be created: only their digests are in Redis, for as long as they are
//! good. The script that creates a room removes its key, so that it works once at all nodes.

use std::time::Duration;

use super::{LogError, Redis, unread};
use crate::protocol::ids::RoomId;
use crate::server::creation::KeyDigest;

impl Redis {
    /// Keeps the digest of a room's key for so long.
    pub(in crate::server::log) async fn keep_room_key(
        &self,
        room: &RoomId,
        key: KeyDigest,
        kept_for: Duration,
    ) -> Result<(), LogError> {
        let link = self.shared.link()?;
        let millis = u64::try_from(kept_for.as_millis()).unwrap_or(u64::MAX);
        let mut pipeline = redis::pipe();
        pipeline
            .cmd("SET")
            .arg(self.shared.keys.room(room).creation_key)
            .arg(key.as_slice())
            .arg("PX")
            .arg(millis)
            .ignore();
        let kept = link.ask::<()>(&pipeline).await;
        kept.map_err(|fault| unread(&fault))
    }

    /// The digest of a room's key, if there is one.
    pub(in crate::server::log) async fn room_key(
        &self,
        room: &RoomId,
    ) -> Result<Option<KeyDigest>, LogError> {
        let link = self.shared.link()?;
        let mut pipeline = redis::pipe();
        pipeline.get(self.shared.keys.room(room).creation_key);
        let (key,): (Option<Vec<u8>>,) =
            link.ask(&pipeline).await.map_err(|fault| unread(&fault))?;
        // Another length would be no digest.
        Ok(key.and_then(|key| key.try_into().ok()))
    }
}
