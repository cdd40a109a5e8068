//! Media that do not open at once: tried again, waited for, given up.

use super::stories::{ADMIN, VIEWER};
use super::world::World;
use crate::media::Media;
use crate::media::fault::{FaultKind, MediaFault, ResolverFault};
use crate::protocol::command::Report;
use crate::protocol::failure::FailureCode;
use crate::sim::link::Weather;
use crate::sim::traits::Traits;
use crate::sync::follow::{FollowInput, PlayerState, SyncState, Unsynced};
use crate::sync::player::{MediaProblem, PlayerCommand, PlayerEvent, Refetch};

fn fault(kind: FaultKind) -> MediaProblem {
    MediaProblem::Fetch(MediaFault::here(kind))
}

/// A room in which the viewer's next loads fail so often, for this reason.
fn failing(times: u32, kind: FaultKind) -> World {
    let mut world = World::new(6);
    for _ in [ADMIN, VIEWER] {
        world.join(Traits::default(), Weather::LOOPBACK);
    }
    world.run(1.0);
    world.members[VIEWER].player.failing_loads = Some((times, fault(kind)));
    world.load();
    world
}

fn failures(world: &World) -> Vec<bool> {
    let reports = world.members[VIEWER].reports.iter();
    let failures = reports.filter_map(|report| match report {
        Report::Failed { retrying, .. } => Some(*retrying),
        _ => None,
    });
    failures.collect()
}

#[test]
fn a_busy_server_is_asked_again_until_it_serves() {
    let mut world = failing(3, FaultKind::Busy);
    world.run(4.0);
    let state = world.members[VIEWER].follower.status().state;
    assert_eq!(state, SyncState::Loading);
    assert_eq!(failures(&world), [true]);
    world.run(12.0);
    assert!(world.error(VIEWER).abs() < 0.02, "{}", world.error(VIEWER));
    assert_eq!(world.members[VIEWER].player.loads.len(), 4);
}

#[test]
fn what_is_gone_is_not_asked_for_again() {
    let mut world = failing(1, FaultKind::Gone);
    world.run(30.0);
    let state = world.members[VIEWER].follower.status().state;
    assert_eq!(state, SyncState::Unsynced(Unsynced::Failed));
    assert_eq!(failures(&world), [false]);
    assert_eq!(world.members[VIEWER].player.loads.len(), 1);
}

/// The data comes right before the picture: by then nothing is asked for any more. Whoever took
/// those 8 s for what a load costs would seek far ahead, and stand until the room is there.
#[test]
fn a_load_whose_data_was_asked_for_again_teaches_nothing_about_seeks() {
    let mut world = World::new(8);
    let viewer = Traits {
        load_cost: (0.3, 0.3),
        ..Traits::default()
    };
    for traits in [Traits::default(), viewer] {
        world.join(traits, Weather::LOOPBACK);
    }
    world.run(1.0);
    world.members[VIEWER].player.starve(8.0);
    world.load();
    world.run(1.0);
    let epoch = world.timeline().epoch;
    let busy = MediaFault::here(FaultKind::Busy);
    for (fault, then) in [(Some(busy), 7.0), (None, 0.9)] {
        assert!(!world.members[VIEWER].player.moves(), "it has no data");
        let next = world.members[VIEWER].machine.local(world.now);
        let refetch = fault.map(|fault| Refetch { fault, next });
        let event = PlayerEvent::Refetching { epoch, refetch };
        world.feed(VIEWER, FollowInput::Player(event));
        world.run(then);
    }
    assert!(world.members[VIEWER].player.moves(), "it stands ahead");
    assert!(world.error(VIEWER).abs() < 0.1, "{}", world.error(VIEWER));
}

/// A viewer whose YouTube video broke off a while ago, and cannot be opened any more for this
/// reason.
fn broken_youtube(reason: ResolverFault) -> World {
    let mut world = World::new(9);
    for _ in [ADMIN, VIEWER] {
        world.join(Traits::default(), Weather::LOOPBACK);
    }
    world.run(1.0);
    world.load();
    let link = "https://youtu.be/aqz-KE-bpKQ";
    world.timeline_mut().playing.as_mut().unwrap().media = Media::parse(link).unwrap();
    world.broadcast();
    world.run(20.0);
    let player = &mut world.members[VIEWER].player;
    player.loads.clear();
    player.failing_loads = Some((1_000, MediaProblem::Unresolved(reason)));
    let epoch = world.timeline().epoch;
    let broken = Some(fault(FaultKind::Broken));
    let ended = PlayerEvent::Ended { epoch, broken };
    world.feed(VIEWER, FollowInput::Player(ended));
    world
}

#[test]
fn youtube_is_resolved_a_few_times_only_while_it_cannot_be_reached() {
    let mut world = broken_youtube(ResolverFault::Unreachable);
    world.run(20.0);
    let state = world.members[VIEWER].follower.status().state;
    assert_eq!(state, SyncState::Buffering);
    assert_eq!(world.members[VIEWER].player.loads.len(), 2);
    world.run(120.0);
    let state = world.members[VIEWER].follower.status().state;
    assert_eq!(state, SyncState::Unsynced(Unsynced::Failed));
    assert_eq!(world.members[VIEWER].player.loads.len(), 5);
}

