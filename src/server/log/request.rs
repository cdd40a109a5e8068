//! The requests to the thread that owns the file, and what it shares with the log's handles.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use redb::{Database, ReadTransaction};
use tokio::sync::{oneshot, watch};

use super::store::Write;
use super::{LogError, NotedTime};
use crate::protocol::ids::{LogId, Rev, RoomId};
use crate::protocol::time::RoomTime;
use crate::room::committed::{Committed, Room};

/// A request to the thread.
pub(super) enum LogRequest {
    /// Writes, and replies once that is durable.
    Write(Write, oneshot::Sender<()>),
    /// Reads a room.
    Open(RoomId, oneshot::Sender<Result<Option<Room>, LogError>>),
    /// Reads a room's events after a rev.
    EventsSince(
        RoomId,
        Rev,
        oneshot::Sender<Result<Vec<Committed>, LogError>>,
    ),
    /// Opens a view of the log as it is after everything that was asked before.
    View(oneshot::Sender<Result<ReadTransaction, redb::Error>>),
    /// Writes the file anew.
    Compact(Reply),
    /// A copy of the log is there, which is to take the place of the file.
    Copied(Copied),
    /// Writes what is left and ends.
    Close(oneshot::Sender<()>),
}

/// A copy of the log in a file of its own, or why there is none.
pub(super) struct Copied(pub(super) Result<Database, redb::Error>);

/// Receives the outcome of a compaction.
pub(super) type Reply = oneshot::Sender<Result<(), LogError>>;

/// What the handles and the thread share.
#[derive(Debug)]
pub(super) struct LogState {
    /// The id of this opening of the log.
    pub(super) id: LogId,
    /// The id of the server that keeps its rooms here.
    pub(super) server_id: i64,
    /// The newest time in the log when it was opened.
    pub(super) newest_at: Option<RoomTime>,
    /// The time that was noted last before it was opened.
    pub(super) noted: Option<NotedTime>,
    /// The last agreed rev of each room, which may not be written yet.
    pub(super) last: Mutex<BTreeMap<RoomId, Rev>>,
    /// Whether the storage failed and is being tried again.
    pub(super) away: watch::Sender<bool>,
}

impl LogState {
    /// Returns as soon as the storage is away, at once if it is already.
    pub(super) async fn away(&self) {
        let mut away = self.away.subscribe();
        // The sender lives as long as `self`, so there is no error.
        let _away = away.wait_for(|away| *away).await;
    }

    /// The map is valid after any panic: each change is one insertion or removal.
    pub(super) fn last(&self) -> MutexGuard<'_, BTreeMap<RoomId, Rev>> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Sends a reply. Whoever asked may have stopped waiting, which is no error.
pub(super) fn answer<T>(reply: oneshot::Sender<T>, value: T) {
    drop(reply.send(value));
}
