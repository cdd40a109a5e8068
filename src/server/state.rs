//! What all connections of a server share.

use std::convert::Infallible;

use tokio::sync::mpsc;

use super::clock::NodeClock;
use super::credentials::Passwords;
use super::log::RoomLog;
use super::registry::Rooms;
use super::shutdown::Shutdown;
use crate::protocol::ids::{LogId, NodeId};

/// What all connections of a server share.
#[derive(Debug)]
pub(super) struct ServerState {
    /// Finds and creates rooms.
    pub(super) rooms: Rooms,
    /// The source of room time.
    pub(super) clock: NodeClock,
    /// The id of this process: clients drop their clock samples when it changes.
    pub(super) node: NodeId,
    /// The id of this opening of the log: revs of another do not compare.
    pub(super) log: LogId,
    /// The log itself, asked whether it takes writes.
    pub(super) storage: RoomLog,
    /// The URL at which others reach this server, without a trailing slash; `None` if unknown.
    pub(super) public_url: Option<String>,
    /// Hashes and checks passwords.
    pub(super) passwords: Passwords,
    /// Resolves when the server shuts down.
    pub(super) shutdown: Shutdown,
    /// Held while any connection lives: the server waits until all of these are dropped.
    pub(super) _alive: mpsc::Sender<Infallible>,
}

impl ServerState {
    /// Waits until the server shuts down.
    pub(super) async fn going_down(&self) {
        self.shutdown.clone().wait().await;
    }
}
