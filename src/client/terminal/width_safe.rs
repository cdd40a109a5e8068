//! Writes changed cells so that the picture is right whatever width the terminal gives a
//! character. Terminals do not agree on the width of flags, families, combining marks and
//! conjuncts.
//!
//! A row that has such a character, or had one until now, is erased and written anew. Each such
//! character is written by itself, with the cursor placed before it, and blanks overwrite what it
//! may leave behind.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use crossterm::cursor::MoveTo;
use crossterm::queue;
use crossterm::style::Print;
use crossterm::terminal::{Clear, ClearType, DisableLineWrap, EnableLineWrap};
use ratatui::backend::CrosstermBackend;
use ratatui::buffer::{Cell, CellWidth};

use super::links::{Links, Placed};
use super::plain_forms::PlainForms;
use super::steady::is_steady;

/// The cells that were drawn on the terminal, by row.
#[derive(Debug, Default)]
pub(super) struct DrawnCells {
    rows: BTreeMap<u16, DrawnRow>,
    /// Which emoji are drawn in simpler forms.
    pub(super) forms: PlainForms,
    /// Where cells lead.
    pub(super) links: Links,
}

/// A row of them.
#[derive(Debug, Default)]
struct DrawnRow {
    /// The cells that were drawn, by column; the others are blank.
    cells: BTreeMap<u16, Cell>,
    /// Whether terminals may disagree on the width of one of them.
    is_unsteady: bool,
}

impl DrawnCells {
    /// The terminal was cleared.
    pub(super) fn clear(&mut self) {
        self.rows.clear();
    }

    /// Writes what has changed. `columns` says how wide the terminal is, and is asked only
    /// when a row must be written anew.
    ///
    /// # Errors
    /// If the terminal cannot be written or measured.
    pub(super) fn draw<'a, W: io::Write>(
        &mut self,
        output: &mut CrosstermBackend<W>,
        content: impl Iterator<Item = (u16, u16, &'a Cell)>,
        columns: impl FnOnce(&CrosstermBackend<W>) -> io::Result<u16>,
    ) -> io::Result<()> {
        let (cells, unsteady) = self.record(content);
        self.links.write(output, &cells)?;
        if unsteady.is_empty() {
            return Ok(());
        }
        let columns = columns(output)?;
        // What is wider than it should be is cut at the edge, and does not go to the next row.
        queue!(output, DisableLineWrap)?;
        for y in unsteady {
            queue!(output, MoveTo(0, y), Clear(ClearType::CurrentLine))?;
            let pieces = self.rows.get(&y).map(|row| row.pieces(y, columns));
            for piece in pieces.unwrap_or_default() {
                // From the beginning of the row: GNU screen moves the cursor by the number of
                // cells from where it believes it to be, and the terminal around it may have
                // counted differently.
                queue!(output, Print('\r'))?;
                self.links.write(output, &piece)?;
            }
        }
        queue!(output, EnableLineWrap)
    }

    /// Records what has changed. The answer is the cells that can be written as they came, and
    /// the rows that must be written anew.
    fn record<'a>(
        &mut self,
        content: impl Iterator<Item = (u16, u16, &'a Cell)>,
    ) -> (Vec<Placed>, BTreeSet<u16>) {
        let mut changed: Vec<Placed> = Vec::new();
        let mut unsteady = BTreeSet::new();
        let mut touched = BTreeSet::new();
        for (x, y, cell) in content {
            let cell = self.forms.shown(cell);
            let row = self.rows.entry(y).or_default();
            if row.is_unsteady {
                unsteady.insert(y);
            }
            row.record(x, &cell);
            touched.insert(y);
            changed.push((x, y, cell));
        }
        for y in touched {
            let row = self.rows.entry(y).or_default();
            row.is_unsteady = !row.cells.values().all(|cell| is_steady(cell.symbol()));
            if row.is_unsteady {
                unsteady.insert(y);
            }
        }
        changed.retain(|(_, y, _)| !unsteady.contains(y));
        (changed, unsteady)
    }
}

impl DrawnRow {
    /// Records a cell. A wide character hides what stood in the cells that it covers.
    fn record(&mut self, x: u16, cell: &Cell) {
        for hidden in x.saturating_add(1)..x.saturating_add(width(cell)) {
            self.cells.remove(&hidden);
        }
        self.cells.insert(x, cell.clone());
    }

