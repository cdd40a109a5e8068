//! mpv's window: its title, and the keys that are taken in it, in a real mpv.

use serde_json::json;

use super::rig::{Rig, config};
use crate::player::test_http::{ClipServer, clip};
use crate::protocol::time::Position;
use crate::sync::player::{
    LineKey, PlayerCommand, PlayerEvent, WindowEvent, WindowKey, WindowKeys,
};

const VIEWER: WindowKeys = WindowKeys {
    takes_pause: true,
    writes: false,
};

/// Takes keys, and waits until mpv knows of them.
async fn take(rig: &Rig, keys: WindowKeys, known: &str) {
    rig.send(PlayerCommand::TakeKeys(keys));
    takes_keys(rig, known).await;
}

/// Waits until mpv takes keys by the bindings of this section.
async fn takes_keys(rig: &Rig, known: &str) {
    let mut hand = rig.hand();
    loop {
        let bindings = hand.ask(&json!(["get_property", "input-bindings"]));
        let mut bindings = bindings.as_array().unwrap().iter();
        if bindings.any(|binding| binding["section"] == known && binding["priority"] != -1) {
            return;
        }
        tokio::task::yield_now().await;
    }
}

/// The next key that is reported.
async fn key(rig: &mut Rig) -> WindowKey {
    rig.until("Key", |event| match event {
        PlayerEvent::Window(WindowEvent::Key(key)) => Some(key.clone()),
        _ => None,
    })
    .await
}

#[tokio::test]
async fn mpv_reports_the_keys_that_nobody_bound_and_leaves_the_members_own() {
    let (folder, mut config) = config();
    let own = folder.path().join("input.conf");
    std::fs::write(&own, "2 set volume 33\nSPACE ignore\n").unwrap();
    config
        .extra_args
        .push(format!("--input-conf={}", own.display()));
    let mut rig = Rig::with(folder, config);
    rig.ready().await;
    take(&rig, VIEWER, "watchtogether").await;
    let mut hand = rig.hand();
    for pressed in ["SPACE", "2", "3", "TAB", "ENTER"] {
        hand.ask(&json!(["keypress", pressed]));
    }
    assert_eq!(key(&mut rig).await, WindowKey::React(3));
    assert_eq!(key(&mut rig).await, WindowKey::SyncState);
    assert_eq!(key(&mut rig).await, WindowKey::Write);
    assert_eq!(hand.ask(&json!(["get_property", "volume"])), 33.0);
}

#[tokio::test]
async fn mpv_takes_space_from_its_own_pause_for_who_may_not() {
    let mut rig = Rig::start();
    rig.ready().await;
    take(&rig, VIEWER, "watchtogether").await;
    let mut hand = rig.hand();
    hand.ask(&json!(["keypress", "SPACE"]));
    assert_eq!(key(&mut rig).await, WindowKey::Pause);
    assert_eq!(hand.ask(&json!(["get_property", "pause"])), false);
}

#[tokio::test]
async fn mpv_types_any_script_into_the_line_and_nothing_else_happens() {
    let mut rig = Rig::start();
    rig.ready().await;
    let writing = WindowKeys {
        writes: true,
        ..VIEWER
    };
    take(&rig, VIEWER, "watchtogether").await;
    let mut hand = rig.hand();
    // mpv opens the line by itself, so that the first letters belong to it as well. A person is
    // slower than it looks at its keys; this test is not.
    hand.ask(&json!(["keypress", "ENTER"]));
    takes_keys(&rig, "watchtogether-line").await;
    for pressed in ["q", "a"] {
        hand.ask(&json!(["keypress", pressed]));
    }
    let typed = |text: &str| LineKey::Text(text.to_owned());
    assert_eq!(key(&mut rig).await, WindowKey::Write);
    assert_eq!(key(&mut rig).await, WindowKey::Line(typed("q")));
    assert_eq!(key(&mut rig).await, WindowKey::Line(typed("a")));
    take(&rig, writing, "watchtogether-line").await;
    for pressed in [
        "я",
        "q",
        "SPACE",
        "1",
        "KP5",
        "BS",
        "UP",
        "Ctrl+LEFT",
        "Alt+f",
        "ESC",
    ] {
        hand.ask(&json!(["keypress", pressed]));
    }
    for expected in [
        typed("я"),
        typed("q"),
        typed(" "),
        typed("1"),
        typed("5"),
        LineKey::Erase,
        LineKey::WordLeft,
        LineKey::WordRight,
        LineKey::Close,
    ] {
        assert_eq!(key(&mut rig).await, WindowKey::Line(expected));
    }
    // Another mpv knows nothing of it.
    rig.send(PlayerCommand::TakeKeys(VIEWER));
    rig.send(PlayerCommand::Quit);
    while rig.events.recv().await.is_some() {}
}

