//! Pictures of the panes of a room.

use std::io::ErrorKind;

use super::{Scene, drawn};
use crate::app::appearance::{Appearance, ColourDepth};
use crate::app::config::{AppConfig, ScreenConfig};
use crate::app::event::{Disconnect, Event};
use crate::app::key::Key;
use crate::app::screen::tests::evening;
use crate::app::tests::{ALICE, Story, config, name};
use crate::protocol::ephemeral::Reaction;
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::MemberId;
use crate::protocol::member::Role;
use crate::protocol::playback::{EntryState, Hold, Retime, Segment};
use crate::protocol::text::{Emoji, Title};
use crate::protocol::time::{Position, Span};
use crate::sync::player::{PlayerEvent, ProcessState};
use crate::system_fault::SystemFault;
use crate::test_support::entry;
use crate::ui::title;
use crate::wire::message::ServerMsg;

#[test]
fn an_ordinary_evening() {
    assert_pictures!("an_ordinary_evening", |language| {
        Scene::ordinary(Role::Viewer)
            .in_language(language)
            .picture(80, 24)
    });
}

#[test]
fn an_ordinary_evening_in_a_wide_terminal_with_the_focus_on_the_queue() {
    assert_pictures!(
        "an_ordinary_evening_in_a_wide_terminal_with_the_focus_on_the_queue",
        |language| {
            let mut scene = Scene::ordinary(Role::Admin).in_language(language);
            scene.key(Key::F(3));
            let reaction = Reaction {
                from: ALICE,
                name: name("Alice"),
                emoji: Emoji::parse("🔥").unwrap(),
            };
            let reactions = vec![reaction; 4];
            scene.story.receive(ServerMsg::Reactions { reactions });
            scene.picture(120, 40)
        }
    );
}

#[test]
fn the_keys_for_a_proposal_are_named_in_each_width() {
    assert_pictures!(
        "the_keys_for_a_proposal_are_named_in_each_width",
        |language| {
            let mut scene = Scene::ordinary(Role::Admin).in_language(language);
            let elsewhere = [(80, 24), (80, 14), (120, 20)].map(|(x, y)| scene.picture(x, y));
            scene.key(Key::F(3));
            let sizes = [(80, 24), (80, 14), (120, 20), (60, 16), (50, 20), (80, 10)];
            let focused = sizes.map(|(x, y)| scene.picture(x, y));
            [elsewhere.join("\n"), focused.join("\n")].join("\n")
        }
    );
}

#[test]
fn narrow_terminals_have_tabs() {
    assert_pictures!("narrow_terminals_have_tabs", |language| {
        let mut scene = Scene::ordinary(Role::Viewer).in_language(language);
        let chat = scene.picture(48, 14);
        scene.key(Key::F(3));
        let queue = scene.picture(48, 14);
        scene.key(Key::Tab);
        let members = scene.picture(48, 14);
        format!("{chat}\n{queue}\n{members}")
    });
}

#[test]
fn the_smallest_terminal_and_one_that_is_too_small() {
    assert_pictures!(
        "the_smallest_terminal_and_one_that_is_too_small",
        |language| {
            let scene = Scene::ordinary(Role::Viewer).in_language(language);
            let smallest = scene.picture(40, 10);
            let smaller = scene.picture(39, 9);
            format!("{smallest}\n{smaller}")
        }
    );
}

#[test]
fn a_full_room_shows_the_chosen_and_the_newest() {
    assert_pictures!("a_full_room_shows_the_chosen_and_the_newest", |language| {
        let mut scene = Scene::ordinary(Role::Admin).in_language(language);
        for number in 20..40 {
            let entry = entry(number, EntryState::Approved);
            let fact = scene.server.happen(RoomEvent::Queued { entry });
            scene.story.facts(vec![fact]);
        }
        for number in 1..60 {
            let text =
                format!("line {number} of a long talk about what she will find in the cellar");
            scene.say(ALICE, "Alice", &text);
        }
        scene.key(Key::F(3));
        for _ in 0..15 {
            scene.key(Key::Down);
        }
        scene.picture(80, 24)
    });
}

#[test]
fn scrolled_back_what_is_new_is_counted() {
    assert_pictures!("scrolled_back_what_is_new_is_counted", |language| {
        let mut scene = Scene::ordinary(Role::Viewer).in_language(language);
        for number in 1..30 {
            scene.say(ALICE, "Alice", &format!("line {number}"));
        }
        scene.key(Key::PageUp);
        for number in 30..33 {
            scene.say(ALICE, "Alice", &format!("line {number}"));
        }
        scene.picture(80, 24)
    });
}

