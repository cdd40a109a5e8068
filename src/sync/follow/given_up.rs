//! When media that does not play is given up, and what is reported to the room and the member.
//!
//! One rule for media that shows no picture (`docs/guide.md`, "How links are fetched"): after
//! [`LoadedMedia::limit`] it is given up, for the room and for the member, with its last known
//! reason. Where the reason may pass, the tries go on in silence by the later steps of the schedule
//! until two minutes are over; if it opens then, that is reported to the room.
//!
//! The relay gives up the load of a direct link a moment earlier, with the reason. The limit here
//! is for media that the relay does not fetch, and for a player that asks the relay for nothing.

use super::loaded_media::{LoadStage, LoadedMedia};
use super::media_retry::{MediaRetry, WELL_AFTER};
use super::stall::Stall;
use super::{FollowOutput, Follower};
use crate::media::fault::{FaultKind, MediaFault};
use crate::protocol::command::Report;
use crate::protocol::failure::FailureCode;
use crate::protocol::ids::Epoch;
use crate::protocol::time::{LocalTime, Span};
use crate::sync::player::{MediaProblem, PlayerCommand};

/// Below the player a load may be in trouble for this long before it is reported: a server
/// that restarts is back by then (judgement: after the third try).
const LOAD_TROUBLE: Span = Span::seconds(5);

impl MediaRetry {
    /// What is reported of it to the room.
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
    /// Reports once that media which did not open so far is tried again.
    pub(super) fn report_tries(
        &mut self,
        epoch: Epoch,
        code: FailureCode,
        out: &mut Vec<FollowOutput>,
    ) {
        if self.reported_tries.replace(epoch) != Some(epoch) {
            out.push(failure(epoch, code, true));
        }
    }

    /// Reports why a player has no data, once the room knows that it has none: if nobody can play
    /// the media, the room gives this reason.
    pub(super) fn report_stall_cause(&mut self, out: &mut Vec<FollowOutput>) {
        let cause = self.interruption().map(|known| known.problem.code());
        let loaded = self.loaded.as_ref();
        if let (Some(code), Some(loaded), Some(stall)) = (cause, loaded, &mut self.stall)
            && stall.take_cause(code)
        {
            out.push(failure(loaded.epoch, code, true));
        }
    }

    /// Reports a load that is in trouble below the player.
    fn report_load_trouble(&mut self, now: LocalTime, out: &mut Vec<FollowOutput>) {
        if self.load_trouble_at().is_some_and(|at| at <= now)
            && let Some(loaded) = &self.loaded
            && let Some(refetch) = loaded.refetch
        {
            self.report_tries(loaded.epoch, FailureCode::from(refetch.fault), out);
        }
    }

    /// When a load that is in trouble below the player is reported.
    pub(super) fn load_trouble_at(&self) -> Option<LocalTime> {
        let loaded = self.loaded.as_ref().filter(|loaded| loaded.opens())?;
        let problem = MediaProblem::Fetch(loaded.refetch?.fault);
        let unreported = self.reported_tries != Some(loaded.epoch) && self.retry.is_none();
        (unreported && problem.is_tried_again()).then_some(loaded.ordered + LOAD_TROUBLE)
    }

    /// The media is not tried again.
    pub(super) fn give_up(&mut self, problem: MediaProblem, out: &mut Vec<FollowOutput>) {
        let silent = |retry: &MediaRetry| retry.silent.then(|| retry.code());
        let reported_code = self.retry.take().as_ref().and_then(silent);
        self.error = None;
        // A stall is reported as over once the media plays after all.
        self.stall = self.stall.filter(Stall::is_reported);
        let Some(loaded) = &mut self.loaded else {
            return;
        };
        loaded.stage = LoadStage::Failed;
        let code = problem.code();
        let before = loaded.failure.replace(problem);
        let failure = failure(loaded.epoch, code, false);
        // What a member does in the window is no fault of the link.
        let own = matches!(loaded.failure, Some(MediaProblem::Stopped));
        let replaced = matches!(loaded.failure, Some(MediaProblem::Replaced));
        let known = (before.is_some() && replaced) || reported_code == Some(code);
        if !own && !known {
            out.push(failure);
        }
    }

