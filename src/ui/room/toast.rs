//! The present toast, directly above the line that is written, where the eye is. What went wrong
//! has the sign and the colour of errors.

use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::app::output::severity::Severity;
use crate::protocol::text::clean;
use crate::strings::{dialogs, screen as words};
use crate::ui::canvas::Canvas;
use crate::ui::split::take_bottom;
use crate::ui::text::{padded, width, wrap};

/// The most characters of a toast.
const LONGEST: usize = 500;

/// Draws the toast in the row of the hints, over as many rows of the panes as it needs besides.
/// While completions are offered there, it stands above them.
pub(in crate::ui) fn draw(canvas: &mut Canvas<'_>, panes: Rect, hints: Rect) {
    let Some(toast) = canvas.screen.toast() else {
        if canvas.app.awaits_answer() && canvas.screen.completion().is_none() {
            let text = format!(" {}", words::on_its_way(canvas.language));
            let whole = padded(&text, usize::from(hints.width));
            canvas.row(hints, 0, &Line::styled(whole, canvas.theme.dim()));
        }
        return;
    };
    let severity = toast.content().severity();
    let text = clean(&dialogs::toast(canvas.language, toast.content()), LONGEST);
    let (sign, style) = match severity {
        Severity::Info => ("", canvas.theme.strong()),
        Severity::Warning => ("", canvas.theme.alarm()),
        Severity::Error => (words::ERROR, canvas.theme.bad()),
    };
    let before = if sign.is_empty() {
        " ".to_owned()
    } else {
        format!(" {sign} ")
    };
    let lines = wrap(
        &text,
        usize::from(panes.width).saturating_sub(width(&before) + 1),
    );
    let mut area = panes;
    if canvas.screen.completion().is_none() {
        area.height += hints.height;
    }
    let rows = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let place = take_bottom(&mut area, rows);
    let blank = " ".repeat(width(&before));
    for (row, line) in (0..place.height).zip(lines) {
        let before = if row == 0 { &before } else { &blank };
        let whole = padded(&format!("{before}{line}"), usize::from(place.width));
        canvas.row(place, row, &Line::styled(whole, style));
    }
}
