//! The quality that the member chose for their own player.

use super::handling::Handling;
use crate::app::output::{Notice, OwnPlayerNotice, QualityStart};
use crate::media::YOUTUBE;
use crate::sync::player::{PlayerCommand, Quality};

/// The quality that the member chose, for every player that is started; `None` before any choice.
#[derive(Debug, Default)]
pub(super) struct ChosenQuality(Option<Quality>);

/// What a choice changes in what plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum QualityChange {
    /// Nothing: the media comes in one quality.
    Nothing,
    /// It has to be opened anew.
    Reopened,
    /// It has to be opened anew, and its picture may be another one then.
    Picture,
}

impl ChosenQuality {
    /// The member chose: it counts from the next time that media is opened. What that changes in
    /// what plays.
    pub(super) fn choose(&mut self, quality: Quality, step: &mut Handling<'_>) -> QualityChange {
        let room = step.view().room;
        let media = room.and_then(|room| room.timeline.playing.as_ref());
        let fixed = media.is_some_and(|playing| playing.media.kind() != YOUTUBE);
        let fixed = fixed && matches!(quality, Quality::UpTo(_));
        let notice = if fixed {
            OwnPlayerNotice::QualityFixed
        } else if media.is_some() {
            OwnPlayerNotice::Quality(quality, QualityStart::Reopens)
        } else {
            OwnPlayerNotice::Quality(quality, QualityStart::NextMedia)
        };
        step.notice(Some(Notice::Own(notice)));
        self.0 = Some(quality);
        self.order(step);
        if fixed {
            QualityChange::Nothing
        } else if media.is_some() && quality != Quality::AudioOnly {
            QualityChange::Picture
        } else {
            QualityChange::Reopened
        }
    }

    /// The member chose while there is no player that could play in it.
    pub(super) fn choose_for_later(&mut self, quality: Quality, step: &mut Handling<'_>) {
        self.0 = Some(quality);
        let notice = OwnPlayerNotice::Quality(quality, QualityStart::PlayerIsOpen);
        step.notice(Some(Notice::Own(notice)));
    }

    /// Says which was chosen, and how many lines the picture has if there is one.
    pub(super) fn tell(&self, lines: Option<u32>, step: &mut Handling<'_>) {
        let chosen = self.0;
        let notice = OwnPlayerNotice::QualityNow { chosen, lines };
        step.notice(Some(Notice::Own(notice)));
    }

    /// Orders it from the player, as one that was started needs it.
    pub(super) fn order(&self, step: &mut Handling<'_>) {
        if let Some(quality) = self.0 {
            step.order(PlayerCommand::SetQuality(quality));
        }
    }
}
