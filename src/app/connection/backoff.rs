//! How long to wait between attempts to connect.

use crate::protocol::time::Span;

/// The first wait before another attempt; it doubles with each.
const FIRST_WAIT: Span = Span::millis(500);

/// The longest wait before another attempt (judgement: with the jitter all members of a small server
/// are back within 10 s of its being there again, however long it was away; a thousand cost it some
/// 170 attempts a second).
const LONGEST_WAIT: Span = Span::seconds(6);

/// A connection that held for so long was a good one: waits begin from the first again.
const STABLE_AFTER: Span = Span::seconds(10);

/// Waits differ by up to so many percent, so that a room does not return all at once.
const JITTER_PERCENT: i64 = 30;

/// The waits between attempts of a client that lost its server.
#[derive(Debug, Clone)]
pub struct Backoff {
    /// How many waits there were since the last good connection.
    waits: u32,
    /// The state of the generator of jitter.
    seed: u64,
    /// Over this time those come back at least whom one server lost at once.
    spread: Span,
}

impl Backoff {
    /// Before the first wait; `seed` is where the jitter begins.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self {
            waits: 0,
            seed,
            spread: Span::ZERO,
        }
    }

    /// From the next wait on, those whom one server lost at once come back evenly over this time at
    /// least: what [`Cadence::return_within`](crate::protocol::cadence::Cadence::return_within) says.
    pub const fn spread_over(&mut self, time: Span) {
        self.spread = time;
    }

    /// A connection has ended that held for this time, perhaps announced by its server, which says
    /// nothing against it: waits begin from the first again if it was a good one.
    pub fn ended(&mut self, held: Span, is_announced: bool) {
        if is_announced || held >= STABLE_AFTER {
            self.waits = 0;
        }
    }

    /// How long to wait before the next attempt.
    pub fn next_wait(&mut self) -> Span {
        let is_first = self.waits == 0;
        let doubled = FIRST_WAIT.0 << self.waits.min(10);
        self.waits = self.waits.saturating_add(1);
        let base = doubled.min(LONGEST_WAIT.0);
        let jitter = base * JITTER_PERCENT / 100;
        if is_first {
            return Span(base - jitter + self.random_up_to(self.spread.0.max(2 * jitter)));
        }
        // As evenly as all were spread by their first waits, so they stay by equal ones.
        Span(base.max(self.spread.0) - jitter + self.random_up_to(2 * jitter))
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

#[cfg(test)]
mod tests {
    use super::Backoff;
    use crate::protocol::time::Span;

    /// How many of 10,000 clients make an attempt in each second, if the server that told them to
    /// come back within `spread` dies at 0 and is there again at `up`.
    fn returns(spread: Span, up: Span) -> Vec<usize> {
        let mut seconds = vec![0; 30];
        for client in 0..10_000 {
            let mut backoff = Backoff::new(client * 0x1234_5678_9ABC);
            backoff.spread_over(spread);
            let mut at = Span::ZERO;
            while at < up || at == Span::ZERO {
                at = at + backoff.next_wait();
            }
            let second = usize::try_from((at - up).0 / 1_000_000).unwrap();
            seconds[second] += 1;
        }
        while seconds.last() == Some(&0) {
            seconds.pop();
        }
        seconds
    }

    /// The fullest second, in averages over the time of the return.
    fn spike(seconds: &[usize]) -> f64 {
        let most = *seconds.iter().max().unwrap();
        let all: usize = seconds.iter().sum();
        let length = f64::from(u32::try_from(seconds.len()).unwrap());
        f64::from(u32::try_from(most).unwrap()) * length / f64::from(u32::try_from(all).unwrap())
    }

    #[test]
    fn ten_thousand_come_back_evenly_whether_the_server_is_there_at_once_or_after_a_while() {
        let spread = Span::seconds(10);
        for away in [0, 500, 2_000, 7_000, 60_000] {
            let seconds = returns(spread, Span::millis(away));
            assert!(seconds.len() <= 15, "away for {away} ms: {seconds:?}");
            assert!(spike(&seconds) < 2.0, "away for {away} ms: {seconds:?}");
        }
        assert!(
            spike(&returns(Span::ZERO, Span::ZERO)) < 1.1,
            "within a second"
        );
        assert_eq!(returns(Span::ZERO, Span::ZERO).len(), 1);
    }

    #[test]
    fn a_small_room_is_back_at_once_and_a_spread_below_the_jitter_changes_nothing() {
        let waits = |spread| {
            let mut backoff = Backoff::new(7);
            backoff.spread_over(spread);
            [(); 6].map(|()| backoff.next_wait())
        };
        assert_eq!(waits(Span::ZERO), waits(Span::millis(300)));
        assert!(waits(Span::ZERO)[0] <= Span::millis(650));
    }
}
