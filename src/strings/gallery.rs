//! Texts of the gallery as plain lines (`gallery` without a screen).

use crate::protocol::invite::ServerUrl;
use crate::protocol::time::Position;
use crate::texts::language::Language;

/// The headings of the columns.
pub const HEADINGS: [&str; 5] = ["ROOM", "TITLE", "VIEWERS", "ON NOW", "TIME"];

/// The position of live media, which has none.
pub const LIVE: &str = "live";

/// A position and the length.
#[must_use]
pub fn time(language: Language, position: Position, end: Position) -> String {
    format!("{position} / {end}")
}

/// A position at which the media is paused.
#[must_use]
pub fn paused(language: Language, time: &str) -> String {
    format!("{time} ⏸")
}

/// The text for an empty list, with the next step.
#[must_use]
pub fn empty(language: Language, server: &ServerUrl) -> String {
    format!(
        "No public room is live on {server}. Open one:\n  \
         watchtogether join movie-night --server {server}\n"
    )
}
