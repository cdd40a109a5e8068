//! The last line: what was just said to the member, else the name of the focus and its keys.
//! And the tabs of a narrow terminal.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Canvas;
use super::place::take_bottom;
use super::text::{line_width, padded, width, wrap};
use crate::app::screen::Focus;
use crate::protocol::text::clean;
use crate::strings::{boxes, screen as words};

/// The longest notice, in characters.
const LONGEST: usize = 500;

/// Draws it.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect) {
    let focus = canvas.screen.focus;
    let (name, keys) = words::focus(focus);
    let toast = canvas.screen.toast.as_ref();
    let text = toast.map(|toast| clean(&boxes::said(&toast.said), LONGEST));
    if let Some(text) = text.filter(|text| fits(text, name, area)) {
        notice(canvas, area, name, &text);
        return;
    }
    let help = Line::from(format!("{} ", words::help_key(focus)));
    let space = usize::from(area.width).saturating_sub(line_width(&help) + 1);
    let mut left = format!(" {name}");
    for key in keys.split("  ") {
        // A key is named whole or not at all; the help has them all.
        if width(&left) + width(key) + 2 <= space {
            left = format!("{left}  {key}");
        }
    }
    canvas.both_ends(area, 0, &left, &help);
    let begin = Line::from(vec![
        Span::raw(" "),
        Span::styled(name, canvas.theme.strong()),
    ]);
    canvas.row(area, 0, &begin);
}

/// A notice that is too long for the line, over the foot of the panes.
pub(super) fn long(canvas: &mut Canvas<'_>, above: Rect) {
    let Some(toast) = &canvas.screen.toast else {
        return;
    };
    let (name, _) = words::focus(canvas.screen.focus);
    let text = clean(&boxes::said(&toast.said), LONGEST);
    if fits(&text, name, above) {
        return;
    }
    let lines = wrap(&text, usize::from(above.width).saturating_sub(2));
    let rows = u16::try_from(lines.len())
        .unwrap_or(u16::MAX)
        .min(above.height);
    let mut panes = above;
    let place = take_bottom(&mut panes, rows);
    let style = canvas.theme.alarm();
    for (row, line) in (0..rows).zip(lines) {
        let whole = padded(&format!(" {line}"), usize::from(place.width));
        canvas.row(place, row, &Line::styled(whole, style));
    }
}

/// Whether a notice fits beside the name of the focus.
fn fits(text: &str, name: &str, area: Rect) -> bool {
    width(text) + width(name) + 4 <= usize::from(area.width)
}

/// A notice after the name of the focus.
fn notice(canvas: &mut Canvas<'_>, area: Rect, name: &str, text: &str) {
    let line = Line::from(vec![
        Span::raw(" "),
        Span::styled(name.to_owned(), canvas.theme.strong()),
        Span::styled(format!("  {text}"), canvas.theme.alarm()),
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
