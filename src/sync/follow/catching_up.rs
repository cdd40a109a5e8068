//! The room waits for a player that came out a little behind it: the player plays up to where the
//! room stands. A seek would fetch again what is already on its way.

use super::FollowOutput;
use super::Follower;
use super::start::LATE;
use crate::protocol::time::{LocalTime, Span};

/// The most that is played to where the room stands (judgement: the room waits 10 s at most).
pub(in crate::sync) const MOST: Span = Span::seconds(3);

impl Follower {
    /// How far a standing player is behind where the room waits, if it gets there by playing.
    fn behind_hold(&self) -> Option<Span> {
        if !self.timeline.waits_for_data() {
            return None;
        }
        let paused_at = self.loaded.as_ref().filter(|_| self.is_up())?.paused_at?;
        let behind = self.timeline.segment.anchor - paused_at;
        let playable = behind > LATE && behind <= MOST;
        let arrived = self.stall.is_some_and(|stall| stall.is_on_the_way());
        (playable && arrived && !self.echo.is_seeking()).then_some(behind)
    }

    /// Whether the player is on its way to where the room waits, or about to be.
    pub(super) fn catches_up(&self) -> bool {
        self.caught_up_at.is_some() || self.behind_hold().is_some()
    }

    /// Lets a player that is a little behind play to where the room waits. Returns whether it is on
    /// its way.
    pub(super) fn catch_up(&mut self, now: LocalTime, out: &mut Vec<FollowOutput>) -> bool {
        if let Some(behind) = self.behind_hold() {
            let takes = self.timeline.segment.rate.time_for(behind);
            self.caught_up_at = Some(now + takes);
            self.pending.frame = false;
            self.order_pause(false, now, out);
        }
        let there = self.caught_up_at.is_some_and(|at| at <= now);
        if there {
            self.caught_up_at = None;
        }
        self.caught_up_at.is_some()
    }
}
