//! Fields of text with a cursor that is always visible, and the line that is written.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::canvas::Canvas;
use super::text::{head, tail, width};
use crate::app::screen::Focus;
use crate::app::screen::editor::Editor;
use crate::protocol::text::limit_marks;
use crate::strings::screen as words;

/// What the line begins with.
const PROMPT: &str = " › ";

/// Draws the line that is written.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect) {
    let focused = canvas.focused(Focus::Line);
    let line = canvas.screen.line();
    if line.is_empty() && !focused {
        let hint = format!("{PROMPT}{}", words::line_elsewhere(canvas.language));
        canvas.row(area, 0, &Line::styled(hint, canvas.theme.dim()));
        return;
    }
    let cursor = field(canvas, area, PROMPT, line);
    // The sign of the line stands out while keys go there.
    let sign = Line::styled(PROMPT, canvas.theme.prompt(focused));
    canvas.row(area, 0, &sign);
    if focused && canvas.screen.overlays().is_empty() {
        canvas.cursor = Some(cursor);
    }
}

/// Draws a field, as much of its text as fits around the cursor; the cursor's position.
pub(super) fn field(
    canvas: &mut Canvas<'_>,
    area: Rect,
    prompt: &str,
    editor: &Editor,
) -> (u16, u16) {
    let room = usize::from(area.width).saturating_sub(width(prompt) + 1);
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
