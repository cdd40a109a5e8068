//! Files that are no room log of this program, or that were changed under it.

use std::fs;

use redb::{Database, ReadableDatabase};

use super::append;
use crate::server::log::open::file_opener;
use crate::server::log::{OpenError, RoomLog};

/// A full disk or an interrupted copy leaves an empty file of a log.
#[tokio::test]
async fn a_file_without_a_byte_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("rooms.redb");
    fs::write(&file, "").unwrap();
    let error = RoomLog::embedded(folder.path()).unwrap_err();
    assert!(matches!(error, OpenError::Damaged { .. }), "{error:?}");
    assert!(error.to_string().contains("it is empty"), "{error}");
    assert_eq!(fs::metadata(&file).unwrap().len(), 0);
    // It was left as it is, as the message says.
    fs::remove_file(&file).unwrap();
    append(&RoomLog::embedded(folder.path()).unwrap(), 1, 1).await;
}

#[tokio::test]
async fn another_programs_database_is_refused_and_left_alone() {
    const THEIRS: redb::TableDefinition<'_, &str, u64> = redb::TableDefinition::new("theirs");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("rooms.redb");
    let database = Database::create(&file).unwrap();
    let transaction = database.begin_write().unwrap();
    transaction.open_table(THEIRS).unwrap();
    transaction.commit().unwrap();
    drop(database);
    let error = RoomLog::embedded(folder.path()).unwrap_err();
    assert!(matches!(error, OpenError::Damaged { .. }), "{error:?}");
    let database = Database::open(&file).unwrap();
    let transaction = database.begin_read().unwrap();
    let tables = transaction.list_tables().unwrap().count();
    assert_eq!(tables, 1, "tables of ours were put into it");
}

#[cfg(unix)]
#[tokio::test]
async fn what_is_no_file_is_refused() {
    let home = tempfile::tempdir().unwrap();
    for kind in ["folder", "pipe"] {
        let folder = home.path().join(kind);
        fs::create_dir(&folder).unwrap();
        let file = folder.join("rooms.redb");
        if kind == "folder" {
            fs::create_dir(&file).unwrap();
        } else {
            let made = std::process::Command::new("mkfifo").arg(&file).status();
            assert!(made.expect("mkfifo runs").success());
        }
        let error = RoomLog::embedded(&folder).unwrap_err();
        assert!(matches!(error, OpenError::Unusable { .. }), "{error:?}");
    }
}

/// If somebody empties or removes the file of a running server, no new file is created in its place
/// when the server opens it again.
#[test]
fn only_the_first_opening_makes_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rooms.redb");
    let opener = file_opener(path.clone());
    drop(opener().unwrap());
    drop(opener().unwrap());
    fs::write(&path, "").unwrap();
    assert!(opener().is_err());
    fs::remove_file(&path).unwrap();
    assert!(opener().is_err());
    assert!(!path.exists());
}
