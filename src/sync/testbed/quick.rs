//! What an admin does faster than the room can answer, or while it is paused.

use super::stories::{ADMIN, FAR, VIEWER, assert_same_frame, seeks, two_behind, two_in_step};
use super::world::World;
use crate::protocol::time::Rate;
use crate::sim::traits::Traits;
use crate::sync::follow::UserAction;
use crate::sync::player::PlayerCommand;

/// The admin presses the pause key so often, this far apart.
fn taps(world: &mut World, times: u32, gap: f64) {
    for _ in 0..times {
        let player = &mut world.members[ADMIN].player;
        player.set_paused(!player.paused);
        world.run(gap);
    }
}

#[test]
fn every_tap_of_an_admin_counts_however_fast() {
    for (times, gap) in [
        (2, 0.05),
        (2, 0.1),
        (2, 0.2),
        (3, 0.05),
        (3, 0.12),
        (4, 0.08),
    ] {
        let mut world = two_behind(Traits::default(), FAR);
        taps(&mut world, times, gap);
        world.run(4.0);
        let paused = times % 2 == 1;
        assert_eq!(
            world.timeline().segment.paused,
            paused,
            "{times} taps, {gap} s"
        );
        for member in &world.members {
            assert_eq!(member.player.paused, paused, "{times} taps, {gap} s");
        }
        assert_eq!(
            world.members[ADMIN].acts.len(),
            usize::try_from(times).unwrap()
        );
        if paused {
            assert_same_frame(&world);
        }
    }
}

#[test]
fn a_frame_step_in_a_paused_room_leaves_it_paused_one_frame_on() {
    let mut world = two_behind(Traits::default(), FAR);
    world.pause();
    world.run(2.0);
    let before = world.members[VIEWER].player.place();
    // It plays for one frame, as mpv does it.
    taps(&mut world, 2, 0.042);
    world.run(4.0);
    assert!(world.timeline().segment.paused);
    assert_same_frame(&world);
    let moved = world.members[VIEWER].player.place() - before;
    assert!((-0.05..0.2).contains(&moved), "{moved}");
}

#[test]
fn a_speed_that_is_taken_back_at_once_is_the_old_one() {
    let mut world = two_behind(Traits::default(), FAR);
    world.members[ADMIN].player.set_speed(1.5);
    world.run(0.35);
    world.members[ADMIN].player.set_speed(1.0);
    world.run(6.0);
    assert_eq!(world.timeline().segment.rate, Rate::NORMAL);
    assert!(world.error(VIEWER).abs() < 0.1, "{}", world.error(VIEWER));
}

#[test]
fn the_first_few_speeds_and_pauses_of_a_viewer_are_undone_at_once() {
    let mut world = two_in_step(Traits::default());
    for round in 0..3 {
        world.members[VIEWER].player.set_speed(2.0);
        world.run(0.6);
        let speed = world.members[VIEWER].player.speed();
        assert!((speed - 1.0).abs() < 0.12, "{round}: {speed}");
        world.members[VIEWER].player.set_paused(true);
        world.run(0.5);
        assert!(!world.members[VIEWER].player.paused, "{round}");
    }
    assert!(seeks(&world, VIEWER) <= 6, "the jumps back rest");
    world.run(20.0);
    assert!(world.error(VIEWER).abs() < 0.04, "{}", world.error(VIEWER));
}

#[test]
fn a_player_that_pauses_whenever_it_is_resumed_is_resumed_ever_more_rarely() {
    let mut world = two_in_step(Traits::default());
    let before = world.members[VIEWER].orders.len();
    for _ in 0..1_500 {
        world.members[VIEWER].player.set_paused(true);
        world.run(0.02);
    }
    let orders = &world.members[VIEWER].orders[before..];
    let resumes = |order: &&PlayerCommand| matches!(order, PlayerCommand::SetPaused(false));
    let resumes = orders.iter().filter(resumes).count();
    assert!((10..=20).contains(&resumes), "{resumes}");
    assert!(orders.len() <= 60, "{}", orders.len());
    assert!(world.members[VIEWER].acts.len() <= 20);
    // Once that has an end it is back in step, and soon nothing is held against it.
    world.run(20.0);
    assert!(world.error(VIEWER).abs() < 0.04, "{}", world.error(VIEWER));
    world.members[VIEWER].player.set_paused(true);
    world.run(0.5);
    assert!(!world.members[VIEWER].player.paused);
}

#[test]
fn the_first_few_steps_and_speeds_of_a_viewer_in_a_paused_room_are_undone_at_once() {
    let mut world = two_in_step(Traits::default());
    world.pause();
    world.run(2.0);
    for round in 0..3 {
        world.members[VIEWER].player.set_speed(0.5);
        world.run(0.6);
        let speed = world.members[VIEWER].player.speed();
        assert!((speed - 1.0).abs() < 0.12, "{round}: {speed}");
        world.members[VIEWER].player.set_paused(false);
        world.run(0.2);
        assert!(world.members[VIEWER].player.paused, "{round}");
    }
    world.run(8.0);
    assert_same_frame(&world);
}

#[test]
fn a_held_arrow_key_is_a_few_jumps_and_ends_where_it_was_let_go() {
    let mut world = two_behind(Traits::default(), FAR);
    for _ in 0..40 {
        let there = world.members[ADMIN].player.place() + 5.0;
        world.members[ADMIN].player.jump(there);
        world.run(0.13);
    }
    world.run(10.0);
    let acts = &world.members[ADMIN].acts;
    assert!(
        acts.iter()
            .all(|act| matches!(act, UserAction::Seek { .. })),
        "{acts:?}"
    );
    assert!((4..=16).contains(&acts.len()), "{}", acts.len());
    assert!(
        world.timeline().segment.anchor.as_seconds() > 150.0,
        "{:?}",
        world.timeline().segment
    );
    for index in [ADMIN, VIEWER] {
        assert!(world.error(index).abs() < 0.05, "{}", world.error(index));
    }
}

#[test]
fn in_a_paused_room_every_player_has_the_rooms_speed() {
    let mut world = two_in_step(Traits::default());
    world.rate(1.1);
    world.run(8.0);
    world.pause();
    world.run(1.0);
    world.rate(1.0);
    world.run(1.0);
    for index in [ADMIN, VIEWER] {
        let speed = world.members[index].player.speed();
        assert!((speed - 1.0).abs() < 0.002, "{speed}");
    }
    world.members[VIEWER].player.set_speed(1.3);
    world.run(2.0);
    let speed = world.members[VIEWER].player.speed();
    assert!((speed - 1.0).abs() < 0.002, "{speed}");
}

#[test]
fn a_paused_player_follows_a_jump_though_it_reported_no_pause() {
    let merges_pauses = true;
    let mut world = two_in_step(Traits {
        merges_pauses,
        ..Traits::default()
    });
    world.pause();
    world.run(1.5);
    // The pause meets the player right after its start, in one of these.
    for gap in (6..35).map(|twice| f64::from(twice) * 2e-3) {
        world.resume();
        world.run(gap);
        world.pause();
        world.run(3.0);
        world.seek(world.timeline().segment.anchor.as_seconds() + 10.0);
        world.run(3.0);
        assert_same_frame(&world);
        assert!(world.error(VIEWER).abs() < 0.05, "{}", world.error(VIEWER));
    }
}
