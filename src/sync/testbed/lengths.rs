//! Media whose length is known late, never, or more than once.

use super::stories::{ADMIN, FAR, VIEWER, two_in_step};
use crate::protocol::command::Report;
use crate::protocol::time::Span;
use crate::sim::link::Weather;
use crate::sim::traits::{Lengths, Traits};
use crate::sync::follow::SyncState;

/// A recording without a length.
const RECORDING: Traits = Traits {
    lengths: Lengths::Later(&[]),
    ..Traits::USUAL
};

fn reported(reports: &[Report]) -> Vec<Option<Span>> {
    let learned = reports.iter().filter_map(|report| match report {
        Report::Learned { duration, .. } => Some(*duration),
        _ => None,
    });
    learned.collect()
}

fn ends(reports: &[Report]) -> usize {
    let ended = |report: &&Report| matches!(report, Report::Ended { .. });
    reports.iter().filter(ended).count()
}

#[test]
fn a_length_is_reported_when_it_rests_and_again_when_it_changes() {
    let traits = Traits {
        lengths: Lengths::Later(&[(12.0, 30.0), (15.0, 600.0)]),
        ..Traits::default()
    };
    let world = two_in_step(traits);
    let expected = [None, Some(30), Some(600)].map(|length| length.map(Span::seconds));
    assert_eq!(reported(&world.members[VIEWER].reports), expected);
    assert!(world.error(VIEWER).abs() < 0.002, "{}", world.error(VIEWER));
}

#[test]
fn media_of_unknown_length_is_followed_sought_and_joined_like_any_other() {
    let mut world = two_in_step(RECORDING);
    world.seek(300.0);
    world.run(0.5);
    assert!(world.error(VIEWER).abs() < 0.08, "{}", world.error(VIEWER));
    let late = world.join(RECORDING, FAR);
    world.run(12.0);
    for index in [VIEWER, late] {
        let status = world.members[index].follower.status();
        assert_eq!(status.state, SyncState::Holding);
        assert!(world.error(index).abs() < 0.02, "{}", world.error(index));
        assert_eq!(ends(&world.members[index].reports), 0);
    }
}

#[test]
fn who_is_beyond_the_length_of_a_growing_file_is_not_sent_back_to_it() {
    let growing = Traits {
        lengths: Lengths::Later(&[(0.0, 100.0), (30.0, 600.0)]),
        ..Traits::USUAL
    };
    let mut world = two_in_step(RECORDING);
    world.seek(300.0);
    world.run(1.0);
    let late = world.join(growing, FAR);
    let cut = world.join(
        Traits {
            cut_at: Some(200.0),
            ..growing
        },
        FAR,
    );
    world.run(3.0);
    let place = world.members[cut].player.place();
    assert!(
        (place - 200.0).abs() < 0.1,
        "at the end of its copy: {place}"
    );
    world.seek(400.0);
    world.run(2.0);
    assert!(world.error(late).abs() < 0.1, "{}", world.error(late));
}

#[test]
fn who_falls_back_to_before_the_length_of_a_growing_file_is_brought_to_the_room() {
    let growing = Traits {
        lengths: Lengths::Later(&[(0.0, 100.0)]),
        ..Traits::USUAL
    };
    let mut world = two_in_step(RECORDING);
    world.seek(300.0);
    world.run(1.0);
    let late = world.join(growing, FAR);
    world.run(10.0);
    world.members[late].player.slip(-250.0);
    world.run(20.0);
    assert!(world.error(late).abs() < 0.1, "{}", world.error(late));
}

#[test]
fn what_the_room_holds_for_the_length_goes_before_the_players_word() {
    let traits = Traits {
        lengths: Lengths::Later(&[(0.5, 30.0)]),
        ..Traits::default()
    };
    let mut world = two_in_step(traits);
    world.timeline_mut().playing.as_mut().unwrap().duration = Some(Span::seconds(600));
    world.seek(300.0);
    world.run(3.0);
    assert!(world.error(VIEWER).abs() < 0.04, "{}", world.error(VIEWER));
}

/// The last report about media is that it ended: nothing is corrected shortly before it, and
/// nothing is after it.
#[test]
fn at_the_end_nothing_is_corrected() {
    let traits = Traits {
        duration: Some(40.0),
        buffered: Some(30.0),
        ..Traits::default()
    };
    let mut world = super::world::World::new(2);
    for _ in [ADMIN, VIEWER] {
        world.join(traits, Weather::LOOPBACK);
    }
    world.run(1.0);
    world.load();
    world.run(10.0);
    world.timeline_mut().playing.as_mut().unwrap().duration = Some(Span::seconds(40));
    world.seek(38.6);
    world.run(0.7);
    world.members[VIEWER].player.slip(0.035);
    while world.timeline().position(world.room_now()).as_seconds() < 39.51 {
        world.run(0.01);
    }
    world.run(0.3);
    world.members[VIEWER].player.speed_orders.clear();
    for _ in 0..100 {
        world.run(0.05);
        let status = world.members[VIEWER].follower.status();
        assert_ne!(status.state, SyncState::Nudging);
    }
    let viewer = &world.members[VIEWER];
    assert_eq!(viewer.player.speed_orders, []);
    assert_eq!(ends(&viewer.reports), 1);
    let stalls = |report: &&Report| matches!(report, Report::Stalled { .. });
    assert_eq!(viewer.reports.iter().filter(stalls).count(), 0);
}
