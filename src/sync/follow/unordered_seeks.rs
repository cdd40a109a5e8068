//! Seeks that no order of ours explains: the member's, or what a player makes of our loads and
//! seeks by itself. No intent is read out of the latter.
//!
//! Measured on mpv 0.35.1: where a load or a seek leads beyond the data, mpv finds no picture there
//! and seeks back to the last one, mostly within 2 ms, and later where it has to read on first. If
//! our next seek is on its way by then, the two are reported as one of ours and one of nobody's.
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
        let beyond = position - loaded.aimed;
        let most = SAME_PLACE.max(self.seeking.overshoot());
        beyond > Span::ZERO - SAME_PLACE && beyond <= most
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
        let known_end = self.end().map(|end| Position(end.0));
        let at_end = known_end.is_some_and(|end| position >= end - EARLY);
        let at_last = self.last_end;
        let at_last = at_last.is_some_and(|end| (position - end).abs() <= SAME_END);
        goes_back && (soon || at_end || at_last)
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
