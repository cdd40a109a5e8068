//! What stands outside the screen: the window's title, notifications, the goodbye.

use super::client;
use super::naming::quoted;
use super::screen::long;
use crate::app::effect::Alert;
use crate::app::screen::stats::VisitStats;
use crate::app::told::Why;
use crate::protocol::time::{LocalTime, Position};

/// The title of the terminal's window.
#[must_use]
pub fn window_title(
    room: &str,
    position: Option<(Position, bool)>,
    viewers: Option<u32>,
) -> String {
    let count = viewers.map_or_else(String::new, |viewers| format!(" {viewers}"));
    match position {
        Some((position, true)) => format!("▶ {position} {room}{count}"),
        Some((position, false)) => format!("‖ {position} {room}{count}"),
        None => format!("{room}{count}"),
    }
}

/// A notification of the terminal's. It begins with a word of ours: what a stranger is
/// called could stand for another request of the terminal.
#[must_use]
pub fn alert(alert: &Alert) -> String {
    match alert {
        Alert::Mentioned(name) => format!("watchtogether: {name} mentioned you"),
        Alert::Started(Some(title)) => {
            format!("watchtogether: now playing {}", quoted(title.as_str()))
        }
        Alert::Started(None) => "watchtogether: a video starts".to_owned(),
    }
}

/// The goodbye, on the normal screen: what it was, and the line that leads back. Empty for who
/// never was in a room, or was sent out of it.
#[must_use]
pub fn goodbye(stats: &VisitStats, now: LocalTime, back: &str) -> String {
    let Some(since) = stats.since().filter(|_| !stats.was_removed()) else {
        return String::new();
    };
    let together = long(now - since);
    let films = match stats.media() {
        1 => "1 video".to_owned(),
        films => format!("{films} videos"),
    };
    let reactions = match stats.reactions() {
        1 => "1 reaction".to_owned(),
        reactions => format!("{reactions} reactions"),
    };
    let share = stats.in_step_percent().map_or_else(String::new, |percent| {
        format!(", in step {percent} % of the time")
    });
    format!("Goodbye. {together} together: {films}, {reactions}{share}.\nBack: {back}")
}

/// The line that leads back into a room.
#[must_use]
pub fn way_back(invite: &str) -> String {
    format!("watchtogether join {invite}")
}

/// Why the client ended by itself, on the normal screen.
#[must_use]
pub fn refused(why: &Why) -> String {
    client::why(why)
}

/// Something in this program broke.
pub const BROKE: &str =
    "watchtogether had to end because of a fault of its own. The log has the details.";
