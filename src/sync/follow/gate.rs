//! A start that everyone waits for: the player stands ready until then, and it is reported
//! that it does.

use super::loaded_media::LoadStage;
use super::start::{MOST_START_LEAD, ROUNDING};
use super::{FollowOutput, Follower};
use crate::protocol::command::Report;
use crate::protocol::time::LocalTime;

impl Follower {
    /// Whether the media stands until a start that everyone waits for.
    pub(super) fn awaits_start(&self, now: LocalTime) -> bool {
        let room = self.clock.room(now);
        room.is_some_and(|room| self.timeline.awaits_start(room))
    }

    /// Whether a running player was started too early for a start that everyone waits for. Shortly
    /// before that start it was started on time, since mpv takes a moment to be heard.
    pub(super) fn runs_ahead(&self, now: LocalTime) -> bool {
        self.awaits_start(now + MOST_START_LEAD + ROUNDING)
    }

    /// A player that runs ahead of a start that everyone waits for is sent back to it.
    pub(super) fn stand_back(&mut self, now: LocalTime, out: &mut Vec<FollowOutput>) {
        self.pending.start_seek = true;
        self.pending.jump = false;
        self.order_pause(true, now, out);
    }

    /// Reports once that this player need not be waited for.
    pub(super) fn report_ready(&mut self, now: LocalTime, out: &mut Vec<FollowOutput>) {
        let epoch = self.timeline.epoch;
        // Where the room's media is refused here, nothing plays.
        let refused = self.timeline.playing.is_none();
        let asked = !self.timeline.gate.is_empty() && (refused || self.awaits_start(now));
        if asked && self.reported_ready != Some(epoch) && self.is_ready() {
            self.reported_ready = Some(epoch);
            out.push(FollowOutput::Report(Report::Ready { epoch }));
        }
    }

    /// Whether the player stands at the beginning with its start planned, or nobody needs to wait
    /// for it.
    fn is_ready(&self) -> bool {
        if !self.process.is_ready() {
            return self.process.is_gone() || self.process.is_frozen();
        }
        match &self.loaded {
            None => self.timeline.playing.is_none(),
            Some(loaded) if loaded.stage == LoadStage::Failed => self.retry.is_none(),
            Some(_) => self.stall.is_none() && self.is_up() && self.start_at.is_some(),
        }
    }
}
