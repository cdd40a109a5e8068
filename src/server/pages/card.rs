//! A room as it stands in a list and on its own page. The script fills the same elements anew when
//! the room changes: `data-when` names the state in which an element is shown, `data-is` what an
//! element shows.

use maud::{Markup, html};

use super::visit::Visit;
use crate::protocol::ids::RoomId;
use crate::protocol::text::Title;
use crate::protocol::time::{MICROS_PER_SECOND, Position, RoomTime, Span};
use crate::room::listing::{LobbyCard, PlayingCard, RoomCard};
use crate::texts::door;
use crate::texts::language::Language;
use crate::texts::tr;
use crate::wire::codec;

/// The live rooms as a list, which the script keeps up to date. `most` is how many of them are
/// shown; `None` for all.
pub(super) fn list(visit: &Visit, cards: &[RoomCard], most: Option<usize>) -> Markup {
    let language = visit.language;
    let shown = most.unwrap_or(usize::MAX);
    html! {
        p.updates data-updates {
            span data-when="reload" { (tr!(language, "door-updates-reload")) }
            span.good hidden data-when="live" { "● " (tr!(language, "door-updates-live")) }
            span hidden data-when="polled" { (tr!(language, "door-updates-polled")) }
            span.bad hidden data-when="lost" { "○ " (tr!(language, "door-updates-lost")) }
        }
        p.none hidden[!cards.is_empty()] data-none { (tr!(language, "door-rooms-none")) }
        ul.rooms data-feed={ (visit.root) "api/gallery/events" }
            data-list={ (visit.root) "api/rooms" } data-most=[most] {
            @for card in cards.iter().take(shown) { (item(visit, card)) }
        }
        @if let Some(sample) = sample() {
            template { (item(visit, &sample)) }
        }
    }
}

