//! Pictures of what comes between two media, of what went wrong, and of the ways in which the screen
//! is divided.

use super::{Scene, drawn};
use crate::app::event::Event;
use crate::app::key::{Key, KeyPress};
use crate::app::tests::{ALICE, name};
use crate::protocol::ephemeral::Reaction;
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::Epoch;
use crate::protocol::member::Role;
use crate::protocol::playback::{EntryState, LoadCause, Playing, Segment, UnqueueCause};
use crate::protocol::text::{Emoji, Title};
use crate::protocol::time::{Position, Span};
use crate::sync::player::{Chapter, OwnReport, PlayerEvent, Sound};
use crate::test_support::{entry, learned, playing};
use crate::wire::message::ServerMsg;

/// The next media comes on, which Boris added; its title is learned later.
fn next_media(scene: &mut Scene) {
    let loaded = RoomEvent::Loaded {
        gate: Vec::new(),
        epoch: Epoch(2),
        playing: Playing {
            duration: Some(Span::seconds(467)),
            ..playing("https://example.org/boat.webm")
        },
        segment: Segment {
            anchor: Position::START,
            start: scene.server.room().at,
            ..Segment::default()
        },
        entry: None,
        interrupted: None,
        cause: LoadCause::Next,
    };
    let fact = scene.server.happen(loaded);
    scene.story.facts(vec![fact]);
    let title = Title::parse("Steamboat Willie").ok();
    let fact = scene
        .server
        .happen(learned(Epoch(2), title, Some(Span::seconds(467))));
    scene.story.facts(vec![fact]);
}

/// An evening that went on: other media, and what was said of it.
fn later() -> Scene {
    let mut scene = Scene::ordinary(Role::Admin);
    let mut next = entry(20, EntryState::Approved);
    next.title = Title::parse("His Girl Friday").ok();
    next.duration = Some(Span::seconds(5_508));
    let fact = scene.server.happen(RoomEvent::Queued { entry: next });
    scene.story.facts(vec![fact]);
    next_media(&mut scene);
    scene.say(ALICE, "Alice", "short and sweet");
    scene
}

/// The same with two chapters.
pub(super) fn with_chapters() -> Scene {
    let mut scene = later();
    let chapter = |at, title| Chapter {
        start: Position::seconds(at),
        title: Title::parse(title).ok(),
    };
    scene.story.on(Event::Player(PlayerEvent::Chapters {
        epoch: Epoch(2),
        chapters: vec![chapter(0, "The farmhouse"), chapter(200, "The cellar")],
    }));
    scene
}

fn react(scene: &mut Scene) {
    let reaction = |emoji| Reaction {
        from: ALICE,
        name: name("Alice"),
        emoji: Emoji::parse(emoji).unwrap(),
    };
    let reactions = ["🔥", "🔥", "😂"].map(reaction).to_vec();
    scene.story.receive(ServerMsg::Reactions { reactions });
}

#[test]
fn between_two_media_stands_a_rule_with_the_title_and_the_hour() {
    assert_pictures!(
        "between_two_media_stands_a_rule_with_the_title_and_the_hour",
        |language| {
            let scene = later().in_language(language);
            [(80, 24), (120, 40), (60, 14), (44, 14)]
                .map(|(columns, rows)| scene.picture(columns, rows))
                .join("\n")
        }
    );
}

#[test]
fn on_a_huge_terminal_nothing_is_lost() {
    assert_pictures!("on_a_huge_terminal_nothing_is_lost", |language| {
        let mut scene = later().in_language(language);
        let long = "a long line that is broken where it is still easy to read, since nobody \
                    likes to follow a row of letters from one end of a wall to the other end of it";
        scene.say(ALICE, "Alice", long);
        scene.picture(200, 60)
    });
}

#[test]
fn in_a_low_wide_terminal_the_card_has_the_place_of_the_reactions_until_there_are_some() {
    assert_pictures!(
        "in_a_low_wide_terminal_the_card_has_the_place_of_the_reactions",
        |language| {
            let mut scene = later().in_language(language);
            let without = scene.picture(120, 24);
            react(&mut scene);
            let with = scene.picture(120, 24);
            format!("{without}\n{with}")
        }
    );
}

/// The next media and its chapters, of which some is not known; what then stands on the card.
fn card(scene: &mut Scene, chapters: Vec<Chapter>) -> String {
    scene.story.on(Event::Player(PlayerEvent::Chapters {
        epoch: Epoch(2),
        chapters,
    }));
    let picture = scene.picture(120, 24);
    let rows = picture.lines().filter_map(|line| line.split_once('├'));
    let below = rows.skip(1).map(|(_, heading)| heading.to_owned()).next();
    let heading = below.unwrap();
    let body = picture
        .lines()
        .skip_while(|line| !line.ends_with(&heading))
        .skip(1);
    let body = body.map_while(|line| line.split_once('│').map(|(_, text)| text.to_owned()));
    let body: Vec<String> = body.filter(|text| !text.trim().is_empty()).collect();
    format!("{heading}\n{}\n", body.join("\n"))
}

