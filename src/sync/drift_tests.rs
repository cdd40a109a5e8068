use super::{Conditions, Correction, Drift, SeekChance};
use crate::protocol::time::{LocalTime, Span};
use crate::sync::player::Basis;

/// A player that lets a speed be heard 0.28 s after it was set, polled four times a second.
struct Plant {
    drift: Drift,
    conditions: Conditions,
    now: i64,
    error: f64,
    clock: f64,
    /// What was ordered at each millisecond.
    orders: Vec<f64>,
    /// The errors read, one each quarter of a second.
    read: Vec<f64>,
}

fn plant(error: f64, clock: f64) -> Plant {
    Plant {
        drift: Drift::default(),
        conditions: Conditions {
            rate: 1.0,
            basis: Basis::Audio,
            seek: SeekChance::Impossible,
            threshold: Span::seconds(2),
        },
        now: 0,
        error,
        clock,
        orders: Vec::new(),
        read: Vec::new(),
    }
}

impl Plant {
    fn run(&mut self, seconds: i64) -> &mut Self {
        let rate = self.conditions.rate;
        for _ in 0..seconds * 1_000 {
            if self.now % 250 == 0 {
                self.read.push(self.error);
                let at = LocalTime(self.now * 1_000);
                let error = Span::from_seconds(self.error);
                let verdict = self.drift.judge(error, at, &self.conditions);
                assert_eq!(verdict, Correction::Play);
            }
            self.orders.push(self.drift.speed(rate).factor);
            let audible = self.orders.len().checked_sub(284);
            let audible = audible.map_or(rate, |place| self.orders[place]);
            self.error += (audible * (1.0 + self.clock) - rate) / 1_000.0;
            self.now += 1;
        }
        self
    }

    /// The greatest error from a time on, in seconds.
    fn worst_from(&self, seconds: usize) -> f64 {
        let late = self.read.iter().skip(seconds * 4);
        late.fold(0.0, |worst: f64, error| worst.max(error.abs()))
    }

    /// How far it swung to the other side.
    fn overshoot(&self) -> f64 {
        let sign = self.read[0].signum();
        self.read
            .iter()
            .fold(0.0, |most: f64, error| most.max(-error * sign))
    }
}

#[test]
fn errors_are_worked_off_without_swinging_over() {
    for error in [0.02, -0.03, 0.1, -0.3, 0.45] {
        let mut plant = plant(error, 0.0);
        plant.run(40);
        assert!(
            plant.worst_from(20) < 0.002,
            "{error}: {}",
            plant.worst_from(20)
        );
        assert!(plant.overshoot() < 0.004, "{error}: {}", plant.overshoot());
    }
}

#[test]
fn three_tenths_of_a_second_are_gone_in_eight() {
    let mut plant = plant(-0.3, 0.0);
    plant.run(20);
    assert!(plant.worst_from(8) < 0.040, "{}", plant.worst_from(8));
}

#[test]
fn a_skewed_player_is_held_without_a_lasting_error() {
    for clock in [0.01, -0.01, 0.005, 0.000_1] {
        for rate in [1.0, 0.5, 2.0] {
            let mut plant = plant(0.03, clock);
            plant.conditions.rate = rate;
            plant.run(60);
            assert!(
                plant.worst_from(25) < 0.002,
                "{clock} at {rate}: {}",
                plant.worst_from(25)
            );
            assert!(
                (plant.drift.skew() - clock).abs() < 0.000_5,
                "{}",
                plant.drift.skew()
            );
        }
    }
}

#[test]
fn the_caps_hold_on_top_of_the_learned_skew() {
    for (error, cap) in [(0.039, 0.010), (0.3, 0.05), (1.2, 0.10), (5.0, 0.10)] {
        let mut drift = Drift::default();
        for step in 0..8 {
            let at = LocalTime(step * 250_000);
            let conditions = plant(0.0, 0.0).conditions;
            drift.judge(Span::from_seconds(error), at, &conditions);
            assert!(
                drift.bend().abs() <= cap + 1e-9,
                "{error}: {}",
                drift.bend()
            );
            assert!(drift.bend() > 0.0, "a player that is ahead slows down");
        }
    }
}

#[test]
fn a_player_that_stood_for_a_moment_is_not_taken_for_a_slow_one() {
    let mut plant = plant(0.0, 0.002);
    plant.run(30);
    let learned = plant.drift.skew();
    plant.error -= 0.3;
    plant.run(1);
    assert!((plant.drift.skew() - learned).abs() < 0.000_2);
    let most = plant.orders[30_000..].iter().copied().fold(1.0, f64::max);
    assert!(most <= 1.05 - learned + 1e-5, "{most}");
}

#[test]
fn pitch_is_kept_for_what_would_be_audible() {
    let mut drift = Drift::default();
    let conditions = plant(0.0, 0.0).conditions;
    let mut pitch = |error: f64, second: i64, rate: f64| {
        let at = LocalTime(second * 1_000_000);
        drift.judge(Span::from_seconds(error), at, &conditions);
        drift.speed(rate).pitch_correction
    };
    assert!(!pitch(0.010, 0, 1.0), "unheard without the filter");
    assert!(pitch(0.200, 10, 1.0), "5 % would be heard as another tone");
    assert!(pitch(0.030, 20, 1.0), "the filter does not flicker");
    assert!(!pitch(0.005, 30, 1.0));
    assert!(pitch(0.005, 40, 1.25), "a rate is no other tone either");
}

#[test]
fn what_is_too_far_is_sought_when_a_seek_is_to_be_had() {
    let verdict = |error: f64, seek: SeekChance| {
        let conditions = Conditions {
            seek,
            ..plant(0.0, 0.0).conditions
        };
        Drift::default().judge(Span::from_seconds(error), LocalTime(0), &conditions)
    };
    let cases = [
        (0.4, SeekChance::Cached, Correction::Play),
        (0.6, SeekChance::Cached, Correction::Seek),
        (-0.6, SeekChance::Cached, Correction::Seek),
        (1.9, SeekChance::Uncached, Correction::Play),
        (2.1, SeekChance::Uncached, Correction::Seek),
        (1.9, SeekChance::Resting, Correction::Play),
        (-2.1, SeekChance::Resting, Correction::Rest),
        (60.0, SeekChance::Impossible, Correction::Play),
    ];
    for (error, seek, expected) in cases {
        assert_eq!(verdict(error, seek), expected, "{error} {seek:?}");
    }
}

#[test]
fn small_noise_on_pictures_moves_nothing() {
    let mut drift = Drift::default();
    let conditions = Conditions {
        basis: Basis::Frame,
        ..plant(0.0, 0.0).conditions
    };
    for (step, error) in [0.003, -0.003, 0.004, 0.0, -0.004].into_iter().enumerate() {
        let at = LocalTime(i64::try_from(step).unwrap() * 250_000);
        drift.judge(Span::from_seconds(error), at, &conditions);
        assert!(drift.bend().abs() < 1e-12);
    }
}
