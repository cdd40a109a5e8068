//! Hold, nudge or seek: what to do about a player that is not where the timeline is.
//!
//! Small errors are worked off by bending the speed: in proportion to the error, plus what
//! the player's own clock is found to be off by. The 0.28 s that a change needs to be heard
//! is planned for: what was ordered but is not audible yet is taken off the error first, so
//! that the return does not overshoot. The clock is learned from how the error moves beyond
//! what was ordered: an integral of the error alone would wind up on the way to the target
//! (19 s from 0.3 s off, tried out), so only a small one is left, for what lasts. When a seek
//! may be made at all is [`super::seeking`]'s business; this module only asks for one.

use std::collections::VecDeque;

use super::player::Basis;
use crate::protocol::time::{LocalTime, Span};

/// The time in which an error would be worked off, in seconds. With 2 s the loop hunts
/// (measured, mpv 0.35.1 polled at 4 Hz); with 3 s it is within 1 ms.
pub(super) const GAIN: f64 = 3.0;

/// How much of the error the integral takes up a second, near the target.
const INTEGRAL: f64 = 0.02;

/// Beyond this error the integral rests.
const NEAR: f64 = 0.010;

/// How much of an unexplained movement is taken for the player's clock in a second. Lets the
/// noise of a reading (0.1 ms, four a second) move the speed by less than [`SMALLEST_STEP`].
const LEARN: f64 = 0.25;

/// The most that a player's clock may be off by; 1 % is the worst that was tried.
const MOST_SKEW: f64 = 0.015;

/// An unexplained movement faster than this is a jump and no clock: a player that stood still
/// for a moment would count as a slow one for seconds (0.3 s behind, its speed was bent by
/// 5.3 % instead of the cap).
const JUMP: f64 = 2.0 * MOST_SKEW;

/// Below this error a correction must be inaudible.
pub(super) const FINE_LIMIT: f64 = 0.040;

/// Where the audible correction ends again, so that the pitch filter does not flicker.
const FINE_AGAIN: f64 = 0.020;

/// Up to this error, in seconds, speed is preferred to a seek, or to standing.
pub(super) const SEEK_ERROR: f64 = 0.5;

/// The most that speed is bent below [`FINE_LIMIT`]: with the pitch filter off this is 17 cents,
/// hardly heard.
pub(super) const FINE_CAP: f64 = 0.01;

/// The most that speed is bent up to [`SEEK_ERROR`], with the pitch filter on.
pub(super) const AUDIBLE_CAP: f64 = 0.05;

/// The most that speed is bent beyond [`SEEK_ERROR`], where the player cannot seek.
pub(super) const WIDE_CAP: f64 = 0.10;

/// Where no seek is to be had at all, an error is worked off by speed only if that is done
/// within this many seconds: nobody wants to hear media at the wrong speed for ever.
const LONGEST_BEND: f64 = 60.0;

/// The smallest change of speed worth an order.
const SMALLEST_STEP: f64 = 0.0002;

/// How long a change of speed takes to be heard with a sound track (measured, 0.283 s).
pub(super) const DELAY: Span = Span::millis(283);

/// What the picture alone leaves open, as long as a reading is taken at a frame's edge: 2 to
/// 4 ms (measured, p95).
const FRAME_DEAD_BAND: f64 = 0.004;

/// Readings farther apart than this do not count as continuous.
const LONGEST_GAP: f64 = 1.0;

/// A speed for the player.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Speed {
    /// Seconds of media per second; 1.0 is normal, and the room's rate is in it.
    pub(super) factor: f64,
    /// Whether the tempo filter keeps the pitch.
    pub(super) pitch_correction: bool,
}

impl Speed {
    /// Whether going from `ordered` to this speed is worth an order.
    #[must_use]
    pub(super) fn is_worth_ordering(&self, ordered: &Self) -> bool {
        (self.factor - ordered.factor).abs() >= SMALLEST_STEP
            || self.pitch_correction != ordered.pitch_correction
    }
}

/// What may be done about an error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Conditions {
    /// The room's rate.
    pub(super) rate: f64,
    /// Which of the player's clocks was read.
    pub(super) basis: Basis,
    /// Whether a seek is to be had.
    pub(super) seek: SeekChance,
    /// Beyond this error a seek is made in any case.
    pub(super) threshold: Span,
}

/// Whether a seek is to be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SeekChance {
    /// Its target is at hand.
    Cached,
    /// Its target would have to be fetched.
    Uncached,
    /// One was made just now.
    Resting,
    /// The media cannot be sought in.
    Impossible,
}

/// What to do about an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Correction {
    /// Play on at [`Drift::speed`].
    Play,
    /// Make one exact seek.
    Seek,
    /// A seek is called for, but one was made just now.
    Rest,
}

/// The controller of one player's speed.
#[derive(Debug, Clone, Default)]
pub(super) struct Drift {
    /// The learned skew of the player's own clock: positive when it runs fast.
    skew: f64,
    /// What is ordered on top of the skew: positive slows down.
    bend: f64,
    /// Whether the bend may be up to [`AUDIBLE_CAP`], with the pitch filter on.
    audible_bend: bool,
    /// When which bend was ordered, for as long as it may not be audible yet.
    ordered: VecDeque<(LocalTime, f64)>,
    /// The last reading, while they follow each other.
    last: Option<(f64, LocalTime)>,
}

