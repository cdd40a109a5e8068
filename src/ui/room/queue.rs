//! The pane of the queue: what will play, then what is proposed and by whom.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::members::short_name;
use crate::app::pointer::{ClickTarget, ScrollTarget};
use crate::app::screen::{ClientView, Focus};
use crate::protocol::command::Action;
use crate::protocol::ids::EntryId;
use crate::protocol::playback::{EntryState, QueueEntry};
use crate::protocol::time::Position;
use crate::strings::own_keys;
use crate::strings::screen as words;
use crate::texts::language::Language;
use crate::ui::canvas::Canvas;
use crate::ui::split::row_of;
use crate::ui::text::{apart, cut, right, width};

/// The columns before the words of who proposes an entry: the mark and two blanks.
const BEFORE_PROPOSED: usize = 3;

/// The keys that decide on the chosen proposal, for a member who may: beside the name of who
/// proposes it where both fit, else in a row of their own.
enum Keys {
    None,
    Beside(String),
    Below(String),
}

/// The pane's heading: how many are approved and proposed.
pub(in crate::ui) fn heading(language: Language, view: &ClientView<'_>) -> String {
    let entries = view.queue();
    let proposed = |entry: &&&QueueEntry| entry.state == EntryState::Proposed;
    let proposed = entries.iter().filter(proposed).count();
    words::queue_heading(language, entries.len() - proposed, proposed)
}

/// The most rows that the queue takes.
pub(in crate::ui) fn rows(canvas: &Canvas<'_>) -> usize {
    let entries = canvas.view.queue();
    let is_proposed = |entry: &&QueueEntry| entry.state == EntryState::Proposed;
    let has_keys = canvas.view.may(Action::Approve) && entries.iter().any(is_proposed);
    entries.len() * 2 + usize::from(has_keys)
}

/// Draws the queue. The chosen entry is visible while the pane has the focus, unless the wheel
/// scrolled it away.
pub(in crate::ui) fn draw(canvas: &mut Canvas<'_>, area: Rect) {
    canvas.clickable(area, ClickTarget::Pane(Focus::Queue));
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
    let keys = keys(canvas, &entries, chosen, area);
    let rows_of = |entry: &QueueEntry| {
        let is_below = chosen == Some(entry.id) && matches!(keys, Keys::Below(_));
        rows_of(entry) + usize::from(is_below)
    };
    let heights: Vec<usize> = entries.iter().map(|entry| rows_of(entry)).collect();
    let chosen_at = entries.iter().position(|entry| Some(entry.id) == chosen);
    let skip = skipped(canvas, area, &heights, chosen_at);
    let mut at = 0;
    for (entry, rows) in entries.into_iter().zip(heights) {
        // Only what is seen is laid out: a queue may be long.
        if at + rows > skip && at < skip + height {
            let keys = (chosen == Some(entry.id)).then_some(&keys);
            let lines = lines(canvas, entry, keys, area.width);
            for (part, line) in lines.into_iter().enumerate() {
                if let Some(Ok(row)) = (at + part).checked_sub(skip).map(u16::try_from)
                    && row < area.height
                {
                    canvas.row(area, row, &line);
                    canvas.clickable(row_of(area, row), ClickTarget::Entry(entry.id));
                    clickable_keys(canvas, row_of(area, row), entry.id, keys, part);
                }
            }
        }
        at += rows;
    }
}

/// How many rows are scrolled away above the pane, and lets the wheel scroll more.
fn skipped(
    canvas: &mut Canvas<'_>,
    area: Rect,
    heights: &[usize],
    chosen_at: Option<usize>,
) -> usize {
    let rows_before = |place: usize| heights.iter().take(place).sum::<usize>();
    let height = usize::from(area.height);
    let most = rows_before(heights.len()).saturating_sub(height);
    let skip = match canvas.screen.first_shown(Focus::Queue) {
        Some(first) => rows_before(first).min(most),
        // Whoever looks elsewhere sees what is next.
        None => chosen_at
            .filter(|_| canvas.focused(Focus::Queue))
            .map_or(0, |chosen| rows_before(chosen + 1).saturating_sub(height)),
    };
    let first_from = |rows: usize| (0..heights.len()).find(|place| rows_before(*place) >= rows);
    let target = ScrollTarget::List {
        pane: Focus::Queue,
        first: first_from(skip).unwrap_or(0),
        last_first: first_from(most).unwrap_or(0),
    };
    canvas.scrollable(area, target);
    skip
}

/// Makes the words that decide on a proposal clickable, in the row of its part in which they are.
fn clickable_keys(
    canvas: &mut Canvas<'_>,
    row: Rect,
    entry: EntryId,
    keys: Option<&Keys>,
    part: usize,
) {
    let ((Some(Keys::Beside(keys)), 1) | (Some(Keys::Below(keys)), 2)) = (keys, part) else {
        return;
    };
    let cells = u16::try_from(width(keys))
        .unwrap_or(u16::MAX)
        .min(row.width);
    let place = Rect {
        x: row.x + row.width - cells,
        width: cells,
        ..row
    };
    // In the short form there is no room for both.
    let both = apart(keys).len() > 1;
    let focused = canvas.focused(Focus::Queue);
    canvas.clickable_words(place, 0, keys, |word| match word {
        0 if both => Some(ClickTarget::Approve(entry)),
        1 => Some(ClickTarget::Reject(entry)),
        0 if focused => Some(ClickTarget::Reject(entry)),
        _ => None,
    });
}

