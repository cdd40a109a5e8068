//! Another try that the member asked for (`/retry`): what is asked for again while one is under
//! way is that one.

use super::health::is_well;
use crate::app::output::{PlayerView, Why};
use crate::protocol::time::{LocalTime, Span};
use crate::sync::follow::Status;
use crate::sync::player::PlayerEvent;

/// Tries closer to each other than this are one: each is a burst of requests, whatever became of
/// the one before (judgement: less than it takes to read the answer).
const APART: Span = Span::seconds(1);

/// A retry without any event for this long does not prevent another one (judgement: a member whose
/// network is back does not want to wait for a request that was lost).
const UNANSWERED: Span = Span::seconds(3);

/// The last try that the member asked for.
#[derive(Debug, Default)]
pub(super) struct RequestedRetry {
    asked_at: Option<LocalTime>,
    /// Whether there has been no event of it yet.
    unanswered: bool,
}

impl RequestedRetry {
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
            self.unanswered = false;
        }
    }

    /// Why another try of a player that does this would be of no use now, if so.
    pub(super) fn obstacle(
        &self,
        player: PlayerView,
        status: &Status,
        now: LocalTime,
    ) -> Option<Why> {
        match player {
            PlayerView::Refused(refusal) => Some(Why::NotOpened(refusal)),
            PlayerView::Off => Some(Why::NoPlayer),
            PlayerView::Idle { .. } => Some(Why::NothingWrong),
            PlayerView::Playing | PlayerView::Paused if is_well(status) => Some(Why::NothingWrong),
            // Opened anew it would begin at the start.
            PlayerView::ReadingOn(read) => Some(Why::ReadsOn(read)),
            _ if self.is_under_way(now) => Some(Why::TriedAlready),
            _ => None,
        }
    }

    fn is_under_way(&self, now: LocalTime) -> bool {
        let least = if self.unanswered { UNANSWERED } else { APART };
        self.asked_at.is_some_and(|asked| now - asked < least)
    }

    /// Notes that a try begins now. Until the player reports something of it, at most for
    /// [`UNANSWERED`], another one is refused.
    pub(super) const fn begin(&mut self, now: LocalTime) {
        self.asked_at = Some(now);
        self.unanswered = true;
    }
}
