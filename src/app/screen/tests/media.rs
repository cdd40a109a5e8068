//! Keys for the media, one's own player and reactions.

use super::{Keys, evening, orders, sent};
use crate::app::config::{AppConfig, ScreenConfig};
use crate::app::effect::Effect;
use crate::app::event::Event;
use crate::app::key::{Key, KeyPress};
use crate::app::screen::{Focus, ToastContent};
use crate::app::tests::config;
use crate::app::tests::{ALICE, member, name};
use crate::protocol::command::requested;
use crate::protocol::command::{Command, SeekTarget};
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::{Epoch, MemberId};
use crate::protocol::member::Role;
use crate::protocol::text::Emoji;
use crate::protocol::time::{Position, Rate, Span};
use crate::sync::player::{PlayerCommand, Quality};
use crate::texts::language::Language;
use crate::wire::message::{ClientMsg, HealthDigest, ServerMsg};

#[test]
fn bare_arrows_on_the_line_never_move_the_room() {
    let mut keys = Keys::in_room(Role::Admin);
    for key in [
        Key::Left,
        Key::Right,
        Key::Up,
        Key::Down,
        Key::Home,
        Key::End,
    ] {
        assert!(sent(&keys.key(key)).is_empty(), "{key:?}");
    }
}

#[test]
fn every_playback_key_of_the_map_asks_the_room() {
    let to = |seconds| Command::Seek {
        target: SeekTarget::By(Span::seconds(seconds)),
        mark: None,
    };
    let rate = |factor| Command::SetRate {
        rate: Rate::from_factor(factor).unwrap(),
    };
    let react = |n: usize| Command::React {
        emoji: Emoji::parse(Emoji::FIVE[n - 1]).unwrap(),
    };
    let cases = [
        (Key::Char(' '), Command::Pause { mark: None }),
        (Key::Left, to(-5)),
        (Key::Right, to(5)),
        (Key::Char('H'), to(-60)),
        (Key::Char('L'), to(60)),
        (Key::Char('u'), Command::Undo),
        (Key::Char('>'), Command::Skip),
        (Key::Char('['), rate(0.9)),
        (Key::Char(']'), rate(1.1)),
        (Key::Char('1'), react(1)),
        (Key::Char('2'), react(2)),
        (Key::Char('3'), react(3)),
        (Key::Char('4'), react(4)),
        (Key::Char('5'), react(5)),
        // On a Russian layout by their place.
        (Key::Char('г'), Command::Undo),
        (Key::Char('Р'), to(-60)),
    ];
    for (key, command) in cases {
        let mut keys = Keys::in_room(Role::Admin);
        keys.key(Key::Esc);
        assert_eq!(sent(&keys.key(key)), [command], "{key:?}");
    }
    let mut keys = Keys::in_room(Role::Admin);
    let paused = keys.press(KeyPress::ctrl('p'));
    assert_eq!(sent(&paused), [Command::Pause { mark: None }]);
    for n in 1..=5 {
        let digit = char::from_digit(n, 10).unwrap();
        let effects = keys.press(KeyPress::alt(digit));
        assert_eq!(sent(&effects), [react(n as usize)]);
    }
    assert_eq!(keys.line(), "");
}

#[test]
fn every_key_of_the_own_player_orders_it() {
    let cases = [
        ('9', PlayerCommand::AdjustVolume(-5)),
        ('0', PlayerCommand::AdjustVolume(5)),
        ('m', PlayerCommand::ToggleMute),
        ('v', PlayerCommand::CycleSubtitles),
        ('#', PlayerCommand::CycleAudio),
        ('f', PlayerCommand::ToggleFullscreen),
        ('r', PlayerCommand::Restart),
    ];
    for (letter, order) in cases {
        let mut keys = Keys::in_room(Role::Viewer);
        keys.key(Key::Esc);
        assert_eq!(
            orders(&keys.write(&letter.to_string())),
            [order],
            "{letter}"
        );
    }
}

