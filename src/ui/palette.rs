//! The list of commands over the line, and that of everything, in a box at the foot of the panes.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Clear, Widget};

use super::canvas::Canvas;
use super::input_line;
use super::split::take_top;
use super::text::{cut, padded, width};
use crate::app::pointer::{ClickTarget, ScrollTarget};
use crate::app::screen::palette::{self, Finder, ListItem};
use crate::strings::palette::{self as words, Listed};

/// The most columns of the box: sentences end well before (judgement).
const WIDEST: u16 = 128;
/// The most items that are shown at once; the others are scrolled to.
const MOST_ROWS: u16 = 10;
/// The columns of a name; a longer one takes the sentence's place.
const NAME: usize = 24;
/// The rows of a box beside its items: the border and the keys.
const BESIDE_ITEMS: u16 = 3;

/// Draws the list of commands, if it is open, above the row of the line.
pub(super) fn over_line(canvas: &mut Canvas<'_>, above: Rect) {
    let Some(chosen) = canvas.screen.command_list() else {
        return;
    };
    let typed = canvas.screen.line().text();
    let commands = palette::commands(&canvas.view, typed.trim_start_matches('/'));
    let rows: Vec<ListItem> = commands.into_iter().map(ListItem::Command).collect();
    let keys = words::line_keys(canvas.language);
    let within = frame(canvas, above, rows.len(), BESIDE_ITEMS, &keys);
    items(canvas, within, &rows, chosen);
}

/// Draws the list of everything over the foot of the screen.
pub(super) fn finder(canvas: &mut Canvas<'_>, area: Rect, finder: &Finder) {
    let rooms = canvas.screen.gallery().rooms();
    let rows = palette::everything(&canvas.view, rooms, finder.query().text());
    let keys = words::finder_keys(canvas.language);
    // As high as it can be, so that it stays in place while it is narrowed.
    let most = usize::from(MOST_ROWS);
    let mut within = frame(canvas, area, most, BESIDE_ITEMS + 1, &keys);
    let query = take_top(&mut within, 1);
    let cursor = input_line::field(canvas, query, "› ", finder.query());
    canvas.cursor = Some(cursor);
    items(canvas, within, &rows, finder.chosen());
}

/// Draws an empty box at the foot of an area, with its keys in the last row; what is within,
/// without the keys.
fn frame(canvas: &mut Canvas<'_>, area: Rect, items: usize, beside: u16, keys: &str) -> Rect {
    let items = u16::try_from(items).unwrap_or(u16::MAX).clamp(1, MOST_ROWS);
    let height = (items + beside).min(area.height);
    let place = Rect {
        x: area.x + 1,
        y: area.y + area.height - height,
        width: WIDEST.min(area.width.saturating_sub(2)),
        height,
    };
    Clear.render(place, canvas.buffer);
    let block = Block::bordered().border_style(canvas.theme.border(true, false));
    let mut within = block.inner(place);
    block.render(place, canvas.buffer);
    let foot = super::split::take_bottom(&mut within, 1);
    let keys = cut(&format!(" {keys}"), usize::from(foot.width));
    canvas.row(foot, 0, &Line::styled(keys, canvas.theme.dim()));
    within
}

/// Draws as many items as fit, the chosen one among them.
fn items(canvas: &mut Canvas<'_>, within: Rect, rows: &[ListItem], chosen: usize) {
    if rows.is_empty() {
        let empty = format!(" {}", words::empty(canvas.language));
        canvas.row(within, 0, &Line::styled(empty, canvas.theme.dim()));
        return;
    }
    let chosen = chosen.min(rows.len() - 1);
    let visible = usize::from(within.height).max(1);
    let first = (chosen + 1).saturating_sub(visible);
    let shown: Vec<Option<Listed>> = rows
        .iter()
        .skip(first)
        .take(visible)
        .map(|item| listed(canvas, item))
        .collect();
    let names = shown.iter().flatten().map(|row| width(&row.name));
    let column = names.filter(|cells| *cells <= NAME).max().unwrap_or(NAME);
    canvas.scrollable(within, ScrollTarget::Choices);
    for (row, (place, item)) in (0..).zip((first..).zip(&shown)) {
        if let (Some(item), Some(listed)) = (item, rows.get(place)) {
            let area = Rect {
                y: within.y + row,
                height: 1,
                ..within
            };
            canvas.clickable(area, ClickTarget::ListItem(listed.clone()));
            draw_item(canvas, within, row, item, (place == chosen, column));
        }
    }
}

/// Draws one item. What does not fit is left out from its end: the key, the sentence.
fn draw_item(
    canvas: &mut Canvas<'_>,
    within: Rect,
    row: u16,
    item: &Listed,
    (is_chosen, column): (bool, usize),
) {
    let cells = usize::from(within.width);
    let (bar, style) = match (is_chosen, item.is_allowed) {
        (true, _) => ("▌", canvas.theme.strong()),
        (false, true) => (" ", Style::new()),
        (false, false) => (" ", canvas.theme.dim()),
    };
    let name = if width(&item.name) <= column {
        padded(&item.name, column)
    } else {
        item.name.clone()
    };
    let left = format!("{name}  ");
    let right = format!("{} ", item.mark);
    let room = cells.saturating_sub(1 + width(&left));
    let (about, right) = if width(&item.about) + width(&right) < room {
        (padded(&item.about, room - width(&right)), right)
    } else if width(&item.about) <= room {
        (item.about.clone(), String::new())
    } else if width(&item.name) > column {
        // What the command is called says enough where its arguments take the row.
        (String::new(), String::new())
    } else {
        (cut(&item.about, room), String::new())
    };
    let line = Line::from(vec![
        Span::raw(bar),
        Span::styled(left, style),
        Span::styled(about, if is_chosen { Style::new() } else { style }),
        Span::styled(right, canvas.theme.dim()),
    ]);
    canvas.row(within, row, &line);
}

/// An item in words; `None` for what is gone since the list was made.
fn listed(canvas: &Canvas<'_>, item: &ListItem) -> Option<Listed> {
    let (language, room) = (canvas.language, canvas.app.room());
    match item {
        ListItem::Command(slash) => {
            let is_allowed = palette::is_allowed(&canvas.view, *slash);
            Some(words::command(language, *slash, is_allowed))
        }
        ListItem::Entry(id) => Some(words::entry(language, room?.queue.get(*id)?)),
        ListItem::Member(id) => {
            let member = room?.roster.get(*id)?;
            Some(words::member(language, member.name.as_str()))
        }
        ListItem::Room(id) => {
            let mut rooms = canvas.screen.gallery().rooms().iter();
            let card = rooms.find(|card| card.id == *id)?;
            Some(words::room(language, card))
        }
    }
}
