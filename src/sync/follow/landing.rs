//! Where a load or a seek came out, and what follows from it. Whoever came out ahead stands
//! until the room arrives: another seek would land no better.

use super::Follower;
use super::Output;
use super::output::Because;
use super::start::LATE;
use crate::protocol::time::{LocalTime, Position, Span};

/// A running player that came out farther ahead than this is stopped: less than that speed
/// works off unnoticed (one and a half frames at 24 frames a second).
const AHEAD: Span = Span::millis(60);

/// A player that is sent to where the room is and stands this far ahead of it came out there
/// because of its medium. One that was not sent there is brought back instead.
const SENT_ASTRAY: Span = Span::millis(1_500);

/// The longest that anyone stands until the room arrives: keyframes lie up to 10 s apart in
/// what people share (judgement: three times that).
pub(super) const LONGEST_STAND: Span = Span::seconds(30);

/// A player that plans to start later than this is called ahead of the room.
const TOLD_AHEAD: Span = Span::millis(500);

/// What is known of the last load or seek that brought the player where it is.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sent {
    /// It waited for data.
    pub(super) waited: bool,
    /// It was made since the one before had come out late.
    pub(super) again: bool,
    /// Its target was cached.
    pub(super) at_hand: bool,
    /// The error that it was to work off, if nobody asked for it.
    pub(super) correcting: Option<Span>,
    /// The member's own seek went somewhere else since.
    pub(super) strayed: bool,
    /// The player stood ahead of the room after it.
    pub(super) was_ahead: bool,
}

impl Follower {
    /// The player stands or runs where a load or a seek of ours brought it, at `at`. One that
    /// took too long, or waited for data, may be made once more: the room went on meanwhile.
    pub(super) fn landed(
        &mut self,
        position: Position,
        at: LocalTime,
        waited: bool,
        out: &mut Vec<Output>,
    ) {
        self.sent.waited = waited;
        let corrected = self.sent.correcting.take();
        let Some(medium) = &self.medium else {
            return;
        };
        let beyond = position - medium.aimed;
        self.seeking.landed(beyond);
        let Some(room) = self.clock.room(at) else {
            return;
        };
        if self.is_left_alone() || self.timeline.stands() || self.is_member_acting() {
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
        let again = again && !self.owed.start_seek;
        if again && std::mem::take(&mut self.owed.second_seek) {
            self.owed.start_seek = true;
            self.owed.again = true;
        }
        self.error = Some((error, at));
        if self.sent.again && late {
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

    /// Stops a running player that is ahead of the room, until the room arrives.
    pub(super) fn stand(&mut self, now: LocalTime, out: &mut Vec<Output>) {
        self.because(Because::Ahead, |follower| {
            follower.order_pause(true, now, out);
        });
        self.drift.forget_orders();
    }

    /// Whether a standing player that is `ahead` of the room waits for it, rather than being
    /// sent to it. `target` is where the film is.
    pub(super) fn awaits_room(&self, ahead: Span, target: Position) -> bool {
        let aimed = self.medium.as_ref().map(|medium| medium.aimed);
        let astray = aimed.is_some_and(|aimed| aimed - target > SENT_ASTRAY) || self.sent.strayed;
        let sent_back = self.owed.start_seek && self.can_seek_to(target) && astray;
        ahead <= SENT_ASTRAY || (ahead <= LONGEST_STAND && !sent_back)
    }

    /// Whether the player stands ahead of the room for a while.
    pub(super) fn stands_ahead(&self) -> bool {
        let long = |at: LocalTime| at - self.seen > TOLD_AHEAD;
        self.start_at.is_some_and(long) && !self.awaits_start(self.seen)
    }
}
