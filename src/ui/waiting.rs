//! What can be done while nothing plays, and what the connection does before there is a room.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::Canvas;
use super::text::wrap;
use crate::app::told::ConnectionView;
use crate::protocol::member::{Member, Role};
use crate::strings::{client, screen as words};

/// How many rows it wants.
pub(super) fn rows(canvas: &Canvas<'_>, columns: u16) -> u16 {
    u16::try_from(lines(canvas, columns).len() + 1).unwrap_or(u16::MAX)
}

/// Draws it.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect) {
    let strong = canvas.theme.strong();
    for (row, text) in (0..area.height).zip(lines(canvas, area.width)) {
        let line = Line::from(format!("  {text}"));
        canvas.row(area, row, &if row == 0 { line.style(strong) } else { line });
    }
}

fn lines(canvas: &Canvas<'_>, columns: u16) -> Vec<String> {
    let app = canvas.app;
    let texts = if app.room().is_some() {
        let decides = app.me().map(Member::power) == Some(Role::Admin);
        words::waiting(app.invite_for_others().as_deref(), decides)
    } else {
        match app.connection() {
            // Before anything was tried.
            ConnectionView::Closed => Vec::new(),
            view => vec![client::connection(view)],
        }
    };
    let cells = usize::from(columns.saturating_sub(3));
    texts.iter().flat_map(|text| wrap(text, cells)).collect()
}
