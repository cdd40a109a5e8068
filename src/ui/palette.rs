//! The list of commands over the line, and that of everything, in a box at the foot of the panes.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Clear, Widget};

use super::canvas::Canvas;
use super::input_line;
use super::split::{row_of, take_bottom};
use super::text::{cut, padded, width, wrap};
use crate::app::pointer::{ClickTarget, ScrollTarget};
use crate::app::screen::palette::{self, Finder, ListItem};
use crate::strings::palette::{self as words, Listed};
use crate::strings::rooms;

/// The most columns of an item: sentences end well before (judgement).
const WIDEST: usize = 126;
/// The most rows of items that are shown at once; the others are scrolled to.
const MOST_ROWS: usize = 10;
/// The columns of a name at most, and in percent of a narrow box: a longer name is cut, and shown in
/// full when it is chosen (judgement: few commands are longer, and most sentences fit).
const NAME: usize = 34;
const NAME_PERCENT: usize = 40;
/// The rows of a box beside its items: the border and the keys.
const BESIDE_ITEMS: usize = 3;
/// How far the sentence of the chosen item is moved in below its name.
const INDENT: &str = "    ";

/// Draws the list of commands, if it is open, above the row of the line.
pub(super) fn over_line(canvas: &mut Canvas<'_>, above: Rect) {
    let Some(chosen) = canvas.screen.command_list() else {
        return;
    };
    let typed = canvas.screen.line().text();
    let commands = palette::commands(&canvas.view, typed.trim_start_matches('/'));
    let rows: Vec<ListItem> = commands.into_iter().map(ListItem::Command).collect();
    let keys = words::line_keys(canvas.language);
    let listing = Listing::of(canvas, &rows, chosen, (above, BESIDE_ITEMS));
    let within = frame(canvas, above, listing.lines.len() + BESIDE_ITEMS, &keys);
    listing.draw(canvas, within);
}

/// Draws the list of everything over the foot of the screen. What is searched for stands below the
/// list, where it stays while that is narrowed.
pub(super) fn finder(canvas: &mut Canvas<'_>, area: Rect, finder: &Finder) {
    let live = canvas.screen.gallery().rooms();
    let rows = palette::everything(&canvas.view, live, finder.query().text());
    let keys = words::finder_keys(canvas.language);
    let beside = BESIDE_ITEMS + 1;
    let listing = Listing::of(canvas, &rows, finder.chosen(), (area, beside));
    let mut within = frame(canvas, area, listing.lines.len() + beside, &keys);
    let query = take_bottom(&mut within, 1);
    let cursor = input_line::field(canvas, query, "› ", finder.query());
    canvas.cursor = Some(cursor);
    listing.draw(canvas, within);
}

/// Draws an empty box of so many rows at the foot of an area, with its keys in the last row; what is
/// within, without the keys.
fn frame(canvas: &mut Canvas<'_>, area: Rect, rows: usize, keys: &str) -> Rect {
    let height = u16::try_from(rows).unwrap_or(u16::MAX).min(area.height);
    let place = Rect {
        y: area.y + area.height - height,
        height,
        ..area
    };
    Clear.render(place, canvas.buffer);
    let block = Block::bordered().border_style(canvas.theme.border(true, false));
    let mut within = block.inner(place);
    block.render(place, canvas.buffer);
    let foot = take_bottom(&mut within, 1);
    let keys = cut(&format!(" {keys}"), usize::from(foot.width));
    canvas.row(foot, 0, &Line::styled(keys, canvas.theme.dim()));
    within
}

/// The rows of a list that are in sight.
struct Listing {
    /// Each row, and the item that a click on it chooses.
    lines: Vec<(Line<'static>, Option<ListItem>)>,
    /// Which of how many items are in sight, counted from 1, if not all are.
    range: Option<(usize, usize, usize)>,
}

impl Listing {
    /// As many items as fit into an area beside so many other rows, the chosen one among them, which
    /// is shown in full.
    fn of(
        canvas: &Canvas<'_>,
        items: &[ListItem],
        chosen: usize,
        (area, beside): (Rect, usize),
    ) -> Self {
        let cells = usize::from(area.width.saturating_sub(2)).min(WIDEST);
        let Some(last) = items.len().checked_sub(1) else {
            let empty = format!(" {}", words::empty(canvas.language));
            let lines = vec![(Line::styled(empty, canvas.theme.dim()), None)];
            return Self { lines, range: None };
        };
        let chosen = chosen.min(last);
        let most = usize::from(area.height).saturating_sub(beside);
        let most = most.clamp(1, MOST_ROWS);
        let known = items.iter().filter_map(|item| listed(canvas, item));
        let longest = known.map(|item| width(&item.name)).max().unwrap_or(0);
        let column = longest.min(NAME).min(cells * NAME_PERCENT / 100);
        let full = items
            .get(chosen)
            .and_then(|item| listed(canvas, item))
            .map_or_else(Vec::new, |item| chosen_lines(canvas, &item, column, cells));
        let first = (chosen + full.len()).saturating_sub(most);
        let shown = items.iter().enumerate().skip(first);
        let mut lines = Vec::new();
        let mut end = first;
        for (place, item) in shown.take(most) {
            if lines.len() < most {
                end = place + 1;
            }
            if place == chosen {
                let rows = full.iter().cloned();
                lines.extend(rows.map(|line| (line, Some(item.clone()))));
            } else if let Some(words) = listed(canvas, item) {
                let line = item_line(canvas, &words, column, cells);
                lines.push((line, Some(item.clone())));
            }
        }
        lines.truncate(most);
        let range = (end - first <= last).then_some((first + 1, end, last + 1));
        Self { lines, range }
    }

