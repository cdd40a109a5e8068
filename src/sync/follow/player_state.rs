//! What the player does, in a word: the one list that says which fact outranks which. The state
//! of following, what a member sees of their player and what others see of the member all follow
//! from it.

use super::Follower;
use super::loaded_media::LoadStage;
use super::sync_state::ReadSoFar;
use crate::sync::player::{Lack, MediaProblem, ProcessState};

/// What the player does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PlayerState<'a> {
    /// There is none, on purpose.
    Off,
    /// Its process is gone or could not be started, for the reason in this state.
    Gone(&'a ProcessState),
    /// Its process was started and does not answer yet.
    Starting,
    /// It does not answer.
    Frozen,
    /// The room plays nothing, or nothing that is opened here.
    Idle,
    /// The media is being opened, or will be.
    Opening,
    /// The media was given up, for this reason if it is known.
    GivenUp(Option<&'a MediaProblem>),
    /// The media's data does not come.
    NoData,
    /// The player cannot seek in the media, and reads on to where the room is.
    ReadingOn(ReadSoFar),
    /// It is paused, or at the end of the media.
    Paused,
    /// It reported that it plays, and its data comes.
    Playing,
}

impl Follower {
    /// What the player does: the first of these that is true.
    #[must_use]
    pub fn player_state(&self) -> PlayerState<'_> {
        match self.process.state() {
            ProcessState::Off => PlayerState::Off,
            gone @ (ProcessState::Closed(_) | ProcessState::Unusable(_)) => PlayerState::Gone(gone),
            _ if self.process.is_frozen() => PlayerState::Frozen,
            ProcessState::Ready { .. } if self.timeline.playing.is_none() => PlayerState::Idle,
            ProcessState::Ready { .. } => self.media_state(),
            _ => PlayerState::Starting,
        }
    }

    /// What the player makes of the media that the room plays.
    fn media_state(&self) -> PlayerState<'_> {
        let Some(loaded) = self.loaded.as_ref().filter(|_| self.has_the_rooms()) else {
            return PlayerState::Opening;
        };
        match loaded.stage {
            _ if self.awaits_data() => PlayerState::NoData,
            _ if self.awaits_load() => PlayerState::Opening,
            _ if self.is_silent() => PlayerState::GivenUp(self.silent_problem()),
            LoadStage::Failed => PlayerState::GivenUp(loaded.failure.as_ref()),
            LoadStage::Opening => PlayerState::Opening,
            LoadStage::Opened(_) | LoadStage::Up => match self.reading() {
                Some(read) => PlayerState::ReadingOn(read),
                None if self.stall.is_some() => PlayerState::NoData,
                None if self.echo.plays() && !self.timeline.finished => PlayerState::Playing,
                None => PlayerState::Paused,
            },
        }
    }

    /// What the running player does without, as far as known.
    #[must_use]
    pub const fn lacks(&self) -> Option<Lack> {
        self.process.lacks()
    }

    /// Whether the media is open and its first picture is on the way, so that nothing can be
    /// compared yet.
    pub(super) fn awaits_first_picture(&self) -> bool {
        let opened = matches!(
            self.loaded.as_ref().map(|loaded| loaded.stage),
            Some(LoadStage::Opened(_))
        );
        opened && !self.awaits_data() && !self.is_silent()
    }
}
