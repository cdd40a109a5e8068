//! The rooms of this node: which there are, and the way to each. A task owns the list; it
//! waits for no room.

use std::collections::BTreeMap;
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, timeout};

use super::log::LogError;
use super::replica::message::{Handle, Join, RoomMessage};
use super::replica::{self, RoomContext, RoomStart};
use crate::protocol::ids::RoomId;
use crate::room::decide::Creation;
use crate::room::listing::{Listing, listing};
use crate::wire::codec;
use crate::wire::pages::RoomCard;

/// How many requests may wait for the list.
const INBOX: usize = 256;

/// How many rooms may be ending at once before the next one waits to say so.
const ENDING: usize = 64;

/// How long the log may take to tell of a room whose task failed: everybody else who asks for
/// a room waits meanwhile.
const READ_WITHIN: Duration = Duration::from_secs(1);

/// For how long the gallery is told as it was: with 1,500 rooms it takes some 20 ms to make,
/// and whoever wants in waits for the list's task.
const LISTED_FOR: Duration = Duration::from_secs(1);

/// What can be asked of the list.
#[derive(Debug)]
enum RegistryRequest {
    /// What is under a room's name.
    Find(RoomId, oneshot::Sender<RoomLookup>),
    /// The way to a room, which is created if there is none: then whoever asks enters it first.
    Open(RoomId, Box<RoomCreation>, oneshot::Sender<OpenOutcome>),
    /// The public rooms.
    List(oneshot::Sender<Bytes>),
}

/// A room to create, and whoever creates it: nobody else enters before them, for the first who
/// ever enters is its admin.
#[derive(Debug)]
pub(super) struct RoomCreation {
    /// What the room is like.
    pub(super) creation: Creation,
    /// Who creates it.
    pub(super) join: Box<Join>,
}

/// What is under a room's name.
#[derive(Debug)]
pub(super) enum RoomLookup {
    /// A room.
    Room(Handle),
    /// None, and there is a place for one.
    Nothing,
    /// None, and there are as many rooms as the server takes.
    Full {
        /// So many.
        limit: u32,
    },
    /// The log does not tell.
    Unreadable,
}

/// What became of the wish to open a room.
#[derive(Debug)]
pub(super) enum OpenOutcome {
    /// It is new, and whoever asked for it is on the way in.
    Created(Handle),
    /// Somebody else was faster; whoever asked has not been let in.
    Found(Handle),
    /// There are as many rooms as the server takes.
    Full {
        /// So many.
        limit: u32,
    },
    /// The log does not tell whether there is such a room.
    Unreadable,
}

/// Asks the list. Clones ask the same one.
#[derive(Debug, Clone)]
pub(super) struct Rooms {
    requests: mpsc::Sender<RegistryRequest>,
}

/// The server goes down: nobody keeps the list any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct GoingDown;

impl Rooms {
    /// What is under a room's name.
    pub(super) async fn find(&self, room: RoomId) -> Result<RoomLookup, GoingDown> {
        self.ask(|reply| RegistryRequest::Find(room, reply)).await
    }

    /// The way to a room, which is created if there is none.
    pub(super) async fn open(
        &self,
        room: RoomId,
        creation_request: RoomCreation,
    ) -> Result<OpenOutcome, GoingDown> {
        let creation_request = Box::new(creation_request);
        self.ask(|reply| RegistryRequest::Open(room, creation_request, reply))
            .await
    }

