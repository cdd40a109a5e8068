//! When a medium that does not play is given up, and what the room and the member are told.
//!
//! One rule for a medium that shows no picture (README, "How links are fetched"): after
//! [`Medium::limit`] it is given up, for the room and for the member, with its last known
//! reason. Where the reason may pass, the tries go on in silence by the later steps of the
//! schedule until two minutes are over; if it opens then, the room hears that it plays.
//!
//! Of a direct link the relay gives a load up a moment before: it knows the reason. The limit
//! here is for what the relay does not fetch, and for a player that asks it for nothing.

use super::medium::{Medium, Stage};
use super::stall::Stall;
use super::trouble::{Trouble, WELL_AFTER};
use super::{Follower, Output};
use crate::media::fault::{Fault, FaultKind};
use crate::protocol::command::Report;
use crate::protocol::failure::FailureCode;
use crate::protocol::ids::Epoch;
use crate::protocol::time::{LocalTime, Span};
use crate::sync::player::{MediaProblem, PlayerCommand};

/// Below the player a load may be in trouble for this long before the room hears of it: a server
/// that restarts is back by then (judgement: after the third try).
const LOAD_TROUBLE: Span = Span::seconds(5);

impl Trouble {
    /// What the room is told of it.
    pub(super) fn code(&self) -> FailureCode {
        let code = self.problem.as_ref().map(MediaProblem::code);
        code.unwrap_or_default()
    }

    /// Whether it never showed a picture, and does not now.
    const fn is_load(&self) -> bool {
        !self.was_up && self.mended.is_none()
    }
}

impl Follower {
    /// Tells the room once that what did not open so far is tried again.
    pub(super) fn tell_tries(&mut self, epoch: Epoch, code: FailureCode, out: &mut Vec<Output>) {
        if self.told_tries.replace(epoch) != Some(epoch) {
            out.push(failure(epoch, code, true));
        }
    }

    /// Tells the room why a player that it knows to lack data does, once that is known: should
    /// nobody play the film, that is the reason.
    pub(super) fn tell_stall_cause(&mut self, out: &mut Vec<Output>) {
        let cause = self.interruption().map(|known| known.problem.code());
        let medium = self.medium.as_ref();
        if let (Some(code), Some(medium), Some(stall)) = (cause, medium, &mut self.stall)
            && stall.take_cause(code)
        {
            out.push(failure(medium.epoch, code, true));
        }
    }

    /// Tells the room of a load that is in trouble below the player.
    fn tell_load_trouble(&mut self, now: LocalTime, out: &mut Vec<Output>) {
        if self.load_trouble_at().is_some_and(|at| at <= now)
            && let Some(medium) = &self.medium
            && let Some(refetch) = medium.refetch
        {
            self.tell_tries(medium.epoch, FailureCode::from(refetch.fault), out);
        }
    }

    /// When the room hears of a load that is in trouble below the player.
    pub(super) fn load_trouble_at(&self) -> Option<LocalTime> {
        let medium = self.medium.as_ref().filter(|medium| medium.opens())?;
        let problem = MediaProblem::Fetch(medium.refetch?.fault);
        let untold = self.told_tries != Some(medium.epoch) && self.trouble.is_none();
        (untold && problem.is_tried_again()).then_some(medium.ordered + LOAD_TROUBLE)
    }

    /// The medium is not tried again.
    pub(super) fn give_up(&mut self, problem: MediaProblem, out: &mut Vec<Output>) {
        let silent = |trouble: &Trouble| trouble.silent.then(|| trouble.code());
        let told_code = self.trouble.take().as_ref().and_then(silent);
        self.error = None;
        // The room hears that a stall is over once the medium plays after all.
        self.stall = self.stall.filter(Stall::is_reported);
        let Some(medium) = &mut self.medium else {
            return;
        };
        medium.stage = Stage::Failed;
        let code = problem.code();
        let told = medium.failure.replace(problem);
        let failure = failure(medium.epoch, code, false);
        // What a member does in the window is no fault of the link.
        let own = matches!(medium.failure, Some(MediaProblem::Stopped));
        let replaced = matches!(medium.failure, Some(MediaProblem::Replaced));
        let known = (told.is_some() && replaced) || told_code == Some(code);
        if !own && !known {
            out.push(failure);
        }
    }

