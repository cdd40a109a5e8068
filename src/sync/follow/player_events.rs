//! Takes in what the player reports.

use super::loaded_media::{LoadStage, LoadedMedia};
use super::{FollowOutput, Follower};
use crate::protocol::ids::Epoch;
use crate::protocol::text::Title;
use crate::protocol::time::{LocalTime, Position, Span};
use crate::sync::echo::{Arrived, ChangedBy};
use crate::sync::player::{Basis, PlayerEvent, ProcessState, Sample};

/// A player that is read this long after media opened shows its first picture, even if
/// the report of that was lost.
const FIRST_PICTURE_LIMIT: Span = Span::seconds(2);

impl Follower {
    /// Notes a report of the player.
    pub(super) fn on_player_event(
        &mut self,
        event: PlayerEvent,
        now: LocalTime,
        out: &mut Vec<FollowOutput>,
    ) {
        match self.in_room_positions(event) {
            PlayerEvent::Process(state) => self.on_process(&state, now, out),
            PlayerEvent::Loaded {
                epoch,
                title,
                seekable,
                has_audio,
                live,
                begins,
            } => {
                let jumps = self.jumps(epoch);
                if let Some(loaded) = self.opening(epoch) {
                    loaded.stage = LoadStage::Opened(now);
                    loaded.seekable = seekable && jumps;
                    loaded.has_audio = has_audio;
                    loaded.live = live;
                    loaded.begins = begins;
                    loaded.title = title.as_deref().and_then(Title::truncated);
                    out.push(loaded.learned());
                }
            }
            PlayerEvent::Length { epoch, length } => self.on_length(epoch, length, out),
            PlayerEvent::LiveOrigin { epoch, wall } => self.live_origin(epoch, wall),
            PlayerEvent::Failed { epoch, problem } => self.failed(epoch, problem, now, out),
            PlayerEvent::SeekBegan { .. } => self.seek_began(now),
            PlayerEvent::PlaybackRestarted { position, at } => self.on_restarted(position, at, out),
            PlayerEvent::Paused {
                paused,
                position,
                at,
            } => self.on_paused(paused, position, at, out),
            PlayerEvent::Lacks(lack) => self.process.note_lack(lack),
            PlayerEvent::Regained(lack) => self.process.note_regained(lack),
            // A missing part, or a chapter, is for its member to know; the timeline is the same. So is
            // what is the member's own.
            PlayerEvent::PartMissing { .. }
            | PlayerEvent::Chapters { .. }
            | PlayerEvent::Own { .. }
            | PlayerEvent::Window(_) => {}
            PlayerEvent::Refetching { epoch, refetch } => self.refetches(epoch, refetch),
            PlayerEvent::Stepped { position, at } => self.user_stepped(position, at, out),
            PlayerEvent::Speed { speed } => self.on_speed(speed, now),
            PlayerEvent::Stalled(stalled) => self.stalled(stalled, now, out),
            PlayerEvent::Sample(sample) => self.on_sample(sample, now, out),
            PlayerEvent::Ended { epoch, broken } => self.on_data_ended(epoch, broken, now, out),
            PlayerEvent::CachedRange { epoch, reach } => {
                if let Some(loaded) = self.loaded.as_mut().filter(|m| m.epoch == epoch) {
                    loaded.reach = Some(reach);
                }
            }
            PlayerEvent::LeftEnd { epoch } => self.left_end(epoch),
        }
    }

    /// The media is this long, unless that cannot be its length.
    fn on_length(&mut self, epoch: Epoch, length: Span, out: &mut Vec<FollowOutput>) {
        if self.is_no_length(epoch, length) {
            return;
        }
        if let Some(loaded) = self.loaded.as_mut().filter(|m| m.epoch == epoch) {
            loaded.duration = Some(length);
            out.push(loaded.learned());
        }
    }

    /// The process came, went, froze or thawed.
    fn on_process(&mut self, state: &ProcessState, now: LocalTime, out: &mut Vec<FollowOutput>) {
        match state {
            ProcessState::Thawed => {
                self.echo.renew(now);
                self.drift.forget_orders();
                self.steer_later(now);
                if let Some(loaded) = &mut self.loaded {
                    // Its load is not to blame for the time that it did not answer.
                    loaded.ordered = now;
                }
            }
            ProcessState::Frozen => self.suspend_stall(now, out),
            _ => self.forget_player(out),
        }
        self.process.note(state);
    }

    /// The player is another one, or gone: no order that it got counts any more.
    pub(super) fn forget_player(&mut self, out: &mut Vec<FollowOutput>) {
        self.report_stall_over(out);
        self.output.forget_player();
        self.forget_retry();
        self.close_media();
        self.echo = crate::sync::echo::Echo::default();
    }

    /// The member wants the media opened anew.
    pub(super) fn reopen(&mut self) {
        self.keep_stall();
        self.forget_retry();
        self.close_media();
        self.echo = crate::sync::echo::Echo::default();
    }

    /// The media of `epoch`, while it is being opened.
    fn opening(&mut self, epoch: Epoch) -> Option<&mut LoadedMedia> {
        self.loaded
            .as_mut()
            .filter(|loaded| loaded.epoch == epoch && loaded.stage == LoadStage::Opening)
    }

    /// The player is not at the end of its data any more.
    fn left_end(&mut self, epoch: Epoch) {
        if let Some(loaded) = self.loaded.as_mut().filter(|m| m.epoch == epoch) {
            loaded.ended = false;
        }
    }

    /// A seek began. While media is being opened the load makes them.
    fn seek_began(&mut self, now: LocalTime) {
        if !self.is_up() {
            return;
        }
        self.doubtful_jump = None;
        self.last_seek.set_aside = None;
        if self.echo.seek_began(now) == ChangedBy::Member {
            self.drift.forget_orders();
        }
    }

