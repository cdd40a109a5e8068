//! The rooms of this node: which there are, and the way to each. A task owns the list; it
//! waits for no room.

use std::collections::BTreeMap;

use tokio::sync::{mpsc, oneshot};

use super::log::LogError;
use super::replica::message::Handle;
use super::replica::{self, Beginning, Context};
use crate::protocol::ids::RoomId;
use crate::room::decide::Creation;
use crate::room::listing::{Listing, listing};

/// How many requests may wait for the list.
const INBOX: usize = 256;

/// How many rooms may be ending at once before the next one waits to say so.
const ENDING: usize = 64;

/// What can be asked of the list.
#[derive(Debug)]
enum Request {
    /// The way to a room, if there is one.
    Find(RoomId, oneshot::Sender<Found>),
    /// The way to a room, which is created if there is none.
    Open(RoomId, Creation, oneshot::Sender<Opened>),
    /// The public rooms.
    List(oneshot::Sender<Vec<Listing>>),
}

/// The way to a room, if there is one; an error if the log does not tell.
pub(super) type Found = Result<Option<Handle>, LogError>;

/// What became of the wish to open a room.
#[derive(Debug)]
pub(super) enum Opened {
    /// It is new.
    Created(Handle),
    /// Somebody else was faster.
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
    requests: mpsc::Sender<Request>,
}

/// The server goes down: nobody keeps the list any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct GoingDown;

impl Rooms {
    /// The way to a room, if there is one.
    pub(super) async fn find(&self, room: RoomId) -> Result<Found, GoingDown> {
        self.ask(|reply| Request::Find(room, reply)).await
    }

    /// The way to a room, which is created if there is none.
    pub(super) async fn open(&self, room: RoomId, creation: Creation) -> Result<Opened, GoingDown> {
        self.ask(|reply| Request::Open(room, creation, reply)).await
    }

    /// The public rooms, those with most viewers first.
    pub(super) async fn list(&self) -> Result<Vec<Listing>, GoingDown> {
        self.ask(Request::List).await
    }

    async fn ask<T>(
        &self,
        request: impl FnOnce(oneshot::Sender<T>) -> Request,
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
    context: Context,
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
        let beginning = Beginning::Reopened(Box::new(room));
        let handle = replica::start(id.clone(), beginning, context.clone());
        rooms.insert(id, handle);
    }
    tracing::info!(rooms = rooms.len(), "the rooms of the log are back");
    let (requests, inbox) = mpsc::channel(INBOX);
    tokio::spawn(Registry { rooms, context }.run(inbox, ended));
    Ok(Rooms { requests })
}

/// The channel on which rooms tell that they have ended.
pub(super) fn endings() -> (mpsc::Sender<RoomId>, mpsc::Receiver<RoomId>) {
    mpsc::channel(ENDING)
}

struct Registry {
    rooms: BTreeMap<RoomId, Handle>,
    context: Context,
}

impl Registry {
    async fn run(mut self, mut inbox: mpsc::Receiver<Request>, mut ended: mpsc::Receiver<RoomId>) {
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
    async fn answer(&mut self, request: Request) {
        match request {
            Request::Find(room, reply) => drop(reply.send(self.find(&room).await)),
            Request::Open(room, creation, reply) => {
                drop(reply.send(self.open(room, creation).await));
            }
            Request::List(reply) => drop(reply.send(self.list())),
        }
    }

    async fn find(&mut self, room: &RoomId) -> Found {
        match self.rooms.get(room) {
            None => return Ok(None),
            Some(handle) if !handle.inbox.is_closed() => return Ok(Some(handle.clone())),
            Some(_) => {}
        }
        // It ended without saying so: its task failed. The log knows how far it came.
        tracing::error!(%room, "the room's task failed; the room is read from the log again");
        let known = self.context.log.open(room).await?;
        self.rooms.remove(room);
        Ok(known.map(|known| {
            let beginning = Beginning::Reopened(Box::new(known));
            self.begin(room.clone(), beginning)
        }))
    }

    async fn open(&mut self, room: RoomId, creation: Creation) -> Opened {
        match self.find(&room).await {
            Ok(Some(handle)) => return Opened::Found(handle),
            Ok(None) => {}
            Err(error) => {
                tracing::error!(%room, %error, "the room cannot be read");
                return Opened::Unreadable;
            }
        }
        let limit = self.context.limits.rooms;
        if self.rooms.len() >= usize::try_from(limit).unwrap_or(usize::MAX) {
            return Opened::Full { limit };
        }
        Opened::Created(self.begin(room, Beginning::Created(creation)))
    }

    fn begin(&mut self, room: RoomId, beginning: Beginning) -> Handle {
        let handle = replica::start(room.clone(), beginning, self.context.clone());
        self.rooms.insert(room, handle.clone());
        handle
    }

    fn list(&self) -> Vec<Listing> {
        let now = self.context.clock.now();
        let mut cards: Vec<Listing> = self
            .rooms
            .values()
            .filter_map(|handle| listing(&handle.card.borrow(), now))
            .collect();
        cards.sort_by(|a, b| b.viewers.cmp(&a.viewers).then_with(|| a.id.cmp(&b.id)));
        cards
    }
}
