//! Texts of the gallery as plain lines (`gallery` without a screen).

use crate::protocol::invite::ServerUrl;
use crate::protocol::time::Position;
use crate::texts::language::Language;
use crate::texts::tr;

/// The headings of the columns.
#[must_use]
pub fn headings(language: Language) -> [String; 5] {
    [
        tr!(language, "room-heading-room"),
        tr!(language, "room-heading-title"),
        tr!(language, "room-heading-viewers"),
        tr!(language, "room-heading-media"),
        tr!(language, "room-heading-time"),
    ]
}

/// What stands for the position of live media, which has none.
#[must_use]
pub fn live(language: Language) -> String {
    tr!(language, "room-live")
}

/// A position and the length.
#[must_use]
pub fn time(position: Position, end: Position) -> String {
    format!("{position} / {end}")
}

/// A position at which the media is paused.
#[must_use]
pub fn paused(time: &str) -> String {
    format!("{time} ⏸")
}

/// The text for an empty list, with the next step.
#[must_use]
pub fn empty(language: Language, server: &ServerUrl) -> String {
    let none = tr!(language, "room-list-empty", server = server.as_str());
    format!("{none}\n  watchtogether join movie-night --server {server}\n")
}
