//! How media is opened: where it starts, and what may open in its place.

use serde_json::{Value, json};

use super::{FIRST, LATER, LINK, Scene, end, replaced};
use crate::media::direct::Container;
use crate::player::actions::{Actions, Purpose};
use crate::player::event::{MpvEvent, Observed};
use crate::player::loaded_media::OpenTarget;
use crate::protocol::ids::Epoch;
use crate::protocol::time::{LocalTime, Position};
use crate::sync::player::{MediaProblem, PlayerCommand, PlayerEvent};

#[test]
fn a_load_sets_where_it_stands_before_it_opens() {
    let actions = Scene::new().open(1);
    let commands: Vec<_> = actions
        .asks
        .into_iter()
        .map(|(_, command)| command)
        .collect();
    let expected = [
        json!(["set_property", "pause", false]),
        json!(["set_property", "start", "none"]),
        json!(["set_property", "demuxer", "lavf"]),
        json!(["loadfile", LINK]),
    ];
    assert_eq!(commands, expected);
}

#[test]
fn the_loads_own_seek_is_nobodys_and_later_ones_are_reported() {
    let mut scene = Scene::new();
    scene.open(1);
    scene.number(1, 1);
    scene.event(MpvEvent::StartFile { entry: 1 });
    assert_eq!(scene.event(MpvEvent::Seek).events, []);
    scene.event(MpvEvent::PlaybackRestart);
    assert_eq!(
        scene.seek_later().events,
        [PlayerEvent::SeekBegan { at: LATER }]
    );
}

#[test]
fn reports_of_older_media_are_dropped() {
    let mut scene = Scene::new();
    scene.play(1, 1);
    scene.open(2);
    assert_eq!(scene.event(MpvEvent::PlaybackRestart).events, []);
    assert_eq!(scene.property(Observed::AtEnd, json!(true)), []);
    assert_eq!(scene.facts(1, LINK).events, []);
    scene.number(2, 2);
    assert_eq!(scene.event(end(1, "stop")).events, []);
    assert_eq!(
        scene.event(MpvEvent::StartFile { entry: 1 }).events,
        [],
        "told late"
    );
    assert_eq!(scene.event(MpvEvent::Seek).events, []);
    scene.event(MpvEvent::StartFile { entry: 2 });
    let reported = scene.facts(2, LINK).events;
    assert!(
        matches!(
            reported[..],
            [PlayerEvent::Loaded {
                epoch: Epoch(2),
                ..
            }]
        ),
        "{reported:?}"
    );
}

#[test]
fn a_load_that_ends_before_its_number_is_known_has_failed() {
    let mut scene = Scene::new();
    scene.open(1);
    scene.event(MpvEvent::StartFile { entry: 1 });
    assert!(scene.event(end(1, "error")).asks.is_empty());
    let actions = scene.number(1, 1);
    let [(purpose @ Purpose::Complaints(1, _), _)] = &actions.asks[..] else {
        panic!("{actions:?}")
    };
    let reported = scene.all_in(purpose.clone(), Ok(json!(7))).events;
    let reason = "loading failed".to_owned();
    let problem = MediaProblem::Player { reason };
    assert_eq!(
        reported,
        [PlayerEvent::Failed {
            epoch: Epoch(1),
            problem
        }]
    );
}

#[test]
fn a_load_that_mpv_does_not_take_has_failed() {
    let mut scene = Scene::new();
    scene.open(1);
    let reported = scene
        .answer(
            Purpose::LoadFile(FIRST),
            Err("invalid parameter".to_owned()),
        )
        .events;
    assert!(
        matches!(
            reported[..],
            [PlayerEvent::Failed {
                epoch: Epoch(1),
                ..
            }]
        ),
        "{reported:?}"
    );
}

