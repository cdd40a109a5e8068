//! A backend that makes the bytes of a picture, and none while the picture stays the same: what
//! ratatui repeats after each drawing, such as the cursor's place, is passed on only if it is new.
//! Somebody else writes the bytes to the terminal.

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Size};

use super::plain_forms::PlainForms;
use super::width_safe::DrawnCells;
use crate::ui::drawn_size;

/// The bytes of the next picture, and what the terminal shows after the last one.
#[derive(Debug, Default)]
pub(super) struct DiffBackend {
    bytes: Vec<u8>,
    /// What the cursor was last made to do; `None` if that is not known.
    cursor: Option<Cursor>,
    cells: DrawnCells,
}

/// What the terminal's cursor does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cursor {
    Hidden,
    /// Shown, at this position if that is known.
    Shown(Option<Position>),
}

impl DiffBackend {
    /// Forgets where the cursor is: somebody else wrote to the terminal.
    pub(super) fn forget_cursor(&mut self) {
        self.cursor = None;
    }

    /// Draws emoji of these kinds in their simpler forms from now on.
    pub(super) fn draw_plainly(&mut self, forms: PlainForms) {
        self.cells.forms = forms;
    }

    /// Gives the cells of a picture the numbers of their links that stay. The answer is whether all
    /// must be drawn anew.
    pub(super) fn number_links(&mut self, cells: &mut Buffer, addresses: &[String]) -> bool {
        self.cells.links.number(cells, addresses)
    }

    /// Takes what is to be written; empty if nothing has changed.
    ///
    /// It is written at once: tmux 3.3a forgets a joiner between two writes, and shows the parts
    /// of what it joins.
    pub(super) fn take_bytes(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.bytes)
    }

    /// What formats control sequences. It has no state of its own.
    fn crossterm(&mut self) -> CrosstermBackend<&mut Vec<u8>> {
        CrosstermBackend::new(&mut self.bytes)
    }
}

/// Control sequences beside the picture, such as the title's. They leave the cursor alone.
impl Write for DiffBackend {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Backend for DiffBackend {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut content = content.peekable();
        if content.peek().is_none() {
            return Ok(());
        }
        // Drawing moves the cursor.
        if let Some(Cursor::Shown(position)) = &mut self.cursor {
            *position = None;
        }
        let mut output = CrosstermBackend::new(&mut self.bytes);
        let columns = |output: &CrosstermBackend<&mut Vec<u8>>| {
            let claimed = output.size()?;
            Ok(drawn_size(claimed.width, claimed.height).0)
        };
        self.cells.draw(&mut output, content, columns)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        if self.cursor == Some(Cursor::Hidden) {
            return Ok(());
        }
        self.cursor = Some(Cursor::Hidden);
        self.crossterm().hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        if matches!(self.cursor, Some(Cursor::Shown(_))) {
            return Ok(());
        }
        self.cursor = Some(Cursor::Shown(None));
        self.crossterm().show_cursor()
    }

    /// Where the cursor was last put. The terminal itself is not asked: its answer would come
    /// among the keys, whose reader keeps it, and the question would wait in vain.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(match self.cursor {
            Some(Cursor::Shown(Some(position))) => position,
            _ => Position::ORIGIN,
        })
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let position = position.into();
        match &mut self.cursor {
            Some(Cursor::Shown(known)) if *known == Some(position) => return Ok(()),
            Some(Cursor::Shown(known)) => *known = Some(position),
            _ => {}
        }
        self.crossterm().set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.cells.clear();
        self.crossterm().clear()
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.cells.clear();
        self.crossterm().clear_region(region)
    }

    /// What is drawn of the terminal, however large it says that it is.
    fn size(&self) -> io::Result<Size> {
        let claimed = CrosstermBackend::new(io::sink()).size()?;
        let (width, height) = drawn_size(claimed.width, claimed.height);
        Ok(Size { width, height })
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.crossterm().window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use ratatui::backend::Backend;
    use ratatui::layout::{Position, Rect};
    use ratatui::{Terminal, TerminalOptions, Viewport};

    use super::DiffBackend;

    #[test]
    fn what_does_not_change_is_not_written() {
        let viewport = Viewport::Fixed(Rect::new(0, 0, 20, 3));
        let options = TerminalOptions { viewport };
        let mut terminal = Terminal::with_options(DiffBackend::default(), options).unwrap();
        let mut draw = |text: &'static str, cursor| {
            terminal
                .draw(|frame| {
                    frame.render_widget(text, frame.area());
                    if let Some(cursor) = cursor {
                        frame.set_cursor_position(cursor);
                    }
                })
                .unwrap();
            terminal.backend_mut().take_bytes().len()
        };
        assert!(draw("one", Some((3, 0))) > 0);
        assert_eq!(draw("one", Some((3, 0))), 0, "the same picture");
        assert!(draw("one", Some((2, 0))) > 0, "the cursor moved");
        assert!(draw("two", Some((2, 0))) > 0);
        assert!(draw("two", None) > 0, "the cursor is gone");
        assert_eq!(draw("two", None), 0);
    }

    #[test]
    fn the_cursor_is_where_it_was_put_without_asking() {
        let mut backend = DiffBackend::default();
        assert_eq!(backend.get_cursor_position().unwrap(), Position::ORIGIN);
        backend.show_cursor().unwrap();
        backend.set_cursor_position((7, 2)).unwrap();
        assert_eq!(backend.get_cursor_position().unwrap(), Position::new(7, 2));
    }
}
