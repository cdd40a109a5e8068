//! Data that comes hardly faster than the media runs.

use super::FakePlayer;
use crate::protocol::time::Position;
use crate::sim::link::{micros, seconds};
use crate::sync::player::{CachedRange, PlayerEvent};

/// The most that is cached ahead, in seconds.
const AHEAD: f64 = 60.0;

/// What a request takes before its first byte, in seconds.
const REQUEST: f64 = 0.3;

/// What must be cached before a player that ran dry plays on (mpv's `cache-pause-wait`).
const REFILL: f64 = 1.0;

impl FakePlayer {
    /// What was fetched by now; a player that reaches the end of that runs dry.
    pub(super) fn fetch(&mut self, to: i64) {
        let Some(slow) = self.traits.slow else {
            return;
        };
        let came = seconds(to - self.now) * slow.fill;
        let from = self.seek.map_or(self.position, |(_, target)| target);
        let most = (from + AHEAD).max(self.cached.1);
        self.cached.1 = (self.cached.1 + came).min(most);
        let dry = self.position >= self.cached.1 && self.moves();
        if dry {
            self.position = self.cached.1;
            self.stalled_until = Some(to + micros(REFILL / slow.fill));
            self.events.push(PlayerEvent::Stalled(true));
        }
    }

    /// What a seek or a load waits for, in microseconds, until its target is fetched.
    pub(super) fn fetches(&mut self, target: f64) -> i64 {
        let Some(slow) = self.traits.slow else {
            return 0;
        };
        let keyframe = |at: f64| (at / slow.keyframes).floor() * slow.keyframes;
        let first = keyframe(target);
        let (start, end) = self.cached;
        if first >= start && target <= keyframe(end) {
            return 0;
        }
        self.cached = (first, first - REQUEST * slow.fill);
        micros(REQUEST + (target - first) / slow.fill)
    }

    /// Up to where it has come from a server that serves no parts of it.
    pub(super) fn come(&self) -> Option<f64> {
        let fill = self.traits.unranged?;
        let come = seconds(self.now - self.loaded_at) * fill;
        Some(come.min(self.last().unwrap_or(f64::MAX)))
    }

    /// Reports what has come so far.
    pub(super) fn report_cached_range(&mut self) {
        self.dropped = self.dropped.max(self.position - self.traits.kept);
        if let Some((epoch, until)) = self.epoch.zip(self.come()) {
            let whole = self.last().is_some_and(|last| until >= last);
            let reach = CachedRange {
                from: Position::from_seconds(self.dropped),
                until: Position::from_seconds(until),
                whole,
            };
            self.events.push(PlayerEvent::CachedRange { epoch, reach });
        }
    }

    /// What is buffered ahead, in seconds.
    pub(super) fn buffered(&self) -> Option<f64> {
        let ahead = self.cached.1 - self.position;
        let slow = self.traits.slow.map(|_| ahead.max(0.0));
        let come = self.come().map(|come| (come - self.position).max(0.0));
        slow.or(come).or(self.traits.buffered)
    }
}
