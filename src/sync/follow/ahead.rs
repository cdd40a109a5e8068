//! A running player that is ahead of the room stands until the room arrives: one rule for all
//! media. It got there because its data has a gap: mostly a part of a list was skipped, or a live
//! list no longer holds the position. A seek back leads to the same gap: where a part of 6 s was
//! missing it came out 8 s ahead instead of 6 (measured, mpv 0.35.1).

use super::FollowOutput;
use super::Follower;
use super::landing::{LONGEST_STAND, SENT_ASTRAY};
use super::live::LOST_PLACE;
use crate::protocol::command::Report;
use crate::protocol::ids::Epoch;
use crate::protocol::time::{LocalTime, Position, Span};
use crate::sync::drift::SEEK_ERROR;

/// A player that is farther ahead than this is sent back first, if a seek is to be had: a still
/// picture for longer is worse than one seek. Parts of a list last 2 to 10 s, and behind one that
/// was skipped no seek helps: a player that lands ahead again stands.
const GAP: Span = Span::seconds(10);

/// After this long a player may stand again although standing did not help the last time
/// (judgement: as long as a seek rests at most).
const FORGIVEN: Span = Span::seconds(60);

/// A player that stands for longer than this until the room arrives reports that to the room, which
/// need not run if all of them stand (judgement: less goes by before it could be reported).
const REPORT_AFTER: Span = Span::seconds(1);

/// What is known of the last time that a running player was stopped to let the room arrive.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct LastStand {
    /// How far ahead it was; `None` once it was read after it ran again.
    before: Option<Span>,
    /// When standing turned out not to have helped.
    in_vain: Option<LocalTime>,
}

impl Follower {
    /// Stops a running player that is `error` ahead of the room at `target`, if it should let the
    /// room arrive. Returns whether it stopped it.
    pub(super) fn let_room_arrive(
        &mut self,
        error: Span,
        target: Position,
        now: LocalTime,
        out: &mut Vec<FollowOutput>,
    ) -> bool {
        let least = Span::from_seconds(SEEK_ERROR).min(self.config.seek_threshold);
        self.judge_last_stand(error, least, now);
        let in_vain = |at: LocalTime| now - at < FORGIVEN;
        let standing = error > least
            && error <= self.longest_stand(target, now)
            && self.awaits_room(error, target)
            && !self.last_stand.in_vain.is_some_and(in_vain);
        if standing {
            self.last_stand.before = Some(error);
            self.resting = false;
            self.stand(now, out);
        }
        standing
    }

    /// Reports once for each stand and each segment of the timeline that this player stands ahead
    /// of the room because its copy lacks what comes before. A player that landed ahead where it
    /// was sent reports nothing, nor does one that a seek of ours may still take elsewhere.
    pub(super) fn report_ahead(&mut self, now: LocalTime, out: &mut Vec<FollowOutput>) {
        if self.echo.believed_paused() == Some(false) {
            self.reported_ahead = None;
        }
        if self.seek_settles_at(now).is_some() {
            return;
        }
        if let Some((epoch, place)) = self.unreported_stand(now) {
            self.reported_ahead = Some(self.timeline.segment);
            out.push(FollowOutput::Report(Report::Stalled {
                epoch,
                stalled: false,
                place: Some(place),
            }));
        }
    }

    /// When it reports that it stands ahead, if a seek of ours has to settle first.
    pub(super) fn ahead_report_at(&self, now: LocalTime) -> Option<LocalTime> {
        let settles = self.seek_settles_at(now)?;
        self.unreported_stand(now).map(|_| settles)
    }

    /// When the last seek that was ordered has surely come to its place, if it may not have yet.
    fn seek_settles_at(&self, now: LocalTime) -> Option<LocalTime> {
        self.last_seek
            .late_report_until
            .filter(|until| now < *until)
    }

    /// Where the player stands ahead of the room because its copy lacks what comes before, and in
    /// which media, if that is to be reported and was not yet.
    fn unreported_stand(&self, now: LocalTime) -> Option<(Epoch, Position)> {
        let long = self.start_at.is_some_and(|at| at - now > REPORT_AFTER);
        let lacks = long && !self.awaits_start(now) && self.stall.is_none() && !self.is_live();
        let known = self.reported_ahead == Some(self.timeline.segment);
        if !lacks || known || self.echo.is_seeking() {
            return None;
        }
        let loaded = self.loaded.as_ref()?;
        let place = loaded.paused_at?;
        let astray = (place - loaded.aimed).abs() > SENT_ASTRAY;
        astray.then_some((loaded.epoch, place))
    }

    /// The farthest ahead at which a running player is stopped; beyond it the player is sent back.
    fn longest_stand(&self, target: Position, now: LocalTime) -> Span {
        let sent_back = self.seeking.rested(now) && self.can_seek_to(self.within(target));
        if self.is_live() {
            // The room may follow it.
            LOST_PLACE
        } else if sent_back && !self.seeking.is_coarse() {
            GAP
        } else {
            LONGEST_STAND
        }
    }

    /// A player that is as far ahead as before it stood gets there whenever it plays. Standing does
    /// not help then, and a loop of pauses is worse than being ahead.
    fn judge_last_stand(&mut self, error: Span, least: Span, now: LocalTime) {
        if let Some(before) = self.last_stand.before.take()
            && error > least
            && error + error > before
        {
            self.last_stand.in_vain = Some(now);
        }
    }
}
