//! Live media whose list names the wall time of its pictures.

use super::stories::{ADMIN, FAR, VIEWER};
use super::world::World;
use crate::protocol::time::Span;
use crate::sim::traits::Traits;
use crate::sync::apart;
use crate::sync::follow::{SyncState, Unsynced};
use crate::sync::player::PlayerCommand;

/// Live media whose position zero belongs to this wall time, if that is known.
fn live(origin: Option<f64>) -> Traits {
    Traits {
        duration: None,
        seekable: false,
        live_origin: origin,
        ..Traits::USUAL
    }
}

/// The wall time of the picture that a member sees.
fn wall(world: &World, index: usize) -> f64 {
    let player = &world.members[index].player;
    player.traits.live_origin.unwrap() + player.place()
}

fn walls_apart(world: &World, index: usize) -> f64 {
    (wall(world, index) - wall(world, ADMIN)).abs()
}

/// Two members of a room, of which the viewer's player began so much later in the list.
fn two(later: f64) -> World {
    let mut world = World::new(8);
    world.join(live(Some(5_000.0)), FAR);
    world.join(live(Some(5_000.0 + later)), FAR);
    world.run(2.0);
    world.load_gated();
    world
}

#[test]
fn live_players_whose_list_names_times_show_the_same_picture() {
    for later in [0.48, -0.48, 2.0, -4.0] {
        let mut world = two(later);
        world.run(60.0);
        assert!(
            walls_apart(&world, VIEWER) < 0.15,
            "{later}: {}",
            walls_apart(&world, VIEWER)
        );
        assert!(world.members[VIEWER].player.seeks.is_empty());
        for member in &world.members {
            assert_eq!(member.follower.status().state, SyncState::Holding);
        }
        let late = world.join(live(Some(5_061.5)), FAR);
        world.run(30.0);
        assert!(
            walls_apart(&world, late) < 0.15,
            "{later}: {}",
            walls_apart(&world, late)
        );
        world.pause();
        world.run(5.0);
        world.resume();
        world.run(10.0);
        for index in [VIEWER, late] {
            assert!(
                walls_apart(&world, index) < 0.15,
                "{}",
                walls_apart(&world, index)
            );
        }
    }
}

#[test]
fn who_comes_late_and_begins_behind_in_a_live_list_jumps_to_the_others_once() {
    for behind in [0.6, 1.6, 1.9] {
        let mut world = two(0.0);
        world.run(30.0);
        let begins = wall(&world, ADMIN) - behind;
        let late = world.join(
            Traits {
                buffered: Some(4.0),
                ..live(Some(begins))
            },
            FAR,
        );
        world.run(10.0);
        let apart = walls_apart(&world, late);
        assert!(apart < 0.15, "{behind}: {apart}");
        assert_eq!(world.members[late].player.seeks.len(), 1, "{behind}");
    }
}

#[test]
fn who_comes_out_ahead_in_a_live_list_lets_the_room_arrive_at_once() {
    for ahead in [0.7, 2.0, 5.4] {
        let mut world = two(ahead);
        world.run(ahead + 6.0);
        let apart = walls_apart(&world, VIEWER);
        assert!(apart < 0.15, "{ahead}: {apart}");
        // After a break a player goes on where its list begins by then.
        for index in [VIEWER, ADMIN] {
            world.members[index].player.slip(ahead);
            world.run(1.0);
            let state = world.members[index].follower.status().state;
            assert!(state == SyncState::Ahead || ahead < 2.0, "{state:?}");
            world.run(ahead + 1.0);
            let apart = walls_apart(&world, VIEWER);
            assert!(apart < 0.15, "{index}, {ahead}: {apart}");
        }
        for member in &world.members {
            assert!(member.player.seeks.is_empty());
        }
    }
}

#[test]
fn where_a_live_list_has_a_gap_no_reading_of_the_start_is_followed() {
    let mut world = World::new(8);
    for _ in [ADMIN, VIEWER] {
        let traits = Traits {
            buffered: Some(60.0),
            ..live(Some(5_000.0))
        };
        world.join(traits, FAR);
    }
    world.run(2.0);
    world.load_gated();
    world.run(30.0);
    let player = &mut world.members[VIEWER].player;
    let place = player.place();
    player.slip(-place);
    world.run(0.6);
    world.members[VIEWER].player.slip(place + 5.0);
    world.run(7.0);
    assert!(world.members[VIEWER].player.seeks.is_empty());
    assert!(walls_apart(&world, VIEWER) < 0.15);
    // One that has gone back all the same is brought to the room.
    world.members[VIEWER].player.slip(-20.0);
    world.run(8.0);
    assert!(walls_apart(&world, VIEWER) < 0.15);
}

#[test]
fn one_whose_list_names_none_is_left_alone() {
    let mut world = two(0.48);
    let other = world.join(live(None), FAR);
    world.run(20.0);
    let status = world.members[other].follower.status();
    assert_eq!(status.state, SyncState::Unsynced(Unsynced::Live));
    assert_eq!(status.error, None);
    let bent = |(_, speed): &&(i64, f64)| (*speed - 1.0).abs() > 1e-9;
    let orders = &world.members[other].player.speed_orders;
    assert_eq!(orders.iter().filter(bent).count(), 0);
}

