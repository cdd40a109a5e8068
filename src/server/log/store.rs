//! The file itself: redb tables and what is in them. Synchronous; one thread owns it.
//!
//! `events` maps (room, rev) and `snapshots` maps room to JSON, so that a log can be read by
//! people and by later versions; `meta` holds the format's number and the newest time.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{Error as IoError, ErrorKind};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use redb::backends::FileBackend;
use redb::{Database, DatabaseError, ReadableTable, StorageError, Table, TableDefinition};

use super::{LogError, NotedTime, OpenError};
use crate::boot_clock::{BootId, BootMoment};
use crate::private_files;
use crate::protocol::ids::{Rev, RoomId};
use crate::protocol::time::{RoomTime, Span};
use crate::room::committed::{Committed, Room};

/// Events as JSON, by room and rev.
const EVENTS: TableDefinition<'_, (&str, u64), &[u8]> = TableDefinition::new("events");
/// The newest snapshot of each room: its rev, and the room as JSON.
const SNAPSHOTS: TableDefinition<'_, &str, (u64, &[u8])> = TableDefinition::new("snapshots");
/// The format's number, the newest time, and what was noted last ([`NOTED`]).
const META: TableDefinition<'_, &str, i64> = TableDefinition::new("meta");

/// The number of this format in `meta`. A log with another number is not opened.
const FORMAT: i64 = 1;

/// How many events before a snapshot are kept, for a writer that fell behind and for debugging:
/// those of two snapshots (judgement).
const KEPT_BEFORE_SNAPSHOT: u64 = 512;

/// The size of redb's cache in bytes (judgement: small, since rooms are read only once).
const CACHE_BYTES: usize = 4 * 1024 * 1024;

/// Opens the database; called again after a failure of the storage.
pub(super) type DatabaseOpener = Box<dyn Fn() -> Result<Database, DatabaseError> + Send>;

/// One item of a batch.
#[derive(Debug, Clone)]
pub(super) enum Write {
    /// Appends events that follow the rev `after`, and a snapshot if one is due.
    Append {
        room: RoomId,
        after: Rev,
        events: Vec<Committed>,
        snapshot: Option<Bytes>,
    },
    /// Removes a room with its events and its snapshot.
    Forget { room: RoomId },
    /// Notes that a server runs at this time.
    Time { now: NotedTime },
}

/// What a log contained when it was opened.
#[derive(Debug, Default)]
pub(super) struct LogContents {
    /// The last rev of each room.
    pub(super) last: BTreeMap<RoomId, Rev>,
    /// The newest time in it, of an event or noted.
    pub(super) newest_at: Option<RoomTime>,
    /// The time that was noted last.
    pub(super) noted: Option<NotedTime>,
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
        let opened = database(old_file(&path).map_err(StorageError::Io)?);
        was_open.set(was_open.get() || opened.is_ok());
        opened
    })
}

fn database(file: File) -> Result<Database, DatabaseError> {
    Database::builder()
        .set_cache_size(CACHE_BYTES)
        .set_check_integrity_on_open(true)
        .create_with_backend(FileBackend::new(file)?)
}

/// Creates the file; `None` if it exists. It will hold private rooms' chat and everyone's hashes,
/// so only its owner can read it.
fn new_file(path: &Path) -> std::io::Result<Option<File>> {
    let mut options = private_files::open_options();
    match options.read(true).write(true).create_new(true).open(path) {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(None),
        Err(error) => Err(error),
    }
}

/// Opens an existing file. An empty one is what a full disk or an interrupted copy leaves of a
/// log; redb would take it for a new one, so it is an error.
fn old_file(path: &Path) -> std::io::Result<File> {
    let file = OpenOptions::new().read(true).write(true).open(path)?;
    let found = file.metadata()?;
    if !found.is_file() {
        return Err(IoError::new(ErrorKind::InvalidInput, "it is no file"));
    }
    if found.len() == 0 {
        return Err(IoError::new(ErrorKind::UnexpectedEof, "it is empty"));
    }
    Ok(file)
}

