//! Writes an overlay as events of ASS (Advanced `SubStation` Alpha), mpv's language for what is
//! drawn over the picture: what is where. Text and its rows are `ass_rows`'s.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::ass_rows::{FONT, alpha, escaped, in_rows, rgb, written};
use super::emoji_shapes::{BOX, SCALE, ShownEmoji, shown_emoji, spelled};
use crate::sync::player::{Overlay, OverlayFloat, OverlayInput};

/// The height of the canvas. mpv scales it to the window; its own messages are laid out on the same
/// (`man mpv`, `--osd-font-size`).
pub(super) const HEIGHT: u32 = 720;

/// The width of the canvas until the window's shape is known.
pub(super) const USUAL_WIDTH: u32 = 1_280;

/// The distance of the text from the left edge, and of the first line from the top: mpv's own
/// message, one line of size 55 at a margin of 22, stays above.
const LEFT: u32 = 28;
const TOP: u32 = 84;

/// How wide a cell of text is: the widest ordinary text that was drawn took 16 units (`DejaVu Sans`).
const CELL: u32 = 16;

/// The most cells of a row (judgement: longer ones are hard to read beside a film).
const MOST_CELLS: usize = 64;

/// The most rows of all lines, and how many are left while a countdown needs room below them.
const ROWS: usize = 4;
const ROWS_OVER_NUMBER: usize = 3;
const ROWS_OVER_NUMBER_HEIGHT: u32 = 3 * FONT;

/// Nothing is drawn below: the lower half belongs to the film and its subtitles.
const LOWER_EDGE: u32 = HEIGHT / 2;

/// The top of the line that is being written, which is the lowest.
const INPUT_TOP: u32 = LOWER_EDGE - FONT - 16;

/// The size of a floating emoji.
const FLOAT: u32 = 52;

/// Writes what is to be drawn on a canvas of this width; empty if nothing is.
pub(super) fn events(overlay: &Overlay, width: u32) -> String {
    let mut events = Vec::new();
    events.extend(empty(overlay, width));
    for float in &overlay.floats {
        push_float(&mut events, float, width);
    }
    events.extend(lines(overlay, width));
    if let Some(input) = &overlay.input {
        push_input(&mut events, input, width);
    }
    events.extend(number(overlay, width));
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

/// The lines at the upper left.
fn lines(overlay: &Overlay, width: u32) -> Vec<String> {
    let cells = cells(width.saturating_sub(2 * LEFT));
    let most = match overlay.number {
        Some(_) => ROWS_OVER_NUMBER,
        None => ROWS,
    };
    let rows = in_rows(&overlay.lines, cells, most);
    let place = format!("\\an7\\pos({LEFT},{TOP})\\fs{FONT}\\q2\\bord2\\shad0");
    written(&rows, &place)
}

/// The number of a countdown: between the lines and what is written, as large as there is room.
fn number(overlay: &Overlay, width: u32) -> Option<String> {
    let number = overlay.number?;
    let top = TOP + ROWS_OVER_NUMBER_HEIGHT;
    let bottom = match overlay.input {
        Some(_) => INPUT_TOP,
        None => LOWER_EDGE,
    };
    let (x, size) = (width / 2, bottom - top);
    Some(format!(
        "{{\\an8\\pos({x},{top})\\fs{size}\\b1\\bord7\\shad0\\1a&H18&}}{number}"
    ))
}

/// An emoji on its way up, in the right part of the upper half.
fn push_float(events: &mut Vec<String>, float: &OverlayFloat, width: u32) {
    let share = |of: u32, part: u16| of * u32::from(part.min(1_000)) / 1_000;
    let x = width * 62 / 100 + share(width * 32 / 100, float.column);
    let y = HEIGHT / 2 - FLOAT - share(HEIGHT / 2 - FLOAT - 24, float.risen);
    let alpha = alpha(float.opacity);
    let shapes = match shown_emoji(&float.emoji) {
        Some(ShownEmoji::Drawn(shapes)) => shapes,
        named => {
            let text = match named {
                Some(ShownEmoji::Named(name)) => escaped(&name),
                _ => escaped(&float.emoji),
            };
            // A name is as high as a line of text, in the middle of where a drawing would be.
            let y = y + (FLOAT - FONT) / 2;
            events.push(format!(
                "{{\\an7\\pos({x},{y})\\fs{FONT}\\q2\\bord2\\shad0{alpha}}}{text}"
            ));
            return;
        }
    };
    let size = FLOAT * 100 / (BOX >> (SCALE - 1));
    for shape in shapes {
        let colour = rgb(shape.colour);
        let path = shape.path;
        events.push(format!(
            "{{\\an7\\pos({x},{y})\\fscx{size}\\fscy{size}\\bord0\\shad0\\1c{colour}{alpha}\\p{SCALE}}}\
             m 0 0 l 0 0 {path}{{\\p0}}"
        ));
    }
}

/// The line that is being written, on a dark ground below the other lines.
fn push_input(events: &mut Vec<String>, input: &OverlayInput, width: u32) {
    let (left, right) = (LEFT - 10, width.saturating_sub(LEFT - 10));
    let (top, bottom) = (INPUT_TOP, LOWER_EDGE);
    events.push(format!(
        "{{\\an7\\pos(0,0)\\bord0\\shad0\\1c&H000000&\\1a&H50&\\p1}}\
         m {left} {top} l {right} {top} {right} {bottom} {left} {bottom}{{\\p0}}"
    ));
    let cells = cells(right.saturating_sub(left + 60));
    let (before, after) = (spelled(&input.before), spelled(&input.after));
    let before = last_cells(&before, cells * 3 / 4);
    let after = first_cells(&after, cells.saturating_sub(before.width()));
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

#[cfg(test)]
#[path = "ass_tests.rs"]
mod tests;
