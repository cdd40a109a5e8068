//! Looks at the facts and orders what is missing: the media, a pause, a start, a speed.

use super::ahead::LastStand;
use super::landing::LastSeek;
use super::loaded_media::{LoadStage, LoadedMedia};
use super::start::LATE;
use super::{FollowOutput, Follower, PlayerOrder, SyncCause};
use crate::media::Media;
use crate::protocol::time::{LocalTime, Position, Span};
use crate::sync::drift::Speed;
use crate::sync::player::PlayerCommand;

/// A paused picture nearer to the anchor than this is the same frame: half of one at 120
/// frames a second, since the rate of frames is not known. Two players that both seek to one
/// anchor land on one frame; two that are both only near it need not stand on one.
pub(super) const SAME_FRAME: Span = Span::millis(4);

/// A player that stands no farther ahead of where the room waits is left there, and starts when the
/// room arrives: a seek back may take longer than the wait. News of a wait takes up to a quarter of
/// a second (judgement: twice that).
pub(in crate::sync) const WAITS_AHEAD: Span = Span::millis(500);

/// How long opening media waits for room time to be known: a long round trip.
const CLOCK_WAIT: Span = Span::seconds(1);

impl Follower {
    /// Orders what is missing. Called after every input.
    pub(super) fn reconcile(&mut self, now: LocalTime, out: &mut Vec<FollowOutput>) {
        if self.pinging.due(now) {
            out.push(FollowOutput::Ping);
        }
        self.start_at = None;
        if !self.process.is_ready() {
            return;
        }
        self.reconcile_output(now, out);
        self.expire_orders(now);
        self.retire_before(now);
        let uncached = self.reopen_if_uncached(now);
        self.reconcile_media(uncached, now, out);
        self.reconcile_retry(now, out);
        self.expire_thrown(now);
        self.note_waiting_seek(now);
        self.end_stall_on_arrival(now, out);
        self.report_stall(now, out);
        self.report_stall_cause(out);
        self.reconcile_user_actions(now, out);
        // After the stall was looked at, which lasts until the player stands again.
        self.expire_catching_up(now);
        if !self.is_up() || self.is_member_acting() || self.echo.is_seeking() {
            return;
        }
        if self.is_beyond_copy(now) || self.is_thrown() {
            return;
        }
        let read_on = self.take_reads_on();
        if self.timeline.is_stopped() {
            self.rest(now, out);
        } else {
            self.run(now, out);
        }
        if read_on && !self.reads_on() {
            // It is over once the player is there.
            self.keep_stall();
            self.forget_read();
        }
    }

    /// Opens what the room plays, closes what it does not. `uncached` says that it was closed
    /// since the room is where it is cached no more.
    fn reconcile_media(&mut self, uncached: bool, now: LocalTime, out: &mut Vec<FollowOutput>) {
        let waited = self.open_by.take();
        let Some(playing) = &self.timeline.playing else {
            if self.loaded.is_some() {
                self.forget_retry();
                self.stall = None;
                self.close_media();
                self.order(PlayerCommand::Unload, out);
            }
            return;
        };
        let media = playing.media.clone();
        let again = self.take_try(now);
        if self.has_the_rooms() && !again {
            return;
        }
        let here = self.clock.room(now);
        if here.is_none() && !again && self.waits_for_clock(waited, now) {
            return;
        }
        if self.loaded.is_some() && !self.has_the_rooms() {
            self.forget_retry();
            self.stall = None;
        }
        if !uncached && (again || !self.jumps(self.timeline.epoch)) {
            // What follows once it is open follows from that as well.
            self.begin_cause(SyncCause::TriedAgain);
        }
        let cause = if uncached {
            SyncCause::Uncached
        } else {
            self.cause
        };
        self.because(cause, |follower| follower.open(media, again, now, out));
    }

    /// Opens media where the room is, standing. `retry` says whether that is one of several
    /// tries.
    fn open(&mut self, media: Media, retry: bool, now: LocalTime, out: &mut Vec<FollowOutput>) {
        let here = self.clock.room(now);
        self.close_media();
        let start = here.map_or(self.timeline.segment.anchor, |room| self.target(room));
        // Live media is opened at its newest data.
        let live = self
            .timeline
            .playing
            .as_ref()
            .is_some_and(|playing| playing.live);
        let epoch = self.timeline.epoch;
        let start = if live || !self.jumps(epoch) {
            Position::START
        } else {
            self.within(start)
        };
        self.loaded = Some(LoadedMedia::ordered(epoch, media.clone(), start, now));
        self.seeking.new_media();
        self.pending.start_seek = true;
        self.pending.second_seek = true;
        self.pending.frame = true;
        // Set before the media opens, so that the first sound has the right speed.
        let speed = self.drift.speed(self.rate(here));
        self.order_speed(speed, now, out);
        self.echo.order_load(now);
        let load = PlayerCommand::Load {
            epoch,
            media,
            start,
            paused: true,
            retry,
        };
        self.order(load, out);
    }

