//! What is in the file: redb tables, and how events are written to them and read. Synchronous; one
//! thread owns the file.
//!
//! `events` maps (room, rev) and `snapshots` maps room to JSON, so that a log can be read by
//! people and by later versions; `meta` holds the format's number and the newest time.

use bytes::Bytes;
use redb::{Database, ReadTransaction, ReadableDatabase, ReadableTable, Table, TableDefinition};

use super::{DataFault, LogError, NotedTime};
use crate::boot_clock::{BootId, BootMoment};
use crate::protocol::ids::{Rev, RoomId};
use crate::protocol::time::{RoomTime, Span};
use crate::room::committed::{Committed, Room};

/// Events as JSON, by room and rev.
pub(super) const EVENTS: TableDefinition<'_, (&str, u64), &[u8]> = TableDefinition::new("events");
/// The newest snapshot of each room: its rev, and the room as JSON.
pub(super) const SNAPSHOTS: TableDefinition<'_, &str, (u64, &[u8])> =
    TableDefinition::new("snapshots");
/// The format's number ([`FORMAT_KEY`]), the newest time, what was noted last ([`NOTED`]), and
/// [`REMOVED`].
pub(super) const META: TableDefinition<'_, &str, i64> = TableDefinition::new("meta");

/// The key in `meta` of the format's number.
pub(super) const FORMAT_KEY: &str = "format";
/// The key in `meta` that is there while the file may still hold what was removed from the log:
/// erased text, and rooms that have ended.
pub(super) const REMOVED: &str = "removed";
/// The key in `meta` of the server's own id. A log of format 4 may lack it: it is made when such a
/// log is opened.
const SERVER_ID: &str = "server_id";
/// The key in `meta` of the newest room time.
const NEWEST_AT: &str = "newest_at";
/// The keys in `meta` of a noted time: the boot's id, microseconds since the boot, and room time
/// then. Versions up to 0.1.0 neither write nor read them.
const NOTED: [&str; 3] = ["boot", "since_boot", "at_boot"];

/// How many events before a snapshot are kept, for a writer that fell behind and for debugging:
/// those of two snapshots (judgement).
const KEPT_BEFORE_SNAPSHOT: u64 = 512;

/// The most bytes of events that are kept before a snapshot (judgement: 512 usual events take a
/// third of that).
pub(super) const KEPT_BYTES: usize = 512 * 1024;

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

impl Write {
    /// Whether it removes something that was written before: text, or a room.
    pub(super) fn removes(&self) -> bool {
        match self {
            Self::Append { events, .. } => {
                events.iter().any(|event| event.fact.event.erases_text())
            }
            Self::Forget { .. } => true,
            Self::Time { .. } => false,
        }
    }
}

/// Writes a batch in one durable transaction. Writing the same batch again changes nothing.
pub(super) fn write(database: &Database, batch: &[Write]) -> Result<(), redb::Error> {
    let transaction = database.begin_write()?;
    {
        let mut events = transaction.open_table(EVENTS)?;
        let mut snapshots = transaction.open_table(SNAPSHOTS)?;
        let mut meta = transaction.open_table(META)?;
        let mut newest = None;
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
                        forget_old(&mut events, room, rev)?;
                    }
                }
                Write::Time { now } => {
                    newest = newest.max(Some(now.at));
                    note(&mut meta, *now)?;
                }
                Write::Forget { room } => {
                    snapshots.remove(room.as_str())?;
                    events
                        .retain_in((room.as_str(), 0)..=(room.as_str(), u64::MAX), |_, _| false)?;
                }
            }
        }
        if let Some(newest) = newest {
            let before = meta.get(NEWEST_AT)?.map_or(i64::MIN, |value| value.value());
            meta.insert(NEWEST_AT, before.max(newest.0))?;
        }
        if batch.iter().any(Write::removes) {
            meta.insert(REMOVED, 1)?;
        }
    }
    transaction.commit()?;
    Ok(())
}

