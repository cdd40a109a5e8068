//! The player waits for data: while it plays, in a seek, or since its media broke off.

use super::FollowOutput;
use super::Follower;
use super::loaded_media::LoadStage;
use crate::protocol::command::Report;
use crate::protocol::failure::FailureCode;
use crate::protocol::ids::Epoch;
use crate::protocol::time::{LocalTime, Position, Span};

/// How long a player may wait for data before that is reported to the room.
pub(in crate::sync) const REPORT_AFTER: Span = Span::seconds(1);

/// A seek that takes longer than this waits for data: mpv calls itself stalled only while it
/// does not seek (0.35.1). On a slow network seeks take up to 1.3 s (2 MB/s and 50 ms).
pub(in crate::sync) const SEEK_WAITS: Span = Span::millis(1_400);

/// The player waits for data.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stall {
    epoch: Epoch,
    since: LocalTime,
    /// Where the player stood when it began, or was on its way to.
    place: Option<Position>,
    reported: bool,
    /// It is over once the seek or the load under way arrives.
    over_on_arrival: bool,
    /// It began in a seek or with a break, and not while the player played.
    on_the_way: bool,
    /// The player reported by itself that data is missing.
    reported_by_player: bool,
    /// Why, as it was last reported to the room.
    reported_cause: Option<FailureCode>,
}

impl Stall {
    /// Whether it began in a seek or with a break.
    pub(super) const fn is_on_the_way(&self) -> bool {
        self.on_the_way
    }

    /// Whether it was reported to the room.
    pub(super) const fn is_reported(&self) -> bool {
        self.reported
    }

    /// The reason that was last reported to the room.
    pub(super) const fn reported_cause(&self) -> Option<FailureCode> {
        self.reported_cause
    }

    /// Notes why, if the stall was reported; returns whether the reason has yet to be reported.
    pub(super) fn take_cause(&mut self, code: FailureCode) -> bool {
        self.reported && self.reported_cause.replace(code) != Some(code)
    }

    /// Takes the position that was read since it stalled, which is more exact than where it should
    /// be.
    fn was_seen(&mut self, seen: Option<(Position, LocalTime)>) {
        let since = |(_, at): &(Position, LocalTime)| *at >= self.since && !self.on_the_way;
        self.place = seen.filter(since).map(|(place, _)| place).or(self.place);
    }

    /// The report to the room about it.
    const fn report(&self) -> FollowOutput {
        FollowOutput::Report(Report::Stalled {
            epoch: self.epoch,
            stalled: true,
            place: self.place,
        })
    }

    /// When it should be reported to the room.
    pub(super) fn report_at(&self) -> Option<LocalTime> {
        (!self.reported).then_some(self.since + REPORT_AFTER)
    }
}

impl Follower {
    /// The player ran dry, or goes on.
    pub(super) fn stalled(&mut self, stalled: bool, now: LocalTime, out: &mut Vec<FollowOutput>) {
        let seeks = self.echo.is_seeking();
        let waits = self.awaits_data() || self.reads_on();
        let arrives = seeks || self.catches_up();
        match &mut self.stall {
            // The load reports what becomes of the last try.
            _ if waits => {}
            Some(stall) if stalled => {
                stall.over_on_arrival = false;
                stall.reported_by_player = true;
            }
            Some(stall) if arrives => stall.over_on_arrival = true,
            None if stalled => {
                let since = self.echo.seeking_since().map(seek_stalls_since);
                self.begin_stall(since.unwrap_or(now), false);
                self.note_reported_by_player();
            }
            _ => self.data_came(now, out),
        }
    }

    /// A stall begins, if none is on; whether the next arrival ends it.
    pub(super) fn begin_stall(&mut self, since: LocalTime, over_on_arrival: bool) {
        let Some(epoch) = self.loaded.as_ref().map(|loaded| loaded.epoch) else {
            return;
        };
        let place = self.place_without_data(since);
        self.stall.get_or_insert(Stall {
            epoch,
            since,
            place,
            reported: false,
            over_on_arrival,
            on_the_way: over_on_arrival || self.echo.is_seeking(),
            reported_by_player: false,
            reported_cause: None,
        });
    }

    /// Where a player stands that has had no data since then, or is on its way to.
    fn place_without_data(&self, since: LocalTime) -> Option<Position> {
        if self.echo.is_seeking() {
            return self.loaded.as_ref().map(|loaded| loaded.aimed);
        }
        let (_, seen) = self.last_seen?;
        self.place(since.max(seen))
    }

    /// The player stands and reads on: that is a stall until it is sent where it should be.
    pub(super) fn stall_while_reading(&mut self, now: LocalTime) {
        self.begin_stall(now, false);
        if let Some(stall) = &mut self.stall {
            stall.over_on_arrival = false;
        }
    }

