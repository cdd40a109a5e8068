//! Where a room's events are agreed and kept. Callers do not know which implementation runs:
//! `embedded` keeps them in one file of this process, `redis` where several nodes share them.
//!
//! An append is *agreed* at once, and its events may go out. It is *durable* a moment later, and
//! only then is its sender answered with `ok`.

pub(super) mod addresses;
mod agreed;
mod backup;
mod compaction;
mod copy;
#[cfg(test)]
pub(super) mod disk;
mod embedded;
mod errors;
mod files;
mod format;
#[cfg(test)]
pub(super) mod hub;
mod image;
mod nodes;
mod open;
pub(super) mod quota;
mod redis;
mod request;
mod room_keys;
mod shared;
mod store;
#[cfg(test)]
pub(super) mod test_events;
#[cfg(test)]
mod tests;
mod writer;

use std::path::{Path, PathBuf};

use bytes::Bytes;

use crate::boot_clock::BootMoment;
use crate::protocol::ids::{LogId, Rev, RoomId};
use crate::protocol::time::RoomTime;
use crate::room::committed::{Committed, Room};

pub use self::redis::{
    CheckedRedis, InvalidNodeName, InvalidRedisPrefix, InvalidRedisUrl, NodeName, RedisCause,
    RedisPrefix, RedisRisk, RedisSettings, RedisTlsCause, RedisUrl, check_redis,
};
pub use agreed::{Appended, Durable};
pub use backup::{Backup, Checked, CheckedFile, Restored, check, restore};
pub use errors::{BackupError, DataFault, FileError, LogError, OpenError, RestoreError};
pub use nodes::{FromOthers, Missed, Nodes, RoomFollower, TimeReading};

/// The log of all rooms of a server. Clones share it.
#[derive(Debug, Clone)]
pub struct RoomLog(Kind);

/// What keeps the events.
#[derive(Debug, Clone)]
enum Kind {
    /// A file of this process, or its memory.
    Embedded(embedded::Embedded),
    /// A Redis, which several nodes share.
    Redis(redis::Redis),
    /// A log in memory that several nodes share.
    #[cfg(test)]
    Hub(hub::HubNode),
}

/// Room time at a moment when a server was running.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotedTime {
    /// Room time at that moment.
    pub at: RoomTime,
    /// The same moment by the boot-time clock; `None` where the system has none.
    pub boot: Option<BootMoment>,
}

/// The file in which a folder keeps the rooms.
pub(super) fn file_in(folder: &Path) -> PathBuf {
    folder.join(embedded::FILE)
}

impl RoomLog {
    /// Opens or creates the log `rooms.redb` in a folder, which is created if it does not exist.
    ///
    /// # Errors
    /// [`OpenError`] names the file, and says what the operator can do.
    pub fn embedded(data_dir: &Path) -> Result<Self, OpenError> {
        embedded::Embedded::in_folder(data_dir).map(|log| Self(Kind::Embedded(log)))
    }

    /// A log in memory, which ends with the process.
    ///
    /// # Errors
    /// [`OpenError`] if the database cannot be set up, which is not expected in memory.
    pub fn ephemeral() -> Result<Self, OpenError> {
        embedded::Embedded::in_memory().map(|log| Self(Kind::Embedded(log)))
    }

    /// The log in a Redis, which other nodes may share.
    ///
    /// # Errors
    /// [`OpenError::Redis`] if it cannot be reached, or does not let this server in.
    pub async fn redis(settings: RedisSettings) -> Result<Self, OpenError> {
        let log = redis::Redis::open(settings).await?;
        Ok(Self(Kind::Redis(log)))
    }

    /// A node's access to a log that several nodes of a test share.
    #[cfg(test)]
    const fn of_hub(node: hub::HubNode) -> Self {
        Self(Kind::Hub(node))
    }

    /// The id of the log as it is now: another one for each opening, and after data was lost. Revs
    /// of different ids cannot be compared.
    #[must_use]
    pub fn id(&self) -> LogId {
        match &self.0 {
            Kind::Embedded(log) => log.id().clone(),
            Kind::Redis(log) => log.id(),
            #[cfg(test)]
            Kind::Hub(log) => log.id(),
        }
    }

