//! Pictures of media that is about to start, of media that has no end, and of its last frame.

use super::{Scene, evening};
use crate::app::key::Key;
use crate::app::tests::{ALICE, ME};
use crate::protocol::ephemeral::LivePlace;
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::{Epoch, MemberId, Seq};
use crate::protocol::member::Role;
use crate::protocol::playback::{LoadCause, Retime, Segment};
use crate::protocol::time::{Position, Span};
use crate::sync::player::{Basis, PlayerEvent, ProcessState, Sample};
use crate::wire::message::{Health, HealthDigest, HealthState, ServerMsg};

impl Scene {
    /// The own player answers, and the clocks are compared.
    pub(super) fn with_player(mut self) -> Self {
        let (t0, t1) = (self.story.now.local, self.server.room().at);
        self.story.receive(ServerMsg::Pong {
            t0,
            t1,
            t2: t1,
            cadence: None,
        });
        self.player(PlayerEvent::Process(ProcessState::Ready {
            version: "0.35.1".into(),
            lacks: None,
        }));
        self
    }

    fn player(&mut self, event: PlayerEvent) {
        self.story.on(crate::app::event::Event::Player(event));
    }

    /// The next media comes on, and waits for these members.
    fn loads(&mut self, gate: Vec<MemberId>) {
        let room = self.server.room();
        let event = RoomEvent::Loaded {
            epoch: room.timeline.epoch.next(),
            playing: room.timeline.playing.clone().unwrap(),
            segment: Segment {
                start: room.at + Span::seconds(8),
                ..Segment::default()
            },
            entry: None,
            interrupted: None,
            cause: LoadCause::Played,
            gate,
        };
        let fact = self.server.happen(event);
        self.story.facts(vec![fact]);
    }

    /// Media without an end comes on and is shown; its own time stamps begin there.
    fn shows_live(&mut self, begins: Option<Span>) -> Epoch {
        self.loads(Vec::new());
        let epoch = self.server.room().timeline.epoch;
        let learned = self.server.happen(RoomEvent::Learned {
            epoch,
            duration: None,
            title: None,
            live: true,
            length_is_set: false,
            length_by_viewers: false,
            title_by_viewers: false,
            players_length: None,
            begins: None,
        });
        self.story.facts(vec![learned]);
        let at = self.story.now.local;
        for event in [
            PlayerEvent::Loaded {
                epoch,
                title: None,
                has_audio: true,
                seekable: false,
                live: true,
                begins,
            },
            PlayerEvent::PlaybackRestarted {
                position: Position::START,
                at,
            },
            PlayerEvent::Paused {
                paused: false,
                position: None,
                at,
            },
        ] {
            self.player(event);
        }
        epoch
    }

    /// Alice plays on, from a number of seconds away.
    fn resumes(&mut self, start: Span, countdown: bool) {
        let room = self.server.room();
        let event = RoomEvent::Retimed {
            segment: Segment {
                start: room.at + start,
                ..room.timeline.segment
            },
            retime: Retime::Resumed,
            in_player: false,
            countdown,
        };
        let fact = self.server.happen_by(Some((ALICE, Seq(9))), event);
        self.story.facts(vec![fact]);
    }
}

#[test]
fn new_media_waits_for_those_who_are_missing() {
    assert_pictures!("new_media_waits_for_those_who_are_missing", |language| {
        let mut scene = Scene::ordinary(Role::Viewer)
            .in_language(language)
            .with_player();
        scene.loads(vec![ALICE, ME, MemberId(3)]);
        let three = scene.picture(80, 10);
        for member in [ALICE, MemberId(3)] {
            let ready = scene.server.happen(RoomEvent::Ready { member });
            scene.story.facts(vec![ready]);
        }
        let me = scene.picture(80, 10);
        format!("{three}\n{me}")
    });
}

#[test]
fn a_count_stands_in_the_first_lines() {
    assert_pictures!("a_count_stands_in_the_first_lines", |language| {
        let mut scene = Scene::ordinary(Role::Viewer)
            .in_language(language)
            .with_player();
        scene.loads(Vec::new());
        scene.resumes(Span::millis(3_100), true);
        scene.story.pass(Span::millis(1_200));
        scene.picture(80, 12)
    });
}

#[test]
fn at_the_end_of_the_queue_the_last_frame_stays_and_that_is_shown() {
    assert_pictures!(
        "at_the_end_of_the_queue_the_last_frame_stays_and_that_is_shown",
        |language| {
            let mut scene = Scene::of(evening(Role::Viewer))
                .in_language(language)
                .with_player();
            let over = RoomEvent::Finished {
                epoch: scene.server.room().timeline.epoch,
                position: Position::seconds(5_720),
            };
            let over = scene.server.happen(over);
            scene.story.facts(vec![over]);
            scene.picture(80, 12)
        }
    );
}

#[test]
fn what_has_no_end_is_called_live() {
    assert_pictures!("what_has_no_end_is_called_live", |language| {
        let mut scene = Scene::ordinary(Role::Viewer)
            .in_language(language)
            .with_player();
        scene.shows_live(None);
        scene.picture(80, 10)
    });
}

#[test]
fn live_media_without_times_says_how_far_apart_its_players_are() {
    assert_pictures!(
        "live_media_without_times_says_how_far_apart_its_players_are",
        |language| {
            let mut scene = Scene::ordinary(Role::Viewer)
                .in_language(language)
                .with_player();
            let epoch = scene.shows_live(Some(Span::seconds(30)));
            let (t0, t1) = (scene.story.now.local, scene.server.room().at);
            scene.story.receive(ServerMsg::Pong {
                t0,
                t1,
                t2: t1,
                cadence: None,
            });
            for position in [0, 1] {
                let at = scene.story.now.local;
                scene.player(PlayerEvent::Sample(Sample {
                    position: Position::seconds(position),
                    at,
                    basis: Basis::Audio,
                    buffered: Some(Span::seconds(6)),
                }));
                scene.story.pass(Span::seconds(1));
            }
            let own = scene.story.app.sync_status().live.unwrap();
            let place = |by: i64, epoch| {
                let offset = own.offset + Span::millis(by);
                let live = Some(LivePlace { epoch, offset });
                let state = HealthState::InStep;
                Health {
                    state,
                    live,
                    ..Health::default()
                }
            };
            let mut digest = HealthDigest {
                worst: vec![(ME, place(0, epoch)), (ALICE, place(-1_400, epoch))],
                ..HealthDigest::default()
            };
            scene.story.receive(ServerMsg::Health(digest.clone()));
            let one = scene.picture(80, 10);
            digest.worst.push((MemberId(3), place(1_900, epoch)));
            // Reported of the media before.
            digest.worst.push((MemberId(4), place(90_000, Epoch(0))));
            scene.story.receive(ServerMsg::Health(digest));
            let three = scene.picture(80, 10);
            scene.key(Key::F(4));
            let numbers = scene.picture(80, 14);
            format!("{one}\n{three}\n{numbers}")
        }
    );
}