/// Opens a database and reads what it knows; makes its tables if it is new.
pub(super) fn open(
    opener: &DatabaseOpener,
    path: &Path,
) -> Result<(Database, LogContents), OpenError> {
    let database = opener().map_err(|error| open_error(error, path))?;
    let damaged = |reason: String| OpenError::Damaged {
        path: path.to_owned(),
        reason,
    };
    let found = prepare(&database).map_err(|error| match error {
        redb::Error::Io(source) => io_error(source, path),
        other => damaged(other.to_string()),
    })?;
    found
        .map(|found| (database, found))
        .ok_or_else(|| damaged("it is of another version, or another program's".to_owned()))
}

/// Makes the tables of a new database, or reads the contents of a known one; `None` if its format
/// is unknown.
fn prepare(database: &Database) -> Result<Option<LogContents>, redb::Error> {
    let transaction = database.begin_write()?;
    let is_new = transaction.list_tables()?.next().is_none();
    let mut found = LogContents::default();
    {
        let mut meta = transaction.open_table(META)?;
        let format = meta.get("format")?.map(|value| value.value());
        match format {
            None if is_new => {
                meta.insert("format", FORMAT)?;
            }
            Some(FORMAT) => {}
            // The database is of another version or another program.
            None | Some(_) => return Ok(None),
        }
        found.newest_at = meta.get("newest_at")?.map(|value| RoomTime(value.value()));
        found.noted = noted(&meta)?;
        let snapshots = transaction.open_table(SNAPSHOTS)?;
        for row in snapshots.iter()? {
            let (room, snapshot) = row?;
            note_last(&mut found, room.value(), snapshot.value().0);
        }
        let events = transaction.open_table(EVENTS)?;
        for row in events.iter()? {
            let (key, _) = row?;
            let (room, rev) = key.value();
            note_last(&mut found, room, rev);
        }
    }
    transaction.commit()?;
    Ok(Some(found))
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

fn open_error(error: DatabaseError, path: &Path) -> OpenError {
    match error {
        DatabaseError::DatabaseAlreadyOpen | DatabaseError::LockProtocolMismatch => {
            OpenError::InUse {
                path: path.to_owned(),
            }
        }
        DatabaseError::Storage(StorageError::Io(source)) => io_error(source, path),
        other => OpenError::Damaged {
            path: path.to_owned(),
            reason: other.to_string(),
        },
    }
}

/// The error for an IO error of redb: content that ends early or is invalid means damage, anything
/// else is the system's error.
fn io_error(source: IoError, path: &Path) -> OpenError {
    let path = path.to_owned();
    match source.kind() {
        ErrorKind::InvalidData | ErrorKind::UnexpectedEof => OpenError::Damaged {
            path,
            reason: source.to_string(),
        },
        _ => OpenError::Unusable { path, source },
    }
}

/// Writes a batch in one durable transaction.
pub(super) fn write(database: &Database, batch: &[Write]) -> Result<(), redb::Error> {
    let transaction = database.begin_write()?;
    {
        let mut events = transaction.open_table(EVENTS)?;
        let mut snapshots = transaction.open_table(SNAPSHOTS)?;
        let mut newest = None;
        let mut noted = None;
        for write in batch {
            match write {
                Write::Append {
                    room,
                    after,
                    events: appended,
                    snapshot,
                } => {
                    let mut rev = *after;
                    for committed in appended {
                        rev = committed.fact.rev;
                        newest = newest.max(Some(committed.fact.at));
                        let record = serde_json::to_vec(committed).map_err(std::io::Error::from)?;
                        events.insert((room.as_str(), rev.0), record.as_slice())?;
                    }
                    if let Some(snapshot) = snapshot {
                        snapshots.insert(room.as_str(), (rev.0, snapshot.as_ref()))?;
                        let oldest = rev.0.saturating_sub(KEPT_BEFORE_SNAPSHOT);
                        events
                            .retain_in((room.as_str(), 0)..(room.as_str(), oldest), |_, _| false)?;
                    }
                }
                Write::Time { now } => {
                    newest = newest.max(Some(now.at));
                    noted = Some(*now);
                }
                Write::Forget { room } => {
                    snapshots.remove(room.as_str())?;
                    events
                        .retain_in((room.as_str(), 0)..=(room.as_str(), u64::MAX), |_, _| false)?;
                }
            }
        }
        if let Some(newest) = newest {
            let mut meta = transaction.open_table(META)?;
            let before = meta
                .get("newest_at")?
                .map_or(i64::MIN, |value| value.value());
            meta.insert("newest_at", before.max(newest.0))?;
            if let Some(noted) = noted {
                note(&mut meta, noted)?;
            }
        }
    }
    transaction.commit()?;
    Ok(())
}

/// The keys in `meta` of a noted time: the boot's id, microseconds since the boot, and room time
/// then. Versions up to 0.1.0 neither write nor read them.
const NOTED: [&str; 3] = ["boot", "since_boot", "at_boot"];

/// Writes a noted time, where the system has a boot-time clock.
fn note(meta: &mut Table<'_, &'static str, i64>, noted: NotedTime) -> Result<(), redb::Error> {
    if let Some(moment) = noted.boot {
        let values = [moment.boot.0, moment.since.0, noted.at.0];
        for (key, value) in NOTED.into_iter().zip(values) {
            meta.insert(key, value)?;
        }
    }
    Ok(())
}

fn noted(meta: &impl ReadableTable<&'static str, i64>) -> Result<Option<NotedTime>, redb::Error> {
    let mut values = Vec::new();
    for key in NOTED {
        values.extend(meta.get(key)?.map(|value| value.value()));
    }
    let &[boot, since, at] = values.as_slice() else {
        return Ok(None);
    };
    Ok(Some(NotedTime {
        at: RoomTime(at),
        boot: Some(BootMoment {
            boot: BootId(boot),
            since: Span(since),
        }),
    }))
}

/// Reads a room from its snapshot and later events.
pub(super) fn read_room(database: &Database, room: &RoomId) -> Result<Option<Room>, LogError> {
    let unreadable = |reason: String| LogError::Unreadable {
        room: room.clone(),
        reason,
    };
    let snapshot = read_snapshot(database, room).map_err(|error| unreadable(error.to_string()))?;
    let mut folded = match snapshot {
        Some(bytes) => {
            serde_json::from_slice(&bytes).map_err(|error| unreadable(error.to_string()))?
        }
        None => Room::new(room.clone()),
    };
    let known = folded.state.rev;
    let events = read_events(database, room, known)?;
    for (expected, committed) in (known.0 + 1..).zip(&events) {
        if committed.fact.rev.0 != expected {
            return Err(unreadable(format!("event {expected} is missing")));
        }
        folded.apply(committed);
    }
    Ok((folded.state.rev > Rev(0)).then_some(folded))
}

fn read_snapshot(database: &Database, room: &RoomId) -> Result<Option<Vec<u8>>, redb::Error> {
    use redb::ReadableDatabase as _;
    let table = database.begin_read()?.open_table(SNAPSHOTS)?;
    Ok(table
        .get(room.as_str())?
        .map(|guard| guard.value().1.to_vec()))
}

/// The events after a rev that are kept.
pub(super) fn read_events(
    database: &Database,
    room: &RoomId,
    since: Rev,
) -> Result<Vec<Committed>, LogError> {
    let unreadable = |reason: String| LogError::Unreadable {
        room: room.clone(),
        reason,
    };
    let records =
        read_records(database, room, since).map_err(|error| unreadable(error.to_string()))?;
    records
        .iter()
        .map(|record| serde_json::from_slice(record).map_err(|error| unreadable(error.to_string())))
        .collect()
}

fn read_records(
    database: &Database,
    room: &RoomId,
    since: Rev,
) -> Result<Vec<Vec<u8>>, redb::Error> {
    use redb::ReadableDatabase as _;
    let table = database.begin_read()?.open_table(EVENTS)?;
    let first = (room.as_str(), since.0.saturating_add(1));
    let mut records = Vec::new();
    for row in table.range(first..=(room.as_str(), u64::MAX))? {
        records.push(row?.1.value().to_vec());
    }
    Ok(records)
}
