//! What a player does at the end of its media.

use super::FakePlayer;
use crate::sim::link::micros;
use crate::sync::player::PlayerEvent;

impl FakePlayer {
    /// Whether it has reached the end of its data.
    pub(crate) const fn has_ended(&self) -> bool {
        self.ended
    }

    pub(super) fn leave_end(&mut self) {
        if let Some(epoch) = self.epoch.filter(|_| std::mem::take(&mut self.ended)) {
            self.events.push(PlayerEvent::LeftEnd { epoch });
        }
    }

    /// Beyond the end there is no picture, so the player seeks to the last one by itself. That is
    /// reported only if the traits say that it looks like a member's seek.
    pub(super) fn return_from_beyond(&mut self) {
        let Some(last) = self.last().filter(|last| self.position >= *last) else {
            return;
        };
        self.position = last;
        if self.traits.reports_way_back {
            self.seek_began();
        }
        self.restarted();
    }

    pub(super) fn finish_media(&mut self) {
        self.end_reported_at = self.end_reported_at.filter(|at| *at > self.now);
        if self.end_reported_at.is_some() {
            return;
        }
        let (Some(epoch), Some(duration)) = (self.epoch, self.last()) else {
            return;
        };
        if !self.ended && self.seek.is_none() && self.position >= duration - 1e-6 {
            self.ended = true;
            self.ends.push(self.now);
            self.position = duration;
            let broken = self.end_problem();
            self.events.push(PlayerEvent::Ended { epoch, broken });
        }
    }

    pub(super) fn end_at(&self) -> Option<i64> {
        let left = self.last()? - self.position;
        self.moves()
            .then(|| self.now + micros(left / self.pace()).max(1))
    }
}
