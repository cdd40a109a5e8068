//! What travels on the operator's socket. Data only.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::room_details::{RoomDetails, RoomSummary};
use crate::protocol::command::MemberRef;
use crate::protocol::denied::Denied;
use crate::protocol::ids::RoomId;
use crate::protocol::text::{ChatText, MemberName};
use crate::server::log::{DataFault, FileError, LogError, OpenError};
use crate::server::metrics::figures::Figures;

/// What the operator wants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum AdminRequest {
    /// List the rooms, also those that nobody sees.
    Rooms,
    /// Look into one room.
    Room {
        /// The room.
        room: RoomId,
    },
    /// Make a key with which a room can be created.
    Create {
        /// The room, which does not exist.
        room: RoomId,
    },
    /// Close a room for good.
    Close {
        /// The room.
        room: RoomId,
    },
    /// Take a public room out of the gallery.
    Hide {
        /// The room.
        room: RoomId,
    },
    /// Make a member a real admin of their room.
    Promote {
        /// The room.
        room: RoomId,
        /// The member, by name or number.
        member: MemberRef,
    },
    /// Ban a member from a room.
    Ban {
        /// The room.
        room: RoomId,
        /// The member, by name or number.
        member: MemberRef,
    },
    /// Tell everyone something, on the screen and over the picture.
    Announce {
        /// What they read.
        text: ChatText,
        /// The only room that is told; every room if `None`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        room: Option<RoomId>,
    },
    /// Stop the server after a while, of which every room is warned.
    Drain {
        /// The time until then, in milliseconds.
        after_ms: u64,
    },
    /// Do not stop after all.
    CancelDrain,
    /// Copy all rooms into a new file.
    Backup {
        /// The absolute path of the file, which must not exist.
        file: PathBuf,
    },
    /// Write all rooms into a new file that any server can import.
    Export {
        /// The absolute path of the file, which must not exist.
        file: PathBuf,
    },
    /// Take the rooms of such a file, apart from those whose names are taken.
    Import {
        /// The absolute path of the file.
        file: PathBuf,
    },
    /// Show the limits.
    Limits,
    /// Show the figures.
    Figures,
    /// Find, or erase, what all rooms keep of a person who has left.
    Forget {
        /// The name by which they were known.
        name: MemberName,
        /// Whether what is found is erased.
        erase: bool,
    },
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum AdminReply {
    /// It is done.
    Done,
    /// All rooms, by name.
    Rooms {
        /// The rooms.
        rooms: Vec<RoomSummary>,
    },
    /// A key with which a room can be created, once within a day.
    CreateKey {
        /// The room.
        room: RoomId,
        /// The key.
        key: String,
    },
    /// One room.
    Room(Box<RoomDetails>),
    /// How many rooms were told, and how many people are in them.
    Told {
        /// The rooms with somebody in them.
        rooms: usize,
    },
    /// The server stops.
    Drains {
        /// In so many milliseconds.
        after_ms: u64,
    },
    /// The rooms were copied.
    Copied {
        /// The file.
        file: PathBuf,
        /// How many rooms are in it.
        rooms: usize,
        /// Its size.
        bytes: u64,
    },
    /// The rooms of a file were taken.
    Imported {
        /// How many were taken.
        rooms: usize,
        /// Those that were left out, since there are rooms of these names.
        existing: Vec<RoomId>,
        /// How many were left out since the server has as many rooms as it takes.
        left: usize,
    },
    /// The limits by their names.
    Limits {
        /// An object: the name of each limit and its value.
        limits: Value,
    },
    /// The figures.
    Figures(Box<Figures>),
    /// What was found of a person.
    Forgotten {
        /// The rooms that keep something, by name.
        rooms: Vec<RoomTraces>,
        /// Whether it was erased.
        erased: bool,
    },
    /// It was not done.
    Failed(AdminFault),
}

/// Why something was not done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum AdminFault {
    /// The socket belongs to another user.
    NotYours,
    /// The server does not know this request: it is older or newer than the program.
    NotUnderstood,
    /// There is no such room.
    NoSuchRoom {
        /// The name.
        room: RoomId,
    },
    /// There is such a room already.
    RoomExists {
        /// The name.
        room: RoomId,
    },
    /// The room denied it.
    Denied {
        /// Why.
        why: Denied,
    },
    /// The room does not answer, or its log takes no writes.
    StorageAway,
    /// The rooms were not copied.
    Backup {
        /// The path at which the copy was wanted.
        file: PathBuf,
        /// Why there is none.
        why: BackupFault,
    },
    /// No room, or not every one, was taken from a file.
    Import {
        /// The file.
        file: PathBuf,
        /// Why.
        why: ImportFault,
    },
    /// No end is planned, so none can be cancelled.
    NothingPlanned,
    /// The server is stopping.
    GoingDown,
}

/// Why there is no backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum BackupFault {
    /// The rooms are in Redis, which makes backups itself.
    InRedis,
    /// There is something at its path already.
    Exists,
    /// The server cannot write there.
    Unusable(BackupCause),
    /// The server put another file in the place of the one that was read.
    Interrupted,
    /// What was written cannot be read again.
    Unreadable(BackupCause),
    /// The log cannot be read at the moment.
    Away,
}

/// Why a file's rooms were not taken. Unless it is [`ImportFault::Away`], nothing has changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum ImportFault {
    /// The server cannot read it.
    Unusable(BackupCause),
    /// No server wrote it as an export.
    Foreign,
    /// A later version wrote it.
    Newer {
        /// The number of its format.
        found: u32,
        /// The newest format that this server reads.
        known: u32,
    },
    /// It ends too early.
    Truncated,
    /// A line of it is no room.
    Line {
        /// The line's number, from 1.
        line: usize,
        /// What is wrong with it, in English.
        error: String,
    },
    /// Its rooms are ahead of this server's time.
    Ahead {
        /// By so many seconds.
        seconds: u64,
    },
    /// The log took no more after so many rooms.
    Away {
        /// The rooms that were taken before.
        rooms: usize,
    },
}

/// What went wrong with a backup: in English, and as far as it is known so that it can be worded in
/// the operator's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupCause {
    /// What went wrong, in English.
    pub error: String,
    /// The same as data; `None` if it is none of these faults, or comes from an older server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<DataFault>,
}

impl From<&std::io::Error> for BackupCause {
    fn from(error: &std::io::Error) -> Self {
        Self {
            error: error.to_string(),
            fault: Some(DataFault::of_io(error)),
        }
    }
}

impl From<&FileError> for BackupCause {
    fn from(error: &FileError) -> Self {
        let fault = match error {
            FileError::Open(OpenError::Unusable { source, .. }) => Some(DataFault::of_io(source)),
            FileError::Open(OpenError::Damaged { reason, .. })
            | FileError::Room(LogError::Unreadable { reason, .. }) => Some(reason.clone()),
            _ => None,
        };
        Self {
            error: error.to_string(),
            fault,
        }
    }
}

/// What a room keeps of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomTraces {
    /// The room.
    pub room: RoomId,
    /// Whether they are present, so that nothing of theirs is erased there.
    pub present: bool,
    /// Records of absent members, each with its token's and its address's hash.
    pub members: usize,
    /// Lines of chat.
    pub lines: usize,
    /// Entries in the queue with their name.
    pub entries: usize,
    /// Bans of them.
    pub bans: usize,
}
