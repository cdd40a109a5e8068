//! Live media: where the list names the wall time of its pictures, players are compared by
//! that; elsewhere each plays from where it began.
//!
//! The room holds to which wall time its position zero belongs, as the first admin's player
//! told it, or another's where none plays the list.
//! A player's own positions begin wherever it opened the list: they are turned into the
//! room's as they come in, and back as they go out.

use super::Follower;
use super::Output;
use super::medium::Medium;
use crate::protocol::command::Report;
use crate::protocol::ids::Epoch;
use crate::protocol::time::{Position, Span};
use crate::sync::player::{PlayerEvent, Sample};

impl Follower {
    /// Whether position means nothing here.
    pub(super) fn is_live(&self) -> bool {
        let said = self
            .timeline
            .playing
            .as_ref()
            .is_some_and(|playing| playing.live);
        said || self.medium.as_ref().is_some_and(Medium::is_endless)
    }

    /// Whether it is live, and nothing is known by which players could be compared.
    pub(super) fn is_left_alone(&self) -> bool {
        self.is_live() && self.live_shift().is_none()
    }

    /// The room's position minus the player's own, where it is live and both are known.
    pub(super) fn live_shift(&self) -> Option<Span> {
        let room = self.timeline.playing.as_ref()?.begins?;
        let own = self.medium.as_ref()?.origin?;
        self.is_live().then_some(own - room)
    }

    /// The list names the wall time of the player's position zero.
    pub(super) fn live_origin(&mut self, epoch: Epoch, wall: Span) {
        if let Some(medium) = self.medium.as_mut().filter(|m| m.epoch == epoch) {
            medium.origin = Some(wall);
        }
    }

    /// Tells the room once to which wall time its position zero belongs, if it does not know.
    pub(super) fn tell_origin(&mut self, sample: &Sample, out: &mut Vec<Output>) {
        let steady = sample.at >= self.steer_from && !self.timeline.stands();
        let unknown = |playing: &crate::protocol::film::Playing| playing.begins.is_none();
        let asked = self.timeline.playing.as_ref().is_some_and(unknown);
        if !(steady && asked && self.is_live()) || self.awaits_start(sample.at) {
            return;
        }
        let Some(target) = self.clock.room(sample.at).map(|room| self.target(room)) else {
            return;
        };
        let Some(medium) = self.medium.as_mut().filter(|medium| !medium.origin_told) else {
            return;
        };
        if let Some(own) = medium.origin {
            medium.origin_told = true;
            out.push(Output::Report(Report::Learned {
                epoch: medium.epoch,
                duration: None,
                title: medium.title.clone(),
                live: true,
                begins: Some(own + (sample.position - target)),
            }));
        }
    }

    /// The same event with the room's positions.
    pub(super) fn on_timeline(&self, mut event: PlayerEvent) -> PlayerEvent {
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
