//! Running players that come out ahead of the room since their data has a gap.

use super::stories::{ADMIN, NO_SEEKS, VIEWER, seeks, two_in_step};
use super::world::World;
use crate::protocol::command::Report;
use crate::sim::traits::Traits;
use crate::sync::follow::{SyncState, Unsynced};
use crate::sync::player::PlayerCommand;

const CACHED: Traits = Traits {
    buffered: Some(60.0),
    ..Traits::USUAL
};

/// A list of parts (HLS) whose first picture is at 1.4 s.
const PARTS: Traits = Traits {
    part_begins: Some(1.4),
    ..CACHED
};

/// Keyframes far apart.
const SPARSE_KEYFRAMES: Traits = Traits {
    keyframes: 10.0,
    ..CACHED
};

/// A server that serves no parts of a file.
const UNRANGED: Traits = Traits {
    seekable: false,
    unranged: Some(4.0),
    ..Traits::USUAL
};

fn is_pause(order: &PlayerCommand) -> bool {
    *order == PlayerCommand::SetPaused(true)
}

fn pauses(world: &World) -> usize {
    let orders = world.members[VIEWER].orders.iter();
    orders.filter(|order| is_pause(order)).count()
}

/// The viewer's player skips so much, and comes to the room again without a seek.
fn skips_and_waits(world: &mut World, by: f64) {
    let (sought, paused) = (seeks(world, VIEWER), pauses(world));
    world.members[VIEWER].player.slip(by);
    world.run(0.6);
    assert!(world.members[VIEWER].player.paused, "{by}: it plays on");
    let state = world.members[VIEWER].follower.status().state;
    assert!(by < 2.0 || state == SyncState::Ahead, "{by}: {state:?}");
    world.run(by + 2.2);
    let worst = world.worst_error(VIEWER, 1.0);
    assert!(worst < 0.04, "{by}: {worst}");
    assert_eq!(seeks(world, VIEWER), sought, "{by}");
    assert_eq!(pauses(world), paused + 1, "{by}");
    assert!(world.error(ADMIN).abs() < 0.04);
    assert_eq!(world.members[VIEWER].acts, []);
}

#[test]
fn who_skips_a_part_stands_until_the_room_arrives_in_any_media() {
    for traits in [
        Traits::USUAL,
        CACHED,
        PARTS,
        SPARSE_KEYFRAMES,
        UNRANGED,
        NO_SEEKS,
    ] {
        let mut world = two_in_step(traits);
        for by in [0.7, 2.0, 5.8, 9.9] {
            skips_and_waits(&mut world, by);
        }
    }
}

#[test]
fn who_stands_ahead_reports_it_once_for_each_stand_and_each_move() {
    let reported = |world: &World| {
        let reports = world.members[VIEWER].reports.iter();
        reports
            .filter_map(|report| match report {
                Report::Stalled { stalled, place, .. } => Some((*stalled, *place)),
                _ => None,
            })
            .collect::<Vec<_>>()
    };
    let mut world = two_in_step(PARTS);
    world.members[VIEWER].reports.clear();
    world.members[VIEWER].player.slip(0.9);
    world.run(3.0);
    assert_eq!(reported(&world), [], "too short to be worth a word");
    world.members[VIEWER].player.slip(6.0);
    world.run(1.0);
    let place = world.members[VIEWER].player.place();
    let [(false, Some(at))] = reported(&world)[..] else {
        panic!("{:?}", reported(&world));
    };
    assert!((at.as_seconds() - place).abs() < 0.1, "{at:?}, {place}");
    world.run(20.0);
    assert_eq!(reported(&world).len(), 1);
    // The next gap, though the room has not moved since.
    world.members[VIEWER].player.slip(6.0);
    world.run(20.0);
    assert_eq!(reported(&world).len(), 2, "{:?}", reported(&world));
    // After a jump into the gap as well, and a player that lands where it was sent never.
    world.seek(300.0);
    world.run(20.0);
    assert_eq!(reported(&world).len(), 2);
    world.members[VIEWER].player.traits.seek_miss = 6.0;
    world.seek(200.0);
    world.run(3.0);
    assert_eq!(reported(&world).len(), 3, "{:?}", reported(&world));
}

#[test]
fn who_comes_back_to_a_room_that_went_elsewhere_does_not_tell_it_of_the_place_before() {
    let mut world = two_in_step(PARTS);
    world.members[VIEWER].player.slip(9.0);
    world.run(1.5);
    assert!(world.members[VIEWER].player.paused);
    world.online(VIEWER, false);
    world.pause();
    world.members[VIEWER].reports.clear();
    world.online(VIEWER, true);
    world.run(0.5);
    let reports = &world.members[VIEWER].reports;
    let stands = |report: &Report| matches!(report, Report::Stalled { .. });
    assert!(!reports.iter().any(stands), "{reports:?}");
}

#[test]
fn who_skips_a_part_while_seeks_rest_stands_all_the_same() {
    for traits in [CACHED, PARTS] {
        let mut world = two_in_step(traits);
        for by in [5.7, 18.0] {
            // A seek that nobody asked for: the next one has to wait.
            world.members[VIEWER].player.slip(-0.9);
            world.run(2.0);
            world.seek(300.0);
            world.run(1.0);
            skips_and_waits(&mut world, by);
        }
    }
}

#[test]
fn who_skips_more_is_sent_back_and_stands_if_that_leads_ahead_again() {
    let mut world = two_in_step(CACHED);
    let before = seeks(&world, VIEWER);
    world.members[VIEWER].player.slip(14.0);
    world.run(1.5);
    assert!(world.error(VIEWER).abs() < 0.5, "{}", world.error(VIEWER));
    assert_eq!(seeks(&world, VIEWER), before + 1);
    world.run(70.0);
    world.members[VIEWER].player.traits.seek_miss = 16.0;
    world.members[VIEWER].player.slip(14.0);
    world.run(5.0);
    assert!(world.members[VIEWER].player.paused, "it plays on ahead");
    world.run(14.0);
    assert!(world.error(VIEWER).abs() < 0.04, "{}", world.error(VIEWER));
    assert_eq!(seeks(&world, VIEWER), before + 2, "one for each gap");
}

/// A player that comes out ahead whenever it starts.
#[test]
fn standing_that_does_not_help_is_no_loop_and_is_reported() {
    let mut world = two_in_step(NO_SEEKS);
    world.members[VIEWER].player.slip(3.0);
    let before = pauses(&world);
    let mut moved = true;
    for _ in 0..600 {
        world.run(0.05);
        let player = &mut world.members[VIEWER].player;
        if player.moves() && !moved {
            player.slip(3.0);
        }
        moved = player.moves();
    }
    assert_eq!(pauses(&world), before + 1);
    let state = world.members[VIEWER].follower.status().state;
    let reported = matches!(
        state,
        SyncState::Nudging | SyncState::Unsynced(Unsynced::CannotSeek)
    );
    assert!(reported, "{state:?}");
}
