//! Backups of a log that goes on, putting one back, and looking at a folder without a change to it.

use std::fs;
use std::path::{Path, PathBuf};

use super::{append, folded, noted, room_id};
use crate::server::log::{
    BackupError, FileError, OpenError, RestoreError, RoomLog, check, newest_format, restore,
};

struct Stage {
    home: tempfile::TempDir,
    data: PathBuf,
    backup: PathBuf,
}

fn stage() -> Stage {
    let home = tempfile::tempdir().unwrap();
    Stage {
        data: home.path().join("data"),
        backup: home.path().join("friday.backup"),
        home,
    }
}

/// The files of a folder with their content.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let entries = fs::read_dir(folder).unwrap();
    let mut files: Vec<_> = entries
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .collect();
    files.sort();
    files
}

#[tokio::test]
async fn a_backup_holds_what_was_agreed_and_the_log_goes_on() {
    let stage = stage();
    let log = RoomLog::embedded(&stage.data).unwrap();
    append(&log, 1, 300).await;
    log.note_time(noted(900_000)).await.unwrap();
    let made = log.backup(&stage.backup).await.unwrap();
    assert_eq!(made.rooms, 1);
    assert_eq!(made.bytes, fs::metadata(&stage.backup).unwrap().len());
    append(&log, 301, 302).await;
    let id = log.server_id();
    log.close().await;

    let elsewhere = stage.home.path().join("elsewhere");
    let restored = restore(&stage.backup, &elsewhere).unwrap();
    assert_eq!((restored.rooms, restored.replaced), (1, None));
    let log = RoomLog::embedded(&elsewhere).unwrap();
    assert_eq!(log.open(&room_id()).await.unwrap(), Some(folded(300)));
    assert_eq!(log.noted(), Some(noted(900_000)));
    assert_eq!(log.server_id(), id, "it is the same server");
}

#[tokio::test]
async fn a_backup_is_made_while_the_file_is_written_and_compacted() {
    let stage = stage();
    let log = RoomLog::embedded(&stage.data).unwrap();
    append(&log, 1, 1).await;
    let appending = async {
        for rev in 2..=100 {
            append(&log, rev, rev).await;
        }
    };
    let (made, compacted, ()) = tokio::join!(log.backup(&stage.backup), log.compact(), appending);
    made.unwrap();
    compacted.unwrap();
    let elsewhere = stage.home.path().join("elsewhere");
    restore(&stage.backup, &elsewhere).unwrap();
    let copy = RoomLog::embedded(&elsewhere).unwrap();
    let room = copy.open(&room_id()).await.unwrap().unwrap();
    assert_eq!(room, folded(room.state.rev.0), "as it was at one moment");
}

#[tokio::test]
async fn a_backup_overwrites_nothing_and_leaves_nothing_half_done() {
    let stage = stage();
    let log = RoomLog::embedded(&stage.data).unwrap();
    append(&log, 1, 1).await;
    fs::write(&stage.backup, "the last one").unwrap();
    let refused = log.backup(&stage.backup).await;
    assert!(
        matches!(refused, Err(BackupError::Exists { .. })),
        "{refused:?}"
    );
    assert_eq!(fs::read(&stage.backup).unwrap(), b"the last one");
    let nowhere = stage.home.path().join("no/such/folder");
    let refused = log.backup(&nowhere).await;
    assert!(
        matches!(refused, Err(BackupError::Unusable { .. })),
        "{refused:?}"
    );
    log.clone().close().await;
    let closed = log.backup(&stage.home.path().join("late")).await;
    assert!(matches!(closed, Err(BackupError::Log(_))), "{closed:?}");
    assert_eq!(files(stage.home.path().join("data").as_path()).len(), 1);
    assert!(!stage.home.path().join("late").exists());
}

#[cfg(unix)]
#[tokio::test]
async fn only_its_owner_can_read_a_backup_and_what_is_restored() {
    use std::os::unix::fs::PermissionsExt as _;
    let stage = stage();
    let log = RoomLog::embedded(&stage.data).unwrap();
    append(&log, 1, 1).await;
    log.backup(&stage.backup).await.unwrap();
    let elsewhere = stage.home.path().join("elsewhere");
    let restored = restore(&stage.backup, &elsewhere).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&stage.backup), 0o600);
    assert_eq!((mode(&elsewhere), mode(&restored.path)), (0o700, 0o600));
}

