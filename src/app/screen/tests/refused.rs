//! Key scripts about messages that are refused: nothing that was written is lost.

use super::{Keys, sent};
use crate::app::event::Event;
use crate::app::key::Key;
use crate::app::output::{UsageError, Why};
use crate::app::screen::ToastContent;
use crate::protocol::command::Command;
use crate::protocol::denied::Denied;
use crate::protocol::ids::Seq;
use crate::protocol::member::Role;
use crate::protocol::moderation::Delay;
use crate::protocol::text::ChatText;
use crate::protocol::time::Span;
use crate::wire::message::{Reason, ServerMsg};

/// A viewer who has sent this line.
fn has_sent(line: &str) -> Keys {
    let mut keys = Keys::in_room(Role::Viewer);
    keys.write(line);
    let sent = sent(&keys.key(Key::Enter));
    assert!(matches!(sent[..], [Command::Chat { .. }]), "{sent:?}");
    assert_eq!(keys.line(), "");
    keys
}

fn deny(keys: &mut Keys, seq: u64, denied: &Denied) {
    let reason = Reason::new(denied, "no".into());
    let seq = Seq(seq);
    keys.story.receive(ServerMsg::Denied { seq, reason });
}

fn refuse(keys: &mut Keys, seq: u64, denied: &Denied) {
    deny(keys, seq, denied);
    let why = Why::Denied(denied.clone());
    assert_eq!(keys.toast(), Some(&ToastContent::Why(why)));
}

#[test]
fn a_message_that_is_refused_comes_back_as_it_was_typed() {
    let retry_ms = 20_000;
    let reasons = [
        Denied::SlowMode {
            interval: Delay::try_from(30).unwrap(),
            retry_ms,
        },
        Denied::Muted,
        Denied::Newcomer { retry_ms },
        Denied::TooFast { retry_ms },
    ];
    for denied in reasons {
        let mut keys = has_sent("a lot  of  blanks ");
        refuse(&mut keys, 1, &denied);
        assert_eq!(keys.line(), "a lot  of  blanks ", "{denied:?}");
        // It is the line that Up would have led to, and Down leads away from it.
        keys.key(Key::Down);
        assert_eq!(keys.line(), "");
        keys.key(Key::Up);
        let text = ChatText::parse("a lot  of  blanks").unwrap();
        assert_eq!(sent(&keys.key(Key::Enter)), [Command::Chat { text }]);
    }
}

#[test]
fn what_is_being_written_stays_and_the_refused_message_is_one_key_away() {
    let mut keys = has_sent("first");
    keys.write("second");
    deny(&mut keys, 1, &Denied::Muted);
    let why = Why::Denied(Denied::Muted);
    assert_eq!(keys.toast(), Some(&ToastContent::KeptAside(why)));
    assert_eq!(keys.line(), "second");
    keys.key(Key::Up);
    assert_eq!(keys.line(), "first");
    keys.key(Key::Down);
    assert_eq!(keys.line(), "second");
}

#[test]
fn of_two_refused_messages_each_is_kept() {
    let mut keys = has_sent("first");
    keys.write("second");
    keys.key(Key::Enter);
    refuse(&mut keys, 1, &Denied::Muted);
    deny(&mut keys, 2, &Denied::Muted);
    assert_eq!(keys.line(), "first");
    keys.key(Key::Down);
    assert_eq!(keys.line(), "second");
}

#[test]
fn a_message_without_an_answer_is_shown_as_on_its_way_after_a_second() {
    let mut keys = Keys::in_room(Role::Viewer);
    let unsent = |keys: &Keys| keys.story.app.unsent_messages().len();
    keys.write("hello");
    keys.key(Key::Enter);
    assert_eq!(unsent(&keys), 0);
    keys.story.pass(Span::millis(999));
    assert_eq!(unsent(&keys), 0);
    keys.story.pass(Span::millis(1));
    assert_eq!(unsent(&keys), 1);
}

#[test]
fn a_message_waits_for_the_connection_and_one_that_is_too_long_comes_back() {
    let mut keys = Keys::in_room(Role::Viewer);
    keys.story.lose();
    keys.write("hello");
    keys.key(Key::Enter);
    assert_eq!((keys.line(), keys.toast()), ("", None));
    let unsent: Vec<&str> = keys
        .story
        .app
        .unsent_messages()
        .into_iter()
        .map(ChatText::as_str)
        .collect();
    assert_eq!(unsent, ["hello"]);

    let mut keys = Keys::in_room(Role::Viewer);
    let long = "x".repeat(2_000);
    keys.story.on(Event::Paste(long.clone()));
    keys.key(Key::Enter);
    let why = keys.toast();
    let is_too_long = matches!(
        why,
        Some(ToastContent::Why(Why::Usage(UsageError::TooLong { .. })))
    );
    assert!(is_too_long, "{why:?}");
    assert_eq!(keys.line(), long);
}

/// One rule for all: by the reader of the line, by the client, by the player, by the room.
#[test]
fn whatever_is_refused_comes_back_as_it_was_typed() {
    let rows = [
        "/nonsense",
        "/seek soon",
        "/play nothing that plays",
        "/chapter #9",
        "/subtitles yes",
        "/vol many",
    ];
    for line in rows {
        let mut keys = Keys::in_room(Role::Viewer);
        keys.write(line);
        keys.key(Key::Enter);
        assert_eq!(keys.line(), line, "{:?}", keys.toast());
        assert!(matches!(keys.toast(), Some(ToastContent::Why(_))), "{line}");
    }
    for line in ["/nick Ada", "/pause", "/add https://example.org/b.mp4"] {
        let mut keys = Keys::in_room(Role::Viewer);
        keys.write(line);
        keys.key(Key::Enter);
        assert_eq!(keys.line(), "");
        refuse(&mut keys, 1, &Denied::Muted);
        assert_eq!(keys.line(), line);
    }
    let mut keys = Keys::in_room(Role::Viewer);
    keys.story.lose();
    keys.write("/nick Ada");
    keys.key(Key::Enter);
    assert_eq!(keys.line(), "/nick Ada", "without a connection");
}

/// Nobody has typed what a key asks for, and a password is never shown again.
#[test]
fn what_nobody_typed_and_what_is_secret_do_not_come_back() {
    let mut keys = Keys::in_room(Role::Admin);
    keys.press(crate::app::key::KeyPress::ctrl('p'));
    refuse(&mut keys, 1, &Denied::NothingPlays);
    assert_eq!(keys.line(), "");
    keys.write("/private hunter2");
    keys.key(Key::Enter);
    assert!(matches!(keys.toast(), Some(ToastContent::Why(_))));
    assert_eq!(keys.line(), "");
}

#[test]
fn an_error_is_over_once_something_that_was_sent_after_it_succeeds() {
    let mut keys = has_sent("first");
    keys.write("/nonsense");
    keys.key(Key::Enter);
    let is_error = |keys: &Keys| matches!(keys.toast(), Some(ToastContent::Why(_)));
    assert!(is_error(&keys));
    let ok = |keys: &mut Keys, seq| {
        let (seq, rev) = (Seq(seq), crate::protocol::ids::Rev(9));
        keys.story.receive(ServerMsg::Ok { seq, rev });
    };
    ok(&mut keys, 1);
    assert!(is_error(&keys), "that was sent before");
    keys.press(crate::app::key::KeyPress::alt('1'));
    assert!(is_error(&keys), "not answered yet");
    ok(&mut keys, 2);
    assert_eq!(keys.toast(), None);
}
