//! The last line: what was just said to the member, else the name of the focus and its keys.
//! And the tabs of a narrow terminal.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Canvas;
use super::text::{cut, width};
use crate::app::screen::Focus;
use crate::strings::{boxes, screen as words};

/// Draws it.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect) {
    let focus = canvas.screen.focus;
    let (name, keys) = words::focus(focus);
    if let Some(toast) = &canvas.screen.toast {
        let text = boxes::said(&toast.said);
        notice(canvas, area, name, &text);
        return;
    }
    let help = Line::from(format!("{} ", words::help_key(focus)));
    let left = format!(" {name}  {keys}");
    canvas.both_ends(area, 0, &left, &help);
    let begin = Line::from(vec![
        Span::raw(" "),
        Span::styled(name, canvas.theme.strong()),
    ]);
    canvas.row(area, 0, &begin);
}

/// A notice after the name of the focus.
fn notice(canvas: &mut Canvas<'_>, area: Rect, name: &str, text: &str) {
    let text = text.lines().next().unwrap_or_default();
    let room = usize::from(area.width).saturating_sub(width(name) + 4);
    let line = Line::from(vec![
        Span::raw(" "),
        Span::styled(name.to_owned(), canvas.theme.strong()),
        Span::styled(format!("  {}", cut(text, room)), canvas.theme.alarm()),
    ]);
    canvas.row(area, 0, &line);
}

/// The panes' names, the one that is shown marked.
pub(super) fn tabs(canvas: &mut Canvas<'_>, area: Rect) {
    let focus = canvas.screen.focus;
    let shown = [
        (
            words::CHAT.to_owned(),
            matches!(focus, Focus::Line | Focus::Chat),
        ),
        (super::queue::heading(canvas.app), focus == Focus::Queue),
        (super::members::heading(canvas.app), focus == Focus::Members),
    ];
    let mut spans = Vec::new();
    for (name, is_shown) in shown {
        let (text, style) = if is_shown {
            (format!("[{name}]"), canvas.theme.strong())
        } else {
            (format!(" {name} "), canvas.theme.dim())
        };
        spans.push(Span::styled(text, style));
    }
    canvas.row(area, 0, &Line::from(spans));
}