    /// The id of the server that keeps its rooms here: 16 hexadecimal digits, the same at each
    /// opening.
    #[must_use]
    pub fn server_id(&self) -> String {
        match &self.0 {
            Kind::Embedded(log) => log.server_id(),
            Kind::Redis(log) => log.server_id(),
            #[cfg(test)]
            Kind::Hub(_) => "hub".to_owned(),
        }
    }

    /// What the settings of Redis may cost the rooms, as they were when the log was opened.
    #[must_use]
    pub fn risks(&self) -> &[RedisRisk] {
        match &self.0 {
            Kind::Embedded(_) => &[],
            Kind::Redis(log) => log.risks(),
            #[cfg(test)]
            Kind::Hub(_) => &[],
        }
    }

    /// The newest time in the log when it was opened, of an event or noted: room time never runs
    /// below it, and a server was running then.
    #[must_use]
    pub fn newest_at(&self) -> Option<RoomTime> {
        match &self.0 {
            Kind::Embedded(log) => log.newest_at(),
            Kind::Redis(log) => log.newest_at(),
            #[cfg(test)]
            Kind::Hub(_) => None,
        }
    }

    /// The time that was noted last before the log was opened. `None` if the log is new, or was
    /// last written by a version that did not note the boot-time clock.
    #[must_use]
    pub fn noted(&self) -> Option<NotedTime> {
        match &self.0 {
            Kind::Embedded(log) => log.noted(),
            Kind::Redis(_) => None,
            #[cfg(test)]
            Kind::Hub(_) => None,
        }
    }

    /// The ids of all rooms in the log.
    ///
    /// # Errors
    /// [`LogError`] if it cannot be read.
    pub async fn rooms(&self) -> Result<Vec<RoomId>, LogError> {
        match &self.0 {
            Kind::Embedded(log) => log.rooms().await,
            Kind::Redis(log) => log.rooms().await,
            #[cfg(test)]
            Kind::Hub(log) => log.rooms(),
        }
    }

    /// Reads a room from its snapshot and its later events; `None` if there is none.
    ///
    /// # Errors
    /// [`LogError`] if it cannot be read, for good or at the moment.
    pub async fn open(&self, room: &RoomId) -> Result<Option<Room>, LogError> {
        match &self.0 {
            Kind::Embedded(log) => log.open(room).await,
            Kind::Redis(log) => log.open_room(room).await,
            #[cfg(test)]
            Kind::Hub(log) => log.open(room),
        }
    }

