//! Copies a log into another database. Text that was erased stays behind, and so does everything
//! that had been in the file before and is no longer part of the log: redb does not overwrite the
//! pages that it frees.

use std::collections::{BTreeMap, BTreeSet};

use redb::{Database, ReadTransaction, ReadableTable, Table};

use super::store::{self, EVENTS, META, REMOVED, SNAPSHOTS};
use crate::protocol::ids::RoomId;
use crate::room::committed::{Committed, Room};

/// Copies a log into an empty database, in one transaction.
pub(super) fn copy(from: &ReadTransaction, to: &Database) -> Result<(), redb::Error> {
    let folded = rooms_with_erased_text(from)?;
    let transaction = to.begin_write()?;
    {
        let mut meta = transaction.open_table(META)?;
        for row in from.open_table(META)?.iter()? {
            let (key, value) = row?;
            if key.value() != REMOVED {
                meta.insert(key.value(), value.value())?;
            }
        }
        let mut snapshots = transaction.open_table(SNAPSHOTS)?;
        copy_snapshots(from, &mut snapshots, &folded)?;
        let mut events = transaction.open_table(EVENTS)?;
        for row in from.open_table(EVENTS)?.iter()? {
            let (key, record) = row?;
            if !folded.contains_key(key.value().0) {
                events.insert(key.value(), record.value())?;
            }
        }
    }
    transaction.commit()?;
    Ok(())
}

/// Copies the snapshots. Of rooms with erased text the room as it is now becomes the snapshot, and
/// takes the place of their events.
fn copy_snapshots(
    from: &ReadTransaction,
    snapshots: &mut Table<'_, &'static str, (u64, &'static [u8])>,
    folded: &BTreeMap<String, Room>,
) -> Result<(), redb::Error> {
    for row in from.open_table(SNAPSHOTS)?.iter()? {
        let (room, snapshot) = row?;
        if !folded.contains_key(room.value()) {
            snapshots.insert(room.value(), snapshot.value())?;
        }
    }
    for (id, room) in folded {
        let record = serde_json::to_vec(room).map_err(std::io::Error::from)?;
        snapshots.insert(id.as_str(), (room.state.rev.0, record.as_slice()))?;
    }
    Ok(())
}

/// The rooms of whose events one erases text of an earlier one, or of the snapshot.
fn rooms_with_erased_text(from: &ReadTransaction) -> Result<BTreeMap<String, Room>, redb::Error> {
    if from.open_table(META)?.get(REMOVED)?.is_none() {
        return Ok(BTreeMap::new());
    }
    let mut found: BTreeSet<RoomId> = BTreeSet::new();
    for row in from.open_table(EVENTS)?.iter()? {
        let (key, record) = row?;
        let Ok(room) = RoomId::parse(key.value().0) else {
            continue;
        };
        let committed: Committed =
            serde_json::from_slice(record.value()).map_err(std::io::Error::from)?;
        if committed.fact.event.erases_text() {
            found.insert(room);
        }
    }
    let mut folded = BTreeMap::new();
    for id in found {
        let room = store::read_room(from, &id)
            .map_err(|error| redb::Error::Corrupted(error.to_string()))?;
        folded.extend(room.map(|room| (id.as_str().to_owned(), room)));
    }
    Ok(folded)
}
