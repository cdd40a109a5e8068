//! How a player reports pauses, and its position during one.

use super::FakePlayer;
use crate::protocol::ids::Epoch;
use crate::sync::player::{Basis, PlayerEvent, Sample};

impl FakePlayer {
    /// Which media it has open, by epoch.
    pub(crate) fn shows(&self) -> Option<Epoch> {
        self.epoch
    }

    /// Reports a change of `pause`; where pauses merge not before it has lasted a moment.
    pub(super) fn report_pause(&mut self, event: PlayerEvent) {
        if !self.traits.merges_pauses {
            self.events.push(event);
        } else if self.unreported_pause.take().is_none() {
            self.unreported_pause = Some((self.now + 5_000, event));
        }
    }

    pub(super) fn finish_pause(&mut self) {
        if let Some((_, event)) = self.unreported_pause.take_if(|(at, _)| *at <= self.now) {
            self.events.push(event);
            self.report_frame();
        }
    }

    /// Reports the frame of a paused player, once.
    pub(super) fn report_frame(&mut self) {
        if self.paused && self.epoch.is_some() {
            self.events.push(PlayerEvent::Sample(Sample {
                position: self.read_frame(),
                at: self.machine.local(self.now),
                basis: Basis::Frame,
                buffered: None,
            }));
        }
    }
}
