//! Splits text into graphemes, quickly where it is made of letters that never join.
//!
//! A screen of 200 by 60 has 12,000 cells, nearly all of them letters of the Latin or Cyrillic
//! alphabet, blanks and lines. The tables of Unicode are asked for the rest only.

use unicode_segmentation::UnicodeSegmentation;

/// The graphemes of a text, in order: the same as `unicode_segmentation` finds.
pub(super) fn of(text: &str) -> impl Iterator<Item = &str> {
    Graphemes { rest: text }
}

/// Whether a character takes one cell and never joins with another such character: none of them
/// has a `Grapheme_Cluster_Break` but `Other` (`GraphemeBreakProperty.txt`), is a pictograph
/// (`emoji-data.txt`), or takes part in a conjunct.
pub(super) const fn is_plain(c: char) -> bool {
    matches!(
        c,
        ' '..='~'
            // Cyrillic, without its combining marks (U+0483 to U+0489).
            | '\u{400}'..='\u{481}'
            | '\u{48A}'..='\u{52F}'
            // Box drawing and block elements.
            | '\u{2500}'..='\u{259F}'
    )
}

/// What is left of a text. It begins at the boundary of a grapheme, and boundaries depend on
/// nothing before the grapheme that they end.
struct Graphemes<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Graphemes<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let mut chars = self.rest.chars();
        let first = chars.next()?;
        let stands_alone = is_plain(first) && chars.next().is_none_or(is_plain);
        let length = if stands_alone {
            first.len_utf8()
        } else {
            self.rest.graphemes(true).next().map_or(0, str::len)
        };
        let (grapheme, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(grapheme)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop_assert_eq, proptest};
    use unicode_segmentation::UnicodeSegmentation;
    use unicode_width::UnicodeWidthChar;

    use super::{is_plain, of};

    /// Characters that join, beside such that do not.
    const PIECES: &str = "[ a~ЯёҊ─█\u{301}\u{483}\u{200D}\r\n🇩🇪👩🎬क्षিকᄀ가\u{FE0F}❤©]{0,12}";

    #[test]
    fn plain_characters_take_one_cell_and_stand_apart() {
        let plain: Vec<char> = (' '..=char::MAX).filter(|c| is_plain(*c)).collect();
        assert!(plain.iter().all(|c| c.width() == Some(1)));
        let text: String = plain.iter().collect();
        assert_eq!(text.graphemes(true).count(), plain.len());
    }

    proptest! {
        #[test]
        fn the_graphemes_are_those_of_unicode(text in any::<String>(), joined in PIECES) {
            for text in [text, joined] {
                let expected: Vec<&str> = text.graphemes(true).collect();
                prop_assert_eq!(of(&text).collect::<Vec<_>>(), expected);
            }
        }
    }
}
