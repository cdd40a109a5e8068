//! A running player is compared with the timeline at each reading, and its speed is bent.

use super::Follower;
use super::Output;
use crate::protocol::time::{LocalTime, Position, Span};
use crate::sync::drift::{Conditions, SeekChance, Verdict};
use crate::sync::player::Sample;

/// Nobody corrects this close to the end.
const LAST: Span = Span::millis(500);

/// What must be buffered beyond a seek's target for it to count as at hand.
const BEYOND_TARGET: Span = Span::millis(500);

impl Follower {
    /// Takes in a reading of a running player.
    pub(super) fn steer(&mut self, sample: Sample, now: LocalTime, out: &mut Vec<Output>) {
        if self.timeline.stands()
            || self.awaits_start(now)
            || self.is_live()
            || self.is_member_acting()
        {
            return;
        }
        let Some(room) = self.clock.room(sample.at) else {
            return;
        };
        let target = self.target(room);
        let error = sample.position - target;
        self.error = Some((error, sample.at));
        let stalled = self.medium.as_ref().is_some_and(|m| m.stall.is_some());
        if stalled || sample.at < self.steer_from || self.is_near_end(target, sample.position) {
            return;
        }
        self.learn_start(error);
        let conditions = Conditions {
            rate: self.rate(Some(room)),
            basis: sample.basis,
            seek: self.seek_chance(&sample, error, now),
            threshold: self.config.seek_threshold,
        };
        let verdict = self.drift.judge(error, sample.at, &conditions);
        self.resting = verdict == Verdict::Rest;
        if verdict == Verdict::Seek && conditions.seek == SeekChance::Uncached {
            self.seeking.unasked(now);
            self.fetch_ahead(now, out);
        } else if verdict == Verdict::Seek {
            self.seeking.unasked(now);
            self.order_speed(self.drift.speed(conditions.rate), now, out);
            let there = self.clock.room(now + self.seeking.cost());
            let target = self.target(there.unwrap_or(room));
            self.order_seek(self.within(target), now, out);
        }
    }

    /// Whether a seek that works off `error` is to be had.
    fn seek_chance(&self, sample: &Sample, error: Span, now: LocalTime) -> SeekChance {
        if !self.can_seek() {
            return SeekChance::Impossible;
        }
        if !self.seeking.rested(now) {
            return SeekChance::Resting;
        }
        let needed = Span::ZERO - error + self.seeking.cost() + BEYOND_TARGET;
        match sample.buffered {
            // What was played is still at hand; what no cache holds is a file.
            Some(buffered) if error < Span::ZERO && buffered < needed => SeekChance::Uncached,
            _ => SeekChance::Cached,
        }
    }

    /// Whether the film, or this player of it, is about to end.
    fn is_near_end(&self, target: Position, position: Position) -> bool {
        let Some(end) = self.end() else {
            return false;
        };
        let last = Position(end.0) - LAST;
        let close = (position - target).abs() < LAST;
        target >= last || (position >= last && close)
    }
}
