//! Where a room's events are agreed and kept. Nobody above knows which implementation runs:
//! `embedded` keeps them in one file of this process.
//!
//! An append is *agreed* at once, and its events may go out; it is *durable* a moment
//! later, and only then may its sender be told `ok`.

mod embedded;
mod store;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use bytes::Bytes;
use tokio::sync::oneshot;

use crate::boot_clock::BootMoment;
use crate::protocol::ids::{LogId, Rev, RoomId};
use crate::protocol::time::RoomTime;
use crate::room::committed::{Committed, Room};

/// The log of all rooms of a server. Clones share it.
#[derive(Debug, Clone)]
pub struct RoomLog {
    embedded: embedded::Embedded,
}

/// How far room time had come when a server was alive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotedTime {
    /// Room time.
    pub at: RoomTime,
    /// The same moment by the clock that runs from boot to boot, where there is one.
    pub boot: Option<BootMoment>,
}

/// What became of an append.
#[derive(Debug)]
pub enum Appended {
    /// The events are agreed and may go out.
    Agreed(Durable),
    /// Others came first; these have to be applied before deciding again.
    Behind(Vec<Committed>),
}

/// The promise that an agreed append will be on disk.
#[derive(Debug)]
pub struct Durable(oneshot::Receiver<()>);

impl Durable {
    /// Waits until the append is on disk.
    ///
    /// # Errors
    /// [`LogError::Closed`] if the log was closed before.
    pub async fn wait(self) -> Result<(), LogError> {
        self.0.await.map_err(|_| LogError::Closed)
    }
}

/// Why a log cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another process has the file open.
    #[error(
        "{} is in use by another watchtogether server; stop that one, or give this one \
         another --data-dir", .path.display()
    )]
    InUse {
        /// Which file.
        path: PathBuf,
    },
    /// The file is no log of ours, or broken.
    #[error(
        "{} is damaged or no room log ({reason}); it was left as it is. Move it away to begin \
         anew, or put a backup in its place", .path.display()
    )]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The folder or file cannot be used.
    #[error("{} cannot be used: {source}; {}", .path.display(), next_step(.source))]
    Unusable {
        /// Which folder or file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
}

/// What helps against an error of the system.
fn next_step(error: &std::io::Error) -> &'static str {
    use std::io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    match error.kind() {
        StorageFull | QuotaExceeded => "make room there, or give another --data-dir",
        FileTooLarge => "raise the limit of file sizes (ulimit -f), or lift it",
        _ => "check its owner and rights, or give another --data-dir",
    }
}

/// Why an operation on an open log failed.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The storage does not answer, or takes no writes, now; it is tried again.
    #[error("the rooms' storage cannot be reached now")]
    Away,
    /// The log was closed.
    #[error("the rooms' log is closed")]
    Closed,
    /// A record cannot be read.
    #[error("the record of room {room} cannot be read: {reason}")]
    Unreadable {
        /// Whose.
        room: RoomId,
        /// What is wrong with it.
        reason: String,
    },
}

impl RoomLog {
    /// Opens, or begins, the log in `rooms.redb` in a folder, which is made if need be.
    ///
    /// # Errors
    /// [`OpenError`] names the file and the way out.
    pub fn embedded(data_dir: &Path) -> Result<Self, OpenError> {
        embedded::Embedded::in_folder(data_dir).map(|embedded| Self { embedded })
    }

    /// A log that is gone with the process; the same code, in memory.
    ///
    /// # Errors
    /// [`OpenError`] in theory: memory does not fail.
    pub fn ephemeral() -> Result<Self, OpenError> {
        embedded::Embedded::in_memory().map(|embedded| Self { embedded })
    }

    /// The name of this opening: revs of another do not compare.
    #[must_use]
    pub fn id(&self) -> &LogId {
        self.embedded.id()
    }

    /// The newest time that the log knew when it was opened, of an event or noted: room time
    /// never runs below it, and a server was alive then.
    #[must_use]
    pub fn newest_at(&self) -> Option<RoomTime> {
        self.embedded.newest_at()
    }

    /// What was noted last before the log was opened; `None` of a log that is new, or was last
    /// written by a version that noted no more than [`RoomLog::newest_at`].
    #[must_use]
    pub fn noted(&self) -> Option<NotedTime> {
        self.embedded.noted()
    }

    /// The rooms that the log knows.
    ///
    /// # Errors
    /// [`LogError`] if it cannot be read.
    pub async fn rooms(&self) -> Result<Vec<RoomId>, LogError> {
        self.embedded.rooms().await
    }

    /// A room as its snapshot and its later events make it; `None` if there is none.
    ///
    /// # Errors
    /// [`LogError`] if it cannot be read, or not now.
    pub async fn open(&self, room: &RoomId) -> Result<Option<Room>, LogError> {
        self.embedded.open(room).await
    }

    /// Agrees on events that follow the rev `after`. The snapshot, if there is one, is the
    /// room with these events applied.
    ///
    /// # Errors
    /// [`LogError::Away`] while the storage takes no writes; nothing was agreed then.
    pub async fn append(
        &self,
        room: &RoomId,
        after: Rev,
        events: Vec<Committed>,
        snapshot: Option<Bytes>,
    ) -> Result<Appended, LogError> {
        self.embedded.append(room, after, events, snapshot).await
    }

    /// Notes how far room time has come, so that the next opening knows when a server was
    /// last alive, also if nothing happened in its rooms, and what time it is then. Returns once
    /// it is on record.
    ///
    /// # Errors
    /// [`LogError`] if it cannot be written now.
    pub async fn note_time(&self, now: NotedTime) -> Result<(), LogError> {
        self.embedded.note_time(now).await
    }

    /// Whether it takes writes, as far as it knows: it learns of a full disk by the next write,
    /// such as [`Self::note_time`].
    #[must_use]
    pub fn takes_writes(&self) -> bool {
        self.embedded.takes_writes()
    }

    /// Forgets a room that is closed; while the storage is away, once it is back.
    ///
    /// # Errors
    /// [`LogError`] if the log is closed, or away with more to remember than it can.
    pub async fn forget(&self, room: &RoomId) -> Result<(), LogError> {
        self.embedded.forget(room).await
    }

    /// Writes what is left and lets the file go. Other clones get [`LogError::Closed`].
    pub async fn close(self) {
        self.embedded.close().await;
    }
}
