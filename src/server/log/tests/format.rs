//! Files of every format: today's is opened, an earlier one is copied and migrated, a later one is
//! refused.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use redb::{Database, ReadableDatabase as _, ReadableTable as _, WriteTransaction};

use super::{append, folded, room_id};
use crate::protocol::ids::RoomId;
use crate::room::committed::Room;
use crate::server::log::format::{STEPS, Step};
use crate::server::log::open::Source;
use crate::server::log::store::{FORMAT_KEY, META};
use crate::server::log::{OpenError, RoomLog, newest_format};

/// A folder with a file of the corpus in it.
fn folder_of(format: i64) -> (tempfile::TempDir, PathBuf) {
    let name = format!("rooms-format-{format}.redb.gz");
    let packed = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/corpus")
        .join(name);
    let packed = fs::File::open(&packed).unwrap_or_else(|error| panic!("{packed:?}: {error}"));
    let mut content = Vec::new();
    flate2::read::GzDecoder::new(packed)
        .read_to_end(&mut content)
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("rooms.redb");
    fs::write(&file, content).unwrap();
    (folder, file)
}

/// The room that every file of the corpus holds.
async fn cinema(log: &RoomLog) -> Room {
    let cinema = RoomId::parse("cinema").unwrap();
    let room = log.open(&cinema).await.unwrap();
    room.expect("the room of the corpus")
}

/// The room that this version makes of the events in the corpus.
fn expected() -> Room {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/log-0.1.0.jsonl");
    let mut room = Room::new(RoomId::parse("cinema").unwrap());
    for line in fs::read_to_string(path).unwrap().lines() {
        room.apply(&serde_json::from_str(line).unwrap());
    }
    room
}

#[tokio::test]
async fn a_file_of_this_version_is_opened() {
    let (folder, file) = folder_of(newest_format());
    let log = RoomLog::embedded(folder.path()).unwrap();
    assert_eq!(cinema(&log).await, expected());
    log.close().await;
    let format = newest_format();
    assert!(
        !file
            .with_extension(format!("redb.format-{format}"))
            .exists()
    );
}

#[tokio::test]
async fn a_file_of_the_first_format_is_copied_and_migrated_once() {
    copied_and_migrated_once(1).await;
}

/// The second cannot tell that a room is kept for another time than at its creation.
#[tokio::test]
async fn a_file_of_the_second_format_is_copied_and_migrated_once() {
    copied_and_migrated_once(2).await;
}

/// The third knows no titles of what waits in a queue.
#[tokio::test]
async fn a_file_of_the_third_format_is_copied_and_migrated_once() {
    copied_and_migrated_once(3).await;
}

async fn copied_and_migrated_once(format: i64) {
    let (folder, file) = folder_of(format);
    let before = fs::read(&file).unwrap();
    let copy = folder.path().join(format!("rooms.redb.format-{format}"));
    for _ in 0..2 {
        let log = RoomLog::embedded(folder.path()).unwrap();
        assert_eq!(cinema(&log).await, expected());
        log.close().await;
        assert!(copy.exists());
    }
    let second = format!("rooms.redb.format-{format}-2");
    assert!(!folder.path().join(second).exists());
    // Going back: the copy is a file of the earlier format, with the same rooms.
    fs::rename(&copy, &file).unwrap();
    let database = Database::open(&file).unwrap();
    assert_eq!(format_of(&database), format);
    drop(database);
    assert_eq!(
        fs::metadata(&file).unwrap().len(),
        u64::try_from(before.len()).unwrap()
    );
    let log = RoomLog::embedded(folder.path()).unwrap();
    assert_eq!(cinema(&log).await, expected());
}

#[cfg(unix)]
#[tokio::test]
async fn only_its_owner_can_read_the_copy() {
    use std::os::unix::fs::PermissionsExt as _;
    let (folder, _) = folder_of(1);
    let _log = RoomLog::embedded(folder.path()).unwrap();
    let copy = folder.path().join("rooms.redb.format-1");
    assert_eq!(
        fs::metadata(copy).unwrap().permissions().mode() & 0o777,
        0o600
    );
}

