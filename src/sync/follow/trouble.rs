//! Media that end too early, break off or do not open: which of it is the end, what is tried
//! again, and when it is given up.

use super::medium::{Medium, Stage};
use super::stall::Stall;
use super::{Follower, Interruption, Output};
use crate::media::fault::{Fault, FaultKind};
use crate::media::retry::RetrySchedule;
use crate::protocol::command::Report;
use crate::protocol::failure::FailureCode;
use crate::protocol::ids::Epoch;
use crate::protocol::time::{LocalTime, Position, Span};
use crate::sync::player::{MediaProblem, PlayerCommand, Refetch};

/// Data that ends this long before the film does ended too early; less is how two players
/// differ.
pub(super) const EARLY: Span = Span::seconds(2);

/// Two ends nearer than this are one: where a copy ends depends on sound and picture.
const SAME_END: Span = Span::seconds(1);

/// A medium that plays for this long after a break is well again; one that breaks off before
/// is not asked for more often than the schedule says (judgement: longer than its steps).
const WELL_AFTER: Span = Span::seconds(10);

/// Below the player a load may be in trouble for this long before the room hears of it: a server
/// that restarts is back by then (judgement: after the third try).
const LOAD_TROUBLE: Span = Span::seconds(5);

/// A medium that does not play and is tried again, or did so a moment ago.
#[derive(Debug, Clone)]
pub(super) struct Trouble {
    /// What was wrong, unless the data only ended too early.
    problem: Option<MediaProblem>,
    since: LocalTime,
    schedule: RetrySchedule,
    /// When it is tried next, unless a try is under way.
    next: Option<LocalTime>,
    /// Whether it had shown a picture before.
    was_up: bool,
    /// Since when it plays again.
    mended: Option<LocalTime>,
}

impl Follower {
    /// The player came to the end of its data: that of the film, of a shorter copy, or of a
    /// connection.
    pub(super) fn data_ended(
        &mut self,
        epoch: Epoch,
        broken: Option<MediaProblem>,
        now: LocalTime,
        out: &mut Vec<Output>,
    ) {
        let at = self.place(now);
        let Some(medium) = self.medium.as_mut().filter(|m| m.epoch == epoch) else {
            return;
        };
        medium.ended = true;
        self.last_seen = at.map(|at| (at, now));
        self.error = None;
        self.drift.forget_orders();
        let again = at.zip(self.last_end);
        let again = again.is_some_and(|(at, last)| (at - last).abs() <= SAME_END);
        if broken.is_none() && (again || !self.is_early(at)) {
            self.trouble = None;
            self.report_stall_over(out);
            self.report_end(epoch, at, out);
            return;
        }
        self.last_end = at;
        match broken {
            // It was tried again for as long already.
            Some(problem @ MediaProblem::GivenUp(_)) => self.give_up(problem, out),
            broken => self.broke(broken, now, out),
        }
    }

    /// Tells the room that the data ended, once until the player has been elsewhere.
    fn report_end(&mut self, epoch: Epoch, at: Option<Position>, out: &mut Vec<Output>) {
        let Some(medium) = &mut self.medium else {
            return;
        };
        let at = at.unwrap_or(medium.aimed);
        if medium.told_end.replace(at).is_none() {
            out.push(Output::Report(Report::Ended { epoch }));
        }
    }

    /// The player stands here: an end farther on is told again.
    pub(super) fn left_told_end(&mut self, position: Position) {
        if let Some(medium) = &mut self.medium {
            medium.told_end = medium.told_end.filter(|end| position >= *end - SAME_END);
        }
    }

    /// Whether data that ends here ends before the film does, as far as its length is known.
    fn is_early(&self, at: Option<Position>) -> bool {
        let at = at.or_else(|| self.clock.room(self.seen).map(|room| self.target(room)));
        let early = |(at, end): (Position, Span)| at < Position(end.0) - EARLY;
        !self.timeline.finished && at.zip(self.end()).is_some_and(early)
    }

    /// Whether the player stands at the end of its data.
    pub(super) fn has_ended(&self) -> bool {
        self.medium.as_ref().is_some_and(|medium| medium.ended)
    }