    /// What has to be reported anew of media that does not play, or came to its end.
    pub(super) fn repeated_failure(&self) -> Option<FollowOutput> {
        let loaded = self.loaded.as_ref()?;
        let epoch = loaded.epoch;
        let before = self.stall.as_ref().and_then(Stall::reported_cause);
        if let Some(code) = before {
            return Some(failure(epoch, code, true));
        }
        match (&self.retry, &loaded.failure) {
            (Some(retry), _) if self.is_silent() => Some(failure(epoch, retry.code(), false)),
            (Some(retry), _) if self.awaits_load() && self.reported_tries == Some(epoch) => {
                Some(failure(epoch, retry.code(), true))
            }
            (None, Some(problem)) if loaded.stage == LoadStage::Failed => {
                let own = matches!(problem, MediaProblem::Stopped);
                (!own).then(|| failure(epoch, problem.code(), false))
            }
            _ => loaded.reported_end.map(|end| {
                let place = Some(end);
                FollowOutput::Report(Report::Ended { epoch, place })
            }),
        }
    }

    /// Gives up a load that takes too long, and forgets a retry that succeeded.
    pub(super) fn reconcile_retry(&mut self, now: LocalTime, out: &mut Vec<FollowOutput>) {
        let late = |loaded: &&LoadedMedia| loaded.load_limit().is_some_and(|limit| limit <= now);
        if let Some(epoch) = self.loaded.as_ref().filter(late).map(|m| m.epoch) {
            self.order(PlayerCommand::Unload, out);
            let fault = self.loaded.as_ref().and_then(|loaded| loaded.fault);
            let slow = MediaProblem::Fetch(MediaFault::here(FaultKind::TookTooLong));
            let problem = fault.map_or(slow, MediaProblem::GivenUp);
            self.failed(epoch, problem, now, out);
        }
        self.give_up_load(now, out);
        self.report_load_trouble(now, out);
        let well = |retry: &MediaRetry| retry.mended.is_some_and(|at| at + WELL_AFTER <= now);
        if self.retry.as_ref().is_some_and(well) {
            self.retry = None;
        }
    }

    /// The time that a load may take is over.
    pub(super) fn limit_is_over(&mut self, now: LocalTime) {
        if let Some(retry) = &mut self.retry {
            retry.limit = retry.limit.min(now);
        }
    }

    /// Whether media that shows no picture counts as given up by now.
    pub(super) fn is_given_up_by(&self, now: LocalTime) -> bool {
        let over = |retry: &MediaRetry| retry.is_load() && retry.limit <= now;
        self.retry.as_ref().is_some_and(over)
    }

    /// When a load that is tried again counts as given up, unless it does already.
    pub(super) fn tries_limit(&self) -> Option<LocalTime> {
        let retry = self.retry.as_ref()?;
        (retry.is_load() && !retry.silent).then_some(retry.limit)
    }

    /// Reports once that media which shows no picture is given up.
    pub(super) fn give_up_load(&mut self, now: LocalTime, out: &mut Vec<FollowOutput>) {
        if self.tries_limit().is_none_or(|limit| limit > now) {
            return;
        }
        if let (Some(retry), Some(loaded)) = (&mut self.retry, &self.loaded) {
            retry.silent = true;
            self.reported_tries = Some(loaded.epoch);
            out.push(failure(loaded.epoch, retry.code(), false));
        }
    }

    /// Whether it was reported to everybody that it is given up, while the tries go on.
    pub(super) fn is_silent(&self) -> bool {
        let silent = |retry: &MediaRetry| retry.silent && retry.is_load();
        self.retry.as_ref().is_some_and(silent)
    }

    /// Why media that is tried again in silence does not play.
    pub(super) fn silent_problem(&self) -> Option<&MediaProblem> {
        let retry = self.retry.as_ref().filter(|_| self.is_silent())?;
        retry.problem.as_ref()
    }
}

/// A failure's report.
fn failure(epoch: Epoch, code: FailureCode, retrying: bool) -> FollowOutput {
    FollowOutput::Report(Report::Failed {
        epoch,
        code,
        retrying,
    })
}
