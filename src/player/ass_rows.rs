//! Lines of text in rows, as ASS writes them: broken between words, escaped, and with their emoji as
//! drawings. All text is escaped: nothing that a person wrote is ever markup.
//!
//! A drawing has several colours, and ASS moves on behind each. So the text is written once more for
//! each layer, unseen but for that layer: the layers of an emoji then lie upon each other, whatever
//! font the text is in.

use std::fmt::Write as _;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::emoji_shapes::{BOX, SCALE, Shape, ShownEmoji, shown_emoji};
use crate::sync::player::{OverlayColour, OverlayLine};

/// The size of the text (judgement: read from a sofa, and half the size of mpv's own messages).
pub(super) const FONT: u32 = 30;

/// The most rows of one line (judgement: more would be read instead of the film).
const ROWS_OF_LINE: usize = 2;

/// How high an emoji in a text is: a little less than the text is, so that its row stays as high as
/// the others.
const EMOJI: u32 = FONT - 4;

/// How much of it is below the baseline, as of the letters (measured with `DejaVu Sans`).
const BELOW_BASELINE: u32 = 5;

/// A part of a row.
#[derive(Debug, Clone)]
enum Piece {
    /// Escaped text in its colour.
    Text(String, OverlayColour),
    Emoji(&'static [Shape]),
}

/// A row of text while it is filled, and when it is full.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    pieces: Vec<Piece>,
    /// How many cells it takes.
    used: usize,
    /// How visible it is, in percent.
    opacity: u8,
}

impl Row {
    /// Adds a grapheme, or several that are no emoji.
    fn push(&mut self, text: &str, colour: OverlayColour) {
        match shown_emoji(text) {
            Some(ShownEmoji::Drawn(shapes)) => self.pieces.push(Piece::Emoji(shapes)),
            Some(ShownEmoji::Named(name)) => self.push_text(&name, colour),
            None => self.push_text(text, colour),
        }
        self.used += width(text);
    }

    fn push_text(&mut self, text: &str, colour: OverlayColour) {
        let text = escaped(text);
        match self.pieces.last_mut() {
            Some(Piece::Text(before, same)) if *same == colour => before.push_str(&text),
            _ => self.pieces.push(Piece::Text(text, colour)),
        }
    }

    /// How many layers its emoji have.
    fn layers(&self) -> usize {
        let layers = self.pieces.iter().map(|piece| match piece {
            Piece::Emoji(shapes) => shapes.len(),
            Piece::Text(..) => 0,
        });
        layers.max().unwrap_or(0)
    }

    /// The row's text with room for its emoji; or only this layer of them.
    fn written(&self, layer: Option<usize>) -> String {
        let visible = alpha(self.opacity);
        let usual = if layer.is_some() { HIDDEN } else { &visible };
        let mut out = format!("{{{usual}}}");
        for piece in &self.pieces {
            match piece {
                Piece::Text(text, colour) => {
                    out.push_str(&coloured(*colour));
                    out.push_str(text);
                }
                Piece::Emoji(shapes) => {
                    let shape = layer.and_then(|layer| shapes.get(layer));
                    push_emoji(&mut out, shape, (&visible, usual));
                }
            }
        }
        out
    }
}

/// Nothing of it is seen, but it takes its room.
const HIDDEN: &str = "\\alpha&HFF&";

/// Writes a layer of an emoji into a row, or the room for it; both are of one size.
fn push_emoji(out: &mut String, shape: Option<&Shape>, (visible, usual): (&str, &str)) {
    let (alpha, colour, path) = match shape {
        Some(shape) => (visible, shape.colour, shape.path),
        None => (HIDDEN, 0, ""),
    };
    let colour = rgb(colour);
    let size = EMOJI * 100 / (BOX >> (SCALE - 1));
    let below = BELOW_BASELINE * BOX / EMOJI;
    // Writing to a string does not fail. The corners make each layer as large as the box.
    let _ = write!(
        out,
        "{{{alpha}\\bord0\\1c{colour}\\fscx{size}\\fscy{size}\\pbo{below}\\p{SCALE}}}\
         m 0 0 l 0 0 {path} m {BOX} {BOX} l {BOX} {BOX}\
         {{\\p0\\fscx100\\fscy100\\bord2{usual}}}"
    );
}

/// The events of rows, at a place: their text, and the layers of their emoji over it.
pub(super) fn written(rows: &[Row], place: &str) -> Vec<String> {
    if rows.is_empty() {
        return Vec::new();
    }
    let layers = rows.iter().map(Row::layers).max().unwrap_or(0);
    let layers = std::iter::once(None).chain((0..layers).map(Some));
    let event = |layer| {
        let rows: Vec<String> = rows.iter().map(|row| row.written(layer)).collect();
        format!("{{{place}}}{}", rows.join("\\N"))
    };
    layers.map(event).collect()
}