#[tokio::test]
async fn a_copy_takes_the_place_of_no_other() {
    let (folder, file) = folder_of(1);
    let taken = folder.path().join("rooms.redb.format-1");
    fs::write(&taken, "somebody's").unwrap();
    RoomLog::embedded(folder.path()).unwrap().close().await;
    assert_eq!(fs::read(&taken).unwrap(), b"somebody's");
    assert!(file.with_extension("redb.format-1-2").exists());
}

#[test]
fn where_no_copy_can_be_made_nothing_is_migrated() {
    let (folder, file) = folder_of(1);
    // A folder is in the way of the copy.
    fs::create_dir(folder.path().join("rooms.redb.new")).unwrap();
    let refused = RoomLog::embedded(folder.path()).unwrap_err();
    assert!(matches!(refused, OpenError::Unusable { .. }), "{refused:?}");
    assert_eq!(format_of(&Database::open(&file).unwrap()), 1);
}

#[tokio::test]
async fn a_file_of_a_later_format_is_refused_in_those_words() {
    let folder = tempfile::tempdir().unwrap();
    let log = RoomLog::embedded(folder.path()).unwrap();
    append(&log, 1, 3).await;
    log.close().await;
    let file = folder.path().join("rooms.redb");
    set_format(&file, 9);
    let refused = RoomLog::embedded(folder.path()).unwrap_err();
    let text = refused.to_string();
    assert!(
        matches!(refused, OpenError::Newer { found: 9, .. }),
        "{text}"
    );
    assert!(text.contains("written by a newer version"), "{text}");
    assert!(text.contains("rooms.redb"), "{text}");
    set_format(&file, newest_format());
    let log = RoomLog::embedded(folder.path()).unwrap();
    assert_eq!(log.open(&room_id()).await.unwrap(), Some(folded(3)));
}

fn set_format(file: &Path, number: i64) {
    let database = Database::open(file).unwrap();
    let transaction = database.begin_write().unwrap();
    let mut meta = transaction.open_table(META).unwrap();
    meta.insert(FORMAT_KEY, number).unwrap();
    drop(meta);
    transaction.commit().unwrap();
}

fn format_of(database: &Database) -> i64 {
    value(database, FORMAT_KEY).unwrap()
}

fn value(database: &Database, key: &str) -> Option<i64> {
    let reading = database.begin_read().unwrap();
    let meta = reading.open_table(META).unwrap();
    meta.get(key).unwrap().map(|value| value.value())
}

/// A step that counts how often it was taken.
fn counts(transaction: &WriteTransaction) -> Result<(), redb::Error> {
    let mut meta = transaction.open_table(META)?;
    let before = meta.get("counted")?.map_or(0, |value| value.value());
    meta.insert("counted", before + 1)?;
    Ok(())
}

/// A step that counts and then fails.
fn fails(transaction: &WriteTransaction) -> Result<(), redb::Error> {
    counts(transaction)?;
    Err(redb::Error::Corrupted("a full disk, say".to_owned()))
}

#[test]
fn each_step_is_taken_once_also_when_one_fails_on_the_way() {
    let (folder, file) = folder_of(1);
    let open = |steps: &[Step]| Source::file(file.clone()).open(steps);
    let failing: [Step; 4] = [counts, counts, fails, counts];
    let stopped = open(&failing).err();
    assert!(
        matches!(stopped, Some(OpenError::Damaged { .. })),
        "{stopped:?}"
    );
    {
        let database = Database::open(&file).unwrap();
        let reached = (format_of(&database), value(&database, "counted"));
        assert_eq!(reached, (3, Some(2)), "the failed step left nothing");
    }
    let whole: [Step; 4] = [fails, fails, counts, counts];
    let (database, contents) = open(&whole).unwrap();
    assert_eq!(format_of(&database), 5);
    assert_eq!(value(&database, "counted"), Some(4));
    assert_eq!(contents.last.len(), 1);
    // The file was copied before each time.
    for copy in ["rooms.redb.format-1", "rooms.redb.format-3"] {
        assert!(folder.path().join(copy).exists(), "{copy}");
    }
    drop(database);
    let known = open(&whole[..STEPS.len()]).err();
    assert!(
        matches!(known, Some(OpenError::Newer { found: 5, .. })),
        "{known:?}"
    );
}
