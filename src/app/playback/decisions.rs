//! The list behind `/why` and the health pane: it only remembers. What is decided and why stands
//! in [`crate::sync::follow`].

use std::collections::VecDeque;

use super::input::PlaybackView;
use crate::app::decision::Decision;
use crate::app::output::Output;
use crate::sync::follow::{Follower, SyncDecision};
#[cfg(test)]
use crate::test_support::length::Length;

/// How many decisions are kept: an evening's of a player that is well, minutes of one that
/// is not.
pub(in crate::app) const KEPT: usize = 100;

/// The last decisions about the own player.
#[derive(Debug, Default)]
pub(super) struct Decisions {
    /// Oldest first, at most [`KEPT`].
    kept: VecDeque<Decision>,
}

impl Decisions {
    /// Stores a decision and returns the output about it.
    pub(super) fn keep(
        &mut self,
        what: SyncDecision,
        follower: &Follower,
        view: &PlaybackView<'_>,
    ) -> Output {
        let at = follower.room_time(view.now);
        let decision = Decision {
            at,
            // Before the clocks were compared the media is where it was at the last event.
            position: view
                .room
                .map(|room| room.timeline.position(at.unwrap_or(room.at))),
            what,
        };
        self.kept.push_back(decision);
        while self.kept.len() > KEPT {
            self.kept.pop_front();
        }
        let asked = false;
        Output::Decision { decision, asked }
    }

    /// All that is kept, oldest first.
    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = &Decision> {
        self.kept.iter()
    }

    /// The number of decisions, beside the most.
    #[cfg(test)]
    pub(super) fn length(&self) -> Length {
        Length::new("decisions", self.kept.len(), KEPT)
    }

    /// All stored decisions, to be emitted again.
    pub(super) fn repeated(&self) -> impl Iterator<Item = Output> {
        self.kept.iter().map(|decision| Output::Decision {
            decision: *decision,
            asked: true,
        })
    }
}
