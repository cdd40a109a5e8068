//! Data that arrives, is missing, ends, or breaks off.

use serde_json::json;

use super::{FIRST, LATER, Scene, end};
use crate::media::fault::{FaultKind, MediaFault};
use crate::player::actions::{Purpose, SamplePart};
use crate::player::event::{MpvEvent, Observed};
use crate::player::loaded_media::ENDS_READ;
use crate::protocol::ids::Epoch;
use crate::protocol::time::{Position, Span};
use crate::relay::{LoadId, MediaFact, RelayEvent};
use crate::sync::player::{MediaProblem, PlayerCommand, PlayerEvent};

#[test]
fn the_end_is_reported_once_until_it_was_left() {
    let mut scene = Scene::new();
    scene.play(4, 1);
    let ended = [PlayerEvent::Ended {
        epoch: Epoch(4),
        broken: None,
    }];
    let report_end = |scene: &mut Scene| {
        assert_eq!(scene.property(Observed::AtEnd, json!(true)), []);
        let words_are_in = Purpose::EndReached(FIRST);
        scene.all_in(words_are_in, Ok(json!(7))).events
    };
    assert_eq!(report_end(&mut scene), ended);
    assert_eq!(scene.event(end(1, "eof")).events, []);
    assert!(scene.observer.sample().asks.is_empty(), "it stands");
    let left = [PlayerEvent::LeftEnd { epoch: Epoch(4) }];
    assert_eq!(scene.property(Observed::AtEnd, json!(false)), left);
    assert_eq!(report_end(&mut scene), ended);
}

#[test]
fn a_stall_is_reported_and_ends_with_its_media() {
    let mut scene = Scene::new();
    assert_eq!(
        scene.property(Observed::Stalled, json!(true)),
        [],
        "nothing is open"
    );
    scene.play(1, 1);
    assert_eq!(
        scene.property(Observed::Stalled, json!(true)),
        [PlayerEvent::Stalled(true)]
    );
    assert_eq!(scene.property(Observed::Stalled, json!(true)), []);
    assert_eq!(scene.open(2).events, [PlayerEvent::Stalled(false)]);
}

const BROKEN: &str = "http: Stream ends prematurely at 303104, should be 1397677";

fn complain(scene: &mut Scene, text: &str) {
    scene.event(MpvEvent::Log {
        prefix: "ffmpeg".to_owned(),
        text: text.to_owned(),
    });
}

/// mpv reports its duration and its cache; returns the resulting length.
fn read(scene: &mut Scene, duration: f64, end: f64, eof: bool) -> Option<Span> {
    scene.answer(Purpose::Duration(FIRST), Ok(json!(duration)));
    let state = json!({ "cache-end": end, "eof": eof });
    let reported = scene.answer_later(Purpose::Cache(FIRST), Ok(state)).events;
    reported.iter().find_map(|event| match event {
        PlayerEvent::Length { length, .. } => Some(*length),
        _ => None,
    })
}

#[test]
fn the_duration_is_read_before_the_cache() {
    let mut scene = Scene::new();
    scene.play(4, 1);
    let actions = scene.event(MpvEvent::Property {
        observed: Observed::Cache,
        value: json!({}),
    });
    let purposes: Vec<_> = actions
        .asks
        .into_iter()
        .map(|(purpose, _)| purpose)
        .collect();
    assert_eq!(purposes, [Purpose::Duration(FIRST), Purpose::Cache(FIRST)]);
    assert!(scene.property(Observed::Duration, json!(12.0)).is_empty());
}

#[test]
fn a_length_that_grows_is_reported_at_the_end_of_the_data() {
    let mut scene = Scene::new();
    scene.play(4, 1);
    for at in [0.2, 4.5, 12.0] {
        assert_eq!(read(&mut scene, at, at, false), None);
    }
    // Only some answers later is it known that nothing broke on the way there.
    for _ in 1..ENDS_READ {
        assert_eq!(read(&mut scene, 29.99, 29.99, true), None);
    }
    assert_eq!(
        read(&mut scene, 29.99, 29.99, true),
        Some(Span::from_seconds(29.99))
    );
    assert_eq!(read(&mut scene, 29.99, 29.99, true), None, "once");
}

