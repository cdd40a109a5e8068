//! Media that end too early, break off or do not open: which of these is the end, and what is tried
//! again. What is reported to the room and the member, and when media is given up, is in
//! `given_up`.

use super::loaded_media::{LoadStage, LoadedMedia};
use super::{FollowOutput, Follower, Interruption};
use crate::media::fault::{FaultKind, MediaFault};
use crate::media::retry::RetrySchedule;
use crate::protocol::command::Report;
use crate::protocol::ids::Epoch;
use crate::protocol::time::{LocalTime, Position, Span};
use crate::sync::player::{MediaProblem, Refetch};

/// Data that ends this long before the media does ended too early; players of one copy differ by
/// less.
pub(in crate::sync) const EARLY: Span = Span::seconds(2);

/// Two ends nearer than this are one: where a copy ends depends on sound and picture.
pub(in crate::sync) const SAME_END: Span = Span::seconds(1);

/// Media that plays for this long after a break is well again; one that breaks off before
/// is not asked for more often than the schedule says (judgement: longer than its steps).
pub(super) const WELL_AFTER: Span = Span::seconds(10);

/// Media that does not play and is tried again, or did so a moment ago.
#[derive(Debug, Clone)]
pub(super) struct MediaRetry {
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
    /// Whether it was reported as given up. The tries go on in silence.
    pub(super) silent: bool,
}

