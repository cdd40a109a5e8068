//! What the follower is doing, in a word: how the player's state and its distance from the room
//! become one.

use super::media_retry::EARLY;
use super::{Follower, PlayerState, SyncState, Unsynced};
use crate::protocol::time::{Position, Span};

/// Speed bent by less than this is no nudging but the noise of readings: 3 ms off.
const NUDGE: f64 = 0.001;

/// An error read longer ago than this says nothing about now.
pub(super) const RECENT: Span = Span::seconds(2);

/// Copies whose first parts begin nearer to each other than this begin alike: parts are at
/// least a second long (judgement: a tenth of that).
const SAME_BEGINNING: Span = Span::millis(100);

impl Follower {
    /// What the follower is doing: what the player does outranks how far it is from the room.
    pub(super) fn state(&self) -> SyncState {
        match self.player_state() {
            PlayerState::Off | PlayerState::Gone(_) | PlayerState::Starting | PlayerState::Idle => {
                SyncState::Idle
            }
            PlayerState::Frozen if self.loaded.is_none() => SyncState::Idle,
            PlayerState::Frozen => SyncState::Unsynced(Unsynced::Frozen),
            PlayerState::GivenUp(_) => SyncState::Unsynced(Unsynced::Failed),
            PlayerState::Opening => SyncState::Loading,
            _ if self.awaits_first_picture() => SyncState::Loading,
            PlayerState::ReadingOn(_) => SyncState::ReadingOn,
            PlayerState::NoData => SyncState::Buffering,
            PlayerState::Paused | PlayerState::Playing => self.state_of_open_media(),
        }
    }

    /// The same where the media is open and has data.
    fn state_of_open_media(&self) -> SyncState {
        if self.timeline.waits_for_data() || self.awaits_start(self.seen) {
            SyncState::Waiting
        } else if self.has_jumping_time() {
            SyncState::Unsynced(Unsynced::TimeJumps)
        } else if self.is_left_alone() {
            SyncState::Unsynced(Unsynced::Live)
        } else if self.echo.is_seeking() {
            SyncState::Seeking
        } else if self.ends_early() {
            SyncState::Unsynced(Unsynced::EndsEarly)
        } else if self.pictures_off().is_some() {
            SyncState::Unsynced(Unsynced::OtherBeginning)
        } else if self.timeline.is_stopped() {
            SyncState::Holding
        } else if self.clock.room(self.seen).is_none() {
            SyncState::Unsynced(Unsynced::NoClock)
        } else if self.is_ahead() {
            SyncState::Ahead
        } else if self.is_out_of_reach() && self.is_live() {
            SyncState::Unsynced(Unsynced::Live)
        } else if self.is_out_of_reach() {
            SyncState::Unsynced(Unsynced::CannotSeek)
        } else if self.resting || self.user_actions.backs_off() {
            SyncState::Unsynced(Unsynced::BackingOff)
        } else if self.drift.bend().abs() > NUDGE {
            SyncState::Nudging
        } else {
            SyncState::Holding
        }
    }

    /// Whether the player stands at the end of its copy, and the media does not.
    fn ends_early(&self) -> bool {
        let stopped = self.timeline.finished || self.timeline.standstill.is_some();
        let Some(end) = self.end().filter(|_| self.has_ended() && !stopped) else {
            return false;
        };
        let target = self.clock.room(self.seen).map(|room| self.target(room));
        target.is_some_and(|target| target < Position(end.0) - EARLY)
    }

    /// By how much the pictures of this copy are off at the same time, if they are: it is made
    /// of parts, and its first one is another than the room's. Positive if it lacks some.
    #[must_use]
    pub fn pictures_off(&self) -> Option<Span> {
        let room = self.timeline.playing.as_ref()?.begins?;
        let own = self.loaded.as_ref()?.begins.filter(|_| !self.is_live())?;
        Some(own - room).filter(|off| off.abs() > SAME_BEGINNING)
    }

    /// Whether only a seek could help soon, and none is possible.
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
