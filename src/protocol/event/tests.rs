//! Tests of events: how they are sent, and what older versions wrote.

use super::RoomEvent;
use crate::protocol::failure::FailureCode;
use crate::protocol::ids::Epoch;
use crate::protocol::playback::{Playing, Standstill, StandstillCause, StandstillPhase};
use crate::protocol::time::{Position, RoomTime, Span};
use crate::test_support;

#[test]
fn why_nobody_plays_the_media_travels_flat() {
    let event = RoomEvent::NobodyPlays {
        epoch: Epoch(4),
        standstill: Standstill {
            cause: StandstillCause::Failed {
                code: FailureCode::Gone,
            },
            phase: StandstillPhase::Certain,
            position: Position::START,
            until: RoomTime(15_000_000),
        },
    };
    let text = serde_json::to_string(&event).unwrap();
    let expected = r#"{"type":"nobody_plays","epoch":4,"cause":"failed","code":"gone","phase":"certain","position":0,"until":15000000}"#;
    assert_eq!(text, expected);
    assert_eq!(serde_json::from_str::<RoomEvent>(&text).unwrap(), event);
}

#[test]
fn what_leaves_the_queue_is_sent_so_that_older_versions_read_it() {
    let alone = r#"{"type":"unqueued","entry":3,"cause":"removed"}"#;
    let event: RoomEvent = serde_json::from_str(alone).unwrap();
    assert_eq!(serde_json::to_string(&event).unwrap(), alone);
    let RoomEvent::Unqueued { entry, cause, .. } = event else {
        panic!("{event:?}");
    };
    let displaced = RoomEvent::Unqueued {
        entry,
        cause,
        together: None,
        gave_way: true,
    };
    let text = serde_json::to_string(&displaced).unwrap();
    assert!(text.contains(r#""cause":"removed""#), "{text}");
    assert_eq!(serde_json::from_str::<RoomEvent>(&text).unwrap(), displaced);
}

#[test]
fn logs_of_version_0_1_0_are_read() {
    let learned = r#"{"type":"learned","epoch":1,"duration":600000000,"title":null,"live":false}"#;
    let expected = test_support::learned(Epoch(1), None, Some(Span::seconds(600)));
    assert_eq!(
        serde_json::from_str::<RoomEvent>(learned).unwrap(),
        expected
    );
    let media = crate::media::Media::parse("https://example.org/a.mp4").unwrap();
    let media = serde_json::to_string(&media).unwrap();
    let playing =
        format!(r#"{{"media":{media},"title":null,"duration":null,"by":1,"by_name":"Alice"}}"#);
    let playing: Playing = serde_json::from_str(&playing).unwrap();
    assert!(!playing.unopened && !playing.length_by_viewers && !playing.title_by_viewers);
    let entry = format!(
        r#"{{"id":1,"media":{media},"title":null,"by":1,"by_name":"A","at":1,"state":"approved"}}"#
    );
    let entry: crate::protocol::playback::QueueEntry = serde_json::from_str(&entry).unwrap();
    assert!(!entry.title_by_viewers);
}
