//! What was removed leaves the file, while the log goes on.

use std::fs;
use std::path::Path;
use std::time::Duration;

use super::{append, event, folded, noted, room_id};
use crate::protocol::event::{ChatLine, RoomEvent};
use crate::protocol::ids::{ChatId, MemberId, Rev, RoomId};
use crate::protocol::text::{ChatText, MemberName};
use crate::protocol::time::{RoomTime, Span};
use crate::room::committed::{Committed, Room};
use crate::server::log::{Appended, LogError, RoomLog};

/// Appears in the file in these bytes, wherever it stands.
const ERASED: &str = "what-should-not-have-been-said";
const KEPT: &str = "what-may-be-read-by-all";

fn of(rev: u64, what: RoomEvent) -> Committed {
    let mut committed = event(rev);
    committed.fact.event = what;
    committed
}

fn said(rev: u64, line: u64, text: &str) -> Committed {
    of(
        rev,
        RoomEvent::Chat(ChatLine {
            id: ChatId(line),
            from: MemberId(1),
            name: MemberName::parse("Alice").unwrap(),
            text: ChatText::parse(text).unwrap(),
            position: None,
            at: RoomTime(0),
            erased: None,
            second_address: false,
        }),
    )
}

/// A room in which a line was said and erased.
fn story() -> Vec<Committed> {
    let by = MemberName::parse("Boris").unwrap();
    let line = ChatId(1);
    vec![
        event(1),
        said(2, 1, ERASED),
        said(3, 2, KEPT),
        of(4, RoomEvent::Erased { line, by }),
    ]
}

fn after(events: &[Committed]) -> Room {
    let mut room = Room::new(room_id());
    for committed in events {
        room.apply(committed);
    }
    room
}

async fn agree(log: &RoomLog, room: &RoomId, events: &[Committed], snapshot: Option<Room>) {
    let first = events.first().map_or(Rev(0), |event| event.fact.rev);
    let snapshot = snapshot.map(|room| serde_json::to_vec(&room).unwrap().into());
    let after = Rev(first.0 - 1);
    match log.append(room, after, events.to_vec(), snapshot).await {
        Ok(Appended::Agreed(durable)) => durable.wait().await.unwrap(),
        other => panic!("{other:?}"),
    }
}

fn holds(folder: &Path, text: &str) -> bool {
    let content = fs::read(folder.join("rooms.redb")).unwrap();
    content
        .windows(text.len())
        .any(|bytes| bytes == text.as_bytes())
}

/// Notes this time until the file holds the text no longer.
async fn until_gone(log: &RoomLog, folder: &Path, at: i64, text: &str) {
    let gone = async {
        while holds(folder, text) {
            log.note_time(noted(at)).await.unwrap();
        }
    };
    let waited = tokio::time::timeout(Duration::from_mins(1), gone).await;
    assert!(waited.is_ok(), "it stays in the file");
}

#[tokio::test]
async fn erased_text_leaves_the_file_of_a_quiet_room_within_an_hour() {
    let folder = tempfile::tempdir().unwrap();
    let log = RoomLog::embedded(folder.path()).unwrap();
    let story = story();
    // The text stands in an event and in a snapshot.
    agree(&log, &room_id(), &story[..3], Some(after(&story[..3]))).await;
    log.note_time(noted(0)).await.unwrap();
    agree(&log, &room_id(), &story[3..], None).await;
    assert!(holds(folder.path(), ERASED));

    let within_an_hour = Span::seconds(3_600).0;
    until_gone(&log, folder.path(), within_an_hour, ERASED).await;
    assert!(holds(folder.path(), KEPT));
    let room = log.open(&room_id()).await.unwrap();
    assert_eq!(room, Some(after(&story)));
    // The room goes on in the new file.
    agree(&log, &room_id(), &[said(5, 3, "and then")], None).await;
    log.close().await;
    let log = RoomLog::embedded(folder.path()).unwrap();
    let room = log.open(&room_id()).await.unwrap().unwrap();
    assert_eq!((room.state.rev, room.state.chat.lines().len()), (Rev(5), 3));
    assert_eq!(log.newest_at(), Some(RoomTime(within_an_hour)));
    assert!(!holds(folder.path(), ERASED));
}

#[tokio::test]
async fn what_was_erased_before_a_restart_leaves_the_file_after_it() {
    let folder = tempfile::tempdir().unwrap();
    let log = RoomLog::embedded(folder.path()).unwrap();
    agree(&log, &room_id(), &story(), None).await;
    log.close().await;
    assert!(holds(folder.path(), ERASED));
    let log = RoomLog::embedded(folder.path()).unwrap();
    until_gone(&log, folder.path(), 1, ERASED).await;
    assert_eq!(log.open(&room_id()).await.unwrap(), Some(after(&story())));
}

