//! Each line of input and its one answer.

use super::playing::ready;
use super::{Server, Story, answers, chat, commands, config, connects, name, notices, outputs};
use crate::app::effect::Effect;
use crate::app::output::{Notice, Output, UsageError, Why};
use crate::app::preferences::OwnChoice;
use crate::app::video::WindowOrder;
use crate::media::Media;
use crate::protocol::command::Command;
use crate::protocol::denied::Denied;
use crate::protocol::event::{ChatLine, RoomEvent};
use crate::protocol::ids::{Rev, Seq};
use crate::protocol::member::Role;
use crate::protocol::text::{ChatText, Emoji};
use crate::protocol::time::Span;
use crate::texts::language::Language;
use crate::wire::message::{Health, HealthDigest, Reason, ServerMsg};

fn not_connected(pausing: bool) -> Result<u64, Why> {
    Err(Why::NotConnected { pausing })
}

#[test]
fn a_line_is_sent_and_answered_by_its_number() {
    let mut story = Story::joined(&Server::new());
    assert_eq!(commands(&story.line("hello")), [(1, chat("hello"))]);
    assert_eq!(story.line("   "), []);
    let effects = story.line("/pause");
    assert_eq!(commands(&effects), [(2, Command::Pause { mark: None })]);
    assert_eq!(answers(&story.ok(1, 7)), [(1, Ok(7))]);
    let denied = Denied::NothingPlays;
    let effects = story.denied(2, &denied);
    assert_eq!(answers(&effects), [(3, Err(Why::Denied(denied)))]);
    assert_eq!(story.ok(2, 9), [], "an answer counts once");
}

#[test]
fn a_denial_of_a_newer_server_keeps_its_words() {
    let mut story = Story::joined(&Server::new());
    story.line("hello");
    let reason = Reason {
        code: "too_loud".into(),
        args: serde_json::Value::Null,
        text: "shh\u{7}".into(),
    };
    let cleaned = Reason {
        text: "shh".into(),
        ..reason.clone()
    };
    let seq = Seq(1);
    let effects = story.receive(ServerMsg::Denied { seq, reason });
    assert_eq!(answers(&effects), [(1, Err(Why::Unknown(cleaned)))]);
}

#[test]
fn nonsense_is_answered_without_asking_the_room() {
    let mut story = Story::joined(&Server::new());
    let effects = story.line("/seek soon");
    let usage = UsageError::BadArgument {
        usage: "/seek 1:23 | +10 | -10",
        given: "soon".into(),
        fault: None,
    };
    assert_eq!(answers(&effects), [(1, Err(Why::Usage(usage)))]);
    assert_eq!(commands(&effects), []);
}

#[test]
fn another_language_counts_from_its_answer_on_for_all_that_words_anything() {
    let server = Server::new();
    let mut story = Story::joined(&server);
    assert_eq!(story.app.language(), Language::English);
    let effects = story.line("/lang ru");
    let expected = [
        Effect::Language(Language::Russian),
        Effect::Keep(OwnChoice::Language(Language::Russian)),
        Effect::Output(Output::Notice(Notice::LanguageChanged(Language::Russian))),
        Effect::Output(Output::Ok {
            line: 1,
            rev: server.room.rev,
        }),
    ];
    assert_eq!(effects, expected);
    assert_eq!(story.app.language(), Language::Russian);
    let effects = story.line("/язык английский");
    assert!(effects.contains(&Effect::Language(Language::English)));
    assert_eq!(story.app.language(), Language::English);
}

#[test]
fn a_language_is_chosen_before_the_room_is_there() {
    let mut story = Story::connecting(config());
    let effects = story.line("/lang ru");
    assert_eq!(
        notices(&effects),
        [Notice::LanguageChanged(Language::Russian)]
    );
    assert_eq!(answers(&effects), [(1, Ok(0))]);
}

#[test]
fn what_stands_in_the_empty_window_is_worded_in_the_new_language() {
    let mut story = Story::joined(&Server::new());
    let fills = |effects: &[Effect]| {
        let filled = |effect: &Effect| match effect {
            Effect::Window(WindowOrder::Draw(scene)) => scene.empty.is_some(),
            _ => false,
        };
        effects.iter().position(filled)
    };
    assert!(fills(&story.process(ready())).is_some());
    let effects = story.line("/lang ru");
    // The shell has to know the language by then.
    assert_eq!(effects[0], Effect::Language(Language::Russian));
    assert!(fills(&effects) > Some(0), "{effects:?}");
}

