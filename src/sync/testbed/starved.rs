//! Seeks and starts whose data does not come for a while: loading like any other.

use super::stories::{ADMIN, VIEWER, seeks, two_in_step};
use super::traits::Traits;
use super::world::World;
use crate::protocol::command::Report;
use crate::sync::follow::{Input, SyncState};

fn stalls(world: &World) -> Vec<bool> {
    let stalls = world.members[VIEWER].reports.iter();
    let stalls = stalls.filter_map(|report| match report {
        Report::Stalled { stalled, .. } => Some(*stalled),
        _ => None,
    });
    stalls.collect()
}

/// In step, and then the viewer's data stops for so long.
fn starved(for_seconds: f64) -> World {
    let mut world = two_in_step(Traits::default());
    world.members[VIEWER].player.starve(for_seconds);
    world.members[VIEWER].player.seeks.clear();
    world.members[VIEWER].reports.clear();
    world
}

/// The viewer is in step 3 s after the data is back, and was never ahead while it played.
fn assert_comes_back(world: &mut World, after: f64) {
    let mut ahead: f64 = 0.0;
    for _ in 0..super::link::micros(after + 3.0) / 20_000 {
        world.run(0.02);
        if world.members[VIEWER].player.moves() {
            ahead = ahead.max(world.error(VIEWER));
        }
    }
    assert!(ahead < 0.06, "{ahead}");
    let worst = world.worst_error(VIEWER, 5.0);
    assert!(worst < 0.04, "{worst}");
    assert!(seeks(world, VIEWER) <= 2, "{}", seeks(world, VIEWER));
    assert!(world.error(ADMIN).abs() < 0.01);
}

#[test]
fn a_seek_that_waits_for_data_is_a_stall_and_teaches_nothing_about_seeks() {
    for wait in [2.0, 5.0, 20.0] {
        let mut world = starved(wait);
        world.seek(300.0);
        world.run(1.6);
        let state = world.members[VIEWER].follower.status().state;
        assert_eq!(state, SyncState::Buffering);
        assert_eq!(stalls(&world), [true]);
        assert_comes_back(&mut world, wait - 1.6);
        assert_eq!(stalls(&world), [true, false]);
        world.members[VIEWER].player.seeks.clear();
        world.seek(100.0);
        world.run(0.5);
        assert!(world.error(VIEWER).abs() < 0.08, "{}", world.error(VIEWER));
    }
}

#[test]
fn a_jump_while_paused_whose_data_is_late_and_then_a_resume() {
    let mut world = starved(0.0);
    world.pause();
    world.run(1.0);
    world.members[VIEWER].player.seeks.clear();
    world.members[VIEWER].player.starve(4.0);
    world.seek(300.0);
    world.run(1.0);
    world.resume();
    world.run(1.6);
    assert_eq!(stalls(&world), [true]);
    assert_comes_back(&mut world, 1.4);
}

#[test]
fn the_room_can_wait_for_a_seek_that_waits_for_data() {
    let mut world = starved(4.0);
    world.seek(300.0);
    world.run(1.6);
    assert_eq!(stalls(&world), [true]);
    world.hold(true);
    world.run(3.0);
    assert_eq!(stalls(&world), [true, false]);
    world.hold(false);
    world.run(2.0);
    assert!(world.error(VIEWER).abs() < 0.04, "{}", world.error(VIEWER));
    assert!(seeks(&world, VIEWER) <= 2);
}

#[test]
fn a_server_that_hangs_is_waited_for_without_a_seek_and_a_retry_opens_it_anew() {
    let mut world = starved(90.0);
    world.seek(300.0);
    world.run(60.0);
    assert_eq!(seeks(&world, VIEWER), 1);
    let state = world.members[VIEWER].follower.status().state;
    assert_eq!(state, SyncState::Buffering);
    assert_eq!(stalls(&world), [true]);
    let loads = world.members[VIEWER].player.loads.len();
    world.members[VIEWER].player.starve(0.0);
    world.tell(VIEWER, Input::Reopen);
    assert_eq!(world.members[VIEWER].player.loads.len(), loads + 1);
    world.run(5.0);
    assert!(world.error(VIEWER).abs() < 0.04, "{}", world.error(VIEWER));
    assert_eq!(stalls(&world), [true, false]);
}

#[test]
fn a_viewers_own_jump_that_waits_for_data_is_undone_once_it_arrives() {
    let mut world = starved(3.0);
    world.members[VIEWER].player.jump(500.0);
    world.run(1.6);
    let state = world.members[VIEWER].follower.status().state;
    assert_eq!(state, SyncState::Buffering);
    assert_comes_back(&mut world, 1.4);
}
