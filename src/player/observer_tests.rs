//! The observer told events and answers in orders that a real mpv seldom takes.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::Observer;
use crate::media::direct::Container;
use crate::player::event::{MpvEvent, Observed};
use crate::player::facts::Fact;
use crate::player::ipc::{Answer, Reply};
use crate::player::load::Target;
use crate::player::steps::{Purpose, Steps};
use crate::protocol::ids::Epoch;
use crate::protocol::time::{LocalTime, Position};
use crate::sync::player::{Basis, Lack, MediaProblem, PlayerCommand, PlayerEvent};

const LINK: &str = "http://films.example/a.mp4";
const NOW: LocalTime = LocalTime(1_000);
const LATER: LocalTime = LocalTime(1_001_000);

/// An observer and the clock that its answers are timed by.
struct Scene {
    observer: Observer,
    start: Instant,
}

impl Scene {
    fn new() -> Self {
        Self {
            observer: Observer::begin().0,
            start: Instant::now(),
        }
    }

    fn open(&mut self, epoch: u64) -> Steps {
        let target = Target::direct(LINK.to_owned(), Container::Mp4);
        self.observer
            .open(Epoch(epoch), target, Position::START, false)
    }

    fn event(&mut self, event: MpvEvent) -> Steps {
        self.observer.event(event, NOW)
    }

    /// A seek that begins a second after everything else.
    fn seek_later(&mut self) -> Steps {
        self.observer.event(MpvEvent::Seek, LATER)
    }

    fn property(&mut self, observed: Observed, value: Value) -> Vec<PlayerEvent> {
        self.event(MpvEvent::Property { observed, value }).events
    }

    fn answer(&mut self, purpose: Purpose, answer: Answer) -> Steps {
        self.reply(purpose, answer, false)
    }

    fn reply(&mut self, purpose: Purpose, answer: Answer, late: bool) -> Steps {
        let (asked, start) = (self.start, self.start);
        let local = move |at: Instant| LocalTime(i64::try_from((at - start).as_micros()).unwrap());
        let reply = Reply {
            purpose,
            asked,
            answer,
            late,
        };
        self.observer
            .answer(reply, start + Duration::from_millis(4), local)
    }

    /// mpv tells its number for the load of `epoch`.
    fn number(&mut self, epoch: u64, entry: u64) -> Steps {
        let answer = Ok(json!({ "playlist_entry_id": entry }));
        self.answer(Purpose::LoadFile(Epoch(epoch)), answer)
    }

    /// mpv answers all that is asked about an entry that opened.
    fn facts(&mut self, entry: u64, path: &str) -> Steps {
        let mut last = Steps::default();
        for fact in Fact::ALL {
            let value = match fact {
                Fact::Path => json!(path),
                Fact::Entries | Fact::Sound => json!(1),
                Fact::Seekable => json!(true),
                Fact::Size => json!(1_000_000),
                Fact::Format => json!("mov,mp4,m4a,3gp,3g2,mj2"),
                Fact::Start => json!(0.0),
                Fact::FileName | Fact::Title => json!("a.mp4"),
            };
            last = self.answer(Purpose::Fact(entry, fact), Ok(value));
        }
        last
    }

    /// A medium that plays.
    fn play(&mut self, epoch: u64, entry: u64) {
        self.open(epoch);
        self.number(epoch, entry);
        self.event(MpvEvent::StartFile { entry });
        self.event(MpvEvent::FileLoaded);
        self.facts(entry, LINK);
        self.event(MpvEvent::PlaybackRestart);
    }
}

fn end(entry: u64, reason: &str) -> MpvEvent {
    let error = if reason == "error" {
        "loading failed"
    } else {
        ""
    };
    MpvEvent::EndFile {
        entry,
        reason: reason.to_owned(),
        error: error.to_owned(),
    }
}

fn replaced(epoch: u64) -> PlayerEvent {
    PlayerEvent::Failed {
        epoch: Epoch(epoch),
        problem: MediaProblem::Replaced,
    }
}

#[test]
fn a_load_sets_where_it_stands_before_it_opens() {
    let steps = Scene::new().open(1);
    let commands: Vec<_> = steps.asks.into_iter().map(|(_, command)| command).collect();
    let expected = [
        json!(["set_property", "pause", false]),
        json!(["set_property", "start", "none"]),
        json!(["set_property", "demuxer", "lavf"]),
        json!(["loadfile", LINK]),
    ];
    assert_eq!(commands, expected);
}

