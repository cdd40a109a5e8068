//! Live media whose list names the wall time of its pictures.

use super::stories::{ADMIN, FAR, VIEWER};
use super::traits::Traits;
use super::world::World;
use crate::sync::follow::{SyncState, Unsynced};

/// A live medium whose position zero belongs to this wall time, if that is known.
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

fn apart(world: &World, index: usize) -> f64 {
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
            apart(&world, VIEWER) < 0.15,
            "{later}: {}",
            apart(&world, VIEWER)
        );
        assert!(world.members[VIEWER].player.seeks.is_empty());
        for member in &world.members {
            assert_eq!(member.follower.status().state, SyncState::Holding);
        }
        let late = world.join(live(Some(5_061.5)), FAR);
        world.run(30.0);
        assert!(
            apart(&world, late) < 0.15,
            "{later}: {}",
            apart(&world, late)
        );
        world.pause();
        world.run(5.0);
        world.resume();
        world.run(10.0);
        for index in [VIEWER, late] {
            assert!(apart(&world, index) < 0.15, "{}", apart(&world, index));
        }
    }
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
