//! Pauses, and steps by single frames.

use serde_json::json;

use super::{LATER, Scene};
use crate::player::actions::{Actions, Purpose};
use crate::player::event::{MpvEvent, Observed};
use crate::protocol::time::{LocalTime, Position};
use crate::sync::player::{Basis, PlayerCommand, PlayerEvent};

#[test]
fn a_pause_carries_the_position_read_after_it() {
    let mut scene = Scene::new();
    scene.play(1, 1);
    let actions = scene.event(MpvEvent::Property {
        observed: Observed::Pause,
        value: json!(true),
    });
    assert_eq!(actions.events, []);
    assert_eq!(
        actions.asks,
        [(Purpose::PausedAt(true), json!(["get_property", "time-pos"]))]
    );
    let reported = scene
        .answer(Purpose::PausedAt(true), Ok(json!(12.5)))
        .events;
    let (position, at) = (Position(12_500_000), LocalTime(2_000));
    assert_eq!(
        reported[0],
        PlayerEvent::Paused {
            paused: true,
            position: Some(position),
            at
        }
    );
    let PlayerEvent::Sample(sample) = reported[1] else {
        panic!("{reported:?}")
    };
    assert_eq!(
        (sample.position, sample.at, sample.basis),
        (position, at, Basis::Frame)
    );
    let asks = scene.observer.sample().asks;
    let asked = (Purpose::SteppedTo, json!(["get_property", "time-pos"]));
    assert_eq!(asks, [asked], "it stands, and may be moved by a frame");
}

#[test]
fn a_position_that_comes_late_is_not_believed() {
    let mut scene = Scene::new();
    scene.play(1, 1);
    scene.property(Observed::Pause, json!(true));
    let reported = scene
        .reply(Purpose::PausedAt(true), Ok(json!(12.5)), true)
        .events;
    assert!(
        matches!(
            reported[..],
            [PlayerEvent::Paused {
                paused: true,
                position: None,
                ..
            }]
        ),
        "{reported:?}"
    );
    assert_eq!(
        scene
            .reply(Purpose::RestartedAt, Ok(json!(12.5)), true)
            .events,
        []
    );
    scene.property(Observed::Pause, json!(false));
    let asks = scene.observer.sample().asks;
    assert_eq!(asks.len(), 3);
    for (purpose, _) in asks {
        assert_eq!(scene.reply(purpose, Ok(json!(12.5)), true).events, []);
    }
}

/// Media that has been paused at 12.5 s for long enough.
fn standing() -> Scene {
    let mut scene = Scene::new();
    scene.play(1, 1);
    scene.property(Observed::Picture, json!(1));
    scene.property(Observed::Pause, json!(true));
    scene.answer(Purpose::PausedAt(true), Ok(json!(12.5)));
    scene
}

fn stepped(actions: &Actions) -> Option<Position> {
    actions.events.iter().find_map(|event| match event {
        PlayerEvent::Stepped { position, .. } => Some(*position),
        _ => None,
    })
}

#[test]
fn a_frame_on_is_a_step_and_no_play() {
    let mut scene = standing();
    let further = Position::from_seconds(12.54);
    assert_eq!(
        scene.property_later(Observed::Pause, json!(false)).events,
        []
    );
    assert_eq!(
        scene.property_later(Observed::Still, json!(12.54)).events,
        []
    );
    let actions = scene.property_later(Observed::Pause, json!(true));
    assert_eq!(actions.events, []);
    assert_eq!(actions.asks[0].0, Purpose::SteppedTo);
    let actions = scene.answer(Purpose::SteppedTo, Ok(json!(12.54)));
    assert_eq!(stepped(&actions), Some(further));
}

#[test]
fn a_frame_on_of_which_mpv_reports_the_picture_alone_is_a_step() {
    let mut scene = standing();
    let actions = scene.property_later(Observed::Still, json!(12.54));
    assert_eq!(actions.asks[0].0, Purpose::SteppedTo);
    let actions = scene.answer(Purpose::SteppedTo, Ok(json!(12.54)));
    assert_eq!(stepped(&actions), Some(Position::from_seconds(12.54)));
    // The same frame once more is no step.
    assert!(
        scene
            .property_later(Observed::Still, json!(12.54))
            .asks
            .is_empty()
    );
}

