//! The embedded log with real files: acknowledged events stay, and a damaged file is refused and
//! left alone.

use std::fs;

use super::disk::Disk;
use super::test_events::titled;
use super::{Appended, Durable, LogError, Missed, NotedTime, OpenError, RoomLog};
use crate::boot_clock::{BootId, BootMoment};
use crate::protocol::ids::{MemberId, Rev, RoomId};
use crate::protocol::time::{RoomTime, Span};
use crate::room::committed::{Committed, Room};
use crate::room::secrets::{SecretEvent, TokenHash};

mod backup;
mod compaction;
mod files;
mod format;

fn room_id() -> RoomId {
    RoomId::parse("movie-night").unwrap()
}

/// The event of a room with this rev: its creation, then a new title each time.
fn event(rev: u64) -> Committed {
    titled(rev, &format!("title {rev}"))
}

/// The room after its first `count` events.
fn folded(count: u64) -> Room {
    let mut room = Room::new(room_id());
    for rev in 1..=count {
        room.apply(&event(rev));
    }
    room
}

/// This time, noted a second after a boot.
fn noted(at: i64) -> NotedTime {
    NotedTime {
        at: RoomTime(at),
        boot: Some(BootMoment {
            boot: BootId(-7),
            since: Span::seconds(1),
        }),
    }
}

async fn append(log: &RoomLog, from: u64, to: u64) {
    let events = (from..=to).map(event).collect();
    match log.append(&room_id(), Rev(from - 1), events, None).await {
        Ok(Appended::Agreed(durable)) => durable.wait().await.unwrap(),
        other => panic!("{other:?}"),
    }
}