    /// Appends events that follow the rev `after`. The snapshot, if given, is the room with these
    /// events applied.
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
        match &self.0 {
            Kind::Embedded(log) => log.append(room, after, events, snapshot).await,
            Kind::Redis(log) => log.append_counted(room, after, events, snapshot).await,
            #[cfg(test)]
            Kind::Hub(log) => log.append(room, after, &events),
        }
    }

    /// What follows the rev `after` in a room.
    ///
    /// # Errors
    /// [`LogError`] if it cannot be read, for good or at the moment.
    pub async fn missed(&self, room: &RoomId, after: Rev) -> Result<Missed, LogError> {
        match &self.0 {
            Kind::Embedded(log) => log.events_since(room, after).await.map(Missed::Events),
            Kind::Redis(log) => log.missed_counted(room, after).await,
            #[cfg(test)]
            Kind::Hub(log) => log.missed(room, after),
        }
    }

    /// Writes a room back that the log has lost ([`Missed::Lost`]), as this node has it. Another
    /// node's that is newer stays.
    ///
    /// # Errors
    /// [`LogError`] if it cannot be written now.
    pub async fn write_back(&self, room: &Room) -> Result<(), LogError> {
        match &self.0 {
            Kind::Embedded(_) => Ok(()),
            Kind::Redis(log) => log.write_back(room).await,
            #[cfg(test)]
            Kind::Hub(log) => log.write_back(room),
        }
    }

    /// The nodes that share the log.
    #[must_use]
    pub fn nodes(&self) -> Nodes {
        match &self.0 {
            Kind::Embedded(_) => Nodes::alone(),
            Kind::Redis(log) => log.nodes(),
            #[cfg(test)]
            Kind::Hub(log) => log.nodes(),
        }
    }

    /// The news of a room from other nodes, from now on. The one before it ends.
    #[must_use]
    pub fn follow(&self, room: &RoomId) -> RoomFollower {
        match &self.0 {
            Kind::Embedded(_) => RoomFollower::alone(),
            Kind::Redis(log) => log.follow(room),
            #[cfg(test)]
            Kind::Hub(log) => log.follow(room),
        }
    }

    /// Tells the other nodes something of a room that is kept nowhere. What cannot be told at once
    /// is dropped.
    pub fn tell_others(&self, room: &RoomId, message: &Bytes) {
        match &self.0 {
            Kind::Embedded(_) => {}
            Kind::Redis(log) => log.tell_others(room, message),
            #[cfg(test)]
            Kind::Hub(log) => log.tell_others(room, message),
        }
    }

    /// Takes a room from elsewhere, as it is, unless there is one of its name: false then. Returns
    /// once it is durable.
    ///
    /// # Errors
    /// [`LogError`] if it cannot be written now.
    pub async fn import(&self, room: &Room) -> Result<bool, LogError> {
        match &self.0 {
            Kind::Embedded(log) => log.import(room).await,
            Kind::Redis(log) => log.import(room).await,
            #[cfg(test)]
            Kind::Hub(log) => log.import(room),
        }
    }

    /// Notes room time, so that the next opening can continue it, and knows when a server was last
    /// running even if nothing happened in its rooms. Returns once that is durable.
    ///
    /// # Errors
    /// [`LogError`] if it cannot be written now.
    pub async fn note_time(&self, now: NotedTime) -> Result<(), LogError> {
        match &self.0 {
            Kind::Embedded(log) => log.note_time(now).await,
            Kind::Redis(log) => log.note_time(now).await,
            #[cfg(test)]
            Kind::Hub(log) => {
                if log.takes_writes() {
                    Ok(())
                } else {
                    Err(LogError::Away)
                }
            }
        }
    }

    /// Whether it takes writes, as of the last one: a full disk is noticed at the next write, such
    /// as [`Self::note_time`].
    #[must_use]
    pub fn takes_writes(&self) -> bool {
        match &self.0 {
            Kind::Embedded(log) => log.takes_writes(),
            Kind::Redis(log) => log.takes_writes(),
            #[cfg(test)]
            Kind::Hub(log) => log.takes_writes(),
        }
    }

    /// Removes a closed room. While the storage is away, the removal is queued; what this process cannot
    /// do any more is done at the next start, or by another node.
    ///
    /// # Errors
    /// [`LogError`] if the log is closed, or the storage is away and the queue is full.
    pub async fn forget(&self, room: &RoomId) -> Result<(), LogError> {
        match &self.0 {
            Kind::Embedded(log) => log.forget(room).await,
            Kind::Redis(log) => log.forget(room).await,
            #[cfg(test)]
            Kind::Hub(log) => log.forget(room),
        }
    }

    /// Writes everything that was agreed so far into a new file, which only its owner can read. The
    /// log goes on meanwhile.
    ///
    /// # Errors
    /// [`BackupError`], also if there is anything at that path already. No file is left then.
    pub async fn backup(&self, to: &Path) -> Result<Backup, BackupError> {
        match &self.0 {
            Kind::Embedded(log) => backup::backup(log, to).await,
            Kind::Redis(_) => Err(BackupError::InRedis),
            #[cfg(test)]
            Kind::Hub(_) => Err(LogError::Away.into()),
        }
    }

    /// Writes the file anew now, so that nothing of what was removed from the log is left in it.
    /// Otherwise that happens within an hour.
    ///
    /// # Errors
    /// [`LogError`]; the file is as it was before, and it is tried again later.
    pub async fn compact(&self) -> Result<(), LogError> {
        match &self.0 {
            Kind::Embedded(log) => log.compact().await,
            Kind::Redis(_) => Err(LogError::InRedis),
            #[cfg(test)]
            Kind::Hub(_) => Err(LogError::Away),
        }
    }

    /// Writes what is left and closes the file, or leaves Redis. Other clones get [`LogError::Closed`].
    pub async fn close(self) {
        match self.0 {
            Kind::Embedded(log) => log.close().await,
            Kind::Redis(log) => log.close().await,
            #[cfg(test)]
            Kind::Hub(log) => log.close(),
        }
    }
}

/// The number of the format that this version writes.
#[must_use]
pub fn newest_format() -> i64 {
    format::newest(format::STEPS)
}
