//! How the player is doing, in a word.

use super::medium::Stage;
use super::{Follower, Process};
use super::{SyncState, Unsynced};
use crate::protocol::time::{Position, Span};

/// Speed bent by less than this is no nudging but the noise of readings: 3 ms off.
const NUDGE: f64 = 0.001;

/// An error read longer ago than this says nothing about now.
const RECENT: Span = Span::seconds(2);

/// A copy that ends this long before the film does is another one, or was cut off; less is
/// how two players differ.
const EARLY: Span = Span::seconds(2);

impl Follower {
    /// The state, by the facts that outrank the others first.
    pub(super) fn state(&self) -> SyncState {
        let Some(medium) = self
            .medium
            .as_ref()
            .filter(|_| self.process != Process::Away && self.process != Process::Starting)
        else {
            let opens = self.process == Process::Ready && self.timeline.playing.is_some();
            return if opens {
                SyncState::Loading
            } else {
                SyncState::Idle
            };
        };
        match (self.process, medium.stage) {
            (Process::Frozen, _) => SyncState::Unsynced(Unsynced::Frozen),
            (_, Stage::Failed) => SyncState::Unsynced(Unsynced::Failed),
            (_, Stage::Opening | Stage::Opened(_)) => SyncState::Loading,
            _ if medium.stall.is_some() => SyncState::Buffering,
            _ if self.timeline.hold.is_some() => SyncState::Waiting,
            _ if self.awaits_start(self.seen) => SyncState::Waiting,
            _ if self.is_live() => SyncState::Unsynced(Unsynced::Live),
            _ if self.echo.is_seeking() => SyncState::Seeking,
            _ if self.ends_early() => SyncState::Unsynced(Unsynced::EndsEarly),
            _ if self.timeline.stands() => SyncState::Holding,
            _ if self.clock.room(self.seen).is_none() => SyncState::Unsynced(Unsynced::NoClock),
            _ if self.is_out_of_reach() => SyncState::Unsynced(Unsynced::CannotSeek),
            _ if self.resting || self.acts.backs_off() => SyncState::Unsynced(Unsynced::BackingOff),
            _ if self.drift.bend().abs() > NUDGE => SyncState::Nudging,
            _ => SyncState::Holding,
        }
    }

    /// Whether the player stands at the end of its copy, and the film does not.
    fn ends_early(&self) -> bool {
        let ended = self.medium.as_ref().is_some_and(|medium| medium.ended);
        let Some(end) = self.end().filter(|_| ended && !self.timeline.finished) else {
            return false;
        };
        let film = self.clock.room(self.seen).map(|room| self.target(room));
        film.is_some_and(|film| film < Position(end.0) - EARLY)
    }

    /// Whether only a seek could help soon, and none can be had.
    fn is_out_of_reach(&self) -> bool {
        let far = |error: Span| error.abs() > self.config.seek_threshold;
        !self.can_seek() && self.recent_error().is_some_and(far)
    }

    /// Player minus timeline, if read lately.
    pub(super) fn recent_error(&self) -> Option<Span> {
        self.error
            .filter(|(_, at)| self.seen - *at <= RECENT)
            .map(|(error, _)| error)
    }
}
