//! The quality that the member chose for their own player.

use super::handling::Handling;
use crate::app::output::{Notice, OwnPlayerNotice};
use crate::media::YOUTUBE;
use crate::sync::player::{PlayerCommand, Quality};

/// The quality that the member chose, for every player that is started; `None` before any choice.
#[derive(Debug, Default)]
pub(super) struct ChosenQuality(Option<Quality>);

impl ChosenQuality {
    /// The member chose: it counts from the next time that media is opened. Whether the picture may
    /// be another one then.
    pub(super) fn choose(&mut self, quality: Quality, step: &mut Handling<'_>) -> bool {
        let room = step.view().room;
        let media = room.and_then(|room| room.timeline.playing.as_ref());
        let fixed = media.is_some_and(|playing| playing.media.kind() != YOUTUBE);
        let fixed = fixed && matches!(quality, Quality::UpTo(_));
        let notice = if fixed {
            OwnPlayerNotice::QualityFixed
        } else {
            OwnPlayerNotice::Quality(quality)
        };
        step.notice(Some(Notice::Own(notice)));
        self.0 = Some(quality);
        self.order(step);
        !fixed && media.is_some() && quality != Quality::AudioOnly
    }

    /// Orders it from the player, as one that was started needs it.
    pub(super) fn order(&self, step: &mut Handling<'_>) {
        if let Some(quality) = self.0 {
            step.order(PlayerCommand::SetQuality(quality));
        }
    }
}