#[test]
fn a_final_word_of_yt_dlps_ends_the_tries_of_what_broke_off() {
    let mut world = broken_youtube(ResolverFault::Private);
    world.run(60.0);
    let state = world.members[VIEWER].follower.status().state;
    assert_eq!(state, SyncState::Unsynced(Unsynced::Failed));
    assert_eq!(world.members[VIEWER].player.loads.len(), 1);
}

#[test]
fn a_server_that_is_always_busy_is_asked_for_two_minutes() {
    let mut world = failing(1_000, FaultKind::Busy);
    world.run(125.0);
    assert_eq!(failures(&world), [true, false]);
    let loads = world.members[VIEWER].player.loads.len();
    world.run(60.0);
    assert_eq!(world.members[VIEWER].player.loads.len(), loads);
    assert!((15..=20).contains(&loads), "{loads}");
}

/// A room whose viewer's server is away for so long when media comes on. `relayed` says
/// whether it is asked for again below the player.
fn away(for_seconds: f64, relayed: bool, problem: MediaProblem) -> World {
    let mut world = World::new(6);
    world.join(Traits::default(), Weather::LOOPBACK);
    let traits = Traits {
        relayed,
        ..Traits::default()
    };
    world.join(traits, Weather::LOOPBACK);
    world.run(1.0);
    world.members[VIEWER].player.is_away(for_seconds, problem);
    world.load();
    world
}

#[test]
fn a_server_that_is_away_for_40_s_at_load_loses_nobody_for_good() {
    for relayed in [false, true] {
        let mut world = away(40.0, relayed, fault(FaultKind::NobodyListens));
        for _ in 0..5 {
            world.run(5.5);
            let state = world.members[VIEWER].follower.status().state;
            assert_eq!(state, SyncState::Loading, "{relayed}");
        }
        assert_eq!(failures(&world), [true], "{relayed}");
        world.run(23.0);
        let error = world.error(VIEWER);
        assert!(error.abs() < 0.04, "{relayed}: {error}");
        assert_eq!(failures(&world), [true, false], "{relayed}");
        assert!(world.error(ADMIN).abs() < 0.01);
        let reports = &world.members[VIEWER].reports;
        let failed = |report: &Report| matches!(report, Report::Failed { .. });
        let last = reports.iter().rposition(failed).unwrap();
        let opened = |report: &Report| matches!(report, Report::Learned { .. });
        assert!(reports[last..].iter().any(opened), "{relayed}: it plays");
    }
}

/// What the room and the member read is that it is given up, from 30 s on and with the reason;
/// the tries that go on are nobody's news.
#[test]
fn a_server_that_stays_away_is_given_up_after_30_s_and_asked_in_silence_for_two_minutes() {
    for relayed in [false, true] {
        let kind = FaultKind::NoAnswer;
        let mut world = away(900.0, relayed, fault(kind));
        world.run(29.0);
        assert_eq!(failures(&world), [true], "{relayed}");
        world.run(1.5);
        let code = FailureCode::Unreachable;
        let reported = world.members[VIEWER].reports.last();
        let epoch = world.timeline().epoch;
        let retrying = false;
        let expected = Report::Failed {
            epoch,
            code,
            retrying,
        };
        assert_eq!(reported, Some(&expected), "{relayed}");
        let loads = world.members[VIEWER].player.loads.len();
        for _ in 0..16 {
            let follower = &world.members[VIEWER].follower;
            let state = follower.status().state;
            assert_eq!(state, SyncState::Unsynced(Unsynced::Failed), "{relayed}");
            let PlayerState::GivenUp(Some(problem)) = follower.player_state() else {
                panic!("{relayed}: {:?}", follower.player_state());
            };
            assert_eq!(problem.code(), code);
            assert!(problem.is_tried_again(), "{problem:?}");
            world.run(5.0);
        }
        assert!(world.members[VIEWER].player.loads.len() > loads);
        world.run(25.0);
        assert_eq!(failures(&world), [true, false], "{relayed}");
        let loads = world.members[VIEWER].player.loads.len();
        world.run(60.0);
        assert_eq!(world.members[VIEWER].player.loads.len(), loads, "{relayed}");
        world.feed(VIEWER, FollowInput::Reopen);
        world.run(10.0);
        assert_eq!(failures(&world), [true, false, true], "{relayed}");
    }
}

/// When the viewer's loads were ordered, in whole seconds after the first one.
fn tries(world: &World) -> Vec<i64> {
    let loads = &world.members[VIEWER].player.loads;
    let since = loads.iter().map(|at| (at - loads[0]) / 1_000_000);
    since.collect()
}

