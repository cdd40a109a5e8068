//! A standing player is started at the moment at which the timeline passes where it stands.

use super::{FollowOutput, Follower, SyncCause};
use crate::protocol::time::{LocalTime, Position, RoomTime, Span};

/// A player that stands this far behind is started all the same: speed works that off in
/// two seconds.
pub(super) const LATE: Span = Span::millis(60);

/// What converting a time there and back may lose.
pub(super) const ROUNDING: Span = Span(5);

/// Most that a start is ordered ahead of its time.
pub(super) const MOST_START_LEAD: Span = Span::millis(200);

/// Most that it is ordered after it: without sound mpv begins a frame early.
const MOST_START_LAG: Span = Span::millis(60);

/// From a start no later than this is learned how well starts are timed.
const ON_TIME: Span = Span::millis(5);

/// How long before its time a start is ordered, as learned of this player. Positions are
/// those of the audio clock.
#[derive(Debug, Clone, Copy)]
pub(in crate::sync) struct StartLead {
    /// After a pause, which sets the audio clock back (35 +- 0.7 ms, mpv 0.35.1).
    pub(super) resumed: Span,
    /// After a load or a seek, which does not (2.5 ms).
    pub(super) fresh: Span,
}

impl Default for StartLead {
    fn default() -> Self {
        Self {
            resumed: Span::millis(35),
            fresh: Span(2_500),
        }
    }
}

/// Readings this soon after a start, seek or stall are not of the even movement yet.
pub(in crate::sync) const UNEVEN: Span = Span::millis(300);

impl Follower {
    /// Starts the player now, plans its start, or first seeks to where it can start.
    pub(super) fn start(
        &mut self,
        room: Option<RoomTime>,
        now: LocalTime,
        out: &mut Vec<FollowOutput>,
    ) {
        if self.is_left_alone() {
            return self.start_off(now, out);
        }
        let Some(room) = room else {
            return;
        };
        let Some(standing) = self.standing_at() else {
            return;
        };
        let first = (room + self.start_lead()).max(self.timeline.segment.start);
        let target = self.target(first);
        let ahead = standing - target;
        if ahead < Span::ZERO - LATE || !self.awaits_room(ahead, target) {
            if !self.seek_to_start(now, out) {
                self.start_off(now, out);
            }
            return;
        }
        let due = self.passes_at(standing, first) - self.start_lead();
        match self.clock.local(due) {
            Some(due) if due > now + ROUNDING => {
                self.start_at = Some(due);
                self.last_seek.was_ahead |= self.is_ahead();
            }
            _ => self.start_now(ahead >= Span::ZERO - ON_TIME, now, out),
        }
    }

    /// Starts a player that cannot get to where the media starts: with the others, if they wait.
    fn start_off(&mut self, now: LocalTime, out: &mut Vec<FollowOutput>) {
        let start = self.clock.local(self.timeline.segment.start);
        match start.filter(|_| self.awaits_start(now + ROUNDING)) {
            Some(start) => self.start_at = Some(start),
            None => self.start_now(false, now, out),
        }
    }

    /// Where the player stands: once a pause on its way is answered, at least roughly.
    fn standing_at(&self) -> Option<Position> {
        let paused_at = self.loaded.as_ref()?.paused_at;
        let seen = self.last_seen.filter(|_| !self.echo.pause_outstanding());
        paused_at.or(seen.map(|(position, _)| position))
    }

    /// When the timeline passes `position`, but not before `first`.
    fn passes_at(&self, position: Position, first: RoomTime) -> RoomTime {
        let rest = position - self.target(first);
        first + self.timeline.segment.rate.time_for(rest.max(Span::ZERO))
    }

    /// Starts the player; `timed` if that is the planned moment.
    fn start_now(&mut self, timed: bool, now: LocalTime, out: &mut Vec<FollowOutput>) {
        self.pending.jump = false;
        let cause = if std::mem::take(&mut self.last_seek.was_ahead) {
            SyncCause::RoomArrived
        } else {
            self.cause
        };
        self.because(cause, |follower| follower.order_pause(false, now, out));
        self.drift.forget_orders();
        self.started = timed;
        self.steer_later(now);
    }

    /// Readings taken within the next moment are not steered by.
    pub(super) fn steer_later(&mut self, now: LocalTime) {
        self.steer_from = self.steer_from.max(now + UNEVEN);
    }

    /// How long before its time a start is to be ordered now.
    pub(super) fn start_lead(&self) -> Span {
        if self.is_fresh() {
            self.lead.fresh
        } else {
            self.lead.resumed
        }
    }

    /// Whether the player has not played since it was opened or sought in.
    fn is_fresh(&self) -> bool {
        self.loaded.as_ref().is_some_and(|loaded| loaded.fresh)
    }

    /// Learns from the first reading after a planned start how far ahead to order the next.
    pub(super) fn learn_start(&mut self, error: Span) {
        let timed = std::mem::take(&mut self.started);
        if timed && error.abs() < MOST_START_LEAD {
            let lead = Span(self.start_lead().0 - error.0 / 2);
            let lead = lead.clamp(Span::ZERO - MOST_START_LAG, MOST_START_LEAD);
            if self.is_fresh() {
                self.lead.fresh = lead;
            } else {
                self.lead.resumed = lead;
            }
        }
        if let Some(loaded) = &mut self.loaded {
            loaded.fresh = false;
        }
    }
}