#[test]
fn their_slash_twins_do_the_same() {
    let cases = [
        ("/vol 40", PlayerCommand::SetVolume(40)),
        ("/vol +5", PlayerCommand::AdjustVolume(5)),
        ("/vol -5", PlayerCommand::AdjustVolume(-5)),
        ("/mute", PlayerCommand::ToggleMute),
        (
            "/sub-delay -0.5",
            PlayerCommand::SetSubtitleDelay(Span::millis(-500)),
        ),
        ("/fullscreen", PlayerCommand::ToggleFullscreen),
        (
            "/quality 480",
            PlayerCommand::SetQuality(Quality::UpTo(480)),
        ),
        (
            "/quality audio",
            PlayerCommand::SetQuality(Quality::AudioOnly),
        ),
        (".ьгеу", PlayerCommand::ToggleMute),
    ];
    for (line, order) in cases {
        let mut keys = Keys::in_room(Role::Viewer);
        keys.write(line);
        assert_eq!(orders(&keys.key(Key::Enter)), [order], "{line}");
    }
}

#[test]
fn a_viewer_is_told_first_and_asks_by_a_second_press() {
    let mut keys = Keys::in_room(Role::Viewer);
    keys.focus(Focus::Chat);
    let effects = keys.key(Key::Char(' '));
    assert!(sent(&effects).is_empty());
    assert!(matches!(keys.toast(), Some(ToastContent::AskAgain(_))));
    let effects = keys.key(Key::Char(' '));
    assert_eq!(
        sent(&effects),
        [Command::Ask {
            request: requested(Command::Pause { mark: None })
        }]
    );
    assert_eq!(
        keys.toast(),
        Some(&ToastContent::Asked(requested(Command::Pause {
            mark: None
        })))
    );
    assert_eq!(keys.line(), "", "the blank was no text");
}

/// So much later nothing makes a text of Space any more.
const SETTLED: Span = Span::millis(400);

#[test]
fn space_pauses_whenever_the_line_is_empty_and_only_then() {
    let pause = || [Command::Pause { mark: None }];
    let mut keys = Keys::in_room(Role::Admin);
    keys.write("a b");
    assert!(sent(&keys.story.pass(SETTLED)).is_empty());
    assert_eq!(keys.line(), "a b");
    for _ in 0..3 {
        keys.key(Key::Backspace);
    }
    assert!(sent(&keys.write(" ")).is_empty(), "not yet");
    assert_eq!(sent(&keys.story.pass(SETTLED)), pause());
    assert_eq!(keys.line(), "");
    keys.write("given up");
    keys.press(KeyPress::ctrl('u'));
    keys.write(" ");
    assert_eq!(sent(&keys.story.pass(SETTLED)), pause());
    keys.story.on(Event::Paste(" pasted".to_owned()));
    assert_eq!(keys.line(), "pasted");
}

#[test]
fn a_message_that_is_begun_by_a_blank_never_pauses() {
    let mut keys = Keys::in_room(Role::Admin);
    assert!(sent(&keys.write("  hello there")).is_empty());
    assert!(sent(&keys.story.pass(Span::seconds(1))).is_empty());
    assert_eq!(keys.line(), "  hello there");
    keys.press(KeyPress::ctrl('u'));
    keys.write(" ");
    keys.story.on(Event::Paste("pasted".to_owned()));
    assert!(sent(&keys.story.pass(SETTLED)).is_empty());
    assert_eq!(keys.line(), " pasted");
    keys.press(KeyPress::ctrl('u'));
    keys.write(" ");
    keys.key(Key::Backspace);
    assert!(sent(&keys.story.pass(SETTLED)).is_empty(), "taken back");
    // A letter that comes later is no part of it.
    keys.write(" ");
    keys.story.pass(SETTLED);
    keys.write("x");
    assert_eq!(keys.line(), "x");
}

#[test]
fn a_key_that_writes_nothing_lets_space_pause_at_once_and_holding_it_pauses_once() {
    let pause = || [Command::Pause { mark: None }];
    let mut keys = Keys::in_room(Role::Admin);
    keys.write(" ");
    assert_eq!(sent(&keys.key(Key::Esc)), pause());
    let mut keys = Keys::in_room(Role::Admin);
    for _ in 0..30 {
        keys.write(" ");
        assert!(sent(&keys.story.pass(Span::millis(33))).is_empty());
    }
    assert_eq!(sent(&keys.story.pass(SETTLED)), pause());
}

#[test]
fn space_writes_for_who_may_not_pause_or_does_not_want_it() {
    let screen = ScreenConfig {
        space_pauses: false,
        ..ScreenConfig::default()
    };
    let config = AppConfig {
        screen: Some(screen),
        ..config()
    };
    for mut keys in [Keys::with(config, Role::Admin), Keys::in_room(Role::Viewer)] {
        assert!(sent(&keys.write(" ")).is_empty());
        assert!(sent(&keys.story.pass(SETTLED)).is_empty());
        assert_eq!(keys.line(), " ");
    }
}

