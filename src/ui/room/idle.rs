//! The lobby: what can be done while nothing plays, when the media starts that waits and who is
//! ready; and how the connection is before there is a room.

use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::app::output::ConnectionView;
use crate::protocol::command::Action;
use crate::strings::{client, screen as words};
use crate::ui::canvas::Canvas;
use crate::ui::text::wrap;

/// The index of the text that is left out first where there is little space: the way to the help.
const LEAST: usize = 2;

/// How many rows these texts take.
pub(super) fn rows(canvas: &Canvas<'_>, columns: u16) -> u16 {
    let lines = fitted(&texts(canvas), columns);
    u16::try_from(lines.len() + 1).unwrap_or(u16::MAX)
}

/// Draws the texts. Where there is little space the gaps go first; the service's own notice
/// stays.
pub(in crate::ui) fn draw(canvas: &mut Canvas<'_>, area: Rect) {
    let height = usize::from(area.height);
    let mut texts = texts(canvas);
    if fitted(&texts, area.width).len() > height {
        texts.retain(|text| !text.is_empty());
    }
    if fitted(&texts, area.width).len() > height && texts.len() > LEAST {
        texts.remove(LEAST);
    }
    let strong = canvas.theme.strong();
    for (row, text) in (0..area.height).zip(fitted(&texts, area.width)) {
        let line = Line::from(format!("  {text}"));
        canvas.row(area, row, &if row == 0 { line.style(strong) } else { line });
    }
}

fn texts(canvas: &Canvas<'_>) -> Vec<String> {
    let app = canvas.app;
    let lobby = app.lobby();
    let said = lobby
        .as_ref()
        .map(|lobby| words::lobby(canvas.language, lobby));
    let said = said.unwrap_or_default();
    if lobby.is_some_and(|lobby| lobby.holds_media) {
        return said;
    }
    if let Some(way_in) = canvas.view.way_in() {
        let may_play = canvas.view.may(Action::Play);
        let mut texts = words::waiting(canvas.language, &way_in, may_play);
        texts.splice(1..1, said);
        return texts;
    }
    match app.connection() {
        // Before anything was tried.
        ConnectionView::Closed => Vec::new(),
        view => vec![client::connection(canvas.language, view)],
    }
}

fn fitted(texts: &[String], columns: u16) -> Vec<String> {
    let cells = usize::from(columns.saturating_sub(3));
    texts.iter().flat_map(|text| wrap(text, cells)).collect()
}
