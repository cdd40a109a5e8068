//! Who made a seek, and which seeks wait for data.

use serde_json::{Value, json};

use super::{LATER, Scene};
use crate::player::actions::Purpose;
use crate::player::event::{MpvEvent, Observed};
use crate::protocol::time::Position;
use crate::sync::player::{PlayerCommand, PlayerEvent};

#[test]
fn after_a_seek_of_ours_what_falls_short_of_it_is_mpvs_own() {
    let mut scene = Scene::new();
    scene.play(1, 1);
    let order = || PlayerCommand::Seek(Position::seconds(30));
    scene.observer.command(order());
    assert_eq!(scene.seek_later().events.len(), 1, "ours");
    let end_at = |scene: &mut Scene, seconds: f64| {
        assert_eq!(scene.seek_later().events, [], "nobody knows yet");
        // The end of the seek before is reported late, and says nothing about this one.
        let reported = scene.answer(Purpose::RestartedAt, Ok(json!(30.0))).events;
        assert!(matches!(
            reported[..],
            [PlayerEvent::PlaybackRestarted { .. }]
        ));
        scene.observer.event(MpvEvent::PlaybackRestart, LATER);
        scene.answer(Purpose::WhoseSeek, Ok(json!(false)));
        let reported = scene
            .answer(Purpose::RestartedAt, Ok(json!(seconds)))
            .events;
        reported.contains(&PlayerEvent::SeekBegan { at: LATER })
    };
    scene.observer.event(MpvEvent::PlaybackRestart, LATER);
    // The last frame of a short copy may be close to the ordered position.
    for last_frame in [20.0, 29.5, 29.87] {
        assert!(!end_at(&mut scene, last_frame), "{last_frame}");
    }
    scene.observer.command(order());
    assert_eq!(scene.seek_later().events.len(), 1, "the next of ours");
    scene.observer.event(MpvEvent::PlaybackRestart, LATER);
    assert!(end_at(&mut scene, 35.0), "a fast key of the member");
}

#[test]
fn mpvs_own_way_back_from_beyond_the_end_is_nobodys() {
    for at_end in [true, false] {
        let mut scene = Scene::new();
        scene.play(1, 1);
        assert_eq!(
            scene.seek_later().events.len(),
            1,
            "the one that went there"
        );
        scene.observer.event(MpvEvent::PlaybackRestart, LATER);
        assert_eq!(scene.seek_later().events, []);
        let actions = scene.observer.event(MpvEvent::PlaybackRestart, LATER);
        let asked = [
            (Purpose::WhoseSeek, json!(["get_property", "eof-reached"])),
            (Purpose::RestartedAt, json!(["get_property", "time-pos"])),
        ];
        assert_eq!(actions.asks, asked);
        scene.answer(Purpose::WhoseSeek, Ok(json!(at_end)));
        let reported = scene.answer(Purpose::RestartedAt, Ok(json!(59.9))).events;
        let began = PlayerEvent::SeekBegan { at: LATER };
        assert_eq!(reported.contains(&began), !at_end, "{reported:?}");
    }
}

/// The state of the cache while a seek is under way.
fn state(underrun: bool) -> Value {
    json!({ "underrun": underrun, "eof": false, "fw-bytes": 0 })
}

#[test]
fn a_seek_that_waits_for_data_is_a_stall_until_it_arrives() {
    for paused in [false, true] {
        let mut scene = Scene::new();
        scene.play(1, 1);
        if paused {
            scene.property(Observed::Pause, json!(true));
        }
        scene.seek_later();
        let asks = scene.observer.sample().asks;
        let asked = (
            Purpose::SeekingCache,
            json!(["get_property", "demuxer-cache-state"]),
        );
        assert!(asks.contains(&asked), "{asks:?}");
        assert_eq!(
            scene.answer(Purpose::SeekingCache, Ok(state(true))).events,
            []
        );
        assert_eq!(
            scene.answer(Purpose::SeekingCache, Ok(state(true))).events,
            [PlayerEvent::Stalled(true)]
        );
        let reported = scene
            .observer
            .event(MpvEvent::PlaybackRestart, LATER)
            .events;
        assert_eq!(reported, [PlayerEvent::Stalled(false)]);
        let asks = scene.observer.sample().asks;
        assert!(!asks.contains(&asked), "it is over");
    }
}

#[test]
fn a_seek_that_decodes_for_long_is_no_stall() {
    let mut scene = Scene::new();
    scene.play(1, 1);
    scene.seek_later();
    for underrun in [true, false, true, false] {
        let reported = scene.answer(Purpose::SeekingCache, Ok(state(underrun)));
        assert_eq!(reported.events, []);
    }
}

#[test]
fn a_stall_that_a_seek_interrupts_goes_on_until_the_seek_arrives() {
    let mut scene = Scene::new();
    scene.play(1, 1);
    scene.property(Observed::Stalled, json!(true));
    scene.seek_later();
    // mpv itself reports that it no longer waits.
    assert_eq!(scene.property(Observed::Stalled, json!(false)), []);
    let reported = scene
        .observer
        .event(MpvEvent::PlaybackRestart, LATER)
        .events;
    assert_eq!(reported, [PlayerEvent::Stalled(false)]);
}
