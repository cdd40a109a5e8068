//! Seeks that land elsewhere than they were aimed, and steps of a frame.

use super::stories::{ADMIN, FAR, VIEWER, assert_same_frame, seeks, two_behind, two_in_step};
use super::world::World;
use crate::sim::link::Weather;
use crate::sim::traits::Traits;
use crate::sync::follow::{SyncState, Unsynced, UserAction};

/// Keyframes ten seconds apart, and a demuxer that cannot get between them.
const SPARSE_KEYFRAMES: Traits = Traits {
    keyframes: 10.0,
    ..Traits::USUAL
};

/// Times that begin at five seconds.
const OFFSET: Traits = Traits {
    first: 5.0,
    ..Traits::USUAL
};

fn two_of(traits: Traits) -> World {
    let mut world = World::new(4);
    for _ in [ADMIN, VIEWER] {
        world.join(traits, Weather::LOOPBACK);
    }
    world.run(1.0);
    world
}

/// How far the player that is farthest ahead is ahead while it plays, over the next seconds.
fn farthest_ahead(world: &mut World, for_seconds: f64) -> f64 {
    let mut farthest: f64 = 0.0;
    for _ in 0..crate::sim::link::micros(for_seconds) / 20_000 {
        world.run(0.02);
        for index in 0..world.members.len() {
            if world.members[index].player.moves() {
                farthest = farthest.max(world.error(index));
            }
        }
    }
    farthest
}

#[test]
fn whoever_lands_ahead_stands_until_the_room_arrives() {
    for to in [14.0, 15.5, 12.0, 19.0, 10.5] {
        let mut world = two_of(SPARSE_KEYFRAMES);
        world.load();
        world.run(5.0);
        let before = [ADMIN, VIEWER].map(|index| seeks(&world, index));
        world.seek(to);
        let ahead = farthest_ahead(&mut world, 11.0);
        assert!(ahead < 0.06, "{to}: {ahead}");
        for index in [ADMIN, VIEWER] {
            assert!(
                world.error(index).abs() < 0.04,
                "{to}: {}",
                world.error(index)
            );
            assert_eq!(seeks(&world, index), before[index] + 1, "{to}");
            assert_eq!(world.members[index].acts, []);
        }
    }
}

/// A seek that comes out where the player stood is not the end of another one before it, for which
/// the room would wait.
#[test]
fn a_seek_to_before_the_keyframe_where_a_player_stands_is_over_when_it_comes_out_there() {
    let mut world = two_of(SPARSE_KEYFRAMES);
    world.load();
    world.run(5.0);
    world.pause();
    world.run(1.0);
    let mut seek = |to: f64, within: f64| {
        world.seek(to);
        world.run(within);
        for index in [ADMIN, VIEWER] {
            let state = world.members[index].follower.status().state;
            assert_eq!(state, SyncState::Holding, "{to}");
            let place = world.members[index].player.place();
            assert!((place - 20.0).abs() < 0.05, "{to}: {place}");
        }
    };
    for to in [16.0, 17.0, 16.9] {
        seek(to, 1.0);
    }
    // What was learned fades, and is learned again.
    for to in [19.0, 19.5] {
        seek(to, 1.0);
    }
    seek(14.0, 3.0);
    seek(14.5, 1.0);
}

#[test]
fn a_late_joiner_of_media_with_sparse_keyframes_opens_it_and_waits() {
    let mut world = two_of(SPARSE_KEYFRAMES);
    world.load();
    world.run(13.0);
    let late = world.join(SPARSE_KEYFRAMES, FAR);
    let ahead = farthest_ahead(&mut world, 12.0);
    assert!(ahead < 0.06, "{ahead}");
    assert_eq!(seeks(&world, late), 0);
    assert!(world.error(late).abs() < 0.04, "{}", world.error(late));
}

#[test]
fn media_that_begins_later_stands_at_its_first_picture_and_shows_it_once() {
    for gated in [false, true] {
        let mut world = two_of(OFFSET);
        if gated {
            world.load_gated();
        } else {
            world.load();
        }
        let ahead = farthest_ahead(&mut world, 10.0);
        assert!(ahead < 0.06, "{ahead}");
        for index in [ADMIN, VIEWER] {
            assert!(world.error(index).abs() < 0.01, "{}", world.error(index));
            assert_eq!(seeks(&world, index), 0);
        }
    }
}