    /// The row from the left, for a terminal on which it is blank. The cursor is placed at the
    /// beginning of each piece.
    fn pieces(&self, y: u16, columns: u16) -> Vec<Vec<Placed>> {
        let mut pieces = Vec::new();
        let mut piece = Vec::new();
        let mut x = 0;
        // The column up to which an earlier character may have left something behind.
        let mut stray = 0;
        while x < columns {
            let cell = self.cells.get(&x).cloned().unwrap_or_default();
            let end = x.saturating_add(width(&cell));
            if !is_steady(cell.symbol()) {
                pieces.push(std::mem::take(&mut piece));
                pieces.push(background(&cell, x..end, y));
                stray = stray.max(x.saturating_add(reach(cell.symbol())));
                pieces.push(vec![(x, y, cell)]);
            } else if x < stray || cell != Cell::EMPTY {
                piece.push((x, y, cell));
            }
            x = end;
        }
        pieces.push(piece);
        pieces.retain(|piece| !piece.is_empty());
        pieces
    }
}

/// Blanks in the style of a character, if that can be seen on blanks: the terminal may give the
/// character fewer cells than the picture does.
fn background(cell: &Cell, columns: std::ops::Range<u16>, y: u16) -> Vec<Placed> {
    let mut blank = cell.clone();
    blank.set_symbol(" ");
    if blank == Cell::EMPTY {
        return Vec::new();
    }
    columns.map(|x| (x, y, blank.clone())).collect()
}

/// The width of a character, in cells; at least one.
fn width(cell: &Cell) -> u16 {
    cell.cell_width().max(1)
}