    /// What the room has to hear anew of a medium that does not play, or came to its end.
    pub(super) fn repeated_trouble(&self) -> Option<Output> {
        let medium = self.medium.as_ref()?;
        let epoch = medium.epoch;
        let told = self.stall.as_ref().and_then(Stall::told_cause);
        if let Some(code) = told {
            return Some(failure(epoch, code, true));
        }
        match (&self.trouble, &medium.failure) {
            (Some(trouble), _) if self.is_silent() => Some(failure(epoch, trouble.code(), false)),
            (Some(trouble), _) if self.awaits_load() && self.told_tries == Some(epoch) => {
                Some(failure(epoch, trouble.code(), true))
            }
            (None, Some(problem)) if medium.stage == Stage::Failed => {
                let own = matches!(problem, MediaProblem::Stopped);
                (!own).then(|| failure(epoch, problem.code(), false))
            }
            _ => medium.told_end.map(|end| {
                let place = Some(end);
                Output::Report(Report::Ended { epoch, place })
            }),
        }
    }

    /// Gives up a load that takes too long, and forgets a trouble that is over.
    pub(super) fn settle_trouble(&mut self, now: LocalTime, out: &mut Vec<Output>) {
        let late = |medium: &&Medium| medium.load_limit().is_some_and(|limit| limit <= now);
        if let Some(epoch) = self.medium.as_ref().filter(late).map(|m| m.epoch) {
            self.order(PlayerCommand::Unload, out);
            let fault = self.medium.as_ref().and_then(|medium| medium.fault);
            let slow = MediaProblem::Fetch(Fault::here(FaultKind::TookTooLong));
            let problem = fault.map_or(slow, MediaProblem::GivenUp);
            self.failed(epoch, problem, now, out);
        }
        self.give_up_load(now, out);
        self.tell_load_trouble(now, out);
        let well = |trouble: &Trouble| trouble.mended.is_some_and(|at| at + WELL_AFTER <= now);
        if self.trouble.as_ref().is_some_and(well) {
            self.trouble = None;
        }
    }

    /// The time that a load may take is over.
    pub(super) fn limit_is_over(&mut self, now: LocalTime) {
        if let Some(trouble) = &mut self.trouble {
            trouble.limit = trouble.limit.min(now);
        }
    }

    /// Whether what shows no picture is given up by now.
    pub(super) fn is_given_up_by(&self, now: LocalTime) -> bool {
        let over = |trouble: &Trouble| trouble.is_load() && trouble.limit <= now;
        self.trouble.as_ref().is_some_and(over)
    }

    /// When a load that is tried again counts as given up, unless it does already.
    pub(super) fn tries_limit(&self) -> Option<LocalTime> {
        let trouble = self.trouble.as_ref()?;
        (trouble.is_load() && !trouble.silent).then_some(trouble.limit)
    }

    /// Tells once that what shows no picture is given up.
    pub(super) fn give_up_load(&mut self, now: LocalTime, out: &mut Vec<Output>) {
        if self.tries_limit().is_none_or(|limit| limit > now) {
            return;
        }
        if let (Some(trouble), Some(medium)) = (&mut self.trouble, &self.medium) {
            trouble.silent = true;
            self.told_tries = Some(medium.epoch);
            out.push(failure(medium.epoch, trouble.code(), false));
        }
    }

    /// Whether it was given up as far as anybody is told, and the tries go on.
    pub(super) fn is_silent(&self) -> bool {
        let silent = |trouble: &Trouble| trouble.silent && trouble.is_load();
        self.trouble.as_ref().is_some_and(silent)
    }

    /// Why a medium that is tried again in silence does not play.
    pub(super) fn silent_problem(&self) -> Option<&MediaProblem> {
        let trouble = self.trouble.as_ref().filter(|_| self.is_silent())?;
        trouble.problem.as_ref()
    }
}

/// A failure's report.
fn failure(epoch: Epoch, code: FailureCode, retrying: bool) -> Output {
    Output::Report(Report::Failed {
        epoch,
        code,
        retrying,
    })
}
