//! Pictures of asking and keeping order.

use super::Scene;
use crate::app::key::Key;
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::MemberId;
use crate::protocol::member::Role;
use crate::protocol::text::MemberName;
use crate::protocol::wish::Wish;

#[test]
fn an_admins_menu_and_what_is_asked_before_a_ban() {
    let mut scene = Scene::ordinary(Role::Admin);
    scene.key(Key::BackTab);
    scene.key(Key::Enter);
    let menu = scene.picture(80, 18);
    for _ in 0..9 {
        scene.key(Key::Down);
    }
    scene.key(Key::Enter);
    let ban = scene.picture(80, 14);
    insta::assert_snapshot!(format!("{menu}\n{ban}"));
}

#[test]
fn who_is_muted_or_not_waited_for_and_what_was_removed_is_said() {
    let mut scene = Scene::ordinary(Role::Viewer);
    let facts = [
        RoomEvent::Muted {
            member: MemberId(3),
            muted: true,
        },
        RoomEvent::Spared {
            member: MemberId(4),
            spared: true,
        },
        RoomEvent::Erased {
            line: scene.server.room().chat.lines().nth(1).unwrap().id,
            by: MemberName::parse("Alice").unwrap(),
        },
        RoomEvent::Asked {
            member: MemberId(5),
            wish: Wish::Skip,
        },
    ];
    let facts = facts.map(|event| scene.server.happen(event)).to_vec();
    scene.story.facts(facts);
    let watch = scene.picture(80, 24);
    scene.key(Key::F(4));
    let health = scene.picture(100, 12);
    insta::assert_snapshot!(format!("{watch}\n{health}"));
}
