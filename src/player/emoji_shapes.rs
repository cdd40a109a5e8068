//! Emoji as drawings of ASS: libass draws no coloured emoji, and the fonts of many machines lack
//! most of them (Debian's `DejaVu` has no flame and no skull). The drawings are those of Fluent UI
//! Emoji, flat (Microsoft, MIT licence); `scripts/emoji-shapes` makes the table of them. An emoji
//! without a drawing is told by its name.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use emojis::{Emoji, SkinTone};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The side of the square that a drawing fills, in the units of the table.
pub(super) const BOX: u32 = 200;

/// The scale of a drawing in ASS: 2 halves all lengths.
pub(super) const SCALE: u32 = 2;

/// A part of a drawing, in one colour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shape {
    /// Red, green and blue.
    pub(super) colour: u32,
    /// The path in ASS's drawing language.
    pub(super) path: &'static str,
}

/// How an emoji is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ShownEmoji {
    /// The shapes, the lowest first.
    Drawn(&'static [Shape]),
    /// Its name between colons.
    Named(String),
}

/// One emoji a line: the emoji, then colour and path of each shape, with tabs between them.
static TABLE: LazyLock<BTreeMap<&'static str, Vec<Shape>>> = LazyLock::new(|| {
    let lines = include_str!("emoji_shapes.txt").lines();
    lines.filter_map(read_line).collect()
});

fn read_line(line: &'static str) -> Option<(&'static str, Vec<Shape>)> {
    let (emoji, shapes) = line.split_once('\t')?;
    let shapes = shapes.split('\t').filter_map(|shape| {
        let (colour, path) = shape.split_once(' ')?;
        let colour = u32::from_str_radix(colour, 16).ok()?;
        Some(Shape { colour, path })
    });
    Some((emoji, shapes.collect()))
}

/// How a grapheme is shown if it is an emoji; `None` for text. A tone of skin is not drawn.
pub(super) fn shown_emoji(grapheme: &str) -> Option<ShownEmoji> {
    let emoji = emoji(grapheme)?;
    let toneless = emoji.with_skin_tone(SkinTone::Default).unwrap_or(emoji);
    // A selector makes some text characters an emoji, such as the heart.
    let bare = toneless.as_str().trim_end_matches('\u{FE0F}');
    Some(match TABLE.get(bare) {
        Some(shapes) => ShownEmoji::Drawn(shapes),
        None => ShownEmoji::Named(name(emoji)),
    })
}

/// A text whose emoji are told by their names, for where none can be drawn.
pub(super) fn spelled(text: &str) -> String {
    let graphemes = text.graphemes(true);
    let spelled = graphemes.map(|grapheme| match emoji(grapheme) {
        Some(emoji) => Cow::Owned(name(emoji)),
        None => Cow::Borrowed(grapheme),
    });
    spelled.collect()
}

/// The emoji that a grapheme is. What a terminal shows as one narrow character is text: ©, ♪.
fn emoji(grapheme: &str) -> Option<&'static Emoji> {
    if grapheme.is_ascii() || (grapheme.width() < 2 && !grapheme.ends_with('\u{FE0F}')) {
        return None;
    }
    emojis::get(grapheme)
}

/// The name by which it can be written in the chat as well.
fn name(emoji: &Emoji) -> String {
    match emoji.shortcode() {
        Some(code) => format!(":{code}:"),
        None => format!(":{}:", emoji.name().replace(' ', "_")),
    }
}

#[cfg(test)]
mod tests {
    use super::{BOX, ShownEmoji, TABLE, shown_emoji, spelled};
    use crate::protocol::text::Emoji;

    #[test]
    fn each_drawing_is_a_path_within_the_box_and_nothing_else() {
        let lines = include_str!("emoji_shapes.txt").lines().count();
        assert_eq!(TABLE.len(), lines);
        for (emoji, shapes) in TABLE.iter() {
            assert!(!shapes.is_empty(), "{emoji}");
            for shape in shapes {
                assert!(shape.path.starts_with("m "), "{emoji}");
                for word in shape.path.split(' ') {
                    let is_within = |number: u32| number <= BOX;
                    let is_length = word.parse().is_ok_and(is_within);
                    assert!(
                        is_length || ["m", "l", "b"].contains(&word),
                        "{emoji}: {word}"
                    );
                }
            }
        }
    }

    #[test]
    fn the_five_are_drawn_and_so_is_what_the_chat_offers_first() {
        for emoji in Emoji::FIVE
            .iter()
            .copied()
            .chain(["👍", "🍿", "🎬", "☕", "⭐"])
        {
            let shown = shown_emoji(emoji);
            assert!(matches!(shown, Some(ShownEmoji::Drawn(_))), "{emoji}");
        }
        assert_eq!(shown_emoji("👍🏽"), shown_emoji("👍"));
    }

    #[test]
    fn others_are_told_by_their_names_and_text_is_text() {
        let named = |name: &str| Some(ShownEmoji::Named(name.to_owned()));
        assert_eq!(shown_emoji("🦀"), named(":crab:"));
        assert_eq!(shown_emoji("🇷🇺"), named(":ru:"));
        assert_eq!(shown_emoji("🕸️"), named(":spider_web:"));
        for text in ["a", "я", "©", "♪", "字", "1", " ", "…"] {
            assert_eq!(shown_emoji(text), None, "{text}");
        }
        assert_eq!(spelled("ну 🔥 и 🦀!"), "ну :fire: и :crab:!");
    }
}
