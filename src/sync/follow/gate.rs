//! A start that everyone waits for: the player stands ready until then, and the room hears
//! that it does.

use super::medium::Stage;
use super::start::{MOST_START_LEAD, ROUNDING};
use super::{Follower, Output, Process};
use crate::protocol::command::Report;
use crate::protocol::time::LocalTime;

impl Follower {
    /// Whether the film stands until a start that everyone waits for.
    pub(super) fn awaits_start(&self, now: LocalTime) -> bool {
        let room = self.clock.room(now);
        room.is_some_and(|room| self.timeline.awaits_start(room))
    }

    /// Whether a player that runs does so ahead of a start that everyone waits for. Shortly
    /// before it, it was started on time: mpv takes a moment until it is heard.
    pub(super) fn runs_ahead(&self, now: LocalTime) -> bool {
        self.awaits_start(now + MOST_START_LEAD + ROUNDING)
    }

    /// A player that runs ahead of a start that everyone waits for is sent back to it.
    pub(super) fn stand_back(&mut self, now: LocalTime, out: &mut Vec<Output>) {
        self.owed.start_seek = true;
        self.owed.jump = false;
        self.order_pause(true, now, out);
    }

    /// Tells the room once that this player need not be waited for.
    pub(super) fn tell_ready(&mut self, now: LocalTime, out: &mut Vec<Output>) {
        let epoch = self.timeline.epoch;
        // Where the room's video is refused here, nothing plays.
        let refused = self.timeline.playing.is_none();
        let asked = !self.timeline.gate.is_empty() && (refused || self.awaits_start(now));
        if asked && self.told_ready != Some(epoch) && self.is_ready() {
            self.told_ready = Some(epoch);
            out.push(Output::Report(Report::Ready { epoch }));
        }
    }

    /// Whether the player stands at the video's beginning with its start planned, or waiting
    /// for it would be in vain.
    fn is_ready(&self) -> bool {
        match self.process {
            Process::Starting => false,
            Process::Away | Process::Frozen => true,
            Process::Ready => match &self.medium {
                None => self.timeline.playing.is_none(),
                Some(medium) if medium.stage == Stage::Failed => self.trouble.is_none(),
                Some(_) => self.stall.is_none() && self.is_up() && self.start_at.is_some(),
            },
        }
    }
}
