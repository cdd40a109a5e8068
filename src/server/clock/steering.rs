//! How a node's clock follows the clock that all nodes of a server share: it runs a little faster or
//! slower until it shows the same. It never runs backwards, and only jumps ahead if it is far behind.

use tokio::time::Instant;

use crate::protocol::time::Span;

/// The most by which the clock runs faster or slower, in millionths: half a millisecond a second, so
/// that no player notices (judgement; players themselves are steered by a hundred times that).
const MOST_PPM: i64 = 500;

/// How far behind it jumps ahead instead (judgement: it would take over half an hour otherwise).
const JUMPS_FROM: Span = Span::seconds(1);

/// By how much the clock is corrected, and towards what.
#[derive(Debug, Clone, Copy)]
pub(super) struct Steering {
    /// The instant from which this holds.
    from: Instant,
    /// The correction at that instant.
    corrected: Span,
    /// The correction to reach.
    wanted: Span,
}

impl Steering {
    /// No correction.
    pub(super) const fn none(from: Instant) -> Self {
        Self {
            from,
            corrected: Span(0),
            wanted: Span(0),
        }
    }

    /// The correction at an instant; before [`Self::from`] as then.
    pub(super) fn at(&self, instant: Instant) -> Span {
        let passed = Span::from(instant.saturating_duration_since(self.from));
        let most = passed.0.saturating_mul(MOST_PPM) / 1_000_000;
        let missing = self.wanted.0.saturating_sub(self.corrected.0);
        Span(self.corrected.0.saturating_add(missing.clamp(-most, most)))
    }

    /// What is still to be corrected at an instant.
    pub(super) fn left(&self, instant: Instant) -> Span {
        Span(self.wanted.0.saturating_sub(self.at(instant).0))
    }

    /// By how many millionths the clock runs faster at an instant, to reach what is wanted.
    pub(super) fn slew(&self, instant: Instant) -> i64 {
        self.left(instant).0.signum() * MOST_PPM
    }

    /// Steers towards another correction from now on.
    pub(super) fn towards(&self, wanted: Span, now: Instant) -> Self {
        let corrected = self.at(now);
        let is_far_behind = wanted.0.saturating_sub(corrected.0) >= JUMPS_FROM.0;
        Self {
            from: now,
            corrected: if is_far_behind { wanted } else { corrected },
            wanted,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::*;
    use tokio::time::Instant;

    use super::Steering;
    use crate::protocol::time::Span;

    #[test]
    fn a_small_error_is_steered_away_slowly() {
        let start = Instant::now();
        let steering = Steering::none(start).towards(Span::millis(10), start);
        let after = |seconds| steering.at(start + Duration::from_secs(seconds));
        assert_eq!(after(0), Span(0));
        assert_eq!(after(10), Span::millis(5));
        let later = start + Duration::from_secs(10);
        assert_eq!(
            (steering.left(later), steering.slew(later)),
            (Span::millis(5), 500)
        );
        let later = start + Duration::from_secs(20);
        assert_eq!((steering.left(later), steering.slew(later)), (Span(0), 0));
        assert_eq!(after(20), Span::millis(10));
        assert_eq!(after(3_600), Span::millis(10), "and no further");
        let now = start + Duration::from_secs(20);
        let back = steering.towards(Span(0), now);
        assert_eq!(back.at(now + Duration::from_secs(10)), Span::millis(5));
    }

    #[test]
    fn a_clock_far_behind_jumps_and_one_far_ahead_waits() {
        let start = Instant::now();
        let behind = Steering::none(start).towards(Span::seconds(5), start);
        assert_eq!(behind.at(start), Span::seconds(5));
        let ahead = Steering::none(start).towards(Span::seconds(-5), start);
        assert_eq!(ahead.at(start), Span(0));
        let later = start + Duration::from_secs(2);
        assert_eq!(ahead.at(later), Span::millis(-1));
    }

    proptest! {
        #[test]
        fn it_never_runs_backwards(
            steps in prop::collection::vec((0_u64..20_000, -3_000_i64..3_000), 1..30)
        ) {
            let start = Instant::now();
            let (mut now, mut steering) = (start, Steering::none(start));
            let mut shown = Span(0);
            for (passed, wanted) in steps {
                now += Duration::from_millis(passed);
                let before = Span::from(now - start) + steering.at(now);
                steering = steering.towards(Span::millis(wanted), now);
                let after = Span::from(now - start) + steering.at(now);
                prop_assert!(before >= shown && after >= before);
                shown = after;
            }
        }
    }
}