    /// The cards of the public rooms in JSON, those with most viewers first. They may be as
    /// they were a second ago.
    pub(super) async fn list(&self) -> Result<Bytes, GoingDown> {
        self.ask(RegistryRequest::List).await
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

/// Restores the rooms of the log and starts the list's task. `ended` is the other end of the
/// context's.
///
/// # Errors
/// [`LogError`] if a room cannot be read: better no server than one that begins it anew.
pub(super) async fn start(
    context: RoomContext,
    ended: mpsc::Receiver<RoomId>,
) -> Result<Rooms, LogError> {
    let mut found = Vec::new();
    for id in context.log.rooms().await? {
        match context.log.open(&id).await? {
            Some(room) if room.state.closed => context.log.forget(&id).await?,
            Some(room) => found.push((id, room)),
            None => {}
        }
    }
    let mut rooms = BTreeMap::new();
    for (id, room) in found {
        let beginning = RoomStart::Reopened(Box::new(room));
        let handle = replica::start(id.clone(), beginning, context.clone());
        rooms.insert(id, handle);
    }
    tracing::info!(rooms = rooms.len(), "the rooms of the log are back");
    let (requests, inbox) = mpsc::channel(INBOX);
    let gallery = ListingCache::default();
    let registry = Registry {
        rooms,
        context,
        gallery,
    };
    tokio::spawn(registry.run(inbox, ended));
    Ok(Rooms { requests })
}

/// The channel on which rooms tell that they have ended.
pub(super) fn endings() -> (mpsc::Sender<RoomId>, mpsc::Receiver<RoomId>) {
    mpsc::channel(ENDING)
}

struct Registry {
    rooms: BTreeMap<RoomId, Handle>,
    context: RoomContext,
    gallery: ListingCache,
}

/// The public rooms as they were told last.
#[derive(Debug, Default)]
struct ListingCache(Option<(Instant, Bytes)>);

impl ListingCache {
    /// What is told now: made anew if that is worth it.
    fn tell(&mut self, now: Instant, make: impl FnOnce() -> Bytes) -> Bytes {
        match &self.0 {
            Some((at, told)) if now.saturating_duration_since(*at) < LISTED_FOR => told.clone(),
            _ => {
                let told = make();
                self.0 = Some((now, told.clone()));
                told
            }
        }
    }
}

impl Registry {
    async fn run(
        mut self,
        mut inbox: mpsc::Receiver<RegistryRequest>,
        mut ended: mpsc::Receiver<RoomId>,
    ) {
        let mut shutdown = self.context.shutdown.clone();
        loop {
            // Endings come first: who found a room's inbox closed and asks again shall not be
            // sent there once more.
            tokio::select! {
                biased;
                () = shutdown.wait() => return,
                Some(room) = ended.recv() => {
                    self.rooms.remove(&room);
                }
                request = inbox.recv() => match request {
                    Some(request) => self.answer(request).await,
                    None => return,
                },
            }
        }
    }

    /// Answers; whoever asked may have gone away meanwhile, which is their right.
    async fn answer(&mut self, request: RegistryRequest) {
        match request {
            RegistryRequest::Find(room, reply) => drop(reply.send(self.look(&room).await)),
            RegistryRequest::Open(room, creation_request, reply) => {
                drop(reply.send(self.open(room, *creation_request).await));
            }
            RegistryRequest::List(reply) => drop(reply.send(self.list(Instant::now()))),
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

    /// How many rooms the server takes, if there are as many.
    fn full(&self) -> Option<u32> {
        let limit = self.context.limits.rooms;
        (self.rooms.len() >= usize::try_from(limit).unwrap_or(usize::MAX)).then_some(limit)
    }

    async fn find(&mut self, room: &RoomId) -> Result<Option<Handle>, LogError> {
        match self.rooms.get(room) {
            None => return Ok(None),
            Some(handle) if !handle.inbox.is_closed() => return Ok(Some(handle.clone())),
            Some(_) => {}
        }
        // It ended without saying so: its task failed. The log knows how far it came.
        tracing::error!(%room, "the room's task failed; the room is read from the log again");
        let known = timeout(READ_WITHIN, self.context.log.open(room))
            .await
            .unwrap_or(Err(LogError::Away))?;
        self.rooms.remove(room);
        Ok(known.map(|known| {
            let beginning = RoomStart::Reopened(Box::new(known));
            self.begin(room.clone(), beginning)
        }))
    }

    async fn open(&mut self, room: RoomId, creation_request: RoomCreation) -> OpenOutcome {
        match self.look(&room).await {
            RoomLookup::Room(handle) => OpenOutcome::Found(handle),
            RoomLookup::Nothing => OpenOutcome::Created(self.found(room, creation_request)),
            RoomLookup::Full { limit } => OpenOutcome::Full { limit },
            RoomLookup::Unreadable => OpenOutcome::Unreadable,
        }
    }

    /// Begins a new room. Nobody else has the way to it yet, so that the one who creates it is
    /// the first in its inbox.
    fn found(&mut self, room: RoomId, creation_request: RoomCreation) -> Handle {
        let RoomCreation { creation, join } = creation_request;
        let handle = self.begin(room, RoomStart::Created(creation));
        if handle.inbox.try_send(RoomMessage::Join(join)).is_err() {
            // Whoever waits for the answer hears that there is none.
            tracing::error!("a new room takes nobody in");
        }
        handle
    }

    fn begin(&mut self, room: RoomId, beginning: RoomStart) -> Handle {
        let handle = replica::start(room.clone(), beginning, self.context.clone());
        self.rooms.insert(room, handle.clone());
        handle
    }

    fn list(&mut self, now: Instant) -> Bytes {
        let (rooms, at) = (&self.rooms, self.context.clock.at(now));
        self.gallery.tell(now, || {
            let mut listed: Vec<Listing> = rooms
                .values()
                .filter_map(|handle| listing(&handle.card.borrow(), at))
                .collect();
            listed.sort_by(|a, b| b.viewers.cmp(&a.viewers).then_with(|| a.id.cmp(&b.id)));
            let cards: Vec<RoomCard> = listed.into_iter().map(RoomCard::from).collect();
            codec::encode(&cards).map_or_else(
                |error| {
                    tracing::error!(%error, "the rooms cannot be told");
                    Bytes::from_static(b"[]")
                },
                Bytes::from,
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use tokio::time::Instant;

    use super::{LISTED_FOR, ListingCache};

    #[test]
    fn the_gallery_is_made_once_a_second_however_often_it_is_asked_for() {
        let start = Instant::now();
        let mut gallery = ListingCache::default();
        let mut made = 0;
        let mut told = |now| {
            gallery.tell(now, || {
                made += 1;
                Bytes::from(made.to_string())
            })
        };
        assert_eq!(told(start), "1");
        assert_eq!(told(start + LISTED_FOR / 2), "1");
        assert_eq!(told(start + LISTED_FOR), "2");
        assert_eq!(told(start + LISTED_FOR), "2");
    }
}
