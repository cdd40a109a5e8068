//! The frames and the log of release 0.1.0 are still understood, and mean the same.

use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use watchtogether::protocol::ids::RoomId;
use watchtogether::room::committed::{Committed, Room};
use watchtogether::wire::codec;
use watchtogether::wire::message::{ClientMsg, ServerMsg};

fn read(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/corpus")
        .join(file);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Reads each line as a `T`, writes it again, and checks that nothing was lost.
fn assert_reads_and_writes<T: DeserializeOwned + Serialize>(file: &str) {
    let text = read(file);
    assert!(text.lines().count() > 50, "{file} holds little");
    for line in text.lines() {
        let read: T = codec::decode(line).unwrap_or_else(|error| panic!("{line}: {error}"));
        let written = codec::encode(&read).expect("it can be written");
        let parsed = |text: &str| serde_json::from_str::<Value>(text).expect("JSON");
        assert_eq!(parsed(&written), parsed(line), "{file}");
    }
}

#[test]
fn frames_of_an_older_client_are_read_and_written_alike() {
    assert_reads_and_writes::<ClientMsg>("client-0.1.0.jsonl");
}

#[test]
fn frames_of_an_older_server_are_read_and_written_alike() {
    assert_reads_and_writes::<ServerMsg>("server-0.1.0.jsonl");
}

#[test]
fn the_log_of_an_older_server_folds_into_the_room_that_it_kept() {
    let text = read("log-0.1.0.jsonl");
    let mut room = Room::new(RoomId::parse("cinema").expect("a name"));
    for line in text.lines() {
        let committed: Committed =
            serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}"));
        room.apply(&committed);
    }
    let kept: Room = serde_json::from_str(&read("room-0.1.0.json")).expect("a room");
    let room = serde_json::to_value(room).expect("JSON");
    // What later versions know besides is not compared.
    let kept = serde_json::to_value(kept).expect("JSON");
    assert_holds(&room, &kept, "room");
}

/// Asserts that a value has all that an earlier version wrote of it.
fn assert_holds(value: &Value, earlier: &Value, at: &str) {
    let (Value::Object(fields), Value::Object(known)) = (value, earlier) else {
        assert_eq!(value, earlier, "{at}");
        return;
    };
    for (name, earlier) in known {
        let at = format!("{at}.{name}");
        let value = fields.get(name);
        assert_holds(value.unwrap_or_else(|| panic!("no {at}")), earlier, &at);
    }
}
