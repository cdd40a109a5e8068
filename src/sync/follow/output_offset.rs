//! How late the sound device is: the player makes up for it, so that what is heard, and the picture
//! with it, stays on the room's timeline.
//!
//! The player moves its picture against its sound at once; where that leaves the picture is read
//! as any other error, and worked off by speed. So a large change goes in steps that speed can work
//! off: nothing is sought because of it.

use super::{FollowOutput, Follower};
use crate::protocol::time::{LocalTime, Span};
use crate::sync::player::PlayerCommand;

/// The most that is changed at once while the player runs: below the error at which it would seek.
const STEP: Span = Span::millis(400);

/// Up to this error the last step counts as worked off (judgement).
const WORKED_OFF: Span = Span::millis(60);

/// How long after a step the error may still be that of before: two readings.
const SETTLING: Span = Span::millis(500);

/// The offset that is wanted, and how much of it the player makes up for.
#[derive(Debug, Default)]
pub(super) struct OutputOffset {
    wanted: Span,
    ordered: Span,
    /// When the last step was ordered.
    stepped_at: Option<LocalTime>,
}

impl OutputOffset {
    /// The offset is another one from now on.
    pub(super) const fn want(&mut self, offset: Span) {
        self.wanted = offset;
    }

    /// The player is another one, which makes up for nothing yet.
    pub(super) const fn forget_player(&mut self) {
        self.ordered = Span::ZERO;
        self.stepped_at = None;
    }
}

impl Follower {
    /// Orders the next step towards the offset that is wanted.
    pub(super) fn reconcile_output(&mut self, now: LocalTime, out: &mut Vec<FollowOutput>) {
        let change = self.output.wanted - self.output.ordered;
        if change == Span::ZERO {
            return;
        }
        let runs = self.is_up() && self.echo.believed_paused() == Some(false);
        if runs && !self.has_worked_off(now) {
            return;
        }
        let step = if runs {
            Span(change.0.clamp(-STEP.0, STEP.0))
        } else {
            change
        };
        self.output.ordered = self.output.ordered + step;
        self.output.stepped_at = Some(now);
        self.drift.forget_orders();
        self.order(PlayerCommand::SetOutputOffset(self.output.ordered), out);
    }

    /// Whether the player is in step again since the last step.
    fn has_worked_off(&self, now: LocalTime) -> bool {
        let Some(stepped) = self.output.stepped_at else {
            return true;
        };
        let settled = now >= stepped + SETTLING;
        settled
            && self
                .error
                .is_some_and(|(error, at)| error.abs() <= WORKED_OFF && at > stepped)
    }
}
