//! What the room should hear of this player.

use super::Follower;
use super::Output;
use super::medium::{Stage, Stall};
use crate::protocol::command::Report;
use crate::protocol::ids::Epoch;
use crate::protocol::time::LocalTime;
use crate::sync::player::MediaProblem;

impl Follower {
    /// The player ran dry, or goes on.
    pub(super) fn stalled(&mut self, stalled: bool, now: LocalTime, out: &mut Vec<Output>) {
        let seeks = self.echo.is_seeking();
        let Some(medium) = &mut self.medium else {
            return;
        };
        match &mut medium.stall {
            Some(stall) if stalled => stall.over_on_arrival = false,
            Some(stall) if seeks => stall.over_on_arrival = true,
            None if stalled => medium.stall = Some(Stall::since(now)),
            _ => self.data_came(now, out),
        }
    }

    /// Ends a stall whose seek has arrived.
    pub(super) fn end_stall_on_arrival(&mut self, now: LocalTime, out: &mut Vec<Output>) {
        let stall = self.medium.as_ref().and_then(|medium| medium.stall);
        if stall.is_some_and(|stall| stall.over_on_arrival) && !self.echo.is_seeking() {
            self.data_came(now, out);
        }
    }

    /// The player has data again.
    fn data_came(&mut self, now: LocalTime, out: &mut Vec<Output>) {
        self.report_stall_over(out);
        self.drift.forget_orders();
        self.steer_later(now);
    }

    /// Reports a stall that lasts, if the film should run.
    pub(super) fn report_stall(&mut self, now: LocalTime, out: &mut Vec<Output>) {
        let runs = !self.timeline.stands() && !self.awaits_start(now);
        let Some(medium) = &mut self.medium else {
            return;
        };
        let due = medium.stall_report_at().is_some_and(|due| due <= now);
        let epoch = medium.epoch;
        if let Some(stall) = medium.stall.as_mut().filter(|_| due) {
            if runs && medium.stage == Stage::Up {
                stall.reported = true;
                out.push(stall_report(epoch, true));
            } else {
                // It counts from when it matters.
                stall.since = now;
            }
        }
    }

    /// Ends a stall, and says so if it was reported.
    pub(super) fn report_stall_over(&mut self, out: &mut Vec<Output>) {
        let Some(medium) = &mut self.medium else {
            return;
        };
        let epoch = medium.epoch;
        if medium.stall.take().is_some_and(|stall| stall.reported) {
            out.push(stall_report(epoch, false));
        }
    }

    /// Who does not answer is not waited for; should the stall outlast that, it counts anew.
    pub(super) fn suspend_stall(&mut self, now: LocalTime, out: &mut Vec<Output>) {
        let stall = self.medium.as_ref().and_then(|medium| medium.stall);
        self.report_stall_over(out);
        if let (Some(medium), Some(stall)) = (&mut self.medium, stall) {
            medium.stall = Some(Stall {
                since: now,
                reported: false,
                ..stall
            });
        }
    }

    /// The medium did not play.
    pub(super) fn failed(&mut self, epoch: Epoch, problem: &MediaProblem, out: &mut Vec<Output>) {
        let Some(medium) = self.medium.as_mut().filter(|m| m.epoch == epoch) else {
            return;
        };
        let told = std::mem::replace(&mut medium.stage, Stage::Failed) == Stage::Failed;
        self.error = None;
        // What a member does in the window is no fault of the link.
        let own = matches!(problem, MediaProblem::Stopped);
        if own || (told && matches!(problem, MediaProblem::Replaced)) {
            return;
        }
        out.push(Output::Report(Report::Failed {
            epoch,
            code: problem.code(),
            retrying: false,
        }));
    }
}

/// A stall's report.
const fn stall_report(epoch: Epoch, stalled: bool) -> Output {
    Output::Report(Report::Stalled { epoch, stalled })
}
