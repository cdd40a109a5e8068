//! Draws the screen: a pure function of the app, called after each change. Nothing is remembered
//! or decided here. `strings` has the words.
//!
//! `room` is the page of a room with its panes, `gallery`, `help` and `health` are the other
//! pages, `dialogs` lie over them. `theme` has the colours, `text` fits what people wrote into
//! cells.

use ratatui::Frame;
use ratatui::buffer::{Buffer, CellDiffOption, CellWidth};
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::app::App;
use crate::app::pointer::HitMap;
use crate::app::screen::{Overlay, Screen};
use crate::strings::{farewell, screen as words};
use crate::texts::language::Language;
use canvas::Canvas;
pub use figures::DrawnFigures;
pub use links::number as link_number;

mod canvas;
mod dialogs;
mod figures;
mod gallery;
mod graphemes;
mod health;
mod help;
mod input_line;
mod links;
mod page;
mod palette;
mod room;
mod split;
pub(crate) mod text;
mod theme;

/// The most columns that are drawn: more than a wall of 8K has with readable letters
/// (judgement).
const MOST_COLUMNS: u16 = 1_024;

/// The most cells that are drawn: a 4K screen with letters of 6 by 12 pixels has 115,200
/// (judgement).
const MOST_CELLS: u32 = 200_000;

/// How many columns and rows are drawn on a terminal that claims to have so many.
#[must_use]
pub fn drawn_size(columns: u16, rows: u16) -> (u16, u16) {
    let columns = columns.min(MOST_COLUMNS);
    let most_rows = MOST_CELLS / u32::from(columns.max(1));
    (
        columns,
        rows.min(u16::try_from(most_rows).unwrap_or(u16::MAX)),
    )
}

/// Draws the whole screen, and says what lies where on it. Without one the frame stays empty.
pub fn draw(app: &App, frame: &mut Frame<'_>) -> HitMap {
    let picture = picture(app, frame.buffer_mut());
    if let Some(cursor) = picture.cursor {
        frame.set_cursor_position(cursor);
    }
    picture.hits
}

/// Draws what is shown before there is an app: as the header of a client that connects.
pub fn draw_start(language: Language, buffer: &mut Buffer) {
    let area = buffer.area;
    let row = u16::from(area.width >= split::WIDE);
    let line = Line::from(format!(" ○ {}", words::connecting(language)));
    if row < area.height {
        text::draw(buffer, (area.x, area.y + row), &line, area.width);
    }
}

/// What belongs to a picture beside its cells.
#[derive(Debug, Default)]
pub struct Picture {
    /// Column and row of the terminal's cursor, if it is visible.
    pub cursor: Option<(u16, u16)>,
    /// Where cells lead that have the [`link_number`] of a place in this list.
    pub links: Vec<String>,
    /// What the mouse reaches.
    pub hits: HitMap,
}

/// Draws the whole screen into empty cells. Without a screen they stay empty.
pub fn picture(app: &App, buffer: &mut Buffer) -> Picture {
    let Some(screen) = app.screen() else {
        return Picture::default();
    };
    let area = buffer.area;
    let mut canvas = Canvas::new(app, screen, buffer);
    if area.width < room::MIN_COLUMNS || area.height < room::MIN_ROWS {
        let words = words::too_small(canvas.language, area.width, area.height);
        for (row, line) in (0..).zip(text::wrap(&words, usize::from(area.width))) {
            canvas.row(area, row, &Line::from(line));
        }
        return Picture {
            hits: canvas.hits,
            ..Picture::default()
        };
    }
    base(&mut canvas, area);
    if let Some(over) = screen.overlay() {
        dialogs::draw(&mut canvas, area, over);
    }
    blank_half_covered(canvas.buffer);
    Picture {
        cursor: canvas.cursor,
        links: canvas.links,
        hits: canvas.hits,
    }
}

/// Blanks each wide character that is partly covered, as at the edge of a dialog: a terminal
/// would show the whole character and hide what covers it.
fn blank_half_covered(buffer: &mut Buffer) {
    let area = buffer.area;
    for y in area.top()..area.bottom() {
        let mut x = area.left();
        while x < area.right() {
            let cells = buffer.cell((x, y)).map_or(1, CellWidth::cell_width);
            let end = x.saturating_add(cells.max(1));
            let is_drawn = |x| buffer.cell((x, y)).is_some_and(|cell| cell.symbol() != " ");
            let is_covered = end > area.right() || (x + 1..end).any(is_drawn);
            if is_covered && let Some(cell) = buffer.cell_mut((x, y)) {
                cell.set_symbol(" ").set_diff_option(CellDiffOption::None);
                x += 1;
            } else {
                x = end;
            }
        }
    }
}

/// The title of the terminal's window: the media's position, the room, and how many are here.
#[must_use]
pub fn title(app: &App) -> String {
    let count = app.room().map(|room| room.roster.count);
    let lobby = app.lobby_over_picture();
    if let Some((lobby, count)) = lobby.zip(count) {
        return farewell::lobby_title(app.language(), app.room_id().as_str(), &lobby, count);
    }
    farewell::window_title(
        app.language(),
        app.room_id().as_str(),
        app.view().playing_position(),
        count,
    )
}

/// Draws what fills the screen: the topmost page, else that of the room.
fn base(canvas: &mut Canvas<'_>, area: Rect) {
    match page_of(canvas.screen) {
        Some(Overlay::Gallery) => gallery::draw(canvas, area),
        Some(Overlay::Help(at)) => help::draw(canvas, area, *at),
        Some(Overlay::Health(at)) => health::draw(canvas, area, *at),
        _ => room::draw(canvas, area),
    }
}

/// The topmost page that fills the screen in place of that of the room.
fn page_of(screen: &Screen) -> Option<&Overlay> {
    let is_page = |overlay: &&Overlay| {
        matches!(
            overlay,
            Overlay::Gallery | Overlay::Help(_) | Overlay::Health(_)
        )
    };
    screen.overlays().iter().rev().find(is_page)
}

#[cfg(test)]
mod tests;
