//! Applies newly learned facts to the playing media.

use crate::protocol::event::RoomEvent;
use crate::protocol::playback::Playing;

/// Applies what players reported about the playing media, or what an admin set.
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
            // Only a player that has opened the media reports facts.
            unopened: playing.unopened && by_hand,
            ..playing.clone()
        };
    }
}

/// Applies what the client of whoever queued the media says of it: only a title, and only if none is
/// known. Its length is for players to report.
pub(super) fn describe(playing: &mut Playing, event: &RoomEvent) {
    if let RoomEvent::Described {
        title: Some(title),
        by_viewer,
        ..
    } = event
        && playing.title.is_none()
    {
        playing.title = Some(title.clone());
        playing.title_by_viewers = *by_viewer;
    }
}

/// Whether an event means that an admin set the length of `before` by hand, or removed a length set
/// by hand.
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
