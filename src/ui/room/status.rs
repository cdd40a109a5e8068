//! The status line at the foot: the present toast, else the name of the focus and its keys.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::protocol::text::clean;
use crate::strings::{dialogs, screen as words};
use crate::ui::canvas::Canvas;
use crate::ui::split::take_bottom;
use crate::ui::text::{line_width, padded, width, wrap};

/// The most characters of a toast.
const LONGEST: usize = 500;

/// Draws the status line.
pub(in crate::ui) fn draw(canvas: &mut Canvas<'_>, area: Rect) {
    let focus = canvas.screen.focus();
    let name = words::focus(canvas.language, focus);
    let keys = words::focus_keys(canvas.language, focus);
    let toast = canvas.screen.toast();
    let text = toast.map(|toast| clean(&dialogs::toast(canvas.language, toast.content()), LONGEST));
    if let Some(text) = text.filter(|text| fits(text, &name, area)) {
        short(canvas, area, &name, &text);
        return;
    }
    let help = Line::from(format!("{} ", words::help_key(canvas.language, focus)));
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
        Span::styled(name, canvas.theme.heading(true)),
    ]);
    canvas.row(area, 0, &begin);
}

/// Draws a toast that is too long for the status line over the lower rows of the panes.
pub(in crate::ui) fn long(canvas: &mut Canvas<'_>, above: Rect) {
    let Some(toast) = canvas.screen.toast() else {
        return;
    };
    let name = words::focus(canvas.language, canvas.screen.focus());
    let text = clean(&dialogs::toast(canvas.language, toast.content()), LONGEST);
    if fits(&text, &name, above) {
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

/// Whether a toast fits beside the name of the focus.
fn fits(text: &str, name: &str, area: Rect) -> bool {
    width(text) + width(name) + 4 <= usize::from(area.width)
}

/// Draws a toast behind the name of the focus.
fn short(canvas: &mut Canvas<'_>, area: Rect, name: &str, text: &str) {
    let line = Line::from(vec![
        Span::raw(" "),
        Span::styled(name.to_owned(), canvas.theme.heading(true)),
        Span::styled(format!("  {text}"), canvas.theme.alarm()),
    ]);
    canvas.row(area, 0, &line);
}
