//! Where a load or a seek came out, and what follows from that. A player that came out ahead stands
//! until the room arrives: another seek would land no better.

use super::start::LATE;
use super::{FollowOutput, Follower, SyncCause};
use crate::protocol::time::{LocalTime, Position, Span};
use crate::sync::echo::Arrived;

/// A running player that came out farther ahead than this is stopped: less than that speed
/// works off unnoticed (one and a half frames at 24 frames a second).
const AHEAD: Span = Span::millis(60);

/// A player that is sent to where the room is and stands this far ahead of it came out there
/// because of its media. One that was not sent there is brought back instead.
pub(super) const SENT_ASTRAY: Span = Span::millis(1_500);

/// What lies this near the end is the end: a frame or two, and what sound and picture differ by.
const AT_THE_END: Span = Span::seconds(1);

/// The longest that anyone stands until the room arrives: keyframes lie up to 10 s apart in
/// what people share (judgement: three times that).
pub(in crate::sync) const LONGEST_STAND: Span = Span::seconds(30);

/// A player that plans to start later than this is called ahead of the room.
const SHOWN_AHEAD: Span = Span::millis(500);

/// A seek that begins this soon after one of our seeks was ordered, or after one of our seeks or
/// loads arrived, may be part of that: mpv makes up to two seeks of one order when another is under
/// way (0.35.1; judgement: reports of a busy machine take up to 0.3 s).
pub(super) const LATE_REPORT_WINDOW: Span = Span::millis(500);

/// A player at the end of its data reports it within this time (measured, mpv 0.35.1: 10 ms;
/// judgement: on a busy machine).
pub(super) const END_FOLLOWS: Span = Span::millis(250);

/// What is known of the last load or seek that brought the player where it is.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct LastSeek {
    /// It waited for data.
    pub(super) waited: bool,
    /// It was made because the one before had come out late.
    pub(super) again: bool,
    /// Its target was cached.
    pub(super) at_hand: bool,
    /// The error that it was to work off, if nobody asked for it.
    pub(super) correcting: Option<Span>,
    /// The member's own seek, or the room, went somewhere else since.
    pub(super) strayed: bool,
    /// How far beyond its aim a restart was that seemed to precede it, until a seek begins after
    /// that.
    pub(super) set_aside: Option<Span>,
    /// The player stood ahead of the room after it.
    pub(super) was_ahead: bool,
    /// Until when a seek that nobody ordered may still be this one, reported late.
    pub(super) late_report_until: Option<LocalTime>,
    /// Until when the report of the end is waited for, if the player came out at the end of its
    /// data instead.
    pub(super) thrown_until: Option<LocalTime>,
}

impl LastSeek {
    /// The player arrived somewhere at `at`; `arrived` says by whose seek, and is `None` for a
    /// load.
    pub(super) fn expect_late_report(&mut self, at: LocalTime, arrived: Option<Arrived>) {
        if matches!(arrived, None | Some(Arrived::Ours { .. })) {
            self.late_report_until = Some(at + LATE_REPORT_WINDOW);
        }
    }
}

impl Follower {
    /// The player stands or runs where a load or a seek of ours brought it, at `at`. One that
    /// took too long, or waited for data, may be made once more: the room went on meanwhile.
    pub(super) fn landed(
        &mut self,
        position: Position,
        at: LocalTime,
        waited: bool,
        out: &mut Vec<FollowOutput>,
    ) {
        if self.lands_at_the_end(position) {
            self.error = None;
            self.last_seek.thrown_until = Some(at + END_FOLLOWS);
            return;
        }
        self.last_seek.waited = waited;
        let corrected = self.last_seek.correcting.take();
        let Some(loaded) = &self.loaded else {
            return;
        };
        let beyond = position - loaded.aimed;
        self.note_astray(beyond);
        if self.has_jumping_time() {
            return;
        }
        self.seeking.landed(beyond);
        let Some(room) = self.clock.room(at) else {
            return;
        };
        if self.is_left_alone() || self.timeline.is_stopped() || self.is_member_acting() {
            return;
        }
        let error = position - self.target(room);
        // It took longer than expected. What lands before its aim would do so again.
        let late = error < Span::ZERO - LATE && beyond > Span::ZERO - LATE;
        // On a slow network the next one would take as long, and speed does better.
        let far = error < Span::ZERO - self.config.seek_threshold;
        let again = if self.seeking.is_slow() {
            far
        } else {
            waited || late
        };
        let again = again && !self.pending.start_seek;
        if again && std::mem::take(&mut self.pending.second_seek) {
            self.pending.start_seek = true;
            self.pending.again = true;
        }
        self.error = Some((error, at));
        if self.last_seek.again && late {
            // Two seeks for a jump are enough: speed does the rest for a while.
            self.seeking.did_not_help(at);
        }
        let no_better = |before: Span| error < Span::ZERO && error.abs() >= before.abs();
        if !waited && corrected.is_some_and(no_better) {
            self.seeking.did_not_help(at);
        }
        if error > AHEAD && self.echo.believed_paused() == Some(false) {
            self.stand(at, out);
        }
    }

    /// Whether a load or a seek came out at the very end, though it was aimed elsewhere: FFmpeg
    /// goes there if it cannot get the data at the target.
    fn lands_at_the_end(&self, position: Position) -> bool {
        let aimed = self.loaded.as_ref().map(|loaded| loaded.aimed);
        let end = self.end().map(|end| Position(end.0) - AT_THE_END);
        let astray = aimed.is_some_and(|aimed| position - aimed > SENT_ASTRAY);
        astray && end.is_some_and(|end| position >= end)
    }

    /// Whether the player came out at the end of its data instead of where it was sent, and the
    /// reason has not been reported yet.
    pub(super) const fn is_thrown(&self) -> bool {
        self.last_seek.thrown_until.is_some()
    }

    /// Stops waiting for the reason once its time is over.
    pub(super) fn expire_thrown(&mut self, now: LocalTime) {
        self.last_seek.thrown_until = self.last_seek.thrown_until.filter(|until| *until > now);
    }

    /// Stops a running player that is ahead of the room, until the room arrives.
    pub(super) fn stand(&mut self, now: LocalTime, out: &mut Vec<FollowOutput>) {
        self.because(SyncCause::Ahead, |follower| {
            follower.order_pause(true, now, out);
        });
        self.drift.forget_orders();
    }

    /// Whether a standing player that is `ahead` of the room waits for it, rather than being
    /// sent to it. `target` is where the media is.
    pub(super) fn awaits_room(&self, ahead: Span, target: Position) -> bool {
        let aimed = self.loaded.as_ref().map(|loaded| loaded.aimed);
        let astray =
            aimed.is_some_and(|aimed| aimed - target > SENT_ASTRAY) || self.last_seek.strayed;
        let sent_back = self.pending.start_seek && self.can_seek_to(target) && astray;
        ahead <= SENT_ASTRAY || (ahead <= LONGEST_STAND && !sent_back)
    }

    /// Whether the player stands ahead of the room for a while.
    pub(super) fn is_ahead(&self) -> bool {
        let long = |at: LocalTime| at - self.seen > SHOWN_AHEAD;
        self.start_at.is_some_and(long) && !self.awaits_start(self.seen)
    }
}