    /// The player stands or runs at a new place.
    fn on_restarted(&mut self, position: Position, at: LocalTime, out: &mut Vec<FollowOutput>) {
        let precedes_ours = self.precedes_our_seek(position, at);
        let Some(loaded) = &mut self.loaded else {
            return;
        };
        let arrived = match loaded.stage {
            LoadStage::Opening | LoadStage::Failed => return,
            LoadStage::Opened(_) => {
                loaded.stage = LoadStage::Up;
                loaded.shown = Some(at);
                let span = at - loaded.ordered;
                // A load that waited for data says nothing about seeks.
                if !loaded.was_refetched && self.retry.is_none() {
                    self.seeking.opened_in(span);
                }
                self.mended(at);
                None
            }
            LoadStage::Up if precedes_ours => {
                self.echo.another_seek_ended();
                self.last_seek.set_aside = Some(position - loaded.aimed);
                Some(Arrived::Nobody)
            }
            LoadStage::Up => Some(self.echo.on_restarted()),
        };
        self.note_paused_at(position);
        self.left_reported_end(position);
        let live = self.is_live();
        if let Some(loaded) = self.loaded.as_mut().filter(|_| live && arrived.is_none()) {
            // It was sent to the newest data, wherever in the room's time that lies.
            loaded.aimed = position;
        }
        if let Some(loaded) = &mut self.loaded {
            loaded.fresh = true;
            loaded.odd_since = None;
        }
        self.last_seen = Some((position, at));
        self.drift.forget_orders();
        self.steer_later(at);
        self.last_seek.expect_late_report(at, arrived);
        match arrived {
            None => self.landed(position, at, false, out),
            Some(Arrived::Ours { sent }) => {
                let waited = self.learn_seek(sent, at);
                self.landed(position, at, waited, out);
            }
            Some(Arrived::Member { began }) => self.unordered_seek(position, began, at, out),
            Some(Arrived::Nobody) => {}
        }
    }

    /// The player was paused, or plays on.
    fn on_paused(
        &mut self,
        paused: bool,
        position: Option<Position>,
        at: LocalTime,
        out: &mut Vec<FollowOutput>,
    ) {
        let origin = self.echo.paused(paused);
        // Readings before and after a pause are not one series.
        if let Some(loaded) = &mut self.loaded {
            loaded.odd_since = None;
        }
        // A position that is read after it went on is late; where it stood is exact.
        let stood = self.loaded.as_ref().and_then(|loaded| loaded.paused_at);
        let position = match stood {
            Some(stood) if !paused => Some(stood),
            _ => position,
        };
        self.last_seen = position.map(|position| (position, at)).or(self.last_seen);
        if let Some(loaded) = self.loaded.as_mut().filter(|_| paused) {
            loaded.fresh = false;
            // The picture rests at once: read again later it is the same (mpv 0.35.1).
            loaded.paused_at = position;
        }
        self.steer_later(at);
        if origin == ChangedBy::Member && self.is_up() && paused != self.will_be_stopped(at) {
            self.user_paused(paused, position, at, out);
        }
    }

    /// Notes where a paused player stands.
    pub(super) fn note_paused_at(&mut self, position: Position) {
        if let Some(loaded) = &mut self.loaded {
            loaded.paused_at = Some(position);
        }
    }

    /// What is buffered ahead of a player that paused where it was just seen: a reading of the paused
    /// picture does not say.
    fn still_buffered(&self, sample: &Sample) -> Option<Span> {
        let paused = self.echo.believed_paused() == Some(true) && !self.echo.is_seeking();
        let (seen, _) = self.last_seen.filter(|_| paused)?;
        let moved = sample.position - seen;
        let buffered = self.loaded.as_ref()?.buffered?;
        (moved.abs() <= Span::seconds(1)).then(|| (buffered - moved).max(Span::ZERO))
    }

    /// The player was read.
    fn on_sample(&mut self, sample: Sample, now: LocalTime, out: &mut Vec<FollowOutput>) {
        let buffered = sample.buffered.or_else(|| self.still_buffered(&sample));
        let Some(loaded) = &mut self.loaded else {
            return;
        };
        loaded.buffered = buffered;
        let opened =
            matches!(loaded.stage, LoadStage::Opened(since) if now - since > FIRST_PICTURE_LIMIT);
        if opened {
            loaded.stage = LoadStage::Up;
            loaded.shown = Some(now);
        }
        let up = loaded.stage == LoadStage::Up && !loaded.ended;
        if opened {
            self.mended(now);
        }
        if up && self.echo.seek_ended_unreported(&sample) {
            self.on_restarted(sample.position, sample.at, out);
        }
        let still = self.echo.believed_paused() == Some(true)
            && !self.echo.pause_outstanding()
            && !self.is_thrown()
            && !self.echo.is_seeking();
        // Paused, the audio clock may lie up to 0.2 s behind the picture.
        if up && still && sample.basis == Basis::Frame {
            self.note_paused_at(sample.position);
            self.last_seen = Some((sample.position, sample.at));
            let room = self.clock.room(sample.at);
            let room = room.filter(|_| !self.has_jumping_time());
            self.error = room.map(|room| (sample.position - self.target(room), sample.at));
            self.note_live_offset(&sample);
        } else if up
            && self.echo.believed_paused() == Some(false)
            && !self.echo.is_seeking()
            && !self.is_doubtful(&sample)
        {
            self.last_seen = Some((sample.position, sample.at));
            self.report_origin_once(&sample, out);
            self.note_live_offset(&sample);
            self.steer(sample, now, out);
        }
    }
}
