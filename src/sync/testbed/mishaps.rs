//! What befalls players, networks and machines, step by step.

use super::stories::{
    ADMIN, FAR, NO_SEEKS, VIEWER, assert_same_frame, seeks, two_behind, two_in_step,
};
use crate::protocol::command::Report;
use crate::protocol::time::{Position, Span};
use crate::sim::traits::Traits;
use crate::sync::follow::{SyncState, Unsynced};

#[test]
fn a_stall_is_reported_and_caught_up() {
    let mut world = two_in_step(Traits {
        buffered: Some(30.0),
        ..Traits::default()
    });
    world.members[VIEWER].reports.clear();
    world.members[VIEWER].player.stall(15.0);
    world.run(5.0);
    let [Report::Stalled { stalled: true, .. }] = world.members[VIEWER].reports[..] else {
        panic!("{:?}", world.members[VIEWER].reports);
    };
    assert_eq!(
        world.members[VIEWER].follower.status().state,
        SyncState::Buffering
    );
    assert!(world.error(ADMIN).abs() < 0.002, "the others play on");
    world.run(13.0);
    assert!(world.error(VIEWER).abs() < 0.06, "{}", world.error(VIEWER));
    assert!(matches!(
        world.members[VIEWER].reports[..],
        [_, Report::Stalled { stalled: false, .. }]
    ));
    assert_eq!(world.members[VIEWER].acts, []);
}

/// Sent to where the room waits, mpv no longer calls itself stalled, and has no data all the
/// same: the room waited for 0.3 s then.
#[test]
fn a_stalled_player_that_is_sent_to_the_held_frame_is_stalled_until_it_arrives() {
    let mut world = two_in_step(Traits {
        buffered: Some(30.0),
        ..Traits::default()
    });
    world.members[VIEWER].reports.clear();
    world.members[VIEWER].player.stall(8.0);
    world.run(1.5);
    world.hold(true);
    world.run(5.0);
    let [Report::Stalled { stalled: true, .. }] = world.members[VIEWER].reports[..] else {
        panic!("{:?}", world.members[VIEWER].reports);
    };
    world.run(3.0);
    let [_, Report::Stalled { stalled: false, .. }] = world.members[VIEWER].reports[..] else {
        panic!("{:?}", world.members[VIEWER].reports);
    };
    world.hold(false);
    world.run(3.0);
    assert!(world.error(VIEWER).abs() < 0.02, "{}", world.error(VIEWER));
}

/// The room stands where its players do if all of them lack data.
#[test]
fn a_stalled_player_reports_where_it_stands_and_needs_no_seek_to_a_room_that_stands_there() {
    let mut world = two_in_step(Traits {
        buffered: Some(30.0),
        ..Traits::default()
    });
    world.members[VIEWER].reports.clear();
    world.members[VIEWER].player.seeks.clear();
    let stood = world.timeline().position(world.room_now());
    world.members[VIEWER].player.stall(8.0);
    world.run(1.5);
    let [
        Report::Stalled {
            place: Some(place), ..
        },
    ] = world.members[VIEWER].reports[..]
    else {
        panic!("{:?}", world.members[VIEWER].reports);
    };
    assert!(
        (place - stood).abs() < Span::millis(60),
        "{place:?} {stood:?}"
    );
    world.hold_at(place);
    world.run(8.0);
    let [_, Report::Stalled { stalled: false, .. }] = world.members[VIEWER].reports[..] else {
        panic!("{:?}", world.members[VIEWER].reports);
    };
    assert_eq!(seeks(&world, VIEWER), 0);
    world.hold(false);
    world.run(3.0);
    assert!(world.error(VIEWER).abs() < 0.02, "{}", world.error(VIEWER));
}

#[test]
fn a_short_stall_is_not_reported() {
    let mut world = two_in_step(Traits::default());
    world.members[VIEWER].reports.clear();
    world.members[VIEWER].player.stall(0.8);
    world.run(5.0);
    assert_eq!(world.members[VIEWER].reports, []);
}

/// A wait is short, and costs nobody a seek.
#[test]
fn a_hold_stands_and_goes_on() {
    let mut world = two_in_step(Traits::default());
    let before = [ADMIN, VIEWER].map(|index| seeks(&world, index));
    world.hold(true);
    world.run(3.0);
    for index in [ADMIN, VIEWER] {
        assert!(world.members[index].player.paused);
        assert!(world.error(index).abs() < 0.06, "{}", world.error(index));
    }
    assert_eq!([ADMIN, VIEWER].map(|index| seeks(&world, index)), before);
    assert_eq!(
        world.members[VIEWER].follower.status().state,
        SyncState::Waiting
    );
    world.hold(false);
    world.run(2.0);
    assert!(world.error(VIEWER).abs() < 0.02, "{}", world.error(VIEWER));
    world.hold(true);
    world.run(1.0);
    world.timeline_mut().hold = None;
    world.pause();
    world.run(1.0);
    assert_same_frame(&world);
}

