//! The words of the gallery.

use crate::protocol::invite::ServerUrl;
use crate::protocol::time::Position;

/// Over the columns: a room's name, its title, how many watch, what is on, how far it is.
pub const HEADINGS: [&str; 5] = ["ROOM", "TITLE", "VIEWERS", "ON NOW", "TIME"];

/// In place of a time, for what has no end.
pub const LIVE: &str = "live";

/// How far a film is.
#[must_use]
pub fn time(position: Position, end: Position) -> String {
    format!("{position} / {end}")
}

/// A time at which a film stands.
#[must_use]
pub fn paused(time: &str) -> String {
    format!("{time} ⏸")
}

/// No room is live, and what to do.
#[must_use]
pub fn empty(server: &ServerUrl) -> String {
    format!(
        "No public room is live on {server}. Open one:\n  \
         watchtogether join movie-night --server {server}\n"
    )
}