impl Follower {
    /// The player came to the end of its data: that of the media, of a shorter copy, or of a
    /// connection.
    pub(super) fn on_data_ended(
        &mut self,
        epoch: Epoch,
        broken: Option<MediaProblem>,
        now: LocalTime,
        out: &mut Vec<FollowOutput>,
    ) {
        let at = self.place(now);
        let thrown = self.last_seek.thrown_until.take().is_some();
        let Some(loaded) = self.loaded.as_mut().filter(|m| m.epoch == epoch) else {
            return;
        };
        loaded.ended = true;
        self.doubtful_jump = None;
        // It broke where the player was sent, not at the end at which it came out.
        let sent = Some(loaded.aimed).filter(|_| thrown && broken.is_some());
        let at = sent.or(at);
        self.last_seen = at.map(|at| (at, now));
        self.error = None;
        self.drift.forget_orders();
        let again = at.zip(self.last_end);
        let again = again.is_some_and(|(at, last)| (at - last).abs() <= SAME_END);
        let certain = again || self.has_jumping_time() || !self.is_early(at);
        if broken.is_none() && certain {
            let was_tried = self.retry.take().is_some();
            if let Some(loaded) = self.loaded.as_mut().filter(|_| was_tried) {
                // It waited to be opened again, and stands open at this end.
                if loaded.stage == LoadStage::Failed {
                    loaded.stage = LoadStage::Up;
                }
            }
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

    /// Reports that the data ended, once until the player has been elsewhere.
    fn report_end(&mut self, epoch: Epoch, at: Option<Position>, out: &mut Vec<FollowOutput>) {
        let Some(loaded) = &mut self.loaded else {
            return;
        };
        let at = at.unwrap_or(loaded.aimed);
        if loaded.reported_end.replace(at).is_none() {
            let place = Some(at);
            out.push(FollowOutput::Report(Report::Ended { epoch, place }));
        }
    }

    /// The player stands here: an end farther on is reported again.
    pub(super) fn left_reported_end(&mut self, position: Position) {
        if let Some(loaded) = &mut self.loaded {
            loaded.reported_end = loaded
                .reported_end
                .filter(|end| position >= *end - SAME_END);
        }
    }

    /// Whether data that ends here ends before the media does, as far as its length is known.
    fn is_early(&self, at: Option<Position>) -> bool {
        let at = at.or_else(|| self.clock.room(self.seen).map(|room| self.target(room)));
        let early = |(at, end): (Position, Span)| at < Position(end.0) - EARLY;
        !self.timeline.finished && at.zip(self.end()).is_some_and(early)
    }

    /// Whether the player stands at the end of its data.
    pub(super) fn has_ended(&self) -> bool {
        self.loaded.as_ref().is_some_and(|loaded| loaded.ended)
    }

    /// Whether the player stands at the end of a shorter copy, and the media is beyond it.
    pub(super) fn is_beyond_copy(&self, now: LocalTime) -> bool {
        let ended = self.has_ended();
        let target = self.clock.room(now).map(|room| self.target(room));
        let beyond = |(target, end): (Position, Position)| target >= end - SAME_END;
        ended && target.zip(self.last_end).is_some_and(beyond)
    }

    /// The media did not play.
    pub(super) fn failed(
        &mut self,
        epoch: Epoch,
        problem: MediaProblem,
        now: LocalTime,
        out: &mut Vec<FollowOutput>,
    ) {
        let Some(loaded) = self.loaded.as_ref().filter(|m| m.epoch == epoch) else {
            return;
        };
        let (was_up, ordered) = (loaded.stage == LoadStage::Up, loaded.ordered);
        let schedule = loaded.schedule();
        if self.stop_jumping(epoch, &problem) {
            return;
        }
        if self.is_worth_a_try(&problem, was_up) {
            if matches!(problem, MediaProblem::GivenUp(_)) {
                // The relay asked for it for as long as a load may take.
                self.begin_retry(ordered, false, schedule.begun());
                self.limit_is_over(now);
            }
            self.broke(Some(problem), now, out);
            self.give_up_load(now, out);
        } else {
            self.give_up(problem, out);
        }
    }

    /// Whether a failure may pass: by its kind, or since the media played before.
    fn is_worth_a_try(&self, problem: &MediaProblem, was_up: bool) -> bool {
        let had_played = self.retry.as_ref().is_some_and(|retry| retry.was_up);
        match problem {
            MediaProblem::GivenUp(_) if was_up => false,
            MediaProblem::Stopped
            | MediaProblem::Replaced
            | MediaProblem::CannotSeek
            | MediaProblem::ResolverMissing
            | MediaProblem::NoRelay => false,
            // Asked again, yt-dlp would say the same.
            MediaProblem::Unresolved(fault) => fault.is_passing(),
            problem if was_up || problem.is_tried_again() => true,
            MediaProblem::Fetch(fault) => had_played && fault.kind == FaultKind::TookTooLong,
            _ => had_played,
        }
    }

    /// The media broke off, or did not open: plans the next try.
    fn broke(
        &mut self,
        problem: Option<MediaProblem>,
        now: LocalTime,
        out: &mut Vec<FollowOutput>,
    ) {
        let Some(loaded) = &mut self.loaded else {
            return;
        };
        let was_up = loaded.stage == LoadStage::Up;
        let epoch = loaded.epoch;
        let schedule = loaded.schedule();
        // What is asked for below the player waits for this, as where a server asks for a pause.
        let asked = loaded.refetch.map(|refetch| refetch.next - now);
        let asked = asked.filter(|wait| *wait > Span::ZERO);
        loaded.stage = LoadStage::Failed;
        self.error = None;
        let retry = self.begin_retry(now, was_up, schedule);
        retry.was_up |= was_up;
        retry.problem = problem.or_else(|| retry.problem.take());
        retry.mended = None;
        let since = (now - retry.since).to_duration();
        let wait = retry.schedule.next(since, asked.map(Span::to_duration));
        retry.next = wait.map(|wait| now + Span::from(wait));
        let cause = retry.problem.clone();
        if retry.next.is_none() {
            let short = MediaProblem::Fetch(MediaFault::here(FaultKind::Incomplete));
            return self.give_up(cause.unwrap_or(short), out);
        }
        if retry.was_up {
            self.begin_stall(now, true);
            self.keep_stall();
        } else if !self.is_given_up_by(now) {
            let code = cause.map(|cause| cause.code()).unwrap_or_default();
            self.report_tries(epoch, code, out);
        }
    }

    /// The retry that began at `since`, unless one is under way already.
    fn begin_retry(
        &mut self,
        since: LocalTime,
        was_up: bool,
        schedule: RetrySchedule,
    ) -> &mut MediaRetry {
        let limit = self.loaded.as_ref().map(LoadedMedia::limit);
        self.retry.get_or_insert(MediaRetry {
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
        let next = self.retry.as_mut().map(|retry| &mut retry.next);
        next.is_some_and(|next| next.take_if(|at| *at <= now).is_some())
    }

    /// When it is opened once more.
    pub(super) fn next_try(&self) -> Option<LocalTime> {
        self.retry.as_ref()?.next
    }

    /// The media shows a picture.
    pub(super) fn mended(&mut self, at: LocalTime) {
        if let Some(retry) = &mut self.retry {
            retry.mended = Some(at);
        }
    }

    /// Other media is on, or the member wants another try: what was wrong is forgotten.
    pub(super) fn forget_retry(&mut self) {
        self.retry = None;
        self.last_end = None;
        self.reported_tries = None;
    }

    /// Whether media that played does not, and is tried again.
    pub(super) fn awaits_data(&self) -> bool {
        let broken = |retry: &MediaRetry| retry.was_up && retry.mended.is_none();
        self.retry.as_ref().is_some_and(broken)
    }

    /// Whether media that did not open so far is tried again.
    pub(super) fn awaits_load(&self) -> bool {
        let broken = |retry: &MediaRetry| !retry.was_up && !retry.silent && retry.mended.is_none();
        self.retry.as_ref().is_some_and(broken)
    }

    /// The data is fetched once more below the player, or comes again.
    pub(super) fn refetches(&mut self, epoch: Epoch, refetch: Option<Refetch>) {
        if let Some(loaded) = self.loaded.as_mut().filter(|m| m.epoch == epoch) {
            loaded.was_refetched |= refetch.is_some();
            loaded.refetch = refetch;
            loaded.fault = refetch.map(|refetch| refetch.fault).or(loaded.fault);
        }
    }

    /// The media that stays open while its data is fetched once more below the player.
    #[must_use]
    pub fn refetched(&self) -> Option<Epoch> {
        let loaded = self.loaded.as_ref()?;
        let is_open = self.has_the_rooms() && loaded.stage != LoadStage::Failed;
        (is_open && loaded.refetch.is_some()).then_some(loaded.epoch)
    }

    /// Whether what is open broke off, or did so a moment ago, or is asked for once more.
    #[must_use]
    pub fn has_fault(&self) -> bool {
        let asked = |loaded: &LoadedMedia| loaded.refetch.is_some();
        self.retry.is_some() || self.loaded.as_ref().is_some_and(asked)
    }

    /// Why the player waits for data, and when it is asked for again, as far as known.
    #[must_use]
    pub fn interruption(&self) -> Option<Interruption> {
        let open = |retry: &&MediaRetry| retry.mended.is_none();
        if let Some(retry) = self.retry.as_ref().filter(open) {
            let (problem, next) = (retry.problem.clone()?, retry.next);
            return Some(Interruption { problem, next });
        }
        let loaded = self.loaded.as_ref()?;
        let refetch = loaded.refetch?;
        (loaded.opens() || self.stall.is_some()).then_some(Interruption {
            problem: MediaProblem::Fetch(refetch.fault),
            next: Some(refetch.next),
        })
    }
}