async fn snapshot(log: &RoomLog, at: u64) {
    let bytes = serde_json::to_vec(&folded(at)).unwrap();
    let appended = log
        .append(&room_id(), Rev(at), Vec::new(), Some(bytes.into()))
        .await;
    match appended {
        Ok(Appended::Agreed(durable)) => durable.wait().await.unwrap(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_is_durable_is_there_after_reopening() {
    let folder = tempfile::tempdir().unwrap();
    let log = RoomLog::embedded(folder.path()).unwrap();
    let first_id = log.id();
    append(&log, 1, 3).await;
    append(&log, 4, 5).await;
    log.close().await;

    let log = RoomLog::embedded(folder.path()).unwrap();
    assert_ne!(log.id(), first_id, "each opening has a name of its own");
    assert_eq!(log.rooms().await.unwrap(), [room_id()]);
    assert_eq!(log.open(&room_id()).await.unwrap(), Some(folded(5)));
    assert_eq!(log.newest_at(), Some(RoomTime(5_000)));
    append(&log, 6, 6).await;
    assert_eq!(log.open(&room_id()).await.unwrap(), Some(folded(6)));
}

#[tokio::test]
async fn secrets_are_kept_with_their_event() {
    let folder = tempfile::tempdir().unwrap();
    let log = RoomLog::embedded(folder.path()).unwrap();
    let mut created = event(1);
    let token = TokenHash([7; 32]);
    created.private = Some(SecretEvent::Tokens {
        added: vec![(MemberId(1), token)],
        from: Vec::new(),
        without_address: Vec::new(),
        invited: Vec::new(),
        nodes: Vec::new(),
    });
    let appended = log.append(&room_id(), Rev(0), vec![created], None).await;
    assert!(matches!(appended, Ok(Appended::Agreed(_))));
    log.close().await;
    let log = RoomLog::embedded(folder.path()).unwrap();
    let room = log.open(&room_id()).await.unwrap().unwrap();
    assert_eq!(room.secrets.owner(&token), Some(MemberId(1)));
}

#[tokio::test]
async fn a_snapshot_and_later_events_make_the_same_room() {
    let folder = tempfile::tempdir().unwrap();
    let log = RoomLog::embedded(folder.path()).unwrap();
    append(&log, 1, 700).await;
    snapshot(&log, 700).await;
    append(&log, 701, 705).await;
    log.close().await;
    let log = RoomLog::embedded(folder.path()).unwrap();
    assert_eq!(log.open(&room_id()).await.unwrap(), Some(folded(705)));
    let late = log
        .append(&room_id(), Rev(690), vec![event(691)], None)
        .await;
    match late {
        Ok(Appended::Behind(Missed::Events(missed))) => assert_eq!(missed.len(), 15),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn who_is_behind_learns_what_was_missed() {
    let log = RoomLog::ephemeral().unwrap();
    append(&log, 1, 3).await;
    let late = log.append(&room_id(), Rev(1), vec![event(2)], None).await;
    match late {
        Ok(Appended::Behind(Missed::Events(missed))) => {
            assert_eq!(missed, [event(2), event(3)]);
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(log.open(&room_id()).await.unwrap(), Some(folded(3)));
}

#[tokio::test]
async fn a_forgotten_room_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let log = RoomLog::embedded(folder.path()).unwrap();
    append(&log, 1, 3).await;
    log.forget(&room_id()).await.unwrap();
    assert_eq!(log.open(&room_id()).await.unwrap(), None);
    append(&log, 1, 1).await;
    log.close().await;
    let log = RoomLog::embedded(folder.path()).unwrap();
    assert_eq!(log.open(&room_id()).await.unwrap(), Some(folded(1)));
}

#[tokio::test]
async fn a_second_opener_is_refused_and_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let _first = RoomLog::embedded(folder.path()).unwrap();
    let second = RoomLog::embedded(folder.path());
    assert!(matches!(second, Err(OpenError::InUse { .. })), "{second:?}");
    assert!(second.unwrap_err().to_string().contains("rooms.redb"));
}

#[tokio::test]
async fn a_foreign_file_is_refused_by_name_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("rooms.redb");
    let content = b"this is somebody's shopping list".repeat(100);
    fs::write(&file, &content).unwrap();
    let error = RoomLog::embedded(folder.path()).unwrap_err();
    assert!(matches!(error, OpenError::Damaged { .. }), "{error:?}");
    assert!(error.to_string().contains("rooms.redb"), "{error}");
    assert_eq!(fs::read(&file).unwrap(), content);
}

#[tokio::test]
async fn a_damaged_file_is_refused_or_right_but_never_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let log = RoomLog::embedded(folder.path()).unwrap();
    append(&log, 1, 40).await;
    log.close().await;
    let file = folder.path().join("rooms.redb");
    let sound = fs::read(&file).unwrap();
    let mut refused = 0;
    // Every 4 KiB page with content is damaged once; the pattern changes every byte.
    for page in 0..sound.len() / 4096 {
        let start = page * 4096;
        if sound[start..start + 4096].iter().all(|byte| *byte == 0) {
            continue;
        }
        let mut broken = sound.clone();
        for byte in &mut broken[start + 64..start + 512] {
            *byte ^= 0xA5;
        }
        fs::write(&file, &broken).unwrap();
        match RoomLog::embedded(folder.path()) {
            Err(OpenError::Damaged { .. }) => {
                refused += 1;
                assert_eq!(fs::read(&file).unwrap(), broken, "page {page} was touched");
            }
            Err(other) => panic!("page {page}: {other}"),
            Ok(log) => {
                let room = log.open(&room_id()).await;
                assert_eq!(room.unwrap(), Some(folded(40)), "page {page}");
                log.close().await;
            }
        }
    }
    assert!(refused > 0, "no page mattered");
}

#[tokio::test]
async fn a_cut_off_file_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let log = RoomLog::embedded(folder.path()).unwrap();
    append(&log, 1, 40).await;
    log.close().await;
    let file = folder.path().join("rooms.redb");
    let cut = fs::read(&file).unwrap()[..6000].to_vec();
    fs::write(&file, &cut).unwrap();
    let error = RoomLog::embedded(folder.path()).unwrap_err();
    assert!(matches!(error, OpenError::Damaged { .. }), "{error:?}");
    assert_eq!(fs::read(&file).unwrap(), cut);
}

#[tokio::test]
async fn a_folder_that_cannot_be_made_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let error = RoomLog::embedded(&file).unwrap_err();
    assert!(matches!(error, OpenError::Unusable { .. }), "{error:?}");
}

#[cfg(unix)]
#[tokio::test]
async fn only_its_owner_can_read_what_is_kept() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("state/rooms");
    let log = RoomLog::embedded(&folder).unwrap();
    append(&log, 1, 1).await;
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    assert_eq!(mode(&folder.join("rooms.redb")), 0o600);
    // An existing folder keeps its mode, but the file in it does not.
    let shared = home.path().join("shared");
    fs::create_dir(&shared).unwrap();
    let before = mode(&shared);
    let _log = RoomLog::embedded(&shared).unwrap();
    assert_eq!(mode(&shared), before);
    assert_eq!(mode(&shared.join("rooms.redb")), 0o600);
}

