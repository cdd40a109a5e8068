//! Pictures of the lobby, as who may start the media and who may not read of it.

use super::Scene;
use crate::app::tests::ALICE;
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::{MemberId, Seq};
use crate::protocol::lobby::StartRule;
use crate::protocol::member::Role;
use crate::protocol::playback::{LoadCause, Segment};
use crate::protocol::time::Span;

impl Scene {
    fn happens(&mut self, event: RoomEvent) {
        let fact = self.server.happen_by(Some((ALICE, Seq(20))), event);
        self.story.facts(vec![fact]);
    }

    /// A film that waits in the lobby; Alice and Vera are ready.
    pub(super) fn in_the_lobby(role: Role, start: StartRule) -> Self {
        let mut scene = Self::ordinary(role).with_player();
        scene.wait_in_the_lobby(start);
        scene
    }

    /// What plays waits in the lobby instead; Alice and Vera are ready.
    pub(super) fn wait_in_the_lobby(&mut self, start: StartRule) {
        let timeline = &self.server.room().timeline;
        let waits = RoomEvent::Loaded {
            epoch: timeline.epoch.next(),
            playing: timeline.playing.clone().unwrap(),
            segment: Segment {
                paused: true,
                ..Segment::default()
            },
            entry: None,
            interrupted: None,
            cause: LoadCause::Played,
            gate: Vec::new(),
        };
        self.happens(waits);
        self.happens(RoomEvent::StartSet {
            start: Some(start),
            missed: false,
        });
        for member in [ALICE, MemberId(3)] {
            self.happens(RoomEvent::ReadyChanged {
                member,
                ready: true,
            });
        }
    }
}

#[test]
fn a_film_waits_for_a_word() {
    assert_pictures!("a_film_waits_for_a_word", |language| {
        let viewer = Scene::in_the_lobby(Role::Viewer, StartRule::Told).in_language(language);
        let admin = Scene::in_the_lobby(Role::Admin, StartRule::Told).in_language(language);
        format!("{}\n{}", viewer.picture(80, 24), admin.picture(80, 12))
    });
}

#[test]
fn a_film_starts_at_a_time_of_ones_own_clock() {
    assert_pictures!("a_film_starts_at_a_time_of_ones_own_clock", |language| {
        let clock = Scene::ordinary(Role::Viewer).server.room().at;
        let at = clock + Span::seconds(26 * 60);
        let scene = Scene::in_the_lobby(Role::Viewer, StartRule::At { at });
        scene.in_language(language).picture(120, 40)
    });
}
