//! Media that end too early, break off or do not open: which of it is the end, and what is tried
//! again. What the room and the member are told of it, and when it is given up, is in `given_up`.

use super::medium::{Medium, Stage};
use super::{Follower, Interruption, Output};
use crate::media::fault::{Fault, FaultKind};
use crate::media::retry::RetrySchedule;
use crate::protocol::command::Report;
use crate::protocol::ids::Epoch;
use crate::protocol::time::{LocalTime, Position, Span};
use crate::sync::player::{MediaProblem, Refetch};

/// Data that ends this long before the film does ended too early; less is how two players
/// differ.
pub(super) const EARLY: Span = Span::seconds(2);

/// Two ends nearer than this are one: where a copy ends depends on sound and picture.
pub(super) const SAME_END: Span = Span::seconds(1);

/// A medium that plays for this long after a break is well again; one that breaks off before
/// is not asked for more often than the schedule says (judgement: longer than its steps).
pub(super) const WELL_AFTER: Span = Span::seconds(10);

/// A medium that does not play and is tried again, or did so a moment ago.
#[derive(Debug, Clone)]
pub(super) struct Trouble {
    /// What was wrong, unless the data only ended too early.
    pub(super) problem: Option<MediaProblem>,
    since: LocalTime,
    schedule: RetrySchedule,
    /// When it is tried next, unless a try is under way.
    next: Option<LocalTime>,
    /// Whether it had shown a picture before.
    pub(super) was_up: bool,
    /// Since when it plays again.
    pub(super) mended: Option<LocalTime>,
    /// When it counts as given up if it shows no picture (`given_up`).
    pub(super) limit: LocalTime,
    /// Whether it was told that it is given up. The tries go on in silence.
    pub(super) silent: bool,
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
        let thrown = self.sent.thrown_until.take().is_some();
        let Some(medium) = self.medium.as_mut().filter(|m| m.epoch == epoch) else {
            return;
        };
        medium.ended = true;
        self.doubtful_jump = None;
        // It broke where the player was sent, and not at the end that it was thrown to.
        let sent = Some(medium.aimed).filter(|_| thrown && broken.is_some());
        let at = sent.or(at);
        self.last_seen = at.map(|at| (at, now));
        self.error = None;
        self.drift.forget_orders();
        let again = at.zip(self.last_end);
        let again = again.is_some_and(|(at, last)| (at - last).abs() <= SAME_END);
        let certain = again || self.has_jumping_time() || !self.is_early(at);
        if broken.is_none() && certain {
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
            let place = Some(at);
            out.push(Output::Report(Report::Ended { epoch, place }));
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
        if self.stop_jumping(epoch, &problem) {
            return;
        }
        if self.is_worth_a_try(&problem, was_up) {
            if matches!(problem, MediaProblem::GivenUp(_)) {
                // It was asked for since, below the player, for as long as a load may take.
                self.begin_trouble(ordered, false, schedule.begun());
                self.limit_is_over(now);
            }
            self.broke(Some(problem), now, out);
            self.give_up_load(now, out);
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
        // What is asked for below the player waits for this, as where a server asks for a pause.
        let asked = medium.refetch.map(|refetch| refetch.next - now);
        let asked = asked.filter(|wait| *wait > Span::ZERO);
        medium.stage = Stage::Failed;
        self.error = None;
        let trouble = self.begin_trouble(now, was_up, schedule);
        trouble.was_up |= was_up;
        trouble.problem = problem.or_else(|| trouble.problem.take());
        trouble.mended = None;
        let since = (now - trouble.since).to_duration();
        let wait = trouble.schedule.next(since, asked.map(Span::to_duration));
        trouble.next = wait.map(|wait| now + Span::from(wait));
        let cause = trouble.problem.clone();
        if trouble.next.is_none() {
            let short = MediaProblem::Fetch(Fault::here(FaultKind::Incomplete));
            return self.give_up(cause.unwrap_or(short), out);
        }
        if trouble.was_up {
            self.begin_stall(now, true);
            self.keep_stall();
        } else if !self.is_given_up_by(now) {
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
        let limit = self.medium.as_ref().map(Medium::limit);
        self.trouble.get_or_insert(Trouble {
            problem: None,
            since,
            schedule,
            next: None,
            was_up,
            mended: None,
            limit: limit.unwrap_or(since),
            silent: false,
        })
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
        let broken =
            |trouble: &Trouble| !trouble.was_up && !trouble.silent && trouble.mended.is_none();
        self.trouble.as_ref().is_some_and(broken)
    }

    /// The data is fetched once more below the player, or comes again.
    pub(super) fn refetches(&mut self, epoch: Epoch, refetch: Option<Refetch>) {
        if let Some(medium) = self.medium.as_mut().filter(|m| m.epoch == epoch) {
            medium.was_refetched |= refetch.is_some();
            medium.refetch = refetch;
            medium.fault = refetch.map(|refetch| refetch.fault).or(medium.fault);
        }
    }

    /// The medium that stays open while its data is fetched once more below the player.
    pub(super) fn refetched(&self) -> Option<Epoch> {
        let medium = self.medium.as_ref()?;
        let is_open = self.has_the_rooms() && medium.stage != Stage::Failed;
        (is_open && medium.refetch.is_some()).then_some(medium.epoch)
    }

    /// Whether what is open broke off, or did so a moment ago, or is asked for once more.
    #[must_use]
    pub fn has_fault(&self) -> bool {
        let asked = |medium: &Medium| medium.refetch.is_some();
        self.trouble.is_some() || self.medium.as_ref().is_some_and(asked)
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
