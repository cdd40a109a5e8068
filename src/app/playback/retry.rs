//! Another try that the member asked for (`/retry`): what is asked for again while one is under
//! way is that one.

use super::App;
use crate::protocol::time::{LocalTime, Span};
use crate::sync::player::PlayerEvent;

/// Tries closer to each other than this are one: each is a burst of requests, whatever became of
/// the one before (judgement: less than it takes to read the answer).
const APART: Span = Span::seconds(1);

/// A try of which nothing was heard for so long is no reason not to make another (judgement: a
/// member whose network is back does not want to wait for a request that was lost).
const UNHEARD: Span = Span::seconds(3);

/// The last try that the member asked for.
#[derive(Debug, Default)]
pub(super) struct Retry {
    asked: Option<LocalTime>,
    /// Whether nothing was heard of it so far.
    unheard: bool,
}

impl Retry {
    /// Takes note of what the player reports.
    pub(super) const fn note(&mut self, event: &PlayerEvent) {
        if matches!(
            event,
            PlayerEvent::Process(_)
                | PlayerEvent::Failed { .. }
                | PlayerEvent::PlaybackRestarted { .. }
                | PlayerEvent::Ended { .. }
                | PlayerEvent::Refetching { .. }
        ) {
            self.unheard = false;
        }
    }

    /// Whether one is under way.
    fn is_under_way(&self, now: LocalTime) -> bool {
        let least = if self.unheard { UNHEARD } else { APART };
        self.asked.is_some_and(|asked| now - asked < least)
    }
}

impl App {
    /// Begins another try that the member asked for; `false` if one is under way.
    pub(in crate::app) fn begin_retry(&mut self) -> bool {
        let now = self.now.local;
        if self.playback.retry.is_under_way(now) {
            return false;
        }
        self.playback.retry = Retry {
            asked: Some(now),
            unheard: true,
        };
        true
    }
}
