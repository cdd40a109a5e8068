//! Everything that can be reported, as the very line that programs get.

use crate::app::event::Disconnect;
use crate::app::output::{
    ConnectionView, Lifetime, MemberChange, Notice, Output, Person, PlayerView, Removal, Renaming,
    TimelineView, UsageError, Why,
};
use crate::media::{Media, MediaError};
use crate::protocol::denied::{Action, Denied, Refused};
use crate::protocol::ephemeral::Reaction;
use crate::protocol::event::ChatLine;
use crate::protocol::failure::FailureCode;
use crate::protocol::ids::{ChatId, Epoch, MemberId, Rev, RoomId};
use crate::protocol::member::Role;
use crate::protocol::playback::{EntryState, Playing, QueueEntry, StandstillCause};
use crate::protocol::text::{ChatText, Emoji, MemberName, Title};
use crate::protocol::time::{Position, Rate, RoomTime, Span};
use crate::sync::follow::{ReadSoFar, Status, SyncState, Unsynced};
use crate::sync::player::{CloseCause, MediaProblem, ProcessState, Unusable};
use crate::test_support::{entry, playing, timeline_view};
use crate::texts::language::Language;
use crate::wire::message::Reason;

fn line(output: &Output) -> String {
    super::line(Language::English, output)
}

fn alice() -> MemberName {
    MemberName::parse("Alice").unwrap()
}

fn fields(output: &Output) -> serde_json::Value {
    serde_json::from_str(&line(output)).unwrap()
}

#[test]
fn joined() {
    let output = Output::Joined {
        room: RoomId::parse("movie-night").unwrap(),
        id: MemberId(1),
        name: alice(),
        role: Role::Admin,
        server: "https://watch.example.org".to_owned(),
        lifetime: Lifetime {
            now: Span::seconds(600),
            once_lasting: Span::seconds(604_800),
        },
    };
    let expected = concat!(
        r#"{"type":"joined","room":"movie-night","#,
        r#""you":{"id":1,"name":"Alice","role":"admin"},"#,
        r#""server":"https://watch.example.org","kept_for":600.0}"#
    );
    assert_eq!(line(&output), expected);
}

