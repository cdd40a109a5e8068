//! Fits text into cells: measures, cuts, wraps and draws it grapheme by grapheme.
//!
//! Everything is laid out and drawn with the widths of [`width`]. Those of ratatui 0.30 with
//! unicode-width 0.2.3 count a half-width sound mark of kana twice.

use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, CellDiffOption, CellWidth};
use ratatui::style::Color;
use ratatui::text::Line;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::graphemes;

/// How many cells a text takes: as many as its graphemes, which is how they are drawn. A text
/// measured whole may take fewer, as an Arabic ligature does, and is never drawn so.
pub(crate) fn width(text: &str) -> usize {
    graphemes::of(text).map(cells).sum()
}

/// The words of a text that stand two blanks or more apart, each with the text before it.
pub(super) fn apart(text: &str) -> Vec<(&str, &str)> {
    let mut words = Vec::new();
    let mut at = 0;
    for word in text.split("  ") {
        let trimmed = word.trim();
        if !trimmed.is_empty() {
            let begin = at + word.len() - word.trim_start().len();
            words.push((text.get(..begin).unwrap_or_default(), trimmed));
        }
        at += word.len() + 2;
    }
    words
}

/// How many cells a line takes: each of its spans is drawn by itself.
pub(super) fn line_width(line: &Line<'_>) -> usize {
    line.iter().map(|span| width(&span.content)).sum()
}

/// How many cells a grapheme takes: as many as unicode-width says, and one more for each vowel
/// sign or letter below another that it does not count and most terminals do. A terminal that
/// does not count them leaves a gap; without the cell the next letter would take their place.
/// None is drawn that has a control character.
fn cells(grapheme: &str) -> usize {
    if let Some(only) = only_character(grapheme)
        && graphemes::is_plain(only)
    {
        return 1;
    }
    if grapheme.contains(char::is_control) {
        return 0;
    }
    let vowels = grapheme.chars().filter(|c| is_uncounted_vowel(*c)).count();
    let whole = grapheme.width() + vowels;
    if grapheme.contains(COENG) {
        let parts = grapheme.chars().filter_map(UnicodeWidthChar::width);
        return whole.max(parts.sum());
    }
    whole
}

/// The character of a grapheme that has just one.
fn only_character(grapheme: &str) -> Option<char> {
    let mut chars = grapheme.chars();
    let only = chars.next();
    only.filter(|_| chars.next().is_none())
}

/// Sets the next letter of Khmer below the one before it.
const COENG: char = '\u{17D2}';

/// Vowel signs that stand beside their letter, and that unicode-width does not count because
/// they extend its grapheme (`Other_Grapheme_Extend` in Unicode's PropList.txt). glibc's
/// `wcwidth`, after which tmux, GNU screen and many terminals go, counts one cell.
fn is_uncounted_vowel(c: char) -> bool {
    matches!(
        c,
        '\u{9BE}'
            | '\u{9D7}'
            | '\u{B3E}'
            | '\u{B57}'
            | '\u{BBE}'
            | '\u{BD7}'
            | '\u{CC0}'
            | '\u{CC2}'
            | '\u{CC7}'
            | '\u{CC8}'
            | '\u{CCA}'
            | '\u{CCB}'
            | '\u{CD5}'
            | '\u{CD6}'
            | '\u{D3E}'
            | '\u{D57}'
            | '\u{DCF}'
            | '\u{DDF}'
    ) && c.width() == Some(0)
}

/// Draws as much of a line as fits into `most` cells, at a column and a row; the column behind
/// it.
pub(crate) fn draw(buffer: &mut Buffer, (x, y): (u16, u16), line: &Line<'_>, most: u16) -> u16 {
    let end = x.saturating_add(most).min(buffer.area.right());
    let mut at = x;
    for span in line {
        let style = line.style.patch(span.style);
        for grapheme in graphemes::of(&span.content) {
            let Some(cells) = NonZeroU16::new(u16::try_from(cells(grapheme)).unwrap_or(u16::MAX))
            else {
                continue;
            };
            let behind = at.saturating_add(cells.get());
            if behind > end {
                return at;
            }
            if let Some(cell) = buffer.cell_mut((at, y)) {
                let agreed = grapheme.cell_width() == cells.get();
                // What stood there may have led somewhere.
                cell.underline_color = Color::Reset;
                cell.set_symbol(grapheme).set_style(style);
                cell.set_diff_option(if agreed {
                    CellDiffOption::None
                } else {
                    CellDiffOption::ForcedWidth(cells)
                });
            }
            for hidden in at + 1..behind {
                if let Some(cell) = buffer.cell_mut((hidden, y)) {
                    cell.reset();
                }
            }
            at = behind;
        }
    }
    at
}

/// A text of at most `most` cells, with an ellipsis where something is missing.
pub(crate) fn cut(text: &str, most: usize) -> String {
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
    let mut used = 0;
    let mut kept = 0;
    for grapheme in graphemes::of(text) {
        used += cells(grapheme);
        if used > most {
            return text.get(..kept).unwrap_or_default();
        }
        kept += grapheme.len();
    }
    text
}

/// The end of a text that fits into `most` cells.
pub(super) fn tail(text: &str, most: usize) -> &str {
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true).rev() {
        used += cells(grapheme);
        if used > most {
            return text.get(at + grapheme.len()..).unwrap_or_default();
        }
    }
    text
}