/// Removes what is kept neither for a writer that fell behind nor for debugging, once there is a
/// snapshot at `rev`.
fn forget_old(
    events: &mut Table<'_, (&'static str, u64), &'static [u8]>,
    room: &RoomId,
    rev: Rev,
) -> Result<(), redb::Error> {
    let room = room.as_str();
    let mut oldest = rev.0.saturating_sub(KEPT_BEFORE_SNAPSHOT);
    let mut bytes = 0_usize;
    for row in events.range((room, oldest)..=(room, rev.0))?.rev() {
        let (key, record) = row?;
        bytes = bytes.saturating_add(record.value().len());
        if bytes > KEPT_BYTES {
            oldest = key.value().1.saturating_add(1);
            break;
        }
    }
    events.retain_in((room, 0)..(room, oldest), |_, _| false)?;
    Ok(())
}

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

/// The id of the server that keeps its rooms in a log. A log without one gets one; where that cannot
/// be written, it holds until the log is closed.
pub(super) fn server_id(database: &Database) -> i64 {
    kept_server_id(database).unwrap_or_else(|error| {
        tracing::warn!(%error, "the server's id is not kept");
        rand::random()
    })
}

fn kept_server_id(database: &Database) -> Result<i64, redb::Error> {
    let meta = database.begin_read()?.open_table(META)?;
    if let Some(kept) = meta.get(SERVER_ID)? {
        return Ok(kept.value());
    }
    let new = rand::random();
    let transaction = database.begin_write()?;
    transaction.open_table(META)?.insert(SERVER_ID, new)?;
    transaction.commit()?;
    Ok(new)
}

/// The newest room time in a log, of an event or noted.
pub(super) fn newest_at(
    meta: &impl ReadableTable<&'static str, i64>,
) -> Result<Option<RoomTime>, redb::Error> {
    Ok(meta.get(NEWEST_AT)?.map(|value| RoomTime(value.value())))
}

/// The time that was noted last in a log.
pub(super) fn noted(
    meta: &impl ReadableTable<&'static str, i64>,
) -> Result<Option<NotedTime>, redb::Error> {
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

/// Reads a room from its snapshot and later events; `None` if there is none.
pub(super) fn read_room(
    reading: &ReadTransaction,
    room: &RoomId,
) -> Result<Option<Room>, LogError> {
    let unreadable = |reason| LogError::Unreadable {
        room: room.clone(),
        reason,
    };
    let snapshot =
        read_snapshot(reading, room).map_err(|error| unreadable(DataFault::of_database(&error)))?;
    let mut folded = match snapshot {
        Some(bytes) => {
            serde_json::from_slice(&bytes).map_err(|error| unreadable(DataFault::other(&error)))?
        }
        None => Room::new(room.clone()),
    };
    for committed in read_events(reading, room, folded.state.rev)? {
        folded.apply(&committed);
    }
    Ok((folded.state.rev > Rev(0)).then_some(folded))
}

fn read_snapshot(reading: &ReadTransaction, room: &RoomId) -> Result<Option<Vec<u8>>, redb::Error> {
    let table = reading.open_table(SNAPSHOTS)?;
    Ok(table
        .get(room.as_str())?
        .map(|guard| guard.value().1.to_vec()))
}

/// All events after a rev. Those of long ago are no longer kept, which is an error.
pub(super) fn read_events(
    reading: &ReadTransaction,
    room: &RoomId,
    since: Rev,
) -> Result<Vec<Committed>, LogError> {
    let unreadable = |reason| LogError::Unreadable {
        room: room.clone(),
        reason,
    };
    let records = read_records(reading, room, since)
        .map_err(|error| unreadable(DataFault::of_database(&error)))?;
    let mut events = Vec::new();
    for (expected, record) in (since.0 + 1..).zip(records) {
        let committed: Committed = serde_json::from_slice(&record)
            .map_err(|error| unreadable(DataFault::other(&error)))?;
        if committed.fact.rev.0 != expected {
            return Err(unreadable(DataFault::MissingEvent(expected)));
        }
        events.push(committed);
    }
    Ok(events)
}

fn read_records(
    reading: &ReadTransaction,
    room: &RoomId,
    since: Rev,
) -> Result<Vec<Vec<u8>>, redb::Error> {
    let table = reading.open_table(EVENTS)?;
    let first = (room.as_str(), since.0.saturating_add(1));
    let mut records = Vec::new();
    for row in table.range(first..=(room.as_str(), u64::MAX))? {
        records.push(row?.1.value().to_vec());
    }
    Ok(records)
}
