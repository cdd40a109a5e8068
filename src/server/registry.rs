//! The rooms of this node and the handles to them. One task owns the list; it waits for no room.

use std::collections::BTreeMap;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::{Instant, timeout};

use super::creation::CreationSecrets;
use super::limits::Limits;
use super::log::LogError;
use super::replica::message::Handle;
use super::replica::{self, EndedRoom, RoomContext, RoomStart};
use crate::protocol::denied::Refused;
use crate::protocol::ids::RoomId;
use crate::protocol::secret::Password;

use appeared::Searches;
use cache::ListingCache;
use creators::Creators;
use message::RegistryRequest;
use running::RunningRooms;
use searched::PendingSearches;

pub(super) use message::{
    CreationClaim, ImportOutcome, ImportedRoom, OpenOutcome, RoomCreation, RoomList, RoomLookup,
};

mod appeared;
mod cache;
mod creating;
mod creators;
mod message;
mod running;
mod searched;

/// How many requests may wait; beyond that sessions wait (judgement: far more than joins arrive at
/// once).
const INBOX: usize = 256;

/// How many ended rooms may wait to be taken off the list before the next has to wait (judgement).
const ENDING: usize = 64;

/// How long reading a room whose task failed may take, since all other requests wait meanwhile
/// (judgement).
const READ_WITHIN: Duration = Duration::from_secs(1);

/// A handle to the registry. Clones share it.
#[derive(Debug, Clone)]
pub(super) struct Rooms {
    requests: mpsc::Sender<RegistryRequest>,
    running: RunningRooms,
    limits: watch::Sender<Limits>,
}

/// The registry has ended, since the server shuts down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct GoingDown;

impl Rooms {
    /// Looks a room up without creating it. The registry is asked only if it does not run.
    pub(super) async fn find(&self, room: RoomId) -> Result<RoomLookup, GoingDown> {
        if let Some(running) = self.running.find(&room) {
            return Ok(RoomLookup::Room(running));
        }
        self.ask(|reply| RegistryRequest::Find(room, reply)).await
    }

    /// Looks a room up before somebody is refused because there is none: of several nodes, another may
    /// have it.
    pub(super) async fn search(&self, room: RoomId) -> Result<RoomLookup, GoingDown> {
        self.ask(|reply| RegistryRequest::Search(room, reply)).await
    }

    /// Looks a room up, and creates it if there is none.
    pub(super) async fn open(
        &self,
        room: RoomId,
        creation_request: RoomCreation,
    ) -> Result<OpenOutcome, GoingDown> {
        let creation_request = Box::new(creation_request);
        self.ask(|reply| RegistryRequest::Open(room, creation_request, reply))
            .await
    }

    /// Whether somebody may create a room that does not exist: by the rule, and by how many rooms
    /// of their address there are.
    pub(super) async fn may_create(
        &self,
        claim: CreationClaim,
    ) -> Result<Result<(), Refused>, GoingDown> {
        self.ask(|reply| RegistryRequest::MayCreate(claim, reply))
            .await
    }

    /// A new key with which a room can be created; `None` if it is there already.
    pub(super) async fn make_key(&self, room: RoomId) -> Result<Option<String>, GoingDown> {
        self.ask(|reply| RegistryRequest::MakeKey(room, reply))
            .await
    }

    /// Sets the password for new rooms.
    pub(super) async fn set_create_password(
        &self,
        password: Option<Password>,
    ) -> Result<(), GoingDown> {
        self.ask(|reply| RegistryRequest::SetCreatePassword(password, reply))
            .await
    }

    /// The public rooms, up to a second old.
    pub(super) async fn list(&self) -> Result<RoomList, GoingDown> {
        self.ask(RegistryRequest::List).await
    }

    /// Takes a room from another server, unless there is one of its name.
    pub(super) async fn import(&self, imported: ImportedRoom) -> Result<ImportOutcome, GoingDown> {
        let imported = Box::new(imported);
        self.ask(|reply| RegistryRequest::Import(imported, reply))
            .await
    }

    /// All rooms of this node.
    pub(super) async fn all(&self) -> Result<BTreeMap<RoomId, Handle>, GoingDown> {
        self.ask(RegistryRequest::All).await
    }

    /// The limits that hold.
    pub(super) fn limits(&self) -> Limits {
        *self.limits.borrow()
    }

    /// Has other limits hold from now on, here and in all rooms. A room that is busy finds them as
    /// soon as it is not.
    pub(super) fn limit(&self, limits: Limits) {
        self.limits.send_replace(limits);
    }

