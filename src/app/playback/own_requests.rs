//! Does what a line or a key asks of the member's own player. Each line is answered once.

use super::handling::Handling;
use super::own_player::OwnPlayer;
use super::own_request::OwnRequest;
use super::quality::QualityChange;
use super::subtitle_trial::SubtitleTrial;
use super::{Playback, PlaybackOutput};
use crate::app::output::{PlayerView, Why};
use crate::media::subtitles::SubtitleLink;
use crate::protocol::command::Command;
use crate::protocol::ids::Epoch;
use crate::protocol::time::Span;
use crate::sync::follow::FollowInput;
use crate::sync::player::Quality;

impl Playback {
    /// Does what the line of this number asks, and answers it.
    pub(super) fn on_own(&mut self, line: u64, request: OwnRequest, step: &mut Handling<'_>) {
        if let OwnRequest::OfferSubtitles(file) = request {
            return self.try_subtitles(line, file, step);
        }
        let answer = if self.has_player {
            self.carry_out_own(request, step)
        } else {
            Err(Why::NoPlayer)
        };
        step.add(PlaybackOutput::Done(line, answer));
    }

    fn carry_out_own(&mut self, request: OwnRequest, step: &mut Handling<'_>) -> Result<(), Why> {
        match request {
            OwnRequest::Order(order) => {
                self.check_runs()?;
                step.order(order);
            }
            OwnRequest::Track(kind, request) => {
                self.check_runs()?;
                self.own.choose_track(kind, &request, step)?;
            }
            OwnRequest::TellVolume => {
                self.check_runs()?;
                self.own.tell_volume(step);
            }
            OwnRequest::TellQuality => self.quality.tell(self.own.picture_lines(), step),
            // It is answered once the player has tried them.
            OwnRequest::OfferSubtitles(_) => {}
            OwnRequest::AcceptSubtitles => self.accept_subtitles(step)?,
            OwnRequest::TellSubtitleDelay => self.own.tell_subtitle_delay(step),
            OwnRequest::Nudge(offset) => {
                let offset = self.own.nudge(offset, step);
                self.offset_output(offset, step);
            }
            OwnRequest::Quality(quality) => self.on_quality(quality, step),
        }
        Ok(())
    }

    /// Whether the player can be asked for something now.
    ///
    /// # Errors
    /// If it is closed, or does not answer.
    fn check_runs(&self) -> Result<(), Why> {
        match self.player_view() {
            PlayerView::Gone(_) => Err(Why::PlayerClosed),
            PlayerView::Frozen => Err(Why::PlayerFrozen),
            _ => Ok(()),
        }
    }

    /// Shows the subtitles that are offered for what plays.
    fn accept_subtitles(&mut self, step: &mut Handling<'_>) -> Result<(), Why> {
        let room = step.view().room;
        let offer = room.and_then(|room| Some((room.timeline.epoch, room.subtitles.as_ref()?)));
        let (epoch, offer) = offer.ok_or(Why::NoSubtitlesOffered)?;
        offer
            .link
            .check(self.refusals.privacy())
            .map_err(Why::NotOpened)?;
        let is_open = self.is_open();
        self.own.accept(epoch, offer.link.clone(), is_open, step);
        Ok(())
    }

    /// Tries subtitles that the member wants to offer. Without open media there is nothing to try
    /// them with, and they are offered as they are; so are those that are there already.
    fn try_subtitles(&mut self, line: u64, file: SubtitleLink, step: &mut Handling<'_>) {
        if let Err(refusal) = file.check(self.refusals.privacy()) {
            let refused = Err(Why::NotOpened(refusal));
            step.add(PlaybackOutput::Done(line, refused));
            return;
        }
        let epoch = step.view().room.map(|room| room.timeline.epoch);
        let tries = |epoch: &Epoch| {
            self.has_player && self.is_open() && !self.own.has_subtitles(*epoch, &file)
        };
        if let Some(epoch) = epoch.filter(tries) {
            self.own.try_subtitles(
                SubtitleTrial {
                    line,
                    epoch,
                    link: file,
                },
                step,
            );
        } else {
            let command = Command::OfferSubtitles { link: file };
            step.add(PlaybackOutput::LineCommand(line, command));
        }
    }

    /// Whether the player has media open.
    fn is_open(&self) -> bool {
        matches!(
            self.player_view(),
            PlayerView::Playing
                | PlayerView::Paused
                | PlayerView::Buffering
                | PlayerView::ReadingOn(_)
        )
    }

    /// Plays in another quality, from where the room is.
    fn on_quality(&mut self, quality: Quality, step: &mut Handling<'_>) {
        if self.check_runs().is_err() {
            return self.quality.choose_for_later(quality, step);
        }
        match self.quality.choose(quality, step) {
            QualityChange::Nothing => return,
            QualityChange::Reopened => {}
            QualityChange::Picture => self.own.tell_picture(),
        }
        self.reopen(step);
    }

    /// The sound device is late by this from now on, if that is another offset than before.
    pub(super) fn offset_output(&mut self, offset: Option<Span>, step: &mut Handling<'_>) {
        if let Some(offset) = offset {
            self.follow(FollowInput::OutputOffset(offset), step);
        }
    }
}

impl OwnPlayer {
    /// Says how late the sound device is, and sets it if `offset` is given: then it is returned.
    fn nudge(&mut self, offset: Option<Span>, step: &mut Handling<'_>) -> Option<Span> {
        if let Some(offset) = offset {
            self.set_offset(offset, step);
        }
        self.tell_offset(step);
        offset
    }
}