    /// Whether the player stands at the end of a shorter copy, and the film is beyond it.
    pub(super) fn is_beyond_copy(&self, now: LocalTime) -> bool {
        let ended = self.has_ended();
        let film = self.clock.room(now).map(|room| self.target(room));
        let beyond = |(film, end): (Position, Position)| film >= end - SAME_END;
        ended && film.zip(self.last_end).is_some_and(beyond)
    }

    /// The medium did not play.
    pub(super) fn failed(
        &mut self,
        epoch: Epoch,
        problem: MediaProblem,
        now: LocalTime,
        out: &mut Vec<Output>,
    ) {
        let Some(medium) = self.medium.as_ref().filter(|m| m.epoch == epoch) else {
            return;
        };
        let (was_up, ordered) = (medium.stage == Stage::Up, medium.ordered);
        let schedule = medium.schedule();
        if self.is_worth_a_try(&problem, was_up) {
            if matches!(problem, MediaProblem::GivenUp(_)) {
                // It was asked for since, below the player.
                self.begin_trouble(ordered, false, schedule.begun());
            }
            self.broke(Some(problem), now, out);
        } else {
            self.give_up(problem, out);
        }
    }

    /// Whether a failure may pass: by its kind, or since the medium played before.
    fn is_worth_a_try(&self, problem: &MediaProblem, was_up: bool) -> bool {
        let had_played = self.trouble.as_ref().is_some_and(|trouble| trouble.was_up);
        match problem {
            MediaProblem::GivenUp(_) if was_up => false,
            MediaProblem::Stopped
            | MediaProblem::Replaced
            | MediaProblem::CannotSeek
            | MediaProblem::ResolverMissing => false,
            // Asked again, yt-dlp would say the same.
            MediaProblem::Unresolved(fault) => fault.is_passing(),
            problem if was_up || problem.is_tried_again() => true,
            MediaProblem::Fetch(fault) => had_played && fault.kind == FaultKind::TookTooLong,
            _ => had_played,
        }
    }

    /// The medium broke off, or did not open: plans the next try.
    fn broke(&mut self, problem: Option<MediaProblem>, now: LocalTime, out: &mut Vec<Output>) {
        let Some(medium) = &mut self.medium else {
            return;
        };
        let was_up = medium.stage == Stage::Up;
        let epoch = medium.epoch;
        let schedule = medium.schedule();
        medium.stage = Stage::Failed;
        self.error = None;
        let trouble = self.begin_trouble(now, was_up, schedule);
        trouble.was_up |= was_up;
        trouble.problem = problem.or_else(|| trouble.problem.take());
        trouble.mended = None;
        let wait = trouble
            .schedule
            .next((now - trouble.since).to_duration(), None);
        trouble.next = wait.map(|wait| now + Span::from(wait));
        let cause = trouble.problem.clone();
        if trouble.next.is_none() {
            let short = MediaProblem::Fetch(Fault::here(FaultKind::Incomplete));
            return self.give_up(cause.unwrap_or(short), out);
        }
        if trouble.was_up {
            self.begin_stall(now, true);
            self.keep_stall();
        } else {
            let code = cause.map(|cause| cause.code()).unwrap_or_default();
            self.tell_tries(epoch, code, out);
        }
    }

    /// A trouble that began then, unless one is on already.
    fn begin_trouble(
        &mut self,
        since: LocalTime,
        was_up: bool,
        schedule: RetrySchedule,
    ) -> &mut Trouble {
        self.trouble.get_or_insert(Trouble {
            problem: None,
            since,
            schedule,
            next: None,
            was_up,
            mended: None,
        })
    }