    async fn ask<T>(
        &self,
        request: impl FnOnce(oneshot::Sender<T>) -> RegistryRequest,
    ) -> Result<T, GoingDown> {
        let (reply, answer) = oneshot::channel();
        let sent = self.requests.send(request(reply)).await;
        sent.map_err(|_| GoingDown)?;
        answer.await.map_err(|_| GoingDown)
    }
}

/// Restores the rooms of the log and starts the registry. `limits` sends to the context's receiver
/// of the same name, and `ended` receives from its sender; `appeared` are the rooms that other nodes
/// create.
///
/// # Errors
/// [`LogError`] if a room cannot be read: a server that started it again would lose it. One that nodes
/// share is left out, since nobody can make another of its name while it is in the log.
pub(super) async fn start(
    context: RoomContext,
    limits: watch::Sender<Limits>,
    ended: mpsc::Receiver<EndedRoom>,
    appeared: Option<mpsc::Receiver<RoomId>>,
) -> Result<Rooms, LogError> {
    let mut found = Vec::new();
    for id in context.log.rooms().await? {
        match context.log.open(&id).await {
            Ok(Some(room)) if room.state.closed => context.log.forget(&id).await?,
            Ok(Some(room)) => found.push((id, room)),
            Ok(None) => {}
            Err(LogError::Unreadable { .. }) if context.cluster.is_shared() => {}
            Err(error) => return Err(error),
        }
    }
    let rooms = RunningRooms::default();
    let count = found.len();
    for (id, room) in found {
        let beginning = RoomStart::Reopened(Box::new(room));
        let handle = replica::start(id.clone(), beginning, context.clone());
        rooms.insert(id, handle);
    }
    match count {
        1 => tracing::info!("loaded 1 room"),
        count => tracing::info!("loaded {count} rooms"),
    }
    let (requests, inbox) = mpsc::channel(INBOX);
    let gallery = ListingCache::default();
    let (log, shutdown) = (context.log.clone(), context.shutdown.clone());
    let registry = Registry {
        rooms: rooms.clone(),
        pending: PendingSearches::new(&requests),
        searches: Searches::start(appeared, log, requests.clone(), shutdown),
        secrets: CreationSecrets::default(),
        creators: Creators::new(context.log.held_by_addresses()),
        context,
        gallery,
        ended,
    };
    tokio::spawn(registry.run(inbox));
    Ok(Rooms {
        requests,
        running: rooms,
        limits,
    })
}

/// The channel on which rooms report their end.
pub(super) fn endings() -> (mpsc::Sender<EndedRoom>, mpsc::Receiver<EndedRoom>) {
    mpsc::channel(ENDING)
}

struct Registry {
    rooms: RunningRooms,
    /// Looks for rooms of other nodes.
    searches: Searches,
    /// What somebody waits for who named a room.
    pending: PendingSearches,
    /// What opens a new room, where not everybody may create one.
    secrets: CreationSecrets,
    /// The addresses that created the rooms, as far as they are counted.
    creators: Creators,
    context: RoomContext,
    gallery: ListingCache,
    /// The rooms that have ended.
    ended: mpsc::Receiver<EndedRoom>,
}

impl Registry {
    async fn run(mut self, mut inbox: mpsc::Receiver<RegistryRequest>) {
        let mut shutdown = self.context.shutdown.clone();
        loop {
            // Ended rooms are handled first: a session that found a room's inbox closed and asks
            // again must not get the same handle.
            tokio::select! {
                biased;
                () = shutdown.wait() => return,
                Some(room) = self.ended.recv() => self.forget(room),
                request = inbox.recv() => match request {
                    Some(request) => self.answer(request).await,
                    None => return,
                },
            }
        }
    }

    /// Takes a room that ended here off the list. Where another node has one of its name, that one
    /// is here from now on.
    fn forget(&mut self, ended: EndedRoom) {
        let EndedRoom { id, other } = ended;
        self.rooms.remove(&id);
        self.creators.remove(&id);
        match other {
            Some(room) => drop(self.begin(id, RoomStart::Followed(room))),
            None => self.searches.look_for(id),
        }
    }