#[test]
fn the_dot_of_a_russian_layout_begins_a_command_and_two_are_a_message() {
    let mut keys = Keys::in_room(Role::Viewer);
    keys.write(".");
    assert_eq!(keys.line(), ".", "nothing speaks for that layout");
    keys.press(KeyPress::ctrl('u'));
    keys.write("да");
    keys.press(KeyPress::ctrl('u'));
    keys.write(".");
    assert_eq!((keys.line(), keys.screen().command_list()), ("/", Some(0)));
    keys.write(".");
    assert_eq!((keys.line(), keys.screen().command_list()), ("..", None));
    keys.press(KeyPress::ctrl('u'));
    keys.write("ok");
    keys.press(KeyPress::ctrl('u'));
    keys.write(".");
    assert_eq!(keys.line(), ".", "another layout since");
    let mut keys = Keys::in_room(Role::Viewer);
    keys.story.app.set_language(Language::Russian);
    keys.write(" .гр");
    assert_eq!(
        (keys.line(), keys.screen().command_list()),
        ("/гр", Some(0))
    );
}

#[test]
fn reactions_fly_and_then_nothing_wakes_the_screen() {
    let mut keys = Keys::in_room(Role::Viewer);
    let mut server = evening(Role::Viewer);
    let paused = server.happen(RoomEvent::Finished {
        epoch: Epoch(1),
        position: Position::seconds(5_720),
    });
    keys.story.facts(vec![paused]);
    keys.story.pass(Span::seconds(3));
    assert_eq!(
        keys.screen().next_deadline(&keys.story.app.view()),
        None,
        "nothing moves"
    );
    let reaction = crate::protocol::ephemeral::Reaction {
        from: ALICE,
        name: name("Alice"),
        emoji: Emoji::parse("🔥").unwrap(),
    };
    let reactions = vec![reaction];
    keys.story.receive(ServerMsg::Reactions { reactions });
    let now = keys.story.app.local_now();
    let due = keys.screen().next_deadline(&keys.story.app.view()).unwrap();
    assert!(due - now >= Span::millis(33) && due - now < Span::millis(50));
    keys.story
        .receive(ServerMsg::Health(HealthDigest::default()));
    assert_eq!(keys.screen().reactions().rising(now).count(), 1);
}

#[test]
fn being_mentioned_rings_but_not_for_oneself() {
    use crate::app::effect::Alert;
    let mut keys = Keys::in_room(Role::Viewer);
    let mut server = evening(Role::Viewer);
    let effects = keys.story.facts(vec![server.chat("hey @BORIS look")]);
    assert!(effects.contains(&Effect::Alert(Alert::Mentioned(name("Alice")))));
    // The last is for somebody else, whose name begins with a Cyrillic letter.
    for text in [
        "nothing for him",
        "@Borislav look",
        "hey @Вoris",
        "bob@boris.example",
    ] {
        let effects = keys.story.facts(vec![server.chat(text)]);
        assert!(
            !effects.iter().any(|e| matches!(e, Effect::Alert(_))),
            "{text}"
        );
    }
    let second = server.happen(RoomEvent::Presence {
        joined: vec![member(MemberId(7), "Boris 2", Role::Viewer)],
        left: Vec::new(),
        count: 3,
        large: None,
    });
    keys.story.facts(vec![second]);
    let mentioned = |effects: &[Effect]| effects.iter().any(|e| matches!(e, Effect::Alert(_)));
    let effects = keys.story.facts(vec![server.chat("@Boris 2 look")]);
    assert!(!mentioned(&effects));
    let effects = keys
        .story
        .facts(vec![server.chat("@Boris 2, @boris: look")]);
    assert!(mentioned(&effects));
}

#[test]
fn away_is_reported_at_once() {
    let mut keys = Keys::in_room(Role::Viewer);
    keys.key(Key::Esc);
    let effects = keys.write("b");
    let reported = effects.iter().any(|effect| {
        matches!(effect, Effect::Send(ClientMsg::Health(health))
            if health.state == crate::wire::message::HealthState::Away)
    });
    assert!(reported, "{effects:?}");
    assert_eq!(keys.toast(), Some(&ToastContent::Away(true)));
}