/// A room whose element the script copies for rooms that are new.
fn sample() -> Option<RoomCard> {
    codec::decode(r#"{"id":"room","title":null,"viewers":0,"playing":null,"since":0.0}"#).ok()
}

fn item(visit: &Visit, card: &RoomCard) -> Markup {
    html! {
        li.room data-card=(json(card)) {
            h3 {
                a data-is="name" data-rooms={ (visit.root) "r/" } href=(address(visit, &card.id)) {
                    (door::name(card))
                }
            }
            p.id hidden[card.title.is_none()] data-when="titled" data-is="id" { (card.id) }
            (facts(visit.language, card))
        }
    }
}

/// The address of a room's page.
pub(super) fn address(visit: &Visit, room: &RoomId) -> String {
    format!("{}r/{room}", visit.root)
}

/// The card for the script.
pub(super) fn json(card: &RoomCard) -> String {
    codec::encode(card).unwrap_or_default()
}

/// What is on in a room, and who is there.
pub(super) fn facts(language: Language, card: &RoomCard) -> Markup {
    let playing = card.playing.as_ref();
    let lobby = card.lobby.as_ref();
    let is = |state: fn(&PlayingCard) -> bool| playing.is_some_and(state);
    html! {
        p.idle hidden[playing.is_some()] data-when="idle" { (tr!(language, "door-room-idle")) }
        div.playing hidden[playing.is_none()] data-when="playing" {
            p {
                span.state hidden[!is(|on| !on.paused)] data-when="running" {
                    (tr!(language, "door-room-running"))
                }
                span.state.paused hidden[!is(|on| on.paused) || lobby.is_some()] data-when="paused" {
                    (tr!(language, "door-room-paused"))
                }
                span.state.paused hidden[lobby.is_none()] data-when="lobby" {
                    (tr!(language, "door-room-lobby"))
                }
                " "
                span.state.stream hidden[!is(|on| on.live)] data-when="stream" {
                    (tr!(language, "door-room-stream"))
                }
                " "
                span.media data-is="media" { (playing.map_or("", media)) }
            }
            p.position hidden[is(|on| on.live) || lobby.is_some()] data-when="placed" {
                progress hidden[!is(has_end)] data-when="timed" data-is="progress"
                    aria-label=(tr!(language, "door-room-position"))
                    max=(playing.and_then(|on| on.duration).map_or(1.0, Span::as_seconds))
                    value=(playing.map_or(0.0, |on| on.position.as_seconds())) {}
                " "
                span data-is="time" { (playing.map_or_else(String::new, time)) }
            }
        }
        dl {
            (before_the_start(language, card.lobby.as_ref()))
            div {
                dt { (tr!(language, "door-room-viewers")) }
                dd data-is="viewers" { (card.viewers) }
            }
            div hidden[card.admin.is_none()] data-when="admin" {
                dt { (tr!(language, "door-room-admin")) }
                dd data-is="admin" { (card.admin.as_ref().map_or("", |name| name.as_str())) }
            }
            div hidden[card.next.is_none()] data-when="next" {
                dt { (tr!(language, "door-room-next")) }
                dd data-is="next" {
                    @if let Some(next) = &card.next {
                        (next.title.as_ref().map_or(next.kind.as_str(), |title| title.as_str()))
                    }
                }
            }
        }
    }
}

/// When the video starts that waits in the lobby, and who is ready.
fn before_the_start(language: Language, lobby: Option<&LobbyCard>) -> Markup {
    let starts = lobby.and_then(|lobby| lobby.starts);
    html! {
        div hidden[starts.is_none()] data-when="starts" {
            dt { (tr!(language, "door-room-starts")) }
            dd data-is="starts" { (starts.map_or_else(String::new, time_of_day)) }
        }
        div hidden[lobby.is_none()] data-when="lobby" {
            dt { (tr!(language, "door-room-ready")) }
            dd data-is="ready" { (lobby.map_or_else(String::new, ready)) }
        }
    }
}

/// A time of day for whom nothing is known of their clock; the script puts it into their own.
fn time_of_day(at: RoomTime) -> String {
    let minutes = at.0.div_euclid(60 * MICROS_PER_SECOND).rem_euclid(24 * 60);
    format!("{:02}:{:02} UTC", minutes / 60, minutes % 60)
}

/// How many are ready, and of how many that are wanted.
fn ready(lobby: &LobbyCard) -> String {
    match lobby.wanted {
        Some(wanted) => format!("{} / {wanted}", lobby.ready),
        None => lobby.ready.to_string(),
    }
}

/// The title of what is on, or its kind.
fn media(playing: &PlayingCard) -> &str {
    let title = playing.title.as_ref().map(Title::as_str);
    title.unwrap_or(&playing.kind)
}

fn has_end(playing: &PlayingCard) -> bool {
    !playing.live && playing.duration.is_some_and(|length| length > Span::ZERO)
}

/// The position, and the length if there is one.
fn time(playing: &PlayingCard) -> String {
    match playing.duration.filter(|_| has_end(playing)) {
        Some(length) => format!("{} / {}", playing.position, Position(length.0)),
        None => playing.position.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::{facts, list};
    use crate::room::listing::RoomCard;
    use crate::server::pages::visit;
    use crate::texts::language::Language::English;

    fn card(title: &str) -> RoomCard {
        serde_json::from_value(serde_json::json!({
            "id": "movie-night", "title": title, "viewers": 5, "since": 1.0, "admin": "Alice",
            "playing": {
                "kind": "MP4", "title": title, "position": 2530.0, "duration": 5720.0,
                "rate": 1.0, "paused": false, "live": false
            },
            "next": {"kind": "WebM", "title": title, "duration": 7.5}
        }))
        .unwrap()
    }

    #[test]
    fn a_card_says_what_is_on_and_where() {
        let html = facts(English, &card("Duck and Cover")).into_string();
        for part in [
            "Duck and Cover",
            "42:10 / 1:35:20",
            "Alice",
            ">5<",
            "max=\"5720\"",
        ] {
            assert!(html.contains(part), "{part}: {html}");
        }
    }

    #[test]
    fn a_card_says_who_is_ready_and_when_the_video_starts() {
        let mut card = card("Duck and Cover");
        card.lobby = serde_json::from_value(serde_json::json!({
            "starts": 1_795_899_600.0, "ready": 2, "wanted": 3
        }))
        .unwrap();
        let html = facts(English, &card).into_string();
        for part in ["In the lobby", ">21:00 UTC<", ">2 / 3<"] {
            assert!(html.contains(part), "{part}: {html}");
        }
        assert!(
            html.contains(r#"<p class="position" hidden data-when="placed">"#),
            "{html}"
        );
    }

    #[test]
    fn nothing_in_a_title_is_markup() {
        let hostile = "\"><script>alert('x')</script><b a='";
        let html = list(&visit::of(English), &[card(hostile)], None).into_string();
        assert!(!html.contains("<script"), "{html}");
        assert!(!html.contains("<b "), "{html}");
        assert!(html.contains("&lt;script&gt;"), "{html}");
        // Of the attribute that carries the card, too.
        assert!(
            html.contains("&quot;title&quot;:&quot;\\&quot;&gt;"),
            "{html}"
        );
    }
}
