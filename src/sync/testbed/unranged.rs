//! Servers that serve no parts of a file: within what has come players are sent anywhere, and
//! for the rest they stand until it has come.

use super::stories::{ADMIN, VIEWER};
use super::world::World;
use crate::media::Media;
use crate::protocol::command::Report;
use crate::protocol::time::Position;
use crate::sim::link::Weather;
use crate::sim::traits::Traits;
use crate::sync::follow::{PlayerState, ReadSoFar, SyncState};
use crate::sync::player::PlayerCommand;

const UNRANGED: Traits = Traits {
    seekable: false,
    unranged: Some(4.0),
    ..Traits::USUAL
};

/// HLS of MP4 fragments on FFmpeg 5.1.
const THROWN: Traits = Traits {
    seekable: true,
    thrown: true,
    ..UNRANGED
};

fn two() -> World {
    two_of(UNRANGED)
}

fn two_of(traits: Traits) -> World {
    let mut world = World::new(5);
    for _ in [ADMIN, VIEWER] {
        world.join(traits, Weather::LOOPBACK);
    }
    world.run(1.0);
    world.load();
    world.run(10.0);
    world
}

fn assert_in_step(world: &World, index: usize) {
    let error = world.error(index);
    assert!(error.abs() < 0.06, "member {index} is off by {error}");
    assert_eq!(world.members[index].acts, [], "nobody touched anything");
}

#[test]
fn what_has_come_is_sought_in() {
    let mut world = two();
    for to in [25.0, 3.0] {
        world.seek(to);
        world.run(3.0);
        for index in [ADMIN, VIEWER] {
            assert_in_step(&world, index);
        }
    }
    world.pause();
    world.run(1.0);
    world.seek(12.0);
    world.run(1.0);
    for index in [ADMIN, VIEWER] {
        assert_in_step(&world, index);
    }
}

#[test]
fn who_has_not_read_so_far_stands_and_says_so_until_it_is_there() {
    let mut world = two();
    world.seek(100.0);
    world.run(5.0);
    for index in [ADMIN, VIEWER] {
        let member = &world.members[index];
        assert!(member.player.paused, "it plays elsewhere");
        assert_eq!(member.follower.status().state, SyncState::ReadingOn);
        let PlayerState::ReadingOn(ReadSoFar { read, to }) = member.follower.player_state() else {
            panic!("{:?}", member.follower.player_state());
        };
        assert!(read < to && to >= Position::seconds(100), "{read} {to}");
        let reported = |stalled| {
            let report = |report: &&Report| matches!(report, Report::Stalled { stalled: reported, .. } if *reported == stalled);
            member.reports.iter().filter(report).count()
        };
        assert_eq!((reported(true), reported(false)), (1, 0));
    }
    world.run(30.0);
    for index in [ADMIN, VIEWER] {
        assert_in_step(&world, index);
        assert!(!world.members[index].player.paused);
    }
}

#[test]
fn who_joins_late_reads_on_to_where_the_room_is() {
    let mut world = two();
    let late = world.join(UNRANGED, Weather::LOOPBACK);
    world.run(12.0);
    assert_in_step(&world, late);
    assert_in_step(&world, ADMIN);
}

/// What is cached is known a moment after the first picture.
#[test]
fn who_joins_late_plays_nothing_before_it_is_where_the_room_is() {
    let mut world = two();
    let late = world.join(UNRANGED, Weather::LOOPBACK);
    world.run(12.0);
    let starts = |order: &&PlayerCommand| **order == PlayerCommand::SetPaused(false);
    assert_eq!(world.members[late].orders.iter().filter(starts).count(), 1);
}

#[test]
fn who_joins_late_while_the_room_is_paused_is_sent_to_its_frame() {
    let mut world = two();
    world.pause();
    world.run(1.0);
    let late = world.join(UNRANGED, Weather::LOOPBACK);
    world.run(6.0);
    assert_in_step(&world, late);
}

#[test]
fn who_falls_behind_is_sent_to_what_has_come() {
    let mut world = two();
    world.members[VIEWER].player.slip(-5.0);
    world.run(4.0);
    assert_in_step(&world, VIEWER);
}

/// A player keeps a part of what it has played only.
#[test]
fn a_place_that_is_cached_no_more_is_read_anew_from_the_start() {
    let mut world = two_of(Traits {
        kept: 20.0,
        ..UNRANGED
    });
    world.run(50.0);
    world.seek(10.0);
    world.run(20.0);
    for index in [ADMIN, VIEWER] {
        assert_in_step(&world, index);
        assert_eq!(world.members[index].player.loads.len(), 2);
    }
    world.run(40.0);
    world.pause();
    world.run(1.0);
    world.seek(12.0);
    world.run(20.0);
    for index in [ADMIN, VIEWER] {
        assert_in_step(&world, index);
        assert_eq!(world.members[index].player.loads.len(), 3);
    }
}

#[test]
fn until_it_may_be_read_anew_the_player_stands() {
    let mut world = World::new(5);
    for _ in [ADMIN, VIEWER] {
        let traits = Traits {
            kept: 3.0,
            ..UNRANGED
        };
        world.join(traits, Weather::LOOPBACK);
    }
    world.run(1.0);
    world.load();
    world.run(4.0);
    world.seek(14.0);
    world.run(1.5);
    world.seek(2.0);
    world.run(1.0);
    for _ in 0..6 {
        world.run(0.5);
        for member in &world.members {
            assert!(member.player.paused, "it plays elsewhere");
            assert_eq!(member.follower.status().state, SyncState::Buffering);
            assert_eq!(member.player.loads.len(), 1);
        }
    }
    world.run(10.0);
    for index in [ADMIN, VIEWER] {
        assert_in_step(&world, index);
        assert_eq!(world.members[index].player.loads.len(), 2);
    }
}

#[test]
fn who_is_thrown_to_the_end_by_a_jump_opens_it_anew_and_reads_on() {
    let mut world = two_of(THROWN);
    world.seek(100.0);
    world.run(40.0);
    let late = world.join(THROWN, Weather::LOOPBACK);
    world.run(60.0);
    for (index, loads) in [(ADMIN, 2), (VIEWER, 2), (late, 2)] {
        assert_in_step(&world, index);
        let member = &world.members[index];
        assert_eq!(member.player.loads.len(), loads, "member {index}");
        let failed = |report: &&Report| matches!(report, Report::Failed { .. });
        assert_eq!(member.reports.iter().filter(failed).count(), 0);
    }
}

/// A room that was made anew counts its epochs from the start again.
#[test]
fn other_media_under_the_same_number_is_jumped_in_until_that_throws_the_player() {
    let mut world = two_of(THROWN);
    world.seek(100.0);
    world.run(40.0);
    world.members[VIEWER].player.loads.clear();
    let link = "https://media.example.org/other.mp4";
    world.timeline_mut().playing.as_mut().unwrap().media = Media::parse(link).unwrap();
    world.broadcast();
    world.run(60.0);
    assert_eq!(world.members[VIEWER].player.loads.len(), 2);
    assert_in_step(&world, VIEWER);
}
