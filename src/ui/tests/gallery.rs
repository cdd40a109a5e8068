//! Pictures of the gallery.

use std::io::ErrorKind;

use super::Scene;
use crate::app::config::{AppConfig, ScreenConfig};
use crate::app::event::Event;
use crate::app::event::{FeedNews, RoomsFault};
use crate::app::key::{Key, KeyPress};
use crate::app::keys::own::KeyMap;
use crate::app::tests::{Server, Story, config};
use crate::protocol::ids::RoomId;
use crate::strings::dialogs;
use crate::system_fault::SystemFault;
use crate::texts::language::Language;
use crate::wire::pages::{GalleryEvent, RoomCard};

/// A room's card as a server of today sends it.
pub(super) fn card(
    id: &str,
    title: Option<&str>,
    viewers: u32,
    playing_at: Option<(&str, f64)>,
) -> RoomCard {
    let playing = playing_at.map(|(title, position)| {
        serde_json::json!({
            "kind": "YouTube", "title": title, "position": position, "duration": 5720.0,
            "rate": 1.0, "paused": false, "live": false
        })
    });
    serde_json::from_value(serde_json::json!({
        "id": id, "title": title, "viewers": viewers, "playing": playing, "since": 1.0
    }))
    .unwrap()
}

/// A client that began with the gallery, and what it was answered; then it follows the feed.
pub(super) fn gallery(answer: Option<Result<Vec<RoomCard>, RoomsFault>>) -> Scene {
    gallery_on(ScreenConfig::default(), answer)
}

/// The same on a screen of another kind.
pub(super) fn gallery_on(
    screen: ScreenConfig,
    answer: Option<Result<Vec<RoomCard>, RoomsFault>>,
) -> Scene {
    let screen = ScreenConfig {
        gallery_first: true,
        ..screen
    };
    let (story, _) = Story::start(AppConfig {
        screen: Some(screen),
        ..config()
    });
    let server = Server::new();
    let mut scene = Scene { story, server };
    let server = || "http://watch.example.org".to_owned();
    if let Some(answer) = answer {
        let rooms = answer.clone().ok();
        scene.story.on(Event::Rooms {
            server: server(),
            answer,
        });
        if let Some(rooms) = rooms {
            scene.story.on(Event::RoomsFeed {
                server: server(),
                news: FeedNews::Event(GalleryEvent::Snapshot { rooms }),
            });
        }
    }
    scene
}

#[test]
fn the_gallery() {
    let rooms = vec![
        card(
            "movie-night",
            Some("Кино по пятницам"),
            5,
            Some(("Night of the Living Dead", 2530.0)),
        ),
        card(
            "nosferatu-ru",
            None,
            41,
            Some(("Носферату, симфония ужаса", 540.0)),
        ),
        card("lofi", None, 19, None),
    ];
    let shown = |language| {
        let mut scene = gallery(Some(Ok(rooms.clone()))).in_language(language);
        scene.key(Key::Down);
        scene.key(Key::Down);
        scene
    };
    assert_pictures!("the_gallery_in_a_wide_terminal", |language| {
        shown(language).picture(120, 16)
    });
    assert_pictures!("the_gallery", |language| {
        let mut scene = shown(language);
        let wide = scene.picture(80, 24);
        let narrow = scene.picture(50, 14);
        scene.write("носф");
        let found = scene.picture(80, 14);
        format!("{wide}\n{narrow}\n{found}")
    });
}

#[test]
fn a_long_gallery_says_what_is_in_sight_and_marks_ones_own_rooms() {
    let rooms: Vec<RoomCard> = (1..=100)
        .map(|number| card(&format!("room-{number}"), None, 3, None))
        .collect();
    let own = Event::OwnRooms {
        server: "http://watch.example.org".to_owned(),
        rooms: vec!["room-9", "room-12"]
            .into_iter()
            .map(|room| RoomId::parse(room).unwrap())
            .collect(),
    };
    assert_pictures!("a_long_gallery", |language| {
        let mut scene = gallery(Some(Ok(rooms.clone()))).in_language(language);
        scene.story.on(own.clone());
        let top = scene.picture(80, 16);
        scene.key(Key::PageDown);
        let below = scene.picture(80, 16);
        scene.key(Key::End);
        let end = scene.picture(80, 16);
        scene.key(Key::Home);
        assert_eq!(scene.picture(80, 16), top);
        format!("{top}\n{below}\n{end}")
    });
}