#[test]
fn what_opens_in_place_of_the_media_is_stopped_and_reported_once() {
    let mut scene = Scene::new();
    scene.play(1, 1);
    let actions = scene.event(MpvEvent::StartFile { entry: 2 });
    assert_eq!(actions.events, [replaced(1)]);
    assert!(
        actions
            .asks
            .iter()
            .any(|(_, command)| command == &json!(["stop"]))
    );
    assert_eq!(scene.event(end(1, "stop")).events, []);

    let mut scene = Scene::new();
    scene.open(1);
    scene.number(1, 1);
    assert_eq!(scene.event(end(1, "redirect")).events, [replaced(1)]);
    assert_eq!(scene.event(MpvEvent::StartFile { entry: 2 }).events, []);

    let mut scene = Scene::new();
    scene.open(1);
    scene.number(1, 1);
    scene.event(MpvEvent::StartFile { entry: 1 });
    assert_eq!(scene.facts(1, "file:///etc/passwd").events, [replaced(1)]);
}

/// Orders an HLS list to be opened at `start`; mpv has answered with its entry.
fn open_list(start: Position) -> (Scene, Actions) {
    let mut scene = Scene::new();
    let target = OpenTarget::direct(LINK.to_owned(), Container::M3u8);
    let actions = scene.observer.open(Epoch(1), target, start, true);
    scene.number(1, 1);
    scene.event(MpvEvent::StartFile { entry: 1 });
    scene.event(MpvEvent::FileLoaded);
    (scene, actions)
}

fn seek_of(actions: &Actions) -> Vec<&Value> {
    let asks = actions.asks.iter();
    let seeks = asks.filter(|(purpose, _)| matches!(purpose, Purpose::Landing(_)));
    seeks.map(|(_, command)| command).collect()
}

#[test]
fn a_list_is_opened_at_its_start_and_sought_once_after_its_first_picture() {
    let (mut scene, actions) = open_list(Position::seconds(20));
    let start = json!(["set_property", "start", "none"]);
    assert!(actions.asks.iter().any(|(_, command)| command == &start));
    let actions = scene.list_facts(1, true);
    assert!(seek_of(&actions).is_empty(), "it shows nothing yet");
    let actions = scene.event(MpvEvent::PlaybackRestart);
    assert_eq!(
        seek_of(&actions),
        [&json!(["seek", 20.0, "absolute+exact"])]
    );
    assert_eq!(actions.events, []);
    // The first picture's time, reported late.
    assert!(scene.event(MpvEvent::PlaybackRestart).asks.is_empty());
    scene.answer(Purpose::Landing(FIRST), Ok(Value::Null));
    assert_eq!(scene.event(MpvEvent::Seek).events, [], "the load's own");
    let actions = scene.event(MpvEvent::PlaybackRestart);
    assert!(
        actions
            .asks
            .iter()
            .any(|(purpose, _)| purpose == &Purpose::RestartedAt)
    );
    let reported = scene.answer(Purpose::RestartedAt, Ok(json!(20.02))).events;
    let position = Position::from_seconds(20.02);
    let landed = PlayerEvent::PlaybackRestarted {
        position,
        at: LocalTime(2_000),
    };
    assert_eq!(reported[0], landed);
}

#[test]
fn a_list_whose_first_picture_comes_before_it_is_known_is_sought_then() {
    let (mut scene, _) = open_list(Position::seconds(20));
    let actions = scene.event(MpvEvent::PlaybackRestart);
    assert!(actions.asks.is_empty(), "it may be live");
    assert_eq!(seek_of(&scene.list_facts(1, true)).len(), 1);
}

#[test]
fn a_list_that_cannot_be_sought_in_stands_where_it_opened() {
    let (mut scene, _) = open_list(Position::seconds(20));
    scene.list_facts(1, false);
    let actions = scene.event(MpvEvent::PlaybackRestart);
    assert!(seek_of(&actions).is_empty());
    assert!(
        actions
            .asks
            .iter()
            .any(|(purpose, _)| purpose == &Purpose::RestartedAt)
    );

    let (mut scene, _) = open_list(Position::seconds(20));
    scene.list_facts(1, true);
    scene.event(MpvEvent::PlaybackRestart);
    let refused = Err("error running command".to_owned());
    let actions = scene.answer(Purpose::Landing(FIRST), refused);
    assert!(
        actions
            .asks
            .iter()
            .any(|(purpose, _)| purpose == &Purpose::RestartedAt)
    );
}

