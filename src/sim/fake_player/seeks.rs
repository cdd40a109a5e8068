//! Seeks: how long they take, where they land, and what is reported meanwhile.

use super::FakePlayer;
use crate::protocol::time::Position;
use crate::sim::link::micros;
use crate::sim::traits::frame_at;
use crate::sync::player::{Basis, MediaProblem, PlayerEvent, Sample};

/// How long after a seek that broke off mpv reports that it is at the end, in microseconds
/// (measured on 0.35.1, with the requests that the shell sends in between).
const END_REPORTED_AFTER: i64 = 5_000;

impl FakePlayer {
    /// Whether neither a seek nor a load is under way.
    pub(crate) const fn rests(&self) -> bool {
        self.seek.is_none() && self.loading.is_none()
    }

    /// A seek, by the member's key or by an order.
    pub(crate) fn jump(&mut self, to: f64) {
        // Live media can be sought in as far as it is cached.
        let seekable = self.traits.seekable || self.traits.buffered.is_some();
        let come = self.come();
        let come = come.is_some_and(|until| (self.dropped..=until).contains(&to));
        if self.epoch.is_none() || !(seekable || come) {
            return;
        }
        if let Some(epoch) = self.epoch.take_if(|_| self.traits.thrown && !come) {
            let problem = MediaProblem::CannotSeek;
            self.events.push(PlayerEvent::Failed { epoch, problem });
            return;
        }
        let (low, high) = self.traits.seek_cost;
        let cost = micros(self.random.between(low, high));
        let end = self.last().unwrap_or(f64::MAX);
        let thrown = self
            .traits
            .duration
            .filter(|_| self.traits.breaks_to_end && to > end);
        let (to, end) = thrown.map_or((to, end), |thrown_to| (thrown_to, thrown_to));
        // Without data the seek arrives late, and mpv reports no stall meanwhile.
        let stall = self.stalled_until.take();
        if stall.is_some() {
            self.events.push(PlayerEvent::Stalled(false));
        }
        let data = stall.max(self.starved_until);
        let from = data.map_or(self.now, |data| data.max(self.now));
        let target = self.traits.landing(to).clamp(0.0, end);
        let from = from + self.fetches(target);
        self.seek = Some((from + cost, target));
        self.waiting_at = None;
        if self.traits.reports_waiting && from > self.now && !self.reported_waiting {
            self.waiting_at = Some(self.now + 400_000);
        }
        self.seek_began();
        self.leave_end();
    }

    pub(super) fn report_waiting(&mut self) {
        let due = self.waiting_at.take_if(|at| *at <= self.now).is_some();
        if due && self.seek.is_some_and(|(at, _)| at > self.now) {
            self.reported_waiting = true;
            self.events.push(PlayerEvent::Stalled(true));
        }
    }

    /// A stall that was told ends with its media, and is told to be over (as by the shell's
    /// observer, which forgets mpv's `paused-for-cache`).
    pub(super) fn end_stall(&mut self) {
        let stalled = self.stalled_until.take().is_some();
        if std::mem::take(&mut self.reported_waiting) || stalled {
            self.events.push(PlayerEvent::Stalled(false));
        }
    }

    /// Data for seeks and loads from now on arrives only after so many seconds; what is cached
    /// plays on.
    pub(crate) fn starve(&mut self, for_seconds: f64) {
        self.starved_until = Some(self.now + micros(for_seconds));
    }

    pub(super) fn seek_began(&mut self) {
        self.events.push(PlayerEvent::SeekBegan {
            at: self.machine.local(self.now),
        });
    }

    pub(super) fn finish_seek(&mut self) {
        if let Some((_, target)) = self.seek.take_if(|(at, _)| *at <= self.now) {
            self.arrives();
            self.position = frame_at(target);
            self.restarted();
            if std::mem::take(&mut self.reported_waiting) {
                self.events.push(PlayerEvent::Stalled(false));
            }
            if self.traits.breaks_to_end {
                self.end_reported_at = Some(self.now + END_REPORTED_AFTER);
                self.sample_seeking(self.position);
            } else {
                self.return_from_beyond();
            }
        }
    }

    pub(super) fn restarted(&mut self) {
        self.fresh = self.paused;
        if std::mem::take(&mut self.mute_restart) {
            return;
        }
        self.events.push(PlayerEvent::PlaybackRestarted {
            position: Position::from_seconds(self.position),
            at: self.machine.local(self.now),
        });
        self.report_frame();
    }

    /// While mpv seeks, its `time-pos` is the seek's target (0.35.1).
    pub(super) fn sample_seeking(&mut self, target: f64) {
        self.events.push(PlayerEvent::Sample(Sample {
            position: Position::from_seconds(target),
            at: self.machine.local(self.now),
            basis: Basis::Frame,
            buffered: None,
        }));
    }

    /// The member steps so many frames on, or back, in a paused player.
    pub(crate) fn step(&mut self, frames: f64) {
        self.position = frame_at(self.position + frames / 24.0);
        self.events.push(PlayerEvent::Stepped {
            position: Position::from_seconds(self.position),
            at: self.machine.local(self.now),
        });
    }
}
