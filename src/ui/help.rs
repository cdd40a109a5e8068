//! The page of the help: every key and every command, from the tables that handle them, and the
//! signs that the screen uses.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::canvas::Canvas;
use super::page;
use super::text::{padded, width, wrap};
use crate::app::command::Slash;
use crate::app::keys::editing::{self, TextMode};
use crate::app::keys::{self, KeyContext};
use crate::strings::{help, keys as words, video};

/// The columns of the keys.
const KEYS: usize = 13;
/// The columns of a command.
const USAGE: usize = 30;

/// Draws the page, scrolled down to its line `from`.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, from: usize) {
    let (title, hint) = (words::title(canvas.language), words::hint(canvas.language));
    let body = page::frame(canvas, area, &title, &hint);
    let lines = lines(canvas, usize::from(area.width));
    let first = page::first_visible(from, lines.len(), body);
    page::rows(canvas, body, lines.into_iter().skip(first));
}

/// All lines of the page.
fn lines(canvas: &Canvas<'_>, cells: usize) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    let begin = |lines: &mut Vec<Line<'static>>, text: &str| {
        if !lines.is_empty() {
            lines.push(Line::default());
        }
        lines.push(Line::styled(format!(" {text}"), canvas.theme.strong()));
    };
    for context in KeyContext::ALL {
        begin(&mut lines, &words::context(canvas.language, context));
        for row in keys::of(context) {
            lines.extend(entry(
                &words::keys(canvas.language, row.keys),
                KEYS,
                &words::row(canvas.language, row),
                cells,
            ));
        }
    }
    for mode in TextMode::ALL {
        begin(&mut lines, &words::text_mode(canvas.language, mode));
        for row in editing::of(mode) {
            let keys = words::keys(canvas.language, row.keys);
            lines.extend(entry(
                &keys,
                KEYS,
                &words::edit_op(canvas.language, row.op),
                cells,
            ));
        }
    }
    begin(&mut lines, &video::keys_title(canvas.language));
    for (key, about) in video::keys(canvas.language) {
        lines.extend(entry(&key, KEYS, &about, cells));
    }
    begin(&mut lines, &words::signs(canvas.language));
    for (sign, about) in words::meant(canvas.language) {
        lines.extend(entry(&sign, KEYS, &about, cells));
    }
    begin(&mut lines, &words::commands(canvas.language));
    for slash in Slash::ALL {
        let usage = help::usage(canvas.language, slash.usage());
        let mark = words::role_mark(slash.needs());
        let about = help::about(canvas.language, *slash, mark);
        lines.extend(entry(&usage, USAGE, &about, cells));
    }
    lines
}

/// A key or command in `left` cells, and beside it what it does; below it where there is no room
/// beside it. Nothing is cut.
fn entry(pressed: &str, left: usize, about: &str, cells: usize) -> Vec<Line<'static>> {
    let beside = width(pressed) <= left && left + 4 + width(about) <= cells;
    if beside {
        let text = format!("   {} {about}", padded(pressed, left));
        return vec![Line::from(text)];
    }
    let short = 4 + width(pressed) + width(about) <= cells;
    if short {
        return vec![Line::from(format!("   {pressed} {about}"))];
    }
    let indented = |indent: &str, text: &str| -> Vec<Line<'static>> {
        let rows = wrap(text, cells.saturating_sub(indent.len())).into_iter();
        rows.map(|row| Line::from(format!("{indent}{row}")))
            .collect()
    };
    let mut lines = indented("   ", pressed);
    lines.extend(indented("       ", about));
    lines
}
