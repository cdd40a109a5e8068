//! Room time, estimated from an exchange of four timestamps.
//!
//! A message takes time in each direction, so each exchange bounds the offset (room time
//! minus local time) from both sides: the way there from above, the way back from below.
//! The bounds of the last minutes leave a corridor; its middle is the estimate. Taking the
//! two directions apart instead of the one best round trip is five times as exact after
//! thirty exchanges (simulated: one-way delays uniform in 70 to 130 ms, p95 3.8 against
//! 12.5 ms). The corridor may slope, since two clocks never run equally fast. A constant
//! asymmetry of the network is invisible to any such method: it is what [`RoomClock::bound`]
//! is for.
//!
//! When to exchange is [`super::pinging`]'s business.

use std::collections::VecDeque;

use super::corridor::{Corridor, Exchange};
use crate::protocol::time::{LocalTime, RoomTime, Span};
#[cfg(test)]
use crate::test_support::length::Length;

/// How long an exchange counts at most: at the slowest cadence that a server tells, ten minutes are
/// needed to know the slope of the corridor as well as by two exchanges a second. Simulated with
/// jitter of 100 ms and clocks 50 parts in a million apart, p95 from the seventh minute on: 6.3 ms
/// from three minutes, 2.9 from six, 1.3 from ten, and no less from twenty.
pub(super) const WINDOW: Span = Span::seconds(600);

/// Most exchanges kept: more than three minutes of two a second, the most that a server can have.
/// Where there are so many, slow changes of a clock are forgotten after that.
const MOST_EXCHANGES: usize = 400;

/// An exchange that took longer than this says nothing.
const LONGEST_ROUND_TRIP: Span = Span::seconds(10);

/// A change of the estimate beyond this is a step; below it is slewed, so that no player
/// sees it. A quarter of a frame at 24 frames a second.
pub(super) const STEP: f64 = 0.010;

/// How fast a small change is brought in, in seconds a second: a fifth of what the fine
/// correction of a player's speed can follow.
pub(super) const SLEW: f64 = 0.002;

/// An estimate this young steps always: nobody holds on to it yet.
const YOUNG: Span = Span::seconds(10);

/// The relation of local time to room time.
#[derive(Debug, Clone, Default)]
pub(super) struct RoomClock {
    exchanges: VecDeque<Exchange>,
    estimate: Option<Estimate>,
}

/// The estimate that is handed out.
#[derive(Debug, Clone, Copy)]
struct Estimate {
    /// All other numbers count from this local time and offset, to stay exact in an `f64`.
    reference: Reference,
    /// When the first exchange of this estimate came.
    since: LocalTime,
    corridor: Corridor,
    /// What a slewed change still lacks, in seconds, as of `slewed_at`.
    residual: f64,
    slewed_at: LocalTime,
}

/// A local time and the offset seen then.
#[derive(Debug, Clone, Copy)]
struct Reference {
    local: LocalTime,
    offset: Span,
}

/// The four times of a ping and its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PongTimes {
    /// Local time of sending.
    pub t0: LocalTime,
    /// Room time of its arrival at the server.
    pub t1: RoomTime,
    /// Room time of the answer.
    pub t2: RoomTime,
    /// Local time of the answer's arrival, which may be before it is handled.
    pub t3: LocalTime,
}

impl RoomClock {
    /// Forgets everything: another node's clock, or a machine that slept.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Takes in an exchange. One that cannot be is ignored.
    pub(super) fn exchange(&mut self, times: PongTimes) {
        let PongTimes { t0, t1, t2, t3 } = times;
        let served_for = t2 - t1;
        let round_trip = (t3 - t0) - served_for;
        if served_for < Span::ZERO || round_trip < Span::ZERO || round_trip > LONGEST_ROUND_TRIP {
            return;
        }
        let reference = self.estimate.map_or_else(
            || Reference {
                local: t0,
                offset: Span(t1.0.saturating_sub(t0.0)),
            },
            |estimate| estimate.reference,
        );
        let exchange = Exchange {
            sent: (t0 - reference.local).as_seconds(),
            upper: (Span(t1.0.saturating_sub(t0.0)) - reference.offset).as_seconds(),
            back: (t3 - reference.local).as_seconds(),
            lower: (Span(t2.0.saturating_sub(t3.0)) - reference.offset).as_seconds(),
            round_trip,
        };
        self.admit(exchange, reference, t3);
    }