/// Two in step that were paused for long.
fn two_paused_for_long(buffered: Option<f64>) -> World {
    let mut world = World::new(8);
    for later in [0.0, 1.2] {
        let traits = Traits {
            buffered,
            ..live(Some(5_000.0 + later))
        };
        world.join(traits, FAR);
    }
    world.run(2.0);
    world.load_gated();
    world.run(30.0);
    world.pause();
    world.run(600.0);
    world.resume();
    world.run(5.0);
    world
}

#[test]
fn after_a_pause_longer_than_the_list_the_room_goes_on_where_the_admin_can() {
    let mut world = two_paused_for_long(None);
    // Each player goes on by itself where its list begins by now.
    world.members[VIEWER].player.slip(449.0);
    world.run(1.0);
    world.members[ADMIN].player.slip(451.0);
    world.run(60.0);
    assert!(walls_apart(&world, VIEWER) < 0.15);
    for member in &world.members {
        assert!(member.player.seeks.is_empty());
        assert_eq!(member.follower.status().state, SyncState::Holding);
    }
    let late = world.join(live(Some(5_900.0)), FAR);
    world.run(30.0);
    let reported = world.members[late].follower.status();
    assert!(reported.error.is_some(), "{reported:?}");
}

#[test]
fn who_has_the_data_follows_an_admin_who_lost_it_by_one_seek() {
    let mut world = two_paused_for_long(Some(90.0));
    world.members[ADMIN].player.slip(40.0);
    world.run(30.0);
    assert!(walls_apart(&world, VIEWER) < 0.15);
    assert_eq!(world.members[VIEWER].player.seeks.len(), 1);
    assert_eq!(world.members[ADMIN].player.seeks.len(), 0);
}

#[test]
fn a_viewer_thrown_ahead_in_a_live_list_lets_the_room_arrive_and_moves_nobody() {
    let mut world = two_paused_for_long(None);
    world.members[VIEWER].orders.clear();
    world.members[VIEWER].player.slip(20.0);
    world.run(1.0);
    let status = world.members[VIEWER].follower.status();
    assert_eq!(status.state, SyncState::Unsynced(Unsynced::Live));
    let apart = status.apart.map(Span::as_seconds).unwrap();
    assert!((apart - 20.0).abs() < 0.3, "{apart}");
    let before = world.error(ADMIN);
    world.run(40.0);
    assert!(walls_apart(&world, VIEWER) < 0.15);
    let moved = world.error(ADMIN) - before;
    assert!(moved.abs() < 0.005, "{moved}");
    let is_pause = |order: &&PlayerCommand| matches!(order, PlayerCommand::SetPaused(true));
    let pauses = world.members[VIEWER].orders.iter().filter(is_pause).count();
    assert_eq!(pauses, 1);
}

/// A live list without wall times, whose part with this time stamp was the first one opened.
fn undated(begins: f64) -> Traits {
    Traits {
        part_begins: Some(begins),
        ..live(None)
    }
}

/// The broadcast's time stamp of the picture that a member sees.
fn stamp(world: &World, index: usize) -> f64 {
    let player = &world.members[index].player;
    player.traits.part_begins.unwrap() + player.place()
}

/// The largest distance between the pictures of any two members, as it is reported to one of them.
fn reported_distance(world: &World, index: usize) -> Option<Span> {
    let places = world.members.iter().map(|m| m.follower.status().live);
    let mut places: Vec<_> = places.collect();
    let own = places.remove(index)?;
    apart(own, places.into_iter().flatten())
}

fn assert_distance_reported(world: &World) {
    let stamps = || (0..world.members.len()).map(|index| stamp(world, index));
    let apart = stamps().fold(f64::MIN, f64::max) - stamps().fold(f64::MAX, f64::min);
    for index in 0..world.members.len() {
        let reported = reported_distance(world, index).map(Span::as_seconds);
        assert!(
            reported.is_some_and(|reported| (reported - apart).abs() < 0.1),
            "{index}: {reported:?}, {apart}"
        );
        let state = world.members[index].follower.status().state;
        assert_eq!(state, SyncState::Unsynced(Unsynced::Live));
        let orders = &world.members[index].player.speed_orders;
        assert!(orders.iter().all(|(_, speed)| (*speed - 1.0).abs() < 1e-9));
    }
}

#[test]
fn where_the_list_names_no_times_the_distance_is_known_and_nobody_is_steered() {
    let mut world = World::new(9);
    world.join(undated(9.4), FAR);
    world.join(undated(12.6), FAR);
    world.run(2.0);
    world.load_gated();
    world.run(20.0);
    assert_distance_reported(&world);
    // A late joiner opens the list where it is by then.
    let late = world.join(undated(23.4), FAR);
    world.run(10.0);
    assert_distance_reported(&world);
    world.pause();
    world.run(60.0);
    for index in [ADMIN, VIEWER, late] {
        let reported = reported_distance(&world, index)
            .map(Span::as_seconds)
            .unwrap();
        assert!(reported > 3.1, "{reported}");
    }
    world.resume();
    world.run(10.0);
    assert_distance_reported(&world);
    // One whose data does not come falls back.
    world.members[VIEWER].player.stall(4.0);
    world.run(10.0);
    assert_distance_reported(&world);
}