#[test]
fn lines_before_the_room_wait_in_their_order() {
    let mut story = Story::connecting(config());
    for line in ["one", "", "/nonsense", "/who", "two"] {
        assert_eq!(story.line(line), [], "{line}");
    }
    story.hello();
    let server = Server::new();
    let effects = story.receive(ServerMsg::Welcome(Box::new(server.whole())));
    assert_eq!(commands(&effects), [(1, chat("one")), (2, chat("two"))]);
    let answers = answers(&effects);
    assert_eq!(answers.len(), 2);
    assert!(matches!(answers[0], (3, Err(Why::Usage(_)))));
    assert_eq!(answers[1], (4, Ok(server.room.rev.0)));
}

#[test]
fn a_thousand_lines_may_wait_and_no_more() {
    let mut story = Story::connecting(config());
    for _ in 0..1_000 {
        assert_eq!(story.line("hi"), []);
    }
    let effects = story.line("hi");
    let answers = answers(&effects);
    assert!(
        matches!(
            answers[..],
            [(1_001, Err(Why::Denied(Denied::TooFast { .. })))]
        ),
        "{answers:?}"
    );
}

#[test]
fn thirty_two_are_under_way_and_the_rest_follows() {
    let mut story = Story::joined(&Server::new());
    let mut sent = 0;
    for _ in 0..40 {
        sent += commands(&story.line("hi")).len();
    }
    assert_eq!(sent, 32);
    let effects = story.ok(1, 5);
    assert_eq!(commands(&effects), [(33, chat("hi"))]);
    assert_eq!(answers(&effects), [(1, Ok(5))]);
}

#[test]
fn a_script_that_is_too_fast_is_slowed_down_and_keeps_its_order() {
    let mut story = Story::joined(&Server::new());
    let texts = ["one", "two", "three", "four", "five"];
    for text in texts {
        story.line(text);
    }
    assert_eq!(answers(&story.ok(1, 3)), [(1, Ok(3))]);
    let too_fast = Denied::TooFast { retry_ms: 1_001 };
    for seq in 2..=5 {
        assert_eq!(story.denied(seq, &too_fast), [], "it is tried again");
    }
    assert_eq!(story.line("six"), [], "nobody jumps the queue");
    story.on(crate::app::event::Event::InputEnded);
    assert_eq!(commands(&story.pass(Span::millis(1_000))), []);
    let mut effects = story.pass(Span::millis(10));
    for (seq, line, text) in [
        (6, 2, "two"),
        (7, 3, "three"),
        (8, 4, "four"),
        (9, 5, "five"),
    ] {
        assert_eq!(commands(&effects), [(seq, chat(text))], "one at a time");
        effects = story.ok(seq, seq);
        assert_eq!(answers(&effects), [(line, Ok(seq))]);
    }
    assert_eq!(commands(&effects), [(10, chat("six"))]);
    let effects = story.ok(10, 10);
    assert_eq!(answers(&effects), [(6, Ok(10))]);
    assert!(super::sends(
        &effects,
        &crate::wire::message::ClientMsg::Leave
    ));
}

#[test]
fn a_line_is_not_tried_again_for_ever() {
    let mut story = Story::joined(&Server::new());
    story.line("hello");
    let too_fast = Denied::TooFast { retry_ms: 100 };
    for seq in 1..=8 {
        assert_eq!(story.denied(seq, &too_fast), []);
        let effects = story.pass(Span::millis(101));
        assert_eq!(commands(&effects), [(seq + 1, chat("hello"))]);
    }
    let effects = story.denied(9, &too_fast);
    assert_eq!(answers(&effects), [(1, Err(Why::Denied(too_fast)))]);
}

#[test]
fn numbers_go_on_from_what_the_room_has_on_record() {
    let mut server = Server::new();
    let line = ChatLine {
        id: server.room.chat.next_id(),
        from: super::ME,
        name: name("Boris"),
        text: ChatText::parse("before").unwrap(),
        position: None,
        at: server.room.at,
        erased: None,
        second_address: false,
    };
    server.happen_by(Some((super::ME, Seq(41))), RoomEvent::Chat(line));
    let mut story = Story::joined(&server);
    assert_eq!(commands(&story.line("after")), [(42, chat("after"))]);
}

#[test]
fn who_is_here_is_answered_from_what_is_known() {
    let server = Server::new();
    let mut story = Story::joined(&server);
    let health = Health::default();
    story.receive(ServerMsg::Health(HealthDigest {
        chat_only: 1,
        worst: vec![(super::ALICE, health)],
        ..HealthDigest::default()
    }));
    let effects = story.line("/who");
    let outputs = outputs(&effects);
    let [
        Output::Notice(Notice::Who(lines)),
        Output::Ok { line: 1, rev },
    ] = &outputs[..]
    else {
        panic!("{outputs:?}");
    };
    assert_eq!(*rev, server.room.rev);
    assert_eq!((lines[0].name.as_str(), lines[0].you), ("Boris", true));
    assert_eq!((lines[0].id, lines[1].id), (super::ME, super::ALICE));
    assert_eq!(
        (lines[1].name.as_str(), lines[1].role),
        ("Alice", Role::Admin)
    );
    assert_eq!(lines[1].health, Some(health));
}

