//! What the player reports becomes facts.

use super::Output;
use super::medium::{Medium, Stage};
use super::{Follower, Process};
use crate::protocol::ids::Epoch;
use crate::protocol::text::Title;
use crate::protocol::time::{LocalTime, Position, Span};
use crate::sync::echo::{Arrived, Origin};
use crate::sync::player::{Basis, PlayerEvent, ProcessState, Sample};

/// A player that is read this long after a medium opened shows its first picture, even if
/// the report of that was lost.
const FIRST_PICTURE_LIMIT: Span = Span::seconds(2);

impl Follower {
    /// Notes a report of the player.
    pub(super) fn hear(&mut self, event: PlayerEvent, now: LocalTime, out: &mut Vec<Output>) {
        match self.on_timeline(event) {
            PlayerEvent::Process(state) => self.process_is(&state, now, out),
            PlayerEvent::Loaded {
                epoch,
                title,
                seekable,
                has_audio,
                live,
                begins,
            } => {
                let jumps = self.jumps(epoch);
                if let Some(medium) = self.opening(epoch) {
                    medium.stage = Stage::Opened(now);
                    medium.seekable = seekable && jumps;
                    medium.has_audio = has_audio;
                    medium.live = live;
                    medium.begins = begins;
                    medium.title = title.as_deref().and_then(Title::truncated);
                    out.push(medium.learned());
                }
            }
            PlayerEvent::Length { epoch, length } if self.is_no_length(epoch, length) => {}
            PlayerEvent::Length { epoch, length } => {
                if let Some(medium) = self.medium.as_mut().filter(|m| m.epoch == epoch) {
                    medium.duration = Some(length);
                    out.push(medium.learned());
                }
            }
            PlayerEvent::LiveOrigin { epoch, wall } => self.live_origin(epoch, wall),
            PlayerEvent::Failed { epoch, problem } => self.failed(epoch, problem, now, out),
            PlayerEvent::SeekBegan { .. } => self.seek_began(now),
            PlayerEvent::PlaybackRestarted { position, at } => self.restarted(position, at, out),
            PlayerEvent::Paused {
                paused,
                position,
                at,
            } => self.paused_is(paused, position, at, out),
            // What it lacks is for its member to know; the timeline is the same.
            PlayerEvent::Lacks(_) | PlayerEvent::PartMissing { .. } => {}
            PlayerEvent::Refetching { epoch, refetch } => self.refetches(epoch, refetch),
            PlayerEvent::Stepped { position, at } => self.act_stepped(position, at, out),
            PlayerEvent::Speed { speed } => self.speed_is(speed, now),
            PlayerEvent::Stalled(stalled) => self.stalled(stalled, now, out),
            PlayerEvent::Sample(sample) => self.sampled(sample, now, out),
            PlayerEvent::Ended { epoch, broken } => self.data_ended(epoch, broken, now, out),
            PlayerEvent::Reach { epoch, reach } => {
                if let Some(medium) = self.medium.as_mut().filter(|m| m.epoch == epoch) {
                    medium.reach = Some(reach);
                }
            }
            PlayerEvent::LeftEnd { epoch } => self.left_end(epoch),
        }
    }

    /// The process came, went, froze or thawed.
    fn process_is(&mut self, state: &ProcessState, now: LocalTime, out: &mut Vec<Output>) {
        match state {
            ProcessState::Ready { .. } => {
                self.forget_player(out);
                self.process = Process::Ready;
            }
            ProcessState::Thawed => {
                self.process = Process::Ready;
                self.echo.renew(now);
                self.drift.forget_orders();
                self.steer_later(now);
                if let Some(medium) = &mut self.medium {
                    // Its load is not to blame for the time that it did not answer.
                    medium.ordered = now;
                }
            }
            ProcessState::Frozen => {
                self.process = Process::Frozen;
                self.suspend_stall(now, out);
            }
            ProcessState::Starting => {
                self.forget_player(out);
                self.process = Process::Starting;
            }
            ProcessState::Off | ProcessState::Closed(_) | ProcessState::Unusable(_) => {
                self.forget_player(out);
                self.process = Process::Away;
            }
        }
    }

    /// The player is another, or gone: nothing that it was told holds any more.
    pub(super) fn forget_player(&mut self, out: &mut Vec<Output>) {
        self.report_stall_over(out);
        self.forget_trouble();
        self.close_medium();
        self.echo = crate::sync::echo::Echo::default();
    }

    /// The member wants the medium opened anew.
    pub(super) fn reopen(&mut self) {
        self.keep_stall();
        self.forget_trouble();
        self.close_medium();
        self.echo = crate::sync::echo::Echo::default();
    }

