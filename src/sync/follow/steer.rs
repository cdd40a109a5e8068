//! A running player is compared with the timeline at each reading, and its speed is bent.

use super::FollowOutput;
use super::Follower;
use super::media_retry::EARLY;
use crate::protocol::time::{LocalTime, Position, Span};
use crate::sync::drift::{Conditions, Correction, SeekChance, is_beyond_speed};
use crate::sync::player::Sample;

/// Nobody corrects this close to the end.
pub(in crate::sync) const LAST: Span = Span::millis(500);

/// What must be buffered beyond a seek's target for it to count as at hand.
pub(super) const BEYOND_TARGET: Span = Span::millis(500);

impl Follower {
    /// Takes in a reading of a running player.
    pub(super) fn steer(&mut self, sample: Sample, now: LocalTime, out: &mut Vec<FollowOutput>) {
        if self.timeline.is_stopped()
            || self.awaits_start(now)
            || self.is_left_alone()
            || self.is_member_acting()
            || self.is_thrown()
        {
            return;
        }
        let Some(room) = self.clock.room(sample.at) else {
            return;
        };
        let target = self.target(room);
        let error = sample.position - target;
        self.error = Some((error, sample.at));
        if self.is_near_end(target, sample.position) {
            self.drift.straighten(sample.at);
            self.resting = false;
            return;
        }
        if self.stall.is_some() || sample.at < self.steer_from {
            return;
        }
        self.learn_start(error);
        // Where a member's jump is about to be undone, the place says nothing about the media.
        let backs_off = self.user_actions.backs_off();
        if !backs_off {
            self.note_lost_place(error, &sample, now, out);
        }
        if self.echo.believed_paused() == Some(true)
            || (!backs_off && self.let_room_arrive(error, target, now, out))
        {
            return;
        }
        let conditions = Conditions {
            rate: self.rate(Some(room)),
            basis: sample.basis,
            seek: self.seek_chance(&sample, error, now),
            threshold: self.config.seek_threshold,
        };
        let verdict = self.drift.judge(error, sample.at, &conditions);
        // Where neither a seek nor speed is to be had, nothing is done either.
        let hopeless = conditions.seek == SeekChance::Impossible && is_beyond_speed(error);
        self.resting = verdict == Correction::Rest || hopeless;
        if verdict == Correction::Seek {
            self.seek_off_drift(error, &conditions, now, out);
        }
    }

    /// Whether a seek that works off `error` is to be had.
    fn seek_chance(&self, sample: &Sample, error: Span, now: LocalTime) -> SeekChance {
        let needed = Span::ZERO - error + self.cost_at_hand() + BEYOND_TARGET;
        let cached = sample.buffered.is_some_and(|buffered| buffered >= needed);
        // What is live can be sought in as far as it is cached.
        let reaches = self.is_live() && error < Span::ZERO && cached;
        let target = self.within(sample.position - error + self.cost_at_hand());
        let unread = self.is_unread(target, now);
        if !reaches && !unread && !self.can_seek_to(target) {
            return SeekChance::Impossible;
        }
        let overshoots = error < Span::ZERO && Span::ZERO - error < self.seeking.overshoot();
        if overshoots && !is_beyond_speed(error) {
            // It would come out farther ahead than the player is behind, and speed does better.
            return SeekChance::Impossible;
        }
        let rested = self.seeking.rested(now) && !self.user_actions.backs_off();
        if self.seeking.is_slow() && error < Span::ZERO {
            // What is buffered is no sign there: mpv seeks in it up to the last keyframe only,
            // and fetches anew from that one on (measured, 0.35.1).
            return if rested {
                SeekChance::Uncached
            } else {
                SeekChance::Impossible
            };
        }
        if !rested {
            return SeekChance::Resting;
        }
        match sample.buffered {
            // What was played is still at hand; what no cache holds is a file.
            _ if unread => SeekChance::Uncached,
            Some(buffered) if error < Span::ZERO && buffered < needed => SeekChance::Uncached,
            _ => SeekChance::Cached,
        }
    }

    /// How long a seek takes whose target is at hand. What no cache holds is a file, in which
    /// every seek is of that kind.
    pub(super) fn cost_at_hand(&self) -> Span {
        let cached = self.loaded.as_ref().is_some_and(|m| m.buffered.is_some());
        if cached {
            self.seeking.cost_at_hand()
        } else {
            self.seeking.cost()
        }
    }

    /// Whether the media is about to end.
    pub(super) fn is_last(&self, now: LocalTime) -> bool {
        let target = self.clock.room(now).map(|room| self.target(room));
        let end = self.end().map(|end| Position(end.0) - LAST);
        target.zip(end).is_some_and(|(target, last)| target >= last)
    }

    /// Whether the media, or this player of it, is about to end. A room that is well beyond the
    /// player's own length goes on, and the player is sent after it.
    fn is_near_end(&self, target: Position, position: Position) -> bool {
        let Some(end) = self.end() else {
            return false;
        };
        let last = Position(end.0) - LAST;
        let close = (position - target).abs() < LAST;
        let ends = target >= last && target <= Position(end.0) + EARLY;
        ends || (position >= last && (close || target >= last))
    }
}