#[tokio::test]
async fn a_closed_log_says_so() {
    let log = RoomLog::ephemeral().unwrap();
    let other = log.clone();
    log.close().await;
    let appended = other.append(&room_id(), Rev(0), vec![event(1)], None).await;
    match appended {
        Err(LogError::Closed) => {}
        Ok(Appended::Agreed(durable)) => assert!(durable.wait().await.is_err()),
        other => panic!("{other:?}"),
    }
}

/// The rev of the last event that is agreed before the log notices that its disk is full.
const LAST_AGREED: u64 = 9;

/// Fills the disk under a room with one event, and appends until the log has noticed. Returns the
/// promise of the first event that was not written.
async fn until_away(disk: &Disk, log: &RoomLog) -> Durable {
    disk.fill();
    let mut first = None;
    let room = room_id();
    for rev in 2..=LAST_AGREED {
        let agreed = log.append(&room, Rev(rev - 1), vec![event(rev)], None);
        match agreed.await {
            Ok(Appended::Agreed(durable)) => first = first.or(Some(durable)),
            other => panic!("{other:?}"),
        }
    }
    disk.fail();
    while log.takes_writes() {
        tokio::task::yield_now().await;
    }
    let next = vec![event(LAST_AGREED + 1)];
    let refused = log.append(&room, Rev(LAST_AGREED), next, None).await;
    assert!(matches!(refused, Err(LogError::Away)), "{refused:?}");
    first.unwrap()
}

#[tokio::test]
async fn a_full_disk_refuses_and_nothing_agreed_is_lost() {
    let disk = Disk::default();
    let log = disk.log();
    append(&log, 1, 1).await;
    let durable = until_away(&disk, &log).await;
    disk.free();
    durable.wait().await.unwrap();
    let room = log.open(&room_id()).await.unwrap();
    assert_eq!(room, Some(folded(LAST_AGREED)));
}

#[tokio::test]
async fn while_the_disk_is_full_nobody_waits_for_it() {
    let disk = Disk::default();
    let log = disk.log();
    append(&log, 1, 1).await;
    let durable = until_away(&disk, &log).await;
    let opened = log.open(&room_id()).await;
    assert!(matches!(opened, Err(LogError::Away)), "{opened:?}");
    let noted = log.note_time(noted(9_000)).await;
    assert!(matches!(noted, Err(LogError::Away)), "{noted:?}");
    assert!(!log.takes_writes());
    // A room that ends meanwhile is removed as soon as the log can be written.
    log.forget(&room_id()).await.unwrap();
    disk.free();
    durable.wait().await.unwrap();
    assert_eq!(log.open(&room_id()).await.unwrap(), None);
    append(&log, 1, 1).await;
    assert_eq!(log.open(&room_id()).await.unwrap(), Some(folded(1)));
    assert!(log.takes_writes());
}

#[tokio::test]
async fn how_far_time_has_come_is_known_without_events() {
    let folder = tempfile::tempdir().unwrap();
    let log = RoomLog::embedded(folder.path()).unwrap();
    append(&log, 1, 2).await;
    log.close().await;
    let log = RoomLog::embedded(folder.path()).unwrap();
    assert_eq!(log.noted(), None, "nor does an older version's file tell");
    log.note_time(noted(9_000)).await.unwrap();
    log.note_time(noted(8_000)).await.unwrap();
    log.close().await;
    let log = RoomLog::embedded(folder.path()).unwrap();
    assert_eq!(log.newest_at(), Some(RoomTime(9_000)));
    assert_eq!(log.noted(), Some(noted(8_000)), "as it was noted last");
    log.close().await;
}
