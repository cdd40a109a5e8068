//! What a list says of a room whose media waits in the lobby.

use crate::app::time_of_day::ClockTime;
use crate::strings::screen::start_time;
use crate::texts::language::Language;
use crate::texts::tr;
use crate::wire::pages::LobbyCard;

/// What is said of media that waits in the lobby: when it starts, and how many are ready.
pub(super) fn in_lobby(language: Language, lobby: &LobbyCard, starts: Option<ClockTime>) -> String {
    let waits = starts.map_or_else(
        || tr!(language, "room-in-lobby"),
        |clock| {
            tr!(
                language,
                "room-in-lobby-at",
                at = start_time(language, clock)
            )
        },
    );
    let ready = match lobby.wanted {
        Some(wanted) => {
            let ready = lobby.ready;
            tr!(
                language,
                "room-lobby-ready-of",
                ready = ready,
                wanted = wanted
            )
        }
        None => tr!(language, "room-lobby-ready", ready = (lobby.ready)),
    };
    format!("{waits} {ready}")
}
