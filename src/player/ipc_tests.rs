//! Requests and answers in virtual time.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{IpcMessage, MOST_PENDING, MpvReply, Requests, TIME_LIMIT};

/// Sends a request and returns its number.
fn ask(requests: &mut Requests<&'static str>, purpose: &'static str, now: Instant) -> u64 {
    let line = requests
        .ask(purpose, &json!(["get_property", purpose]), now)
        .unwrap();
    assert!(line.ends_with('\n') && line.matches('\n').count() == 1);
    let value: Value = serde_json::from_str(&line).unwrap();
    assert_eq!(value["command"], json!(["get_property", purpose]));
    value["request_id"].as_u64().unwrap()
}

fn success(id: u64, data: &Value) -> String {
    json!({ "request_id": id, "error": "success", "data": data }).to_string()
}

#[test]
fn an_answer_finds_its_question() {
    let (mut requests, now) = (Requests::new(), Instant::now());
    let first = ask(&mut requests, "pause", now);
    let second = ask(&mut requests, "speed", now);
    assert_ne!(first, second);
    let soon = now + Duration::from_millis(3);
    let reply = MpvReply {
        purpose: "pause",
        asked: now,
        answer: Ok(json!(true)),
        late: false,
    };
    let expected = IpcMessage::Replies {
        replies: vec![reply],
        thawed: false,
    };
    assert_eq!(
        requests.read_line(&success(first, &json!(true)), soon),
        expected
    );
    let error = json!({ "request_id": second, "error": "property unavailable" }).to_string();
    let reply = MpvReply {
        purpose: "speed",
        asked: now,
        answer: Err("property unavailable".to_owned()),
        late: false,
    };
    let expected = IpcMessage::Replies {
        replies: vec![reply],
        thawed: false,
    };
    assert_eq!(requests.read_line(&error, soon), expected);
}

#[test]
fn junk_and_strangers_answers_are_noise() {
    let (mut requests, now) = (Requests::<&str>::new(), Instant::now());
    let id = ask(&mut requests, "pause", now);
    for line in [
        "",
        "junk",
        "{",
        "[]",
        "null",
        "7",
        r#"{"error":"success"}"#,
        r#"{"request_id":-1,"error":"success"}"#,
        r#"{"request_id":"1","error":"success"}"#,
        r#"{"request_id":99,"error":"success"}"#,
        r#"{"request_id":18446744073709551615,"error":"success"}"#,
    ] {
        assert_eq!(requests.read_line(line, now), IpcMessage::Ignored, "{line}");
    }
    assert!(matches!(
        requests.read_line(&success(id, &Value::Null), now),
        IpcMessage::Replies { .. }
    ));
    assert_eq!(
        requests.read_line(&success(id, &Value::Null), now),
        IpcMessage::Ignored,
        "told twice"
    );
}

#[test]
fn an_answer_that_was_skipped_is_reported_as_lost() {
    let (mut requests, now) = (Requests::new(), Instant::now());
    ask(&mut requests, "media-title", now);
    let id = ask(&mut requests, "duration", now);
    let IpcMessage::Replies { replies, .. } = requests.read_line(&success(id, &json!(3.0)), now)
    else {
        panic!("no reply");
    };
    let reported: Vec<_> = replies
        .iter()
        .map(|reply| (reply.purpose, reply.answer.is_ok()))
        .collect();
    assert_eq!(reported, [("media-title", false), ("duration", true)]);
}

#[test]
fn silence_is_frozen_once_and_the_first_answer_ends_it() {
    let (mut requests, start) = (Requests::new(), Instant::now());
    let id = ask(&mut requests, "pid", start);
    assert!(!requests.froze(start + TIME_LIMIT));
    let later = start + TIME_LIMIT + Duration::from_millis(1);
    assert!(requests.froze(later));
    assert!(!requests.froze(later), "told once");
    assert!(requests.is_frozen());
    let IpcMessage::Replies { replies, thawed } =
        requests.read_line(&success(id, &json!(7)), later)
    else {
        panic!("no reply");
    };
    assert!(thawed && replies[0].late);
    assert!(!requests.is_frozen() && !requests.froze(later));
}

#[test]
fn a_quiet_player_is_due_a_question() {
    let (mut requests, start) = (Requests::new(), Instant::now());
    assert!(requests.is_quiet(start));
    ask(&mut requests, "pid", start);
    assert!(!requests.is_quiet(start + TIME_LIMIT / 2));
    assert!(requests.is_quiet(start + TIME_LIMIT));
}

#[test]
fn a_player_that_never_answers_is_not_asked_without_end() {
    let (mut requests, now) = (Requests::new(), Instant::now());
    let asked = (0..MOST_PENDING * 2)
        .filter(|_| {
            requests
                .ask("pid", &json!(["get_property", "pid"]), now)
                .is_some()
        })
        .count();
    assert_eq!(asked, MOST_PENDING);
}

#[test]
fn events_are_distinguished_even_where_the_media_writes_error() {
    let (mut requests, now) = (Requests::<&str>::new(), Instant::now());
    let line = r#"{"event":"property-change","id":9,"data":{"error":"success","request_id":1}}"#;
    assert!(matches!(
        requests.read_line(line, now),
        IpcMessage::Event(_)
    ));
}
