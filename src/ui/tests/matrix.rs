//! Each screen with nothing in it, ordinary, full, and in wide emoji and Cyrillic; each in a
//! usual, a wide and a narrow terminal. A picture holds one screen in one of these states.

use strum::IntoEnumIterator;

use super::gallery::gallery;
use super::{Scene, picture};
use crate::app::event::Event;
use crate::app::key::{Key, KeyPress};
use crate::app::screen::tests::evening;
use crate::app::tests::{ALICE, ME, Server, member};
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::MemberId;
use crate::protocol::lobby::StartRule;
use crate::protocol::member::Role;
use crate::protocol::playback::EntryState;
use crate::protocol::text::Title;
use crate::protocol::time::Span;
use crate::test_support::{entry, learned};
use crate::texts::language::Language;
use crate::wire::message::{Health, HealthDigest, HealthState, ServerMsg};
use crate::wire::pages::RoomCard;

/// What people and things are called.
struct Words {
    title: &'static str,
    media_title: &'static str,
    names: [&'static str; 3],
    talk: [&'static str; 3],
}

const LATIN: Words = Words {
    title: "Friday films",
    media_title: "Steamboat Willie",
    names: ["Vera", "Dmitri", "Lena"],
    talk: [
        "welcome! we are in the farmhouse",
        "at last",
        "@Boris do not open that door",
    ],
};

const EMOJI: Words = Words {
    title: "🎬🍿 映画の夜 👨‍👩‍👧‍👦",
    media_title: "🧟‍♀️ 夜の生ける死者たち 🏚️🏚️🏚️ 完全版",
    names: ["🦊", "李小龍", "👩🏽‍🚀 Ada"],
    talk: [
        "😱😱😱😱😱😱😱😱😱😱😱😱😱😱😱😱😱😱😱😱😱😱😱😱😱😱😱😱",
        "彼女は地下室にいるべきだった、私はそう言いました、映画の夜",
        "👍🏽 ❤️ 🇩🇪 e\u{301} 👩‍👩‍👦",
    ],
};

const CYRILLIC: Words = Words {
    title: "Кино по пятницам",
    media_title: "Носферату, симфония ужаса",
    names: ["Вера", "Дмитрий Сергеевич", "Лена"],
    talk: [
        "наконец-то все здесь, можно начинать",
        "не открывай эту дверь, пожалуйста",
        "@Boris ёжик в тумане, щука, объём",
    ],
};

fn titled(text: &str) -> Option<Title> {
    Title::parse(text).ok()
}

/// A room of these words; with media on, or without.
fn room(words: &Words, plays: bool) -> Scene {
    let mut server = if plays {
        evening(Role::Admin)
    } else {
        Server::with(Role::Admin)
    };
    server.happen(RoomEvent::Titled {
        title: titled(words.title),
    });
    if plays {
        let epoch = server.room().timeline.epoch;
        let length = Some(Span::seconds(5_720));
        server.happen(learned(epoch, titled(words.media_title), length));
    }
    for (number, state) in [(11, EntryState::Approved), (12, EntryState::Proposed)] {
        let mut entry = entry(number, state);
        entry.title = titled(words.media_title);
        entry.duration = Some(Span::seconds(467));
        server.happen(RoomEvent::Queued { entry });
    }
    let joined = (3..).zip(words.names);
    let joined = joined.map(|(id, called)| member(MemberId(id), called, Role::Viewer));
    server.happen(RoomEvent::Presence {
        joined: joined.collect(),
        left: Vec::new(),
        count: 5,
        large: None,
    });
    let mut scene = Scene::of(server);
    for ((id, called), text) in (3..).zip(words.names).zip(words.talk) {
        scene.say(MemberId(id), called, text);
    }
    scene.healthy();
    scene
}

/// A room with more of everything than any pane holds.
fn full(plays: bool) -> Scene {
    let mut scene = room(&LATIN, plays);
    let joined = (10..60).map(|id| member(MemberId(id), &format!("Guest {id}"), Role::Viewer));
    let crowd = scene.server.happen(RoomEvent::Presence {
        joined: joined.collect(),
        left: Vec::new(),
        count: 55,
        large: None,
    });
    let queued = (20..50).map(|number| RoomEvent::Queued {
        entry: entry(number, EntryState::Approved),
    });
    let mut facts = vec![crowd];
    for event in queued.collect::<Vec<_>>() {
        facts.push(scene.server.happen(event));
    }
    scene.story.facts(facts);
    for number in 1..60 {
        let text = format!("line {number} of a long talk about what she will find in the cellar");
        scene.say(ALICE, "Alice", &text);
    }
    let lags = |id: i64| Health {
        state: HealthState::CatchingUp,
        error: Some(Span::millis(id * 10)),
        buffered: Some(Span::seconds(id)),
        round_trip: Some(Span::millis(id)),
        ..Health::default()
    };
    let worst = (10..30_u64).map(|id| (MemberId(id), lags(i64::try_from(id).unwrap())));
    scene.story.receive(ServerMsg::Health(HealthDigest {
        worst: worst.chain([(ME, lags(1))]).collect(),
        ..HealthDigest::default()
    }));
    scene
}

/// The same screen in the three sizes.
fn sizes(scene: &Scene) -> String {
    let app = &scene.story.app;
    let [usual, wide, narrow] =
        [(80, 24), (120, 40), (48, 16)].map(|(columns, rows)| picture(app, columns, rows));
    format!("{usual}\n{wide}\n{narrow}")
}

#[test]
fn watching() {
    assert_pictures!("watch_ordinary", |language| sizes(
        &room(&LATIN, true).in_language(language)
    ));
    assert_pictures!("watch_full", |language| sizes(
        &full(true).in_language(language)
    ));
    assert_pictures!("watch_emoji", |language| sizes(
        &room(&EMOJI, true).in_language(language)
    ));
    assert_pictures!("watch_cyrillic", |language| sizes(
        &room(&CYRILLIC, true).in_language(language)
    ));
}

/// What is needed first is named in a narrow terminal too: how to send, the panes, the gallery, the
/// help.
#[test]
fn the_narrow_status_line_names_the_same_keys_in_each_language() {
    for language in Language::iter() {
        let narrow = Scene::quiet().in_language(language).picture(48, 16);
        let status = narrow.lines().last().unwrap();
        for key in ["⏎ ", "Tab ", "F2 ", "F1 "] {
            assert!(status.contains(key), "{status}");
        }
    }
}

#[test]
fn waiting() {
    assert_pictures!("waiting_empty", |language| sizes(
        &Scene::quiet().in_language(language)
    ));
    assert_pictures!("waiting_ordinary", |language| sizes(
        &room(&LATIN, false).in_language(language)
    ));
    assert_pictures!("waiting_full", |language| sizes(
        &full(false).in_language(language)
    ));
    assert_pictures!("waiting_emoji", |language| sizes(
        &room(&EMOJI, false).in_language(language)
    ));
    assert_pictures!("waiting_cyrillic", |language| sizes(
        &room(&CYRILLIC, false).in_language(language)
    ));
}

#[test]
fn help() {
    let opened = |language| {
        let mut scene = Scene::quiet().in_language(language);
        scene.key(Key::F(1));
        scene
    };
    assert_pictures!("help", |language| sizes(&opened(language)));
    assert_pictures!("help_small_and_huge", |language| {
        let scene = opened(language);
        format!("{}\n{}", scene.picture(60, 16), scene.picture(200, 60))
    });
    assert_pictures!("help_at_its_end", |language| {
        let mut scene = opened(language);
        for _ in 0..200 {
            scene.key(Key::PageDown);
        }
        sizes(&scene)
    });
}

#[test]
fn health() {
    let opened = |scene: Scene, language| {
        let mut scene = scene.in_language(language);
        scene.key(Key::F(4));
        sizes(&scene)
    };
    assert_pictures!("health_empty", |language| opened(Scene::quiet(), language));
    assert_pictures!("health_ordinary", |language| opened(
        room(&LATIN, true),
        language
    ));
    assert_pictures!("health_full", |language| opened(full(true), language));
    assert_pictures!("health_emoji", |language| opened(
        room(&EMOJI, true),
        language
    ));
    assert_pictures!("health_cyrillic", |language| opened(
        room(&CYRILLIC, true),
        language
    ));
}

/// The list of commands over the line, and the list of everything.
#[test]
fn lists() {
    let opened = |scene: Scene, language| {
        let mut scene = scene.in_language(language);
        scene.write("/");
        let commands = scene.picture(48, 16);
        scene.story.on(Event::Key(KeyPress::ctrl('c')));
        scene.key(Key::F(5));
        format!("{commands}\n{}", sizes(&scene))
    };
    assert_pictures!("lists_empty", |language| opened(Scene::quiet(), language));
    assert_pictures!("lists_full", |language| {
        let mut scene = full(true).in_language(language);
        scene.key(Key::F(5));
        scene.write("#2");
        let found = scene.picture(80, 24);
        format!("{found}\n{}", opened(full(true), language))
    });
    assert_pictures!("lists_emoji", |language| opened(
        room(&EMOJI, true),
        language
    ));
}

#[test]
fn cinema() {
    let entered = |scene: Scene, language| {
        let mut scene = scene.in_language(language);
        scene.key(Key::F(6));
        scene.story.pass(Span::seconds(7));
        sizes(&scene)
    };
    assert_pictures!("cinema_empty", |language| entered(Scene::quiet(), language));
    assert_pictures!("cinema_full", |language| entered(full(true), language));
    assert_pictures!("cinema_emoji", |language| entered(
        room(&EMOJI, true),
        language
    ));
}

#[test]
fn lobby() {
    let waiting = |scene: Scene, language| {
        let mut scene = scene.in_language(language);
        scene.wait_in_the_lobby(StartRule::AllReady);
        sizes(&scene)
    };
    assert_pictures!("lobby_full", |language| waiting(full(true), language));
    assert_pictures!("lobby_emoji", |language| waiting(
        room(&EMOJI, true),
        language
    ));
}

/// A card with everything that a server sends.
fn whole_card(words: &Words, id: &str, viewers: u32) -> RoomCard {
    serde_json::from_value(serde_json::json!({
        "id": id, "title": words.title, "viewers": viewers, "since": 1.0,
        "playing": {
            "kind": "YouTube", "title": words.media_title, "position": 2530.0, "duration": 5720.0,
            "rate": 1.0, "paused": false, "live": false
        },
        "admin": words.names[0], "waits": true,
        "next": {"kind": "WebM", "title": words.media_title, "duration": 467.0}
    }))
    .unwrap()
}

#[test]
fn live_rooms() {
    let shown = |rooms: Vec<RoomCard>, language| gallery(Some(Ok(rooms))).in_language(language);
    let of = |words: &Words, language| {
        let rooms = vec![whole_card(words, "movie-night", 5)];
        sizes(&shown(rooms, language))
    };
    assert_pictures!("gallery_empty", |language| sizes(&shown(
        Vec::new(),
        language
    )));
    assert_pictures!("gallery_ordinary", |language| of(&LATIN, language));
    assert_pictures!("gallery_emoji", |language| of(&EMOJI, language));
    assert_pictures!("gallery_cyrillic", |language| of(&CYRILLIC, language));
    assert_pictures!("gallery_full", |language| {
        let many = (0..60).map(|number| whole_card(&LATIN, &format!("room-{number}"), 60 - number));
        let mut crowd = shown(many.collect(), language);
        for _ in 0..40 {
            crowd.key(Key::Down);
        }
        sizes(&crowd)
    });
}

/// The room's time runs on between two answers of the server, and so does what is shown.
#[test]
fn the_times_of_live_rooms_run_by_themselves() {
    let mut scene = gallery(Some(Ok(vec![whole_card(&LATIN, "movie-night", 5)])));
    assert!(scene.picture(120, 24).contains("You'd join at 42:10"));
    scene.story.pass(Span::seconds(2));
    assert!(scene.picture(120, 24).contains("You'd join at 42:12"));
    let bar = |text: &str| text.matches('━').count();
    let before = bar(&scene.picture(120, 24));
    scene.story.pass(Span::seconds(1_200));
    assert!(bar(&scene.picture(120, 24)) > before);
}
