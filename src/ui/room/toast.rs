//! The present toast, directly above the line that is written, where the eye is. What went wrong
//! has the sign and the colour of errors, on every page and in every dialog.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use crate::app::output::severity::Severity;
use crate::app::screen::{Overlay, Toast, ToastContent};
use crate::protocol::text::clean;
use crate::strings::{dialogs, screen as words};
use crate::ui::canvas::Canvas;
use crate::ui::split::take_bottom;
use crate::ui::text::{padded, width, wrap};

/// The most characters of a toast.
const LONGEST: usize = 500;

/// The rows of a toast in so many cells, and their style. The sign hangs out.
pub(in crate::ui) fn rows(
    canvas: &Canvas<'_>,
    content: &ToastContent,
    cells: usize,
) -> (Vec<String>, Style) {
    let (sign, style) = match content.severity() {
        Severity::Info => ("", canvas.theme.strong()),
        Severity::Warning => ("", canvas.theme.alarm()),
        Severity::Error => (words::ERROR, canvas.theme.error()),
    };
    let before = if sign.is_empty() {
        String::new()
    } else {
        format!("{sign} ")
    };
    let text = clean(
        &dialogs::toast(canvas.language, content, &canvas.screen.config().keys),
        LONGEST,
    );
    let wrapped = wrap(&text, cells.saturating_sub(width(&before)));
    let rows = wrapped.into_iter().enumerate().map(|(row, line)| {
        if row == 0 {
            format!("{before}{line}")
        } else {
            padded("", width(&before)) + &line
        }
    });
    (rows.collect(), style)
}

/// The toast, unless a prompt lies over the page: that says it itself.
pub(in crate::ui) fn present<'a>(canvas: &Canvas<'a>) -> Option<&'a Toast> {
    let is_told = matches!(canvas.screen.overlay(), Some(Overlay::Prompt(..)));
    canvas.screen.toast().filter(|_| !is_told)
}

/// Draws the toast in the row of the hints, over as many rows of the panes as it needs besides.
/// While completions are offered there, it stands above them.
pub(in crate::ui) fn draw(canvas: &mut Canvas<'_>, panes: Rect, hints: Rect) {
    let Some(toast) = present(canvas) else {
        if canvas.app.awaits_answer() && canvas.screen.completion().is_none() {
            let text = format!(" {}", words::on_its_way(canvas.language));
            let whole = padded(&text, usize::from(hints.width));
            canvas.row(hints, 0, &Line::styled(whole, canvas.theme.dim()));
        }
        return;
    };
    let cells = usize::from(panes.width).saturating_sub(2);
    let (lines, style) = rows(canvas, toast.content(), cells);
    let mut area = panes;
    if canvas.screen.completion().is_none() {
        area.height += hints.height;
    }
    let height = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let place = take_bottom(&mut area, height);
    for (row, line) in (0..place.height).zip(lines) {
        let whole = padded(&format!(" {line}"), usize::from(place.width));
        canvas.row(place, row, &Line::styled(whole, style));
    }
}