#[test]
fn nothing_that_the_room_says_is_more_than_an_argument() {
    let mut scene = Scene::new();
    let text = "a\n\u{1b}]0;b\u{202e}${pid}; quit".to_owned();
    let steps = scene.observer.command(PlayerCommand::ShowText {
        text,
        during: crate::protocol::time::Span::seconds(2),
    });
    let expected = json!(["show-text", "a ]0;b${pid}; quit", 2_000]);
    assert_eq!(steps.asks, [(Purpose::Order("show-text"), expected)]);
}

#[test]
fn the_first_values_of_what_is_observed_are_no_changes() {
    let mut scene = Scene::new();
    assert_eq!(scene.property(Observed::Pause, json!(false)), []);
    assert_eq!(scene.property(Observed::Speed, json!(1.0)), []);
    assert_eq!(scene.property(Observed::Stalled, Value::Null), []);
    assert_eq!(scene.property(Observed::AtEnd, Value::Null), []);
}

#[test]
fn the_loads_own_seek_is_nobodys_and_later_ones_are_told() {
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
fn after_a_seek_of_ours_what_falls_short_of_it_is_mpvs_own() {
    let mut scene = Scene::new();
    scene.play(1, 1);
    let order = || PlayerCommand::Seek(Position::seconds(30));
    scene.observer.command(order());
    assert_eq!(scene.seek_later().events.len(), 1, "ours");
    let end_at = |scene: &mut Scene, seconds: f64| {
        assert_eq!(scene.seek_later().events, [], "nobody knows yet");
        // Where the one before ended: told late, and no word about this one.
        let told = scene.answer(Purpose::RestartedAt, Ok(json!(30.0))).events;
        assert!(matches!(told[..], [PlayerEvent::PlaybackRestarted { .. }]));
        scene.observer.event(MpvEvent::PlaybackRestart, LATER);
        scene.answer(Purpose::WhoseSeek, Ok(json!(false)));
        let told = scene
            .answer(Purpose::RestartedAt, Ok(json!(seconds)))
            .events;
        told.contains(&PlayerEvent::SeekBegan { at: LATER })
    };
    scene.observer.event(MpvEvent::PlaybackRestart, LATER);
    for _ in 0..3 {
        assert!(!end_at(&mut scene, 20.0));
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
        let steps = scene.observer.event(MpvEvent::PlaybackRestart, LATER);
        let asked = [
            (Purpose::WhoseSeek, json!(["get_property", "eof-reached"])),
            (Purpose::RestartedAt, json!(["get_property", "time-pos"])),
        ];
        assert_eq!(steps.asks, asked);
        scene.answer(Purpose::WhoseSeek, Ok(json!(at_end)));
        let told = scene.answer(Purpose::RestartedAt, Ok(json!(59.9))).events;
        let began = PlayerEvent::SeekBegan { at: LATER };
        assert_eq!(told.contains(&began), !at_end, "{told:?}");
    }
}

#[test]
fn reports_of_an_older_medium_are_dropped() {
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
    let told = scene.facts(2, LINK).events;
    assert!(
        matches!(
            told[..],
            [PlayerEvent::Loaded {
                epoch: Epoch(2),
                ..
            }]
        ),
        "{told:?}"
    );
}

#[test]
fn a_load_that_ends_before_its_number_is_known_has_failed() {
    let mut scene = Scene::new();
    scene.open(1);
    scene.event(MpvEvent::StartFile { entry: 1 });
    assert!(scene.event(end(1, "error")).asks.is_empty());
    let steps = scene.number(1, 1);
    let [(purpose @ Purpose::Complaints(1, _), _)] = &steps.asks[..] else {
        panic!("{steps:?}")
    };
    let told = scene.answer(purpose.clone(), Ok(json!(7))).events;
    let reason = "loading failed".to_owned();
    let problem = MediaProblem::Player { reason };
    assert_eq!(
        told,
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
    let told = scene
        .answer(
            Purpose::LoadFile(Epoch(1)),
            Err("invalid parameter".to_owned()),
        )
        .events;
    assert!(
        matches!(
            told[..],
            [PlayerEvent::Failed {
                epoch: Epoch(1),
                ..
            }]
        ),
        "{told:?}"
    );
}

#[test]
fn what_opens_in_the_mediums_place_is_stopped_and_told_once() {
    let mut scene = Scene::new();
    scene.play(1, 1);
    let steps = scene.event(MpvEvent::StartFile { entry: 2 });
    assert_eq!(steps.events, [replaced(1)]);
    assert!(
        steps
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

#[test]
fn the_end_is_told_once_until_it_was_left() {
    let mut scene = Scene::new();
    scene.play(4, 1);
    let ended = [PlayerEvent::Ended {
        epoch: Epoch(4),
        broken: None,
    }];
    let tell = |scene: &mut Scene| {
        assert_eq!(scene.property(Observed::AtEnd, json!(true)), []);
        let words_are_in = Purpose::EndReached(Epoch(4));
        scene.answer(words_are_in, Ok(json!(7))).events
    };
    assert_eq!(tell(&mut scene), ended);
    assert_eq!(scene.event(end(1, "eof")).events, []);
    assert!(scene.observer.sample().asks.is_empty(), "it stands");
    let left = [PlayerEvent::LeftEnd { epoch: Epoch(4) }];
    assert_eq!(scene.property(Observed::AtEnd, json!(false)), left);
    assert_eq!(tell(&mut scene), ended);
}

#[test]
fn a_pause_carries_the_position_read_after_it() {
    let mut scene = Scene::new();
    scene.play(1, 1);
    let steps = scene.event(MpvEvent::Property {
        observed: Observed::Pause,
        value: json!(true),
    });
    assert_eq!(steps.events, []);
    assert_eq!(
        steps.asks,
        [(Purpose::PausedAt(true), json!(["get_property", "time-pos"]))]
    );
    let told = scene
        .answer(Purpose::PausedAt(true), Ok(json!(12.5)))
        .events;
    let (position, at) = (Position(12_500_000), LocalTime(2_000));
    assert_eq!(
        told[0],
        PlayerEvent::Paused {
            paused: true,
            position: Some(position),
            at
        }
    );
    let PlayerEvent::Sample(sample) = told[1] else {
        panic!("{told:?}")
    };
    assert_eq!(
        (sample.position, sample.at, sample.basis),
        (position, at, Basis::Frame)
    );
    assert!(scene.observer.sample().asks.is_empty(), "it stands");
}

#[test]
fn a_position_that_comes_late_is_not_believed() {
    let mut scene = Scene::new();
    scene.play(1, 1);
    scene.property(Observed::Pause, json!(true));
    let told = scene
        .reply(Purpose::PausedAt(true), Ok(json!(12.5)), true)
        .events;
    assert!(
        matches!(
            told[..],
            [PlayerEvent::Paused {
                paused: true,
                position: None,
                ..
            }]
        ),
        "{told:?}"
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

#[test]
fn a_stall_is_told_and_ends_with_its_medium() {
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

#[test]
fn missing_sound_is_told_once_and_chosen_silence_never() {
    let mut scene = Scene::new();
    scene.play(1, 1);
    let chosen = json!([{ "name": "null", "enabled": true }]);
    assert!(
        scene
            .answer(Purpose::ChosenSound, Ok(chosen))
            .asks
            .is_empty()
    );
    let steps = scene.answer(Purpose::ChosenSound, Ok(json!([])));
    assert_eq!(
        steps.asks,
        [(Purpose::CurrentSound, json!(["get_property", "current-ao"]))]
    );
    let alsa = scene.answer(Purpose::CurrentSound, Ok(json!("alsa")));
    assert_eq!(alsa.events, []);
    let null = || Ok(json!("null"));
    assert_eq!(
        scene.answer(Purpose::CurrentSound, null()).events,
        [PlayerEvent::Lacks(Lack::Sound)]
    );
    assert_eq!(scene.answer(Purpose::CurrentSound, null()).events, []);
}

#[test]
fn absurd_answers_make_no_positions() {
    let mut scene = Scene::new();
    scene.play(1, 1);
    for answer in [
        json!("nan"),
        json!(null),
        json!({}),
        json!([1]),
        json!(true),
    ] {
        assert_eq!(scene.answer(Purpose::RestartedAt, Ok(answer)).events, []);
    }
    let told = scene.answer(Purpose::RestartedAt, Ok(json!(-3.0))).events;
    let at = LocalTime(2_000);
    assert_eq!(
        told,
        [PlayerEvent::PlaybackRestarted {
            position: Position::START,
            at
        }]
    );
    assert_eq!(scene.property(Observed::Pause, json!("yes")), []);
    assert_eq!(scene.property(Observed::Speed, json!("fast")), []);
}

#[test]
fn an_ordered_speed_is_told_back_as_it_was_ordered() {
    let mut scene = Scene::new();
    let speed = 1.003_217_465;
    let order = PlayerCommand::SetSpeed {
        speed,
        pitch_correction: false,
    };
    assert_eq!(scene.observer.command(order).asks.len(), 2);
    let told = scene.property(Observed::Speed, json!(1.003_217));
    assert_eq!(told, [PlayerEvent::Speed { speed }]);
    let told = scene.property(Observed::Speed, json!(1.1));
    assert_eq!(
        told,
        [PlayerEvent::Speed { speed: 1.1 }],
        "the member's own"
    );
}