    /// The medium of `epoch`, while it is being opened.
    fn opening(&mut self, epoch: Epoch) -> Option<&mut Medium> {
        self.medium
            .as_mut()
            .filter(|medium| medium.epoch == epoch && medium.stage == Stage::Opening)
    }

    /// The player is not at the end of its data any more.
    fn left_end(&mut self, epoch: Epoch) {
        if let Some(medium) = self.medium.as_mut().filter(|m| m.epoch == epoch) {
            medium.ended = false;
        }
    }

    /// A seek began. Those of a medium that is being opened are its own.
    fn seek_began(&mut self, now: LocalTime) {
        if !self.is_up() {
            return;
        }
        self.doubtful_jump = None;
        if self.echo.seek_began(now) == Origin::Member {
            self.drift.forget_orders();
        }
    }

    /// The player stands or runs at a new place.
    fn restarted(&mut self, position: Position, at: LocalTime, out: &mut Vec<Output>) {
        let Some(medium) = &mut self.medium else {
            return;
        };
        let arrived = match medium.stage {
            Stage::Opening | Stage::Failed => return,
            Stage::Opened(_) => {
                medium.stage = Stage::Up;
                medium.shown = Some(at);
                let span = at - medium.ordered;
                // A load that waited for data says nothing about seeks.
                if !medium.was_refetched && self.trouble.is_none() {
                    self.seeking.opened_in(span);
                }
                self.mended(at);
                None
            }
            Stage::Up => Some(self.echo.restarted()),
        };
        self.stands_at(position);
        self.left_told_end(position);
        let live = self.is_live();
        if let Some(medium) = self.medium.as_mut().filter(|_| live && arrived.is_none()) {
            // It was sent to the newest that there is, wherever in the room's time that lies.
            medium.aimed = position;
        }
        if let Some(medium) = &mut self.medium {
            medium.fresh = true;
            medium.odd_since = None;
        }
        self.last_seen = Some((position, at));
        self.drift.forget_orders();
        self.steer_later(at);
        self.sent.settles(at, arrived);
        match arrived {
            None => self.landed(position, at, false, out),
            Some(Arrived::Ours { sent }) => {
                let waited = self.learn_seek(sent, at);
                self.landed(position, at, waited, out);
            }
            Some(Arrived::Member { began }) => self.strange_seek(position, began, at, out),
            Some(Arrived::Nobody) => {}
        }
    }

    /// The player was paused, or plays on.
    fn paused_is(
        &mut self,
        paused: bool,
        position: Option<Position>,
        at: LocalTime,
        out: &mut Vec<Output>,
    ) {
        let origin = self.echo.paused(paused);
        // Readings before and after a rest are not one run of them.
        if let Some(medium) = &mut self.medium {
            medium.odd_since = None;
        }
        // Read after it went on, a position is late: where it stood is exact.
        let stood = self.medium.as_ref().and_then(|medium| medium.stands);
        let position = match stood {
            Some(stood) if !paused => Some(stood),
            _ => position,
        };
        self.last_seen = position.map(|position| (position, at)).or(self.last_seen);
        if let Some(medium) = self.medium.as_mut().filter(|_| paused) {
            medium.fresh = false;
            // The picture rests at once: read again later it is the same (mpv 0.35.1).
            medium.stands = position;
        }
        self.steer_later(at);
        if origin == Origin::Member && self.is_up() && paused != self.will_stand(at) {
            self.act_paused(paused, position, at, out);
        }
    }

    /// Notes where a paused player stands.
    pub(super) fn stands_at(&mut self, position: Position) {
        if let Some(medium) = &mut self.medium {
            medium.stands = Some(position);
        }
    }

    /// The player was read.
    fn sampled(&mut self, sample: Sample, now: LocalTime, out: &mut Vec<Output>) {
        let Some(medium) = &mut self.medium else {
            return;
        };
        medium.buffered = sample.buffered;
        let opened =
            matches!(medium.stage, Stage::Opened(since) if now - since > FIRST_PICTURE_LIMIT);
        if opened {
            medium.stage = Stage::Up;
            medium.shown = Some(now);
        }
        let up = medium.stage == Stage::Up && !medium.ended;
        if opened {
            self.mended(now);
        }
        if up && self.echo.seek_ended_unheard(&sample) {
            self.restarted(sample.position, sample.at, out);
        }
        let still = self.echo.believed_paused() == Some(true)
            && !self.echo.pause_outstanding()
            && !self.is_thrown()
            && !self.echo.is_seeking();
        // Paused, the audio clock may lie up to 0.2 s behind the picture.
        if up && still && sample.basis == Basis::Frame {
            self.stands_at(sample.position);
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
            self.tell_origin(&sample, out);
            self.note_live_offset(&sample);
            self.steer(sample, now, out);
        }
    }
}
