//! Media in which the player cannot jump: their server serves no parts of a file, or a jump throws
//! FFmpeg to the end of an HLS list of MP4 fragments (5.1.9, 59 of 60 times). Within the cache it
//! can all the same, and what lies ahead is read by itself: a player that has not read far enough
//! stands until it has, instead of playing something else than the others see. A position behind
//! that has left the cache is read again from the media's start; until the media may be opened
//! again, the player stands.

use super::FollowOutput;
use super::Follower;
use super::loaded_media::LoadedMedia;
use super::media_retry::WELL_AFTER;
use super::sync_state::ReadSoFar;
use crate::protocol::ids::Epoch;
use crate::protocol::time::{LocalTime, Position, Span};
use crate::sync::player::{CachedRange, MediaProblem};

/// A player that stands this far behind the end of its cache follows it: mpv reads no more
/// than 150 MiB ahead (its default), which is this much of 60 Mbit/s.
const FOLLOWS: Span = Span::seconds(20);

/// So far before the end of the cache it is sent then: that end lies at a keyframe.
const BEFORE_UNREAD: Span = Span::seconds(1);

/// How long a player that cannot jump stands until it reports what is cached: mpv 0.35.1 does so at
/// most twice a second.
const REACH_WAIT: Span = Span::millis(500);

impl Follower {
    /// What is cached, if the player can be sent nowhere else.
    pub(super) fn reach(&self) -> Option<CachedRange> {
        let loaded = self.loaded.as_ref().filter(|loaded| !loaded.seekable)?;
        loaded
            .reach
            .filter(|_| !self.is_live() && !loaded.time_jumps)
    }

    /// Until when a player that cannot jump, and was just opened, stands because it has not
    /// reported yet what is cached.
    pub(super) fn reach_due(&self, now: LocalTime) -> Option<LocalTime> {
        let unknown = |loaded: &&LoadedMedia| !loaded.seekable && loaded.reach.is_none();
        let loaded = self.loaded.as_ref().filter(unknown)?;
        let due = loaded.shown.filter(|_| !self.is_live())? + REACH_WAIT;
        (due > now).then_some(due)
    }

    /// If a jump threw the player to the end of the media, opens it anew at its start, from where
    /// it reads on to where the room is. Returns whether it does: once for each media.
    pub(super) fn stop_jumping(&mut self, epoch: Epoch, problem: &MediaProblem) -> bool {
        let is_new = *problem == MediaProblem::CannotSeek && self.jumps(epoch);
        if is_new {
            self.reopen();
            self.no_jumps = Some(epoch);
        }
        is_new
    }

    /// Whether the player can be sent anywhere in media, as far as is known.
    pub(super) fn jumps(&self, epoch: Epoch) -> bool {
        self.no_jumps != Some(epoch)
    }

    /// Whether a seek to a place can be ordered.
    pub(super) fn can_seek_to(&self, target: Position) -> bool {
        let cached = |reach: CachedRange| reach.from <= target && target <= reach.until;
        self.can_seek() || self.reach().is_some_and(cached)
    }

    /// Whether a position has not been read yet and is too far ahead for speed.
    pub(super) fn is_unread(&self, target: Position, now: LocalTime) -> bool {
        let unread = |reach: &CachedRange| !reach.whole && target > reach.until;
        let far = |place: Position| target - place > self.config.seek_threshold;
        self.reach().as_ref().is_some_and(unread) && self.place(now).is_some_and(far)
    }

    /// Lets a standing player read on, if it has to before it can be sent to a place. Returns
    /// whether it has to.
    pub(super) fn reads_on_to(
        &mut self,
        target: Position,
        now: LocalTime,
        out: &mut Vec<FollowOutput>,
    ) -> bool {
        if !self.is_unread(target, now) {
            return false;
        }
        self.note_read(now);
        if self.has_jumping_time() {
            return false;
        }
        self.stall_while_reading(now);
        if let Some(loaded) = &mut self.loaded {
            loaded.reads_on = true;
        }
        let Some((reach, place)) = self.reach().zip(self.place(now)) else {
            return true;
        };
        if reach.until - place > FOLLOWS {
            self.seek_to_cache_end(reach.until - BEFORE_UNREAD, now, out);
        }
        true
    }

    /// How far a player that stands and reads on has read.
    pub(super) fn reading(&self) -> Option<ReadSoFar> {
        let comes = |loaded: &LoadedMedia| loaded.reads_on && loaded.refetch.is_none();
        let read = self
            .reach()
            .filter(|_| self.loaded.as_ref().is_some_and(comes))?
            .until;
        let room = self.clock.room(self.seen);
        let target = room.map_or(self.timeline.segment.anchor, |room| self.target(room));
        let to = self.within(target).max(read);
        (!self.is_uncached(self.seen)).then_some(ReadSoFar { read, to })
    }

    /// Whether the room is at an earlier position that has left the cache: mpv keeps 50 MiB of what
    /// it has played (its default). The player cannot jump there.
    fn is_uncached(&self, now: LocalTime) -> bool {
        let Some((reach, room)) = self.reach().zip(self.clock.room(now)) else {
            return false;
        };
        let target = self.within(self.target(room));
        let beyond = |place: Position| place - target > self.config.seek_threshold;
        target < reach.from && beyond(reach.from) && self.place(now).is_some_and(beyond)
    }

    /// Closes media, to be opened anew, if the room is at a place that is cached no more. No more
    /// often than media that breaks off is tried again. Returns whether it does.
    pub(super) fn reopen_if_uncached(&mut self, now: LocalTime) -> bool {
        let user_actions = self.is_member_acting() || self.user_actions.backs_off();
        let busy = user_actions || self.echo.is_seeking() || !self.is_up();
        let is_over = self.timeline.finished || self.timeline.standstill.is_some();
        let fresh = |loaded: &LoadedMedia| now - loaded.ordered < WELL_AFTER;
        let is_left =
            !busy && !is_over && !self.loaded.as_ref().is_none_or(fresh) && self.is_uncached(now);
        if is_left {
            self.keep_stall();
            self.forget_retry();
            self.close_media();
        }
        is_left
    }

    /// When media that was opened just now may be opened again.
    pub(super) fn reopens_at(&self) -> Option<LocalTime> {
        let due = self.loaded.as_ref()?.ordered + WELL_AFTER;
        (self.reads_on() && due > self.seen && self.is_uncached(self.seen)).then_some(due)
    }

    /// Stops a player whose media is about to be opened again. Returns whether it is.
    pub(super) fn stop_until_reopened(
        &mut self,
        now: LocalTime,
        out: &mut Vec<FollowOutput>,
    ) -> bool {
        let uncached = !self.user_actions.backs_off() && self.is_uncached(now);
        if uncached {
            self.stall_while_reading(now);
            if let Some(loaded) = &mut self.loaded {
                loaded.reads_on = true;
            }
            self.pending.jump = false;
            self.order_pause(true, now, out);
            self.drift.forget_orders();
        }
        uncached
    }

    /// Whether the player stands and reads on.
    pub(super) fn reads_on(&self) -> bool {
        self.loaded.as_ref().is_some_and(|loaded| loaded.reads_on)
    }

    /// Takes the mark that the player reads on; whether it still does is decided next.
    pub(super) fn take_reads_on(&mut self) -> bool {
        let reads_on = |loaded: &mut LoadedMedia| std::mem::take(&mut loaded.reads_on);
        self.loaded.as_mut().is_some_and(reads_on)
    }
}
