//! The rules that stand between the lines of one media and those of the next in the chat.

use super::chat_log::{BeganAt, MediaBegan};
use super::state::ScreenState;
use super::view::ClientView;
use crate::app::output::Person;
use crate::protocol::ids::Epoch;
use crate::protocol::playback::Playing;
use crate::room::chat::MediaMark;

/// Adds the media that came on while the member was away, at their places among the lines.
pub(super) fn media_of_lines(
    screen: &mut ScreenState,
    view: &ClientView<'_>,
    is_before: impl Fn(&MediaMark) -> bool,
) {
    let marks = view.room.into_iter().flat_map(|room| room.chat.media());
    for mark in marks.filter(|mark| is_before(mark)) {
        let at = Some(BeganAt::Told(mark.at));
        let began = media_began(view, (mark.epoch, &mark.playing), at);
        screen.log.begin_media(began);
    }
}

/// The rule that stands above the lines of a media.
pub(super) fn media_began(
    view: &ClientView<'_>,
    (epoch, playing): (Epoch, &Playing),
    at: Option<BeganAt>,
) -> MediaBegan {
    MediaBegan {
        epoch,
        playing: playing.clone(),
        added_by: Person {
            name: playing.by_name.clone(),
            is_you: view.is_me(playing.by),
        },
        at,
    }
}