#[test]
fn who_slips_behind_in_media_with_sparse_keyframes_makes_one_seek_at_most() {
    for slip in [0.8, 3.0, 8.0] {
        let mut world = two_of(SPARSE_KEYFRAMES);
        world.load();
        world.run(5.0);
        world.seek(44.0);
        world.run(12.0);
        let before = seeks(&world, VIEWER);
        world.members[VIEWER].player.slip(-slip);
        let ahead = farthest_ahead(&mut world, 40.0);
        assert!(ahead < 0.06, "{slip}: {ahead}");
        assert!(seeks(&world, VIEWER) <= before + 1, "{slip}");
        assert!(
            world.error(VIEWER).abs() < 0.04,
            "{slip}: {}",
            world.error(VIEWER)
        );
    }
}

/// Speed works off 6 s at most, and a seek comes out 8.9 s beyond where it is aimed.
#[test]
fn who_is_farther_behind_than_speed_works_off_seeks_although_that_lands_ahead() {
    let mut world = two_of(SPARSE_KEYFRAMES);
    world.load();
    world.run(5.0);
    world.seek(41.0);
    world.run(12.0);
    let before = seeks(&world, VIEWER);
    world.members[VIEWER].player.slip(-7.0);
    let ahead = farthest_ahead(&mut world, 25.0);
    assert!(ahead < 0.06, "{ahead}");
    assert_eq!(seeks(&world, VIEWER), before + 1);
    assert!(world.error(VIEWER).abs() < 0.04, "{}", world.error(VIEWER));
}

#[test]
fn a_correction_that_did_not_help_stands_down_and_says_so() {
    let mut world = two_in_step(Traits {
        seek_miss: -20.0,
        ..Traits::default()
    });
    world.members[VIEWER].player.slip(-10.0);
    world.members[VIEWER].player.seeks.clear();
    world.run(50.0);
    assert_eq!(seeks(&world, VIEWER), 1);
    let state = world.members[VIEWER].follower.status().state;
    assert_eq!(state, SyncState::Unsynced(Unsynced::BackingOff));
    world.members[VIEWER].player.traits.seek_miss = 0.0;
    world.seek(200.0);
    world.run(3.0);
    assert!(world.error(VIEWER).abs() < 0.04, "{}", world.error(VIEWER));
}

#[test]
fn an_admins_step_of_a_frame_is_the_rooms_and_a_viewers_is_undone() {
    let mut world = two_behind(Traits::default(), FAR);
    world.pause();
    world.run(2.0);
    let before = world.members[VIEWER].player.place();
    world.members[ADMIN].player.step(1.0);
    world.run(0.5);
    assert_same_frame(&world);
    let moved = world.members[VIEWER].player.place() - before;
    assert!((moved - 1.0 / 24.0).abs() < 1e-3, "{moved}");
    world.members[VIEWER].player.step(-1.0);
    world.run(1.0);
    assert_same_frame(&world);
    assert!(matches!(
        world.members[VIEWER].acts[..],
        [UserAction::Seek { .. }]
    ));
    // Back it is a seek, in media of 60 frames a second of less than 40 ms.
    let back = world.members[VIEWER].player.place() - 1.0 / 24.0;
    world.members[VIEWER].player.jump(back);
    world.run(1.0);
    assert_same_frame(&world);
    for _ in 0..10 {
        world.members[ADMIN].player.step(-1.0);
        world.run(0.05);
    }
    world.run(1.0);
    assert_same_frame(&world);
    let moved = world.members[VIEWER].player.place() - before;
    assert!((moved + 9.0 / 24.0).abs() < 1e-3, "{moved}");
}

/// The sound's delay changed: what is read jumps, and nobody jumps after it.
#[test]
fn a_step_of_the_sound_is_worked_off_by_speed() {
    for by in [0.3, -0.3] {
        let mut world = two_in_step(Traits::default());
        let before = seeks(&world, VIEWER);
        world.members[VIEWER].player.slip(by);
        world.members[VIEWER].player.speed_orders.clear();
        world.run(10.0);
        assert!(world.error(VIEWER).abs() < 0.02, "{}", world.error(VIEWER));
        assert_eq!(seeks(&world, VIEWER), before);
        for (_, speed) in &world.members[VIEWER].player.speed_orders {
            assert!((speed - 1.0).abs() <= 0.051, "{speed}");
        }
    }
}
