//! Loads: how long they take, whether they succeed, and what the player then reports of the media.

use super::FakePlayer;
use crate::protocol::ids::Epoch;
use crate::protocol::time::Span;
use crate::sim::link::micros;
use crate::sim::traits::{Lengths, frame_at};
use crate::sync::player::{MediaProblem, PlayerEvent};

impl FakePlayer {
    /// Opens media, after the relay below has retried for so many microseconds.
    pub(super) fn load(&mut self, epoch: Epoch, start: f64, paused: bool, below: i64) {
        self.loads.push(self.now);
        self.epoch = None;
        self.seek = None;
        self.ended = false;
        self.dropped = 0.0;
        self.end_reported_at = None;
        self.stalled_until = None;
        self.waiting_at = None;
        if std::mem::take(&mut self.reported_waiting) {
            self.events.push(PlayerEvent::Stalled(false));
        }
        self.set_paused(paused);
        let anywhere = self.traits.unranged.is_none() || self.traits.thrown;
        let start = if anywhere { start } else { 0.0 };
        self.position = frame_at(self.traits.landing(start));
        let (low, high) = self.traits.load_cost;
        let cost = micros(self.random.between(low, high));
        let from = self.starved_until.map_or(self.now, |at| at.max(self.now));
        let from = from + below + self.fetches(self.position);
        self.loading = Some((from + cost, epoch));
    }

    pub(super) fn finish_load(&mut self) {
        let Some((_, epoch)) = self.loading.take_if(|(at, _)| *at <= self.now) else {
            return;
        };
        let thrown = self.traits.thrown && self.position > 1.0;
        let thrown = thrown.then_some(MediaProblem::CannotSeek);
        if let Some(problem) = thrown.or_else(|| self.load_problem()) {
            self.events.push(PlayerEvent::Failed { epoch, problem });
            return;
        }
        if self.traits.relayed {
            let refetch = None;
            self.events.push(PlayerEvent::Refetching { epoch, refetch });
        }
        self.broken_at = None;
        self.epoch = Some(epoch);
        self.loaded_at = self.now;
        self.lengths_reported = 0;
        self.next_sample = self.now + super::SAMPLE_EVERY;
        self.events.push(PlayerEvent::Loaded {
            epoch,
            title: Some("A film".into()),
            has_audio: self.traits.audio,
            seekable: self.traits.seekable,
            live: self.traits.duration.is_none() && !self.traits.seekable,
            begins: self.traits.part_begins.map(Span::from_seconds),
        });
        if let Some(wall) = self.traits.live_origin.map(Span::from_seconds) {
            self.events.push(PlayerEvent::LiveOrigin { epoch, wall });
        }
        self.report_lengths();
        if self.traits.load_seeks {
            self.seek_began();
        }
        self.restarted();
        self.return_from_beyond();
    }

    /// The next length to be reported, and how long after the load, both in seconds.
    fn next_length(&self) -> Option<(f64, f64)> {
        match self.traits.lengths {
            Lengths::AtOnce => self
                .traits
                .duration
                .map(|length| (0.0, length))
                .filter(|_| self.lengths_reported == 0),
            Lengths::Later(lengths) => lengths.get(self.lengths_reported).copied(),
        }
    }

    pub(super) fn next_length_at(&self) -> Option<i64> {
        self.epoch?;
        let (after, _) = self.next_length()?;
        Some(self.loaded_at + micros(after))
    }

    pub(super) fn report_lengths(&mut self) {
        let Some(epoch) = self.epoch else {
            return;
        };
        while self.next_length_at().is_some_and(|at| at <= self.now) {
            let length = self.next_length().map(|(_, length)| length);
            self.lengths_reported += 1;
            if let Some(length) = length.map(Span::from_seconds) {
                self.events.push(PlayerEvent::Length { epoch, length });
            }
        }
    }
}
