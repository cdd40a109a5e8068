//! What happens in a room, step by step: the media's moves, and what members do.

use super::world::World;
use crate::media::Media;
use crate::protocol::command::Report;
use crate::protocol::time::{Position, Rate};
use crate::sim::link::Weather;
use crate::sim::traits::Traits;
use crate::sync::follow::UserAction;
use crate::sync::player::PlayerCommand;

pub(super) const ADMIN: usize = 0;
pub(super) const VIEWER: usize = 1;

/// Delays as between home connections and a far server.
pub(super) const FAR: Weather = Weather {
    there: 0.07,
    back: 0.07,
    jitter: 0.06,
    loss: 0.0,
};

/// A stream of a known length in which nothing can be sought.
pub(super) const NO_SEEKS: Traits = Traits {
    seekable: false,
    ..Traits::USUAL
};

/// A room with media on and two members in step.
pub(super) fn two_in_step(traits: Traits) -> World {
    two_behind(traits, Weather::LOOPBACK)
}

/// The same behind another network.
pub(super) fn two_behind(traits: Traits, weather: Weather) -> World {
    two_of_seed(1, traits, weather)
}

/// The same with other chances.
pub(super) fn two_of_seed(seed: u64, traits: Traits, weather: Weather) -> World {
    let mut world = World::new(seed);
    world.join(Traits::default(), weather);
    world.join(traits, weather);
    world.run(1.0);
    world.load();
    world.run(20.0);
    world
}

/// Both players stand on one frame.
pub(super) fn assert_same_frame(world: &World) {
    for member in &world.members {
        assert!(member.player.paused, "a player plays in a paused room");
    }
    let [admin, viewer] = [ADMIN, VIEWER].map(|index| world.members[index].player.place());
    assert!((admin - viewer).abs() < 1e-4, "{admin} and {viewer}");
}

