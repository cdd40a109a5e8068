//! What every connection of this server works with.

use std::convert::Infallible;

use tokio::sync::mpsc;

use super::clock::NodeClock;
use super::credentials::Passwords;
use super::log::RoomLog;
use super::registry::Rooms;
use super::shutdown::Shutdown;
use crate::protocol::ids::{LogId, NodeId};

/// What every connection of this server works with.
#[derive(Debug)]
pub(super) struct ServerState {
    /// The way to the rooms.
    pub(super) rooms: Rooms,
    /// Room time.
    pub(super) clock: NodeClock,
    /// Whose time it is.
    pub(super) node: NodeId,
    /// Whose revs the rooms count.
    pub(super) log: LogId,
    /// Where the rooms are kept.
    pub(super) storage: RoomLog,
    /// Where others reach this server, if it knows; without a trailing slash.
    pub(super) public_url: Option<String>,
    /// Hashes and checks passwords.
    pub(super) passwords: Passwords,
    /// Turns true when the server goes down.
    pub(super) shutdown: Shutdown,
    /// Held as long as anybody works with this.
    pub(super) _alive: mpsc::Sender<Infallible>,
}

impl ServerState {
    /// Waits until the server goes down.
    pub(super) async fn going_down(&self) {
        self.shutdown.clone().wait().await;
    }
}
