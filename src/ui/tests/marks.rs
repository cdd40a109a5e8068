//! Pictures of the words at the right of the header: what the own player lacks, and how many watch
//! from outside.

use super::Scene;
use crate::app::event::Event;
use crate::protocol::member::Role;
use crate::sync::player::{Lack, PlayerEvent, ProcessState};
use crate::wire::message::{HealthDigest, ServerMsg};

/// The header and what follows at once, in a terminal of two columns less than a
/// wide one, and in a wide one.
fn headers(scene: &Scene) -> String {
    let [narrower, wide] = [(98, 10), (120, 10)].map(|(columns, rows)| {
        let picture = scene.picture(columns, rows);
        picture.lines().take(2).collect::<Vec<_>>().join("\n")
    });
    format!("{narrower}\n\n{wide}\n")
}

#[test]
fn what_the_player_lacks_stands_in_the_header() {
    assert_pictures!("what_the_player_lacks_stands_in_the_header", |language| {
        let pictures = [Lack::Display, Lack::Sound, Lack::Both].map(|lack| {
            let mut scene = Scene::ordinary(Role::Admin).in_language(language);
            scene
                .story
                .on(Event::Player(PlayerEvent::Process(ProcessState::Ready {
                    version: "0.35.1".into(),
                    lacks: Some(lack),
                })));
            headers(&scene)
        });
        pictures.join("\n")
    });
}

#[test]
fn observers_are_counted_beside_the_members() {
    assert_pictures!("observers_are_counted_beside_the_members", |language| {
        let mut scene = Scene::ordinary(Role::Viewer).in_language(language);
        scene.story.receive(ServerMsg::Health(HealthDigest {
            observers: 3,
            ..HealthDigest::default()
        }));
        headers(&scene)
    });
}
