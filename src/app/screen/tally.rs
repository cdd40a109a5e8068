//! What the goodbye tells: how long, how many films, how much of it in step.

use crate::protocol::ids::Epoch;
use crate::protocol::time::LocalTime;
use crate::sync::follow::{Status, SyncState};

/// What an evening was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// When the first room was joined.
    pub since: Option<LocalTime>,
    /// How many films were on.
    pub films: u32,
    /// How many reactions floated by.
    pub reactions: u32,
    /// Whether somebody sent the member out of the last room: nobody says goodbye to them, nor
    /// names the way back.
    pub was_sent_out: bool,
    last: Option<Epoch>,
    in_step: u32,
    looked: u32,
}

impl Tally {
    /// A room was joined.
    pub(super) fn joined(&mut self, now: LocalTime) {
        self.since = self.since.or(Some(now));
        self.last = None;
        self.was_sent_out = false;
    }

    /// A film is on.
    pub(super) fn film(&mut self, epoch: Epoch) {
        if self.last != Some(epoch) {
            self.films += 1;
            self.last = Some(epoch);
        }
    }

    /// Once a second of playing: how well in step.
    pub(super) fn looked(&mut self, status: &Status) {
        let close = status.is_in_step();
        let measured = status.error.is_some()
            || matches!(status.state, SyncState::Buffering | SyncState::ReadingOn);
        self.looked += u32::from(measured);
        self.in_step += u32::from(measured && close);
    }

    /// The share of the time in step, in percent, once it was looked at.
    #[must_use]
    pub fn in_step_percent(&self) -> Option<u32> {
        (self.in_step * 100).checked_div(self.looked)
    }
}
