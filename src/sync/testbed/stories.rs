//! What happens in a room, told step by step.

use super::fake_player::Traits;
use super::link::Weather;
use super::world::World;
use crate::protocol::command::Report;
use crate::protocol::time::Position;
use crate::sync::follow::{Act, SyncState, Unsynced};

const ADMIN: usize = 0;
const VIEWER: usize = 1;

/// Delays as between home connections and a far server.
const FAR: Weather = Weather {
    there: 0.07,
    back: 0.07,
    jitter: 0.06,
    loss: 0.0,
};

/// A room with a film on and two members in step.
fn two_in_step(traits: Traits) -> World {
    two_behind(traits, Weather::LOOPBACK)
}

/// The same behind another network.
fn two_behind(traits: Traits, weather: Weather) -> World {
    let mut world = World::new(1);
    world.join(Traits::default(), weather);
    world.join(traits, weather);
    world.run(1.0);
    world.load();
    world.run(20.0);
    world
}

/// Both players stand on one frame.
fn assert_same_frame(world: &World) {
    for member in &world.members {
        assert!(member.player.paused, "a player plays in a paused room");
    }
    let [admin, viewer] = [ADMIN, VIEWER].map(|index| world.members[index].player.place());
    assert!((admin - viewer).abs() < 1e-4, "{admin} and {viewer}");
}

fn seeks(world: &World, index: usize) -> usize {
    world.members[index].player.seeks.len()
}

#[test]
fn two_start_together_and_stay_so() {
    let mut world = two_in_step(Traits::default());
    for index in [ADMIN, VIEWER] {
        let worst = world.worst_error(index, 20.0);
        assert!(worst < 0.002, "member {index} was off by {worst}");
        assert_eq!(world.members[index].acts, [], "nobody touched anything");
    }
}

#[test]
fn a_late_joiner_slides_in_and_the_others_do_not_move() {
    let mut world = two_in_step(Traits::default());
    let orders = world.members[ADMIN].player.seeks.len();
    let late = world.join(Traits::default(), FAR);
    world.run(1.8);
    assert!(world.error(late).abs() < 0.06, "{}", world.error(late));
    world.run(10.0);
    assert!(world.error(late).abs() < 0.02, "{}", world.error(late));
    assert_eq!(world.members[ADMIN].player.seeks.len(), orders);
    assert!(world.error(ADMIN).abs() < 0.002);
}

#[test]
fn a_pause_by_command_lands_on_one_frame() {
    let mut world = two_behind(Traits::default(), FAR);
    world.pause();
    world.run(1.0);
    assert_same_frame(&world);
    let before = [ADMIN, VIEWER].map(|index| seeks(&world, index));
    world.run(10.0);
    assert_eq!([ADMIN, VIEWER].map(|index| seeks(&world, index)), before);
    world.resume();
    world.run(1.0);
    for index in [ADMIN, VIEWER] {
        assert!(world.error(index).abs() < 0.02, "{}", world.error(index));
    }
}

#[test]
fn a_pause_in_the_admins_window_pauses_the_others_on_its_frame() {
    let mut world = two_behind(Traits::default(), FAR);
    let before = seeks(&world, ADMIN);
    world.members[ADMIN].player.set_paused(true);
    world.run(1.0);
    assert!(matches!(world.members[ADMIN].acts[..], [Act::Pause { .. }]));
    assert_same_frame(&world);
    assert_eq!(
        seeks(&world, ADMIN),
        before,
        "the admin's player is left alone"
    );
    world.members[ADMIN].player.set_paused(false);
    world.run(6.0);
    assert_eq!(world.members[ADMIN].acts.len(), 2);
    for index in [ADMIN, VIEWER] {
        assert!(!world.members[index].player.paused);
        assert!(world.error(index).abs() < 0.01, "{}", world.error(index));
    }
}

#[test]
fn a_seek_by_command_is_followed_at_once() {
    let mut world = two_in_step(Traits::default());
    world.seek(300.0);
    world.run(0.5);
    for index in [ADMIN, VIEWER] {
        assert!(world.error(index).abs() < 0.08, "{}", world.error(index));
        assert_eq!(world.members[index].acts, []);
    }
    world.run(8.0);
    for index in [ADMIN, VIEWER] {
        assert!(world.error(index).abs() < 0.005, "{}", world.error(index));
    }
}

#[test]
fn a_seek_in_the_admins_window_is_followed() {
    let mut world = two_behind(Traits::default(), FAR);
    let before = seeks(&world, ADMIN);
    world.members[ADMIN].player.jump(300.0);
    world.run(1.5);
    assert!(matches!(world.members[ADMIN].acts[..], [Act::Seek { .. }]));
    assert_eq!(seeks(&world, ADMIN), before);
    assert!(world.error(VIEWER).abs() < 0.1, "{}", world.error(VIEWER));
    world.run(8.0);
    for index in [ADMIN, VIEWER] {
        assert!(world.error(index).abs() < 0.01, "{}", world.error(index));
    }
}

#[test]
fn many_seeks_in_a_row_end_at_the_last() {
    let mut world = two_in_step(Traits::default());
    for to in [100.0, 200.0, 50.0, 400.0, 120.0] {
        world.seek(to);
        world.run(0.06);
    }
    world.run(6.0);
    for index in [ADMIN, VIEWER] {
        assert!(world.error(index).abs() < 0.01, "{}", world.error(index));
        assert_eq!(world.members[index].acts, []);
    }
}

#[test]
fn a_seek_in_a_paused_room_shows_the_frame() {
    let mut world = two_in_step(Traits::default());
    world.pause();
    world.run(1.0);
    world.seek(77.0);
    world.run(1.0);
    assert_same_frame(&world);
    assert!(world.error(VIEWER).abs() < 0.05);
}