/// Who proposes an entry, with a name that is cut so that all of it fits into `most` cells where
/// possible.
fn proposed(canvas: &Canvas<'_>, entry: &QueueEntry, most: usize) -> String {
    let is_own = canvas.app.me().is_some_and(|me| me.id == entry.by);
    if is_own {
        return words::proposed(canvas.language, None);
    }
    let before = width(&words::proposed(canvas.language, Some("")));
    // Whoever the room still knows is called as they are called now.
    let known = canvas.app.room().and_then(|room| room.roster.get(entry.by));
    let name = known.map_or(&entry.by_name, |member| &member.name);
    let name = short_name(name, entry.by, most.saturating_sub(before));
    words::proposed(canvas.language, Some(&name))
}

/// The keys for the chosen entry, in the longest form that fits. They take a row of their own where
/// the pane shows it.
fn keys(canvas: &Canvas<'_>, entries: &[&QueueEntry], chosen: Option<EntryId>, area: Rect) -> Keys {
    let at = entries.iter().position(|entry| Some(entry.id) == chosen);
    let entry = at.and_then(|at| Some((at, *entries.get(at)?)));
    let is_open = entry.filter(|(_, entry)| entry.state == EntryState::Proposed);
    let Some((at, entry)) = is_open.filter(|_| canvas.view.may(Action::Approve)) else {
        return Keys::None;
    };
    let focused = canvas.focused(Focus::Queue);
    let (long, short) = if focused {
        words::approve_keys(canvas.language)
    } else {
        words::approve_keys_elsewhere(canvas.language)
    };
    let [long, short] = [long, short].map(|hints| {
        let own = &canvas.screen.config().keys;
        own_keys::in_hints(canvas.language, own, Focus::Queue.contexts(), &hints)
    });
    let (cells, height) = (usize::from(area.width), usize::from(area.height));
    let by = width(&proposed(canvas, entry, usize::MAX));
    let before: usize = entries.iter().take(at).map(|entry| rows_of(entry)).sum();
    // With the focus, the chosen entry is scrolled to.
    let needed = rows_of(entry) + 1 + if focused { 0 } else { before };
    if BEFORE_PROPOSED + by + 1 + width(&long) <= cells {
        Keys::Beside(long)
    } else if width(&long) < cells && needed <= height {
        Keys::Below(long)
    } else {
        Keys::Beside(short)
    }
}

/// How many rows an entry takes, without its keys.
fn rows_of(entry: &QueueEntry) -> usize {
    if entry.state == EntryState::Proposed {
        2
    } else {
        1
    }
}

/// The rows of an entry; `keys` if it is the chosen one.
fn lines(
    canvas: &mut Canvas<'_>,
    entry: &QueueEntry,
    keys: Option<&Keys>,
    width_of_pane: u16,
) -> Vec<Line<'static>> {
    let cells = usize::from(width_of_pane);
    let is_marked = keys.is_some() && canvas.focused(Focus::Queue);
    let mark = if is_marked { "▌" } else { " " };
    let length = entry
        .duration
        .map(|length| format!(" {} ", Position(length.0)));
    let length = length.unwrap_or_default();
    let name = cut(
        &format!("{mark}#{} {}", entry.id, words::entry(entry)),
        cells.saturating_sub(width(&length)),
    );
    let length = right(&length, cells.saturating_sub(width(&name)));
    let style = if is_marked {
        canvas.theme.strong()
    } else {
        ratatui::style::Style::new()
    };
    let link = canvas.link(&entry.media.url());
    let name = vec![Span::styled(name, link), Span::raw(length)];
    let mut lines = vec![Line::from(name).style(style)];
    if entry.state == EntryState::Proposed {
        let beside = match keys {
            Some(Keys::Beside(keys)) => keys.as_str(),
            _ => "",
        };
        let room = cells.saturating_sub(width(beside) + 1);
        let by = proposed(canvas, entry, room.saturating_sub(BEFORE_PROPOSED));
        let about = format!("{mark}  {by}");
        let kind = format!(" · {}", entry.media.kind());
        let fits = width(&about) + width(&kind) <= room;
        let about = cut(&if fits { about + &kind } else { about }, room);
        let beside = right(beside, cells.saturating_sub(width(&about)));
        let busy = canvas.theme.busy();
        lines.push(Line::styled(format!("{about}{beside}"), busy));
        if let Some(Keys::Below(keys)) = keys {
            let keys = right(keys, cells.saturating_sub(width(mark)));
            lines.push(Line::styled(format!("{mark}{keys}"), busy));
        }
    }
    lines
}
