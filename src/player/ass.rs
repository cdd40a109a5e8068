//! Writes an overlay as events of ASS (Advanced `SubStation` Alpha), mpv's language for what is
//! drawn over the picture. All text is escaped: nothing that a person wrote is ever markup.

use std::fmt::Write as _;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::emoji_shapes::shapes;
use crate::sync::player::{Overlay, OverlayColour, OverlayFloat, OverlayInput, OverlayLine};

/// The height of the canvas. mpv scales it to the window; its own messages are laid out on the same
/// (`man mpv`, `--osd-font-size`).
pub(super) const HEIGHT: u32 = 720;

/// The width of the canvas until the window's shape is known.
pub(super) const USUAL_WIDTH: u32 = 1_280;

/// The size of the text (judgement: read from a sofa, and half the size of mpv's own messages).
const FONT: u32 = 30;

/// The distance of the text from the left edge, and of the first line from the top: mpv's own
/// message, one line of size 55 at a margin of 22, stays above.
const LEFT: u32 = 28;
const TOP: u32 = 84;

/// How high the line is that is being written, with its ground.
const INPUT: u32 = FONT + 16;

/// How wide a cell of text is: the widest ordinary text that was drawn took 16 units (`DejaVu Sans`).
const CELL: u32 = 16;

/// The most cells of a row (judgement: longer ones are hard to read beside a film).
const MOST_CELLS: usize = 64;

/// The most rows of one line, and of all of them.
const ROWS_OF_LINE: usize = 2;
const ROWS: usize = 4;

/// The size of a floating emoji.
const FLOAT: u32 = 52;

/// Writes what is to be drawn on a canvas of this width; empty if nothing is.
pub(super) fn events(overlay: &Overlay, width: u32) -> String {
    let mut events = Vec::new();
    events.extend(empty(overlay, width));
    for float in &overlay.floats {
        push_float(&mut events, float, width);
    }
    let top = if overlay.input.is_some() {
        TOP + INPUT + 10
    } else {
        TOP
    };
    events.extend(lines(&overlay.lines, top, width));
    if let Some(input) = &overlay.input {
        push_input(&mut events, input, width);
    }
    events.extend(overlay.number.map(|number| {
        let (x, y) = (width / 2, HEIGHT * 9 / 20);
        format!("{{\\an5\\pos({x},{y})\\fs260\\b1\\bord7\\shad0\\1a&H18&}}{number}")
    }));
    events.join("\n")
}

/// The text of an empty window.
fn empty(overlay: &Overlay, width: u32) -> Option<String> {
    let text = escaped(overlay.empty.as_ref()?);
    let (x, y) = (width / 2, HEIGHT / 2);
    Some(format!(
        "{{\\an5\\pos({x},{y})\\fs34\\q0\\bord2\\shad0}}{text}"
    ))
}

/// The lines at the upper left: those that stand, and the newest rows of the others if there are too
/// many.
fn lines(lines: &[OverlayLine], top: u32, width: u32) -> Option<String> {
    let cells = cells(width.saturating_sub(2 * LEFT));
    let rows_of = |line: &OverlayLine| {
        let alpha = alpha(line.opacity);
        let broken = broken(line, cells).into_iter();
        let rows: Vec<String> = broken.map(|row| format!("{{{alpha}}}{row}")).collect();
        rows
    };
    let (standing, passing): (Vec<_>, Vec<_>) = lines.iter().partition(|line| line.stands);
    let mut shown: Vec<String> = standing.into_iter().flat_map(rows_of).take(ROWS).collect();
    let passing: Vec<String> = passing.into_iter().flat_map(rows_of).collect();
    let from = (shown.len() + passing.len()).saturating_sub(ROWS);
    shown.extend(passing.into_iter().skip(from));
    if shown.is_empty() {
        return None;
    }
    Some(format!(
        "{{\\an7\\pos({LEFT},{top})\\fs{FONT}\\q2\\bord2\\shad0}}{}",
        shown.join("\\N")
    ))
}

/// A line in rows of at most so many cells, broken between words.
fn broken(line: &OverlayLine, cells: usize) -> Vec<String> {
    let mut rows = vec![Row::default()];
    for span in &line.spans {
        for word in span.text.split_inclusive(' ') {
            if !put(&mut rows, word, span.colour, cells) {
                return rows.into_iter().map(|row| row.text).collect();
            }
        }
    }
    rows.into_iter().map(|row| row.text).collect()
}

/// A row of text while it is filled.
#[derive(Debug, Default)]
struct Row {
    /// Its text, escaped, with its colours.
    text: String,
    /// How many cells it takes.
    used: usize,
    colour: Option<OverlayColour>,
}

impl Row {
    fn push(&mut self, text: &str, colour: OverlayColour) {
        if self.colour != Some(colour) {
            self.text.push_str(&coloured(colour));
            self.colour = Some(colour);
        }
        self.text.push_str(&escaped(text));
        self.used += text.width();
    }
}

/// Puts a word into the last row, or into a new one; false if there is no space left.
fn put(rows: &mut Vec<Row>, word: &str, colour: OverlayColour, cells: usize) -> bool {
    let needed = word.trim_end().width();
    let is_full = |row: &Row, needed: usize| row.used > 0 && row.used + needed > cells;
    if rows.last().is_some_and(|row| is_full(row, needed)) && !begin_row(rows, colour) {
        return false;
    }
    for grapheme in word.graphemes(true) {
        if rows
            .last()
            .is_some_and(|row| is_full(row, grapheme.trim_end().width()))
            && !begin_row(rows, colour)
        {
            return false;
        }
        if let Some(row) = rows.last_mut() {
            row.push(grapheme, colour);
        }
    }
    true
}

