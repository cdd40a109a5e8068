//! Subtitles that a member offers for the media.

use super::{CommandContext, CommandResult};
use crate::media::subtitles::SubtitleLink;
use crate::protocol::denied::Denied;
use crate::protocol::event::RoomEvent;
use crate::protocol::playback::SubtitleOffer;

/// Offers a file to everybody, in place of the one offered before.
pub(super) fn offer(ctx: CommandContext<'_>, link: &SubtitleLink) -> CommandResult {
    let CommandContext { state, by, .. } = ctx;
    let timeline = &state.timeline;
    if timeline.playing.is_none() {
        return Err(Denied::NothingPlays);
    }
    let offered = state.subtitles.as_ref();
    if offered.is_some_and(|offer| offer.link == *link) {
        return Err(Denied::NothingChanges);
    }
    let offer = SubtitleOffer {
        link: link.clone(),
        by: by.id,
        by_name: by.name.clone(),
    };
    let epoch = timeline.epoch;
    Ok(vec![RoomEvent::SubtitlesOffered { epoch, offer }.into()])
}