    /// Whether opening running media waits until room time is known, so that it opens where
    /// the media is and not where it began.
    fn waits_for_clock(&mut self, until: Option<LocalTime>, now: LocalTime) -> bool {
        if self.timeline.is_stopped() || !self.pinging.is_on() {
            return false;
        }
        let until = until.unwrap_or(now + CLOCK_WAIT);
        self.open_by = (now < until).then_some(until);
        self.open_by.is_some()
    }

    /// Forgets the media and all that was known about where it was.
    pub(super) fn close_media(&mut self) {
        self.loaded = None;
        self.user_actions.forget();
        self.doubtful_jump = None;
        self.unordered_speed = None;
        self.error = None;
        self.started = false;
        self.resting = false;
        self.last_seek = LastSeek::default();
        self.last_stand = LastStand::default();
        self.caught_up_at = None;
        self.pending.jump = false;
        self.last_seen = None;
        self.echo.forget_seeks();
        self.drift.forget_orders();
    }

    /// The media stands: the player is paused, then brought to the frame of the anchor by one
    /// seek, if it is not on it.
    fn rest(&mut self, now: LocalTime, out: &mut Vec<FollowOutput>) {
        self.resting = false;
        self.pending.jump = false;
        self.started = false;
        self.drift.forget_orders();
        if self.catch_up(now, out) {
            return;
        }
        self.order_pause(true, now, out);
        let speed = self.drift.speed(self.timeline.segment.rate.factor());
        self.order_speed(speed, now, out);
        if self.echo.pause_outstanding() || !self.pending.frame {
            return;
        }
        let anchor = self.timeline.segment.anchor;
        // Where it stands is not reported if it was paused again before it reported that it ran.
        let paused_at = self.loaded.as_ref().and_then(|loaded| loaded.paused_at);
        // While the room waits nobody compares frames, and it goes on soon: near enough will do.
        let near = if self.timeline.waits_for_data() {
            Span::ZERO - LATE..=WAITS_AHEAD
        } else {
            Span::ZERO - SAME_FRAME..=SAME_FRAME
        };
        let there = paused_at.is_some_and(|paused_at| near.contains(&(paused_at - anchor)));
        let there = there || self.timeline.finished;
        let target = self.within(anchor);
        if !there && (self.reach_due(now).is_some() || self.reads_on_to(target, now, out)) {
            return;
        }
        self.pending.frame = false;
        if !there {
            self.seek_to_anchor(target, now, out);
        }
    }

    /// The media runs: a paused player is started on time; a running one has the right speed.
    fn run(&mut self, now: LocalTime, out: &mut Vec<FollowOutput>) {
        let room = self.clock.room(now);
        if self.echo.believed_paused() == Some(false) && self.runs_ahead(now) {
            return self.stand_back(now, out);
        }
        if self.stop_until_reopened(now, out) {
            return;
        }
        let rate = self.rate_to_order(now);
        let speed = if self.is_left_alone() {
            plain(rate)
        } else {
            self.drift.speed(rate)
        };
        self.order_speed(speed, now, out);
        if self.echo.believed_paused() != Some(false) {
            self.start(room, now, out);
        } else if self.pending.jump && room.is_some() {
            self.pending.jump = false;
            if self.is_off(now) {
                self.seek_after_jump(now, out);
            }
        }
    }

    /// Whether the media is open and stands or runs.
    pub(super) fn is_up(&self) -> bool {
        let up = |loaded: &LoadedMedia| loaded.stage == LoadStage::Up;
        self.loaded.as_ref().is_some_and(up) && self.has_the_rooms()
    }

    /// Whether the player was ordered to open what the room plays.
    pub(super) fn has_the_rooms(&self) -> bool {
        let room = self.timeline.playing.as_ref().map(|playing| &playing.media);
        let own = self.loaded.as_ref();
        own.is_some_and(|own| own.epoch == self.timeline.epoch && Some(&own.media) == room)
    }

    /// Orders a pause or its end, if that is not the case already.
    pub(super) fn order_pause(
        &mut self,
        paused: bool,
        now: LocalTime,
        out: &mut Vec<FollowOutput>,
    ) {
        if self.echo.order_pause(paused, now) {
            if let Some(loaded) = &mut self.loaded {
                loaded.paused_at = None;
            }
            self.order(PlayerCommand::SetPaused(paused), out);
        }
    }

    /// Orders a speed, if it differs enough from the one ordered last.
    pub(super) fn order_speed(
        &mut self,
        speed: Speed,
        now: LocalTime,
        out: &mut Vec<FollowOutput>,
    ) {
        if self.echo.order_speed(speed, now) {
            let order = PlayerCommand::SetSpeed {
                speed: speed.factor,
                pitch_correction: speed.pitch_correction,
            };
            self.order(order, out);
        }
    }

    /// Gives the player an order.
    pub(super) fn order(&self, order: PlayerCommand, out: &mut Vec<FollowOutput>) {
        out.push(FollowOutput::Order(PlayerOrder {
            what: order,
            why: self.cause,
        }));
    }
}

/// The room's rate and nothing else.
fn plain(rate: f64) -> Speed {
    Speed {
        factor: rate,
        pitch_correction: true,
    }
}
