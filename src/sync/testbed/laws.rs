//! What holds whatever happens: many seeds, each a room of its own.
//!
//! A failing seed is printed, with the way to play it alone: [`REPLAY`].

use super::world::World;
use crate::sim::link::Weather;
use crate::sim::random::Random;
use crate::sim::traits::Traits;

/// The one seed to play, to look into a failure.
const REPLAY: Option<u64> = None;

/// Rooms played for each law.
const SEEDS: std::ops::Range<u64> = 0..30;

/// The seeds to play. The one that is being played says how to play it again, should it
/// fail.
pub(super) fn seeds() -> impl Iterator<Item = Seed> {
    let all = REPLAY.is_none().then_some(SEEDS).into_iter().flatten();
    REPLAY.into_iter().chain(all).map(Seed)
}

/// A seed that is being played.
pub(super) struct Seed(pub(super) u64);

impl Drop for Seed {
    fn drop(&mut self) {
        if std::thread::panicking() {
            println!(
                "seed {seed} failed: set REPLAY to Some({seed}) in {file} to play it alone",
                seed = self.0,
                file = file!()
            );
        }
    }
}

pub(super) fn any_weather(random: &mut Random) -> Weather {
    Weather {
        there: random.between(0.0, 0.1),
        back: random.between(0.0, 0.1),
        jitter: random.between(0.0, 0.06),
        loss: random.between(0.0, 0.02),
    }
}

pub(super) fn any_traits(random: &mut Random) -> Traits {
    let seek = random.between(0.03, 0.4);
    let load = random.between(0.1, 1.5);
    Traits {
        audio: random.chance(0.9),
        audio_skew: random.between(-0.01, 0.01),
        seek_cost: (seek, seek * random.between(1.0, 2.0)),
        load_cost: (load, load * 2.0),
        load_seeks: random.chance(0.5),
        buffered: random.chance(0.5).then_some(60.0),
        duration: Some(3_600.0),
        ..Traits::default()
    }
}

/// A room of three with media on.
pub(super) fn any_room(seed: u64) -> (World, Random) {
    let mut random = Random::new(seed);
    let mut world = World::new(seed);
    for _ in 0..3 {
        let (traits, weather) = (any_traits(&mut random), any_weather(&mut random));
        world.join(traits, weather);
    }
    world.run(2.0);
    world.load();
    world.run(random.between(1.0, 10.0));
    (world, random)
}

pub(super) fn assert_converged(world: &mut World, seed: u64) {
    for index in 0..world.members.len() {
        let clock = world.clock_error(index);
        let bound = world.members[index].follower.status().bound.unwrap();
        assert!(
            clock <= bound.as_seconds() + 2e-6,
            "seed {seed}: {clock} against {bound:?}"
        );
        let error = world.error(index).abs();
        let rate = world.timeline().segment.rate.factor();
        let member = &world.members[index];
        assert!(
            member.player.paused || error < clock * rate + 0.015,
            "seed {seed}, member {index}: off by {error}, clock by {clock}, {:?}",
            member.states.last()
        );
        assert_eq!(member.acts, [], "seed {seed}, member {index}");
        for (_, speed) in &member.player.speed_orders {
            let bent = speed / nearest_rate(*speed);
            assert!((bent - 1.0).abs() < 0.116, "seed {seed}: speed {speed}");
        }
    }
}

/// The room's rate that a speed is nearest to, of those that the laws use.
fn nearest_rate(speed: f64) -> f64 {
    [0.5, 1.0, 1.5, 2.0]
        .into_iter()
        .min_by(|a, b| (a - speed).abs().total_cmp(&(b - speed).abs()))
        .unwrap()
}

#[test]
fn whatever_the_admin_does_all_are_in_step_after_it() {
    for playing in seeds() {
        let seed = playing.0;
        let (mut world, mut random) = any_room(seed);
        for _ in 0..12 {
            match random.between(0.0, 6.0) {
                x if x < 1.0 => world.pause(),
                x if x < 3.0 => world.resume(),
                x if x < 5.0 => world.seek(random.between(0.0, 3_000.0)),
                x if x < 5.5 => world.rate([0.5, 1.0, 1.5, 2.0][random.below(4)]),
                _ => world.hold(world.timeline().hold.is_none()),
            }
            let pause = random.between(0.0, 3.0);
            world.run(pause);
        }
        world.hold(false);
        world.resume();
        world.run(30.0);
        assert_converged(&mut world, seed);
    }
}

