//! What a server answers over plain HTTP: its identity, and its live rooms.
//!
//! - `GET /healthz` returns a [`ServerCard`], with status 503 while the storage cannot be written.
//! - `GET /api/rooms` returns a list of [`RoomCard`], the rooms with the most viewers first.
//! - `GET /api/rooms/ROOM` returns the [`RoomCard`] of one room, public or unlisted. For any other
//!   name it answers with status 404 and an [`ApiError`].
//! - `GET /api/you` returns an [`AskerCard`]: by which address the server counts who asks.
//! - `GET /api/gallery/events` is a stream of server-sent events, each with a [`GalleryEvent`] as
//!   its data: all live rooms first, then what changes. With too many listeners it answers with
//!   status 429 or 503 and an [`ApiError`].
//!
//! Fields are only ever added, and so are types of events: ignore those that you do not know.

use std::net::IpAddr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::protocol::ids::RoomId;

pub use crate::room::listing::{LobbyCard, NextCard, PlayingCard, RoomCard};

/// The name by which our servers identify themselves.
pub const SERVICE: &str = "watchtogether";

/// The identity of a server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ServerCard {
    /// Always [`SERVICE`]: a client that reads anything else has found another program's server.
    pub service: String,
    /// Its release, such as `0.1.0`.
    pub version: String,
    /// The protocol version that it speaks.
    pub protocol: u32,
    /// Whether its rooms are kept: false while their storage cannot be written and commands are
    /// denied. Servers older than this field omit it.
    #[serde(default = "yes")]
    pub ready: bool,
    /// The server's own id, as in a welcome. Servers older than this field omit it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

const fn yes() -> bool {
    true
}

/// Who asks, as the server counts them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskerCard {
    /// Their address, or that of a proxy which the server does not know as one.
    pub address: IpAddr,
    /// Whether a header named another address, which the server does not believe: the proxy that
    /// wrote it is not named with `--trust-proxy`.
    pub ignores_header: bool,
}

/// The data of one event of `GET /api/gallery/events`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum GalleryEvent {
    /// All live rooms; the first event of each stream.
    Snapshot {
        /// Those with the most viewers first.
        rooms: Vec<RoomCard>,
    },
    /// What has changed since the event before. A position that runs on as the card says is no
    /// change.
    Changes {
        /// Rooms that are new, or of which anything differs from what was sent last.
        changed: Vec<RoomCard>,
        /// Rooms that have left the list.
        removed: Vec<RoomId>,
    },
    /// A type of a later release.
    #[serde(other)]
    Unknown,
}

/// Why a request to the API has no other answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ApiError {
    /// What programs can rely on.
    pub code: ApiErrorCode,
    /// The same for people, in the language that the request accepts.
    pub text: String,
}

/// The codes of [`ApiError`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ApiErrorCode {
    /// There is no room of that name, or it is private.
    NoSuchRoom,
    /// There is nothing at that address.
    NoSuchPage,
    /// Too many streams are open, from the same address or in all.
    TooManyListeners,
    /// The server is shutting down.
    ShuttingDown,
}

#[cfg(test)]
mod tests {
    use super::{GalleryEvent, NextCard, PlayingCard, RoomCard, ServerCard};
    use crate::protocol::ids::RoomId;
    use crate::protocol::text::{MemberName, is_hostile};
    use crate::protocol::time::{Position, Rate, RoomTime, Span};

    #[test]
    fn times_are_reported_in_seconds() {
        let card = RoomCard {
            id: RoomId::parse("movie-night").unwrap(),
            title: None,
            viewers: 2,
            playing: Some(PlayingCard {
                kind: "MP4".to_owned(),
                title: None,
                position: Position(1_250_000),
                duration: Some(Span::seconds(60)),
                rate: Rate::NORMAL,
                paused: false,
                live: false,
            }),
            since: RoomTime(1_700_000_000_500_000),
            admin: MemberName::parse("Alice").ok(),
            next: Some(NextCard {
                kind: "WebM".to_owned(),
                title: None,
                duration: Some(Span::millis(7_500)),
            }),
            waits: Some(true),
            lobby: None,
            kept_until: None,
        };
        let expected = serde_json::json!({
            "id": "movie-night", "title": null, "viewers": 2,
            "playing": {
                "kind": "MP4", "title": null, "position": 1.25, "duration": 60.0,
                "rate": 1.0, "paused": false, "live": false
            },
            "since": 1_700_000_000.5, "admin": "Alice",
            "next": {"kind": "WebM", "title": null, "duration": 7.5}, "waits": true
        });
        assert_eq!(serde_json::to_value(card).unwrap(), expected);
    }

    #[test]
    fn an_older_server_counts_as_ready() {
        let card = r#"{"service":"watchtogether","version":"0.1.0","protocol":1}"#;
        let card: ServerCard = serde_json::from_str(card).unwrap();
        assert!(card.ready);
    }

    #[test]
    fn a_card_of_an_older_server_is_read() {
        let card: RoomCard = serde_json::from_value(serde_json::json!({
            "id": "movie-night", "title": null, "viewers": 2, "playing": null, "since": 1.0
        }))
        .unwrap();
        assert_eq!((card.admin, card.next, card.waits), (None, None, None));
        assert_eq!(card.kept_until, None);
    }

    #[test]
    fn an_event_names_its_type_and_one_of_a_later_release_is_read() {
        let event = GalleryEvent::Changes {
            changed: Vec::new(),
            removed: vec![RoomId::parse("movie-night").unwrap()],
        };
        let json = r#"{"type":"changes","changed":[],"removed":["movie-night"]}"#;
        assert_eq!(serde_json::to_string(&event).unwrap(), json);
        assert_eq!(serde_json::from_str::<GalleryEvent>(json).unwrap(), event);
        let later = r#"{"type":"weather","sun":true}"#;
        let later: GalleryEvent = serde_json::from_str(later).unwrap();
        assert_eq!(later, GalleryEvent::Unknown);
    }

    #[test]
    fn what_a_server_says_steers_no_terminal() {
        let hostile = "MP4\u{1b}[2J\u{9b}31m\u{202e}4PM\n".to_owned() + &"x".repeat(1_000);
        let card: RoomCard = serde_json::from_value(serde_json::json!({
            "id": "movie-night", "title": hostile.get(..20), "viewers": 2, "since": 1.0,
            "playing": {
                "kind": hostile, "title": null, "position": 0.0, "duration": null,
                "rate": 1.0, "paused": false, "live": false
            },
            "next": {"kind": hostile, "title": null, "duration": null}
        }))
        .unwrap();
        let (playing, next) = (card.playing.unwrap(), card.next.unwrap());
        for text in [playing.kind, next.kind, card.title.unwrap().to_string()] {
            assert!(text.starts_with("MP4[2J31m"), "{text:?}");
            assert!(!text.chars().any(is_hostile), "{text:?}");
            assert!(text.chars().count() <= 40, "{text:?}");
        }
    }
}