/// Begins another row; where there are enough, marks that something is missing.
fn begin_row(rows: &mut Vec<Row>, colour: OverlayColour) -> bool {
    if rows.len() >= ROWS_OF_LINE {
        if let Some(row) = rows.last_mut() {
            row.push("…", colour);
        }
        return false;
    }
    rows.push(Row::default());
    true
}

/// An emoji on its way up, in the right part of the upper half.
fn push_float(events: &mut Vec<String>, float: &OverlayFloat, width: u32) {
    let share = |of: u32, part: u16| of * u32::from(part.min(1_000)) / 1_000;
    let x = width * 62 / 100 + share(width * 32 / 100, float.column);
    let y = HEIGHT / 2 - FLOAT - share(HEIGHT / 2 - FLOAT - 24, float.risen);
    let alpha = alpha(float.opacity);
    let Some(shapes) = shapes(&float.emoji) else {
        let text = escaped(&float.emoji);
        events.push(format!(
            "{{\\an7\\pos({x},{y})\\fs{FLOAT}\\q2\\bord2\\shad0{alpha}}}{text}"
        ));
        return;
    };
    for shape in shapes {
        let colour = rgb(shape.colour);
        let path = shape.path;
        events.push(format!(
            "{{\\an7\\pos({x},{y})\\fscx{FLOAT}\\fscy{FLOAT}\\bord0\\shad0\\1c{colour}{alpha}\\p1}}{path}{{\\p0}}"
        ));
    }
}

/// The line that is being written, on a dark ground above the other lines: it stays where it is
/// when they come and go.
fn push_input(events: &mut Vec<String>, input: &OverlayInput, width: u32) {
    let (left, right) = (LEFT - 10, width.saturating_sub(LEFT - 10));
    let (top, bottom) = (TOP, TOP + INPUT);
    events.push(format!(
        "{{\\an7\\pos(0,0)\\bord0\\shad0\\1c&H000000&\\1a&H50&\\p1}}\
         m {left} {top} l {right} {top} {right} {bottom} {left} {bottom}{{\\p0}}"
    ));
    let cells = cells(right.saturating_sub(left + 60));
    let before = last_cells(&input.before, cells * 3 / 4);
    let after = first_cells(&input.after, cells.saturating_sub(before.width()));
    let hint = if input.before.is_empty() && input.after.is_empty() {
        format!(" {{\\1c&HB0B0B0&}}{}", escaped(&input.hint))
    } else {
        String::new()
    };
    let y = top + 8;
    events.push(format!(
        "{{\\an7\\pos({LEFT},{y})\\fs{FONT}\\q2\\bord1\\shad0}}› {}{CARET}{}{hint}",
        escaped(before),
        escaped(after)
    ));
}

/// The caret: a bar as high as the text.
const CARET: &str = "{\\1c&H4DD2FF&\\p1}m 0 0 l 3 0 3 28 0 28{\\p0\\1c&HFFFFFF&}";

/// How many cells fit into a width.
fn cells(width: u32) -> usize {
    let fit = usize::try_from(width / CELL).unwrap_or(MOST_CELLS);
    fit.clamp(8, MOST_CELLS)
}

/// The end of a text, in at most so many cells.
fn last_cells(text: &str, cells: usize) -> &str {
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true).rev() {
        used += grapheme.width();
        if used > cells {
            return text.get(at + grapheme.len()..).unwrap_or_default();
        }
    }
    text
}

/// The beginning of a text, in at most so many cells.
fn first_cells(text: &str, cells: usize) -> &str {
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += grapheme.width();
        if used > cells {
            return text.get(..at).unwrap_or_default();
        }
    }
    text
}

/// Text that is shown as it stands. The characters that begin markup are escaped as mpv itself does
/// it: a word joiner behind a backslash keeps that from being read with what follows.
fn escaped(text: &str) -> String {
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
    let mut tags = String::from("{");
    let (value, weight) = match colour {
        OverlayColour::Text => (0x00ff_ffff, 0),
        OverlayColour::Notice => (0x00d8_e6ee, 0),
        OverlayColour::Alarm => (0x00ff_d75f, 1),
        OverlayColour::Name(number) => (name_colour(number), 1),
    };
    // Writing to a string does not fail.
    let _ = write!(tags, "\\1c{}\\b{weight}}}", rgb(value));
    tags
}

/// The colour of a member's name: in the order of the terminal's six, so that a person has one
/// colour in both.
fn name_colour(number: u64) -> u32 {
    const NAMES: [u32; 6] = [
        0x0078_e08f,
        0x007c_b8ff,
        0x00f0_8cff,
        0x0066_e0e6,
        0x00ff_e066,
        0x00ff_8a80,
    ];
    let place = usize::try_from(number % 6).unwrap_or(0);
    NAMES.get(place).copied().unwrap_or(0x00ff_ffff)
}

/// A colour as ASS writes it: blue first.
fn rgb(value: u32) -> String {
    let (red, green, blue) = (value >> 16 & 0xff, value >> 8 & 0xff, value & 0xff);
    format!("&H{blue:02X}{green:02X}{red:02X}&")
}

/// How transparent something is, from how visible it is in percent.
fn alpha(opacity: u8) -> String {
    let hidden = 100 - u32::from(opacity.min(100));
    format!("\\alpha&H{:02X}&", hidden * 255 / 100)
}

#[cfg(test)]
#[path = "ass_tests.rs"]
mod tests;