#[test]
fn a_viewers_pause_is_told_and_undone() {
    let mut world = two_behind(Traits::default(), FAR);
    let anchor = world.timeline.segment;
    world.members[VIEWER].player.set_paused(true);
    world.run(1.0);
    assert!(matches!(
        world.members[VIEWER].acts[..],
        [Act::Pause { .. }]
    ));
    assert!(!world.members[VIEWER].player.paused);
    assert!(world.error(VIEWER).abs() < 0.1, "{}", world.error(VIEWER));
    assert_eq!(world.timeline.segment, anchor, "the room did not move");
    assert!(!world.members[ADMIN].player.paused);
}

#[test]
fn a_viewers_seeks_are_told_and_undone() {
    for by in [0.3, -0.3, 1.0, -1.0, 30.0, -10.0] {
        let mut world = two_in_step(Traits::default());
        let there = world.members[VIEWER].player.place() + by;
        world.members[VIEWER].player.jump(there);
        world.run(2.0);
        assert!(
            matches!(world.members[VIEWER].acts[..], [Act::Seek { .. }]),
            "{by}"
        );
        assert!(
            world.error(VIEWER).abs() < 0.04,
            "{by}: {}",
            world.error(VIEWER)
        );
        world.run(10.0);
        assert!(
            world.error(VIEWER).abs() < 0.002,
            "{by}: {}",
            world.error(VIEWER)
        );
        assert_eq!(world.members[VIEWER].acts.len(), 1);
    }
}

#[test]
fn a_viewers_speed_is_told_and_undone_and_the_admins_is_the_rooms() {
    let mut world = two_in_step(Traits::default());
    world.members[VIEWER].player.set_speed(1.1);
    world.run(2.0);
    let acts = &world.members[VIEWER].acts;
    assert!(
        matches!(acts[..], [Act::Speed(rate)] if rate.factor() == 1.1),
        "{acts:?}"
    );
    world.run(10.0);
    assert!(world.error(VIEWER).abs() < 0.01, "{}", world.error(VIEWER));
    world.members[ADMIN].player.set_speed(1.5);
    world.run(12.0);
    assert_eq!(world.timeline.segment.rate.factor(), 1.5);
    for index in [ADMIN, VIEWER] {
        assert!(world.error(index).abs() < 0.01, "{}", world.error(index));
    }
}

#[test]
fn a_rate_by_command_goes_on_evenly() {
    let mut world = two_behind(Traits::default(), FAR);
    let before = seeks(&world, VIEWER);
    for rate in [1.25, 0.5, 2.0, 1.0] {
        world.rate(rate);
        world.run(12.0);
        for index in [ADMIN, VIEWER] {
            assert!(
                world.error(index).abs() < 0.03,
                "{rate}: {}",
                world.error(index)
            );
        }
    }
    assert_eq!(seeks(&world, VIEWER), before, "a rate needs no seek");
}

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

#[test]
fn a_short_stall_is_not_reported() {
    let mut world = two_in_step(Traits::default());
    world.members[VIEWER].reports.clear();
    world.members[VIEWER].player.stall(0.8);
    world.run(5.0);
    assert_eq!(world.members[VIEWER].reports, []);
}

#[test]
fn a_hold_stands_and_goes_on() {
    let mut world = two_in_step(Traits::default());
    world.hold(true);
    world.run(3.0);
    assert_same_frame(&world);
    assert_eq!(
        world.members[VIEWER].follower.status().state,
        SyncState::Waiting
    );
    world.hold(false);
    world.run(2.0);
    assert!(world.error(VIEWER).abs() < 0.02, "{}", world.error(VIEWER));
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
    world.members[VIEWER].player.traits.seek_miss = 20.0;
    world.members[VIEWER].player.slip(-10.0);
    world.members[VIEWER].player.seeks.clear();
    world.run(100.0);
    let at = &world.members[VIEWER].player.seeks;
    assert!((3..=5).contains(&at.len()), "{at:?}");
    assert!(
        at.windows(2).all(|pair| pair[1] - pair[0] >= 5_000_000),
        "{at:?}"
    );
    let state = world.members[VIEWER].follower.status().state;
    assert_eq!(state, SyncState::Unsynced(Unsynced::BackingOff));
}

#[test]
fn a_medium_without_seeking_catches_up_by_speed_alone() {
    let mut world = two_in_step(Traits {
        seekable: false,
        ..Traits::default()
    });
    let error = world.error(VIEWER);
    assert!(error.abs() < 0.04, "{error}");
    assert_eq!(seeks(&world, VIEWER), 0);
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
    assert!(worst < 0.06, "{worst}");
}

#[test]
fn the_end_is_told_and_nothing_is_corrected_there() {
    let mut world = two_in_step(Traits {
        duration: Some(60.0),
        ..Traits::default()
    });
    world.members[VIEWER].player.slip(0.0);
    world.seek(50.0);
    world.run(20.0);
    let ended = |report: &&Report| matches!(report, Report::Ended { .. });
    assert_eq!(
        world.members[VIEWER].reports.iter().filter(ended).count(),
        1
    );
    let learned = |report: &&Report| matches!(report, Report::Learned { .. });
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
    assert!(world.error(VIEWER).abs() < 0.06, "{}", world.error(VIEWER));
}

#[test]
fn another_node_has_another_clock() {
    let mut world = two_in_step(Traits::default());
    world.restart_server(-300.0);
    world.run(15.0);
    for index in [ADMIN, VIEWER] {
        assert!(world.error(index).abs() < 0.01, "{}", world.error(index));
    }
    assert_eq!(world.timeline.segment.anchor, Position::START);
}

#[test]
fn a_player_that_was_closed_loads_again_where_the_film_is() {
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
