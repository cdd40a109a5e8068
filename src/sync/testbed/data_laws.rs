//! What holds whatever becomes of the data: many seeds, each a room of its own.

use super::laws::{any_room, any_weather, assert_converged, seeds};
use super::world::World;
use crate::protocol::command::Report;
use crate::protocol::time::Span;
use crate::sim::random::Random;
use crate::sim::traits::Traits;

fn ended(world: &World) -> bool {
    let ended = |report: &Report| matches!(report, Report::Ended { .. });
    let mut members = world.members.iter();
    members.any(|member| member.reports.iter().any(ended))
}

/// A viewer's server goes away or hangs, in the midst of whatever the admin does.
fn lose_data(world: &mut World, random: &mut Random) -> f64 {
    let away = random.between(0.5, 40.0);
    let player = &mut world.members[1].player;
    player.traits.reports_waiting = random.chance(0.5);
    if random.chance(0.5) {
        player.lose_server(away, random.between(0.0, 5.0));
    } else {
        player.starve(away);
    }
    let mut left = away;
    while left > 0.0 {
        if random.chance(0.3) {
            world.seek(random.between(0.0, 3_000.0));
        }
        let step = random.between(0.5, 5.0).min(left);
        world.run(step);
        left -= step;
    }
    // How long it takes to open, to seek, and to stand until the room arrives.
    let traits = world.members[1].player.traits;
    traits.load_cost.1 + 2.0 * traits.seek_cost.1
}

#[test]
fn whose_data_is_back_is_in_step_soon_and_nothing_ended_meanwhile() {
    for playing in seeds() {
        let seed = playing.0;
        let (mut world, mut random) = any_room(seed);
        if random.chance(0.5) {
            world.timeline_mut().playing.as_mut().unwrap().duration = Some(Span::seconds(3_600));
            world.broadcast();
        }
        world.run(8.0);
        let seeks = |world: &World| world.members[1].player.seeks.len();
        let slack = lose_data(&mut world, &mut random);
        world.run(10.0 + slack);
        let off = world.error(1).abs();
        let clock = world.clock_error(1);
        assert!(off < clock + 0.05, "seed {seed}: off by {off}");
        assert!(!ended(&world), "seed {seed}");
        let before = seeks(&world);
        world.run(20.0);
        assert_eq!(seeks(&world), before, "seed {seed}: in step without a seek");
        assert_converged(&mut world, seed);
    }
}

#[test]
fn between_keyframes_nobody_seeks_twice_for_one_move_or_plays_ahead() {
    for playing in seeds() {
        let mut random = Random::new(playing.0);
        let mut world = World::new(playing.0);
        let keyframes = random.between(1.0, 10.0);
        for _ in 0..3 {
            let traits = Traits {
                keyframes,
                duration: Some(3_600.0),
                ..Traits::default()
            };
            world.join(traits, any_weather(&mut random));
        }
        world.run(2.0);
        world.load();
        world.run(12.0);
        for member in &mut world.members {
            member.player.seeks.clear();
        }
        for moves in 1..8 {
            world.seek(random.between(0.0, 3_000.0));
            // Until the move has reached everyone.
            world.run(0.5);
            for _ in 0..230 {
                world.run(0.05);
                for (index, member) in world.members.iter().enumerate() {
                    let ahead = world.error(index) - world.clock_error(index);
                    let plays = member.player.moves();
                    assert!(!plays || ahead < 0.07, "seed {}: {ahead}", playing.0);
                }
            }
            for member in &world.members {
                let seeks = member.player.seeks.len();
                assert!(seeks <= moves, "seed {}: {seeks} for {moves}", playing.0);
            }
        }
        for index in 0..3 {
            let off = world.error(index).abs() - world.clock_error(index);
            assert!(off < 0.03, "seed {}: {off}", playing.0);
        }
    }
}
