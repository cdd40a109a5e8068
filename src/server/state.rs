//! What all connections of a server share.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::path::PathBuf;

use tokio::sync::mpsc;
use tokio::time::Instant;

use super::clock::NodeClock;
use super::credentials::Passwords;
use super::drain::Drain;
use super::feed::Feed;
use super::log::RoomLog;
use super::metrics::Metrics;
use super::metrics::figures::Figures;
use super::metrics::store::{ClockFigures, StoreFigures};
use super::quiet::QuietPlaces;
use super::registry::{GoingDown, RoomLookup, Rooms};
use super::shutdown::Shutdown;
use crate::protocol::ids::{NodeId, RoomId};
use crate::room::listing::{RoomCard, card_by_name};
use crate::wire::codec::PROTOCOL;

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
    /// The log, which names itself to clients, and which the health check asks whether it takes
    /// writes.
    pub(super) storage: RoomLog,
    /// The URL at which others reach this server, without a trailing slash; `None` if unknown.
    pub(super) public_url: Option<String>,
    /// Whether it runs in a member's own client and ends with it.
    pub(super) hosted: bool,
    /// Counts what happens.
    pub(super) metrics: Metrics,
    /// When the server stops, if that is planned.
    pub(super) drain: Drain,
    /// When it started.
    pub(super) started: Instant,
    /// The file in which the rooms are kept; `None` if they are kept in memory.
    pub(super) file: Option<PathBuf>,
    /// The scheme of its own port: `http`, or `https` where it ends TLS itself.
    pub(super) scheme: &'static str,
    /// The places for sockets on which nothing is said.
    pub(super) quiet: QuietPlaces,
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
    /// Whether it is ready for clients: the log takes writes, and no end is planned.
    pub(super) fn is_ready(&self) -> bool {
        self.storage.takes_writes() && !self.drain.is_on()
    }

    /// The figures of this moment, with when the nodes gave their last signs.
    pub(super) async fn figures_with_signs(&self) -> Figures {
        let mut figures = self.figures().await;
        if let Some(store) = &mut figures.store {
            // While the store is away, nobody knows.
            store.last_signs = self.storage.last_signs().await.unwrap_or_default();
        }
        figures
    }

    /// What the nodes that share the rooms are called, as far as that is known now; while the store
    /// is away, only this one's name.
    pub(super) async fn node_names(&self) -> BTreeMap<NodeId, String> {
        let signs = self.storage.last_signs().await.unwrap_or_default();
        let others = signs.into_iter();
        let others = others.filter_map(|sign| Some((sign.node, sign.name?)));
        let this = self.storage.store_figures();
        let this = this.map(|figures| (figures.node, figures.name));
        others.chain(this).collect()
    }

    fn store_figures(&self) -> Option<StoreFigures> {
        let mut figures = self.storage.store_figures()?;
        let doubt_seconds = figures.clock.doubt_seconds;
        figures.clock = ClockFigures {
            doubt_seconds,
            ..self.clock.figures(Instant::now())
        };
        Some(figures)
    }

    /// The figures of this moment.
    pub(super) async fn figures(&self) -> Figures {
        let rooms = self.rooms.all().await.unwrap_or_default();
        let members = rooms.values().map(|room| room.card.borrow().roster.count);
        let members = members.map(u64::from).sum();
        let (connections, connections_opened) = self.metrics.connections();
        let file = self.file.as_ref();
        Figures {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            protocol: PROTOCOL,
            up_seconds: self.started.elapsed().as_secs(),
            connections,
            connections_opened,
            rooms: u64::try_from(rooms.len()).unwrap_or(u64::MAX),
            members,
            messages: self.metrics.messages(),
            denied: self.metrics.denials(),
            refused: self.metrics.refusals(),
            dropped_frames: self.metrics.dropped_frames(),
            member_reports: self.metrics.member_reports(),
            ignored_node_messages: self.metrics.ignored_node_messages(),
            append: self.metrics.append(),
            fan_out: self.metrics.fan_out(),
            file_bytes: file.and_then(|file| Some(std::fs::metadata(file).ok()?.len())),
            takes_writes: self.storage.takes_writes(),
            drains: self.drain.is_on(),
            store: self.store_figures(),
        }
    }
}
