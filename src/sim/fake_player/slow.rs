//! Data that arrives hardly faster than the media plays.

use super::FakePlayer;
use crate::protocol::time::Position;
use crate::sim::link::{micros, seconds};
use crate::sync::player::{CachedRange, PlayerEvent};

/// The most that is cached ahead, in seconds (judgement: a small cache).
const AHEAD: f64 = 60.0;

/// How long a request takes to its first byte, in seconds (judgement).
const REQUEST: f64 = 0.3;

/// How much must be cached before a player that ran dry plays on, in seconds (the default of mpv's
/// `cache-pause-wait`).
const REFILL: f64 = 1.0;

impl FakePlayer {
    /// Fetches what arrives until `to`. A player that reaches the end of the cached data runs dry.
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

    /// How long a seek or a load waits until its target is fetched, in microseconds.
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

    /// Up to where a file from a server without ranges has arrived, in seconds; `None` for any
    /// other.
    pub(super) fn come(&self) -> Option<f64> {
        let fill = self.traits.unranged?;
        let come = seconds(self.now - self.loaded_at) * fill;
        Some(come.min(self.last().unwrap_or(f64::MAX)))
    }

    /// Reports the range in which such a file can be sought in.
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

    /// How much is buffered ahead of the position, in seconds, if the player says.
    pub(super) fn buffered(&self) -> Option<f64> {
        let ahead = self.cached.1 - self.position;
        let slow = self.traits.slow.map(|_| ahead.max(0.0));
        let come = self.come().map(|come| (come - self.position).max(0.0));
        slow.or(come).or(self.traits.buffered)
    }
}