    /// Adds an exchange, drops what is too old or contradicts it, and estimates anew.
    fn admit(&mut self, exchange: Exchange, reference: Reference, now: LocalTime) {
        let x = (now - reference.local).as_seconds();
        self.exchanges.push_back(exchange);
        while self.exchanges.len() > MOST_EXCHANGES
            || self
                .exchanges
                .front()
                .is_some_and(|oldest| oldest.sent < x - WINDOW.as_seconds())
        {
            self.exchanges.pop_front();
        }
        if Corridor::limits(&self.exchanges, x).is_none_or(|(lower, upper)| lower > upper) {
            // One of the clocks was set: only the newest is true.
            self.exchanges.clear();
            self.exchanges.push_back(exchange);
        }
        let Some(corridor) = Corridor::widest(&self.exchanges, x) else {
            return;
        };
        let before = self
            .estimate
            .map(|estimate| (estimate.since, estimate.offset_at(now)));
        let since = before.map_or(now, |(since, _)| since);
        let change = before.map_or(0.0, |(_, offset)| offset - corridor.middle_at(x));
        let slews = now - since > YOUNG && change.abs() < STEP;
        self.estimate = Some(Estimate {
            reference,
            since,
            corridor,
            residual: if slews { change } else { 0.0 },
            slewed_at: now,
        });
    }

    /// Room time at a local time, once there was an exchange.
    #[must_use]
    pub(super) fn room(&self, local: LocalTime) -> Option<RoomTime> {
        let estimate = self.estimate?;
        let offset = estimate.reference.offset + Span::from_seconds(estimate.offset_at(local));
        Some(RoomTime(local.0) + offset)
    }

    /// The local time of a room time, once there was an exchange.
    #[must_use]
    pub(super) fn local(&self, room: RoomTime) -> Option<LocalTime> {
        let estimate = self.estimate?;
        let mut local = LocalTime(room.0) - estimate.reference.offset;
        // The offset moves by two parts in a thousand at most, so each round leaves that
        // much of the error of the one before.
        for _ in 0..3 {
            let on_timeline = Span::from_seconds(estimate.offset_at(local));
            local = LocalTime(room.0) - estimate.reference.offset - on_timeline;
        }
        Some(local)
    }

    /// How far [`RoomClock::room`] can be off at most, as long as the clocks differ in speed by
    /// no more than [`super::corridor::MOST_SKEW`].
    #[must_use]
    pub(super) fn bound(&self, now: LocalTime) -> Option<Span> {
        let estimate = self.estimate?;
        let x = (now - estimate.reference.local).as_seconds();
        let (lower, upper) = Corridor::limits(&self.exchanges, x)?;
        let offset = estimate.offset_at(now);
        Some(Span::from_seconds(
            (upper - offset).max(offset - lower).max(0.0),
        ))
    }

    /// The number of exchanges that are kept, beside the most.
    #[cfg(test)]
    pub(super) fn length(&self) -> Length {
        Length::new("exchanges", self.exchanges.len(), MOST_EXCHANGES)
    }

    /// The shortest round trip of the last minutes.
    #[must_use]
    pub(super) fn round_trip(&self) -> Option<Span> {
        self.exchanges.iter().map(|one| one.round_trip).min()
    }
}

impl Estimate {
    /// The offset that is served at a local time, in seconds from the reference's.
    fn offset_at(&self, local: LocalTime) -> f64 {
        let slewed = SLEW * (local - self.slewed_at).as_seconds().max(0.0);
        let left = (self.residual.abs() - slewed).max(0.0);
        let x = (local - self.reference.local).as_seconds();
        self.corridor.middle_at(x) + left.copysign(self.residual)
    }
}

#[cfg(test)]
#[path = "clock_tests.rs"]
mod tests;