#[test]
fn the_words_of_a_search_are_found_in_any_order() {
    let rooms = vec![
        card(
            "movie-night",
            Some("Кино по пятницам"),
            5,
            Some(("Night of the Living Dead", 0.0)),
        ),
        card("night-owls", None, 41, Some(("Dead Man", 0.0))),
        card("lofi", None, 19, None),
    ];
    for (search, found) in [
        ("dead night", 2),
        ("КИНО night", 1),
        ("  owls   dead ", 1),
        ("lofi dead", 0),
    ] {
        let mut scene = gallery(Some(Ok(rooms.clone())));
        scene.write(search);
        let shown = scene.story.app.screen().unwrap().gallery().shown().len();
        assert_eq!(shown, found, "{search}");
    }
}

#[test]
fn a_gallery_that_is_asked_for_says_how_often() {
    assert_pictures!("a_gallery_that_is_asked_for_says_how_often", |language| {
        let mut scene = gallery(Some(Ok(vec![card("lofi", None, 19, None)])));
        scene.story.on(Event::RoomsFeed {
            server: "http://watch.example.org".to_owned(),
            news: FeedNews::Ended,
        });
        scene.in_language(language).picture(80, 12)
    });
}

#[test]
fn a_gallery_without_rooms_says_what_to_do() {
    assert_pictures!("a_gallery_without_rooms_says_what_to_do", |language| {
        let shown = |answer| gallery(answer).in_language(language).picture(80, 12);
        let asking = shown(None);
        let empty = shown(Some(Ok(Vec::new())));
        let fault =
            RoomsFault::Unreachable(SystemFault::Known(ErrorKind::ConnectionRefused).into());
        let away = shown(Some(Err(fault)));
        format!("{asking}\n{empty}\n{away}")
    });
}

/// A room's card with all that a server of today sends, of the same title as the others.
fn full_card(id: &str, viewers: u32, extra: &serde_json::Value) -> RoomCard {
    let mut card = serde_json::json!({
        "id": id, "title": "Кино по пятницам", "viewers": viewers, "since": 1.0,
        "playing": {
            "kind": "YouTube", "title": "Night of the Living Dead (1968)", "position": 2530.0,
            "duration": 5720.0, "rate": 1.0, "paused": false, "live": false
        },
        "admin": "Вера", "waits": true,
        "next": {"kind": "WebM", "title": "Steamboat Willie", "duration": 467.0}
    });
    let fields = card.as_object_mut().unwrap();
    fields.extend(extra.as_object().unwrap().clone());
    serde_json::from_value(card).unwrap()
}

#[test]
fn rooms_of_one_title_are_told_apart_and_a_wide_list_says_more() {
    let rooms = vec![
        full_card("films-on-friday-10", 12, &serde_json::json!({})),
        full_card("films-on-friday-2", 7, &serde_json::json!({"admin": null})),
        full_card(
            "premiere",
            4,
            &serde_json::json!({"title": "Премьера", "lobby": {"starts": null, "ready": 3}}),
        ),
        full_card(
            "matinee",
            3,
            &serde_json::json!({"title": "映画の夜 🍿", "lobby": {"starts": 75_000.0}}),
        ),
        card("lofi", None, 2, None),
    ];
    let own = Event::OwnRooms {
        server: "http://watch.example.org".to_owned(),
        rooms: vec![RoomId::parse("films-on-friday-2").unwrap()],
    };
    let shown = |language, columns, rows| {
        let mut scene = gallery(Some(Ok(rooms.clone()))).in_language(language);
        scene.story.on(own.clone());
        scene.picture(columns, rows)
    };
    assert_pictures!("the_gallery_with_shared_titles", |language| format!(
        "{}\n{}\n{}",
        shown(language, 80, 14),
        shown(language, 120, 18),
        shown(language, 200, 18)
    ));
}

#[test]
fn what_went_wrong_looks_like_it_and_is_read_whole() {
    for (in_prompt, text, columns) in [
        (false, "https://exa mple/r/", 44),
        (true, "movie-night#", 80),
    ] {
        let mut scene = gallery(Some(Ok(Vec::new())));
        if in_prompt {
            scene.story.on(Event::Key(KeyPress {
                ctrl: true,
                ..KeyPress::plain(Key::Char('n'))
            }));
        }
        scene.write(text);
        scene.key(Key::Enter);
        let toast = scene.story.app.screen().unwrap().toast().cloned().unwrap();
        let told = dialogs::toast(Language::English, toast.content(), &KeyMap::default());
        let shown = scene.picture(columns, 20);
        let words = |text: &str| {
            let words = text.split_whitespace().filter(|word| *word != "│");
            words.map(str::to_owned).collect::<Vec<_>>()
        };
        let (shown, expected) = (words(&shown), words(&format!("✕ {told}")));
        let is_whole = shown.windows(expected.len()).any(|words| words == expected);
        assert!(is_whole, "{expected:?} in {shown:?}");
    }
}
