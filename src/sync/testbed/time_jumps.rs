//! Media whose own time stamps jump.

use super::stories::{ADMIN, FAR, VIEWER, seeks, two_in_step};
use super::world::World;
use crate::protocol::command::Report;
use crate::protocol::time::Span;
use crate::sim::link::Weather;
use crate::sim::traits::Traits;
use crate::sync::follow::{FollowInput, SyncState, Unsynced};
use crate::sync::player::{PlayerCommand, PlayerEvent};

/// An HLS list.
const LIST: Traits = Traits {
    part_begins: Some(1.4),
    buffered: Some(20.0),
    ..Traits::USUAL
};

const JUMPS: SyncState = SyncState::Unsynced(Unsynced::TimeJumps);

fn two() -> World {
    let mut world = World::new(12);
    for _ in [ADMIN, VIEWER] {
        world.join(LIST, Weather::LOOPBACK);
    }
    world.run(1.0);
    world.load();
    world.run(20.0);
    world
}

/// How many orders a player got, the room's own speed aside.
fn orders(world: &World, index: usize) -> usize {
    let is_one = |order: &&PlayerCommand| match order {
        PlayerCommand::SetSpeed { speed, .. } => (*speed - 1.0).abs() > 1e-9,
        _ => true,
    };
    world.members[index].orders.iter().filter(is_one).count()
}

#[test]
fn players_whose_time_jumps_are_left_alone_and_it_is_reported() {
    for by in [480.0, -18.0] {
        let mut world = two();
        let wave = |world: &World| [ADMIN, VIEWER].map(|index| orders(world, index));
        for index in [ADMIN, VIEWER] {
            world.members[index].player.slip(by);
        }
        world.run(3.0);
        let before = wave(&world);
        for _ in 0..100 {
            world.run(0.5);
            for index in [ADMIN, VIEWER] {
                assert!(world.members[index].player.moves(), "{by}");
                let status = world.members[index].follower.status();
                assert_eq!((status.state, status.error), (JUMPS, None), "{by}");
            }
        }
        assert_eq!(wave(&world), before, "{by}");
        let apart = world.error(ADMIN) - world.error(VIEWER);
        assert!(apart.abs() < 0.05, "{by}: {apart}");
        for member in &world.members {
            let stalls = |report: &Report| matches!(report, Report::Stalled { .. });
            assert!(!member.reports.iter().any(stalls), "nobody waits");
        }
        world.pause();
        world.run(2.0);
        world.resume();
        world.run(2.0);
        assert!(world.members[VIEWER].player.moves(), "{by}");
        assert_eq!(world.members[VIEWER].follower.status().state, JUMPS);
    }
}

#[test]
fn who_lands_behind_a_jump_plays_from_there_and_the_rooms_jump_tries_anew() {
    let mut world = two();
    let lost = Traits {
        seek_miss: 480.0,
        duration: Some(3_600.0),
        ..LIST
    };
    world.members[VIEWER].player.traits = lost;
    world.seek(60.0);
    world.run(3.0);
    let before = orders(&world, VIEWER);
    world.run(30.0);
    assert_eq!(orders(&world, VIEWER), before);
    assert!(world.members[VIEWER].player.moves());
    assert_eq!(world.members[VIEWER].follower.status().state, JUMPS);
    world.members[VIEWER].player.traits = LIST;
    world.seek(30.0);
    world.run(3.0);
    assert!(world.error(VIEWER).abs() < 0.04, "{}", world.error(VIEWER));
}

#[test]
fn an_admin_whose_time_jumps_moves_nobody_by_a_pause_in_the_window() {
    for by in [480.0, -18.0] {
        let mut world = two();
        world.members[ADMIN].player.slip(by);
        world.run(5.0);
        assert_eq!(world.members[ADMIN].follower.status().state, JUMPS);
        let room_at = world.timeline().position(world.room_now()).as_seconds();
        world.members[ADMIN].player.set_paused(true);
        world.run(2.0);
        assert!(
            world.timeline().is_stopped(),
            "it is the admin's pause all the same"
        );
        let stood = world.timeline().segment.anchor.as_seconds();
        assert!((stood - room_at).abs() < 1.0, "{by}: {room_at} to {stood}");
    }
}

#[test]
fn a_reading_that_passes_is_no_jump() {
    let mut world = two();
    let before = seeks(&world, VIEWER);
    for by in [-18.0, -18.0, 500.0] {
        world.members[VIEWER].player.slip(by);
        world.run(0.6);
        world.members[VIEWER].player.slip(-by);
        world.run(5.0);
        assert!(world.error(VIEWER).abs() < 0.04, "{}", world.error(VIEWER));
        assert_eq!(seeks(&world, VIEWER), before, "{by}");
    }
    // A file is no list: one that goes back is brought to the room.
    let mut world = two_in_step(Traits::USUAL);
    world.members[VIEWER].player.slip(-18.0);
    world.run(5.0);
    assert!(world.error(VIEWER).abs() < 0.04, "{}", world.error(VIEWER));
}

#[test]
fn a_stamp_behind_a_jump_is_no_length() {
    let mut world = two();
    let lengths = |world: &World| {
        let reports = world.members[VIEWER].reports.iter();
        let length = |report: &Report| match report {
            Report::Learned { duration, .. } => *duration,
            _ => None,
        };
        reports.filter_map(length).collect::<Vec<_>>()
    };
    let epoch = world.timeline().epoch;
    for seconds in [1_080, 601] {
        let length = Span::seconds(seconds);
        world.feed(
            VIEWER,
            FollowInput::Player(PlayerEvent::Length { epoch, length }),
        );
    }
    assert_eq!(lengths(&world), [600, 601].map(Span::seconds));
}

/// A list in which no player can jump, and of which less comes than it says.
#[test]
fn nobody_waits_for_ever_for_what_does_not_come() {
    let mut world = World::new(13);
    let short = Traits {
        seekable: false,
        thrown: false,
        unranged: Some(4.0),
        part_begins: Some(1.4),
        ..Traits::USUAL
    };
    for _ in [ADMIN, VIEWER] {
        world.join(short, FAR);
    }
    world.run(2.0);
    world.load();
    world.run(8.0);
    for member in &mut world.members {
        member.player.traits.unranged = Some(0.0);
    }
    world.seek(200.0);
    world.run(10.0);
    let state = world.members[VIEWER].follower.status().state;
    assert_eq!(state, SyncState::ReadingOn);
    world.run(10.0);
    for member in &world.members {
        assert_eq!(member.follower.status().state, JUMPS);
        assert!(member.player.moves());
        let last = member.reports.iter().rev().find_map(|report| match report {
            Report::Stalled { stalled, .. } => Some(*stalled),
            _ => None,
        });
        assert_eq!(last, Some(false), "the room waits no longer");
    }
}