#[test]
fn a_complaint_that_comes_after_the_end_of_the_data_is_in_time() {
    let mut scene = Scene::new();
    scene.play(4, 1);
    for _ in 1..ENDS_READ {
        assert_eq!(read(&mut scene, 6.2, 6.2, true), None);
    }
    complain(&mut scene, BROKEN);
    assert_eq!(read(&mut scene, 6.2, 6.2, true), None);
}

#[test]
fn data_that_breaks_off_has_neither_length_nor_end() {
    let mut scene = Scene::new();
    scene.play(4, 1);
    assert_eq!(read(&mut scene, 4.5, 4.5, false), None);
    complain(&mut scene, BROKEN);
    assert_eq!(read(&mut scene, 7.2, 7.2, true), None);
    scene.property(Observed::AtEnd, json!(true));
    let reported = scene
        .all_in(Purpose::EndReached(FIRST), Ok(json!(7)))
        .events;
    let fault = MediaFault {
        kind: FaultKind::Broken,
        elsewhere: true,
    };
    let broken = Some(MediaProblem::Fetch(fault));
    assert_eq!(
        reported,
        [PlayerEvent::Ended {
            epoch: Epoch(4),
            broken
        }]
    );
}

#[test]
fn a_break_that_mended_is_forgotten_at_the_end() {
    let mut scene = Scene::new();
    scene.play(4, 1);
    complain(&mut scene, BROKEN);
    read(&mut scene, 5_400.0, 7.2, false);
    read(&mut scene, 5_400.0, 45.0, false);
    scene.property(Observed::AtEnd, json!(true));
    let reported = scene
        .all_in(Purpose::EndReached(FIRST), Ok(json!(7)))
        .events;
    assert!(
        matches!(reported[..], [PlayerEvent::Ended { broken: None, .. }]),
        "{reported:?}"
    );
}

/// After a start or seek beyond the data mpv stops on the last picture and reports nothing.
#[test]
fn an_end_that_mpv_does_not_say_is_asked_for_and_so_is_that_it_was_left() {
    let mut scene = Scene::new();
    scene.play(4, 1);
    let whether = Purpose::WhetherAtEnd(FIRST);
    let asked = |scene: &mut Scene| {
        let asks = scene.observer.sample().asks;
        for (purpose, _) in &asks {
            let answer = match purpose {
                Purpose::Sample(_, SamplePart::Frame) => Ok(json!(15.0)),
                purpose if *purpose == whether => continue,
                _ => Err("property unavailable".to_owned()),
            };
            scene.answer(purpose.clone(), answer);
        }
        asks.iter().any(|(purpose, _)| *purpose == whether)
    };
    assert!(!asked(&mut scene), "there may be sound");
    assert!(asked(&mut scene));
    assert_eq!(scene.answer(whether.clone(), Ok(json!(false))).events, []);
    let actions = scene.answer(whether.clone(), Ok(json!(true)));
    assert_eq!(actions.asks[0].0, Purpose::EndReached(FIRST));
    scene.all_in(Purpose::EndReached(FIRST), Ok(json!(7)));
    scene.seek_later();
    let actions = scene.event(MpvEvent::PlaybackRestart);
    assert!(actions.asks.iter().any(|(purpose, _)| *purpose == whether));
    let reported = scene.answer(whether, Ok(json!(false))).events;
    assert_eq!(reported, [PlayerEvent::LeftEnd { epoch: Epoch(4) }]);
}

/// A seek to 12 s lands at 30 s.
fn thrown(scene: &mut Scene) {
    let seek = PlayerCommand::Seek(Position::seconds(12));
    scene.observer.command(seek);
    scene.seek_later();
    scene.observer.event(MpvEvent::PlaybackRestart, LATER);
    scene.answer_later(Purpose::RestartedAt, Ok(json!(30.0)));
}

#[test]
fn a_list_that_a_seek_throws_to_its_end_has_not_ended() {
    let mut scene = Scene::new();
    scene.play_list(4, 1);
    thrown(&mut scene);
    scene.property(Observed::AtEnd, json!(true));
    let reported = scene
        .all_in(Purpose::EndReached(FIRST), Ok(json!(7)))
        .events;
    let (epoch, problem) = (Epoch(4), MediaProblem::CannotSeek);
    assert_eq!(reported, [PlayerEvent::Failed { epoch, problem }]);
}