/// A file from a server without ranges can be sought in as far as it is cached.
#[test]
fn what_stands_where_it_opened_is_sought_in_later() {
    for (format, container) in [("mpegts", Container::Ts), ("hls", Container::M3u8)] {
        let mut scene = Scene::new();
        let target = OpenTarget::direct(LINK.to_owned(), container);
        let start = Position::seconds(20);
        scene.observer.open(Epoch(1), target, start, true);
        scene.number(1, 1);
        scene.event(MpvEvent::StartFile { entry: 1 });
        scene.event(MpvEvent::FileLoaded);
        scene.facts_of(1, LINK, format, false);
        scene.event(MpvEvent::PlaybackRestart);
        let order = PlayerCommand::Seek(Position::seconds(12));
        let actions = scene.observer.command(order);
        let seek = json!(["seek", 12.0, "absolute+exact"]);
        let ordered = actions.asks.iter().any(|(_, command)| command == &seek);
        assert!(ordered, "{format}: {actions:?}");
    }
}

#[test]
fn a_seek_that_comes_before_the_landing_changes_where_to() {
    let (mut scene, _) = open_list(Position::seconds(20));
    scene.list_facts(1, true);
    let order = PlayerCommand::Seek(Position::seconds(25));
    assert!(scene.observer.command(order).asks.is_empty());
    let actions = scene.event(MpvEvent::PlaybackRestart);
    assert_eq!(
        seek_of(&actions),
        [&json!(["seek", 25.0, "absolute+exact"])]
    );
}

#[test]
fn only_a_transport_stream_is_decoded_from_further_back() {
    let mut scene = Scene::new();
    let has_look_back = |actions: &Actions| {
        let asks = actions.asks.iter();
        let mut values = asks.filter(|(_, command)| command[1] == "hr-seek-demuxer-offset");
        values.next().map(|(_, command)| command[2].clone())
    };
    let mut open = |epoch, format: &str| {
        scene.open(epoch);
        scene.number(epoch, epoch);
        scene.event(MpvEvent::StartFile { entry: epoch });
        has_look_back(&scene.facts_of(epoch, LINK, format, true))
    };
    assert_eq!(open(1, "mkv"), None, "as mpv begins");
    assert_eq!(open(2, "mpegts"), Some(json!(12.0)));
    assert_eq!(open(3, "mpegts"), None, "it is so already");
    assert_eq!(open(4, "mkv"), Some(json!(0.0)));
}

#[test]
fn media_without_a_list_is_opened_where_it_shall_stand() {
    let mut scene = Scene::new();
    let target = OpenTarget::direct(LINK.to_owned(), Container::Webm);
    let actions = scene
        .observer
        .open(Epoch(1), target, Position::seconds(7), true);
    let commands: Vec<_> = actions
        .asks
        .into_iter()
        .map(|(_, command)| command)
        .collect();
    assert!(commands.contains(&json!(["set_property", "start", "7.000000"])));
    assert!(commands.contains(&json!(["set_property", "demuxer", "mkv"])));
}

/// Both are of one epoch. mpv answers the first `loadfile` only after the second was ordered.
#[test]
fn two_loads_of_the_same_media_in_a_row_are_distinguished() {
    let mut scene = Scene::new();
    scene.open(1);
    scene.open(1);
    let first = scene.answer(
        Purpose::LoadFile(FIRST),
        Ok(json!({ "playlist_entry_id": 7 })),
    );
    assert!(first.events.is_empty() && first.asks.is_empty());
    scene.event(MpvEvent::StartFile { entry: 7 });
    scene.number(1, 8);
    let ended = scene.event(end(7, "stop"));
    assert_eq!(ended.events, []);
    let began = scene.event(MpvEvent::StartFile { entry: 8 });
    assert_eq!((began.events, began.asks), (vec![], vec![]));
    scene.event(MpvEvent::FileLoaded);
    let opened = scene.facts(8, LINK).events;
    assert!(
        matches!(opened[..], [PlayerEvent::Loaded { .. }]),
        "{opened:?}"
    );
    // The answers about the first load say nothing about the second.
    let state = json!({ "cache-end": 20.0, "eof": true });
    scene.answer(Purpose::Duration(FIRST), Ok(json!(9.0)));
    let late = scene.answer(Purpose::Cache(FIRST), Ok(state));
    assert!(late.events.is_empty() && late.asks.is_empty());
}
