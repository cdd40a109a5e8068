//! The format of the file, and how a file of an earlier format becomes one of today's.
//!
//! A log whose number is not known is not opened. Each change of the format is one step, made in
//! one transaction together with the new number: after a crash the next start goes on with the
//! step that was not finished. Before the first step the file is copied (see `open`).

use redb::{Database, ReadableDatabase, TableError, WriteTransaction};

use super::store::{EVENTS, FORMAT_KEY, META, REMOVED, SNAPSHOTS};

/// A step to the next format.
pub(super) type Step = fn(&WriteTransaction) -> Result<(), redb::Error>;

/// The steps from format 1 to today's, in order.
pub(super) const STEPS: &[Step] = &[note_what_was_removed, KNOW_CHANGED_TTL, KNOW_TITLES];

/// The number of the format that these steps lead to.
pub(super) fn newest(steps: &[Step]) -> i64 {
    i64::try_from(steps.len()).map_or(i64::MAX, |steps| steps.saturating_add(1))
}

/// What a database is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FoundFormat {
    /// Nothing is in it.
    Empty,
    /// A log with this number.
    Log(i64),
    /// Another program's.
    Foreign,
}

/// Finds out what a database is, without a change to it.
pub(super) fn find(database: &Database) -> Result<FoundFormat, redb::Error> {
    let reading = database.begin_read()?;
    if reading.list_tables()?.next().is_none() {
        return Ok(FoundFormat::Empty);
    }
    let meta = match reading.open_table(META) {
        Ok(meta) => meta,
        Err(TableError::Storage(error)) => return Err(error.into()),
        // It has no such table, or one of other types.
        Err(_) => return Ok(FoundFormat::Foreign),
    };
    let number = meta.get(FORMAT_KEY)?.map(|value| value.value());
    Ok(number.map_or(FoundFormat::Foreign, FoundFormat::Log))
}

/// Makes the tables of a new log.
pub(super) fn begin(database: &Database, steps: &[Step]) -> Result<(), redb::Error> {
    let transaction = database.begin_write()?;
    transaction.open_table(EVENTS)?;
    transaction.open_table(SNAPSHOTS)?;
    transaction
        .open_table(META)?
        .insert(FORMAT_KEY, newest(steps))?;
    transaction.commit()?;
    Ok(())
}

/// Takes the steps from this format to the newest.
pub(super) fn migrate(database: &Database, from: i64, steps: &[Step]) -> Result<(), redb::Error> {
    for (format, step) in (1..).zip(steps).filter(|(format, _)| *format >= from) {
        let transaction = database.begin_write()?;
        step(&transaction)?;
        transaction
            .open_table(META)?
            .insert(FORMAT_KEY, format + 1)?;
        transaction.commit()?;
    }
    Ok(())
}

/// From 1 to 2: what was removed under format 1 may still be in the file, and is to leave it soon.
/// The number also keeps a server of 0.1.0 from opening the file: with its next snapshot of a room
/// it would drop what it does not know of it.
fn note_what_was_removed(transaction: &WriteTransaction) -> Result<(), redb::Error> {
    transaction.open_table(META)?.insert(REMOVED, 1)?;
    Ok(())
}

/// From 2 to 3: what is there stays as it is. The number keeps a server of format 2 from a log that
/// may hold `RoomEvent::TtlChanged`, which it takes for damage.
const KNOW_CHANGED_TTL: Step = |_| Ok(());

/// From 3 to 4: what is there stays as it is. The number keeps a server of format 3 from a log that
/// may hold events it does not know, such as `RoomEvent::Described` or `RoomEvent::QueuedTogether`.
const KNOW_TITLES: Step = |_| Ok(());
