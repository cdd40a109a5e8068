//! The space that the exchanges of the last minutes leave for the clock's offset.
//!
//! Times are seconds of local time from an origin, offsets seconds from the origin's.

use std::collections::VecDeque;

use crate::protocol::time::Span;

/// The most by which two clocks may differ in speed: crystals keep within 100 parts in a
/// million, and an operating system that follows the network's time bends its clock by
/// up to 500, in practice far less (judgement).
pub(super) const MOST_SKEW: f64 = 300e-6;

/// Steps of the search for the slope: each leaves two thirds of the range, so that twenty
/// leave a fifth of a part in a million.
const SEARCH_STEPS: u32 = 20;

/// By how many seconds a slope must widen the corridor to be believed, for each unit of it:
/// without it a few exchanges close together would be explained by any slope.
const SLOPE_PRICE: f64 = 0.1;

/// The same for each second of jitter: where delays differ, chance leaves wide corridors at
/// wrong slopes. Simulated, two clients behind 70 to 130 ms each way, p95 of the difference of
/// their offsets after 60 s: 6.7 ms without it; 2.6 ms, and 2.9 ms with clocks 50 parts in a
/// million apart, with what it comes to there (30 s).
const JITTER_PRICE: f64 = 600.0;

/// What one exchange says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Exchange {
    /// When it was sent.
    pub(super) sent: f64,
    /// The offset then was at most this.
    pub(super) upper: f64,
    /// When its answer came.
    pub(super) back: f64,
    /// The offset then was at least this.
    pub(super) lower: f64,
    /// The time it took, without the server's part.
    pub(super) round_trip: Span,
}

/// What one exchange says of the offset at its middle: an exchange counts there, which is exact to
/// [`MOST_SKEW`] times half a round trip.
struct Bounds {
    at: f64,
    lower: f64,
    upper: f64,
}

impl Bounds {
    fn of(exchange: &Exchange) -> Self {
        Self {
            at: f64::midpoint(exchange.sent, exchange.back),
            lower: exchange.lower,
            upper: exchange.upper,
        }
    }
}

/// A straight strip between all upper and all lower bounds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Corridor {
    /// Its middle at time `at`.
    middle: f64,
    at: f64,
    slope: f64,
}

impl Corridor {
    /// The widest corridor: the slope at which both envelopes lie farthest apart. A wrong
    /// slope tilts both envelopes into the delays and narrows it, so the widest is the
    /// likeliest; width is a concave function of slope, which makes the search simple.
    pub(super) fn widest(exchanges: &VecDeque<Exchange>, now: f64) -> Option<Self> {
        let price = SLOPE_PRICE + JITTER_PRICE * jitter(exchanges);
        let bounds: Vec<Bounds> = exchanges.iter().map(Bounds::of).collect();
        let (mut low, mut high) = (-MOST_SKEW, MOST_SKEW);
        for _ in 0..SEARCH_STEPS {
            let third = (high - low) / 3.0;
            let (left, right) = (low + third, high - third);
            if worth(&bounds, left, price) < worth(&bounds, right, price) {
                low = left;
            } else {
                high = right;
            }
        }
        let slope = f64::midpoint(low, high);
        let (lower, upper) = envelopes(&bounds, slope);
        let (least, most) = Self::limits(exchanges, now)?;
        let middle = f64::midpoint(lower, upper) + slope * now;
        Some(Self {
            middle: middle.max(least).min(most),
            at: now,
            slope,
        })
    }

    /// Between which values the offset lies at time `now`, whatever the clocks did within
    /// [`MOST_SKEW`]. The lower may come out above the upper: then a clock was set.
    pub(super) fn limits(exchanges: &VecDeque<Exchange>, now: f64) -> Option<(f64, f64)> {
        let lower = exchanges
            .iter()
            .map(|one| one.lower - MOST_SKEW * (now - one.back).abs())
            .reduce(f64::max)?;
        let upper = exchanges
            .iter()
            .map(|one| one.upper + MOST_SKEW * (now - one.sent).abs())
            .reduce(f64::min)?;
        Some((lower, upper))
    }

    /// The middle at a time.
    pub(super) fn middle_at(&self, x: f64) -> f64 {
        self.middle + self.slope * (x - self.at)
    }
}

/// How far apart the envelopes of a slope lie, less what a slope has to be worth.
fn worth(bounds: &[Bounds], slope: f64, price: f64) -> f64 {
    let (lower, upper) = envelopes(bounds, slope);
    upper - lower - price * slope.abs()
}

/// By how much a usual round trip is longer than the shortest, in seconds.
fn jitter(exchanges: &VecDeque<Exchange>) -> f64 {
    let mut trips: Vec<Span> = exchanges.iter().map(|one| one.round_trip).collect();
    let half = trips.len() / 2;
    if half == 0 {
        return 0.0;
    }
    let (shorter, usual, _) = trips.select_nth_unstable(half);
    let shortest = shorter.iter().min().copied().unwrap_or(*usual);
    (*usual - shortest).as_seconds()
}

/// Where the two envelopes of a slope cross time zero.
fn envelopes(bounds: &[Bounds], slope: f64) -> (f64, f64) {
    let (mut lower, mut upper) = (f64::NEG_INFINITY, f64::INFINITY);
    for one in bounds {
        let gained = slope * one.at;
        let (least, most) = (one.lower - gained, one.upper - gained);
        if least > lower {
            lower = least;
        }
        if most < upper {
            upper = most;
        }
    }
    (lower, upper)
}
