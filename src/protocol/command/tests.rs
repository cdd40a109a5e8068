//! How requests travel, and what can be asked for.

use serde_json::json;

use super::{Command, Mark, PermissionRequest, SeekTarget, requested};
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::{EntryId, Epoch, MemberId};
use crate::protocol::time::{Position, Rate, RoomTime, Span};

fn seek(target: SeekTarget) -> Command {
    Command::Seek { target, mark: None }
}

/// Everything that releases up to 0.1.0 can ask for, as they write it.
fn spelled() -> Vec<(serde_json::Value, Command)> {
    let entry = EntryId(3);
    let rate = Rate::FASTEST;
    let some = Some(entry);
    vec![
        (json!({"for": "pause"}), Command::Pause { mark: None }),
        (json!({"for": "resume"}), Command::Resume { mark: None }),
        (
            json!({"for": "seek", "target": {"by": -5_000_000}}),
            seek(SeekTarget::By(Span::seconds(-5))),
        ),
        (
            json!({"for": "seek", "target": {"to": 9_000_000}}),
            seek(SeekTarget::To(Position::seconds(9))),
        ),
        (json!({"for": "undo"}), Command::Undo),
        (json!({"for": "skip"}), Command::Skip),
        (
            json!({"for": "rate", "rate": rate}),
            Command::SetRate { rate },
        ),
        (
            json!({"for": "approve", "entry": 3}),
            Command::Approve { entry: some },
        ),
        (
            json!({"for": "reject", "entry": 3}),
            Command::Reject { entry: some },
        ),
        (
            json!({"for": "remove", "entry": 3}),
            Command::Remove { entry },
        ),
        (
            json!({"for": "move", "entry": 3, "place": 2}),
            Command::Move { entry, place: 2 },
        ),
        (
            json!({"for": "play_now", "entry": 3}),
            Command::PlayNow { entry },
        ),
    ]
}

#[test]
fn requests_travel_as_older_releases_write_them() {
    for (spelling, command) in spelled() {
        let request = requested(command);
        assert_eq!(serde_json::to_value(&request).unwrap(), spelling);
        let read: PermissionRequest = serde_json::from_value(spelling.clone()).unwrap();
        assert_eq!(read, request);
        let asked = json!({"do": "ask", "wish": spelling});
        let read: Command = serde_json::from_value(asked.clone()).unwrap();
        assert_eq!(serde_json::to_value(&read).unwrap(), asked);
        assert_eq!(read, Command::Ask { request });
    }
}

#[test]
fn logs_and_clients_older_than_the_choice_ask_for_a_pause() {
    let pause = PermissionRequest::default();
    for asked in [json!({"do": "ask_pause"}), json!({"do": "ask"})] {
        let read: Command = serde_json::from_value(asked).unwrap();
        assert_eq!(
            read,
            Command::Ask {
                request: pause.clone()
            }
        );
    }
    let read: RoomEvent =
        serde_json::from_value(json!({"type": "pause_asked", "member": 2})).unwrap();
    let member = MemberId(2);
    let request = pause;
    assert_eq!(read, RoomEvent::Asked { member, request });
    let newer = json!({"type": "asked", "member": 2, "wish": {"for": "skip"}});
    let read: RoomEvent = serde_json::from_value(newer.clone()).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), newer);
}

#[test]
fn only_what_is_an_admins_to_grant_can_be_asked_for() {
    for wrong in [
        json!({"for": "chat", "text": "hi"}),
        json!({"for": "ask", "wish": {"for": "pause"}}),
        json!({"for": "approve"}),
        json!({"for": "dance"}),
        json!({"do": "pause"}),
        json!({}),
    ] {
        let read = serde_json::from_value::<PermissionRequest>(wrong.clone());
        assert!(read.is_err(), "{wrong}");
    }
    assert_eq!(PermissionRequest::of(&Command::Go), None);
    let oldest = Command::Approve { entry: None };
    assert_eq!(PermissionRequest::of(&oldest), None);
}

#[test]
fn a_mark_is_not_asked_for() {
    let mark = Some(Mark {
        epoch: Epoch(1),
        position: Position::START,
        at: RoomTime(1),
    });
    let request = requested(Command::Pause { mark });
    assert_eq!(request, PermissionRequest::default());
}