impl Drift {
    /// Takes in an error (player minus timeline) read at `at`, and says what to do.
    pub(super) fn judge(
        &mut self,
        error: Span,
        at: LocalTime,
        conditions: &Conditions,
    ) -> Correction {
        let error = error.as_seconds();
        let size = error.abs();
        let threshold = conditions.threshold.as_seconds();
        let verdict = match conditions.seek {
            SeekChance::Cached if size > SEEK_ERROR.min(threshold) => Correction::Seek,
            SeekChance::Uncached if size > threshold => Correction::Seek,
            SeekChance::Resting if size > threshold => Correction::Rest,
            _ => Correction::Play,
        };
        let hopeless = conditions.seek == SeekChance::Impossible && size > WIDE_CAP * LONGEST_BEND;
        if verdict == Correction::Play && !hopeless {
            self.bend_for(error, at, conditions);
        } else {
            self.straighten(at);
        }
        verdict
    }

    /// The speed that is wanted now at the room's `rate`.
    #[must_use]
    pub(super) fn speed(&self, rate: f64) -> Speed {
        let bent = 1.0 - self.bend - self.skew;
        Speed {
            factor: (rate * bent * 1e5).round() / 1e5,
            // Off, the pitch follows the speed: fine for a hair's breadth, not for a rate.
            pitch_correction: self.audible_bend || (rate - 1.0).abs() > 1e-6,
        }
    }

    /// By how much the speed is bent beyond the player's own skew.
    #[must_use]
    pub(super) const fn bend(&self) -> f64 {
        self.bend
    }

    /// What was learned of the player's own clock.
    #[cfg(test)]
    pub(super) const fn skew(&self) -> f64 {
        self.skew
    }

    /// Stops correcting; what is learned of the player's clock stays.
    pub(super) fn straighten(&mut self, at: LocalTime) {
        self.audible_bend = false;
        if self.bend != 0.0 {
            self.bend = 0.0;
            self.ordered.push_back((at, 0.0));
        }
        self.last = None;
    }

    /// The player jumped or stood: nothing ordered before counts any more.
    pub(super) fn forget_orders(&mut self) {
        self.bend = 0.0;
        self.audible_bend = false;
        self.ordered.clear();
        self.last = None;
    }

    /// Chooses the bend for an error that speed has to work off.
    fn bend_for(&mut self, error: f64, at: LocalTime, conditions: &Conditions) {
        let (error, delay) = match conditions.basis {
            Basis::Audio => (error, DELAY),
            // Without sound nothing is buffered, and the picture moves in frames only.
            Basis::Frame => (
                (error.abs() - FRAME_DEAD_BAND).max(0.0).copysign(error),
                Span::ZERO,
            ),
        };
        let not_yet_audible = self.ordered_between(at - delay, at);
        let left = error / conditions.rate - not_yet_audible;
        let cap = self.cap(error.abs(), left.abs());
        if conditions.basis == Basis::Audio {
            self.learn(error, at, conditions.rate);
        }
        // What is known of the player's clock reaches it in steps: the cap holds for what is
        // heard, and so leaves room for one.
        let most = cap - SMALLEST_STEP;
        self.bend = (left / GAIN).clamp(-most, most);
        self.ordered.push_back((at, self.bend));
        self.forget_effective(at);
    }

    /// The cap for an error, and whether it takes an audible correction.
    fn cap(&mut self, size: f64, left: f64) -> f64 {
        if size > FINE_LIMIT {
            self.audible_bend = true;
        } else if left.max(size) < FINE_AGAIN {
            self.audible_bend = false;
        }
        if size > SEEK_ERROR {
            WIDE_CAP
        } else if size > FINE_LIMIT {
            AUDIBLE_CAP
        } else {
            FINE_CAP
        }
    }

    /// Learns by how much the player's own clock is off.
    fn learn(&mut self, error: f64, at: LocalTime, rate: f64) {
        let Some((before, then)) = self.last.replace((error, at)) else {
            return;
        };
        let since = (at - then).as_seconds();
        if since <= 0.0 || since > LONGEST_GAP {
            return;
        }
        let audible = self.ordered_between(then - DELAY, at - DELAY) / since;
        let unexplained = (error - before) / (rate * since) + audible;
        if unexplained.abs() > JUMP {
            return;
        }
        let learned = LEARN * unexplained.clamp(-MOST_SKEW, MOST_SKEW);
        let lasting = if error.abs() < NEAR {
            INTEGRAL * error
        } else {
            0.0
        };
        let step = (learned + lasting) * since;
        self.skew = (self.skew + step).clamp(-MOST_SKEW, MOST_SKEW);
    }

    /// What the orders between two times move, in seconds.
    fn ordered_between(&self, from: LocalTime, to: LocalTime) -> f64 {
        let ends = self.ordered.iter().skip(1).map(|(time, _)| *time);
        self.ordered
            .iter()
            .zip(ends.chain([to]))
            .map(|((begin, bend), end)| {
                bend * (end.min(to) - (*begin).max(from)).as_seconds().max(0.0)
            })
            .sum()
    }

    /// Forgets the orders that took effect and were learned from.
    fn forget_effective(&mut self, at: LocalTime) {
        let from = at - DELAY - Span::from_seconds(LONGEST_GAP);
        while self.ordered.get(1).is_some_and(|(time, _)| *time <= from) {
            self.ordered.pop_front();
        }
    }
}

#[cfg(test)]
#[path = "drift_tests.rs"]
mod tests;
