//! Opening the file: a new one is begun, an old one is checked, one of an earlier format is copied
//! and brought to today's. What cannot be opened is left as it is.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs::{File, Metadata, OpenOptions};
use std::io::{Error as IoError, ErrorKind};
use std::path::{Path, PathBuf};

use redb::backends::FileBackend;
use redb::{Database, DatabaseError, ReadableDatabase, ReadableTable, StorageError};

use super::files::{self, new_file};
use super::format::{self, FoundFormat, Step};
use super::store::{self, EVENTS, META, REMOVED, SNAPSHOTS};
use super::{DataFault, NotedTime, OpenError};
use crate::protocol::ids::{Rev, RoomId};
use crate::protocol::time::RoomTime;

/// The size of redb's cache in bytes (judgement: small, since rooms are read only once, and the
/// system keeps the pages of the file as well).
const CACHE_BYTES: usize = 1024 * 1024;

/// Opens the database; called again after a failure of the storage.
pub(super) type DatabaseOpener = Box<dyn Fn() -> Result<Database, DatabaseError> + Send>;

/// Where a log's database is.
pub(super) struct Source {
    /// Opens it.
    pub(super) opener: DatabaseOpener,
    /// The path of its file, for messages; of a log in memory a name.
    pub(super) path: PathBuf,
    /// Whether there is a file at the path, which can be copied and replaced.
    pub(super) is_file: bool,
}

/// What a log contained when it was opened.
#[derive(Debug, Default)]
pub(super) struct LogContents {
    /// The last rev of each room.
    pub(super) last: BTreeMap<RoomId, Rev>,
    /// The newest time in it, of an event or noted.
    pub(super) newest_at: Option<RoomTime>,
    /// The id of the server that keeps its rooms here.
    pub(super) server_id: i64,
    /// The time that was noted last.
    pub(super) noted: Option<NotedTime>,
    /// Whether the file may still hold what was removed from the log.
    pub(super) holds_removed: bool,
}

impl Source {
    /// A file, which is created if it does not exist.
    pub(super) fn file(path: PathBuf) -> Self {
        Self {
            opener: file_opener(path.clone()),
            path,
            is_file: true,
        }
    }

    /// A database that is open already, in memory; `path` is for messages.
    pub(super) fn held(database: Database, path: &Path) -> Self {
        let held = Cell::new(Some(database));
        Self {
            opener: Box::new(move || held.take().ok_or(DatabaseError::DatabaseAlreadyOpen)),
            path: path.to_owned(),
            is_file: false,
        }
    }

    /// Opens the database and reads what it knows. A new one gets its tables, one of an earlier
    /// format is copied beside it and takes the `steps`.
    pub(super) fn open(&self, steps: &[Step]) -> Result<(Database, LogContents), OpenError> {
        let mut database = self.database()?;
        match self.found(&database)? {
            FoundFormat::Empty => {
                format::begin(&database, steps).map_err(|error| self.database_error(error))?;
            }
            FoundFormat::Log(number) if number == format::newest(steps) => {}
            FoundFormat::Log(older) if (1..format::newest(steps)).contains(&older) => {
                if self.is_file {
                    // While the database is open, not every system lets its file be read.
                    drop(database);
                    self.keep_copy(older)?;
                    database = self.database()?;
                }
                self.migrate(&database, steps)?;
            }
            FoundFormat::Log(newer) if newer > 0 => {
                return Err(OpenError::Newer {
                    path: self.path.clone(),
                    found: newer,
                    known: format::newest(steps),
                });
            }
            FoundFormat::Log(_) | FoundFormat::Foreign => {
                return Err(self.damaged(DataFault::Foreign));
            }
        }
        if self.is_file {
            files::remove_unfinished(&self.path);
        }
        let server_id = store::server_id(&database);
        let contents = contents(&database).map_err(|error| self.database_error(error))?;
        let contents = LogContents {
            server_id,
            ..contents
        };
        Ok((database, contents))
    }

    fn database(&self) -> Result<Database, OpenError> {
        (self.opener)().map_err(|error| open_error(error, &self.path))
    }

    fn found(&self, database: &Database) -> Result<FoundFormat, OpenError> {
        format::find(database).map_err(|error| self.database_error(error))
    }

    /// Copies the file of an earlier format, for whoever wants to go back to the version that wrote
    /// it.
    fn keep_copy(&self, older: i64) -> Result<(), OpenError> {
        let copied = files::copy_aside(&self.path, &format!("format-{older}"));
        let copy = copied.map_err(|source| OpenError::Unusable {
            path: self.path.clone(),
            source,
        })?;
        tracing::info!(path = ?self.path, ?copy, format = older, "a file of an earlier format was copied");
        Ok(())
    }

    /// Takes the steps from the format that the file has by now.
    fn migrate(&self, database: &Database, steps: &[Step]) -> Result<(), OpenError> {
        let FoundFormat::Log(from) = self.found(database)? else {
            return Err(self.damaged(DataFault::Changed));
        };
        format::migrate(database, from, steps).map_err(|error| self.database_error(error))?;
        let to = format::newest(steps);
        tracing::info!(path = ?self.path, from, to, "the rooms' file has a new format");
        Ok(())
    }