pub(super) fn seeks(world: &World, index: usize) -> usize {
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

/// Where it stands is no place at which a seek of the room's came out.
#[test]
fn a_jump_back_by_some_seconds_while_the_room_waits_takes_everyone_along_at_once() {
    let mut world = two_in_step(Traits::default());
    world.seek(100.0);
    world.run(12.0);
    world.hold(true);
    world.run(1.0);
    for member in &mut world.members {
        member.reports.clear();
    }
    world.seek(105.0);
    world.run(2.0);
    for index in [ADMIN, VIEWER] {
        assert!(world.error(index).abs() < 0.1, "{}", world.error(index));
        let reports = &world.members[index].reports;
        let stands = |report: &Report| matches!(report, Report::Stalled { .. });
        assert!(!reports.iter().any(stands), "{reports:?}");
    }
}

/// The admin's own act, which leaves the player where it is, comes after the jump.
#[test]
fn a_jump_is_followed_by_an_admin_who_just_chose_another_speed_in_the_window() {
    let mut world = two_in_step(Traits::default());
    world.members[ADMIN].player.set_speed(1.5);
    world.run(0.1);
    world.seek(599.95);
    world.run(3.0);
    for index in [ADMIN, VIEWER] {
        let place = world.members[index].player.place();
        assert!(place > 599.0, "{index}: {place}");
    }
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
    assert!(matches!(
        world.members[ADMIN].acts[..],
        [UserAction::Pause { .. }]
    ));
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
        let clock = world.clock_error(index);
        assert!(
            world.error(index).abs() < clock + 0.01,
            "{}",
            world.error(index)
        );
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
    assert!(matches!(
        world.members[ADMIN].acts[..],
        [UserAction::Seek { .. }]
    ));
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
fn a_viewers_pause_is_reported_and_undone() {
    let mut world = two_behind(Traits::default(), FAR);
    let anchor = world.timeline().segment;
    world.members[VIEWER].player.set_paused(true);
    world.run(1.0);
    assert!(matches!(
        world.members[VIEWER].acts[..],
        [UserAction::Pause { .. }]
    ));
    assert!(!world.members[VIEWER].player.paused);
    assert!(world.error(VIEWER).abs() < 0.1, "{}", world.error(VIEWER));
    assert_eq!(world.timeline().segment, anchor, "the room did not move");
    assert!(!world.members[ADMIN].player.paused);
}

#[test]
fn a_viewers_seeks_are_reported_and_undone() {
    for by in [0.3, -0.3, 1.0, -1.0, 30.0, -10.0] {
        let mut world = two_in_step(Traits::default());
        let there = world.members[VIEWER].player.place() + by;
        world.members[VIEWER].player.jump(there);
        world.run(2.0);
        assert!(
            matches!(world.members[VIEWER].acts[..], [UserAction::Seek { .. }]),
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
fn a_viewers_speed_is_reported_and_undone_and_the_admins_is_the_rooms() {
    let mut world = two_in_step(Traits::default());
    world.members[VIEWER].player.set_speed(1.1);
    world.run(2.0);
    let acts = &world.members[VIEWER].acts;
    assert!(
        matches!(acts[..], [UserAction::Speed(rate)] if rate == Rate::from_factor(1.1).unwrap()),
        "{acts:?}"
    );
    world.run(10.0);
    assert!(world.error(VIEWER).abs() < 0.01, "{}", world.error(VIEWER));
    world.members[ADMIN].player.set_speed(1.5);
    world.run(12.0);
    assert_eq!(
        world.timeline().segment.rate,
        Rate::from_factor(1.5).unwrap()
    );
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
fn in_a_paused_room_a_viewers_keys_change_nothing() {
    let mut world = two_behind(Traits::default(), FAR);
    world.pause();
    world.run(1.0);
    world.members[VIEWER].player.set_paused(false);
    world.run(2.0);
    assert!(matches!(
        world.members[VIEWER].acts[..],
        [UserAction::Resume { .. }]
    ));
    assert_same_frame(&world);
    world.members[VIEWER].player.jump(3.0);
    world.run(2.0);
    assert_same_frame(&world);
    assert_eq!(world.members[VIEWER].acts.len(), 2);
    assert_eq!(world.members[ADMIN].acts, []);
}

#[test]
fn an_action_that_nobody_answers_is_undone_in_the_end() {
    let mut world = two_in_step(Traits::default());
    world.online(VIEWER, false);
    world.members[VIEWER].player.set_paused(true);
    world.run(5.0);
    assert!(
        world.members[VIEWER].player.paused,
        "the app has not answered yet"
    );
    world.run(6.0);
    assert!(!world.members[VIEWER].player.paused);
    assert!(world.error(VIEWER).abs() < 0.1, "{}", world.error(VIEWER));
}

#[test]
fn a_late_joiner_opens_the_media_where_it_is() {
    let mut world = two_in_step(Traits::default());
    world.seek(300.0);
    world.run(5.0);
    let late = world.join(Traits::default(), FAR);
    world.run(0.5);
    let started = world.members[late]
        .orders
        .iter()
        .find_map(|order| match order {
            PlayerCommand::Load { start, paused, .. } => Some((*start, *paused)),
            _ => None,
        });
    let (start, paused) = started.unwrap();
    assert!(paused, "it starts with the others");
    let here = world.timeline().position(world.room_now());
    assert!(
        (start - here).abs().as_seconds() < 0.6,
        "{start} and {here}"
    );
}

#[test]
fn without_room_time_media_is_opened_all_the_same() {
    let mut world = two_in_step(Traits::default());
    let deaf = Weather {
        loss: 1.0,
        there: 30.0,
        ..Weather::LOOPBACK
    };
    let late = world.join(Traits::default(), deaf);
    world.run(1.5);
    let first = &world.members[late].orders[..];
    let anchor = |order: &PlayerCommand| {
        matches!(
            order,
            PlayerCommand::Load {
                start: Position::START,
                ..
            }
        )
    };
    assert!(first.iter().any(anchor), "{first:?}");
}

#[test]
fn the_next_media_follows_the_one_before() {
    let mut world = two_in_step(Traits::default());
    world.load();
    world.run(12.0);
    for index in [ADMIN, VIEWER] {
        assert!(world.error(index).abs() < 0.01, "{}", world.error(index));
        assert_eq!(world.members[index].acts, []);
    }
    world.stop();
    world.run(1.0);
    let last = world.members[VIEWER].orders.last();
    assert_eq!(last, Some(&PlayerCommand::Unload));
}

#[test]
fn the_next_media_of_a_paused_room_stands_where_it_was_put_at_once() {
    let mut world = two_in_step(Traits::default());
    world.pause();
    world.run(1.0);
    world.load();
    world.timeline_mut().segment.paused = true;
    world.seek(90.01);
    world.run(1.5);
    assert_same_frame(&world);
    assert!(world.error(VIEWER).abs() < 0.05, "{}", world.error(VIEWER));
}

#[test]
fn other_media_under_the_same_number_is_other_media() {
    let mut world = two_in_step(Traits::default());
    let other = Media::parse("https://media.example.org/other.webm").unwrap();
    world.timeline_mut().playing.as_mut().unwrap().media = other.clone();
    world.timeline_mut().segment.start = world.soon();
    world.timeline_mut().segment.anchor = Position::START;
    world.broadcast();
    world.run(12.0);
    for index in [ADMIN, VIEWER] {
        let mut loads = world.members[index]
            .orders
            .iter()
            .filter_map(|order| match order {
                PlayerCommand::Load { media, .. } => Some(media),
                _ => None,
            });
        assert_eq!(loads.next_back(), Some(&other));
        assert!(world.error(index).abs() < 0.01, "{}", world.error(index));
        assert_eq!(world.members[index].acts, []);
    }
}
