//! The observer with events and answers in orders that a real mpv seldom produces, a file for each
//! topic.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use strum::VariantArray as _;

use super::Observer;
use crate::media::direct::Container;
use crate::player::actions::{Actions, Purpose};
use crate::player::event::{MpvEvent, Observed, OwnProperty};
use crate::player::ipc::{MpvReply, MpvResult};
use crate::player::loaded_media::{ENDS_READ, LoadNumber, OpenTarget};
use crate::player::properties::MediaProperty;
use crate::protocol::ids::Epoch;
use crate::protocol::time::{LocalTime, Position};
use crate::sync::player::{Lack, MediaProblem, Overlay, PlayerCommand, PlayerEvent};

mod data;
mod foreign;
mod loads;
mod pauses;
mod seeks;
mod unplayable;

/// The load that a scene orders first.
const FIRST: LoadNumber = LoadNumber(1);
const LINK: &str = "http://films.example/a.mp4";
const NOW: LocalTime = LocalTime(1_000);
const LATER: LocalTime = LocalTime(1_001_000);

/// An observer and the clock that its answers are timed by.
struct Scene {
    observer: Observer,
    /// The epochs that were opened, in order.
    opened: Vec<u64>,
    start: Instant,
    /// The zero of the answers' local time, if it is not `start`.
    origin: Option<Instant>,
}

impl Scene {
    fn new() -> Self {
        Self {
            observer: Observer::begin(true).0,
            opened: Vec::new(),
            start: Instant::now(),
            origin: None,
        }
    }

    fn open(&mut self, epoch: u64) -> Actions {
        self.opened.push(epoch);
        let target = OpenTarget::direct(LINK.to_owned(), Container::Mp4);
        self.observer
            .open(Epoch(epoch), target, Position::START, false)
    }

    fn event(&mut self, event: MpvEvent) -> Actions {
        self.observer.event(event, NOW)
    }

    /// mpv reports a seek, a second after everything else.
    fn seek_later(&mut self) -> Actions {
        self.observer.event(MpvEvent::Seek, LATER)
    }

    fn property(&mut self, observed: Observed, value: Value) -> Vec<PlayerEvent> {
        self.event(MpvEvent::Property { observed, value }).events
    }

    /// mpv reports a property, a second after everything else.
    fn property_later(&mut self, observed: Observed, value: Value) -> Actions {
        let event = MpvEvent::Property { observed, value };
        self.observer.event(event, LATER)
    }

    /// An answer that comes a second later than everything else.
    fn answer_later(&mut self, purpose: Purpose, answer: MpvResult) -> Actions {
        let start = self.start;
        self.start += Duration::from_secs(1);
        self.origin = Some(start);
        let actions = self.answer(purpose, answer);
        (self.start, self.origin) = (start, None);
        actions
    }

    fn answer(&mut self, purpose: Purpose, answer: MpvResult) -> Actions {
        self.reply(purpose, answer, false)
    }

    fn reply(&mut self, purpose: Purpose, answer: MpvResult, late: bool) -> Actions {
        let (asked, start) = (self.start, self.start);
        let origin = self.origin.unwrap_or(start);
        let local = move |at: Instant| LocalTime(i64::try_from((at - origin).as_micros()).unwrap());
        let reply = MpvReply {
            purpose,
            asked,
            answer,
            late,
        };
        self.observer
            .answer(reply, start + Duration::from_millis(4), local)
    }

    /// The same answer as often as it takes until all earlier log lines count as received.
    fn all_in(&mut self, purpose: Purpose, answer: MpvResult) -> Actions {
        for _ in 1..ENDS_READ {
            let actions = self.answer(purpose.clone(), answer.clone());
            if !actions.events.is_empty() {
                return actions;
            }
        }
        self.answer(purpose, answer)
    }

    /// mpv reports its entry for the load of `epoch`.
    fn number(&mut self, epoch: u64, entry: u64) -> Actions {
        let answer = Ok(json!({ "playlist_entry_id": entry }));
        let last = self.opened.iter().rposition(|opened| *opened == epoch);
        let load = LoadNumber(last.map_or(0, |at| at as u64) + 1);
        self.answer(Purpose::LoadFile(load), answer)
    }

