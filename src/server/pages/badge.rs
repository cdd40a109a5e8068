//! The badge of a room, for a channel's post: its name, whether it is live, how many are there.

use maud::{Markup, html};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::protocol::ids::RoomId;
use crate::room::listing::RoomCard;
use crate::texts::door;
use crate::texts::language::Language;
use crate::texts::tr;

/// The columns of the name that are shown; the rest is cut off (judgement: a post's width on a
/// phone).
const COLUMNS: usize = 30;
/// The blank on both sides of a text, in pixels.
const MARGIN: usize = 8;

const GREEN: &str = "#18794e";
const AMBER: &str = "#8a5a00";
const GREY: &str = "#5f6368";

/// The badge of a room that can be seen.
pub(super) fn of(language: Language, card: &RoomCard) -> Markup {
    let paused = card.playing.as_ref().is_some_and(|playing| playing.paused);
    let (state, colour) = match card.viewers {
        0 => (tr!(language, "door-badge-empty"), GREY),
        _ if card.lobby.is_some() => (tr!(language, "door-badge-lobby"), AMBER),
        _ if paused => (tr!(language, "door-badge-paused"), AMBER),
        _ => (tr!(language, "door-badge-live"), GREEN),
    };
    let state = match card.viewers {
        0 => state,
        viewers => format!("{state} · {viewers}"),
    };
    badge(door::name(card), &state, colour)
}

/// The badge of a room that does not exist or is private.
pub(super) fn absent(language: Language, room: &RoomId) -> Markup {
    badge(room.as_str(), &tr!(language, "door-badge-absent"), GREY)
}

fn badge(name: &str, state: &str, colour: &str) -> Markup {
    let name = format!("▶ {}", shortened(name));
    let [left, right] = [&name, state].map(pixels);
    let (split, whole) = (left + 2 * MARGIN, left + right + 4 * MARGIN);
    let label = format!("{name}: {state}");
    html! {
        svg xmlns="http://www.w3.org/2000/svg" width=(whole) height="20" role="img"
            aria-label=(label) {
            title { (label) }
            rect width=(split) height="20" fill="#24292f" {}
            rect x=(split) width=(whole - split) height="20" fill=(colour) {}
            g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" {
                text x=(MARGIN) y="14" textLength=(left) lengthAdjust="spacingAndGlyphs" { (name) }
                text x=(split + MARGIN) y="14" textLength=(right)
                    lengthAdjust="spacingAndGlyphs" { (state) }
            }
        }
    }
}

/// About how wide a text is with the fonts that the badge asks for, in pixels. The text is set to
/// just this width.
fn pixels(text: &str) -> usize {
    let width = |c| match c {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '!' | '|' | '\'' | '·' | ' ' => 4,
        'f' | 'r' | 't' | 'г' | '-' | '(' | ')' => 5,
        'm' | 'w' | 'M' | 'W' | 'ж' | 'ш' | 'щ' | 'ю' | 'ы' | '…' => 10,
        c if c.is_uppercase() => 8,
        c => 7 * c.width().unwrap_or(0),
    };
    text.chars().map(width).sum()
}

/// As much of a name as the badge has columns for.
fn shortened(name: &str) -> String {
    if name.width() <= COLUMNS {
        return name.to_owned();
    }
    let mut short = String::new();
    for c in name.chars() {
        let mut longer = short.clone();
        longer.push(c);
        if longer.width() >= COLUMNS {
            break;
        }
        short = longer;
    }
    format!("{}…", short.trim_end())
}

#[cfg(test)]
mod tests {
    use quick_xml::Reader;
    use quick_xml::events::Event;

    use super::{COLUMNS, absent, of, shortened};
    use crate::protocol::ids::RoomId;
    use crate::room::listing::RoomCard;
    use crate::texts::language::Language::{English, Russian};
    use unicode_width::UnicodeWidthStr;

    fn card(title: Option<&str>, viewers: u32, paused: bool) -> RoomCard {
        serde_json::from_value(serde_json::json!({
            "id": "movie-night", "title": title, "viewers": viewers, "since": 1.0,
            "playing": {
                "kind": "MP4", "title": null, "position": 1.0, "duration": 60.0, "rate": 1.0,
                "paused": paused, "live": false
            }
        }))
        .unwrap()
    }

    /// The elements of an image, each with its text; fails if it is not well-formed.
    fn elements(svg: &str) -> Vec<String> {
        let mut reader = Reader::from_str(svg);
        let mut names = Vec::new();
        loop {
            match reader.read_event().unwrap() {
                Event::Start(element) => {
                    for attribute in element.attributes() {
                        attribute.unwrap();
                    }
                    names.push(element.name().as_ref().to_owned());
                }
                Event::Eof => return names,
                _ => {}
            }
        }
    }

    #[test]
    fn a_badge_says_whether_a_room_is_live_and_how_many_are_there() {
        let words = |language, title, viewers, paused| {
            of(language, &card(title, viewers, paused)).into_string()
        };
        assert!(words(English, None, 5, false).contains(">live · 5<"));
        assert!(words(English, None, 5, false).contains(">▶ movie-night<"));
        assert!(words(English, Some("Кино"), 2, true).contains(">paused · 2<"));
        assert!(words(Russian, Some("Кино"), 2, true).contains(">▶ Кино<"));
        assert!(words(Russian, Some("Кино"), 0, true).contains(">пусто<"));
        let room = RoomId::parse("movie-night").unwrap();
        assert!(absent(English, &room).into_string().contains(">not live<"));
    }

    #[test]
    fn no_title_is_markup_or_longer_than_the_badge() {
        let plain = elements(&of(English, &card(None, 1, false)).into_string());
        assert_eq!(plain, ["svg", "title", "rect", "rect", "g", "text", "text"]);
        for hostile in [
            "</text><script>x</script>",
            "\" onload=\"x",
            "&amp;&lt;",
            "<![CDATA[",
        ] {
            let svg = of(English, &card(Some(hostile), 1, false)).into_string();
            assert_eq!(elements(&svg), plain, "{svg}");
        }
        for long in ["x".repeat(100), "映画の夜".repeat(10), "🍿".repeat(40)] {
            assert!(shortened(&long).width() <= COLUMNS, "{long}");
        }
    }
}