#[test]
fn the_time_of_long_media_is_not_cut() {
    let mut scene = Scene::ordinary(Role::Viewer);
    let far = scene.server.happen(RoomEvent::Retimed {
        segment: Segment {
            anchor: Position::seconds(5_400),
            ..scene.server.room().timeline.segment
        },
        retime: Retime::Sought {
            from: Position::seconds(2_531),
        },
        in_player: false,
        countdown: false,
    });
    scene.story.facts(vec![far]);
    let proposal = scene.server.happen(RoomEvent::Queued {
        entry: entry(15, EntryState::Proposed),
    });
    scene.story.facts(vec![proposal]);
    let shown = scene.picture(80, 24);
    assert!(shown.contains("1:30:00 · Alice proposed #15"), "{shown}");
}

#[test]
fn reactions_rise() {
    assert_pictures!("reactions_rise", |language| {
        let mut scene = Scene::ordinary(Role::Viewer).in_language(language);
        let react = |emoji: &str| Reaction {
            from: ALICE,
            name: name("Alice"),
            emoji: Emoji::parse(emoji).unwrap(),
        };
        let reactions = ["😱", "😱", "🔥", "❤️"].map(react).to_vec();
        scene.story.receive(ServerMsg::Reactions { reactions });
        scene.story.pass(Span::millis(700));
        let reactions = vec![react("💀"), react("👨‍👩‍👧‍👦")];
        scene.story.receive(ServerMsg::Reactions { reactions });
        scene.story.pass(Span::millis(700));
        scene.picture(80, 24)
    });
}

#[test]
fn a_line_that_is_written_keeps_its_cursor_in_sight() {
    assert_pictures!(
        "a_line_that_is_written_keeps_its_cursor_in_sight",
        |language| {
            let mut scene = Scene::ordinary(Role::Viewer).in_language(language);
            scene.write(
                "she should have stayed in the cellar, я же говорил, 映画の夜 and then 👨‍👩‍👧‍👦 came",
            );
            let end = scene.picture(60, 10);
            scene.key(Key::Home);
            let begin = scene.picture(60, 10);
            let last = |text: &str| text.lines().rev().nth(1).map(str::to_owned);
            format!("{:?}\n{:?}", last(&end), last(&begin))
        }
    );
}

#[test]
fn completion_is_offered_above_the_line() {
    assert_pictures!("completion_is_offered_above_the_line", |language| {
        let mut scene = Scene::ordinary(Role::Viewer).in_language(language);
        scene.write("/wait o");
        scene.key(Key::Tab);
        scene.picture(80, 10)
    });
}

#[test]
fn lost_held_and_paused_are_shown() {
    assert_pictures!("lost_held_and_paused_are_shown", |language| {
        let mut scene = Scene::ordinary(Role::Viewer).in_language(language);
        let at = scene.server.room().at;
        let held = scene.server.happen(RoomEvent::Held {
            hold: Hold {
                member: MemberId(3),
                since: at,
                until: at + Span::seconds(10),
            },
            position: Position::seconds(2_531),
        });
        scene.story.facts(vec![held]);
        let waits = scene.picture(80, 10);
        scene.story.on(Event::Disconnected(Disconnect::Lost {
            error: SystemFault::Known(ErrorKind::ConnectionReset).into(),
        }));
        let lost = scene.picture(80, 10);
        scene
            .story
            .on(Event::Player(PlayerEvent::Process(ProcessState::Frozen)));
        let chat = scene.picture(80, 20);
        format!("{waits}\n{lost}\n{chat}")
    });
}

#[test]
fn without_colours_nothing_is_coloured() {
    let screen = ScreenConfig {
        appearance: Appearance {
            depth: ColourDepth::None,
            ..Appearance::default()
        },
        ..ScreenConfig::default()
    };
    let config = AppConfig {
        screen: Some(screen),
        ..config()
    };
    let story = Story::joined_with(config, &evening(Role::Admin));
    let buffer = drawn(&story.app, 80, 24);
    for cell in buffer.content() {
        assert_eq!(cell.fg, ratatui::style::Color::Reset);
        assert_eq!(cell.bg, ratatui::style::Color::Reset);
    }
}

#[test]
fn the_window_has_a_title() {
    let scene = Scene::ordinary(Role::Viewer);
    let words = title(&scene.story.app);
    assert!(
        words.starts_with("▶ 42:1") && words.ends_with("movie-night · 5 viewers"),
        "{words}"
    );
    assert_eq!(title(&Scene::quiet().story.app), "movie-night · 2 viewers");
    assert!(Title::parse(&words).is_ok());
}

/// What is approved is not approved again: the foot says what the keys do with it.
#[test]
fn the_foot_names_the_keys_of_the_chosen_entry() {
    let mut scene = Scene::ordinary(Role::Admin);
    scene.key(Key::F(3));
    let foot = |scene: &Scene| scene.picture(80, 24).lines().last().unwrap().to_owned();
    assert!(foot(&scene).contains("approve  x reject"), "a proposal");
    scene.key(Key::Up);
    assert!(
        foot(&scene).contains("play now  x remove"),
        "{}",
        foot(&scene)
    );
}