#[test]
fn members() {
    let member = |change| Output::Member {
        id: MemberId(2),
        who: Person::other(MemberName::parse("Вера").unwrap()),
        role: Role::Viewer,
        change,
        by: None,
    };
    let cases = [
        (MemberChange::Joined, "joined"),
        (MemberChange::Left, "left"),
        (MemberChange::Role, "role"),
        (MemberChange::ActingRole, "role"),
        (MemberChange::Muted, "muted"),
        (MemberChange::Unmuted, "unmuted"),
        (MemberChange::WaitExempt, "not_waited_for"),
        (MemberChange::WaitCounted, "waited_for"),
    ];
    let by_alice = Output::Member {
        id: MemberId(2),
        who: Person::other(MemberName::parse("Вера").unwrap()),
        role: Role::Viewer,
        change: MemberChange::Muted,
        by: Some(Person::other(alice())),
    };
    assert!(line(&by_alice).ends_with(r#""change":"muted","by":"Alice"}"#));
    for (change, word) in cases {
        let expected = format!(
            r#"{{"type":"member","id":2,"name":"Вера","role":"viewer","change":"{word}"}}"#
        );
        assert_eq!(line(&member(change)), expected);
    }
    let renamed = Output::Renamed(Renaming {
        id: MemberId(2),
        was: MemberName::parse("Вера").ok(),
        who: Person::other(MemberName::parse("Vera").unwrap()),
        role: Role::Viewer,
    });
    let expected = concat!(
        r#"{"type":"member","id":2,"name":"Vera","role":"viewer","change":"renamed","#,
        r#""was":"Вера"}"#
    );
    assert_eq!(line(&renamed), expected);
    let removed = Output::Removed(Removal {
        id: MemberId(2),
        name: MemberName::parse("Вера").unwrap(),
        role: Role::Viewer,
        by: MemberName::parse("Ada").ok().map(Person::other),
        was_here: true,
        is_banned: false,
    });
    assert_eq!(
        line(&removed),
        r#"{"type":"member","id":2,"name":"Вера","role":"viewer","change":"removed","by":"Ada"}"#
    );
    assert_eq!(line(&Output::Viewers(3)), r#"{"type":"viewers","count":3}"#);
}

#[test]
fn chat_and_reactions() {
    let chat = Output::Chat {
        line: ChatLine {
            id: ChatId(7),
            from: MemberId(1),
            name: alice(),
            text: ChatText::parse("say \"hi\" 🍿").unwrap(),
            position: Some(Position::seconds(3)),
            at: RoomTime(1_700_000_000_123_456),
            erased: None,
            second_address: false,
        },
        spelled: Some("say \"hi\" 🍿!".into()),
        history: true,
    };
    let expected = concat!(
        r#"{"type":"chat","id":7,"from":"Alice","text":"say \"hi\" 🍿","#,
        r#""spelled":"say \"hi\" 🍿!","#,
        r#""at":1700000000.123456,"history":true}"#
    );
    assert_eq!(line(&chat), expected);
    let reaction = Output::Reaction(Reaction {
        from: MemberId(1),
        name: alice(),
        emoji: Emoji::parse("🔥").unwrap(),
    });
    assert_eq!(
        line(&reaction),
        r#"{"type":"reaction","from":"Alice","emoji":"🔥"}"#
    );
}

#[test]
fn a_removed_line_is_named_and_its_text_gone() {
    let removed = Output::Erased {
        id: ChatId(7),
        by: Person::other(alice()),
        author: None,
    };
    assert_eq!(
        line(&removed),
        r#"{"type":"chat_removed","id":7,"by":"Alice"}"#
    );
    let mut chat = ChatLine {
        id: ChatId(7),
        from: MemberId(1),
        name: alice(),
        text: ChatText::parse("a secret").unwrap(),
        position: None,
        at: RoomTime(2_000_000),
        erased: None,
        second_address: false,
    };
    chat.erase(&alice());
    let history = true;
    let output = Output::Chat {
        line: chat,
        spelled: None,
        history,
    };
    let expected = concat!(
        r#"{"type":"chat","id":7,"from":"Alice","text":"(removed)","#,
        r#""at":2.0,"history":true,"removed_by":"Alice"}"#
    );
    assert_eq!(line(&output), expected);
}

#[test]
fn media() {
    let playing = Playing {
        title: Some(Title::parse("A film").unwrap()),
        duration: Some(Span::millis(60_500)),
        ..playing("https://example.org/film.mp4")
    };
    let output = |playing| Output::Media {
        playing,
        epoch: Epoch(2),
        revised: false,
        started_by: None,
        in_lobby: false,
    };
    let expected = concat!(
        r#"{"type":"media","kind":"MP4","url":"https://example.org/film.mp4","#,
        r#""name":"A film","title":"A film","duration":60.5,"epoch":2}"#
    );
    assert_eq!(line(&output(Some(playing.clone()))), expected);
    let started = Output::Media {
        playing: Some(playing),
        epoch: Epoch(2),
        revised: false,
        started_by: Some(Person::other(alice())),
        in_lobby: false,
    };
    assert!(line(&started).ends_with(r#""epoch":2,"started_by":"Alice"}"#));
    let nothing = concat!(
        r#"{"type":"media","kind":null,"url":null,"name":null,"title":null,"#,
        r#""duration":null,"epoch":2}"#
    );
    assert_eq!(line(&output(None)), nothing);
}

#[test]
fn the_timeline() {
    let output = Output::Timeline(TimelineView {
        position: Position::seconds(12),
        held: true,
        rate: Rate::from_factor(1.25).unwrap(),
        rev: Rev(9),
        at: RoomTime(1_700_000_000_000_000),
        start: RoomTime(1_700_000_000_250_000),
        ..timeline_view()
    });
    let expected = concat!(
        r#"{"type":"timeline","position":12.0,"paused":false,"held":true,"rate":1.25,"#,
        r#""rev":9,"at":1700000000.0,"start":1700000000.25}"#
    );
    assert_eq!(line(&output), expected);
}

#[test]
fn the_queue() {
    let entry = QueueEntry {
        media: Media::parse("https://youtu.be/aqz-KE-bpKQ").unwrap(),
        ..entry(14, EntryState::Proposed)
    };
    let expected = concat!(
        r#"{"type":"queue","entries":[{"id":14,"title":null,"#,
        r#""name":"youtube.com/watch?v=aqz-KE-bpKQ","#,
        r#""url":"https://www.youtube.com/watch?v=aqz-KE-bpKQ","kind":"YouTube","#,
        r#""by":"Alice","state":"proposed"}]}"#
    );
    assert_eq!(line(&Output::Queue(vec![entry])), expected);
    assert_eq!(
        line(&Output::Queue(Vec::new())),
        r#"{"type":"queue","entries":[]}"#
    );
}

#[test]
fn the_player() {
    let paused = r#"{"type":"player","state":"paused","text":"Paused."}"#;
    assert_eq!(line(&Output::Player(PlayerView::Paused)), paused);
    let missing = Unusable::Missing {
        binary: "mpv".to_owned(),
    };
    let cases = [
        (PlayerView::Off, "missing"),
        (PlayerView::Starting, "starting"),
        (PlayerView::Idle { lacks: None }, "idle"),
        (PlayerView::Loading, "loading"),
        (PlayerView::Playing, "playing"),
        (PlayerView::Buffering, "buffering"),
        (
            PlayerView::ReadingOn(ReadSoFar {
                read: Position::seconds(41),
                to: Position::seconds(70),
            }),
            "reading_on",
        ),
        (PlayerView::Frozen, "frozen"),
        (
            PlayerView::Gone(ProcessState::Closed(CloseCause::Killed)),
            "closed",
        ),
        (PlayerView::Gone(ProcessState::Unusable(missing)), "missing"),
        (PlayerView::Failed(MediaProblem::Replaced), "refused"),
    ];
    for (view, state) in cases {
        let fields = fields(&Output::Player(view));
        assert_eq!(fields["state"], state);
        assert!(!fields["text"].as_str().unwrap().is_empty(), "{fields}");
    }
}

#[test]
fn the_step() {
    let mut status = Status {
        state: SyncState::Nudging,
        error: Some(Span(-1_500)),
        bound: Some(Span::millis(2)),
        speed: 1.005,
        buffered: None,
        round_trip: None,
        live: None,
        apart: None,
    };
    let expected = concat!(
        r#"{"type":"sync","state":"nudging","error_ms":-1.5,"bound_ms":2.0,"#,
        r#""speed":1.005}"#
    );
    assert_eq!(line(&Output::Sync(status)), expected);
    (status.state, status.error) = (SyncState::Unsynced(Unsynced::Live), None);
    let fields = fields(&Output::Sync(status));
    assert_eq!(fields["state"], "unsynced");
    assert!(fields["error_ms"].is_null());
    assert!(fields.get("apart").is_none(), "{fields}");
    status.apart = Some(Span::millis(3_250));
    assert_eq!(self::fields(&Output::Sync(status))["apart"], 3.25);
}

#[test]
fn the_connection() {
    let connected = r#"{"type":"connection","state":"connected","text":"Connected."}"#;
    assert_eq!(
        line(&Output::Connection(ConnectionView::Connected)),
        connected
    );
    let cases = [
        (
            ConnectionView::Connecting {
                server: "http://127.0.0.1:8000".to_owned(),
            },
            "connecting",
        ),
        (
            ConnectionView::Reconnecting {
                why: Disconnect::Silent,
                after: Span::seconds(1),
            },
            "reconnecting",
        ),
        (
            ConnectionView::Refused(Why::Refused(Refused::PasswordWrong)),
            "refused",
        ),
        (ConnectionView::Closed, "closed"),
    ];
    for (view, state) in cases {
        assert_eq!(fields(&Output::Connection(view))["state"], state);
    }
}

#[test]
fn answers() {
    let ok = Output::Ok {
        line: 3,
        rev: Rev(41),
    };
    assert_eq!(line(&ok), r#"{"type":"ok","line":3,"rev":41}"#);
    let denied = Output::Denied {
        line: 4,
        why: Why::Denied(Denied::NothingPlays),
    };
    let text = crate::texts::denied::denied(Language::English, &Denied::NothingPlays);
    let expected =
        format!(r#"{{"type":"denied","line":4,"code":"nothing_plays","text":"{text}"}}"#);
    assert_eq!(line(&denied), expected);
}

#[test]
fn every_reason_has_a_code() {
    let not_allowed = Denied::NotAllowed {
        action: Action::Pause,
        needs: Role::Admin,
    };
    let unknown_command = UsageError::UnknownCommand {
        typed: "plya".to_owned(),
        nearest: Some("play"),
    };
    let bad_argument = UsageError::BadArgument {
        usage: "/move #N PLACE",
        given: String::new(),
        fault: None,
    };
    let unknown = Reason {
        code: "from_the_future".to_owned(),
        args: serde_json::Value::Null,
        text: "words of the server".to_owned(),
    };
    let removed = |is_banned| Why::Removed {
        by: MemberName::parse("Ada").unwrap(),
        room: RoomId::parse("movie-night").unwrap(),
        is_banned,
    };
    let cases = [
        (Why::Denied(not_allowed), "not_allowed"),
        (Why::Refused(Refused::Kicked), "kicked"),
        (removed(false), "kicked"),
        (removed(true), "banned"),
        (Why::Unknown(unknown), "from_the_future"),
        (Why::Usage(unknown_command), "unknown_command"),
        (Why::Usage(bad_argument), "bad_argument"),
        (Why::Usage(UsageError::TooLong { max: 500 }), "too_long"),
        (Why::Usage(UsageError::Empty), "empty"),
        (Why::Media(MediaError::LocalFile), "bad_link"),
        (Why::NotConnected { pausing: true }, "not_connected"),
        (Why::Unreachable(Disconnect::Silent), "unreachable"),
        (Why::Unanswered, "unanswered"),
        (Why::NoPlayer, "no_player"),
    ];
    for (why, code) in cases {
        let fields = fields(&Output::Denied { line: 1, why });
        assert_eq!(fields["code"], code);
        assert!(!fields["text"].as_str().unwrap().is_empty(), "{fields}");
    }
}

#[test]
fn notices() {
    let output = Output::Notice(Notice::NotConnected);
    let text = crate::strings::client::notice(Language::English, &Notice::NotConnected);
    let expected = format!(r#"{{"type":"notice","code":"not_connected","text":"{text}"}}"#);
    assert_eq!(line(&output), expected);
    let lines = line(&Output::Notice(Notice::Help));
    assert!(!lines.contains('\n'), "one object, one line");
    assert_eq!(fields(&Output::Notice(Notice::Help))["code"], "help");
}

#[test]
fn that_media_cannot_be_played_comes_with_its_reason() {
    let code = FailureCode::Gone;
    let cause = StandstillCause::Failed { code };
    let nobody = fields(&Output::Notice(Notice::NobodyPlays {
        cause,
        next_in: None,
    }));
    assert_eq!(
        (&nobody["code"], &nobody["reason"]),
        (&"nobody_can_play".into(), &"gone".into())
    );
    let ended = fields(&Output::Notice(Notice::NobodyPlays {
        cause: StandstillCause::Ended,
        next_in: None,
    }));
    assert_eq!(
        (&ended["code"], ended.get("reason")),
        (&"all_copies_end".into(), None)
    );
    let one = fields(&Output::Notice(Notice::PlaybackFailed {
        name: alice(),
        code,
        retrying: true,
    }));
    assert_eq!(
        (&one["code"], &one["reason"]),
        (&"playback_failed".into(), &"gone".into())
    );
    let missed = vec![Person::other(alice())];
    let late = fields(&Output::Notice(Notice::StartedWithout { missed }));
    assert_eq!(late["code"], "started_without");
    let skipped = fields(&Output::Notice(Notice::PartSkipped {
        from: Position::seconds(12),
        to: Position::seconds(18),
    }));
    assert_eq!(skipped["code"], "part_skipped");
}
