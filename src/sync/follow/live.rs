//! Live media: where the list names the wall time of its pictures, players are compared by that;
//! elsewhere each plays from where it began, and the screen says how far apart they are, as far as
//! the broadcast's own time stamps say.
//!
//! The room knows the wall time of its position zero: an admin's player reported it last, or
//! another player where no admin's plays the list. A player's own positions begin wherever it
//! opened the list: they are turned into the room's as they come in, and back as they go out.

use super::FollowOutput;
use super::Follower;
use super::landing::LONGEST_STAND;
use super::loaded_media::LoadedMedia;
use super::status::RECENT;
use super::sync_state::{SyncState, Unsynced};
use crate::protocol::command::Report;
use crate::protocol::ephemeral::LivePlace;
use crate::protocol::ids::Epoch;
use crate::protocol::playback::Playing;
use crate::protocol::time::{LocalTime, Position, Span};
use crate::sync::player::{PlayerEvent, Sample};

/// A player of live media that is farther ahead than this lost its position, and the room may
/// follow it. Players differ by less at their start and after a break.
pub(super) const LOST_PLACE: Span = Span::seconds(6);

/// How long the room may take to follow an admin's player that was thrown ahead (judgement:
/// several round trips).
const ROOM_FOLLOWS: Span = Span::seconds(3);

impl Follower {
    /// Whether the media is live.
    pub(super) fn is_live(&self) -> bool {
        let reported = self
            .timeline
            .playing
            .as_ref()
            .is_some_and(|playing| playing.live);
        reported || self.loaded.as_ref().is_some_and(LoadedMedia::is_endless)
    }

    /// Whether the player is not steered: the media is live and nothing is known by which players
    /// could be compared, or its own time jumps.
    pub(super) fn is_left_alone(&self) -> bool {
        self.has_jumping_time() || self.is_unsteered_live()
    }

    /// Whether it is live, and nothing is known by which players could be compared.
    pub(super) fn is_unsteered_live(&self) -> bool {
        self.is_live() && self.live_shift().is_none()
    }

    /// The room's position minus the player's own, where it is live and both are known.
    pub(super) fn live_shift(&self) -> Option<Span> {
        let room = self.timeline.playing.as_ref()?.begins?;
        let own = self.loaded.as_ref()?.origin?;
        self.is_live().then_some(own - room)
    }

    /// The list names the wall time of the player's position zero.
    pub(super) fn live_origin(&mut self, epoch: Epoch, wall: Span) {
        if let Some(loaded) = self.loaded.as_mut().filter(|m| m.epoch == epoch) {
            loaded.origin = Some(wall);
        }
    }

    /// Reports once which wall time the room's position zero has, if the room does not know.
    pub(super) fn report_origin_once(&mut self, sample: &Sample, out: &mut Vec<FollowOutput>) {
        let steady = sample.at >= self.steer_from && !self.timeline.is_stopped();
        let unknown = |playing: &Playing| playing.begins.is_none();
        let asked = self.timeline.playing.as_ref().is_some_and(unknown);
        if !(steady && asked && self.is_live()) || self.awaits_start(sample.at) {
            return;
        }
        let Some(target) = self.clock.room(sample.at).map(|room| self.target(room)) else {
            return;
        };
        if self.loaded.as_ref().is_some_and(|m| !m.origin_reported) {
            self.report_origin(sample.position - target, out);
        }
    }

    /// Reports which wall time the room's position zero has, from a player that is `ahead` of the
    /// room by so much.
    fn report_origin(&mut self, ahead: Span, out: &mut Vec<FollowOutput>) {
        let room = self.timeline.playing.as_ref().and_then(|room| room.begins);
        let Some(loaded) = &mut self.loaded else {
            return;
        };
        if let Some(origin) = room.or(loaded.origin) {
            loaded.origin_reported = true;
            out.push(FollowOutput::Report(Report::Learned {
                epoch: loaded.epoch,
                duration: None,
                title: loaded.title.clone(),
                live: true,
                begins: Some(origin + ahead),
            }));
        }
    }

    /// A steered player is this far off. After a long pause the list may have lost what the room
    /// shows: the player then goes on at the earliest place that is left (mpv does so by itself).
    /// This is reported, and the room follows if the player is an admin's. Otherwise the player
    /// stands until the room arrives.
    pub(super) fn note_lost_place(
        &mut self,
        error: Span,
        sample: &Sample,
        now: LocalTime,
        out: &mut Vec<FollowOutput>,
    ) {
        let is_lost = self.is_live() && error > LOST_PLACE;
        let Some(loaded) = &mut self.loaded else {
            return;
        };
        if !is_lost {
            loaded.lost_place = None;
            return;
        }
        match loaded.lost_place {
            None => {
                loaded.lost_place = Some(sample.at);
                self.report_origin(error, out);
            }
            Some(since) => {
                let answered = sample.at - since >= ROOM_FOLLOWS;
                if answered && error <= LONGEST_STAND && self.seeking.rested(now) {
                    self.seeking.unasked(now);
                    self.stand(now, out);
                }
            }
        }
    }

    /// Notes where in the broadcast the player is, if its time stamps say so.
    pub(super) fn note_live_offset(&mut self, sample: &Sample) {
        if !self.is_unsteered_live() {
            return;
        }
        let room = self.clock.room(sample.at);
        let target = room.map(|room| self.target(room));
        if let Some(loaded) = &mut self.loaded {
            let stamp = loaded.begins.map(|begins| sample.position + begins);
            let offset = stamp.zip(target).map(|(stamp, target)| stamp - target);
            loaded.live_offset = offset.map(|offset| (offset, sample.at));
        }
    }

    /// Where in a broadcast the player is that is not steered, if it was read lately. A player
    /// that stands with the room is read once.
    pub(super) fn live_place(&self) -> Option<LivePlace> {
        let loaded = self.loaded.as_ref().filter(|_| self.is_unsteered_live())?;
        let (offset, at) = loaded.live_offset?;
        let is_stopped = self.timeline.is_stopped() && self.echo.believed_paused() == Some(true);
        (is_stopped || self.seen - at <= RECENT).then_some(LivePlace {
            epoch: loaded.epoch,
            offset,
        })
    }

    /// How far a player of live media is from the room that it cannot be brought to.
    pub(super) fn live_apart(&self) -> Option<Span> {
        let unsynced = self.state() == SyncState::Unsynced(Unsynced::Live);
        self.recent_error().filter(|_| unsynced).map(Span::abs)
    }

    /// The same event with the room's positions.
    pub(super) fn in_room_positions(&self, mut event: PlayerEvent) -> PlayerEvent {
        let Some(shift) = self.live_shift() else {
            return event;
        };
        match &mut event {
            PlayerEvent::PlaybackRestarted { position, .. }
            | PlayerEvent::Stepped { position, .. }
            | PlayerEvent::Sample(Sample { position, .. })
            | PlayerEvent::Paused {
                position: Some(position),
                ..
            } => *position = *position + shift,
            _ => {}
        }
        event
    }

    /// The player's own position for one of the room's.
    pub(super) fn in_player(&self, position: Position) -> Position {
        let shifted = self.live_shift().map(|shift| position - shift);
        shifted.unwrap_or(position).max(Position::START)
    }
}
