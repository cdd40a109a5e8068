//! Text fitted into cells: measured, cut and wrapped by what a person sees as one character.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// How many cells a text takes: as many as its graphemes, which is how they are drawn.
pub(super) fn width(text: &str) -> usize {
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

/// A text of at most `most` cells, with an ellipsis where something is missing.
pub(super) fn cut(text: &str, most: usize) -> String {
    if width(text) <= most {
        return text.to_owned();
    }
    if most == 0 {
        return String::new();
    }
    let mut kept = head(text, most - 1).to_owned();
    kept.push('…');
    kept
}

/// As much of a text as fits into `most` cells.
pub(super) fn head(text: &str, most: usize) -> &str {
    let mut cells = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        cells += grapheme.width();
        if cells > most {
            return text.get(..at).unwrap_or_default();
        }
    }
    text
}

/// The end of a text that fits into `most` cells.
pub(super) fn tail(text: &str, most: usize) -> &str {
    let mut cells = 0;
    for (at, grapheme) in text.grapheme_indices(true).rev() {
        cells += grapheme.width();
        if cells > most {
            return text.get(at + grapheme.len()..).unwrap_or_default();
        }
    }
    text
}

/// A text with blanks behind it, up to `cells`; cut if it is longer.
pub(super) fn padded(text: &str, cells: usize) -> String {
    let text = cut(text, cells);
    let blanks = cells.saturating_sub(width(&text));
    format!("{text}{}", " ".repeat(blanks))
}

/// A text with blanks before it, up to `cells`; cut if it is longer.
pub(super) fn right(text: &str, cells: usize) -> String {
    let text = cut(text, cells);
    let blanks = cells.saturating_sub(width(&text));
    format!("{}{text}", " ".repeat(blanks))
}

/// A text in lines of at most `most` cells, broken between words where that is possible.
/// Never empty.
pub(super) fn wrap(text: &str, most: usize) -> Vec<String> {
    let most = most.max(2);
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split(' ') {
        let gap = usize::from(!line.is_empty());
        if width(&line) + gap + width(word) <= most {
            if gap == 1 {
                line.push(' ');
            }
            line.push_str(word);
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        let mut rest = word;
        while width(rest) > most {
            let mut piece = head(rest, most);
            if piece.is_empty() {
                // A grapheme wider than the line: it is left to be cut when it is drawn.
                piece = rest.graphemes(true).next().unwrap_or(rest);
            }
            lines.push(piece.to_owned());
            rest = rest.get(piece.len()..).unwrap_or_default();
        }
        line.push_str(rest);
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop_assert, proptest};
    use unicode_segmentation::UnicodeSegmentation;

    use super::{cut, head, padded, right, tail, width, wrap};

    #[test]
    fn wide_and_joined_characters_stay_whole() {
        assert_eq!(cut("映画の夜", 5), "映画…");
        assert_eq!(head("👨‍👩‍👧‍👦👨‍👩‍👧‍👦", 3), "👨‍👩‍👧‍👦");
        assert_eq!(tail("映画の夜", 5), "の夜");
        assert_eq!(padded("да", 4), "да  ");
        assert_eq!(right("да", 4), "  да");
    }

    #[test]
    fn lines_break_between_words_and_within_long_ones() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("abcdefgh i", 3), ["abc", "def", "gh", "i"]);
        assert_eq!(wrap("", 10), [""]);
    }

    proptest! {
        #[test]
        fn what_is_cut_or_wrapped_fits(text in any::<String>(), most in 2_usize..40) {
            prop_assert!(width(&cut(&text, most)) <= most);
            for line in wrap(&text, most) {
                // A single character may be wider than a line; then it stands alone.
                let alone = line.graphemes(true).count() == 1;
                prop_assert!(width(&line) <= most || alone, "{line:?}");
            }
        }
    }
}
