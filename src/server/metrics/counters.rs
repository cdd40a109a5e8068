//! What counts: numbers that tasks add to without a lock.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::timing::Timing;

/// Counters of one kind, one for each code.
#[derive(Debug)]
pub(super) struct ByCode<const CODES: usize>([AtomicU64; CODES]);

impl<const CODES: usize> Default for ByCode<CODES> {
    fn default() -> Self {
        Self(std::array::from_fn(|_| AtomicU64::new(0)))
    }
}

impl<const CODES: usize> ByCode<CODES> {
    /// Counts one of this code.
    pub(super) fn add(&self, code: usize) {
        if let Some(counter) = self.0.get(code) {
            add(counter);
        }
    }

    /// The counts by the names of the codes, in which also those stand that never occurred.
    pub(super) fn named<C: Copy + Into<&'static str>>(&self, codes: &[C]) -> BTreeMap<String, u64> {
        let names = codes.iter().map(|code| -> &'static str { (*code).into() });
        let counts = self.0.iter().map(value);
        names.map(str::to_owned).zip(counts).collect()
    }
}

/// The upper bounds of a histogram's buckets, in microseconds: from what memory takes to what a
/// person notices (judgement).
const BOUNDS: [u64; 14] = [
    100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000,
    1_000_000, 5_000_000,
];

/// Durations, counted by buckets.
#[derive(Debug)]
pub(super) struct Histogram {
    /// One for each bound, and one for what is beyond the last.
    buckets: [AtomicU64; BOUNDS.len() + 1],
    /// In microseconds.
    sum: AtomicU64,
}

impl Default for Histogram {
    fn default() -> Self {
        Self {
            buckets: std::array::from_fn(|_| AtomicU64::new(0)),
            sum: AtomicU64::new(0),
        }
    }
}

impl Histogram {
    /// Counts one that took so long.
    pub(super) fn add(&self, took: Duration) {
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let bucket = BOUNDS.partition_point(|bound| *bound < micros);
        if let Some(bucket) = self.buckets.get(bucket) {
            add(bucket);
        }
        self.sum.fetch_add(micros, Ordering::Relaxed);
    }

    /// What was counted so far.
    pub(super) fn timing(&self) -> Timing {
        let mut count = 0;
        let mut below = Vec::new();
        for (bucket, bound) in self
            .buckets
            .iter()
            .zip(BOUNDS.map(Some).into_iter().chain([None]))
        {
            count += value(bucket);
            if let Some(bound) = bound {
                below.push((seconds(bound), count));
            }
        }
        Timing {
            count,
            sum_seconds: seconds(value(&self.sum)),
            below,
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "figures for people: exact up to 285 years of microseconds"
)]
fn seconds(micros: u64) -> f64 {
    micros as f64 / 1e6
}

/// Counts one.
pub(super) fn add(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}

/// What was counted so far.
pub(super) fn value(counter: &AtomicU64) -> u64 {
    counter.load(Ordering::Relaxed)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Histogram;

    #[test]
    fn a_duration_counts_below_its_bound_and_all_higher_ones() {
        let durations = Histogram::default();
        for micros in [100, 101, 7_000_000] {
            durations.add(Duration::from_micros(micros));
        }
        let timing = durations.timing();
        assert_eq!(timing.count, 3);
        assert_eq!(timing.below[0], (0.0001, 1));
        assert_eq!(timing.below[1], (0.00025, 2));
        assert_eq!(timing.below.last(), Some(&(5.0, 2)));
        assert!((timing.sum_seconds - 7.000_201).abs() < 1e-9);
        assert_eq!(Histogram::default().timing().count, 0);
    }
}
