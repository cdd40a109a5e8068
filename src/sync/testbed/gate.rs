//! Starts that everyone waits for, and changes of the rate, that nobody is off through.

use super::stories::{ADMIN, FAR, VIEWER, assert_same_frame, two_behind, two_in_step, two_of_seed};
use super::world::World;
use crate::protocol::command::Report;
use crate::protocol::time::{Position, Span};
use crate::sim::link::Weather;
use crate::sim::traits::Traits;
use crate::sync::follow::{SyncState, Unsynced, UserAction};
use crate::sync::player::{CloseCause, MediaProblem, PlayerCommand, PlayerEvent, ProcessState};

/// Two members of a room in which nothing plays; the viewer's player takes its time.
fn two_before(load_seconds: f64, traits: Traits, weather: Weather) -> World {
    let mut world = World::new(3);
    world.join(Traits::default(), weather);
    world.join(
        Traits {
            load_cost: (load_seconds, load_seconds),
            ..traits
        },
        weather,
    );
    world.run(3.0);
    world
}

fn readies(world: &World, index: usize) -> usize {
    let ready = |report: &&Report| matches!(report, Report::Ready { .. });
    world.members[index].reports.iter().filter(ready).count()
}

/// Both start together at the beginning and are in step from their first reading on.
fn assert_started(world: &mut World) {
    world.run(0.5);
    for index in [ADMIN, VIEWER] {
        assert!(!world.members[index].player.paused, "member {index} stands");
        let worst = world.worst_error(index, 1.0);
        assert!(worst < 0.04, "member {index} was off by {worst}");
        assert_eq!(world.members[index].acts, []);
    }
}

#[test]
fn new_media_stands_until_the_slower_player_is_ready() {
    let mut world = two_before(3.0, Traits::default(), FAR);
    world.load_gated();
    for _ in 0..29 {
        world.run(0.1);
        assert_eq!(world.timeline().position(world.room_now()), Position::START);
        assert!(world.members[ADMIN].player.place() < 1e-6);
    }
    let state = world.members[ADMIN].follower.status().state;
    assert_eq!(state, SyncState::Waiting);
    world.run(0.6);
    assert_started(&mut world);
    assert!(world.timeline().position(world.room_now()) < Position::seconds(3));
    assert_eq!([ADMIN, VIEWER].map(|index| readies(&world, index)), [1, 1]);
}

#[test]
fn after_eight_seconds_it_starts_without_the_one_who_slides_in() {
    let mut world = two_before(11.0, Traits::default(), FAR);
    world.load_gated();
    world.run(8.5);
    assert!(!world.members[ADMIN].player.paused);
    let worst = world.worst_error(ADMIN, 2.0);
    assert!(worst < 0.04, "{worst}");
    world.run(6.0);
    assert!(world.error(VIEWER).abs() < 0.04, "{}", world.error(VIEWER));
    assert_eq!(readies(&world, VIEWER), 0);
}

#[test]
fn who_cannot_play_it_says_so_and_is_not_waited_for() {
    for trouble in [
        PlayerEvent::Process(ProcessState::Closed(CloseCause::Quit)),
        PlayerEvent::Process(ProcessState::Frozen),
    ] {
        let mut world = two_before(60.0, Traits::default(), FAR);
        world.feed(VIEWER, super::super::follow::FollowInput::Player(trouble));
        world.load_gated();
        world.run(2.0);
        assert!(!world.members[ADMIN].player.paused);
        assert_eq!(readies(&world, VIEWER), 1);
    }
    let mut world = two_before(60.0, Traits::default(), FAR);
    world.load_gated();
    world.run(1.0);
    let epoch = world.timeline().epoch;
    let problem = MediaProblem::Stopped;
    let failed = PlayerEvent::Failed { epoch, problem };
    world.feed(VIEWER, super::super::follow::FollowInput::Player(failed));
    world.run(1.0);
    assert!(!world.members[ADMIN].player.paused);
}

#[test]
fn who_was_offline_for_a_moment_says_again_that_they_are_ready() {
    let mut world = two_before(1.0, Traits::default(), FAR);
    world.load_gated();
    world.run(0.5);
    world.online(VIEWER, false);
    world.run(2.0);
    assert_eq!(readies(&world, VIEWER), 1);
    assert!(world.members[ADMIN].player.paused);
    world.online(VIEWER, true);
    world.run(0.5);
    assert_eq!(readies(&world, VIEWER), 2);
    world.run(0.5);
    assert_started(&mut world);
}

