//! New rooms: who may create one, and how it begins.

use tokio::time::Instant;

use super::Registry;
use super::message::{CreationClaim, RoomCreation};
use crate::protocol::denied::Refused;
use crate::protocol::ids::RoomId;
use crate::server::creation::{self, Attempt};
use crate::server::replica::RoomStart;
use crate::server::replica::message::Handle;

impl Registry {
    /// Whether somebody may create a room: by the rule, and by how many rooms of their address there
    /// are.
    pub(super) fn may_create(&self, claim: &CreationClaim) -> Result<(), Refused> {
        let limits = *self.context.limits.borrow();
        let attempt = Attempt {
            room: &claim.room,
            given: claim.secret.as_ref(),
            shared_key: claim.shared_key,
        };
        self.secrets.check(limits.create, attempt, Instant::now())?;
        let Some(from) = claim.from else {
            return Ok(());
        };
        let limit = limits.rooms_per_address;
        if self.creators.rooms_of(from) >= limit {
            return Err(Refused::TooManyOwnRooms { limit });
        }
        Ok(())
    }

    /// A new key. One that all nodes share is kept by the log, not here.
    pub(super) fn make_key(&mut self, room: RoomId) -> String {
        if self.context.cluster.is_shared() {
            return creation::new_key();
        }
        self.secrets.make_key(room, Instant::now())
    }

    /// Creates a room, and joins its creator.
    pub(super) fn create(&mut self, room: RoomId, creation_request: RoomCreation) -> Handle {
        let RoomCreation { new_room, from } = creation_request;
        self.secrets.created(&room);
        if let Some(from) = from {
            self.creators.insert(room.clone(), from);
        }
        self.begin(room, RoomStart::Created(new_room))
    }
}
