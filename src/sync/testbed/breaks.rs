//! Connections that break, and copies that end before the media does.

use super::stories::{ADMIN, VIEWER, two_in_step};
use super::world::World;
use crate::media::fault::{FaultKind, MediaFault};
use crate::protocol::command::Report;
use crate::protocol::failure::FailureCode;
use crate::protocol::time::Span;
use crate::sim::traits::Traits;
use crate::sync::follow::{FollowInput, SyncState, Unsynced};
use crate::sync::player::{MediaProblem, PlayerEvent, Refetch};

/// Media of ten minutes, as the room knows.
fn ten_minutes(traits: Traits) -> World {
    let mut world = two_in_step(traits);
    world.timeline_mut().playing.as_mut().unwrap().duration = Some(Span::seconds(600));
    world.broadcast();
    world.run(1.0);
    for member in &mut world.members {
        member.reports.clear();
        member.player.loads.clear();
        member.player.seeks.clear();
    }
    world
}

fn stalls(world: &World, index: usize) -> Vec<bool> {
    let stalls = world.members[index].reports.iter();
    let stalls = stalls.filter_map(|report| match report {
        Report::Stalled { stalled, .. } => Some(*stalled),
        _ => None,
    });
    stalls.collect()
}

fn ended(world: &World, index: usize) -> usize {
    let ended = |report: &&Report| matches!(report, Report::Ended { .. });
    let reports = world.members[index].reports.iter();
    reports.filter(ended).count()
}

/// When the viewer's tries were made, in whole seconds after the first.
fn tries(world: &World) -> Vec<i64> {
    let loads = &world.members[VIEWER].player.loads;
    let first = loads.first().copied().unwrap_or_default();
    let since = |at: &i64| (at - first + 500_000) / 1_000_000;
    loads.iter().map(since).collect()
}

#[test]
fn whose_server_is_away_for_15_s_is_back_in_step_soon_after_it_is() {
    let mut world = ten_minutes(Traits::default());
    world.members[VIEWER].player.lose_server(15.0, 3.0);
    world.run(10.0);
    let state = world.members[VIEWER].follower.status().state;
    assert_eq!(state, SyncState::Buffering);
    assert_eq!(stalls(&world, VIEWER), [true]);
    world.run(5.0);
    world.run(10.0);
    let worst = world.worst_error(VIEWER, 5.0);
    assert!(worst < 0.04, "{worst}");
    assert_eq!(stalls(&world, VIEWER), [true, false]);
    assert_eq!(tries(&world), [0, 2, 5, 10, 18]);
    assert_eq!(ended(&world, VIEWER), 0);
    let seeks = world.members[VIEWER].player.seeks.len();
    assert!(seeks <= 1, "{seeks}");
    let admin = &world.members[ADMIN];
    assert_eq!((admin.player.seeks.len(), admin.player.loads.len()), (0, 0));
    assert!(world.error(ADMIN).abs() < 0.002, "{}", world.error(ADMIN));
}

#[test]
fn what_the_relay_gave_up_is_not_tried_for_as_long_again() {
    let fault = MediaFault::here(FaultKind::NobodyListens);
    for was_playing in [true, false] {
        let mut world = ten_minutes(Traits::default());
        let epoch = world.timeline().epoch;
        let problem = MediaProblem::GivenUp(fault);
        let event = if was_playing {
            PlayerEvent::Ended {
                epoch,
                broken: Some(problem),
            }
        } else {
            PlayerEvent::Failed { epoch, problem }
        };
        world.feed(VIEWER, FollowInput::Player(event));
        world.run(30.0);
        assert_eq!(tries(&world).len(), 0);
        let state = world.members[VIEWER].follower.status().state;
        assert_eq!(state, SyncState::Unsynced(Unsynced::Failed));
        let failed = Report::Failed {
            epoch,
            code: FailureCode::Unreachable,
            retrying: false,
        };
        assert_eq!(world.members[VIEWER].reports, [failed]);
    }
}

#[test]
fn after_two_minutes_it_is_given_up_with_its_reason_and_a_retry_begins_anew() {
    let mut world = ten_minutes(Traits::default());
    world.members[VIEWER].player.lose_server(200.0, 0.5);
    world.run(113.0);
    let state = world.members[VIEWER].follower.status().state;
    assert_eq!(state, SyncState::Buffering);
    world.run(14.0);
    let state = world.members[VIEWER].follower.status().state;
    assert_eq!(state, SyncState::Unsynced(Unsynced::Failed));
    assert_eq!(stalls(&world, VIEWER), [true]);
    let code = FailureCode::Unreachable;
    let last = world.members[VIEWER].reports.last();
    let retrying = false;
    assert!(
        matches!(last, Some(Report::Failed { code: reported, retrying: again, .. }) if *reported == code && *again == retrying),
        "{last:?}"
    );
    let before = tries(&world);
    assert_eq!(before[..6], [0, 2, 5, 10, 18, 26]);
    assert!(before.iter().all(|at| *at <= 120), "{before:?}");
    world.run(30.0);
    assert_eq!(tries(&world), before, "given up");
    world.members[VIEWER].player.loads.clear();
    world.feed(VIEWER, FollowInput::Reopen);
    world.run(15.0);
    assert_eq!(
        tries(&world)[..4],
        [0, 1, 3, 6],
        "each counts from the failure"
    );
    world.run(60.0);
    assert!(world.error(VIEWER).abs() < 0.04, "{}", world.error(VIEWER));
    assert_eq!(stalls(&world, VIEWER), [true, false]);
}