    fn note_reported_by_player(&mut self) {
        if let Some(stall) = &mut self.stall {
            stall.reported_by_player = true;
        }
    }

    /// What a seek of ours that was ordered at `sent` and arrived at `at` teaches about the cost of
    /// seeks. Returns whether it waited for data, which is a fact about the network and not about
    /// the media.
    pub(super) fn learn_seek(&mut self, sent: LocalTime, at: LocalTime) -> bool {
        let took = at - sent;
        let dry_before = self.stall.is_some_and(|stall| stall.since < sent);
        let reported_by_player = self.stall.is_some_and(|stall| stall.reported_by_player);
        let long = took >= SEEK_WAITS;
        // A long seek may have waited for data without a report, unless its target was cached.
        let teaches_nothing =
            dry_before || (long && (reported_by_player || !self.last_seek.at_hand));
        if !teaches_nothing {
            self.seeking.took(took, long, self.last_seek.at_hand);
        }
        if !dry_before && !self.last_seek.at_hand {
            if long && self.last_seek.again {
                self.seeking.waited_again(took, at);
            } else {
                self.seeking.took_slow(took, at);
            }
        }
        dry_before || long
    }

    /// A seek that takes too long is a stall.
    pub(super) fn note_waiting_seek(&mut self, now: LocalTime) {
        if let Some(since) = self.echo.seeking_since()
            && self.seek_waits_at().is_some_and(|at| at <= now)
        {
            self.begin_stall(seek_stalls_since(since), true);
        }
    }

    /// When a seek under way counts as a stall.
    pub(super) fn seek_waits_at(&self) -> Option<LocalTime> {
        let since = self.echo.seeking_since()?;
        (self.stall.is_none() && self.is_up()).then_some(since + SEEK_WAITS)
    }

    /// Ends a stall whose seek or load has arrived.
    pub(super) fn end_stall_on_arrival(&mut self, now: LocalTime, out: &mut Vec<FollowOutput>) {
        let on_the_way = self.echo.is_seeking() || self.catches_up() || self.is_thrown();
        let arrived = self.is_up() && !on_the_way;
        if arrived && self.stall.is_some_and(|stall| stall.over_on_arrival) {
            self.data_came(now, out);
        }
    }

    /// The player has data again.
    fn data_came(&mut self, now: LocalTime, out: &mut Vec<FollowOutput>) {
        self.report_stall_over(out);
        self.drift.forget_orders();
        self.steer_later(now);
    }

    /// Reports a stall that lasts, if the media should run and is not about to end.
    pub(super) fn report_stall(&mut self, now: LocalTime, out: &mut Vec<FollowOutput>) {
        let runs = !self.timeline.is_stopped() && !self.awaits_start(now) && !self.is_last(now);
        let up = |stage| stage == LoadStage::Up || self.retry.is_some();
        let was_up = self.loaded.as_ref().is_some_and(|m| up(m.stage));
        let seen = self.last_seen;
        let Some(stall) = &mut self.stall else {
            return;
        };
        if stall.report_at().is_none_or(|due| due > now) {
            return;
        }
        if runs && was_up {
            stall.reported = true;
            stall.was_seen(seen);
            out.push(stall.report());
        } else {
            // It counts from when it matters.
            stall.since = now;
        }
    }

    /// What has to be reported anew of a stall that still matters.
    pub(super) fn repeated_stall(&self) -> Option<FollowOutput> {
        let matters = self.awaits_data() || self.is_up();
        let reported = self
            .stall
            .as_ref()
            .filter(|stall| stall.reported && matters);
        reported.map(Stall::report)
    }

    /// Ends a stall, and says so if it was reported.
    pub(super) fn report_stall_over(&mut self, out: &mut Vec<FollowOutput>) {
        if let Some(stall) = self.stall.take().filter(|stall| stall.reported) {
            out.push(FollowOutput::Report(Report::Stalled {
                epoch: stall.epoch,
                stalled: false,
                place: None,
            }));
        }
    }

    /// The media is opened anew: a stall that was reported lasts until that arrives.
    pub(super) fn keep_stall(&mut self) {
        self.stall = self.stall.map(|stall| Stall {
            over_on_arrival: true,
            ..stall
        });
    }

    /// Nobody waits for a player that does not answer. If the stall outlasts that, it counts from
    /// now.
    pub(super) fn suspend_stall(&mut self, now: LocalTime, out: &mut Vec<FollowOutput>) {
        let stall = self.stall;
        self.report_stall_over(out);
        self.stall = stall.map(|stall| Stall {
            since: now,
            reported: false,
            reported_cause: None,
            ..stall
        });
    }
}

/// Since when a seek that was ordered then counts as stalled: it is reported as soon as
/// it takes longer than seeks do.
fn seek_stalls_since(sent: LocalTime) -> LocalTime {
    sent + (SEEK_WAITS - REPORT_AFTER)
}
