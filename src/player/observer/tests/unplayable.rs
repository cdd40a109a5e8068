//! Media that opens but shows nothing, and when that may be reported.

use serde_json::json;

use super::{FIRST, LATER, LINK, Scene, end};
use crate::media::fault::{FaultKind, MediaFault};
use crate::player::actions::{Actions, Purpose};
use crate::player::event::{MpvEvent, Observed};
use crate::protocol::ids::Epoch;
use crate::relay::{LoadId, MediaFact, RelayEvent};
use crate::sync::player::{MediaProblem, PlayerEvent};

/// Media that mpv opened, and whose end it reached before it showed anything. `delayed` says
/// whether that may only be reported once the load is given up.
fn ends_at_once(scene: &mut Scene, delayed: bool) -> Actions {
    scene.open(4);
    scene.number(4, 1);
    if delayed {
        delay(scene);
    }
    scene.event(MpvEvent::StartFile { entry: 1 });
    scene.event(MpvEvent::FileLoaded);
    scene.facts(1, LINK);
    let actions = scene.event(MpvEvent::PlaybackRestart);
    let nothing = || Err("property unavailable".to_owned());
    let asks = actions.asks.iter();
    let asked = asks.filter(|(purpose, _)| *purpose == Purpose::Shown(FIRST));
    assert_eq!(asked.count(), 2);
    for _ in 0..2 {
        scene.answer(Purpose::Shown(FIRST), nothing());
    }
    // mpv says that it is at the beginning.
    assert_eq!(
        scene.answer(Purpose::RestartedAt, Ok(json!(0.0))).events,
        []
    );
    scene.property(Observed::AtEnd, json!(true));
    scene.all_in(Purpose::EndReached(FIRST), Ok(json!(7)))
}

fn failed(problem: MediaProblem) -> [PlayerEvent; 1] {
    let epoch = Epoch(4);
    [PlayerEvent::Failed { epoch, problem }]
}

const fn nothing() -> MediaProblem {
    MediaProblem::Fetch(MediaFault {
        kind: FaultKind::NothingToPlay,
        elsewhere: true,
    })
}

fn on_relay_event(scene: &mut Scene, event: RelayEvent) -> Vec<PlayerEvent> {
    let actions = scene.observer.on_relay_event(Epoch(4), event, |_| LATER);
    actions.events
}

/// The relay says that a failure must not be reported before it gives the load up.
fn delay(scene: &mut Scene) {
    let (load, fact) = (LoadId(1), MediaFact::DelayFailure);
    assert_eq!(on_relay_event(scene, RelayEvent::Fact { load, fact }), []);
}

fn given_up() -> RelayEvent {
    let (load, fault) = (LoadId(1), MediaFault::here(FaultKind::TookTooLong));
    RelayEvent::GaveUp { load, fault }
}

#[test]
fn an_end_before_anything_was_shown_is_a_failure() {
    let mut scene = Scene::new();
    let actions = ends_at_once(&mut scene, false);
    assert_eq!(actions.events, failed(nothing()));
    let stop = (Purpose::Order("stop"), json!(["stop"]));
    assert!(actions.asks.contains(&stop), "{:?}", actions.asks);
}

/// Media with sound alone is no failure, nor is a machine that was too busy to answer in time.
#[test]
fn what_had_a_picture_or_sound_or_may_have_had_is_no_failure() {
    let nothing = || Err("property unavailable".to_owned());
    for (answer, late) in [(Ok(json!(44_100)), false), (nothing(), true)] {
        let mut scene = Scene::new();
        scene.open(4);
        scene.number(4, 1);
        scene.event(MpvEvent::StartFile { entry: 1 });
        scene.event(MpvEvent::FileLoaded);
        scene.facts(1, LINK);
        scene.event(MpvEvent::PlaybackRestart);
        scene.answer(Purpose::Shown(FIRST), nothing());
        scene.reply(Purpose::Shown(FIRST), answer, late);
        let reported = scene.answer(Purpose::RestartedAt, Ok(json!(0.0))).events;
        assert!(
            matches!(reported[..], [PlayerEvent::PlaybackRestarted { .. }]),
            "{reported:?}"
        );
        scene.property(Observed::AtEnd, json!(true));
        let reported = scene
            .all_in(Purpose::EndReached(FIRST), Ok(json!(7)))
            .events;
        assert!(
            matches!(reported[..], [PlayerEvent::Ended { .. }]),
            "{reported:?}"
        );
    }
}

#[test]
fn what_mpv_refuses_is_reported_late_where_its_time_would_reveal_something() {
    let mut scene = Scene::new();
    scene.open(4);
    scene.number(4, 1);
    delay(&mut scene);
    scene.event(MpvEvent::StartFile { entry: 1 });
    scene.event(end(1, "error"));
    let purpose = || Purpose::Complaints(1, "unrecognized file format".to_owned());
    assert_eq!(scene.all_in(purpose(), Ok(json!(7))).events, []);
    assert_eq!(on_relay_event(&mut scene, given_up()), failed(nothing()));
    assert_eq!(on_relay_event(&mut scene, given_up()), [], "once");
    // If the time of the report reveals nothing, it comes at once.
    let mut scene = Scene::new();
    scene.open(4);
    scene.number(4, 1);
    scene.event(end(1, "error"));
    assert_eq!(
        scene.all_in(purpose(), Ok(json!(7))).events,
        failed(nothing())
    );
}

#[test]
fn an_end_with_nothing_shown_waits_as_well() {
    let mut scene = Scene::new();
    let actions = ends_at_once(&mut scene, true);
    assert_eq!(actions.events, []);
    assert!(
        actions.asks.is_empty(),
        "stopped, it would pass for the member's act"
    );
    assert_eq!(on_relay_event(&mut scene, given_up()), failed(nothing()));
}
