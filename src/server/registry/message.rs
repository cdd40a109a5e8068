//! What the registry is asked, and its answers.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;

use bytes::Bytes;
use tokio::sync::oneshot;

use crate::protocol::denied::Refused;
use crate::protocol::ids::RoomId;
use crate::protocol::secret::Password;
use crate::protocol::time::RoomTime;
use crate::room::committed::Room;
use crate::room::listing::RoomCard;
use crate::server::creation::KeyDigest;
use crate::server::log::LogError;
use crate::server::replica::NewRoom;
use crate::server::replica::message::Handle;

/// A request to the registry.
#[derive(Debug)]
pub(super) enum RegistryRequest {
    /// Looks a room up, in the list or else in the log.
    Find(RoomId, oneshot::Sender<RoomLookup>),
    /// Looks a room up that this node may not have heard of, before somebody is refused.
    Search(RoomId, oneshot::Sender<RoomLookup>),
    /// What the log had of a room that was searched for.
    Searched(RoomId, Result<Option<Box<Room>>, LogError>),
    /// Looks a room up, and creates it if there is none: then the sender joins it first.
    Open(RoomId, Box<RoomCreation>, oneshot::Sender<OpenOutcome>),
    /// Asks whether somebody may create a room.
    MayCreate(CreationClaim, oneshot::Sender<Result<(), Refused>>),
    /// Makes a key with which a room can be created; `None` if it is there already.
    MakeKey(RoomId, oneshot::Sender<Option<String>>),
    /// Sets the password for new rooms.
    SetCreatePassword(Option<Password>, oneshot::Sender<()>),
    /// A room that another node created, as it was read from the log.
    Appeared(RoomId, Box<Room>),
    /// Lists the public rooms.
    List(oneshot::Sender<RoomList>),
    /// Takes a room from another server.
    Import(Box<ImportedRoom>, oneshot::Sender<ImportOutcome>),
    /// Lists all rooms, for the operator.
    All(oneshot::Sender<BTreeMap<RoomId, Handle>>),
}

/// The public rooms at one moment. Clones share it.
#[derive(Debug, Clone)]
pub(in crate::server) struct RoomList {
    /// The moment for which the cards tell their positions.
    pub(in crate::server) at: RoomTime,
    /// Those with the most viewers first.
    pub(in crate::server) cards: Arc<[RoomCard]>,
    /// The cards in JSON, in the same order.
    pub(in crate::server) json: Bytes,
}

/// A room that somebody creates.
#[derive(Debug)]
pub(in crate::server) struct RoomCreation {
    /// The room, and the join of its creator.
    pub(in crate::server) new_room: NewRoom,
    /// The creator's address; `None` for those that are not counted.
    pub(in crate::server) from: Option<IpAddr>,
}

/// With what somebody wants to create a room.
#[derive(Debug)]
pub(in crate::server) struct CreationClaim {
    /// The room.
    pub(in crate::server) room: RoomId,
    /// The password for new rooms, or a key.
    pub(in crate::server) secret: Option<Password>,
    /// The digest of the room's key, if all nodes share it.
    pub(in crate::server) shared_key: Option<KeyDigest>,
    /// Their address; `None` for those that are not counted.
    pub(in crate::server) from: Option<IpAddr>,
}

/// A room from another server.
#[derive(Debug)]
pub(in crate::server) struct ImportedRoom {
    /// The room as it was there.
    pub(in crate::server) room: Room,
    /// When the other server was last known to run, in room time.
    pub(in crate::server) alive: RoomTime,
}

/// The outcome of [`super::Rooms::import`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::server) enum ImportOutcome {
    /// It is here now, and durable.
    Imported,
    /// There is a room of this name, which stays as it is.
    Exists,
    /// The server has as many rooms as it takes.
    Full,
    /// The log takes no writes at the moment.
    Away,
}

/// The outcome of [`super::Rooms::find`].
#[derive(Debug)]
pub(in crate::server) enum RoomLookup {
    /// The room runs on this node; messages go to this handle.
    Room(Handle),
    /// No room, and one may be created.
    Nothing,
    /// No room, and the server has as many as it takes.
    Full {
        /// The most rooms of the server.
        limit: u32,
    },
    /// The log cannot be read at the moment.
    Unreadable,
}

/// The outcome of [`super::Rooms::open`].
#[derive(Debug)]
pub(in crate::server) enum OpenOutcome {
    /// It was created, and its creator's join is in its inbox.
    Created(Handle),
    /// Somebody else created it first; the join was not sent.
    Found(Handle),
    /// The server has as many rooms as it takes.
    Full {
        /// The most rooms of the server.
        limit: u32,
    },
    /// The log cannot be read at the moment.
    Unreadable,
}
