//! How fast lines go to the room: as they come, until the room says that they come too fast;
//! from then on one at a time, each tried again a few times.

use std::collections::BTreeMap;

use super::input::CommandSource;
use crate::protocol::member::Member;
use crate::protocol::time::LocalTime;
#[cfg(test)]
use crate::test_support::length::Length;

/// How often a line is sent again that came too fast (judgement: with one line on its way
/// at a time the second attempt succeeds, unless another window is as busy).
const MOST_TRIES: u8 = 8;

/// How fast lines go out.
#[derive(Debug, Clone, Default)]
pub(super) struct Pacing {
    /// How often each line was refused as too fast.
    tries: BTreeMap<u64, u8>,
    /// Whether lines are sent one at a time.
    is_slow: bool,
    /// Until when none is sent.
    rest_until: Option<LocalTime>,
}

impl Pacing {
    /// Whether another command may be sent while so many are unanswered.
    pub(super) fn allows_more(&self, unanswered: usize) -> bool {
        let most = if self.is_slow {
            1
        } else {
            Member::ANSWERED_KEPT
        };
        self.rest_until.is_none() && unanswered < most
    }

    /// A line came too fast and could be tried again at `again_at`. False if it was tried often
    /// enough.
    pub(super) fn slow_down(&mut self, line: u64, again_at: LocalTime) -> bool {
        let tries = self.tries.entry(line).or_default();
        *tries += 1;
        if *tries > MOST_TRIES {
            return false;
        }
        self.is_slow = true;
        self.rest_until = self.rest_until.max(Some(again_at));
        true
    }

    /// What came from there is answered: its tries are forgotten.
    pub(super) fn answered(&mut self, source: CommandSource) {
        if let CommandSource::Line(line) = source {
            self.tries.remove(&line);
        }
    }

    /// How many lines were refused as too fast, while so many are open.
    #[cfg(test)]
    pub(super) fn length(&self, open: usize) -> Length {
        Length::new("lines tried again", self.tries.len(), open)
    }

    /// Ends the rest at its time. Once nothing is open any more (`is_idle`), lines go out as
    /// they come again.
    pub(super) fn update(&mut self, is_idle: bool, now: LocalTime) {
        if is_idle {
            *self = Self::default();
        } else if self.rest_until.is_some_and(|until| until <= now) {
            self.rest_until = None;
        }
    }

    /// When the rest ends.
    pub(super) fn next_deadline(&self) -> Option<LocalTime> {
        self.rest_until
    }
}
