//! What is decided about the player, as its member may read it: orders, and when speed begins or
//! ceases to be bent, a seek is put off, or media is given up.

use super::cause::{PlayerOrder, SyncAction, SyncCause, SyncDecision};
use super::sync_state::{SyncState, Unsynced};
use super::{FollowOutput, Follower};
use crate::protocol::time::{LocalTime, Span};
use crate::sync::player::PlayerCommand;

/// Small corrections of speed that follow each other within this time are reported as one
/// (judgement: a list of a hundred should reach back for many minutes).
const TOGETHER: Span = Span::seconds(10);

/// Up to this error the speed counts as the room's again since the player is in step: where the
/// audible correction ends (judgement).
const STRAIGHT: Span = Span::millis(20);

/// A speed this near to the room's rate, as a part of it, is that rate, bent: the most that
/// speed is bent is a tenth, on top of a player's own skew.
const BENT: f64 = 0.12;

/// What distinguishes one decision from the next.
#[derive(Debug)]
pub(super) struct LastDecisions {
    /// The room's rate when it was last reported.
    rate: f64,
    /// When the speed was last bent.
    bent_at: Option<LocalTime>,
    action: Option<SyncAction>,
}

impl Default for LastDecisions {
    fn default() -> Self {
        Self {
            rate: 1.0,
            bent_at: None,
            action: None,
        }
    }
}

/// What was known before an input, to see what it changes.
#[derive(Debug, Clone, Copy)]
pub(super) struct StateBefore {
    state: SyncState,
    error: Option<Span>,
}

impl Follower {
    /// What is known now, to be compared after the next input.
    pub(super) fn state_before(&self) -> StateBefore {
        StateBefore {
            state: self.state(),
            error: self.recent_error(),
        }
    }

    /// Adds what was decided to what is to be done.
    pub(super) fn add_decisions(
        &mut self,
        before: StateBefore,
        now: LocalTime,
        out: &mut Vec<FollowOutput>,
    ) {
        let state = self.state();
        let mut decided = Vec::new();
        for output in out.iter() {
            if let FollowOutput::Order(PlayerOrder { what, why }) = output {
                let action = self.action_of(what);
                decided.extend(action.map(|action| (action, *why)));
            }
        }
        self.last.action = decided
            .last()
            .map(|(action, _)| *action)
            .or(self.last.action);
        decided.extend(self.change_of_state(before.state, state, now));
        self.last.action = decided
            .last()
            .map(|(action, _)| *action)
            .or(self.last.action);
        if decided.is_empty() {
            return;
        }
        let error = self.recent_error().or(before.error);
        let bound = self.clock.bound(now);
        out.extend(decided.into_iter().map(|(action, cause)| {
            FollowOutput::Decided(SyncDecision {
                action,
                cause,
                error,
                bound,
                state,
            })
        }));
    }

    /// What an order amounts to; a speed only if it is another rate of the room.
    fn action_of(&mut self, order: &PlayerCommand) -> Option<SyncAction> {
        match order {
            PlayerCommand::Load { start, .. } => Some(SyncAction::Load(*start)),
            PlayerCommand::Seek(to) => Some(SyncAction::Seek(*to)),
            PlayerCommand::SetPaused(true) => Some(SyncAction::Pause),
            PlayerCommand::SetPaused(false) => Some(SyncAction::Play),
            PlayerCommand::SetSpeed { speed, .. } => {
                let rate = self.timeline.segment.rate.factor();
                let is_new = (rate - self.last.rate).abs() > f64::EPSILON;
                let is_rate = (speed / rate - 1.0).abs() < BENT;
                (is_new && is_rate).then(|| {
                    self.last.rate = rate;
                    SyncAction::SetRate(rate)
                })
            }
            _ => None,
        }
    }

    /// Whether speed begins or ceases to be bent, nothing is done for a while, or the media is
    /// given up. What is bent again and again by little is reported once in a while only.
    fn change_of_state(
        &mut self,
        before: SyncState,
        state: SyncState,
        now: LocalTime,
    ) -> Option<(SyncAction, SyncCause)> {
        match (before, state) {
            _ if before == state => None,
            (_, SyncState::Unsynced(Unsynced::BackingOff)) => {
                Some((SyncAction::BackOff, SyncCause::Drift))
            }
            (_, SyncState::Unsynced(Unsynced::Failed)) => {
                Some((SyncAction::GiveUp, SyncCause::DoesNotPlay))
            }
            (_, SyncState::Nudging) => {
                let lately = self.last.bent_at.is_some_and(|at| now - at < TOGETHER);
                self.last.bent_at = Some(now);
                let bend = SyncAction::BendSpeed {
                    speed: self.echo.ordered_speed(),
                    rate: self.timeline.segment.rate.factor(),
                };
                (!lately).then_some((bend, SyncCause::Drift))
            }
            (SyncState::Nudging, SyncState::Holding) => {
                // At the end of media nothing is bent any more, however far off the player is.
                let close = self
                    .recent_error()
                    .is_some_and(|error| error.abs() <= STRAIGHT);
                let was_reported = matches!(self.last.action, Some(SyncAction::BendSpeed { .. }));
                let restore = SyncAction::RestoreSpeed(self.timeline.segment.rate.factor());
                (was_reported && close).then_some((restore, SyncCause::Drift))
            }
            _ => None,
        }
    }
}
