//! A player whose copy of the media ends before the media does.

use super::stories::{ADMIN, VIEWER, seeks, two_in_step};
use super::world::World;
use crate::sim::traits::Traits;
use crate::sync::follow::{SyncState, Unsynced};

/// The header says ten minutes, the data ends sooner.
fn cut_off(reports_way_back: bool) -> Traits {
    Traits {
        cut_at: Some(150.0),
        reports_way_back,
        ..Traits::default()
    }
}

/// The room plays on beyond the end of the viewer's copy.
fn beyond(reports_way_back: bool) -> World {
    let mut world = two_in_step(cut_off(reports_way_back));
    world.timeline_mut().playing.as_mut().unwrap().duration =
        Some(crate::protocol::time::Span::seconds(600));
    world.seek(360.0);
    world.run(5.0);
    world
}

#[test]
fn a_copy_that_ends_early_is_called_so_and_left_alone() {
    let mut world = beyond(false);
    assert!(seeks(&world, VIEWER) <= 3, "{}", seeks(&world, VIEWER));
    let before = [ADMIN, VIEWER].map(|index| world.members[index].orders.len());
    world.run(20.0);
    let status = world.members[VIEWER].follower.status();
    assert_eq!(status.state, SyncState::Unsynced(Unsynced::EndsEarly));
    assert_eq!(status.error, None);
    assert_eq!(world.members[VIEWER].orders.len(), before[VIEWER]);
    for member in &world.members {
        assert_eq!(member.acts, [], "nobody touched anything");
    }
    assert!(world.error(ADMIN).abs() < 0.01, "{}", world.error(ADMIN));
    world.seek(100.0);
    world.run(12.0);
    assert!(world.error(VIEWER).abs() < 0.01, "{}", world.error(VIEWER));
    assert_eq!(
        world.members[VIEWER].follower.status().state,
        SyncState::Holding
    );
}

#[test]
fn who_joins_beyond_the_end_of_their_copy_makes_no_seek_after_seek() {
    let mut world = beyond(false);
    let late = world.join(cut_off(false), crate::sim::link::Weather::LOOPBACK);
    world.run(20.0);
    assert!(seeks(&world, late) <= 2, "{}", seeks(&world, late));
    assert_eq!(world.members[late].acts, []);
    let state = world.members[late].follower.status().state;
    assert_eq!(state, SyncState::Unsynced(Unsynced::EndsEarly));
}

#[test]
fn after_everybodys_copy_ended_all_seek_back_with_the_room() {
    for paused in [false, true] {
        let mut world = World::new(3);
        for _ in [ADMIN, VIEWER] {
            world.join(cut_off(false), crate::sim::link::Weather::LOOPBACK);
        }
        world.run(1.0);
        world.load();
        world.timeline_mut().playing.as_mut().unwrap().duration =
            Some(crate::protocol::time::Span::seconds(600));
        world.broadcast();
        world.run(2.0);
        // The second time nobody tries to get more of it: the players stand there, not paused.
        for _ in 0..2 {
            world.seek(146.0);
            world.run(10.0);
        }
        let now = world.room_now();
        world.timeline_mut().segment.anchor = world.timeline().position(now);
        world.timeline_mut().finished = true;
        world.broadcast();
        world.run(28.0);
        world.timeline_mut().finished = false;
        world.timeline_mut().segment.paused = paused;
        world.seek(20.0);
        world.run(4.0);
        for index in [ADMIN, VIEWER] {
            let error = world.error(index);
            assert!(error.abs() < 0.05, "{paused}: member {index} by {error}");
            assert_eq!(world.members[index].acts, [], "nobody touched anything");
        }
    }
}
