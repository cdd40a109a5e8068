//! The log in this process: agrees on events, and passes them to the thread that owns the file
//! (`writer`).
//!
//! When the storage fails (a full disk, say) appends and questions are refused. Commands whose
//! events were agreed just then are not answered until they are written: whether they will be
//! durable is not known yet, and either answer could turn out wrong. Later commands are denied at
//! once.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use redb::{Database, ReadTransaction};
use tokio::sync::{mpsc, oneshot, watch};

use super::open::{DatabaseOpener, Source};
use super::request::{LogRequest, LogState};
use super::store::Write;
use super::writer::Writer;
use super::{Appended, DataFault, Durable, LogError, Missed, NotedTime, OpenError, format};
use crate::private_files;
use crate::protocol::ids::{LogId, Rev, RoomId};
use crate::protocol::time::RoomTime;
use crate::room::committed::{Committed, Room};

/// The file's name in the data folder.
pub(super) const FILE: &str = "rooms.redb";

/// How many requests may wait for the thread; beyond that rooms wait (judgement: more than the
/// rooms of a small server send at once).
const QUEUE: usize = 1024;

/// The embedded log. Clones share it.
#[derive(Debug, Clone)]
pub(super) struct Embedded {
    shared: Arc<LogState>,
    requests: mpsc::Sender<LogRequest>,
}

impl Embedded {
    /// The log in a folder, which is created if it does not exist.
    pub(super) fn in_folder(folder: &Path) -> Result<Self, OpenError> {
        private_files::create_folder(folder).map_err(|source| OpenError::Unusable {
            path: folder.to_owned(),
            source,
        })?;
        Self::begin(Source::file(folder.join(FILE)))
    }

    /// The log in memory: it ends with the process, and its writes do not fail.
    pub(super) fn in_memory() -> Result<Self, OpenError> {
        let opener: DatabaseOpener = Box::new(|| {
            Database::builder().create_with_backend(redb::backends::InMemoryBackend::new())
        });
        Self::begin(Source {
            opener,
            path: PathBuf::from("memory"),
            is_file: false,
        })
    }

    /// The log of a database.
    pub(super) fn begin(source: Source) -> Result<Self, OpenError> {
        let (database, mut found) = source.open(format::STEPS)?;
        let shared = Arc::new(LogState {
            id: LogId(format!("{:016x}", rand::random::<u64>())),
            server_id: found.server_id,
            newest_at: found.newest_at,
            noted: found.noted,
            last: Mutex::new(std::mem::take(&mut found.last)),
            away: watch::Sender::new(false),
        });
        let (requests, inbox) = mpsc::channel(QUEUE);
        let path = source.path.clone();
        let writer = Writer::new(database, source, &found, Arc::clone(&shared), &requests);
        std::thread::Builder::new()
            .name("room-log".to_owned())
            .spawn(move || writer.run(inbox))
            .map_err(|source| OpenError::Unusable { path, source })?;
        Ok(Self { shared, requests })
    }

    /// The id of this opening of the log, a new one each time.
    pub(super) fn id(&self) -> &LogId {
        &self.shared.id
    }

    /// The id of the server that keeps its rooms here.
    pub(super) fn server_id(&self) -> String {
        format!("{:016x}", self.shared.server_id)
    }

    /// The newest time in the log when it was opened, of an event or noted; `None` in an empty log.
    pub(super) fn newest_at(&self) -> Option<RoomTime> {
        self.shared.newest_at
    }

    /// The time that was noted last before the log was opened, if any.
    pub(super) fn noted(&self) -> Option<NotedTime> {
        self.shared.noted
    }