#[tokio::test]
async fn what_a_backup_replaces_is_kept_beside_it() {
    let stage = stage();
    let log = RoomLog::embedded(&stage.data).unwrap();
    append(&log, 1, 5).await;
    log.backup(&stage.backup).await.unwrap();
    append(&log, 6, 9).await;
    let in_use = restore(&stage.backup, &stage.data);
    assert!(
        matches!(in_use, Err(RestoreError::Data(OpenError::InUse { .. }))),
        "{in_use:?}"
    );
    append(&log, 10, 10).await;
    log.close().await;
    let before = fs::read(stage.data.join("rooms.redb")).unwrap();

    let restored = restore(&stage.backup, &stage.data).unwrap();
    let replaced = restored.replaced.unwrap();
    assert_eq!(fs::read(&replaced).unwrap(), before);
    let log = RoomLog::embedded(&stage.data).unwrap();
    assert_eq!(log.open(&room_id()).await.unwrap(), Some(folded(5)));
    log.close().await;
    // A second time, into a folder whose file is damaged, which is why one restores.
    fs::write(stage.data.join("rooms.redb"), "broken").unwrap();
    let again = restore(&stage.backup, &stage.data).unwrap();
    assert_ne!(again.replaced, Some(replaced));
    assert_eq!(fs::read(again.replaced.unwrap()).unwrap(), b"broken");
    let log = RoomLog::embedded(&stage.data).unwrap();
    assert_eq!(log.open(&room_id()).await.unwrap(), Some(folded(5)));
}

#[tokio::test]
async fn what_is_no_whole_backup_is_not_restored() {
    let stage = stage();
    let log = RoomLog::embedded(&stage.data).unwrap();
    append(&log, 1, 40).await;
    log.backup(&stage.backup).await.unwrap();
    log.close().await;
    let before = files(&stage.data);
    let whole = fs::read(&stage.backup).unwrap();
    let missing = stage.home.path().join("missing");
    for torn in [&whole[..whole.len() / 2], b"", b"a shopping list"] {
        fs::write(&stage.backup, torn).unwrap();
        let refused = restore(&stage.backup, &stage.data);
        let damaged = matches!(
            refused,
            Err(RestoreError::Backup(FileError::Open(
                OpenError::Damaged { .. }
            )))
        );
        assert!(damaged, "{refused:?}");
    }
    let refused = restore(&missing, &stage.data);
    assert!(
        matches!(
            refused,
            Err(RestoreError::Backup(FileError::Open(
                OpenError::Unusable { .. }
            )))
        ),
        "{refused:?}"
    );
    assert_eq!(files(&stage.data), before);
}

#[tokio::test]
async fn looking_at_a_folder_changes_nothing() {
    let stage = stage();
    let nothing = check(&stage.data).unwrap();
    assert_eq!(nothing.file, None);
    assert!(!stage.data.exists());

    let log = RoomLog::embedded(&stage.data).unwrap();
    append(&log, 1, 300).await;
    // While a server writes.
    let looking = tokio::task::spawn_blocking({
        let data = stage.data.clone();
        move || check(&data)
    });
    for rev in 301..=400 {
        append(&log, rev, rev).await;
    }
    let found = looking.await.unwrap().unwrap().file.unwrap();
    assert!(found.in_use);
    assert_eq!((found.rooms, found.format), (1, newest_format()));
    append(&log, 401, 401).await;
    log.close().await;

    let before = files(&stage.data);
    let found = check(&stage.data).unwrap();
    assert_eq!(found.path, stage.data.join("rooms.redb"));
    let file = found.file.unwrap();
    assert!(!file.in_use);
    assert_eq!(file.bytes, u64::try_from(before[0].1.len()).unwrap());
    assert_eq!(files(&stage.data), before);
}

#[tokio::test]
async fn looking_finds_what_a_start_would_fail_on() {
    let stage = stage();
    let log = RoomLog::embedded(&stage.data).unwrap();
    append(&log, 1, 3).await;
    log.close().await;
    let file = stage.data.join("rooms.redb");
    fs::write(&file, "broken").unwrap();
    let found = check(&stage.data);
    assert!(
        matches!(found, Err(FileError::Open(OpenError::Damaged { .. }))),
        "{found:?}"
    );
    let below_a_file = check(&file.join("data"));
    assert!(
        matches!(
            below_a_file,
            Err(FileError::Open(OpenError::Unusable { .. }))
        ),
        "{below_a_file:?}"
    );
}