    /// Answers a request; its sender may have ended meanwhile, so a failed reply is no error.
    async fn answer(&mut self, request: RegistryRequest) {
        match request {
            RegistryRequest::Find(room, reply) => drop(reply.send(self.look(&room).await)),
            RegistryRequest::Search(room, reply) => self.search(room, reply).await,
            RegistryRequest::Searched(room, read) => self.searched(room, read).await,
            RegistryRequest::Open(room, creation_request, reply) => {
                drop(reply.send(self.open(room, *creation_request).await));
            }
            RegistryRequest::MayCreate(claim, reply) => drop(reply.send(self.may_create(&claim))),
            RegistryRequest::MakeKey(room, reply) => {
                let is_new = !self.rooms.read().contains_key(&room);
                let key = is_new.then(|| self.make_key(room));
                drop(reply.send(key));
            }
            RegistryRequest::SetCreatePassword(password, reply) => {
                self.secrets.set_password(password.as_ref());
                let _gone = reply.send(());
            }
            RegistryRequest::Appeared(id, room) => {
                // One that ends here just now is looked for again after that.
                if !self.rooms.read().contains_key(&id) {
                    self.begin(id, RoomStart::Followed(room));
                }
            }
            RegistryRequest::List(reply) => drop(reply.send(self.list(Instant::now()))),
            RegistryRequest::Import(imported, reply) => {
                let _gone = reply.send(self.import(*imported).await);
            }
            RegistryRequest::All(reply) => drop(reply.send(self.rooms.read().clone())),
        }
    }

    async fn look(&mut self, room: &RoomId) -> RoomLookup {
        match (self.find(room).await, self.full()) {
            (Ok(Some(handle)), _) => RoomLookup::Room(handle),
            (Ok(None), None) => RoomLookup::Nothing,
            (Ok(None), Some(limit)) => RoomLookup::Full { limit },
            (Err(error), _) => {
                if !matches!(error, LogError::Away | LogError::Closed) {
                    tracing::error!(%room, %error, "the room cannot be read");
                }
                RoomLookup::Unreadable
            }
        }
    }

    /// The server's limit of rooms, if it is reached; otherwise `None`.
    fn full(&self) -> Option<u32> {
        let limit = self.context.limits.borrow().rooms;
        (self.rooms.read().len() >= usize::try_from(limit).unwrap_or(usize::MAX)).then_some(limit)
    }

    async fn find(&mut self, room: &RoomId) -> Result<Option<Handle>, LogError> {
        if let Some(running) = self.rooms.find(room) {
            return Ok(Some(running));
        }
        // A room reports its end before its inbox closes, but perhaps after the registry looked last.
        while let Ok(ended) = self.ended.try_recv() {
            self.forget(ended);
        }
        if let Some(running) = self.rooms.find(room) {
            return Ok(Some(running));
        }
        if !self.rooms.read().contains_key(room) {
            return Ok(None);
        }
        // The task ended without reporting it, so it failed. The log has the room's last state.
        tracing::error!(%room, "the room's task failed; the room is read from the log again");
        let known = timeout(READ_WITHIN, self.context.log.open(room))
            .await
            .unwrap_or(Err(LogError::Away))?;
        self.rooms.remove(room);
        Ok(known.map(|known| {
            let known = Box::new(known);
            let beginning = if self.context.cluster.is_shared() {
                RoomStart::Followed(known)
            } else {
                RoomStart::Reopened(known)
            };
            self.begin(room.clone(), beginning)
        }))
    }

    async fn open(&mut self, room: RoomId, creation_request: RoomCreation) -> OpenOutcome {
        match self.look(&room).await {
            RoomLookup::Room(handle) => OpenOutcome::Found(handle),
            RoomLookup::Nothing => OpenOutcome::Created(self.create(room, creation_request)),
            RoomLookup::Full { limit } => OpenOutcome::Full { limit },
            RoomLookup::Unreadable => OpenOutcome::Unreadable,
        }
    }

    async fn import(&mut self, imported: ImportedRoom) -> ImportOutcome {
        let ImportedRoom { room, alive } = imported;
        let id = room.state.id.clone();
        if self.rooms.read().contains_key(&id) {
            return ImportOutcome::Exists;
        }
        if self.full().is_some() {
            return ImportOutcome::Full;
        }
        match self.context.log.import(&room).await {
            Ok(true) => {
                let room = Box::new(room);
                self.begin(id, RoomStart::Imported { room, alive });
                ImportOutcome::Imported
            }
            Ok(false) => ImportOutcome::Exists,
            Err(error) => {
                tracing::warn!(room = %id, %error, "the room was not imported");
                ImportOutcome::Away
            }
        }
    }

    fn begin(&mut self, room: RoomId, beginning: RoomStart) -> Handle {
        let handle = replica::start(room.clone(), beginning, self.context.clone());
        self.rooms.insert(room, handle.clone());
        handle
    }

    fn list(&mut self, now: Instant) -> RoomList {
        let (rooms, at) = (&self.rooms, self.context.clock.at(now));
        self.gallery
            .get_or_make(now, || cache::list(&rooms.read(), at))
    }
}

#[cfg(test)]
mod tests;