/// Values of mpv that a key may change, besides its options.
const STATE: &[&str] = &[
    "time-pos",
    "pause",
    "speed",
    "volume",
    "mute",
    "fullscreen",
    "playlist-pos",
    "current-window-scale",
    "track-list",
];

/// All options of mpv with their values, and what else a key may change.
fn everything(hand: &mut super::rig::Hand) -> Vec<(String, serde_json::Value)> {
    let names = hand.ask(&json!(["get_property", "options"]));
    let names = names.as_array().unwrap().iter();
    let options = names.map(|name| format!("options/{}", name.as_str().unwrap()));
    let state = STATE.iter().map(|&name| name.to_owned());
    let mut found = Vec::new();
    for name in options.chain(state) {
        if let Some(value) = hand.try_ask(&json!(["get_property", name])) {
            found.push((name, value));
        }
    }
    found
}

#[tokio::test]
async fn no_key_acts_on_the_player_while_a_line_is_written() {
    let server = ClipServer::start(&[("a.mp4", clip(20, false))]).await;
    let (folder, mut config) = config();
    let own = folder.path().join("input.conf");
    // Nobody binds it: the member's own acts at any time.
    std::fs::write(&own, "F12 set volume 33\n").unwrap();
    config
        .extra_args
        .push(format!("--input-conf={}", own.display()));
    let mut rig = Rig::with(folder, config);
    rig.ready().await;
    rig.open(7, &server.link("a.mp4"), Position::seconds(5), true);
    rig.restarted().await;
    let writing = WindowKeys {
        writes: true,
        ..VIEWER
    };
    take(&rig, writing, "watchtogether-line").await;
    let mut hand = rig.hand();
    let bindings = hand.ask(&json!(["get_property", "input-bindings"]));
    let weak = bindings.as_array().unwrap().iter().filter(|binding| {
        binding["section"] == "default" && binding["is_weak"] == true && binding["priority"] != -1
    });
    let keys = weak.map(|binding| binding["key"].as_str().unwrap());
    let keys: Vec<&str> = keys.filter(|key| *key != "CLOSE_WIN").collect();
    assert!(keys.len() > 100, "{keys:?}");
    let before = everything(&mut hand);
    for pressed in keys {
        hand.ask(&json!(["keypress", pressed]));
        // Keys are handled in their order: once this letter is reported, all before it were.
        hand.ask(&json!(["keypress", "ъ"]));
        while key(&mut rig).await != WindowKey::Line(LineKey::Text("ъ".to_owned())) {}
        let quick = ["time-pos", "pause"].map(|name| (name, json!(["get_property", name])));
        for (name, command) in quick {
            let (_, value) = before.iter().find(|(known, _)| known == name).unwrap();
            assert_eq!(hand.ask(&command), *value, "{name} after {pressed}");
        }
    }
    for (was, is) in before.iter().zip(everything(&mut hand)) {
        assert_eq!(*was, is);
    }
    hand.ask(&json!(["keypress", "F12"]));
    hand.ask(&json!(["keypress", "ъ"]));
    while key(&mut rig).await != WindowKey::Line(LineKey::Text("ъ".to_owned())) {}
    assert_eq!(hand.ask(&json!(["get_property", "volume"])), 33.0);
}

#[tokio::test]
async fn mpv_shows_a_title_as_it_stands() {
    let mut rig = Rig::start();
    rig.ready().await;
    let title = "${pid} ${osd-width} $> ночь · movie-night";
    rig.send(PlayerCommand::SetTitle(title.to_owned()));
    let mut hand = rig.hand();
    let shown = loop {
        let set = hand.ask(&json!(["get_property", "title"]));
        if set.as_str().unwrap().contains("movie-night") {
            break hand.ask(&json!(["expand-text", set]));
        }
        tokio::task::yield_now().await;
    };
    assert_eq!(shown, title);
}