    fn damaged(&self, reason: DataFault) -> OpenError {
        OpenError::Damaged {
            path: self.path.clone(),
            reason,
        }
    }

    fn database_error(&self, error: redb::Error) -> OpenError {
        database_error(error, &self.path)
    }
}

/// An opener of a file, which checks the file's integrity. Only its first call creates a missing
/// file: one that disappears while the server runs is a failure of the storage.
pub(super) fn file_opener(path: PathBuf) -> DatabaseOpener {
    let was_open = Cell::new(false);
    Box::new(move || {
        if !was_open.get()
            && let Some(file) = new_file(&path).map_err(StorageError::Io)?
        {
            let begun = database(file);
            if matches!(begun, Err(DatabaseError::Storage(_)))
                && let Err(error) = std::fs::remove_file(&path)
            {
                // The next start will take it for a damaged log.
                tracing::warn!(%error, ?path, "a file that could not be begun stays behind");
            }
            was_open.set(begun.is_ok());
            return begun;
        }
        let opened = open_existing(&path);
        was_open.set(was_open.get() || opened.is_ok());
        opened
    })
}

fn open_existing(path: &Path) -> Result<Database, DatabaseError> {
    let (file, found) = old_file(path).map_err(StorageError::Io)?;
    let opened = database(file)?;
    // A server that runs may have put a compacted file in its place since.
    if std::fs::metadata(path).is_ok_and(|now| is_same(&found, &now)) {
        Ok(opened)
    } else {
        Err(DatabaseError::DatabaseAlreadyOpen)
    }
}

#[cfg(unix)]
fn is_same(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

#[cfg(not(unix))]
fn is_same(_: &Metadata, _: &Metadata) -> bool {
    true
}

/// The database in a file, which is checked.
pub(super) fn database(file: File) -> Result<Database, DatabaseError> {
    Database::builder()
        .set_cache_size(CACHE_BYTES)
        .set_check_integrity_on_open(true)
        .create_with_backend(FileBackend::new(file)?)
}

/// Opens an existing file.
fn old_file(path: &Path) -> std::io::Result<(File, Metadata)> {
    let file = OpenOptions::new().read(true).write(true).open(path)?;
    let found = file.metadata()?;
    check_kind(&found)?;
    Ok((file, found))
}

/// Checks that it is a file with content. An empty one is what a full disk or an interrupted copy
/// leaves of a log; redb would take it for a new one, so it is an error.
pub(super) fn check_kind(found: &Metadata) -> std::io::Result<()> {
    if !found.is_file() {
        return Err(IoError::new(ErrorKind::InvalidInput, DataFault::NotAFile));
    }
    if found.len() == 0 {
        return Err(IoError::new(ErrorKind::UnexpectedEof, DataFault::Empty));
    }
    Ok(())
}

/// What a log of today's format contains.
fn contents(database: &Database) -> Result<LogContents, redb::Error> {
    let reading = database.begin_read()?;
    let meta = reading.open_table(META)?;
    let mut found = LogContents {
        newest_at: store::newest_at(&meta)?,
        noted: store::noted(&meta)?,
        holds_removed: meta.get(REMOVED)?.is_some(),
        ..LogContents::default()
    };
    for row in reading.open_table(SNAPSHOTS)?.iter()? {
        let (room, snapshot) = row?;
        note_last(&mut found, room.value(), snapshot.value().0);
    }
    for row in reading.open_table(EVENTS)?.iter()? {
        let (key, _) = row?;
        let (room, rev) = key.value();
        note_last(&mut found, room, rev);
    }
    Ok(found)
}

fn note_last(found: &mut LogContents, room: &str, rev: u64) {
    if let Ok(id) = RoomId::parse(room) {
        let last = found.last.entry(id).or_default();
        *last = (*last).max(Rev(rev));
    } else {
        tracing::warn!(
            room,
            "the log holds a room of an impossible name; left alone"
        );
    }
}

/// The error for a database that redb does not open.
pub(super) fn open_error(error: DatabaseError, path: &Path) -> OpenError {
    match error {
        DatabaseError::DatabaseAlreadyOpen | DatabaseError::LockProtocolMismatch => {
            OpenError::InUse {
                path: path.to_owned(),
            }
        }
        DatabaseError::Storage(StorageError::Io(source)) => io_error(source, path),
        other => OpenError::Damaged {
            path: path.to_owned(),
            reason: DataFault::other(&other),
        },
    }
}

/// The error for a database that was opened and cannot be read or written.
pub(super) fn database_error(error: redb::Error, path: &Path) -> OpenError {
    match error {
        redb::Error::Io(source) => io_error(source, path),
        other => OpenError::Damaged {
            path: path.to_owned(),
            reason: DataFault::of_database(&other),
        },
    }
}

/// The error for an IO error of redb: content that ends early or is invalid means damage, anything
/// else is the system's error.
pub(super) fn io_error(source: IoError, path: &Path) -> OpenError {
    let path = path.to_owned();
    match source.kind() {
        ErrorKind::InvalidData | ErrorKind::UnexpectedEof => OpenError::Damaged {
            path,
            reason: DataFault::of_io(&source),
        },
        _ => OpenError::Unusable { path, source },
    }
}
