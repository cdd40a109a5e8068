//! How the player is doing, in a word.

use super::medium::Stage;
use super::trouble::EARLY;
use super::{Follower, Process};
use super::{MediumView, SyncState, Unsynced};
use crate::protocol::time::{Position, Span};

/// Speed bent by less than this is no nudging but the noise of readings: 3 ms off.
const NUDGE: f64 = 0.001;

/// An error read longer ago than this says nothing about now.
pub(super) const RECENT: Span = Span::seconds(2);

/// Copies whose first parts begin nearer to each other than this begin alike: parts are at
/// least a second long (judgement: a tenth of that).
const SAME_BEGINNING: Span = Span::millis(100);

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
            _ if self.awaits_data() => SyncState::Buffering,
            _ if self.awaits_load() => SyncState::Loading,
            _ if self.is_silent() => SyncState::Unsynced(Unsynced::Failed),
            (_, Stage::Failed) => SyncState::Unsynced(Unsynced::Failed),
            (_, Stage::Opening | Stage::Opened(_)) => SyncState::Loading,
            _ if self.reading().is_some() => SyncState::ReadingOn,
            _ if self.stall.is_some() => SyncState::Buffering,
            _ if self.timeline.waits_for_data() => SyncState::Waiting,
            _ if self.awaits_start(self.seen) => SyncState::Waiting,
            _ if self.has_jumping_time() => SyncState::Unsynced(Unsynced::TimeJumps),
            _ if self.is_left_alone() => SyncState::Unsynced(Unsynced::Live),
            _ if self.echo.is_seeking() => SyncState::Seeking,
            _ if self.ends_early() => SyncState::Unsynced(Unsynced::EndsEarly),
            _ if self.pictures_off().is_some() => SyncState::Unsynced(Unsynced::OtherBeginning),
            _ if self.timeline.stands() => SyncState::Holding,
            _ if self.clock.room(self.seen).is_none() => SyncState::Unsynced(Unsynced::NoClock),
            _ if self.stands_ahead() => SyncState::Ahead,
            _ if self.is_out_of_reach() && self.is_live() => SyncState::Unsynced(Unsynced::Live),
            _ if self.is_out_of_reach() => SyncState::Unsynced(Unsynced::CannotSeek),
            _ if self.resting || self.acts.backs_off() => SyncState::Unsynced(Unsynced::BackingOff),
            _ if self.drift.bend().abs() > NUDGE => SyncState::Nudging,
            _ => SyncState::Holding,
        }
    }

    /// Whether the player stands at the end of its copy, and the film does not.
    fn ends_early(&self) -> bool {
        let stopped = self.timeline.finished || self.timeline.standstill.is_some();
        let Some(end) = self.end().filter(|_| self.has_ended() && !stopped) else {
            return false;
        };
        let film = self.clock.room(self.seen).map(|room| self.target(room));
        film.is_some_and(|film| film < Position(end.0) - EARLY)
    }

    /// By how much the pictures of this copy are off at the same time, if they are: it is made
    /// of parts, and its first one is another than the room's. Positive if it lacks some.
    pub(super) fn pictures_off(&self) -> Option<Span> {
        let room = self.timeline.playing.as_ref()?.begins?;
        let own = self.medium.as_ref()?.begins.filter(|_| !self.is_live())?;
        Some(own - room).filter(|off| off.abs() > SAME_BEGINNING)
    }

    /// What the player makes of the room's medium.
    pub(super) fn medium_view(&self) -> MediumView<'_> {
        let Some(medium) = self.medium.as_ref().filter(|_| self.has_the_rooms()) else {
            return MediumView::Opening;
        };
        if let Some(problem) = self.silent_problem() {
            return MediumView::Failed(problem);
        }
        match (medium.stage, &medium.failure) {
            _ if self.awaits_data() => MediumView::Waiting,
            _ if self.awaits_load() => MediumView::Opening,
            (Stage::Failed, Some(problem)) => MediumView::Failed(problem),
            (Stage::Opening | Stage::Failed, _) => MediumView::Opening,
            _ => match self.reading() {
                Some(read) => MediumView::ReadingOn(read),
                None if self.stall.is_some() => MediumView::Waiting,
                None => MediumView::Open,
            },
        }
    }

    /// Whether only a seek could help soon, and none can be had.
    fn is_out_of_reach(&self) -> bool {
        let far = |error: Span| error.abs() > self.config.seek_threshold;
        let can_seek = self.can_seek() || self.reach().is_some();
        !can_seek && self.recent_error().is_some_and(far)
    }

    /// Player minus timeline, if read lately.
    pub(super) fn recent_error(&self) -> Option<Span> {
        self.error
            .filter(|(_, at)| self.seen - *at <= RECENT)
            .map(|(error, _)| error)
    }
}
