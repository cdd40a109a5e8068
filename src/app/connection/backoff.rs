//! How long to wait between attempts to connect.

use crate::protocol::time::Span;

/// The first wait before another attempt; it doubles with each.
const FIRST_WAIT: Span = Span::millis(500);

/// The longest wait before another attempt (judgement: with the jitter all members are back within
/// 10 s of a server that was away for longer; a thousand cost it some 170 attempts a second).
const LONGEST_WAIT: Span = Span::seconds(6);

/// Waits differ by up to so many percent, so that a room does not return all at once.
const JITTER_PERCENT: i64 = 30;

/// The waits between attempts.
#[derive(Debug, Clone)]
pub(super) struct Backoff {
    /// How many waits there were since the last good connection.
    waits: u32,
    /// The state of the generator of jitter.
    seed: u64,
}

impl Backoff {
    /// Before the first wait; `seed` is where the jitter begins.
    pub(super) const fn new(seed: u64) -> Self {
        Self { waits: 0, seed }
    }

    /// The connection was a good one, or its server announced the end: waits begin from the first
    /// again.
    pub(super) const fn reset(&mut self) {
        self.waits = 0;
    }

    /// How long to wait before the next attempt.
    pub(super) fn next_wait(&mut self) -> Span {
        let doubled = FIRST_WAIT.0 << self.waits.min(10);
        self.waits = self.waits.saturating_add(1);
        let base = doubled.min(LONGEST_WAIT.0);
        let percent = 100 - JITTER_PERCENT + self.random_up_to(2 * JITTER_PERCENT);
        Span(base * percent / 100)
    }

    /// A number from 0 to `most`, by `SplitMix64` (Steele, Lea and Flood, 2014): nothing
    /// depends on its quality, only that clients differ.
    fn random_up_to(&mut self, most: i64) -> i64 {
        self.seed = self.seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.seed;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        // The upper half always fits.
        i64::try_from(mixed >> 32).unwrap_or(0) % (most + 1)
    }
}
