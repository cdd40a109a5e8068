//! When to exchange timestamps: in a burst at first, often until the clock has settled, then at the
//! cadence that the server told.

use crate::protocol::cadence::{BURST_GAP_MS, Cadence, MOST_IN_A_BURST};
use crate::protocol::time::{LocalTime, Span};

/// Exchanges of the first burst.
pub(super) const BURST: u32 = MOST_IN_A_BURST;

/// Between two exchanges of a burst.
const BURST_GAP: Span = Span::millis(BURST_GAP_MS as i64);

/// For how long a clock that nothing was known of settles. Simulated as for the cadences (see
/// `sync::testbed::cadences`), jitter of 100 ms, clocks 50 parts in a million apart, one told pairs
/// each 3.7 s: p95 from the second to the fourth minute 5.8 ms without it, 5.8 with one minute, and
/// 4.5 with two, which is as by one exchange a second.
const SETTLING: Span = Span::seconds(120);

/// The `clock_ms` and `burst` meanwhile, unless the server asks for more: what a server with few
/// connections tells.
const WHILE_SETTLING: (u32, u32) = (1_000, 2);

/// The schedule of exchanges; silent while there is no connection.
#[derive(Debug, Clone, Default)]
pub(super) struct PingSchedule {
    cadence: Cadence,
    next: Option<LocalTime>,
    /// How many exchanges the present burst still has, with the next one.
    burst_left: u32,
    /// Until when the clock settles.
    settled_at: Option<LocalTime>,
}

impl PingSchedule {
    /// Keeps this cadence within its bounds from the next burst on.
    pub(super) fn keep(&mut self, cadence: Cadence) {
        self.cadence = cadence.bounded();
    }

    /// Begins the first burst of a connection to a clock of which nothing is known.
    pub(super) fn begin(&mut self, now: LocalTime) {
        self.settled_at = Some(now + SETTLING);
        self.burst(now);
    }

    /// Begins the first burst of a connection.
    pub(super) fn burst(&mut self, now: LocalTime) {
        self.next = Some(now);
        self.burst_left = BURST;
    }

    /// Ends the exchanges, until the next connection begins with a burst.
    pub(super) fn stop(&mut self) {
        self.next = None;
    }

    /// Whether there is a connection to exchange on.
    #[must_use]
    pub(super) const fn is_on(&self) -> bool {
        self.next.is_some()
    }

    /// Whether an exchange is due; if so, the next one is scheduled.
    pub(super) fn due(&mut self, now: LocalTime) -> bool {
        if self.next.is_none_or(|next| next > now) {
            return false;
        }
        self.burst_left = self.burst_left.saturating_sub(1);
        let next = if self.burst_left > 0 {
            now + BURST_GAP
        } else {
            // The first rare burst comes as soon as one of the frequent ones would have come.
            let next = now + self.cadence_at(now).rest();
            self.burst_left = self.cadence_at(next).burst;
            next
        };
        self.next = Some(next);
        true
    }

    /// The cadence that holds at this time.
    fn cadence_at(&self, now: LocalTime) -> Cadence {
        let (clock_ms, burst) = WHILE_SETTLING;
        let is_rarer = u64::from(self.cadence.burst) * u64::from(clock_ms)
            < u64::from(burst) * u64::from(self.cadence.clock_ms);
        if is_rarer && self.settled_at.is_some_and(|settled| now < settled) {
            Cadence {
                clock_ms,
                burst,
                ..self.cadence
            }
        } else {
            self.cadence
        }
    }

    /// When the next exchange is due.
    #[must_use]
    pub(super) const fn next(&self) -> Option<LocalTime> {
        self.next
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop_assert, proptest};

    use super::{BURST, PingSchedule};
    use crate::protocol::cadence::Cadence;
    use crate::protocol::time::{LocalTime, Span};

    /// When exchanges begin from time zero on, in milliseconds.
    fn begun(pinging: &mut PingSchedule, until: i64) -> Vec<i64> {
        let mut sent = Vec::new();
        while let Some(now) = pinging.next().filter(|now| now.0 < until * 1_000) {
            assert!(pinging.due(now));
            sent.push(now.0 / 1_000);
        }
        sent
    }

    #[test]
    fn a_burst_is_followed_by_one_a_second_where_nothing_is_told() {
        let mut pinging = PingSchedule::default();
        assert!(!pinging.due(LocalTime(0)), "silent without a connection");
        pinging.burst(LocalTime(0));
        let sent = begun(&mut pinging, 3_000);
        assert_eq!(sent, [0, 80, 160, 240, 320, 400, 480, 560, 1_560, 2_560]);
        pinging.stop();
        assert_eq!(pinging.next(), None);
    }

    #[test]
    fn bursts_come_as_often_as_was_told() {
        let mut pinging = PingSchedule::default();
        pinging.keep(Cadence {
            clock_ms: 3_000,
            burst: 2,
            ..Cadence::default()
        });
        pinging.burst(LocalTime(0));
        let sent = begun(&mut pinging, 10_000);
        let first = usize::try_from(BURST).unwrap();
        assert_eq!(sent[first..], [3_480, 3_560, 6_480, 6_560, 9_480, 9_560]);
    }

    proptest! {
        /// Whatever a server says: at least eight exchanges in any 15 s, and at most two a second
        /// beside the first burst.
        #[test]
        fn exchanges_are_neither_rare_nor_a_flood(clock_ms: u32, burst: u32) {
            let mut pinging = PingSchedule::default();
            pinging.keep(Cadence { clock_ms, burst, ..Cadence::default() });
            pinging.begin(LocalTime(0));
            let sent = begun(&mut pinging, 240_000);
            prop_assert!(sent.len() <= 8 + 2 * 240 + 8, "{} exchanges", sent.len());
            // The emptiest times begin just after an exchange.
            for from in sent.iter().filter(|from| **from < 220_000) {
                let within = sent.iter().filter(|at| (from + 1..=from + 15_000).contains(*at));
                prop_assert!(within.count() >= 8, "after {from} ms");
            }
        }
    }

    #[test]
    fn a_clock_of_which_nothing_is_known_settles_by_two_exchanges_a_second() {
        let mut pinging = PingSchedule::default();
        pinging.keep(Cadence {
            clock_ms: 3_000,
            burst: 2,
            ..Cadence::default()
        });
        pinging.begin(LocalTime(0));
        let sent = begun(&mut pinging, 241_000);
        let within = |seconds: std::ops::Range<i64>| {
            let of_them = |at: &&i64| seconds.contains(&(*at / 1_000));
            sent.iter().filter(of_them).count()
        };
        assert_eq!(within(10..120), 2 * 110);
        assert_eq!(within(121..241), 2 * 40, "as it was told");
    }

    #[test]
    fn a_server_that_asks_for_as_many_exchanges_gets_them_as_it_asks() {
        let mut pinging = PingSchedule::default();
        pinging.keep(Cadence {
            clock_ms: 4_000,
            burst: 8,
            ..Cadence::default()
        });
        pinging.begin(LocalTime(0));
        let sent = begun(&mut pinging, 10_000);
        assert_eq!(sent.get(8..10), Some([4_000, 4_080].as_slice()));
    }

    #[test]
    fn another_cadence_begins_with_the_next_burst() {
        let mut pinging = PingSchedule::default();
        pinging.burst(LocalTime(0));
        assert!(pinging.due(LocalTime(0)));
        pinging.keep(Cadence {
            clock_ms: 0,
            burst: 0,
            health_ms: 0,
            return_ms: 0,
        });
        let next = pinging.next().unwrap();
        assert_eq!(next, LocalTime(0) + Span::millis(80));
    }
}
