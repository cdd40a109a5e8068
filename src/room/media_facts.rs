//! How what is learned of the video that plays changes it.

use crate::protocol::event::RoomEvent;
use crate::protocol::playback::Playing;

/// Takes in what players told of the video that plays, or an admin set.
pub(super) fn learn(playing: &mut Playing, event: &RoomEvent) {
    let by_hand = is_set_by_hand(playing, event);
    if let RoomEvent::Learned {
        duration,
        title,
        live,
        length_is_set,
        length_by_viewers,
        title_by_viewers,
        players_length,
        begins,
        ..
    } = event
    {
        *playing = Playing {
            duration: *duration,
            title: title.clone(),
            live: *live,
            length_is_set: *length_is_set,
            length_by_viewers: *length_by_viewers,
            title_by_viewers: *title_by_viewers,
            players_length: *players_length,
            begins: *begins,
            // Players tell what they have opened.
            unopened: playing.unopened && by_hand,
            ..playing.clone()
        };
    }
}

/// Whether an event says that an admin set the length of `before` by hand, or gave the
/// players' word back.
#[must_use]
pub fn is_set_by_hand(before: &Playing, event: &RoomEvent) -> bool {
    match event {
        RoomEvent::Learned {
            duration,
            length_is_set,
            ..
        } => {
            let changed = *duration != before.duration;
            *length_is_set != before.length_is_set || (*length_is_set && changed)
        }
        _ => false,
    }
}
