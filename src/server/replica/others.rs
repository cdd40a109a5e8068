//! What the nodes tell each other of a room that is kept nowhere.

use bytes::Bytes;

use super::Replica;
use crate::protocol::ids::NodeId;

impl Replica {
    /// Handles what another node told.
    pub(super) fn on_told(&mut self, from: &NodeId, message: &Bytes) {
        tracing::debug!(room = %self.id, ?from, bytes = message.len(), "unknown news of a node");
    }
}
