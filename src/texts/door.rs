//! What the server's web pages say of a room, and the commands that they show.

use crate::protocol::ids::RoomId;
use crate::protocol::invite::invite_link;
use crate::protocol::text::Title;
use crate::protocol::time::Span;
use crate::texts::language::Language;
use crate::texts::numbers::long;
use crate::texts::quotes::quoted;
use crate::texts::tr;
use crate::wire::pages::RoomCard;

/// From this span on days are counted.
const TWO_DAYS: Span = Span::seconds(2 * 24 * 3_600);

/// The command that joins a room; `server` is the address of its server, if that is known.
#[must_use]
pub fn join_command(server: Option<&str>, room: &RoomId) -> String {
    let link = server.map_or_else(|| room.to_string(), |server| invite_link(server, room));
    format!("watchtogether join {link}")
}

/// The command that creates a room of this name on a server.
#[must_use]
pub fn create_command(server: Option<&str>, room: &RoomId) -> String {
    let server = server.map(|server| format!(" --server {server}"));
    let server = server.unwrap_or_default();
    format!("watchtogether join {room}{server}")
}

/// The room's title, or its name.
#[must_use]
pub fn name(card: &RoomCard) -> &str {
    let title = card.title.as_ref().map(Title::as_str);
    title.unwrap_or(card.id.as_str())
}

/// What is on in a room and how many are there, in one sentence: the text of its preview in
/// messengers.
#[must_use]
pub fn summary(language: Language, card: &RoomCard) -> String {
    let viewers = card.viewers;
    match &card.playing {
        _ if viewers == 0 => tr!(language, "door-room-empty"),
        None => tr!(language, "door-summary-idle", viewers = viewers),
        Some(playing) => {
            let title = playing.title.as_ref();
            let media = title.map_or_else(
                || playing.kind.clone(),
                |title| quoted(language, title.as_str()),
            );
            if card.lobby.is_some() {
                tr!(
                    language,
                    "door-summary-lobby",
                    viewers = viewers,
                    media = media
                )
            } else if playing.paused {
                tr!(
                    language,
                    "door-summary-paused",
                    viewers = viewers,
                    media = media
                )
            } else {
                tr!(
                    language,
                    "door-summary-playing",
                    viewers = viewers,
                    media = media
                )
            }
        }
    }
}

/// How long an empty room is still kept.
#[must_use]
pub fn kept(language: Language, left: Span) -> String {
    let span = if left < TWO_DAYS {
        long(language, left)
    } else {
        let days = left.0 / (TWO_DAYS.0 / 2);
        tr!(language, "door-days", days = days)
    };
    tr!(language, "door-room-kept", span = span)
}

#[cfg(test)]
mod tests {
    use super::{create_command, join_command, kept, name, summary};
    use crate::protocol::ids::RoomId;
    use crate::protocol::time::Span;
    use crate::texts::language::Language::{English, Russian};
    use crate::wire::pages::RoomCard;

    fn card(viewers: u32, playing: &serde_json::Value) -> RoomCard {
        serde_json::from_value(serde_json::json!({
            "id": "movie-night", "title": "Кино", "viewers": viewers, "since": 1.0,
            "playing": playing
        }))
        .unwrap()
    }

    fn playing(title: Option<&str>, paused: bool) -> serde_json::Value {
        serde_json::json!({
            "kind": "MP4", "title": title, "position": 1.0, "duration": 60.0, "rate": 1.0,
            "paused": paused, "live": false
        })
    }

    #[test]
    fn a_lobby_is_summed_up_by_what_is_about_to_start() {
        let mut lobby = card(2, &playing(Some("Duck"), true));
        lobby.lobby = serde_json::from_value(serde_json::json!({ "starts": null })).unwrap();
        assert_eq!(
            summary(English, &lobby),
            "2 people are waiting for “Duck” to start."
        );
        assert_eq!(
            summary(Russian, &lobby),
            "Ещё не началось: «Duck», ждут 2 зрителя."
        );
    }

    #[test]
    fn a_room_is_summed_up_in_a_sentence() {
        let titled = playing(Some("Duck and Cover"), false);
        assert_eq!(
            summary(English, &card(1, &titled)),
            "1 person is watching “Duck and Cover”."
        );
        assert_eq!(
            summary(English, &card(5, &titled)),
            "5 people are watching “Duck and Cover”."
        );
        assert_eq!(
            summary(Russian, &card(22, &titled)),
            "Сейчас идёт «Duck and Cover», 22 зрителя."
        );
        assert_eq!(
            summary(English, &card(2, &playing(None, true))),
            "2 people are here. Paused: MP4."
        );
        let idle = serde_json::Value::Null;
        assert_eq!(
            summary(English, &card(2, &idle)),
            "2 people are here. Nothing is playing yet."
        );
        assert_eq!(
            summary(English, &card(0, &idle)),
            "Nobody is here right now."
        );
        assert_eq!(name(&card(1, &serde_json::Value::Null)), "Кино");
    }

    #[test]
    fn how_long_an_empty_room_is_kept_is_told_in_days_or_less() {
        let week = Span::seconds(7 * 24 * 3_600);
        assert_eq!(
            kept(English, week),
            "Nobody is here right now. The room is kept for another 7 days."
        );
        assert_eq!(
            kept(Russian, week),
            "Сейчас здесь никого нет. Комната будет храниться ещё 7 дней."
        );
        assert!(kept(English, Span::seconds(600)).contains("another 10 min."));
    }

    #[test]
    fn the_commands_name_the_server() {
        let room = RoomId::parse("movie-night").unwrap();
        let server = Some("https://watch.example.org");
        assert_eq!(
            join_command(server, &room),
            "watchtogether join https://watch.example.org/r/movie-night"
        );
        assert_eq!(join_command(None, &room), "watchtogether join movie-night");
        assert_eq!(
            create_command(server, &room),
            "watchtogether join movie-night --server https://watch.example.org"
        );
    }
}
