//! Texts outside the screen: the window's title, notifications, the goodbye.

use super::client;
use super::numbers::long;
use super::sentences::quoted;
use crate::app::effect::Alert;
use crate::app::lobby::{LobbyStart, LobbyView};
use crate::app::output::Why;
use crate::app::screen::stats::VisitStats;
use crate::protocol::ids::RoomId;
use crate::protocol::time::{LocalTime, Position};
use crate::texts::language::Language;
use crate::texts::tr;

/// The title of the terminal's window.
#[must_use]
pub fn window_title(
    language: Language,
    room: &str,
    position: Option<(Position, bool)>,
    viewers: Option<u32>,
) -> String {
    let room = viewers.map_or_else(
        || room.to_owned(),
        |viewers| tr!(language, "goodbye-window", room = room, viewers = viewers),
    );
    match position {
        Some((position, true)) => format!("▶ {position} {room}"),
        Some((position, false)) => format!("‖ {position} {room}"),
        None => room,
    }
}

/// The same while media waits in the lobby: when it starts, or how many are ready of how many.
#[must_use]
pub fn lobby_title(language: Language, room: &str, lobby: &LobbyView, viewers: u32) -> String {
    let title = window_title(language, room, None, Some(viewers));
    if let Some(LobbyStart::At(clock, _)) = lobby.start {
        format!("◌ {} {title}", clock.time)
    } else {
        let (ready, wanted) = (lobby.ready.len(), lobby.wanted());
        format!("◌ {ready}/{wanted} {title}")
    }
}

/// The text of a notification. It begins with the name of the program, since some terminals
/// interpret a leading number as a command, and a stranger's name may be one.
#[must_use]
pub fn alert(language: Language, alert: &Alert) -> String {
    match alert {
        Alert::Mentioned(name) => tr!(language, "goodbye-mentioned", who = name.as_str()),
        Alert::Started(Some(title)) => tr!(
            language,
            "goodbye-started",
            title = quoted(language, title.as_str())
        ),
        Alert::Started(None) => tr!(language, "goodbye-started-untitled"),
        Alert::Reacted(name, emoji) => tr!(
            language,
            "goodbye-reacted",
            who = name.as_str(),
            emoji = emoji.as_str()
        ),
    }
}

/// What the goodbye says of the room.
#[derive(Debug, Clone, Copy)]
pub struct Parting<'a> {
    /// How long the room is kept, if that is known.
    pub kept: Option<&'a str>,
    /// How to come back, or what to do instead.
    pub next: &'a str,
}

/// The goodbye on the normal screen: a summary, how long the room is kept, and what comes next. Empty if the member never joined a room or was removed from it.
#[must_use]
pub fn goodbye(
    language: Language,
    stats: &VisitStats,
    now: LocalTime,
    parting: Parting<'_>,
) -> String {
    let Some(since) = stats.since().filter(|_| !stats.was_removed()) else {
        return String::new();
    };
    let together = long(language, now - since);
    let visit = match stats.in_step_percent() {
        Some(percent) => tr!(
            language,
            "goodbye-visit-in-step",
            together = together,
            videos = (stats.media()),
            reactions = (stats.reactions()),
            percent = percent
        ),
        None => tr!(
            language,
            "goodbye-visit",
            together = together,
            videos = (stats.media()),
            reactions = (stats.reactions())
        ),
    };
    let lines = [Some(visit.as_str()), parting.kept, Some(parting.next)];
    lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// How to come back, with the command for it.
#[must_use]
pub fn back(language: Language, command: &str) -> String {
    tr!(language, "goodbye-back", command = command)
}

/// That nothing of the demo is kept.
#[must_use]
pub fn demo_gone(language: Language) -> String {
    tr!(language, "goodbye-demo")
}

/// What starts a real evening after the demo.
#[must_use]
pub fn for_real(language: Language) -> String {
    tr!(language, "goodbye-for-real")
}

/// The command to come back into a room.
#[must_use]
pub fn way_back(invite: &str) -> String {
    format!("watchtogether join {invite}")
}

/// The command to open a room of this computer again, with these options of its server.
#[must_use]
pub fn way_back_here(room: &RoomId, options: &[String]) -> String {
    let line = format!("watchtogether host {room}");
    let words = std::iter::once(&line).chain(options);
    words.cloned().collect::<Vec<_>>().join(" ")
}

/// Why the client ended by itself, for the normal screen.
#[must_use]
pub fn refused(language: Language, why: &Why) -> String {
    client::why(language, why)
}

/// The text for a panic of one of our threads.
#[must_use]
pub fn thread_panicked(language: Language) -> String {
    tr!(language, "goodbye-panicked")
}

#[cfg(test)]
mod tests {
    use super::{lobby_title, window_title};
    use crate::app::lobby::{LobbyStart, LobbyView};
    use crate::protocol::time::Position;
    use crate::texts::language::Language::{English, Russian};

    #[test]
    fn the_windows_title_says_how_many_are_ready() {
        let lobby = LobbyView {
            start: Some(LobbyStart::Ready(3)),
            holds_media: true,
            ready: Vec::new(),
            not_yet: Vec::new(),
            is_ready: false,
        };
        assert_eq!(
            lobby_title(English, "movie-night", &lobby, 5),
            "◌ 0/3 movie-night · 5 viewers"
        );
    }

    #[test]
    fn the_windows_title_counts_viewers_as_the_language_does() {
        let title = |language, viewers| {
            let position = Some((Position::seconds(83), true));
            window_title(language, "movie-night", position, Some(viewers))
        };
        assert_eq!(title(English, 1), "▶ 1:23 movie-night · 1 viewer");
        assert_eq!(title(English, 5), "▶ 1:23 movie-night · 5 viewers");
        assert_eq!(title(Russian, 1), "▶ 1:23 movie-night · 1 зритель");
        assert_eq!(title(Russian, 3), "▶ 1:23 movie-night · 3 зрителя");
        assert_eq!(title(Russian, 11), "▶ 1:23 movie-night · 11 зрителей");
        assert_eq!(
            window_title(Russian, "lofi", None, None),
            "lofi",
            "before one has joined"
        );
    }
}
