//! What will play, then what is proposed and by whom.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::Canvas;
use super::text::{cut, right, width};
use crate::app::App;
use crate::app::screen::Focus;
use crate::protocol::film::{Entry, EntryState};
use crate::protocol::member::{Member, Role};
use crate::protocol::time::Position;
use crate::strings::naming::YOU;
use crate::strings::screen as words;

/// Its heading: how many, and how many of them are proposed.
pub(super) fn heading(app: &App) -> String {
    let shown = app.shown_queue();
    let proposed = |entry: &&&Entry| entry.state == EntryState::Proposed;
    let proposed = shown.iter().filter(proposed).count();
    words::queue_heading(shown.len() - proposed, proposed)
}

/// Draws it. The chosen entry is always among those that are shown.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect) {
    let app = canvas.app;
    let focused = canvas.focused(Focus::Queue);
    let entries = app.shown_queue();
    if entries.is_empty() {
        let hint = Line::styled(format!(" {}", words::QUEUE_EMPTY), canvas.theme.dim());
        canvas.row(area, 0, &hint);
        return;
    }
    let chosen = app.chosen_entry().map(|entry| entry.id);
    let cells = usize::from(area.width);
    let mut rows: Vec<(bool, Line<'static>)> = Vec::new();
    for entry in entries {
        let is_chosen = chosen == Some(entry.id);
        let mark = if is_chosen && focused { "▌" } else { " " };
        let proposed = entry.state == EntryState::Proposed;
        let length = entry
            .duration
            .map(|length| format!(" {} ", Position(length.0)));
        let length = length.unwrap_or_default();
        let name = cut(
            &format!("{mark}#{} {}", entry.id, words::entry(entry)),
            cells.saturating_sub(width(&length)),
        );
        let length = right(&length, cells.saturating_sub(width(&name)));
        let style = if is_chosen && focused {
            canvas.theme.strong()
        } else {
            ratatui::style::Style::new()
        };
        rows.push((is_chosen, Line::styled(format!("{name}{length}"), style)));
        if proposed {
            let decides = app.me().map(Member::power) == Some(Role::Admin);
            let keys = if decides && is_chosen {
                words::APPROVE_KEYS
            } else {
                ""
            };
            let room = cells.saturating_sub(width(keys) + 1);
            let about = format!("{mark}  {}", words::proposed(by(canvas, entry)));
            let kind = format!(" · {}", entry.media.kind());
            let fits = width(&about) + width(&kind) <= room;
            let about = cut(&if fits { about + &kind } else { about }, room);
            let keys = right(keys, cells.saturating_sub(width(&about)));
            let line = Line::styled(format!("{about}{keys}"), canvas.theme.busy());
            rows.push((is_chosen, line));
        }
    }
    let height = usize::from(area.height);
    // Whoever looks elsewhere sees what is next.
    let chosen = rows.iter().rposition(|(chosen, _)| *chosen);
    let last = chosen.filter(|_| focused).unwrap_or(0);
    let skip = (last + 1).saturating_sub(height);
    for (row, (_, line)) in (0..).zip(rows.into_iter().skip(skip).take(height)) {
        canvas.row(area, row, &line);
    }
}

/// Who proposes an entry.
fn by<'a>(canvas: &Canvas<'_>, entry: &'a Entry) -> &'a str {
    let is_own = canvas.app.me().is_some_and(|me| me.id == entry.by);
    if is_own { YOU } else { entry.by_name.as_str() }
}
