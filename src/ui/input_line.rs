//! Fields of text with a cursor that is always visible, and the line that is written, which grows
//! to a few rows.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;

use super::canvas::Canvas;
use super::text::{head, tail, width};
use crate::app::pointer::ClickTarget;
use crate::app::screen::Focus;
use crate::app::screen::editor::Editor;
use crate::protocol::text::limit_marks;
use crate::strings::screen as words;

/// What the line begins with.
const PROMPT: &str = " › ";

/// The most rows of the line (from the screen's design: the chat is to stay readable).
const MOST_ROWS: u16 = 3;

/// The line has one row for so many of the screen: a small screen keeps its panes.
const SCREEN_ROWS: u16 = 6;

/// How many rows the line takes on a screen.
pub(super) fn rows(canvas: &Canvas<'_>, screen: Rect) -> u16 {
    let most = (screen.height / SCREEN_ROWS).clamp(1, MOST_ROWS);
    let needed = Layout::of(canvas.screen.line(), room(screen, PROMPT))
        .rows
        .len();
    u16::try_from(needed).unwrap_or(u16::MAX).clamp(1, most)
}

/// Draws the line that is written.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect) {
    canvas.clickable(area, ClickTarget::Pane(Focus::Line));
    let focused = canvas.focused(Focus::Line);
    let line = canvas.screen.line();
    if line.is_empty() && !focused {
        let hint = format!(
            "{PROMPT}{}",
            words::line_elsewhere(canvas.language, &canvas.screen.config().keys)
        );
        canvas.row(area, 0, &Line::styled(hint, canvas.theme.dim()));
        return;
    }
    let cursor = if area.height > 1 {
        in_rows(canvas, area, line)
    } else {
        field(canvas, area, PROMPT, line)
    };
    // The sign of the line stands out while keys go there.
    let sign = Line::styled(PROMPT, canvas.theme.prompt(focused));
    canvas.row(area, 0, &sign);
    if focused && canvas.screen.overlays().is_empty() {
        canvas.cursor = Some(cursor);
    }
}

/// How many cells a row has for text, with one for the cursor behind it.
fn room(area: Rect, prompt: &str) -> usize {
    usize::from(area.width).saturating_sub(width(prompt) + 1)
}

/// A text in rows, and where its cursor is.
struct Layout {
    rows: Vec<String>,
    /// The row of the cursor, and its column.
    cursor: (usize, usize),
}

impl Layout {
    /// Fills rows of so many cells, grapheme by grapheme.
    fn of(editor: &Editor, room: usize) -> Self {
        // What is written is cleaned only when it is sent.
        let (before, after) = (limit_marks(editor.before()), limit_marks(editor.after()));
        let mut rows = vec![String::new()];
        let mut used = 0;
        let mut fill = |text: &str, rows: &mut Vec<String>| {
            for grapheme in text.graphemes(true) {
                let cells = width(grapheme);
                if used + cells > room && used > 0 {
                    rows.push(String::new());
                    used = 0;
                }
                used += cells;
                if let Some(row) = rows.last_mut() {
                    row.push_str(grapheme);
                }
            }
        };
        fill(&before, &mut rows);
        let column = rows.last().map_or(0, |row| width(row));
        let cursor = (rows.len() - 1, column);
        fill(&after, &mut rows);
        Self { rows, cursor }
    }
}

/// Draws a text in the rows of an area, those around the cursor if it has more; the cursor's
/// position.
fn in_rows(canvas: &mut Canvas<'_>, area: Rect, editor: &Editor) -> (u16, u16) {
    let layout = Layout::of(editor, room(area, PROMPT));
    let (row, column) = layout.cursor;
    let visible = usize::from(area.height);
    let last_first = layout.rows.len().saturating_sub(visible);
    let first = (row + 1).saturating_sub(visible).min(last_first);
    let indent = " ".repeat(width(PROMPT));
    for (place, (number, text)) in (0..area.height).zip(layout.rows.iter().enumerate().skip(first))
    {
        let begin = if number == 0 { PROMPT } else { &indent };
        canvas.row(area, place, &Line::from(format!("{begin}{text}")));
    }
    let x = u16::try_from(width(PROMPT) + column).unwrap_or(u16::MAX);
    let y = u16::try_from(row - first).unwrap_or(0);
    let last = area.width.saturating_sub(1);
    (area.x + x.min(last), area.y + y)
}

/// Draws a field, as much of its text as fits around the cursor; the cursor's position.
pub(super) fn field(
    canvas: &mut Canvas<'_>,
    area: Rect,
    prompt: &str,
    editor: &Editor,
) -> (u16, u16) {
    let room = room(area, prompt);
    // What is written is cleaned only when it is sent.
    let (before, after) = (limit_marks(editor.before()), limit_marks(editor.after()));
    let before = tail(&before, room);
    let after = head(&after, room.saturating_sub(width(before)));
    let at = width(prompt) + width(before);
    let line = Line::from(vec![
        Span::raw(prompt.to_owned()),
        Span::raw(before.to_owned()),
        Span::raw(after.to_owned()),
    ]);
    canvas.row(area, 0, &line);
    let x = u16::try_from(at).unwrap_or(u16::MAX);
    let last = area.width.saturating_sub(1);
    (area.x + x.min(last), area.y)
}

#[cfg(test)]
mod tests {
    use super::{Editor, Layout};

    #[test]
    fn a_long_line_fills_rows_and_its_cursor_is_found() {
        let mut editor = Editor::with("映画の夜はabc");
        let layout = Layout::of(&editor, 5);
        assert_eq!(layout.rows, ["映画", "の夜", "はabc"]);
        assert_eq!(layout.cursor, (2, 5));
        for _ in 0..4 {
            editor.left();
        }
        assert_eq!(
            Layout::of(&editor, 5).cursor,
            (1, 4),
            "behind what precedes it"
        );
        editor.home();
        assert_eq!(Layout::of(&editor, 5).cursor, (0, 0));
        assert_eq!(Layout::of(&Editor::default(), 5).rows, [""]);
    }
}