/// The segments at the position were refused, so FFmpeg went to the end; another version would do
/// the same.
#[test]
fn a_list_that_is_thrown_to_its_end_by_a_refusal_reports_the_refusal() {
    let mut scene = Scene::new();
    scene.play_list(4, 1);
    thrown(&mut scene);
    let fault = MediaFault::here(FaultKind::Refused);
    let load = LoadId(1);
    let reported = RelayEvent::GaveUp { load, fault };
    scene.observer.on_relay_event(Epoch(4), reported, |_| LATER);
    scene.property(Observed::AtEnd, json!(true));
    let reported = scene
        .all_in(Purpose::EndReached(FIRST), Ok(json!(7)))
        .events;
    let ended = PlayerEvent::Ended {
        epoch: Epoch(4),
        broken: Some(MediaProblem::Fetch(fault)),
    };
    assert_eq!(reported, [ended]);
}

#[test]
fn an_end_that_is_left_before_it_is_reported_was_none() {
    let mut scene = Scene::new();
    scene.play(4, 1);
    assert_eq!(scene.property(Observed::AtEnd, json!(true)), []);
    assert_eq!(scene.property(Observed::AtEnd, json!(false)), []);
    let reported = scene
        .all_in(Purpose::EndReached(FIRST), Ok(json!(7)))
        .events;
    assert_eq!(reported, []);
}

#[test]
fn a_delay_of_the_sound_moves_the_picture() {
    let mut scene = Scene::new();
    scene.play(1, 1);
    let place = |scene: &mut Scene| {
        let asks = scene.observer.sample().asks;
        let mut reported = Vec::new();
        for (purpose, _) in asks {
            reported.extend(scene.answer(purpose, Ok(json!(10.0))).events);
        }
        match reported[..] {
            [PlayerEvent::Sample(sample)] => sample.position,
            _ => panic!("{reported:?}"),
        }
    };
    scene.property(Observed::AudioDelay, json!(0.3));
    assert_eq!(
        place(&mut scene),
        Position::seconds(10),
        "there is no picture"
    );
    scene.property(Observed::Picture, json!(1));
    assert_eq!(place(&mut scene), Position::from_seconds(10.3));
    scene.property(Observed::AudioDelay, json!(-0.2));
    assert_eq!(place(&mut scene), Position::from_seconds(9.8));
}

#[test]
fn a_gap_that_the_relay_found_is_reported_with_its_place() {
    let mut scene = Scene::new();
    scene.play(4, 1);
    let gap = |from| {
        let (from, length) = (from, 2_000_000);
        let fact = MediaFact::Gap { from, length };
        RelayEvent::Fact {
            load: LoadId(1),
            fact,
        }
    };
    for (from, at) in [
        (Some(12_000_000), Some(Position::seconds(12))),
        (None, None),
    ] {
        let actions = scene
            .observer
            .on_relay_event(Epoch(4), gap(from), |_| LATER);
        let (epoch, length) = (Epoch(4), Span::seconds(2));
        assert_eq!(
            actions.events,
            [PlayerEvent::PartMissing { epoch, at, length }]
        );
    }
}

/// A line of mpv's log may arrive after the answers to requests that were sent after the end.
#[test]
fn an_end_waits_for_the_complaint_that_comes_after_an_answer() {
    let mut scene = Scene::new();
    scene.play(4, 1);
    scene.property(Observed::AtEnd, json!(true));
    for _ in 0..2 {
        let actions = scene.answer(Purpose::EndReached(FIRST), Ok(json!(7)));
        assert_eq!(actions.events, [], "too early to say");
        assert_eq!(actions.asks[0].0, Purpose::EndReached(FIRST));
    }
    complain(&mut scene, BROKEN);
    let reported = scene
        .answer(Purpose::EndReached(FIRST), Ok(json!(7)))
        .events;
    let [PlayerEvent::Ended { broken, .. }] = &reported[..] else {
        panic!("{reported:?}");
    };
    assert!(broken.is_some(), "the connection broke");
}