#[test]
fn a_viewers_key_before_the_start_is_undone_and_the_admins_opens_it() {
    let mut world = two_before(60.0, Traits::default(), Weather::LOOPBACK);
    let third = world.join(Traits::default(), Weather::LOOPBACK);
    world.load_gated();
    world.run(2.0);
    world.members[third].player.set_paused(false);
    world.run(2.0);
    let place = world.members[third].player.place();
    assert!(
        place < 0.05 && world.members[third].player.paused,
        "{place}"
    );
    assert!(matches!(
        world.members[third].acts[..],
        [UserAction::Resume { .. }]
    ));
    world.members[ADMIN].player.set_paused(false);
    world.run(2.0);
    for index in [ADMIN, third] {
        assert!(!world.members[index].player.paused);
        assert!(world.error(index).abs() < 0.04, "{}", world.error(index));
    }
}

#[test]
fn what_has_no_end_waits_for_the_same_start() {
    let live = Traits {
        duration: None,
        seekable: false,
        ..Traits::default()
    };
    let mut world = World::new(5);
    for load in [0.3, 2.0] {
        let load_cost = (load, load);
        world.join(Traits { load_cost, ..live }, FAR);
    }
    world.run(3.0);
    world.load_gated();
    world.run(1.8);
    assert!(world.members[ADMIN].player.paused);
    world.run(0.8);
    for member in &world.members {
        assert!(!member.player.paused);
        let state = member.follower.status().state;
        assert_eq!(state, SyncState::Unsynced(Unsynced::Live));
    }
}

#[test]
fn running_media_that_is_counted_down_to_stands_on_one_frame_and_starts_together() {
    let mut world = two_of_seed(3, Traits::default(), FAR);
    world.countdown();
    world.run(2.5);
    assert_same_frame(&world);
    let left = world.timeline().segment.start - world.room_now();
    assert!(left > Span::ZERO && left < Span::seconds(1), "{left:?}");
    world.run(left.as_seconds());
    assert_started(&mut world);
}

/// Ordered a moment ahead, since mpv takes one until it is heard, a start is no running ahead.
#[test]
fn whoever_starts_with_a_count_or_when_the_wait_is_over_starts_once() {
    let starts = |world: &World| {
        let starts = |order: &&PlayerCommand| **order == PlayerCommand::SetPaused(false);
        [ADMIN, VIEWER].map(|index| world.members[index].orders.iter().filter(starts).count())
    };
    let forget = |world: &mut World| world.members.iter_mut().for_each(|m| m.orders.clear());
    for weather in [Weather::LOOPBACK, FAR] {
        let mut world = two_behind(Traits::default(), weather);
        world.pause();
        world.run(2.0);
        forget(&mut world);
        world.countdown();
        world.run(6.0);
        assert_eq!(starts(&world), [1, 1]);

        let mut world = two_before(11.0, Traits::default(), weather);
        world.load_gated();
        world.run(9.0);
        assert_eq!(starts(&world), [1, 0]);
    }
}

#[test]
fn a_count_is_cancelled_by_a_pause() {
    let mut world = two_in_step(Traits::default());
    world.pause();
    world.run(1.0);
    world.countdown();
    world.run(1.5);
    assert_same_frame(&world);
    world.pause();
    world.run(5.0);
    assert_same_frame(&world);
}

#[test]
fn nobody_is_ever_more_than_a_frame_off_while_the_rate_changes() {
    for weather in [Weather::LOOPBACK, FAR] {
        for audio in [true, false] {
            let mut world = two_behind(
                Traits {
                    audio,
                    ..Traits::default()
                },
                weather,
            );
            world.run(20.0);
            for rate in [1.25, 0.5, 2.0, 1.0] {
                world.rate(rate);
                for _ in 0..100 {
                    world.run(0.05);
                    for index in [ADMIN, VIEWER] {
                        let off = world.error(index).abs();
                        assert!(off < 0.04, "{rate}, sound {audio}: {index} off by {off}");
                    }
                }
            }
        }
    }
}

#[test]
fn a_rate_that_replaces_one_on_its_way_is_followed_evenly() {
    let mut world = two_behind(Traits::default(), FAR);
    world.run(10.0);
    for member in &mut world.members {
        member.player.seeks.clear();
    }
    world.rate(2.0);
    world.run(0.1);
    world.rate(0.5);
    for index in [ADMIN, VIEWER] {
        let worst = world.worst_error(index, 3.0);
        assert!(worst < 0.15, "{index}: {worst}");
        assert_eq!(world.members[index].player.seeks.len(), 0);
    }
    world.run(5.0);
    assert!(world.error(VIEWER).abs() < 0.03);
}
