//! What the goodbye reports: how long the visit was, how much media and how many reactions it had,
//! how much of it was in step.

use crate::protocol::ids::Epoch;
use crate::protocol::time::LocalTime;
use crate::sync::follow::{Status, SyncState};

/// Figures of one visit, from the first room that was joined to the end of the client.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VisitStats {
    since: Option<LocalTime>,
    media: u32,
    reactions: u32,
    was_removed: bool,
    /// The epoch of the media that was counted last.
    last: Option<Epoch>,
    /// Measurements in step, of all that were made.
    in_step: u32,
    measured: u32,
}

impl VisitStats {
    /// When the first room was joined.
    #[must_use]
    pub const fn since(&self) -> Option<LocalTime> {
        self.since
    }

    /// How often other media came on.
    #[must_use]
    pub const fn media(&self) -> u32 {
        self.media
    }

    /// How many reactions were seen.
    #[must_use]
    pub const fn reactions(&self) -> u32 {
        self.reactions
    }

    /// Whether the member was kicked or banned from the last room, or it was closed: they get no
    /// goodbye, and no way back.
    #[must_use]
    pub const fn was_removed(&self) -> bool {
        self.was_removed
    }

    /// A room was joined.
    pub(super) fn joined(&mut self, now: LocalTime) {
        self.since = self.since.or(Some(now));
        self.last = None;
        self.was_removed = false;
    }

    /// The member was kicked or banned, or the room was closed.
    pub(super) fn removed(&mut self) {
        self.was_removed = true;
    }

    /// Counts a reaction, whoever sent it.
    pub(super) fn reacted(&mut self) {
        self.reactions = self.reactions.saturating_add(1);
    }

    /// Media came on.
    pub(super) fn media_began(&mut self, epoch: Epoch) {
        if self.last != Some(epoch) {
            self.media += 1;
            self.last = Some(epoch);
        }
    }

    /// How well in step the player is, measured once a second while it plays.
    pub(super) fn measured(&mut self, status: &Status) {
        let close = status.is_in_step();
        let is_measured = status.error.is_some()
            || matches!(status.state, SyncState::Buffering | SyncState::ReadingOn);
        self.measured += u32::from(is_measured);
        self.in_step += u32::from(is_measured && close);
    }

    /// The share of the time in step, in percent, once it was measured.
    #[must_use]
    pub fn in_step_percent(&self) -> Option<u32> {
        (self.in_step * 100).checked_div(self.measured)
    }
}
