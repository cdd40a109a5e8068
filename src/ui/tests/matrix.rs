//! Each screen with nothing in it, ordinary, full, and in wide emoji and Cyrillic; each in a
//! usual, a wide and a narrow terminal. A picture holds one screen in one of these states.

use super::gallery::gallery;
use super::{Scene, picture};
use crate::app::key::Key;
use crate::app::screen::tests::evening;
use crate::app::tests::{ALICE, ME, Server, member};
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::MemberId;
use crate::protocol::member::Role;
use crate::protocol::playback::EntryState;
use crate::protocol::text::Title;
use crate::protocol::time::Span;
use crate::test_support::entry;
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
        server.happen(RoomEvent::Learned {
            epoch: server.room().timeline.epoch,
            title: titled(words.media_title),
            duration: Some(Span::seconds(5_720)),
            live: false,
            length_is_set: false,
            length_by_viewers: false,
            title_by_viewers: false,
            players_length: None,
            begins: None,
        });
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
    insta::assert_snapshot!("watch_ordinary", sizes(&room(&LATIN, true)));
    insta::assert_snapshot!("watch_full", sizes(&full(true)));
    insta::assert_snapshot!("watch_emoji", sizes(&room(&EMOJI, true)));
    insta::assert_snapshot!("watch_cyrillic", sizes(&room(&CYRILLIC, true)));
}

#[test]
fn waiting() {
    insta::assert_snapshot!("waiting_empty", sizes(&Scene::quiet()));
    insta::assert_snapshot!("waiting_ordinary", sizes(&room(&LATIN, false)));
    insta::assert_snapshot!("waiting_full", sizes(&full(false)));
    insta::assert_snapshot!("waiting_emoji", sizes(&room(&EMOJI, false)));
    insta::assert_snapshot!("waiting_cyrillic", sizes(&room(&CYRILLIC, false)));
}

#[test]
fn help() {
    let mut scene = Scene::quiet();
    scene.key(Key::F(1));
    insta::assert_snapshot!("help", sizes(&scene));
    for _ in 0..200 {
        scene.key(Key::PageDown);
    }
    insta::assert_snapshot!("help_at_its_end", sizes(&scene));
}

#[test]
fn health() {
    let opened = |mut scene: Scene| {
        scene.key(Key::F(4));
        sizes(&scene)
    };
    insta::assert_snapshot!("health_empty", opened(Scene::quiet()));
    insta::assert_snapshot!("health_ordinary", opened(room(&LATIN, true)));
    insta::assert_snapshot!("health_full", opened(full(true)));
    insta::assert_snapshot!("health_emoji", opened(room(&EMOJI, true)));
    insta::assert_snapshot!("health_cyrillic", opened(room(&CYRILLIC, true)));
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
    let of = |words: &Words| {
        sizes(&gallery(Some(Ok(vec![whole_card(
            words,
            "movie-night",
            5,
        )]))))
    };
    insta::assert_snapshot!("gallery_empty", sizes(&gallery(Some(Ok(Vec::new())))));
    insta::assert_snapshot!("gallery_ordinary", of(&LATIN));
    insta::assert_snapshot!("gallery_emoji", of(&EMOJI));
    insta::assert_snapshot!("gallery_cyrillic", of(&CYRILLIC));
    let many = (0..60).map(|number| whole_card(&LATIN, &format!("room-{number}"), 60 - number));
    let mut crowd = gallery(Some(Ok(many.collect())));
    for _ in 0..40 {
        crowd.key(Key::Down);
    }
    insta::assert_snapshot!("gallery_full", sizes(&crowd));
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