/// They hear late of the wait and are a little ahead then: that is where they go on from.
#[test]
fn a_hold_costs_nobody_far_away_a_seek_either() {
    let mut world = two_behind(Traits::default(), FAR);
    let before = [ADMIN, VIEWER].map(|index| seeks(&world, index));
    for waits in [0.3, 3.0] {
        world.hold(true);
        world.run(waits);
        let ahead = world.error(VIEWER);
        assert!((0.0..0.4).contains(&ahead), "{ahead}");
        world.hold(false);
        world.run(2.0);
        assert!(world.error(VIEWER).abs() < 0.04, "{}", world.error(VIEWER));
    }
    assert_eq!([ADMIN, VIEWER].map(|index| seeks(&world, index)), before);
    world.hold(true);
    world.run(1.0);
    world.timeline_mut().hold = None;
    world.pause();
    world.run(1.0);
    assert_same_frame(&world);
}

#[test]
fn a_frozen_player_gets_no_orders_and_comes_back() {
    for frozen_for in [1.0, 3.0, 15.0] {
        let mut world = two_in_step(Traits::default());
        world.members[VIEWER].player.freeze();
        world.run(frozen_for);
        if frozen_for > 2.0 {
            let state = world.members[VIEWER].follower.status().state;
            assert_eq!(state, SyncState::Unsynced(Unsynced::Frozen));
        }
        world.members[VIEWER].player.thaw();
        world.run(3.0);
        assert!(
            world.error(VIEWER).abs() < 0.04,
            "{frozen_for}: {}",
            world.error(VIEWER)
        );
        assert_eq!(world.members[VIEWER].acts, [], "a freeze is nobody's act");
        assert!(world.error(ADMIN).abs() < 0.002);
    }
}

#[test]
fn a_player_0_3_s_behind_catches_up_without_a_seek() {
    let mut world = two_in_step(Traits::default());
    let before = seeks(&world, VIEWER);
    world.members[VIEWER].player.slip(-0.3);
    world.run(8.0);
    assert!(world.error(VIEWER).abs() < 0.04, "{}", world.error(VIEWER));
    assert_eq!(seeks(&world, VIEWER), before);
    let worst = world.worst_error(VIEWER, 10.0);
    assert!(worst < 0.04, "{worst}");
}

#[test]
fn a_big_error_is_one_seek() {
    let mut world = two_in_step(Traits::default());
    let before = seeks(&world, VIEWER);
    world.members[VIEWER].player.slip(-10.0);
    world.run(4.0);
    assert!(world.error(VIEWER).abs() < 0.04, "{}", world.error(VIEWER));
    assert_eq!(seeks(&world, VIEWER), before + 1);
    assert_eq!(world.members[VIEWER].acts, []);
}

#[test]
fn seeks_that_do_not_help_grow_rare() {
    let mut world = two_in_step(Traits::default());
    world.members[VIEWER].player.traits.seek_miss = -20.0;
    world.members[VIEWER].player.slip(-10.0);
    world.members[VIEWER].player.seeks.clear();
    world.run(100.0);
    let at = &world.members[VIEWER].player.seeks;
    assert_eq!(at.len(), 2, "{at:?}");
    assert!(at[1] - at[0] >= 59_000_000, "{at:?}");
    let state = world.members[VIEWER].follower.status().state;
    assert_eq!(state, SyncState::Unsynced(Unsynced::BackingOff));
}

#[test]
fn media_without_seeking_catches_up_by_speed_alone() {
    let world = two_in_step(NO_SEEKS);
    let error = world.error(VIEWER);
    assert!(error.abs() < 0.04, "{error}");
    assert_eq!(seeks(&world, VIEWER), 0);
}

#[test]
fn far_off_without_seeking_is_called_so() {
    let mut world = two_in_step(NO_SEEKS);
    world.members[VIEWER].player.slip(-10.0);
    world.run(3.0);
    let status = world.members[VIEWER].follower.status();
    assert_eq!(status.state, SyncState::Unsynced(Unsynced::CannotSeek));
    assert!((status.speed - 1.0).abs() < 0.002, "{status:?}");
    assert_eq!(seeks(&world, VIEWER), 0);
}

#[test]
fn a_few_seconds_off_without_seeking_are_worked_off_within_a_minute() {
    let mut world = two_in_step(NO_SEEKS);
    world.members[VIEWER].player.slip(-4.0);
    world.run(3.0);
    let status = world.members[VIEWER].follower.status();
    assert_eq!(status.state, SyncState::Unsynced(Unsynced::CannotSeek));
    assert!(status.speed > 1.05, "{status:?}");
    world.run(60.0);
    assert!(world.error(VIEWER).abs() < 0.04, "{}", world.error(VIEWER));
}

