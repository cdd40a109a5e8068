//! What all connections of a server share.

use std::convert::Infallible;

use tokio::sync::mpsc;

use super::clock::NodeClock;
use super::credentials::Passwords;
use super::feed::Feed;
use super::log::RoomLog;
use super::registry::{GoingDown, RoomLookup, Rooms};
use super::shutdown::Shutdown;
use crate::protocol::ids::{LogId, NodeId, RoomId};
use crate::room::listing::{RoomCard, card_by_name};

/// What all connections of a server share.
#[derive(Debug)]
pub(super) struct ServerState {
    /// The registry, which finds and creates rooms.
    pub(super) rooms: Rooms,
    /// The feed of the public rooms.
    pub(super) feed: Feed,
    /// The node's room time.
    pub(super) clock: NodeClock,
    /// The id of this process: clients drop their clock samples when it changes.
    pub(super) node: NodeId,
    /// The id of this opening of the log. Revs of different openings cannot be compared.
    pub(super) log: LogId,
    /// The log, which the health check asks whether it takes writes.
    pub(super) storage: RoomLog,
    /// The URL at which others reach this server, without a trailing slash; `None` if unknown.
    pub(super) public_url: Option<String>,
    /// The queue in which passwords are hashed and checked.
    pub(super) passwords: Passwords,
    /// The signal to close every connection.
    pub(super) shutdown: Shutdown,
    /// Held while any connection lives: the server waits until all of these are dropped.
    pub(super) _alive: mpsc::Sender<Infallible>,
}

impl ServerState {
    /// The card of a room for somebody who knows its name; `None` for a private room, as for one
    /// that does not exist.
    pub(super) async fn card(&self, room: &RoomId) -> Result<Option<RoomCard>, GoingDown> {
        match self.rooms.find(room.clone()).await? {
            RoomLookup::Room(handle) => Ok(card_by_name(&handle.card.borrow(), self.clock.now())),
            // Whether a room that cannot be read is private is not known.
            RoomLookup::Nothing | RoomLookup::Full { .. } | RoomLookup::Unreadable => Ok(None),
        }
    }

    /// Waits until the server shuts down.
    pub(super) async fn going_down(&self) {
        self.shutdown.clone().wait().await;
    }
}