/// While a load may take, it is asked for below the player; after that by opening it again. Both
/// are one schedule: 0, 2, 5, 10, 18, 26 s below, and then these.
#[test]
fn a_load_that_was_given_up_is_asked_for_once_each_time_that_it_is_opened_again() {
    let mut world = away(900.0, true, fault(FaultKind::Busy));
    world.run(140.0);
    let expected = [0, 34, 42, 50, 58, 66, 74, 82, 90, 98, 106, 114];
    assert_eq!(tries(&world), expected);
    let orders = world.members[VIEWER].orders.iter();
    let retries = orders.filter_map(|order| match order {
        PlayerCommand::Load { retry, .. } => Some(*retry),
        _ => None,
    });
    let expected: Vec<bool> = expected.iter().map(|at| *at > 0).collect();
    assert_eq!(retries.collect::<Vec<_>>(), expected);
}

#[test]
fn a_pause_that_a_server_asks_for_below_the_player_moves_the_next_try() {
    let mut world = away(900.0, true, fault(FaultKind::Busy));
    world.members[VIEWER].player.retry_after = Some(20.0);
    world.run(140.0);
    // 0 and 20 s below, and the pause after that.
    assert_eq!(tries(&world), [0, 40, 60, 80, 100, 120]);
}

/// What a member asks for is no try of the schedule: it begins anew.
#[test]
fn a_load_that_the_member_asks_for_again_is_no_retry() {
    let mut world = away(900.0, true, fault(FaultKind::Busy));
    world.run(36.0);
    world.feed(VIEWER, FollowInput::Reopen);
    world.run(1.0);
    let last = world.members[VIEWER]
        .orders
        .iter()
        .rev()
        .find_map(|order| match order {
            PlayerCommand::Load { retry, .. } => Some(*retry),
            _ => None,
        });
    assert_eq!(last, Some(false));
}

/// A short trouble below the player is not worth a word to the room.
#[test]
fn a_relay_that_is_served_soon_says_nothing() {
    let mut world = away(1.5, true, fault(FaultKind::Busy));
    world.run(10.0);
    assert_eq!(failures(&world).len(), 0);
    assert!(world.error(VIEWER).abs() < 0.04, "{}", world.error(VIEWER));
}

/// Tries would show the room by their time what answers in the member's own network.
#[test]
fn what_went_wrong_at_another_host_is_final_at_once_before_the_first_picture() {
    for relayed in [false, true] {
        for kind in [
            FaultKind::Busy,
            FaultKind::NobodyListens,
            FaultKind::NoAnswer,
        ] {
            let elsewhere = MediaFault {
                kind,
                elsewhere: true,
            };
            let mut world = away(900.0, relayed, MediaProblem::Fetch(elsewhere));
            world.run(40.0);
            let state = world.members[VIEWER].follower.status().state;
            assert_eq!(state, SyncState::Unsynced(Unsynced::Failed));
            world.run(100.0);
            assert_eq!(failures(&world), [false], "{relayed} {kind:?}");
            assert_eq!(world.members[VIEWER].player.loads.len(), 1);
        }
    }
}

/// A room whose viewer's player takes longer to open the media than it may.
fn never_opened() -> World {
    let mut world = World::new(7);
    world.join(Traits::default(), Weather::LOOPBACK);
    let slow = Traits {
        load_cost: (500.0, 500.0),
        ..Traits::default()
    };
    world.join(slow, Weather::LOOPBACK);
    world.run(1.0);
    world.load();
    world
}

#[test]
fn a_load_without_a_picture_is_given_up_after_30_s_and_youtubes_after_60() {
    for (link, limit) in [
        ("https://media.example.org/film.mp4", 30.0),
        ("https://youtu.be/aqz-KE-bpKQ", 60.0),
    ] {
        let mut world = never_opened();
        world.timeline_mut().playing.as_mut().unwrap().media = Media::parse(link).unwrap();
        world.broadcast();
        world.run(limit - 0.5);
        let state = world.members[VIEWER].follower.status().state;
        assert_eq!(state, SyncState::Loading);
        world.run(1.0);
        let state = world.members[VIEWER].follower.status().state;
        assert_eq!(state, SyncState::Unsynced(Unsynced::Failed));
        assert_eq!(failures(&world), [false]);
    }
}

/// What the relay reported last is the reason also if the follower's own limit comes first, and
/// though the request in trouble was closed meanwhile.
#[test]
fn a_load_that_is_given_up_by_its_limit_keeps_the_last_known_reason() {
    let mut world = never_opened();
    world.run(1.0);
    let epoch = world.timeline().epoch;
    let next = world.members[VIEWER].machine.local(world.now);
    let fault = MediaFault::here(FaultKind::NameNotFound);
    for refetch in [Some(Refetch { fault, next }), None] {
        let event = PlayerEvent::Refetching { epoch, refetch };
        world.feed(VIEWER, FollowInput::Player(event));
    }
    world.run(30.0);
    let follower = &world.members[VIEWER].follower;
    let given_up = MediaProblem::GivenUp(fault);
    assert_eq!(
        follower.player_state(),
        PlayerState::GivenUp(Some(&given_up))
    );
    assert_eq!(failures(&world), [false]);
}
