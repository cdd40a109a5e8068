//! The sound device of a member is late, and they set by how much.

use super::stories::{ADMIN, VIEWER, seeks, two_in_step};
use crate::protocol::time::Span;
use crate::sim::traits::Traits;
use crate::sync::follow::FollowInput;
use crate::sync::player::{CloseCause, PlayerEvent, ProcessState};

#[test]
fn a_new_offset_is_steered_to_and_never_sought_to() {
    for millis in [40, -40, 180, 300, -400, 900, -2_000] {
        let mut world = two_in_step(Traits::default());
        let before = seeks(&world, VIEWER);
        world.feed(VIEWER, FollowInput::OutputOffset(Span::millis(millis)));
        world.run(1.0);
        world.run(90.0);
        let player = &world.members[VIEWER].player;
        let reached = Span::from_seconds(player.offset());
        assert_eq!(reached, Span::millis(millis), "{millis} ms");
        assert_eq!(seeks(&world, VIEWER), before, "{millis} ms: no seek");
        let worst = world.worst_error(VIEWER, 5.0);
        assert!(worst < 0.01, "{millis} ms: {worst} s off");
        assert!(world.error(ADMIN).abs() < 0.01, "nobody else is moved");
    }
}

#[test]
fn a_small_offset_is_worked_off_within_seconds() {
    let mut world = two_in_step(Traits::default());
    world.feed(VIEWER, FollowInput::OutputOffset(Span::millis(150)));
    world.run(12.0);
    let worst = world.worst_error(VIEWER, 2.0);
    assert!(worst < 0.015, "{worst} s off");
}

#[test]
fn a_player_that_was_started_again_is_given_the_offset_before_it_plays() {
    let mut world = two_in_step(Traits::default());
    world.feed(VIEWER, FollowInput::OutputOffset(Span::millis(250)));
    world.run(30.0);
    let closed = ProcessState::Closed(CloseCause::Quit);
    world.feed(VIEWER, FollowInput::Player(PlayerEvent::Process(closed)));
    let orders = world.members[VIEWER].orders.len();
    let ready = ProcessState::Ready {
        version: "0.35.1".to_owned(),
        lacks: None,
    };
    world.feed(VIEWER, FollowInput::Player(PlayerEvent::Process(ready)));
    let first = world.members[VIEWER].orders.get(orders).cloned();
    let offset = crate::sync::player::PlayerCommand::SetOutputOffset(Span::millis(250));
    assert_eq!(first, Some(offset));
}