    /// mpv answers everything that is asked about an entry that opened.
    fn facts(&mut self, entry: u64, path: &str) -> Actions {
        self.facts_of(entry, path, "mov,mp4,m4a,3gp,3g2,mj2", true)
    }

    /// The same for an HLS list.
    fn list_facts(&mut self, entry: u64, seekable: bool) -> Actions {
        self.facts_of(entry, LINK, "hls", seekable)
    }

    fn facts_of(&mut self, entry: u64, path: &str, format: &str, seekable: bool) -> Actions {
        let mut last = Actions::default();
        for fact in MediaProperty::VARIANTS.iter().copied() {
            let value = match fact {
                MediaProperty::Path => json!(path),
                MediaProperty::Entries | MediaProperty::Sound => json!(1),
                MediaProperty::Seekable => json!(seekable),
                MediaProperty::Size => json!(1_000_000),
                MediaProperty::Format => json!(format),
                MediaProperty::Start => json!(0.0),
                MediaProperty::FileName | MediaProperty::Title => json!("a.mp4"),
                MediaProperty::Chapters => json!([]),
            };
            last = self.answer(Purpose::Property(entry, fact), Ok(value));
        }
        last
    }

    /// An HLS list that plays.
    fn play_list(&mut self, epoch: u64, entry: u64) {
        self.open(epoch);
        self.number(epoch, entry);
        self.event(MpvEvent::StartFile { entry });
        self.event(MpvEvent::FileLoaded);
        self.list_facts(entry, true);
        self.event(MpvEvent::PlaybackRestart);
        self.shown();
    }

    /// mpv answers that the last opened media has a picture.
    fn shown(&mut self) {
        let load = LoadNumber(self.opened.len() as u64);
        self.answer(Purpose::Shown(load), Ok(json!(160)));
    }