#[tokio::test]
async fn a_room_that_has_ended_leaves_the_file_which_shrinks() {
    let folder = tempfile::tempdir().unwrap();
    let log = RoomLog::embedded(folder.path()).unwrap();
    append(&log, 1, 1).await;
    let size = || {
        fs::metadata(folder.path().join("rooms.redb"))
            .unwrap()
            .len()
    };
    let ended = RoomId::parse("last-week").unwrap();
    for number in 1..=40 {
        let lines: Vec<Committed> = (1..=100)
            .map(|line| said((number - 1) * 100 + line, line, &"long ago ".repeat(50)))
            .collect();
        agree(&log, &ended, &lines, None).await;
    }
    let before = size();
    log.forget(&ended).await.unwrap();
    log.compact().await.unwrap();
    assert!(!holds(folder.path(), "long ago"));
    assert!(size() < before, "{} of {before}", size());
    assert_eq!(log.open(&ended).await.unwrap(), None);
    assert_eq!(log.open(&room_id()).await.unwrap(), Some(folded(1)));
}

#[tokio::test]
async fn what_is_written_while_the_file_is_copied_stays() {
    let folder = tempfile::tempdir().unwrap();
    let log = RoomLog::embedded(folder.path()).unwrap();
    let mut last = 0;
    for _ in 0..20 {
        let appending = async {
            for rev in last + 1..=last + 20 {
                append(&log, rev, rev).await;
            }
        };
        let (compacted, ()) = tokio::join!(log.compact(), appending);
        compacted.unwrap();
        last += 20;
    }
    assert_eq!(log.open(&room_id()).await.unwrap(), Some(folded(last)));
    log.close().await;
    let log = RoomLog::embedded(folder.path()).unwrap();
    assert_eq!(log.open(&room_id()).await.unwrap(), Some(folded(last)));
    assert!(!folder.path().join("rooms.redb.new").exists());
}

#[tokio::test]
async fn a_copy_that_cannot_be_made_harms_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let log = RoomLog::embedded(folder.path()).unwrap();
    append(&log, 1, 5).await;
    // A folder is in the way of the copy.
    let in_the_way = folder.path().join("rooms.redb.new");
    fs::create_dir(&in_the_way).unwrap();
    let failed = log.compact().await;
    assert!(
        matches!(failed, Err(LogError::NotCompacted { .. })),
        "{failed:?}"
    );
    append(&log, 6, 6).await;
    fs::remove_dir(&in_the_way).unwrap();
    log.compact().await.unwrap();
    append(&log, 7, 7).await;
    assert_eq!(log.open(&room_id()).await.unwrap(), Some(folded(7)));
}

#[tokio::test]
async fn what_a_killed_server_was_copying_is_removed() {
    let folder = tempfile::tempdir().unwrap();
    let log = RoomLog::embedded(folder.path()).unwrap();
    append(&log, 1, 1).await;
    log.close().await;
    let unfinished = folder.path().join("rooms.redb.new");
    fs::write(&unfinished, "half of it").unwrap();
    let log = RoomLog::embedded(folder.path()).unwrap();
    assert!(!unfinished.exists());
    assert_eq!(log.open(&room_id()).await.unwrap(), Some(folded(1)));
}

#[tokio::test]
async fn a_log_in_memory_has_nothing_to_compact() {
    let log = RoomLog::ephemeral().unwrap();
    append(&log, 1, 3).await;
    log.forget(&room_id()).await.unwrap();
    log.compact().await.unwrap();
    log.note_time(noted(Span::seconds(9_000).0)).await.unwrap();
    append(&log, 1, 1).await;
    assert_eq!(log.open(&room_id()).await.unwrap(), Some(folded(1)));
}

/// However large events are, what is kept of a room is bounded once there is a snapshot.
#[tokio::test]
async fn events_before_a_snapshot_are_kept_up_to_a_size() {
    let folder = tempfile::tempdir().unwrap();
    let log = RoomLog::embedded(folder.path()).unwrap();
    let text = "word ".repeat(99);
    let mut events = vec![event(1)];
    events.extend((2..=2_000).map(|rev| said(rev, rev, &text)));
    let room = after(&events);
    agree(&log, &room_id(), &events, Some(room.clone())).await;
    log.compact().await.unwrap();
    let bytes = fs::metadata(folder.path().join("rooms.redb"))
        .unwrap()
        .len();
    let all: usize = events
        .iter()
        .map(|event| serde_json::to_vec(event).unwrap().len())
        .sum();
    let all = u64::try_from(all).unwrap();
    let snapshot = u64::try_from(serde_json::to_vec(&room).unwrap().len()).unwrap();
    let kept = u64::try_from(crate::server::log::store::KEPT_BYTES).unwrap();
    assert!(all > 2 * kept, "{all}");
    // redb fills its pages to the half at least, and doubles small files.
    assert!(bytes < 4 * (snapshot + kept), "{bytes}");
    assert_eq!(log.open(&room_id()).await.unwrap(), Some(room));
}