/// Lines in so many rows: each that stands has one, then they have what they need, then the newest
/// of the others. Which has not enough ends with "…".
pub(super) fn in_rows(lines: &[OverlayLine], cells: usize, most: usize) -> Vec<Row> {
    let (standing, passing): (Vec<_>, Vec<_>) = lines.iter().partition(|line| line.stands);
    let mut left = most;
    let mut rows = Vec::new();
    let mut waiting = standing.len();
    for line in standing {
        waiting = waiting.saturating_sub(1);
        let broken = broken(line, cells, left.saturating_sub(waiting).max(1).min(left));
        left -= broken.len().min(left);
        rows.extend(broken);
    }
    let mut newest_first = Vec::new();
    for line in passing.into_iter().rev() {
        let broken = broken(line, cells, left);
        left -= broken.len().min(left);
        newest_first.push(broken);
    }
    rows.extend(newest_first.into_iter().rev().flatten());
    rows
}

/// A line in at most so many rows of so many cells, broken between words.
fn broken(line: &OverlayLine, cells: usize, most: usize) -> Vec<Row> {
    let most = most.min(ROWS_OF_LINE);
    if most == 0 {
        return Vec::new();
    }
    let first = Row {
        opacity: line.opacity,
        ..Row::default()
    };
    let mut filling = Filling {
        rows: vec![first],
        cells,
        most,
    };
    for span in &line.spans {
        for word in span.text.split_inclusive(' ') {
            if !filling.put(word, span.colour) {
                return filling.rows;
            }
        }
    }
    filling.rows
}

/// The rows of a line while they are filled.
#[derive(Debug)]
struct Filling {
    rows: Vec<Row>,
    /// How many cells a row has.
    cells: usize,
    /// The most rows.
    most: usize,
}

impl Filling {
    /// Puts a word into the last row, or into a new one; false if there is no space left.
    fn put(&mut self, word: &str, colour: OverlayColour) -> bool {
        let needed = word.trim_end().graphemes(true).map(width).sum();
        // A word that is cut off anyway fills the last row.
        let is_last = self.rows.len() >= self.most;
        if self.is_full_for(needed) && !is_last && !self.begin_row(colour) {
            return false;
        }
        for grapheme in word.graphemes(true) {
            let needed = width(grapheme.trim_end());
            if self.is_full_for(needed) && !self.begin_row(colour) {
                return false;
            }
            if let Some(row) = self.rows.last_mut() {
                row.push(grapheme, colour);
            }
        }
        true
    }

    fn is_full_for(&self, needed: usize) -> bool {
        let row = self.rows.last();
        row.is_some_and(|row| row.used > 0 && row.used + needed > self.cells)
    }

    /// Begins another row; where there are enough, marks that something is missing.
    fn begin_row(&mut self, colour: OverlayColour) -> bool {
        let has_room = self.rows.len() < self.most;
        let Some(last) = self.rows.last_mut() else {
            return false;
        };
        if !has_room {
            last.push("…", colour);
            return false;
        }
        let next = Row {
            opacity: last.opacity,
            ..Row::default()
        };
        self.rows.push(next);
        true
    }
}

/// How many cells a grapheme takes.
fn width(grapheme: &str) -> usize {
    match shown_emoji(grapheme) {
        Some(ShownEmoji::Drawn(_)) => 2,
        Some(ShownEmoji::Named(name)) => name.width(),
        None => grapheme.width(),
    }
}

/// Text that is shown as it stands. The characters that begin markup are escaped as mpv itself does
/// it: a word joiner behind a backslash keeps that from being read with what follows.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !c.is_control()) {
        match c {
            '{' => out.push_str("\\{"),
            '\\' => out.push_str("\\\u{2060}"),
            c => out.push(c),
        }
    }
    out
}

/// Begins a colour; a name stands out by weight as well.
fn coloured(colour: OverlayColour) -> String {
    let (value, weight) = match colour {
        OverlayColour::Text => (0x00ff_ffff, 0),
        OverlayColour::Notice => (0x00d8_e6ee, 0),
        OverlayColour::Alarm => (0x00ff_d75f, 1),
        OverlayColour::Error => (0x00ff_7a6b, 1),
        OverlayColour::Name([red, green, blue]) => (u32::from_be_bytes([0, red, green, blue]), 1),
    };
    format!("{{\\1c{}\\b{weight}}}", rgb(value))
}

/// A colour as ASS writes it: blue first.
pub(super) fn rgb(value: u32) -> String {
    let [_, red, green, blue] = value.to_be_bytes();
    format!("&H{blue:02X}{green:02X}{red:02X}&")
}

/// How transparent something is, from how visible it is in percent.
pub(super) fn alpha(opacity: u8) -> String {
    let hidden = 100 - u32::from(opacity.min(100));
    format!("\\alpha&H{:02X}&", hidden * 255 / 100)
}
