//! Texts of the subcommands for scripts: `add` and `status`.

use super::gallery as columns;
use super::media::name;
use crate::app::output::Queued;
use crate::media::Media;
use crate::protocol::time::{Position, Span};
use crate::texts::language::Language;
use crate::texts::tr;
use crate::wire::pages::{PlayingCard, RoomCard};

/// What became of a link; without an entry it is only known to have been taken.
#[must_use]
pub fn queued(language: Language, media: &Media, queued: Option<Queued>) -> String {
    let name = name(None, media);
    match queued {
        Some(Queued::Playing) => tr!(language, "errand-plays", name = name),
        Some(Queued::Approved(entry)) => {
            let entry = entry.to_string();
            tr!(language, "errand-queued", entry = entry, name = name)
        }
        Some(Queued::Proposed(entry)) => {
            let entry = entry.to_string();
            tr!(language, "errand-proposed", entry = entry, name = name)
        }
        None => tr!(language, "errand-added", name = name),
    }
}

/// A room in one line: what plays, where, and how many watch.
#[must_use]
pub fn status(language: Language, room: &RoomCard) -> String {
    let viewers = tr!(language, "status-viewers", count = room.viewers);
    let Some(playing) = &room.playing else {
        return tr!(language, "status-idle", viewers = viewers);
    };
    let sign = if room.lobby.is_some() {
        "◷"
    } else if playing.paused {
        "⏸"
    } else {
        "▶"
    };
    let time = match end(playing) {
        _ if playing.live => columns::live(language),
        Some(end) => columns::time(playing.position, end),
        None => playing.position.to_string(),
    };
    let media = media(playing);
    format!("{sign} {media} · {time} · {viewers}")
}

/// What plays, by its title, or else by its kind.
#[must_use]
pub fn media(playing: &PlayingCard) -> String {
    let title = playing.title.as_ref();
    title.map_or_else(|| playing.kind.clone(), ToString::to_string)
}

/// Where media ends, if that is known.
#[must_use]
pub fn end(playing: &PlayingCard) -> Option<Position> {
    playing.duration.map(|Span(length)| Position(length.max(0)))
}
