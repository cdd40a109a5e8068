//! Seeks that no order of ours explains: the member's, or what a player makes of our loads and
//! seeks by itself. No intent is read out of the latter.
//!
//! Measured on mpv 0.35.1: where a load or a seek leads beyond the data, mpv finds no picture there
//! and seeks back to the last one, mostly within 2 ms, and later where it has to read on first. If
//! our next seek is on its way by then, the two are reported as one of ours and one of nobody's: the
//! restart of the first says where the player was before ours
//! ([`Follower::precedes_our_seek`]), and the second is the one that we ordered.
//! The shell removes what it can see (`player::observer`); what comes through on a busy machine is
//! recognised here by where it leads to.

use super::landing::{END_FOLLOWS, LATE_REPORT_WINDOW};
use super::media_retry::{EARLY, SAME_END};
use super::{FollowOutput, Follower};
use crate::protocol::time::{LocalTime, Position, Span};

/// Seeks that end this near each other lead to one place: a frame of the slowest media, and some.
const SAME_PLACE: Span = Span::millis(200);

/// How long after one of our seeks arrived a player may go back from beyond its data: what it has
/// of the sound may be longer than the picture (judgement).
const MAY_GO_BACK: Span = Span::seconds(3);

/// A jump that may be the player's own.
#[derive(Debug, Clone, Copy)]
pub(super) struct DoubtfulJump {
    /// Where it led to.
    position: Position,
    /// When the player was there.
    at: LocalTime,
    /// From when on it counts as the member's.
    pub(super) until: LocalTime,
}

impl Follower {
    /// The player stands or runs where a seek brought it that nobody ordered.
    pub(super) fn unordered_seek(
        &mut self,
        position: Position,
        began: LocalTime,
        at: LocalTime,
        out: &mut Vec<FollowOutput>,
    ) {
        if self.is_own_seek_reported_late(position, began) {
            // If it was the member's after all, a player that stands goes back, once.
            if self.timeline.is_stopped() && !self.last_seek.again {
                self.pending.frame = true;
                self.pending.again = true;
            }
            self.landed(position, at, false, out);
        } else if self.may_be_its_way_back(position, began) {
            self.doubtful_jump = Some(DoubtfulJump {
                position,
                at,
                until: at + END_FOLLOWS,
            });
        } else {
            self.is_members_jump(position, at, out);
        }
    }

    /// Whether playback restarts where the player was before our seek, right after that was
    /// ordered: what ended is a seek of the player's own, and ours is still to come. Taking it for
    /// ours would start the player there, or send it a second time while the first seek is under
    /// way.
    pub(super) fn precedes_our_seek(&self, position: Position, at: LocalTime) -> bool {
        let sent = self.echo.seek_of_ours_since();
        let aimed = self.loaded.as_ref().map(|loaded| loaded.aimed);
        let (Some(sent), Some(aimed), Some((seen, seen_at))) = (sent, aimed, self.last_seen) else {
            return false;
        };
        // It may have run on until a pause that was ordered with the seek.
        let ran = (at - seen_at).as_seconds() * self.echo.ordered_speed();
        let was = seen - SAME_PLACE..=seen + Span::from_seconds(ran) + SAME_PLACE;
        // Before a keyframe and beyond its data our own seek comes out where the player was.
        let elsewhere = !self.is_landing(position - aimed) && !self.is_at_known_end(position);
        at - sent < LATE_REPORT_WINDOW && elsewhere && was.contains(&position)
    }

    /// Whether seeks of ours come out this far beyond where they are aimed, as far as is known.
    fn is_landing(&self, beyond: Span) -> bool {
        beyond >= Span::ZERO - SAME_PLACE && beyond <= self.seeking.overshoot() + SAME_PLACE
    }

    /// Forgets the orders that no report answers any more. If nothing followed the restart that
    /// seemed to precede our seek, it was the end of ours, which came out that far beyond its aim:
    /// the next one may do so as well.
    pub(super) fn expire_orders(&mut self, now: LocalTime) {
        let sought = self.echo.is_seeking();
        self.echo.expire(now);
        let over = sought && !self.echo.is_seeking();
        if let Some(beyond) = self.last_seek.set_aside.take_if(|_| over) {
            self.seeking.landed(beyond);
        }
    }

    /// Whether a seek ends where our last one was aimed, and began right after that was ordered
    /// or had come to another place.
    fn is_own_seek_reported_late(&self, position: Position, began: LocalTime) -> bool {
        let may_be_late = self
            .last_seek
            .late_report_until
            .is_some_and(|until| began < until);
        let Some(loaded) = self.loaded.as_ref().filter(|_| may_be_late) else {
            return false;
        };
        self.is_landing(position - loaded.aimed)
    }

    /// Whether a seek may be the one from beyond the data to its last picture, which the report of
    /// the end follows then.
    fn may_be_its_way_back(&self, position: Position, began: LocalTime) -> bool {
        let Some(loaded) = &self.loaded else {
            return false;
        };
        let goes_back = position <= loaded.aimed + SAME_PLACE;
        let late_report_until = self.last_seek.late_report_until;
        let soon =
            late_report_until.is_some_and(|until| began < until - LATE_REPORT_WINDOW + MAY_GO_BACK);
        goes_back && (soon || self.is_at_known_end(position))
    }

    /// Whether the data ends about there, as the length or an end before this one tells.
    fn is_at_known_end(&self, position: Position) -> bool {
        let known_end = self.end().map(|end| Position(end.0));
        let at_end = known_end.is_some_and(|end| position >= end - EARLY);
        let at_last = self.last_end;
        at_end || at_last.is_some_and(|end| (position - end).abs() <= SAME_END)
    }

    /// A jump that no report of the end followed is the member's.
    pub(super) fn judge_doubtful_jump(&mut self, now: LocalTime, out: &mut Vec<FollowOutput>) {
        if let Some(jump) = self.doubtful_jump.take_if(|jump| jump.until <= now) {
            self.is_members_jump(jump.position, jump.at, out);
        }
    }

    fn is_members_jump(&mut self, position: Position, at: LocalTime, out: &mut Vec<FollowOutput>) {
        self.last_seek.strayed = true;
        self.user_sought(position, at, out);
    }
}