#[test]
fn help_needs_no_room() {
    let mut story = Story::connecting(config());
    let effects = story.line("/help");
    assert_eq!(notices(&effects), [Notice::Help]);
    assert_eq!(answers(&effects), [(1, Ok(0))]);
}

#[test]
fn while_the_connection_is_away_lines_are_answered_at_once() {
    let mut story = Story::joined(&Server::new());
    story.lose();
    assert_eq!(answers(&story.line("hi")), [(1, not_connected(false))]);
    assert_eq!(answers(&story.line("/pause")), [(2, not_connected(true))]);
    let effects = story.line("/retry");
    assert!(connects(&effects), "{effects:?}");
    assert_eq!(answers(&effects), [(3, Ok(2))]);
    assert_eq!(answers(&story.line("hi")), [(4, not_connected(false))]);
}

#[test]
fn lines_that_waited_for_others_are_refused_when_the_connection_breaks() {
    let mut story = Story::joined(&Server::new());
    for _ in 0..34 {
        story.line("hi");
    }
    let expected = [(33, not_connected(false)), (34, not_connected(false))];
    assert_eq!(answers(&story.lose()), expected);
}

#[test]
fn the_media_named_at_the_start_is_put_on_first() {
    let media = Media::parse("https://example.org/film.mp4").unwrap();
    let mut playing = config();
    playing.play = Some(media.clone());
    let mut story = Story::connecting(playing);
    story.line("hello");
    story.hello();
    let effects = story.receive(ServerMsg::Welcome(Box::new(Server::new().whole())));
    let play = Command::Play { media };
    assert_eq!(commands(&effects), [(1, play), (2, chat("hello"))]);
    let effects = story.denied(1, &Denied::MemberGone);
    let why = Why::Denied(Denied::MemberGone);
    let expected = Output::Notice(Notice::NotPlayed(why));
    assert_eq!(
        effects,
        [Effect::Output(expected)],
        "and no line is answered"
    );
}

#[test]
fn reactions_are_reported_as_they_float_by() {
    let mut story = Story::joined(&Server::new());
    let reaction = crate::protocol::ephemeral::Reaction {
        from: super::ALICE,
        name: name("Alice"),
        emoji: Emoji::parse("🔥").unwrap(),
    };
    let reactions = vec![reaction.clone(), reaction.clone()];
    let effects = story.receive(ServerMsg::Reactions { reactions });
    let expected = Output::Reaction(reaction);
    assert_eq!(outputs(&effects), [expected.clone(), expected]);
}

#[test]
fn a_gap_in_the_events_is_mended_by_the_whole_state() {
    let mut server = Server::new();
    let mut story = Story::joined(&server);
    let missed = server.chat("one");
    let seen = server.chat("two");
    let effects = story.facts(vec![seen]);
    assert!(super::sends(
        &effects,
        &crate::wire::message::ClientMsg::State
    ));
    assert_eq!(outputs(&effects), []);
    assert_eq!(
        story.facts(vec![server.chat("three")]),
        [],
        "one asking is enough"
    );
    let state = Box::new(server.room.clone());
    let effects = story.receive(ServerMsg::State { state });
    let texts: Vec<String> = outputs(&effects)
        .into_iter()
        .filter_map(|outputs| match outputs {
            Output::Chat {
                line,
                history: true,
                ..
            } => Some(line.text.to_string()),
            _ => None,
        })
        .collect();
    assert_eq!(texts, ["one", "two", "three"]);
    assert_eq!(
        story.facts(vec![missed]),
        [],
        "what is known is not told again"
    );
    let next = server.chat("four");
    assert_eq!(outputs(&story.facts(vec![next])).len(), 1);
    assert_eq!(story.app.room().unwrap().rev, Rev(server.room.rev.0));
}

#[test]
fn who_could_be_taken_for_the_admin_is_marked_also_for_a_line_that_waited_for_the_room() {
    let mut server = Server::new();
    let second_alice = crate::protocol::ids::MemberId(3);
    server.happen(RoomEvent::Presence {
        joined: vec![super::member(second_alice, "Alice 2", Role::Viewer)],
        left: Vec::new(),
        count: 3,
        large: None,
    });
    let mut story = Story::connecting(config());
    story.line("/who");
    story.hello();
    let effects = story.receive(ServerMsg::Welcome(Box::new(server.whole())));
    let lines = notices(&effects)
        .into_iter()
        .find_map(|notice| match notice {
            Notice::Who(lines) => Some(lines),
            _ => None,
        });
    let second_alice = lines
        .unwrap()
        .into_iter()
        .find(|line| line.id == second_alice);
    assert_eq!(second_alice.unwrap().passes_for, Some(name("Alice")));
}
