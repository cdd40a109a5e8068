//! The title of the player's window: the media and the room.

use super::input::VideoView;

/// What stands between the two, in every language.
const BETWEEN: &str = " · ";

/// The title.
pub(super) fn title(view: &VideoView<'_>) -> String {
    let title = view.room.and_then(|room| room.title.as_ref());
    let room = title.map_or_else(|| view.room_id.to_string(), ToString::to_string);
    let playing = view.room.and_then(|room| room.timeline.playing.as_ref());
    let Some(playing) = playing else {
        return room;
    };
    let title = playing.title.as_ref().map(ToString::to_string);
    let media = title.unwrap_or_else(|| playing.media.name());
    format!("{media}{BETWEEN}{room}")
}