#[test]
fn a_copy_that_ends_twice_at_one_place_is_a_shorter_one() {
    let mut world = ten_minutes(Traits {
        cut_at: Some(40.0),
        ..Traits::default()
    });
    world.run(30.0);
    let state = world.members[VIEWER].follower.status().state;
    assert_eq!(state, SyncState::Unsynced(Unsynced::EndsEarly));
    assert_eq!(world.members[VIEWER].player.loads.len(), 1);
    assert_eq!(ended(&world, VIEWER), 1);
    world.seek(10.0);
    world.run(8.0);
    assert!(world.error(VIEWER).abs() < 0.02, "{}", world.error(VIEWER));
    world.run(35.0);
    assert_eq!(world.members[VIEWER].player.loads.len(), 1, "it is known");
    assert_eq!(ended(&world, VIEWER), 2);
    world.feed(VIEWER, FollowInput::Reopen);
    world.run(5.0);
    assert_eq!(
        world.members[VIEWER].player.loads.len(),
        3,
        "tried once more"
    );
}

/// A load beyond the end of the copy comes out there, and so does the seek after it, which is told
/// while the copy is to be tried once more.
#[test]
fn a_copy_that_ends_twice_while_it_is_to_be_tried_again_is_not_given_up() {
    let mut world = ten_minutes(Traits {
        cut_at: Some(40.0),
        ..Traits::default()
    });
    world.members[VIEWER].player.lose_server(4.0, 0.5);
    world.run(1.0);
    world.seek(100.0);
    world.run(30.0);
    let state = world.members[VIEWER].follower.status().state;
    assert_eq!(state, SyncState::Unsynced(Unsynced::EndsEarly));
    world.seek(10.0);
    world.run(10.0);
    assert!(world.error(VIEWER).abs() < 0.02, "{}", world.error(VIEWER));
}

#[test]
fn an_end_without_complaints_at_the_known_length_is_the_end() {
    let mut world = two_in_step(Traits {
        duration: Some(30.0),
        ..Traits::default()
    });
    world.run(15.0);
    assert_eq!(ended(&world, VIEWER), 1);
    assert_eq!(world.members[VIEWER].player.loads.len(), 1);
    let unknown = Traits {
        lengths: crate::sim::traits::Lengths::Later(&[]),
        duration: Some(30.0),
        ..Traits::default()
    };
    let mut world = two_in_step(unknown);
    world.run(15.0);
    assert_eq!(ended(&world, VIEWER), 1);
}

#[test]
fn a_break_in_media_of_unknown_length_is_no_end() {
    let mut world = two_in_step(Traits {
        lengths: crate::sim::traits::Lengths::Later(&[]),
        ..Traits::default()
    });
    world.members[VIEWER].player.lose_server(6.0, 1.0);
    world.run(5.0);
    assert_eq!(ended(&world, VIEWER), 0);
    let state = world.members[VIEWER].follower.status().state;
    assert_eq!(state, SyncState::Buffering);
    world.run(20.0);
    assert!(world.error(VIEWER).abs() < 0.02, "{}", world.error(VIEWER));
    assert_eq!(ended(&world, VIEWER), 0);
}

#[test]
fn a_break_while_the_room_is_paused_is_mended_too() {
    let mut world = ten_minutes(Traits::default());
    world.pause();
    world.run(1.0);
    world.members[VIEWER].player.lose_server(6.0, 0.0);
    world.seek(300.0);
    world.run(30.0);
    super::stories::assert_same_frame(&world);
    world.resume();
    world.run(3.0);
    assert!(world.error(VIEWER).abs() < 0.04, "{}", world.error(VIEWER));
}

/// Below the player the data is fetched once more by itself: nothing is opened anew.
#[test]
fn data_that_is_fetched_again_below_the_player_is_waited_for() {
    let mut world = ten_minutes(Traits::default());
    let fault = MediaFault::here(FaultKind::Busy);
    let epoch = world.timeline().epoch;
    let reported = |world: &mut World, fault: Option<MediaFault>| {
        let next = world.members[VIEWER].machine.local(world.now);
        let refetch = fault.map(|fault| Refetch { fault, next });
        let event = PlayerEvent::Refetching { epoch, refetch };
        world.feed(VIEWER, FollowInput::Player(event));
    };
    reported(&mut world, Some(fault));
    let waits = |world: &World| world.members[VIEWER].follower.interruption();
    assert_eq!(waits(&world), None, "what is cached plays on");
    world.members[VIEWER].player.stall(8.0);
    world.run(4.0);
    let state = world.members[VIEWER].follower.status().state;
    assert_eq!(state, SyncState::Buffering);
    let problem = waits(&world).map(|waits| waits.problem);
    assert_eq!(problem, Some(MediaProblem::Fetch(fault)));
    // Why the player stands is reported to the room once.
    let why = Report::Failed {
        epoch,
        code: FailureCode::Busy,
        retrying: true,
    };
    let reports = world.members[VIEWER].reports.iter();
    let causes = reports.filter(|report| matches!(report, Report::Failed { .. }));
    assert_eq!(causes.collect::<Vec<_>>(), [&why]);
    reported(&mut world, None);
    world.run(10.0);
    assert_eq!(waits(&world), None);
    assert_eq!(world.members[VIEWER].player.loads.len(), 0);
    assert!(world.error(VIEWER).abs() < 0.04, "{}", world.error(VIEWER));
}
