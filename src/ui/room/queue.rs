//! The pane of the queue: what will play, then what is proposed and by whom.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::members::short_name;
use crate::app::screen::{ClientView, Focus};
use crate::protocol::member::{Member, Role};
use crate::protocol::playback::{EntryState, QueueEntry};
use crate::protocol::time::Position;
use crate::strings::screen as words;
use crate::texts::language::Language;
use crate::ui::canvas::Canvas;
use crate::ui::text::{cut, right, width};

/// The columns before the words of who proposes an entry: the mark and two blanks.
const BEFORE_PROPOSED: usize = 3;

/// The pane's heading: how many are approved and proposed.
pub(in crate::ui) fn heading(language: Language, view: &ClientView<'_>) -> String {
    let entries = view.queue();
    let proposed = |entry: &&&QueueEntry| entry.state == EntryState::Proposed;
    let proposed = entries.iter().filter(proposed).count();
    words::queue_heading(language, entries.len() - proposed, proposed)
}

/// Draws the queue. The chosen entry is always visible.
pub(in crate::ui) fn draw(canvas: &mut Canvas<'_>, area: Rect) {
    let focused = canvas.focused(Focus::Queue);
    let entries = canvas.view.queue();
    if entries.is_empty() {
        let hint = Line::styled(
            format!(" {}", words::queue_empty(canvas.language)),
            canvas.theme.dim(),
        );
        canvas.row(area, 0, &hint);
        return;
    }
    let chosen = canvas
        .screen
        .chosen_entry(&canvas.view)
        .map(|entry| entry.id);
    let height = usize::from(area.height);
    // Whoever looks elsewhere sees what is next.
    let before = entries.iter().position(|entry| Some(entry.id) == chosen);
    let last = before.filter(|_| focused).map_or(1, |before| {
        entries.iter().take(before + 1).map(|it| rows_of(it)).sum()
    });
    let skip = last.saturating_sub(height);
    let mut at = 0;
    for entry in entries {
        let rows = rows_of(entry);
        // Only what is seen is laid out: a queue may be long.
        if at + rows > skip && at < skip + height {
            let lines = lines(canvas, entry, chosen == Some(entry.id), area.width);
            for (row, line) in (at..).zip(lines) {
                if let Some(Ok(row)) = row.checked_sub(skip).map(u16::try_from)
                    && row < area.height
                {
                    canvas.row(area, row, &line);
                }
            }
        }
        at += rows;
    }
}

/// Who proposes an entry, with a name that is cut so that all of it fits into `most` cells where
/// possible.
fn proposed(canvas: &Canvas<'_>, entry: &QueueEntry, most: usize) -> String {
    let is_own = canvas.app.me().is_some_and(|me| me.id == entry.by);
    if is_own {
        return words::proposed(canvas.language, None);
    }
    let before = width(&words::proposed(canvas.language, Some("")));
    let name = short_name(&entry.by_name, entry.by, most.saturating_sub(before));
    words::proposed(canvas.language, Some(&name))
}

/// How many rows an entry takes.
fn rows_of(entry: &QueueEntry) -> usize {
    if entry.state == EntryState::Proposed {
        2
    } else {
        1
    }
}

/// The rows of an entry.
fn lines(
    canvas: &Canvas<'_>,
    entry: &QueueEntry,
    is_chosen: bool,
    width_of_pane: u16,
) -> Vec<Line<'static>> {
    let app = canvas.app;
    let cells = usize::from(width_of_pane);
    let focused = canvas.focused(Focus::Queue);
    let mark = if is_chosen && focused { "▌" } else { " " };
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
    let mut lines = vec![Line::styled(format!("{name}{length}"), style)];
    if entry.state == EntryState::Proposed {
        let decides = app.me().map(Member::power) == Some(Role::Admin);
        let keys = if decides && is_chosen {
            words::approve_keys(canvas.language)
        } else {
            String::new()
        };
        let room = cells.saturating_sub(width(&keys) + 1);
        let by = proposed(canvas, entry, room.saturating_sub(BEFORE_PROPOSED));
        let about = format!("{mark}  {by}");
        let kind = format!(" · {}", entry.media.kind());
        let fits = width(&about) + width(&kind) <= room;
        let about = cut(&if fits { about + &kind } else { about }, room);
        let keys = right(&keys, cells.saturating_sub(width(&about)));
        lines.push(Line::styled(format!("{about}{keys}"), canvas.theme.busy()));
    }
    lines
}
