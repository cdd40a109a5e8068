//! New rooms: who may create one, and how it begins.

use tokio::time::Instant;

use super::Registry;
use super::message::{CreationClaim, RoomCreation};
use crate::protocol::denied::Refused;
use crate::protocol::ids::RoomId;
use crate::server::creation::{self, Attempt};
use crate::server::replica::message::{Handle, RoomMessage};
use crate::server::replica::{self, RoomStart};

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

    /// Creates a room and joins its creator. It is on the list only after that, so nobody else has
    /// the handle, and that join is the first message in the inbox.
    pub(super) fn create(&mut self, room: RoomId, creation_request: RoomCreation) -> Handle {
        let RoomCreation {
            creation,
            join,
            from,
        } = creation_request;
        self.secrets.created(&room);
        if let Some(from) = from {
            self.creators.insert(room.clone(), from);
        }
        let beginning = RoomStart::Created(creation);
        let handle = replica::start(room.clone(), beginning, self.context.clone());
        let join = Box::new(RoomMessage::Join(join));
        if handle.inbox.try_send(join).is_err() {
            // Dropping the join drops its reply, which the session takes for an ended room.
            tracing::error!("a new room took no message");
        }
        self.rooms.insert(room, handle.clone());
        handle
    }
}