#[test]
fn whatever_befalls_a_viewer_they_come_back_and_never_seek_twice_in_five_seconds() {
    for playing in seeds() {
        let seed = playing.0;
        let (mut world, mut random) = any_room(seed);
        world.run(10.0);
        for member in &mut world.members {
            member.player.seeks.clear();
        }
        for _ in 0..6 {
            let index = 1 + random.below(2);
            befall(&mut world, index, &mut random);
            let pause = random.between(0.0, 8.0);
            world.run(pause);
        }
        world.run(70.0);
        assert_converged(&mut world, seed);
        assert!(
            world.members[0].player.seeks.is_empty(),
            "seed {seed}: the admin was moved"
        );
        for member in &world.members {
            let seeks = &member.player.seeks;
            // A machine's clock may run a ten-thousandth fast.
            let close = seeks.windows(2).any(|pair| pair[1] - pair[0] < 4_999_000);
            assert!(!close, "seed {seed}: {seeks:?}");
        }
    }
}

/// Something that is nobody's act.
fn befall(world: &mut World, index: usize, random: &mut Random) {
    let player = &mut world.members[index].player;
    let size = random.between(0.1, 8.0);
    match random.below(6) {
        0 => player.stall(size),
        1 => player.slip(-size),
        2 => player.slip(size / 4.0),
        3 => {
            player.freeze();
            world.run(size);
            world.members[index].player.thaw();
        }
        4 => {
            world.online(index, false);
            world.run(size);
            world.online(index, true);
        }
        _ => world.suspend(index, size),
    }
}

#[test]
fn a_viewer_who_plays_with_the_keys_moves_nobody_and_comes_back() {
    for playing in seeds() {
        let seed = playing.0;
        let (mut world, mut random) = any_room(seed);
        world.run(10.0);
        let segment = world.timeline().segment;
        for _ in 0..10 {
            let player = &mut world.members[1].player;
            let place = player.place();
            match random.below(4) {
                0 => player.set_paused(!player.paused),
                1 => player.jump(place + random.between(-20.0, 20.0)),
                2 => player.jump(place + random.between(-0.5, 0.5)),
                _ => player.set_speed([0.5, 0.9, 1.1, 2.0][random.below(4)]),
            }
            let pause = random.between(0.02, 2.0);
            world.run(pause);
        }
        world.run(30.0);
        assert_eq!(world.timeline().segment, segment, "seed {seed}");
        assert!(!world.members[1].acts.is_empty(), "seed {seed}");
        world.members[1].acts.clear();
        world.members[1].player.speed_orders.clear();
        assert!(!world.members[1].player.paused, "seed {seed}");
        assert_converged(&mut world, seed);
    }
}

#[test]
fn in_step_speed_is_bent_by_little_and_rarely() {
    for playing in seeds() {
        let seed = playing.0;
        let (mut world, _) = any_room(seed);
        world.run(60.0);
        for member in &mut world.members {
            member.player.speed_orders.clear();
        }
        world.run(60.0);
        for (index, member) in world.members.iter().enumerate() {
            let orders = &member.player.speed_orders;
            let changed: f64 = orders
                .windows(2)
                .map(|pair| (pair[1].1 - pair[0].1).abs())
                .sum();
            // A tenth of a hundredth a second is what nobody hears.
            assert!(
                changed < 0.06,
                "seed {seed}, {index}: {changed} in a minute"
            );
            assert!(orders.len() <= 240, "seed {seed}, {index}: four a second");
        }
    }
}

#[test]
fn new_media_starts_for_all_at_once_whoever_is_slow() {
    for playing in seeds() {
        let seed = playing.0;
        let (mut world, mut random) = any_room(seed);
        let slow = random.between(0.0, 12.0);
        world.members[2].player.traits.load_cost = (slow, slow * 1.2);
        world.load_gated();
        let begun = world.now;
        let is_waiting = |world: &World| world.timeline().awaits_start(world.room_now());
        while is_waiting(&world) {
            world.run(0.05);
            for member in &world.members {
                let has_it = member.player.shows() == Some(world.timeline().epoch);
                let moved = has_it && is_waiting(&world) && member.player.place() > 0.06;
                assert!(!moved, "seed {seed}: {}", member.player.place());
            }
        }
        assert!(world.now - begun <= 8_050_000, "seed {seed}");
        world.run(40.0);
        assert_converged(&mut world, seed);
    }
}
