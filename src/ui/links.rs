//! Links in texts: what of a text leads where, once it is broken into rows.
//!
//! A link is a style of the cells that lead there: its number among the links of the picture, in
//! place of a colour of the underline, which is used for nothing else. Whoever writes the cells
//! makes a hyperlink of it, or leaves it out. So whatever is drawn over a link hides it.

use std::ops::Range;

use ratatui::buffer::Cell;
use ratatui::style::{Color, Style};
use ratatui::text::{Line, Span};

use super::canvas::Canvas;

/// The most links of a picture (judgement: more than it has rows).
const MOST: usize = 256;

/// What stands before a link in a text and is not part of it.
const OPENING: [char; 8] = ['(', '[', '{', '<', '"', '\'', '«', '“'];

/// What stands behind a link in a text and is not part of it.
const CLOSING: [char; 15] = [
    '.', ',', ';', ':', '!', '?', ')', ']', '}', '>', '"', '\'', '»', '”', '…',
];

/// The style of the link of a number.
pub(super) fn style(number: usize) -> Style {
    let number = u16::try_from(number).unwrap_or(u16::MAX);
    let [high, low] = number.to_be_bytes();
    Style::new().underline_color(Color::Rgb(0, high, low))
}

/// The number of the link to which a cell leads, among those of its picture.
#[must_use]
pub fn number(cell: &Cell) -> Option<usize> {
    match cell.underline_color {
        Color::Rgb(0, high, low) => Some(usize::from(u16::from_be_bytes([high, low]))),
        _ => None,
    }
}

impl Canvas<'_> {
    /// The style of what leads to an address; none if it is no link of the web, or there are too
    /// many of them.
    pub(super) fn link(&mut self, address: &str) -> Style {
        if !is_web(address) {
            return Style::new();
        }
        let known = self.links.iter().position(|link| link == address);
        let number = known.unwrap_or(self.links.len());
        if number >= MOST {
            return Style::new();
        }
        if known.is_none() {
            self.links.push(address.to_owned());
        }
        style(number)
    }

    /// Makes the links in a text lead where they say. The text was broken into rows, each of which
    /// is the last span of its line.
    pub(super) fn link_rows(&mut self, text: &str, lines: &mut [Line<'static>]) {
        if !text.contains("://") {
            return;
        }
        let rows: Vec<&str> = lines
            .iter()
            .map(|line| line.spans.last().map_or("", |span| &span.content))
            .collect();
        let pieces = pieces(text, &rows);
        for (line, pieces) in lines.iter_mut().zip(pieces) {
            if pieces.is_empty() {
                continue;
            }
            let Some(row) = line.spans.pop() else {
                continue;
            };
            let mut at = 0;
            for (piece, address) in pieces {
                let (before, linked) = (
                    row.content.get(at..piece.start),
                    row.content.get(piece.clone()),
                );
                let style = row.style.patch(self.theme.link()).patch(self.link(address));
                for (text, style) in [(before, row.style), (linked, style)] {
                    let text = text.unwrap_or_default().to_owned();
                    line.spans.push(Span::styled(text, style));
                }
                at = piece.end;
            }
            let rest = row.content.get(at..).unwrap_or_default().to_owned();
            line.spans.push(Span::styled(rest, row.style));
        }
    }
}

fn is_web(address: &str) -> bool {
    let rest = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty())
}

/// The part of a word that is a link.
fn link_in(word: &str) -> Option<Range<usize>> {
    let begun = word.trim_start_matches(OPENING);
    let start = word.len() - begun.len();
    let link = begun.trim_end_matches(CLOSING);
    is_web(link).then_some(start..start + link.len())
}

/// Where the links of a text stand in its rows: the bytes of each row, and the whole address. The
/// rows are the text's words in order, with blanks between them, the longest ones broken.
fn pieces<'a>(text: &'a str, rows: &[&str]) -> Vec<Vec<(Range<usize>, &'a str)>> {
    let mut words = text.split(' ').filter(|word| !word.is_empty());
    let mut word = words.next().unwrap_or_default();
    // How much of the word stands in the rows before.
    let mut done = 0;
    let mut all = Vec::new();
    for row in rows {
        let mut found = Vec::new();
        let mut at = 0;
        while at < row.len() && !word.is_empty() {
            let (Some(rest), Some(left)) = (row.get(at..), word.get(done..)) else {
                break;
            };
            if rest.starts_with(' ') {
                at += 1;
                continue;
            }
            let shown = if rest.starts_with(left) {
                left.len()
            } else if left.starts_with(rest) {
                rest.len()
            } else {
                // The rows are of another text.
                break;
            };
            if let Some(link) = link_in(word) {
                let begin = link.start.max(done);
                let end = link.end.min(done + shown);
                if begin < end {
                    let address = word.get(link).unwrap_or_default();
                    found.push((at + begin - done..at + end - done, address));
                }
            }
            at += shown;
            done += shown;
            if done == word.len() {
                word = words.next().unwrap_or_default();
                done = 0;
            }
        }
        all.push(found);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::{link_in, pieces};
    use crate::ui::text::wrap;

    #[test]
    fn a_link_is_a_word_without_the_signs_around_it() {
        for (word, link) in [
            ("https://a.example/x", Some("https://a.example/x")),
            ("(http://a.example/x).", Some("http://a.example/x")),
            ("«https://a.example»,", Some("https://a.example")),
            (
                "https://a.example/x?y=1&z=(2",
                Some("https://a.example/x?y=1&z=(2"),
            ),
            ("https://", None),
            ("ftp://a.example", None),
            ("javascript://a.example", None),
            ("a.example", None),
            ("xhttps://a.example", None),
        ] {
            let found = link_in(word).map(|range| &word[range]);
            assert_eq!(found, link, "{word}");
        }
    }

    #[test]
    fn a_link_leads_to_its_whole_address_from_each_row_it_stands_in() {
        let text = "look: https://films.example/a/very/long/way?to=it, and  http://b.example too";
        for most in [10, 20, 33, 80] {
            let rows = wrap(text, most);
            let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
            let mut joined: Vec<(String, String)> = Vec::new();
            for (row, pieces) in rows.iter().zip(pieces(text, &rows)) {
                for (range, address) in pieces {
                    match joined.last_mut() {
                        Some((text, last)) if last == address => text.push_str(&row[range]),
                        _ => joined.push((row[range].to_owned(), address.to_owned())),
                    }
                }
            }
            assert_eq!(joined.len(), 2, "{most}: {joined:?}");
            for (text, address) in joined {
                assert_eq!(text, address, "{most}");
            }
        }
        assert!(pieces("https://a.example", &["another text"])[0].is_empty());
    }
}
