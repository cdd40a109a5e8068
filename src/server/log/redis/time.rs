//! Redis' clock as this node reads it: with each renewal of the lease, of which the best reading
//! counts.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

use crate::protocol::time::RoomTime;
use crate::server::log::TimeReading;

/// How many readings are compared: those of 40 s (judgement: one of them was not held up).
const READINGS: usize = 16;

/// By how much a reading is worth less with its age, in millionths: clocks drift apart by less
/// (judgement: ordinary quartz is within 50).
const AGES_BY_PPM: u32 = 50;

/// How much further than they may be off two readings differ if the clock was set in between
/// (judgement: far more than it is slewed within [`READINGS`]).
const WAS_SET: Duration = Duration::from_millis(100);

/// The last readings of a clock.
#[derive(Debug, Default)]
pub(super) struct Readings(VecDeque<TimeReading>);

/// What Redis' clock showed, in seconds and microseconds since 1970, when it was asked and when it
/// had answered.
pub(super) fn reading(shown: (i64, i64), asked: Instant, answered: Instant) -> TimeReading {
    let doubt = answered.saturating_duration_since(asked) / 2;
    let (seconds, micros) = shown;
    TimeReading {
        at: RoomTime(seconds.saturating_mul(1_000_000).saturating_add(micros)),
        when: asked + doubt,
        doubt,
    }
}

impl Readings {
    /// Adds a reading, and returns the best of the last ones. Those from before the clock was set
    /// are forgotten: all nodes follow it with their next reading, and so together.
    pub(super) fn add(&mut self, new: TimeReading) -> TimeReading {
        self.0.retain(|old| !was_set_between(*old, new));
        if self.0.len() >= READINGS {
            self.0.pop_front();
        }
        self.0.push_back(new);
        let doubt = |reading: &TimeReading| {
            let age = new.when.saturating_duration_since(reading.when);
            reading.doubt + age * AGES_BY_PPM / 1_000_000
        };
        let best = self.0.iter().min_by_key(|reading| doubt(reading));
        best.copied().unwrap_or(new)
    }
}

/// Whether the clock shows something else than what has passed, beyond all doubt.
fn was_set_between(old: TimeReading, new: TimeReading) -> bool {
    let passed = micros(new.when.saturating_duration_since(old.when));
    let shown = (new.at - old.at).0;
    let granted = micros(old.doubt + new.doubt + WAS_SET);
    shown.abs_diff(passed) > granted.unsigned_abs()
}

/// A span in microseconds.
pub(super) fn micros(span: Duration) -> i64 {
    i64::try_from(span.as_micros()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::Instant;

    use super::{Readings, reading};

    #[test]
    fn the_reading_that_took_least_counts_until_it_is_old() {
        let start = Instant::now();
        let after = |millis| start + Duration::from_millis(millis);
        let mut readings = Readings::default();
        let slow = reading((5, 0), after(0), after(40));
        assert_eq!(readings.add(slow), slow);
        assert_eq!(slow.when, after(20));
        let quick = reading((7, 500_000), after(2_500), after(2_501));
        assert_eq!(readings.add(quick), quick);
        let slow = reading((10, 0), after(5_000), after(5_004));
        assert_eq!(readings.add(slow), quick);
        let mut best = quick;
        for n in 3_u32..20 {
            let asked = after(2_500 * u64::from(n));
            let answered = asked + Duration::from_millis(4);
            let shown = 5_000_000 + 2_500_000 * i64::from(n);
            let shown = (shown / 1_000_000, shown % 1_000_000);
            best = readings.add(reading(shown, asked, answered));
        }
        assert_ne!(best, quick, "it is no longer among the last ones");
    }

    #[test]
    fn when_the_clock_is_set_what_it_showed_before_is_forgotten() {
        let start = Instant::now();
        let after = |millis| start + Duration::from_millis(millis);
        for set_to in [2, 12] {
            let mut readings = Readings::default();
            let quick = reading((5, 0), after(0), after(1));
            assert_eq!(readings.add(quick), quick);
            let slow = reading((set_to, 500_000), after(2_500), after(2_540));
            assert_eq!(readings.add(slow), slow);
            let later = reading((set_to + 2, 999_000), after(5_000), after(5_050));
            assert_eq!(readings.add(later), slow, "the better one since then");
        }
    }
}