#[test]
fn a_member_who_plays_on_is_reported_with_when_it_was() {
    let on = PlayerEvent::Paused {
        paused: false,
        position: Some(Position::from_seconds(12.5)),
        at: LATER,
    };
    let mut scene = standing();
    assert_eq!(
        scene.property_later(Observed::Pause, json!(false)).events,
        []
    );
    scene.property_later(Observed::Still, json!(12.54));
    let actions = scene.property_later(Observed::Still, json!(12.58));
    assert_eq!(actions.events, std::slice::from_ref(&on));
    assert!(
        actions
            .asks
            .iter()
            .any(|(_, command)| command[0] == "unobserve_property")
    );

    // Without frames, it counts as ended after two ticks.
    let mut scene = standing();
    scene.property_later(Observed::Pause, json!(false));
    assert_eq!(scene.observer.sample().events, []);
    assert_eq!(scene.observer.sample().events, [on]);
}

#[test]
fn our_own_order_to_play_is_reported_at_once() {
    let mut scene = standing();
    scene.observer.command(PlayerCommand::SetPaused(false));
    let actions = scene.property_later(Observed::Pause, json!(false));
    assert_eq!(actions.asks.last().unwrap().0, Purpose::PausedAt(false));
    // The end of a pause is not held back if no frames can confirm it.
    let mut scene = standing();
    scene.property(Observed::Picture, json!(false));
    let actions = scene.property_later(Observed::Pause, json!(false));
    assert_eq!(actions.asks.last().unwrap().0, Purpose::PausedAt(false));
}

#[test]
fn where_a_seek_lands_is_no_step() {
    let mut scene = standing();
    scene
        .observer
        .command(PlayerCommand::Seek(Position::seconds(30)));
    scene.seek_later();
    let actions = scene.property_later(Observed::Still, json!(30.0));
    assert!(actions.asks.is_empty(), "on its way");
    scene.observer.event(MpvEvent::PlaybackRestart, LATER);
    let actions = scene.answer_later(Purpose::RestartedAt, Ok(json!(30.02)));
    assert_eq!(stepped(&actions), None);
    let actions = scene.property_later(Observed::Still, json!(30.06));
    assert_eq!(actions.asks[0].0, Purpose::SteppedTo, "a step after it");
}

#[test]
fn the_last_picture_of_a_copy_that_ends_before_a_seeks_target_is_no_step() {
    let mut scene = standing();
    scene
        .observer
        .command(PlayerCommand::Seek(Position::seconds(30)));
    scene.seek_later();
    scene.observer.event(MpvEvent::PlaybackRestart, LATER);
    scene.answer_later(Purpose::RestartedAt, Ok(json!(30.0)));
    let actions = scene.property_later(Observed::Still, json!(29.8));
    assert_eq!(actions.asks[0].0, Purpose::SteppedTo);
    let actions = scene.answer_later(Purpose::SteppedTo, Ok(json!(29.8)));
    assert_eq!(stepped(&actions), None);
    scene.property_later(Observed::Still, json!(29.84));
    let actions = scene.answer_later(Purpose::SteppedTo, Ok(json!(29.84)));
    assert_eq!(stepped(&actions), Some(Position::from_seconds(29.84)));
}

#[test]
fn a_frame_back_is_a_step_as_well() {
    let mut scene = standing();
    scene.seek_later();
    scene.observer.event(MpvEvent::PlaybackRestart, LATER);
    let actions = scene.answer_later(Purpose::RestartedAt, Ok(json!(12.46)));
    assert_eq!(stepped(&actions), Some(Position::from_seconds(12.46)));
    // Five seconds back are a seek, not a step.
    scene.seek_later();
    scene.observer.event(MpvEvent::PlaybackRestart, LATER);
    let actions = scene.answer_later(Purpose::RestartedAt, Ok(json!(7.46)));
    assert_eq!(stepped(&actions), None);
}