#[test]
fn a_sound_card_one_percent_fast_or_slow_is_learned() {
    for audio_skew in [0.01, -0.01, 0.005] {
        let mut world = two_in_step(Traits {
            audio_skew,
            ..Traits::default()
        });
        let worst = world.worst_error(VIEWER, 30.0);
        assert!(worst < 0.003, "{audio_skew}: {worst}");
    }
}

#[test]
fn pictures_alone_are_followed_too() {
    let mut world = two_in_step(Traits {
        audio: false,
        ..Traits::default()
    });
    world.members[VIEWER].player.slip(-0.2);
    world.run(15.0);
    let worst = world.worst_error(VIEWER, 10.0);
    assert!(worst < 0.015, "{worst}");
}

#[test]
fn the_end_is_reported_and_nothing_is_corrected_there() {
    let mut world = two_in_step(Traits {
        duration: Some(60.0),
        ..Traits::default()
    });
    world.seek(50.0);
    world.run(20.0);
    let ended = |report: &&Report| matches!(report, Report::Ended { .. });
    assert_eq!(
        world.members[VIEWER].reports.iter().filter(ended).count(),
        1
    );
    let learned = |report: &&Report| {
        matches!(
            report,
            Report::Learned {
                duration: Some(_),
                ..
            }
        )
    };
    assert_eq!(
        world.members[VIEWER].reports.iter().filter(learned).count(),
        1
    );
    world.seek(20.0);
    world.run(3.0);
    assert!(world.error(VIEWER).abs() < 0.04, "{}", world.error(VIEWER));
}

#[test]
fn live_is_paused_together_but_not_steered() {
    let live = Traits {
        duration: None,
        seekable: false,
        ..Traits::default()
    };
    let mut world = two_in_step(live);
    assert!(!world.members[VIEWER].player.paused);
    let orders = world.members[VIEWER].player.speed_orders.len();
    world.members[VIEWER].player.slip(-20.0);
    world.run(5.0);
    assert_eq!(world.members[VIEWER].player.speed_orders.len(), orders);
    let state = world.members[VIEWER].follower.status().state;
    assert_eq!(state, SyncState::Unsynced(Unsynced::Live));
    world.pause();
    world.run(1.0);
    assert!(world.members[VIEWER].player.paused);
}

#[test]
fn playback_goes_on_without_a_network() {
    let mut world = two_in_step(Traits::default());
    let before = seeks(&world, VIEWER);
    world.online(VIEWER, false);
    let pings = world.members[VIEWER].pings;
    let worst = world.worst_error(VIEWER, 10.0);
    assert!(worst < 0.004, "{worst}");
    assert_eq!(
        world.members[VIEWER].pings, pings,
        "nobody is there to answer"
    );
    world.online(VIEWER, true);
    world.run(2.0);
    assert!(world.error(VIEWER).abs() < 0.002);
    assert_eq!(seeks(&world, VIEWER), before);
}

#[test]
fn a_suspended_machine_comes_back_in_step() {
    let mut world = two_behind(Traits::default(), FAR);
    world.suspend(VIEWER, 40.0);
    world.run(3.0);
    assert!(world.error(VIEWER).abs() < 0.04, "{}", world.error(VIEWER));
}

#[test]
fn another_node_has_another_clock() {
    let mut world = two_in_step(Traits::default());
    let before = seeks(&world, VIEWER);
    let orders = world.members[VIEWER].player.speed_orders.len();
    world.restart_server(-300.0);
    world.run(0.3);
    assert_eq!(world.members[VIEWER].player.speed_orders.len(), orders);
    world.run(15.0);
    assert_eq!(
        seeks(&world, VIEWER),
        before,
        "the player was where it should be"
    );
    for index in [ADMIN, VIEWER] {
        assert!(world.error(index).abs() < 0.01, "{}", world.error(index));
    }
    assert_eq!(world.timeline().segment.anchor, Position::START);
}

#[test]
fn a_player_that_was_closed_loads_again_where_the_media_is() {
    let mut world = two_in_step(Traits::default());
    world.close_player(VIEWER);
    world.run(5.0);
    assert_eq!(
        world.members[VIEWER].follower.status().state,
        SyncState::Idle
    );
    world.open_player(VIEWER);
    world.run(12.0);
    assert!(world.error(VIEWER).abs() < 0.002, "{}", world.error(VIEWER));
    assert_eq!(world.members[VIEWER].acts, []);
}

#[test]
fn a_seek_whose_end_was_never_reported_is_not_waited_for_long() {
    let mut world = two_in_step(Traits::default());
    world.members[VIEWER].player.mute_restart = true;
    world.members[VIEWER].player.slip(-10.0);
    world.run(3.5);
    let state = world.members[VIEWER].follower.status().state;
    assert_ne!(state, SyncState::Seeking);
    world.run(8.0);
    assert!(world.error(VIEWER).abs() < 0.01, "{}", world.error(VIEWER));
}