    /// Media that plays.
    fn play(&mut self, epoch: u64, entry: u64) {
        self.open(epoch);
        self.number(epoch, entry);
        self.event(MpvEvent::StartFile { entry });
        self.event(MpvEvent::FileLoaded);
        self.facts(entry, LINK);
        self.event(MpvEvent::PlaybackRestart);
        self.shown();
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
fn nothing_that_the_room_says_is_more_than_an_argument() {
    let mut scene = Scene::new();
    let text = "a\n\u{1b}]0;b${pid}{\\b1}; quit".to_owned();
    let overlay = Overlay {
        empty: Some(text),
        ..Overlay::default()
    };
    let actions = scene
        .observer
        .command(PlayerCommand::Draw(Box::new(overlay)));
    let [(Purpose::Order("osd-overlay"), command)] = &actions.asks[..] else {
        panic!("{actions:?}");
    };
    let events = command[3].as_str().unwrap();
    assert!(
        events.ends_with("}a]0;b$\\{pid}\\{\\\u{2060}b1}; quit"),
        "{events:?}"
    );
}

#[test]
fn the_first_values_of_what_is_observed_are_no_changes() {
    let mut scene = Scene::new();
    assert_eq!(scene.property(Observed::Pause, json!(false)), []);
    assert_eq!(scene.property(Observed::Speed, json!(1.0)), []);
    assert_eq!(scene.property(Observed::Stalled, Value::Null), []);
    assert_eq!(scene.property(Observed::AtEnd, Value::Null), []);
}

/// What mpv says of the outputs that were chosen and the one that opened.
fn sound_output(scene: &mut Scene, chosen: Value, opened: &str) -> Vec<PlayerEvent> {
    scene.answer(Purpose::ChosenSound, Ok(chosen));
    scene
        .answer(Purpose::CurrentSound, Ok(json!(opened)))
        .events
}

#[test]
fn missing_sound_is_reported_once_and_chosen_silence_never() {
    let mut scene = Scene::new();
    scene.play(1, 1);
    let silence = || json!([{ "name": "null", "enabled": true }]);
    assert_eq!(sound_output(&mut scene, silence(), "null"), []);
    assert_eq!(sound_output(&mut scene, json!([]), "alsa"), []);
    let lacks = [PlayerEvent::Lacks(Lack::Sound)];
    assert_eq!(sound_output(&mut scene, json!([]), "null"), lacks);
    assert_eq!(sound_output(&mut scene, json!([]), "null"), []);
}

#[test]
fn sound_that_goes_late_or_comes_late_is_asked_about_again() {
    let mut scene = Scene::new();
    scene.play(1, 1);
    let driver = Observed::Own(OwnProperty::Driver);
    let changed = |scene: &mut Scene, name: &str| {
        let value = json!(name);
        let event = MpvEvent::Property {
            observed: driver,
            value,
        };
        let asked = scene.event(event).asks;
        let of_sound = asked
            .iter()
            .filter(|(purpose, _)| matches!(purpose, Purpose::ChosenSound | Purpose::CurrentSound));
        assert_eq!(of_sound.count(), 2, "{asked:?}");
        sound_output(scene, json!([]), name)
    };
    let lacks = [PlayerEvent::Lacks(Lack::Sound)];
    assert_eq!(changed(&mut scene, "null"), lacks);
    let regained = [PlayerEvent::Regained(Lack::Sound)];
    assert_eq!(changed(&mut scene, "pipewire"), regained);
    assert_eq!(changed(&mut scene, "null"), lacks);
}

#[test]
fn without_a_window_the_sound_is_played_alone_and_that_is_said_once() {
    let mut scene = Scene::new();
    let forced = |scene: &mut Scene, value: bool| {
        scene.event(MpvEvent::Property {
            observed: Observed::ForcedWindow,
            value: json!(value),
        })
    };
    assert_eq!(forced(&mut scene, true).events, []);
    let actions = forced(&mut scene, false);
    assert_eq!(actions.events, [PlayerEvent::Lacks(Lack::Display)]);
    let orders: Vec<&Value> = actions.asks.iter().map(|(_, order)| order).collect();
    assert_eq!(orders.len(), 2, "{orders:?}");
    assert_eq!(forced(&mut scene, false).events, []);
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
    let reported = scene.answer(Purpose::RestartedAt, Ok(json!(-3.0))).events;
    let at = LocalTime(2_000);
    assert_eq!(
        reported,
        [PlayerEvent::PlaybackRestarted {
            position: Position::START,
            at
        }]
    );
    assert_eq!(scene.property(Observed::Pause, json!("yes")), []);
    assert_eq!(scene.property(Observed::Speed, json!("fast")), []);
}

#[test]
fn what_happens_at_the_end_of_media_is_not_the_members_to_change() {
    let mut scene = Scene::new();
    scene.play(1, 1);
    let cases = [
        (Observed::LoopFile, json!(false), json!("inf"), "no"),
        (Observed::LoopFile, json!(false), json!(3), "no"),
        (Observed::LoopPlaylist, json!(false), json!("force"), "no"),
        (Observed::KeepOpen, json!(true), json!(false), "yes"),
        (Observed::KeepOpen, json!(true), json!("always"), "yes"),
        (Observed::KeepOpenPause, json!(false), json!(true), "no"),
    ];
    for (observed, held, value, back) in cases {
        let change = |value| MpvEvent::Property { observed, value };
        assert!(scene.event(change(held)).asks.is_empty(), "{observed:?}");
        let asks = scene.event(change(value)).asks;
        let name = observed.name();
        let set = (Purpose::Order(name), json!(["set_property", name, back]));
        assert_eq!(asks, [set]);
    }
}

#[test]
fn an_ordered_speed_is_reported_back_as_it_was_ordered() {
    let mut scene = Scene::new();
    let speed = 1.003_217_465;
    let order = PlayerCommand::SetSpeed {
        speed,
        pitch_correction: false,
    };
    assert_eq!(scene.observer.command(order).asks.len(), 2);
    let reported = scene.property(Observed::Speed, json!(1.003_217));
    assert_eq!(reported, [PlayerEvent::Speed { speed }]);
    let reported = scene.property(Observed::Speed, json!(1.1));
    assert_eq!(
        reported,
        [PlayerEvent::Speed { speed: 1.1 }],
        "the member's own"
    );
}