    /// The ids of all rooms in the log.
    #[expect(
        clippy::unused_async,
        reason = "another log may have to ask over a network"
    )]
    pub(super) async fn rooms(&self) -> Result<Vec<RoomId>, LogError> {
        Ok(self.shared.last().keys().cloned().collect())
    }

    /// Reads a room; `None` if there is none.
    pub(super) async fn open(&self, room: &RoomId) -> Result<Option<Room>, LogError> {
        self.ask_unless_away(|reply| LogRequest::Open(room.clone(), reply))
            .await?
    }

    /// Agrees on events that follow `after`, and queues them for writing.
    pub(super) async fn append(
        &self,
        room: &RoomId,
        after: Rev,
        events: Vec<Committed>,
        snapshot: Option<Bytes>,
    ) -> Result<Appended, LogError> {
        // A place in the thread's queue is taken first: once events are agreed, nothing may fail.
        // A thread that is busy with a failed storage frees no place, so this waits for either.
        let place = tokio::select! {
            biased;
            () = self.shared.away() => return Err(LogError::Away),
            place = self.requests.reserve() => place.map_err(|_| LogError::Closed)?,
        };
        let newest = events.last().map_or(after, |event| event.fact.rev);
        let agreed = {
            let mut last = self.shared.last();
            let known = last.get(room).copied().unwrap_or_default();
            let fits = known == after;
            if fits {
                last.insert(room.clone(), newest);
            }
            fits
        };
        if !agreed {
            drop(place);
            let missed = self.events_since(room, after).await?;
            return Ok(Appended::Behind(Missed::Events(missed)));
        }
        let (done, durable) = oneshot::channel();
        let write = Write::Append {
            room: room.clone(),
            after,
            events,
            snapshot,
        };
        place.send(LogRequest::Write(write, done));
        Ok(Appended::Agreed(Durable(Some(durable))))
    }

    /// Reads the events that follow `after`.
    pub(super) async fn events_since(
        &self,
        room: &RoomId,
        after: Rev,
    ) -> Result<Vec<Committed>, LogError> {
        self.ask_unless_away(|reply| LogRequest::EventsSince(room.clone(), after, reply))
            .await?
    }

    /// Writes a room as it is, unless there is one of its name.
    pub(super) async fn import(&self, room: &Room) -> Result<bool, LogError> {
        let (id, rev) = (room.state.id.clone(), room.state.rev);
        let snapshot = serde_json::to_vec(room).map_err(|error| LogError::Unreadable {
            room: id.clone(),
            reason: DataFault::other(&error),
        })?;
        {
            let mut last = self.shared.last();
            if last.contains_key(&id) {
                return Ok(false);
            }
            last.insert(id.clone(), rev);
        }
        let write = Write::Append {
            room: id,
            after: rev,
            events: Vec::new(),
            snapshot: Some(Bytes::from(snapshot)),
        };
        self.ask_unless_away(|reply| LogRequest::Write(write, reply))
            .await?;
        Ok(true)
    }

    /// Writes the time at which a server is running.
    pub(super) async fn note_time(&self, now: NotedTime) -> Result<(), LogError> {
        self.ask_unless_away(|reply| LogRequest::Write(Write::Time { now }, reply))
            .await
    }

    /// Whether the storage takes writes, as far as the thread knows.
    pub(super) fn takes_writes(&self) -> bool {
        !*self.shared.away.borrow() && !self.requests.is_closed()
    }

    /// Removes a room. While the storage is away this only queues the removal, ahead of whatever a
    /// new room of this name appends.
    pub(super) async fn forget(&self, room: &RoomId) -> Result<(), LogError> {
        let place = tokio::select! {
            biased;
            place = self.requests.reserve() => place.map_err(|_| LogError::Closed)?,
            () = self.shared.away() => return Err(LogError::Away),
        };
        self.shared.last().remove(room);
        let (done, forgotten) = oneshot::channel();
        place.send(LogRequest::Write(
            Write::Forget { room: room.clone() },
            done,
        ));
        tokio::select! {
            biased;
            forgotten = forgotten => forgotten.map_err(|_| LogError::Closed),
            () = self.shared.away() => Ok(()),
        }
    }

    /// A view of the log as it is after everything that was agreed before.
    pub(super) async fn view(&self) -> Result<ReadTransaction, LogError> {
        let view = self.ask_unless_away(LogRequest::View).await?;
        view.map_err(|error| {
            tracing::error!(%error, "the rooms' log cannot be read");
            LogError::Away
        })
    }

    /// Writes the file anew, without what was removed from the log.
    pub(super) async fn compact(&self) -> Result<(), LogError> {
        self.ask_unless_away(LogRequest::Compact).await?
    }

    /// Writes what is left and closes the file.
    pub(super) async fn close(self) {
        // An error means that it is closed already.
        let _already_closed = self.ask(LogRequest::Close).await;
    }

    /// Asks the thread; [`LogError::Away`] at once while it is busy with a failed storage.
    async fn ask_unless_away<T>(
        &self,
        request: impl FnOnce(oneshot::Sender<T>) -> LogRequest,
    ) -> Result<T, LogError> {
        tokio::select! {
            biased;
            () = self.shared.away() => Err(LogError::Away),
            answer = self.ask(request) => answer,
        }
    }

    async fn ask<T>(
        &self,
        request: impl FnOnce(oneshot::Sender<T>) -> LogRequest,
    ) -> Result<T, LogError> {
        let (reply, answer) = oneshot::channel();
        self.requests
            .send(request(reply))
            .await
            .map_err(|_| LogError::Closed)?;
        answer.await.map_err(|_| LogError::Closed)
    }
}
