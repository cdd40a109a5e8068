//! Texts outside the screen: the window's title, notifications, the goodbye.

use super::client;
use super::numbers::long;
use super::sentences::quoted;
use crate::app::effect::Alert;
use crate::app::output::Why;
use crate::app::screen::stats::VisitStats;
use crate::protocol::time::{LocalTime, Position};
use crate::texts::language::Language;

/// The title of the terminal's window.
#[must_use]
pub fn window_title(
    language: Language,
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

/// The text of a notification. It begins with a word of ours, since some terminals interpret a
/// leading number as a command, and a stranger's name may be one.
#[must_use]
pub fn alert(language: Language, alert: &Alert) -> String {
    match alert {
        Alert::Mentioned(name) => format!("watchtogether: {name} mentioned you"),
        Alert::Started(Some(title)) => {
            format!(
                "watchtogether: now playing {}",
                quoted(language, title.as_str())
            )
        }
        Alert::Started(None) => "watchtogether: a video starts".to_owned(),
    }
}

/// The goodbye on the normal screen: a summary, and the command to come back. Empty if the
/// member never joined a room or was removed from it.
#[must_use]
pub fn goodbye(language: Language, stats: &VisitStats, now: LocalTime, back: &str) -> String {
    let Some(since) = stats.since().filter(|_| !stats.was_removed()) else {
        return String::new();
    };
    let together = long(language, now - since);
    let media = match stats.media() {
        1 => "1 video".to_owned(),
        count => format!("{count} videos"),
    };
    let reactions = match stats.reactions() {
        1 => "1 reaction".to_owned(),
        reactions => format!("{reactions} reactions"),
    };
    let share = stats.in_step_percent().map_or_else(String::new, |percent| {
        format!(", in step {percent} % of the time")
    });
    format!("Goodbye. {together} together: {media}, {reactions}{share}.\nBack: {back}")
}

/// The command to come back into a room.
#[must_use]
pub fn way_back(language: Language, invite: &str) -> String {
    format!("watchtogether join {invite}")
}

/// Why the client ended by itself, for the normal screen.
#[must_use]
pub fn refused(language: Language, why: &Why) -> String {
    client::why(language, why)
}

/// The text for a panic of one of our threads.
pub const THREAD_PANICKED: &str =
    "watchtogether had to end because of a fault of its own. The log has the details.";
