//! The subtitle file that was added to the player for the media that is open. It is added once:
//! whoever accepts it again reads that it is there, or gets it shown again.

use super::handling::Handling;
use crate::app::output::{Notice, OwnPlayerNotice};
use crate::media::subtitles::SubtitleLink;
use crate::protocol::ids::Epoch;
use crate::sync::player::{PlayerCommand, Track, TrackKind};

/// What was added last.
#[derive(Debug, Default)]
pub(super) struct AddedSubtitles {
    current: Option<Added>,
}

#[derive(Debug)]
struct Added {
    epoch: Epoch,
    link: SubtitleLink,
    /// The number of its track; `None` while the player loads it.
    track: Option<u32>,
}

impl AddedSubtitles {
    /// The player is ordered to add this file.
    pub(super) fn begin(&mut self, epoch: Epoch, link: SubtitleLink) {
        self.current = Some(Added {
            epoch,
            link,
            track: None,
        });
    }

    /// The player did not add it.
    pub(super) fn failed(&mut self) {
        self.current = None;
    }

    /// The player shows other subtitles, as it was ordered to: the file, if it was being loaded.
    pub(super) fn shown(&mut self, tracks: &[Track]) {
        if let Some(added) = &mut self.current
            && added.track.is_none()
        {
            let shown = tracks.iter().find(|track| {
                track.kind == TrackKind::Subtitles && track.is_selected && track.is_external
            });
            added.track = shown.map(|track| track.number);
        }
    }

    /// Whether this file was added to the media of `epoch`.
    pub(super) fn has(&self, epoch: Epoch, link: &SubtitleLink) -> bool {
        let mut current = self.current.iter();
        current.any(|added| added.epoch == epoch && added.link == *link)
    }

    /// It is accepted once more: it is shown again if the member chose other subtitles since.
    pub(super) fn show_again(&self, tracks: &[Track], step: &mut Handling<'_>) {
        let track = self.current.as_ref().and_then(|added| added.track);
        let is_hidden = tracks.iter().any(|other| {
            other.kind == TrackKind::Subtitles && Some(other.number) == track && !other.is_selected
        });
        if is_hidden {
            step.order(PlayerCommand::SelectTrack {
                kind: TrackKind::Subtitles,
                number: track,
            });
        } else {
            step.notice(Some(Notice::Own(OwnPlayerNotice::SubtitlesShownAlready)));
        }
    }
}
