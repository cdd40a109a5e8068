//! The member's actions that the room has not answered yet, and what the room will be once it has:
//! a second action is compared with that, and not with the room before the first.

use std::collections::VecDeque;

use super::UserAction;
use crate::protocol::time::{LocalTime, Rate, Span};
#[cfg(test)]
use crate::test_support::length::Length;

/// An action that the app has not answered by now is undone: longer than any round trip that
/// could still be answered.
pub(in crate::sync) const ANSWER_LIMIT: Span = Span::seconds(10);

/// The least time between two jumps that are passed on: held keys and a dragged seek bar make
/// thirty a second, a member may cause five messages a second.
const JUMP_GAP: Span = Span::millis(400);

/// The least time between two returns to the timeline: members who try two keys at once are
/// brought back as fast as they can see it.
const FIRST_REST: Span = Span::millis(250);

/// The longest that this time grows to, for players that never stay where they are put.
const LONGEST_REST: Span = Span::seconds(5);

/// After this long without a return, or a refused action, the next ones are fast again.
const FORGIVEN: Span = Span::seconds(10);

/// So many actions in a row are undone at once (judgement: members who try a few keys see each of
/// them undone). After that it is likelier a program or a headset that pauses the player
/// whenever it is resumed.
const AT_ONCE: u32 = 6;

/// The actions that are not answered yet.
#[derive(Debug, Clone, Default)]
pub(super) struct UnansweredActions {
    unanswered: VecDeque<UserAction>,
    /// Until when their answers are waited for.
    limit: Option<LocalTime>,
    /// One of them was refused: the player jumps back once all are answered, but not before.
    return_at: Option<LocalTime>,
    /// When the last jump was passed on.
    jumped: Option<LocalTime>,
    /// Whether the member jumped again since.
    jump_waits: bool,
    returned: Option<LocalTime>,
    rest: Span,
    /// How many actions in a row were refused, none of them [`FORGIVEN`] after the one before.
    refusals: u32,
    /// When the last action was refused.
    refused_at: Option<LocalTime>,
}

impl UnansweredActions {
    /// Whether the member is doing something that the room has not judged yet, or has done so
    /// much that was undone that the player is left alone for a while.
    pub(super) fn is_any(&self) -> bool {
        let rests = self.backs_off() && self.refusals > AT_ONCE;
        !self.unanswered.is_empty() || self.jump_waits || rests
    }

    /// Whether the jump back to the timeline waits, since there were so many. The first
    /// [`AT_ONCE`] pauses and speeds are undone meanwhile: that needs no jump.
    pub(super) fn backs_off(&self) -> bool {
        self.unanswered.is_empty() && self.return_at.is_some()
    }

    /// Whether the media will stand, if one of the open actions says so.
    pub(super) fn will_be_paused(&self) -> Option<bool> {
        self.unanswered
            .iter()
            .rev()
            .find_map(|action| match action {
                UserAction::Pause { .. } => Some(true),
                UserAction::Resume { .. } => Some(false),
                UserAction::Seek { .. } | UserAction::Speed(_) => None,
            })
    }

    /// How fast the media will run, if one of the open actions says so.
    pub(super) fn rate(&self) -> Option<Rate> {
        self.unanswered
            .iter()
            .rev()
            .find_map(|action| match action {
                UserAction::Speed(rate) => Some(*rate),
                _ => None,
            })
    }

    /// Whether all are answered, so that the timeline is what the room is.
    pub(super) fn all_answered(&self) -> bool {
        self.unanswered.is_empty()
    }

    /// An action is passed on now.
    pub(super) fn add(&mut self, action: UserAction, now: LocalTime) {
        if matches!(action, UserAction::Seek { .. }) {
            self.jumped = Some(now);
            self.jump_waits = false;
        }
        self.unanswered.push_back(action);
        self.limit = Some(now + ANSWER_LIMIT);
    }

    /// The member jumped: whether that may be passed on now. If not, [`Self::jump_due`] says when,
    /// unless there is a newer one.
    pub(super) fn may_jump(&mut self, now: LocalTime) -> bool {
        self.jump_waits = true;
        self.jump_due(now)
    }

    /// Whether a jump that waits is to be passed on now: the last one is answered, and a moment has
    /// passed.
    pub(super) fn jump_due(&self, now: LocalTime) -> bool {
        self.jump_at().is_some_and(|at| at <= now)
    }

    /// When a jump that waits is to be passed on, once that is known.
    fn jump_at(&self) -> Option<LocalTime> {
        let open = self
            .unanswered
            .iter()
            .any(|action| matches!(action, UserAction::Seek { .. }));
        let last = self.jumped.unwrap_or(LocalTime(i64::MIN));
        (self.jump_waits && !open).then_some(last + JUMP_GAP)
    }

    /// The oldest action was accepted.
    pub(super) fn accepted(&mut self) {
        self.unanswered.pop_front();
        if self.unanswered.is_empty() {
            self.limit = None;
        }
    }

    /// The oldest action was refused.
    pub(super) fn refused(&mut self, now: LocalTime) {
        self.accepted();
        self.jump_waits = false;
        let again = self.refused_at.is_some_and(|last| now - last < FORGIVEN);
        self.refusals = if again {
            self.refusals.saturating_add(1)
        } else {
            1
        };
        self.refused_at = Some(now);
        let rested = self.returned.map_or(now, |last| last + self.rest);
        self.return_at.get_or_insert(rested.max(now));
    }

    /// Whether the player is to jump back to the timeline now; true once.
    pub(super) fn take_return(&mut self, now: LocalTime) -> bool {
        let unanswered = self.limit.is_some_and(|limit| limit <= now);
        let due = self.unanswered.is_empty() && self.return_at.is_some_and(|at| at <= now);
        if !(unanswered || due) {
            return false;
        }
        self.unanswered.clear();
        self.limit = None;
        self.return_at = None;
        let soon = self.returned.is_some_and(|last| now - last < FORGIVEN);
        self.rest = if soon {
            Span(self.rest.0.saturating_mul(2)).min(LONGEST_REST)
        } else {
            FIRST_REST
        };
        self.returned = Some(now);
        true
    }

    /// When [`Self::take_return`] or [`Self::jump_due`] has something to say. While the player
    /// seeks no jump is passed on.
    pub(super) fn next(&self, seeks: bool) -> Option<LocalTime> {
        let back = self.return_at.filter(|_| self.unanswered.is_empty());
        [self.limit, back, self.jump_at().filter(|_| !seeks)]
            .into_iter()
            .flatten()
            .min()
    }

    /// How many actions have no answer yet. All are forgotten [`ANSWER_LIMIT`] after the last of
    /// them, and a person makes two in a second at most.
    #[cfg(test)]
    pub(super) fn length(&self) -> Length {
        Length::new("unanswered actions", self.unanswered.len(), 20)
    }

    /// Other media is on: what was done in the last one is over.
    pub(super) fn forget(&mut self) {
        self.unanswered.clear();
        self.limit = None;
        self.return_at = None;
        self.jump_waits = false;
    }
}