/// A text with blanks behind it, up to `cells`; cut if it is longer.
pub(crate) fn padded(text: &str, cells: usize) -> String {
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

/// A text in lines of at most `most` cells, broken between words where possible. There is at
/// least one line.
pub(crate) fn wrap(text: &str, most: usize) -> Vec<String> {
    let most = most.max(2);
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in words(text, most) {
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
                piece = graphemes::of(rest).next().unwrap_or(rest);
            }
            lines.push(piece.to_owned());
            rest = rest.get(piece.len()..).unwrap_or_default();
            // A full stop behind a link that fills the row says nothing in a row of its own.
            if rest == "." && word.contains("://") {
                rest = "";
            }
        }
        line.push_str(rest);
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// The pieces between which a line may break: words, and a number together with its unit, such as
/// `30 s`, where both fit into a line.
fn words(text: &str, most: usize) -> Vec<&str> {
    let mut words: Vec<&str> = Vec::new();
    let (mut begin, mut end) = (0, 0);
    for word in text.split(' ') {
        let at = if words.is_empty() { 0 } else { end + 1 };
        end = at + word.len();
        let joined = text.get(begin..end).unwrap_or_default();
        match words.last_mut() {
            Some(last) if is_number(last) && is_unit(word) && width(joined) <= most => {
                *last = joined;
            }
            _ => {
                begin = at;
                words.push(word);
            }
        }
    }
    words
}

fn is_number(word: &str) -> bool {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | ':');
    word.starts_with(|c: char| c.is_ascii_digit()) && word.chars().all(is_part)
}

/// Whether a word may be the unit of the number before it: few letters, and what ends a sentence.
fn is_unit(word: &str) -> bool {
    let letters = word.trim_end_matches(['.', ',', ';', ':', ')', '!', '?']);
    let count = letters.chars().count();
    (1..=LONGEST_UNIT).contains(&count) && letters.chars().all(char::is_alphabetic)
}

/// The most letters of a unit: `min`, `мин`.
const LONGEST_UNIT: usize = 3;

#[cfg(test)]
mod tests {
    #[test]
    fn a_full_stop_behind_a_link_that_fills_the_row_has_none_of_its_own() {
        let link = "https://a.example/r/kino";
        let rows = |text: &str| super::wrap(text, link.len());
        assert_eq!(rows(&format!("Come: {link}.")), ["Come:", link]);
        assert_eq!(rows(&format!("{link}. Hello.")), [link, "Hello."]);
        assert_eq!(rows(&format!("{}.", "x".repeat(link.len()))).len(), 2);
    }

    use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};
    use ratatui::buffer::{Buffer, CellWidth};
    use ratatui::layout::Rect;
    use ratatui::text::{Line, Span};
    use unicode_segmentation::UnicodeSegmentation;

    use super::{cut, draw, head, line_width, padded, right, tail, width, wrap};

    /// How many cells a text takes in a buffer, by ratatui's count of the cells drawn.
    fn drawn(text: &str) -> usize {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 4_000, 1));
        let line = Line::from(vec![Span::raw(text), Span::raw("│end│")]);
        let end = draw(&mut buffer, (0, 0), &line, 4_000);
        let mut x = 0;
        let mut starts = Vec::new();
        while x < end {
            starts.push(x);
            x += buffer[(x, 0)].cell_width();
        }
        assert_eq!(x, end, "{text:?}");
        assert_eq!(line_width(&line), usize::from(end), "{text:?}");
        usize::from(starts[starts.len() - 5])
    }

    #[test]
    fn what_is_measured_is_what_is_drawn() {
        let texts = [
            ("ｶﾞｷﾞﾊﾟ", 6),
            ("🇩🇪🇫🇷", 4),
            ("🇩", 1),
            ("لا إله", 6),
            ("क्षि", 3),
            ("ক্ষ", 2),
            ("ශ්\u{200D}රී", 2),
            ("ខ្ញុំ", 2),
            ("বাংলা", 5),
            ("ලංකාව", 5),
            ("கொ", 2),
            ("👨‍👩‍👧‍👦", 2),
            ("1️⃣", 2),
            ("❤\u{FE0E}", 1),
            ("a\tb", 2),
        ];
        for (text, cells) in texts {
            assert_eq!((width(text), drawn(text)), (cells, cells), "{text:?}");
        }
    }

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
        assert_eq!(wrap("  two  blanks", 20), ["two  blanks"]);
    }

    #[test]
    fn a_number_and_its_unit_stay_together() {
        assert_eq!(wrap("раз в 30 с", 8), ["раз в", "30 с"]);
        assert_eq!(wrap("up to 12 min.", 8), ["up to", "12 min."]);
        assert_eq!(wrap("at 12 minutes", 8), ["at 12", "minutes"]);
        assert_eq!(wrap("1 h 30 min", 5), ["1 h", "30", "min"]);
        assert_eq!(wrap("30\u{a0}с", 4), ["30\u{a0}с"]);
    }

    proptest! {
        #[test]
        fn nothing_is_measured_otherwise_than_it_is_drawn(text in any::<String>()) {
            prop_assert_eq!(width(&text), drawn(&text));
        }

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