#[test]
fn the_card_says_of_the_media_what_is_known_and_nothing_else() {
    let chapter = |at, title| Chapter {
        start: Position::seconds(at),
        title: Title::parse(title).ok(),
    };
    assert_pictures!("the_card_of_the_media", |language| {
        let whole = card(
            &mut later().in_language(language),
            vec![chapter(0, "The farmhouse"), chapter(400, "The cellar")],
        );
        let untitled = card(
            &mut later().in_language(language),
            vec![chapter(0, ""), chapter(400, "")],
        );
        let mut alone = later().in_language(language);
        let queue = alone.server.room().queue.entries().to_vec();
        for entry in queue {
            let fact = alone.server.happen(RoomEvent::Unqueued {
                entry: entry.id,
                cause: UnqueueCause::Removed,
                together: None,
                gave_way: false,
            });
            alone.story.facts(vec![fact]);
        }
        let without_next = card(&mut alone, Vec::new());
        format!("{whole}\n{untitled}\n{without_next}")
    });
}

#[test]
fn a_cinema_has_only_the_progress_the_chat_and_the_line() {
    assert_pictures!(
        "a_cinema_has_only_the_progress_the_chat_and_the_line",
        |language| {
            let mut scene = later().in_language(language);
            scene.key(Key::F(6));
            let entered = scene.picture(80, 24);
            scene.story.pass(Span::seconds(7));
            react(&mut scene);
            let chat = scene.picture(80, 24);
            scene.key(Key::F(3));
            let queue = scene.picture(48, 12);
            [entered, chat, queue].join("\n")
        }
    );
}

/// A cinema has no header, so that its rule says what stands there.
#[test]
fn a_cinema_shows_the_chapter_and_that_the_sound_is_off() {
    let mut scene = later();
    let chapter = Chapter {
        start: Position::START,
        title: Title::parse("The landing stage").ok(),
    };
    scene.story.on(Event::Player(PlayerEvent::Chapters {
        epoch: Epoch(2),
        chapters: vec![chapter],
    }));
    let sound = Sound {
        volume: 100,
        muted: true,
        most: 130,
    };
    scene.story.player(PlayerEvent::Own {
        report: OwnReport::Sound(sound),
        answers: None,
    });
    scene.key(Key::F(6));
    scene.story.pass(Span::seconds(7));
    let rule = |scene: &Scene, columns| {
        let picture = scene.picture(columns, 14);
        picture.lines().nth(1).unwrap().to_owned()
    };
    let wide = rule(&scene, 80);
    assert!(
        wide.starts_with("─ Steamboat Willie · The landing stage ─"),
        "{wide}"
    );
    assert!(wide.ends_with("─ muted ─"), "{wide}");
    let narrow = rule(&scene, 44);
    assert!(narrow.starts_with("─ Steamboat Willie ─"), "{narrow}");
    assert!(narrow.ends_with("─ muted ─"), "{narrow}");
    scene.key(Key::F(3));
    assert!(rule(&scene, 44).ends_with("─ muted ─"));
}

#[test]
fn an_error_has_a_sign_and_is_told_once_above_the_line() {
    assert_pictures!(
        "an_error_has_a_sign_and_is_told_once_above_the_line",
        |language| {
            let mut scene = Scene::ordinary(Role::Viewer).in_language(language);
            scene.write("/rate 9");
            scene.key(Key::Enter);
            let refused = scene.picture(80, 24);
            assert_eq!(refused.matches('✕').count(), 1, "{refused}");
            scene.key(Key::Esc);
            scene.key(Key::Char('u'));
            let offered = scene.picture(80, 24);
            format!("{refused}\n{offered}")
        }
    );
}

#[test]
fn the_chat_is_made_wider_by_a_key() {
    let mut scene = Scene::ordinary(Role::Viewer);
    let divide = |scene: &Scene| {
        let buffer = drawn(&scene.story.app, 100, 30);
        (0..100).find(|x| buffer[(*x, 10)].symbol() == "│")
    };
    assert_eq!(divide(&scene), Some(60));
    scene.story.on(Event::Resize(100, 30));
    scene.story.on(Event::Key(KeyPress::alt('>')));
    assert_eq!(divide(&scene), Some(65));
    scene.story.on(Event::Key(KeyPress::alt('<')));
    scene.story.on(Event::Key(KeyPress::alt('<')));
    assert_eq!(divide(&scene), Some(55));
}

/// However long the room's title is, it stays apart from what stands at the right.
#[test]
fn a_long_title_is_cut_before_what_stands_beside_it() {
    for text in [
        "映画の夜".repeat(14),
        "Friday night ".repeat(7),
        "🎬🍿".repeat(20),
    ] {
        let mut scene = Scene::ordinary(Role::Admin);
        let title = Title::parse(&text).ok();
        assert!(title.is_some(), "{text}");
        let epoch = scene.server.room().timeline.epoch;
        let facts = [
            RoomEvent::Titled {
                title: title.clone(),
            },
            learned(epoch, title, Some(Span::seconds(467))),
        ];
        let facts = facts.map(|event| scene.server.happen(event)).to_vec();
        scene.story.facts(facts);
        for (columns, beside) in [
            (60, "movie"),
            (80, "movie"),
            (100, "public"),
            (120, "public"),
        ] {
            let picture = scene.picture(columns, 24);
            let first = picture.lines().next().unwrap();
            let (left, _) = first.split_once(beside).unwrap();
            assert!(left.ends_with("…  ") || left.ends_with("…   "), "{first}");
        }
    }
}

#[test]
fn what_is_written_without_a_connection_stands_dimmed_until_it_is_sent() {
    assert_pictures!("messages_that_wait_for_the_connection", |language| {
        let mut scene = Scene::ordinary(Role::Viewer).in_language(language);
        scene.story.lose();
        for text in ["she should have stayed in the cellar", "алло?"] {
            scene.write(text);
            scene.key(Key::Enter);
        }
        scene.picture(80, 24)
    });
}
