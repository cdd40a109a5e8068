//! What can go wrong with a log, in English for the server's own log. What an operator reads is
//! worded by `strings::server`.

use std::fmt::Display;
use std::io::{Error as IoError, ErrorKind};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{RedisCause, RedisUrl};
use crate::protocol::ids::RoomId;

/// Why a log cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another process has the file open.
    #[error(
        "{} is in use by another watchtogether server; stop that one, or give this one \
         another --data-dir", .path.display()
    )]
    InUse {
        /// The path of the log's file.
        path: PathBuf,
    },
    /// The file is damaged, empty, or no log of this program. It is left as it is.
    #[error(
        "{} is damaged or no room log ({reason}); it was left as it is. Move it away to begin \
         anew, or put a backup in its place", .path.display()
    )]
    Damaged {
        /// The path of the log's file.
        path: PathBuf,
        /// What is wrong with it.
        reason: DataFault,
    },
    /// The file has a format that only later versions know. It is left as it is.
    #[error(
        "{} was written by a newer version of watchtogether (format {found}, this version knows \
         {known}); it was left as it is. Install that version, or put an earlier backup in its \
         place", .path.display()
    )]
    Newer {
        /// The path of the log's file.
        path: PathBuf,
        /// The number of its format.
        found: i64,
        /// The newest format of this version.
        known: i64,
    },
    /// The folder or file cannot be used.
    #[error("{} cannot be used: {source}; {}", .path.display(), next_step(.source))]
    Unusable {
        /// The path of the folder or file.
        path: PathBuf,
        /// The system's error, which decides what the operator is advised to do.
        source: std::io::Error,
    },
    /// Redis cannot be reached, or does not let this server in.
    #[error("Redis at {url} cannot be used: {cause}{}", quotation(words.as_deref()))]
    Redis {
        /// Where it was looked for.
        url: RedisUrl,
        /// Why, by which the operator is advised what to do.
        cause: RedisCause,
        /// What Redis or a library says about it; `None` if the cause tells all.
        words: Option<String>,
    },
}

/// What is wrong with data on disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum DataFault {
    /// The file is empty.
    #[error("it is empty")]
    Empty,
    /// The file ends in the middle of its data.
    #[error("it ends too early")]
    Truncated,
    /// What is at the path is not a file.
    #[error("it is not a file")]
    NotAFile,
    /// Another program wrote it.
    #[error("it was written by another program")]
    Foreign,
    /// Its format changed between two looks at it.
    #[error("it changed while it was opened")]
    Changed,
    /// A running server changes it faster than it can be read.
    #[error("the server writes to it all the time")]
    AlwaysWritten,
    /// Every name for a further copy of it is taken.
    #[error("too many copies lie beside it")]
    TooManyCopies,
    /// An event in the middle of a room's log is not there.
    #[error("event {0} is missing")]
    MissingEvent(u64),
    /// The file could not be opened again after an error.
    #[error("the file is not open")]
    NotOpen,
    /// More was written while the file was written anew than is kept for the new one.
    #[error("too much was written meanwhile")]
    TooMuchMeanwhile,
    /// An error of the operating system.
    #[error("{words}")]
    System {
        /// Its number.
        number: i32,
        /// The system's words.
        words: String,
    },
    /// Something that a library found, in its words.
    #[error("{0}")]
    Other(String),
}

impl DataFault {
    /// What a library found.
    pub(super) fn other(error: &impl Display) -> Self {
        Self::Other(error.to_string())
    }

    /// What an error of the database means.
    pub(super) fn of_database(error: &redb::Error) -> Self {
        match error {
            redb::Error::DatabaseClosed => Self::NotOpen,
            redb::Error::Io(error) => Self::of_io(error),
            other => Self::other(other),
        }
    }

    /// What an error of the system means, or the fault that it carries.
    pub(in crate::server) fn of_io(error: &IoError) -> Self {
        match (Self::within(error), error.raw_os_error()) {
            (Some(fault), _) => fault.clone(),
            (None, Some(number)) => Self::System {
                number,
                words: error.to_string(),
            },
            (None, None) if error.kind() == ErrorKind::UnexpectedEof => Self::Truncated,
            (None, None) => Self::other(error),
        }
    }

    /// The fault that an error of the system carries; `None` for one of the system's own.
    #[must_use]
    pub fn within(error: &IoError) -> Option<&Self> {
        error.get_ref()?.downcast_ref()
    }
}

/// What somebody else says, after words of ours.
fn quotation(words: Option<&str>) -> String {
    words.map_or_else(String::new, |words| format!(" ({words})"))
}

/// What the operator can do about an error of the system.
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
    /// The storage does not answer, or takes no writes at the moment. It is tried again every
    /// second.
    #[error("the rooms' storage cannot be reached now")]
    Away,
    /// The storage was lost in the middle of an append: whether it counts is shown by what
    /// [`super::RoomLog::missed`] returns once the storage is back.
    #[error("the rooms' storage was lost; whether the events were kept is not known yet")]
    Unsettled,
    /// The log was closed, as at a shutdown.
    #[error("the rooms' log is closed")]
    Closed,
    /// A record cannot be read: it is damaged, or was written by a later version.
    #[error("the record of room {room} cannot be read: {reason}")]
    Unreadable {
        /// The room whose record it is.
        room: RoomId,
        /// What is wrong with it.
        reason: DataFault,
    },
    /// The rooms are in Redis, where no file is written anew.
    #[error("the rooms are in Redis, which rewrites its files itself (BGREWRITEAOF)")]
    InRedis,
    /// The file could not be written anew without what was removed.
    #[error(
        "the rooms' file cannot be written anew ({reason}); what was removed stays in it for now"
    )]
    NotCompacted {
        /// What went wrong.
        reason: DataFault,
    },
}

/// Why a file of rooms cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The file cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A room in it cannot be read.
    #[error(transparent)]
    Room(#[from] LogError),
}

/// Why there is no backup.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The rooms are in Redis, which makes backups itself.
    #[error("the rooms are in Redis; back it up with `redis-cli --rdb FILE`")]
    InRedis,
    /// There is something at its path already, which stays.
    #[error("{} exists already; choose another name for the backup", .path.display())]
    Exists {
        /// The path of the backup.
        path: PathBuf,
    },
    /// It cannot be written there.
    #[error("{} cannot be written: {source}", .path.display())]
    Unusable {
        /// The path of the backup.
        path: PathBuf,
        /// The system's error, which decides what the operator is advised to do.
        source: std::io::Error,
    },
    /// The server closed the file that was read.
    #[error("the server closed its file meanwhile; try again")]
    Interrupted,
    /// What was written cannot be read again.
    #[error("the backup cannot be read again: {0}")]
    Unreadable(#[from] FileError),
    /// The log cannot be read.
    #[error(transparent)]
    Log(#[from] LogError),
}

/// Why a backup was not put in place. The data folder is as it was before.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// The backup cannot be served.
    #[error("the backup cannot be restored: {0}")]
    Backup(#[source] FileError),
    /// The data folder is in use, or cannot be used.
    #[error(transparent)]
    Data(OpenError),
}