/// The most cells that a terminal gives a character: two for each of its code points.
fn reach(symbol: &str) -> u16 {
    let points = u16::try_from(symbol.chars().count()).unwrap_or(u16::MAX);
    points.saturating_mul(2)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Strategy, prop, prop_assert_eq, prop_oneof, proptest};
    use proptest::sample::select;
    use ratatui::backend::CrosstermBackend;
    use ratatui::buffer::{Buffer, CellWidth};
    use ratatui::layout::Rect;
    use ratatui::text::Line;

    use super::{DrawnCells, PlainForms, is_steady};
    use crate::ui::text::draw;

    const COLUMNS: u16 = 80;
    const ROWS: u16 = 3;

    /// Characters on whose width terminals do not agree.
    const UNSTEADY: [&str; 26] = [
        "👨‍👩‍👧‍👦",
        "👍🏽",
        "❤️",
        "❤\u{FE0E}",
        "1️⃣",
        "🇩🇪",
        "🇩",
        "🏳️‍🌈",
        "ｶﾞ",
        "ﾊﾟ",
        "ශ්\u{200D}ර",
        "क्षि",
        "का",
        "ক্ষ",
        "ខ្ញុំ",
        "เก้",
        "กำ",
        "བསྒྲུ",
        "கொ",
        "לְ",
        "ش",
        "لا",
        "ᄒ\u{1161}\u{11AB}",
        "Z\u{338}\u{322}\u{31B}\u{33A}",
        "e\u{301}",
        "🫠",
    ];

    /// A terminal that shows what is drawn, in two ways: as the program writes it, and as the
    /// buffer says that it should be.
    struct Screen {
        shown: DrawnCells,
        buffer: Buffer,
        emulator: vt100::Parser,
    }

    impl Screen {
        fn new() -> Self {
            let cells = |count| std::num::NonZeroU16::new(count).unwrap();
            Self {
                shown: DrawnCells::default(),
                buffer: Buffer::empty(Rect::new(0, 0, COLUMNS, ROWS)),
                emulator: vt100::Parser::new(cells(ROWS), cells(COLUMNS), 0),
            }
        }

        /// Shows these rows and nothing else; says what was written.
        fn draw(&mut self, rows: &[String]) -> String {
            let mut next = Buffer::empty(self.buffer.area);
            for (y, row) in (0..).zip(rows) {
                draw(&mut next, (0, y), &Line::raw(row), COLUMNS);
            }
            let mut bytes = Vec::new();
            let content = self.buffer.diff(&next).into_iter();
            self.shown
                .draw(&mut CrosstermBackend::new(&mut bytes), content, |_| {
                    Ok(COLUMNS)
                })
                .unwrap();
            self.emulator.process(&bytes);
            self.buffer = next;
            String::from_utf8(bytes).unwrap()
        }

        /// The rows as the emulator shows them, and as they should be. What stands in the
        /// cells of an unsteady character is the emulator's affair.
        fn rows(&self) -> (Vec<String>, Vec<String>) {
            let row = |y| {
                let (mut found, mut wanted) = (String::new(), String::new());
                let mut x = 0;
                while x < COLUMNS {
                    let drawn = &self.buffer[(x, y)];
                    let shown = self.shown.forms.shown(drawn);
                    let symbol = shown.symbol();
                    if is_steady(symbol) {
                        let cell = self.emulator.screen().cell(y, x).unwrap();
                        let is_blank = !cell.has_contents();
                        found.push_str(if is_blank { " " } else { cell.contents() });
                        wanted.push_str(symbol);
                    }
                    x += drawn.cell_width();
                }
                (found, wanted)
            };
            (0..ROWS).map(row).unzip()
        }

        #[track_caller]
        fn is_right(&self) {
            let (found, wanted) = self.rows();
            assert_eq!(found, wanted);
        }
    }

    fn row(text: &str) -> Vec<String> {
        vec!["above".to_owned(), text.to_owned(), "below".to_owned()]
    }

    #[test]
    fn no_part_of_what_stood_there_is_left() {
        let forms = [false, true].map(PlainForms::of_multiplexer);
        for (symbol, forms) in UNSTEADY
            .iter()
            .flat_map(|it| forms.map(|forms| (it, forms)))
        {
            let mut screen = Screen::new();
            screen.shown.forms = forms;
            screen.draw(&row("abcdefghijklmnopqrstuvwxyz│member"));
            let begin = ["a", "", "映"].map(|before| format!("{before}{symbol}{symbol}"));
            for text in begin {
                screen.draw(&row(&text));
                screen.is_right();
                screen.draw(&row(&format!("{text} said something │member")));
                screen.is_right();
                // The next row of a chat that scrolls.
                screen.draw(&row(&format!("{symbol}{symbol} │member")));
                screen.is_right();
                screen.draw(&row("ab│"));
                screen.is_right();
            }
        }
    }

    #[test]
    fn the_row_of_an_unsteady_character_is_erased_and_no_other() {
        let mut screen = Screen::new();
        screen.draw(&row("plain"));
        assert!(!screen.draw(&row("plainer")).contains("\x1b[2K"));
        for text in ["a flag 🇩🇪", "plain again"] {
            let bytes = screen.draw(&row(text));
            assert!(bytes.contains("\x1b[?7l\x1b[2;1H\x1b[2K"), "{bytes:?}");
            assert_eq!(bytes.matches("\x1b[2K").count(), 1, "{bytes:?}");
            assert!(bytes.ends_with("\x1b[?7h"), "{bytes:?}");
        }
        assert!(!screen.draw(&row("plain")).contains("\x1b[2K"));
    }

    #[test]
    fn what_is_cleared_is_forgotten() {
        let mut screen = Screen::new();
        screen.draw(&row("🇩🇪 abc"));
        screen.shown.clear();
        screen.buffer.reset();
        screen.emulator.process(b"\x1b[2J");
        screen.draw(&row("🇩🇪"));
        screen.is_right();
    }

    #[test]
    fn most_characters_are_steady() {
        for symbol in [
            "a", "й", "映", "カ", "ｶ", "한", "🍿", "👑", "│", "●", "…", "⚠",
        ] {
            assert!(is_steady(symbol), "{symbol}");
        }
        for symbol in UNSTEADY {
            assert!(!is_steady(symbol), "{symbol}");
        }
    }

    /// A row of a screen: words, and what terminals do not agree on, up to the edge of a pane.
    fn some_row() -> impl Strategy<Value = String> {
        let words = vec!["a", " ", "  ", "映画", "·", "word", "│", "🍿"];
        let piece = prop_oneof![2 => select(UNSTEADY.to_vec()), 3 => select(words)];
        // At most 5 columns a piece, and 24 cells of what is left behind, within 80 columns.
        prop::collection::vec(piece, 0..11).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn what_stands_is_what_should(
            pictures in prop::collection::vec(prop::collection::vec(some_row(), 3), 1..6)
        ) {
            let mut screen = Screen::new();
            for picture in &pictures {
                screen.draw(picture);
                let (found, wanted) = screen.rows();
                prop_assert_eq!(found, wanted);
            }
        }
    }
}
