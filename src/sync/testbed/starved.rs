//! Seeks and starts whose data does not come for a while: loading like any other.

use super::stories::{ADMIN, VIEWER, seeks, two_in_step};
use super::world::World;
use crate::protocol::command::Report;
use crate::sim::traits::Traits;
use crate::sync::follow::{FollowInput, SyncState};
use crate::sync::player::PlayerCommand;

fn stalls(world: &World) -> Vec<bool> {
    let stalls = world.members[VIEWER].reports.iter();
    let stalls = stalls.filter_map(|report| match report {
        Report::Stalled { stalled, .. } => Some(*stalled),
        _ => None,
    });
    stalls.collect()
}

/// In step, and then the viewer's data stops for so long. Whether the player says that a seek
/// waits for it makes no difference.
fn starved(for_seconds: f64, reports_waiting: bool) -> World {
    let mut world = two_in_step(Traits {
        reports_waiting,
        ..Traits::default()
    });
    world.members[VIEWER].player.starve(for_seconds);
    world.members[VIEWER].player.seeks.clear();
    world.members[VIEWER].reports.clear();
    world
}

/// The viewer is in step 3 s after the data is back, and was never ahead while it played.
fn assert_comes_back(world: &mut World, after: f64) {
    let mut ahead: f64 = 0.0;
    for _ in 0..crate::sim::link::micros(after + 3.0) / 20_000 {
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
    for reports_waiting in [false, true] {
        for wait in [2.0, 5.0, 20.0] {
            let mut world = starved(wait, reports_waiting);
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
}

#[test]
fn a_jump_while_paused_whose_data_is_late_and_then_a_resume() {
    for reports_waiting in [false, true] {
        let mut world = starved(0.0, reports_waiting);
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
}

#[test]
fn the_room_can_wait_for_a_seek_that_waits_for_data() {
    for reports_waiting in [false, true] {
        let mut world = starved(4.0, reports_waiting);
        world.seek(300.0);
        world.run(1.6);
        assert_eq!(stalls(&world), [true]);
        world.hold(true);
        world.run(2.6);
        assert_eq!(stalls(&world), [true], "it is on its way");
        world.run(2.4);
        assert_eq!(stalls(&world), [true, false]);
        world.hold(false);
        world.run(2.0);
        assert!(world.error(VIEWER).abs() < 0.04, "{}", world.error(VIEWER));
        assert_eq!(seeks(&world, VIEWER), 1, "it plays to where the room waits");
    }
}

#[test]
fn a_server_that_hangs_is_waited_for_without_a_seek_and_a_retry_opens_it_anew() {
    for reports_waiting in [false, true] {
        let mut world = starved(90.0, reports_waiting);
        world.seek(300.0);
        world.run(60.0);
        assert_eq!(seeks(&world, VIEWER), 1);
        let state = world.members[VIEWER].follower.status().state;
        assert_eq!(state, SyncState::Buffering);
        assert_eq!(stalls(&world), [true]);
        let loads = world.members[VIEWER].player.loads.len();
        world.members[VIEWER].player.starve(0.0);
        world.feed(VIEWER, FollowInput::Reopen);
        assert_eq!(world.members[VIEWER].player.loads.len(), loads + 1);
        world.run(5.0);
        assert!(world.error(VIEWER).abs() < 0.04, "{}", world.error(VIEWER));
        assert_eq!(stalls(&world), [true, false]);
    }
}

#[test]
fn a_viewers_own_jump_that_waits_for_data_is_undone_once_it_arrives() {
    for reports_waiting in [false, true] {
        let mut world = starved(3.0, reports_waiting);
        world.members[VIEWER].player.jump(500.0);
        world.run(1.6);
        let state = world.members[VIEWER].follower.status().state;
        assert_eq!(state, SyncState::Buffering);
        assert_comes_back(&mut world, 1.4);
    }
}

/// Two seeks in a row waited for data, and the player never reported it: what the next one costs
/// is not known by that.
#[test]
fn seeks_that_waited_for_data_unsaid_teach_nothing_however_many_there_are() {
    let mut world = starved(4.0, false);
    for to in [300.0, 100.0, 200.0] {
        world.seek(to);
        world.run(12.0);
        world.members[VIEWER].player.starve(4.0);
    }
    world.members[VIEWER].player.starve(0.0);
    world.members[VIEWER].player.seeks.clear();
    let orders = world.members[VIEWER].orders.len();
    world.seek(400.0);
    world.run(0.5);
    assert!(world.error(VIEWER).abs() < 0.06, "{}", world.error(VIEWER));
    assert_eq!(seeks(&world, VIEWER), 1);
    let aims = world.members[VIEWER].orders.iter().skip(orders);
    let aimed = aims.filter_map(|order| match order {
        PlayerCommand::Seek(to) => Some(to.as_seconds() - 400.0),
        _ => None,
    });
    assert!(aimed.into_iter().all(|ahead| ahead < 0.4));
}

/// On a network with long ways, or where pictures are slow to decode, every seek takes its time:
/// that is learned, and one seek is enough.
#[test]
fn what_seeks_cost_is_learned_where_they_are_slow() {
    for cost in [0.8, 2.0] {
        let mut world = two_in_step(Traits {
            seek_cost: (cost, cost * 1.02),
            // All of it is at hand: it is not the network that is slow.
            buffered: Some(600.0),
            ..Traits::default()
        });
        for to in [100.0, 200.0, 300.0] {
            world.seek(to);
            world.run(12.0);
        }
        let before = seeks(&world, VIEWER);
        world.seek(400.0);
        world.run(cost + 1.5);
        assert!(
            world.error(VIEWER).abs() < 0.04,
            "{cost}: {}",
            world.error(VIEWER)
        );
        assert_eq!(seeks(&world, VIEWER), before + 1, "{cost}");
    }
}