    /// Tells the room once that what did not open so far is tried again.
    fn tell_tries(&mut self, epoch: Epoch, code: FailureCode, out: &mut Vec<Output>) {
        if self.told_tries.replace(epoch) != Some(epoch) {
            out.push(failure(epoch, code, true));
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
    fn give_up(&mut self, problem: MediaProblem, out: &mut Vec<Output>) {
        self.trouble = None;
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
        let known = told.is_some() && replaced;
        if !own && !known {
            out.push(failure);
        }
    }

    /// What the room has to hear anew of a medium that does not play, or came to its end.
    pub(super) fn repeated_trouble(&self) -> Option<Output> {
        let medium = self.medium.as_ref()?;
        let epoch = medium.epoch;
        match (&self.trouble, &medium.failure) {
            (Some(trouble), _) if self.awaits_load() && self.told_tries == Some(epoch) => {
                let code = trouble.problem.as_ref().map(MediaProblem::code);
                Some(failure(epoch, code.unwrap_or_default(), true))
            }
            (None, Some(problem)) if medium.stage == Stage::Failed => {
                let own = matches!(problem, MediaProblem::Stopped);
                (!own).then(|| failure(epoch, problem.code(), false))
            }
            _ => medium
                .told_end
                .map(|_| Output::Report(Report::Ended { epoch })),
        }
    }

    /// Gives up a load that takes too long, and forgets a trouble that is over.
    pub(super) fn settle_trouble(&mut self, now: LocalTime, out: &mut Vec<Output>) {
        let late = |medium: &&Medium| medium.load_limit().is_some_and(|limit| limit <= now);
        if let Some(epoch) = self.medium.as_ref().filter(late).map(|m| m.epoch) {
            self.order(PlayerCommand::Unload, out);
            let refetch = self.medium.as_ref().and_then(|medium| medium.refetch);
            let slow = MediaProblem::Fetch(Fault::here(FaultKind::TookTooLong));
            let problem = refetch.map_or(slow, |refetch| MediaProblem::GivenUp(refetch.fault));
            self.failed(epoch, problem, now, out);
        }
        self.tell_load_trouble(now, out);
        let well = |trouble: &Trouble| trouble.mended.is_some_and(|at| at + WELL_AFTER <= now);
        if self.trouble.as_ref().is_some_and(well) {
            self.trouble = None;
        }
    }

    /// Whether it is to be opened once more now; asked once.
    pub(super) fn take_try(&mut self, now: LocalTime) -> bool {
        let next = self.trouble.as_mut().map(|trouble| &mut trouble.next);
        next.is_some_and(|next| next.take_if(|at| *at <= now).is_some())
    }

    /// When it is opened once more.
    pub(super) fn next_try(&self) -> Option<LocalTime> {
        self.trouble.as_ref()?.next
    }

    /// The medium shows a picture.
    pub(super) fn mended(&mut self, at: LocalTime) {
        if let Some(trouble) = &mut self.trouble {
            trouble.mended = Some(at);
        }
    }

    /// Another medium, or the member wants another try: what was wrong is forgotten.
    pub(super) fn forget_trouble(&mut self) {
        self.trouble = None;
        self.last_end = None;
        self.told_tries = None;
    }

    /// Whether a medium that played does not, and is tried again.
    pub(super) fn awaits_data(&self) -> bool {
        let broken = |trouble: &Trouble| trouble.was_up && trouble.mended.is_none();
        self.trouble.as_ref().is_some_and(broken)
    }

    /// Whether it is tried again what did not open so far.
    pub(super) fn awaits_load(&self) -> bool {
        let broken = |trouble: &Trouble| !trouble.was_up && trouble.mended.is_none();
        self.trouble.as_ref().is_some_and(broken)
    }

    /// The data is fetched once more below the player, or comes again.
    pub(super) fn refetches(&mut self, epoch: Epoch, refetch: Option<Refetch>) {
        if let Some(medium) = self.medium.as_mut().filter(|m| m.epoch == epoch) {
            medium.was_refetched |= refetch.is_some();
            medium.refetch = refetch;
        }
    }

    /// The medium that stays open while its data is fetched once more below the player.
    pub(super) fn refetched(&self) -> Option<Epoch> {
        let medium = self.medium.as_ref()?;
        let is_open = self.has_the_rooms() && medium.stage != Stage::Failed;
        (is_open && medium.refetch.is_some()).then_some(medium.epoch)
    }

    /// Why the player waits for data, and when it is asked for again, as far as known.
    pub(super) fn interruption(&self) -> Option<Interruption> {
        let open = |trouble: &&Trouble| trouble.mended.is_none();
        if let Some(trouble) = self.trouble.as_ref().filter(open) {
            let (problem, next) = (trouble.problem.clone()?, trouble.next);
            return Some(Interruption { problem, next });
        }
        let medium = self.medium.as_ref()?;
        let refetch = medium.refetch?;
        (medium.opens() || self.stall.is_some()).then_some(Interruption {
            problem: MediaProblem::Fetch(refetch.fault),
            next: Some(refetch.next),
        })
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
