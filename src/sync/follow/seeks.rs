//! Every seek that the player is ordered to make, side by side: when, where to, and why. No other
//! file orders one, so that "why did it seek?" is answered here.
//!
//! - [`Follower::seek_to_anchor`]: the room stands and the player shows another frame.
//! - [`Follower::seek_to_start`]: the room runs and a standing player cannot start where it is.
//! - [`Follower::seek_after_jump`]: the room jumped and the player still runs where it was.
//! - [`Follower::seek_off_drift`]: the running player drifted too far for speed.
//! - [`Follower::seek_to_cache_end`]: the player cannot jump to the room, and follows the end of
//!   what it has read.
//!
//! The first three carry what the room did, or what brought the player out of step, as their
//! cause; the fourth always [`SyncCause::Drift`].

use super::landing::{LATE_REPORT_WINDOW, LastSeek};
use super::steer::BEYOND_TARGET;
use super::{FollowOutput, Follower, SyncCause};
use crate::protocol::time::{LocalTime, Position, Span};
use crate::sync::drift::{Conditions, SeekChance};
use crate::sync::player::PlayerCommand;

/// What a seek is aimed ahead beyond its cost, before a start: landing early costs a moment
/// of standing, landing late costs bent speed.
const START_MARGIN: Span = Span::millis(40);

/// The same where data has to be fetched: after a stall of 15 s players landed 0.6 to 0.9 s
/// late with the smaller one, and bent their speed for seconds.
const FETCH_MARGIN: Span = Span::millis(1_000);

impl Follower {
    /// The room stands: brings the paused player to the anchor's frame. The cause is what
    /// stopped or moved the room, or that a member's action was undone.
    pub(super) fn seek_to_anchor(
        &mut self,
        anchor: Position,
        now: LocalTime,
        out: &mut Vec<FollowOutput>,
    ) {
        if self.can_seek_to(anchor) {
            self.order_seek(anchor, now, out);
        }
    }

    /// The room runs: brings a standing player ahead of it, to where it can start on time.
    /// Answers whether that is done or prepared; otherwise it has to start where it stands. The
    /// cause is what the room did, or that the last seek waited for data.
    pub(super) fn seek_to_start(&mut self, now: LocalTime, out: &mut Vec<FollowOutput>) -> bool {
        let Some(target) = self.start_target(now).filter(|_| self.pending.start_seek) else {
            return false;
        };
        if self.reach_due(now).is_some() || self.reads_on_to(target, now, out) {
            return true;
        }
        if !self.can_seek_to(target) {
            return false;
        }
        self.pending.start_seek = false;
        let cause = if self.last_seek.waited {
            SyncCause::DataLate
        } else {
            self.cause
        };
        self.because(cause, |follower| follower.order_seek(target, now, out));
        true
    }

    /// The room jumped: stops the running player and sends it after the room, so that it starts
    /// on time. The cause is the jump.
    pub(super) fn seek_after_jump(&mut self, now: LocalTime, out: &mut Vec<FollowOutput>) {
        self.stop_and_seek_ahead(START_MARGIN, now, out);
    }

    /// The running player is `error` off, which is too much for speed: works that off at once.
    /// The cause is the drift.
    pub(super) fn seek_off_drift(
        &mut self,
        error: Span,
        conditions: &Conditions,
        now: LocalTime,
        out: &mut Vec<FollowOutput>,
    ) {
        self.seeking.unasked(now);
        self.because(SyncCause::Drift, |follower| {
            if conditions.seek == SeekChance::Uncached {
                // What fetching takes is known roughly at best.
                follower.stop_and_seek_ahead(FETCH_MARGIN, now, out);
            } else if let Some(there) = follower.clock.room(now + follower.cost_at_hand()) {
                let speed = follower.drift.speed(conditions.rate);
                follower.order_speed(speed, now, out);
                follower.order_seek(follower.within(follower.target(there)), now, out);
            }
        });
        self.last_seek.correcting = Some(error);
    }

    /// The player cannot jump to where the room is and stands far behind the end of what it has
    /// read: it follows that, so that it reads on. The cause is what sent it there.
    pub(super) fn seek_to_cache_end(
        &mut self,
        target: Position,
        now: LocalTime,
        out: &mut Vec<FollowOutput>,
    ) {
        self.order_seek(target, now, out);
    }

    /// Brings a running player somewhere else: standing still, so that it starts on time.
    fn stop_and_seek_ahead(&mut self, margin: Span, now: LocalTime, out: &mut Vec<FollowOutput>) {
        let target = self.target_after(margin, now);
        let there = |target: &Position| self.can_seek_to(*target) || self.is_unread(*target, now);
        let Some(target) = target.filter(there) else {
            return;
        };
        self.pending.second_seek = true;
        self.order_pause(true, now, out);
        if self.reads_on_to(target, now, out) {
            self.pending.start_seek = true;
            return;
        }
        if !self.can_seek_to(target) {
            return;
        }
        self.order_seek(target, now, out);
        self.pending.start_seek = false;
    }

    /// Where a standing player is sent to start on time, if the seek goes as usual; after one
    /// that waited for data it may not.
    fn start_target(&self, now: LocalTime) -> Option<Position> {
        let margin = if self.last_seek.waited {
            FETCH_MARGIN
        } else {
            START_MARGIN
        };
        self.target_after(margin, now)
    }

    /// Where the timeline is once a seek is over that takes longer than usual by a margin.
    fn target_after(&self, margin: Span, now: LocalTime) -> Option<Position> {
        let room = self.clock.room(now)?;
        let ready = room + self.seeking.cost() + self.lead.fresh + margin;
        Some(self.within(self.target(ready.max(self.timeline.segment.start))))
    }

    /// Orders an exact seek.
    fn order_seek(&mut self, target: Position, now: LocalTime, out: &mut Vec<FollowOutput>) {
        self.echo.order_seek(now);
        self.drift.forget_orders();
        self.last_seek = LastSeek {
            waited: self.last_seek.waited,
            at_hand: self.is_cached(target, now),
            again: std::mem::take(&mut self.pending.again),
            late_report_until: Some(now + LATE_REPORT_WINDOW),
            ..LastSeek::default()
        };
        if let Some(loaded) = &mut self.loaded {
            loaded.paused_at = None;
            loaded.aimed = target;
        }
        self.order(PlayerCommand::Seek(self.in_player(target)), out);
    }

    /// Whether a place lies ahead of the player in what it has buffered.
    fn is_cached(&self, target: Position, now: LocalTime) -> bool {
        let buffered = self.loaded.as_ref().and_then(|loaded| loaded.buffered);
        let reach = |(place, buffered): (Position, Span)| {
            target >= place && target + BEYOND_TARGET <= place + buffered
        };
        self.place(now).zip(buffered).is_some_and(reach)
    }
}
