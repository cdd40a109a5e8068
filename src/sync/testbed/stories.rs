//! What happens in a room, told step by step.

use super::fake_player::Traits;
use super::link::Weather;
use super::world::World;

/// A room with a film on and two members in step.
fn two_in_step(seed: u64) -> World {
    let mut world = World::new(seed);
    world.join(Traits::default(), Weather::LOOPBACK);
    world.join(Traits::default(), Weather::LOOPBACK);
    world.run(1.0);
    world.load();
    world.run(15.0);
    world
}

#[test]
fn two_start_together_and_stay_so() {
    let mut world = two_in_step(1);
    for index in 0..2 {
        let worst = world.worst_error(index, 20.0);
        assert!(worst < 0.003, "member {index} was off by {worst}");
    }
}