    fn draw(&self, canvas: &mut Canvas<'_>, within: Rect) {
        canvas.scrollable(within, ScrollTarget::Choices);
        if let Some((first, last, count)) = self.range {
            let border = Rect {
                y: within.y.saturating_sub(1),
                height: 1,
                ..within
            };
            let range = rooms::range(canvas.language, first, last, count);
            let range = Line::styled(format!(" {range} "), canvas.theme.dim());
            canvas.right_end(border, 0, &range);
        }
        for (row, (line, item)) in (0..within.height).zip(&self.lines) {
            canvas.row(within, row, line);
            if let Some(item) = item {
                canvas.clickable(row_of(within, row), ClickTarget::ListItem(item.clone()));
            }
        }
    }
}

/// An item in a row: its name and its sentence, each cut at the end of its column, and its key.
fn item_line(canvas: &Canvas<'_>, item: &Listed, column: usize, cells: usize) -> Line<'static> {
    let style = if item.is_allowed {
        Style::new()
    } else {
        canvas.theme.dim()
    };
    let name = padded(&item.name, column);
    row(canvas, item, [(" ", style), (&name, style)], cells)
}

/// The chosen item in as many rows as it takes: what does not fit beside the name stands below it.
fn chosen_lines(
    canvas: &Canvas<'_>,
    item: &Listed,
    column: usize,
    cells: usize,
) -> Vec<Line<'static>> {
    let (bar, strong) = ("▌", canvas.theme.strong());
    let room = cells.saturating_sub(1 + column + 2 + width(&item.mark) + 2);
    if width(&item.name) <= column && width(&item.about) <= room {
        let name = padded(&item.name, column);
        return vec![row(canvas, item, [(bar, strong), (&name, strong)], cells)];
    }
    let of_name = cells.saturating_sub(1 + width(&item.mark) + 2);
    let mut names = wrap(&item.name, of_name).into_iter();
    let bare = Listed {
        about: String::new(),
        ..item.clone()
    };
    let first = names.next().unwrap_or_default();
    let mut lines = vec![row(canvas, &bare, [(bar, strong), (&first, strong)], cells)];
    lines.extend(names.map(|name| Line::styled(format!("{bar}{name}"), strong)));
    let about = wrap(&item.about, cells.saturating_sub(1 + INDENT.len()));
    lines.extend(
        about
            .into_iter()
            .map(|about| Line::from(format!("{bar}{INDENT}{about}"))),
    );
    lines
}

/// A row of a box: what it begins with, the sentence, and the key at its end where there is room.
fn row(
    canvas: &Canvas<'_>,
    item: &Listed,
    [(bar, bar_style), (name, style)]: [(&str, Style); 2],
    cells: usize,
) -> Line<'static> {
    let name = format!("{name}  ");
    let room = cells.saturating_sub(width(bar) + width(&name));
    // The sentence says more than the key.
    let mark = format!("  {} ", item.mark);
    let fits = width(&item.about) + width(&mark) <= room;
    let mark = if fits { mark } else { String::new() };
    let about = padded(&item.about, room.saturating_sub(width(&mark)));
    let is_chosen = bar != " ";
    Line::from(vec![
        Span::styled(bar.to_owned(), bar_style),
        Span::styled(name, style),
        Span::styled(about, if is_chosen { Style::new() } else { style }),
        Span::styled(mark, canvas.theme.dim()),
    ])
}

/// An item in words; `None` for what is gone since the list was made.
fn listed(canvas: &Canvas<'_>, item: &ListItem) -> Option<Listed> {
    let (language, room) = (canvas.language, canvas.app.room());
    match item {
        ListItem::Command(slash) => {
            let is_allowed = palette::is_allowed(&canvas.view, *slash);
            let own = &canvas.screen.config().keys;
            Some(words::command(language, *slash, is_allowed, own))
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
