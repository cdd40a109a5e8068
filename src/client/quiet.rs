//! A terminal that is written to only when its picture changes: what ratatui repeats after
//! each drawing, the cursor's place and the flush, is passed on only if it is new.

use std::io::{self, BufWriter};

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

use super::steady::Shown;
use crate::ui::drawn_size;

/// The most bytes that are written at once: judgement, more than a picture of an ordinary
/// terminal takes.
const PICTURE: usize = 64 * 1024;

/// The backend, and what it was last told.
#[derive(Debug)]
pub(super) struct Quiet<W: io::Write> {
    inner: CrosstermBackend<BufWriter<W>>,
    cursor: Option<Cursor>,
    /// What it shows.
    shown: Shown,
    /// Whether something was written since the last flush.
    written: bool,
}

/// What the terminal's cursor does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cursor {
    Hidden,
    Shown(Option<Position>),
}

impl<W: io::Write> Quiet<W> {
    /// Writes to `output`, a picture at once: tmux 3.3a forgets a joiner between two writes, and
    /// shows the parts of what it joins.
    pub(super) fn new(output: W) -> Self {
        Self {
            inner: CrosstermBackend::new(BufWriter::with_capacity(PICTURE, output)),
            cursor: None,
            shown: Shown::default(),
            written: false,
        }
    }

    /// Forgets what the terminal was told: somebody else wrote to it.
    pub(super) fn forget(&mut self) {
        self.cursor = None;
    }
}

impl<W: io::Write> Backend for Quiet<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut content = content.peekable();
        if content.peek().is_none() {
            return Ok(());
        }
        self.written = true;
        // Drawing moves the cursor.
        if let Some(Cursor::Shown(place)) = &mut self.cursor {
            *place = None;
        }
        let columns = |inner: &CrosstermBackend<BufWriter<W>>| {
            let claimed = inner.size()?;
            Ok(drawn_size(claimed.width, claimed.height).0)
        };
        self.shown.draw(&mut self.inner, content, columns)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        if self.cursor == Some(Cursor::Hidden) {
            return Ok(());
        }
        self.cursor = Some(Cursor::Hidden);
        self.written = true;
        self.inner.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        if matches!(self.cursor, Some(Cursor::Shown(_))) {
            return Ok(());
        }
        self.cursor = Some(Cursor::Shown(None));
        self.written = true;
        self.inner.show_cursor()
    }

    /// Where the cursor was last put. The terminal itself is not asked: its answer would come
    /// among the keys, whose reader keeps it, and the question would wait in vain.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(match self.cursor {
            Some(Cursor::Shown(Some(place))) => place,
            _ => Position::ORIGIN,
        })
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let position = position.into();
        match &mut self.cursor {
            Some(Cursor::Shown(place)) if *place == Some(position) => return Ok(()),
            Some(Cursor::Shown(place)) => *place = Some(position),
            _ => {}
        }
        self.written = true;
        self.inner.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.written = true;
        self.shown.clear();
        self.inner.clear()
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.written = true;
        self.shown.clear();
        self.inner.clear_region(region)
    }

    /// What is drawn of the terminal, however large it says that it is.
    fn size(&self) -> io::Result<Size> {
        let claimed = self.inner.size()?;
        let (width, height) = drawn_size(claimed.width, claimed.height);
        Ok(Size { width, height })
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.inner.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        if std::mem::take(&mut self.written) {
            Backend::flush(&mut self.inner)
        } else {
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::io::{self, Write};
    use std::rc::Rc;

    use ratatui::backend::Backend;
    use ratatui::layout::{Position, Rect};
    use ratatui::{Terminal, TerminalOptions, Viewport};

    use super::Quiet;

    #[derive(Clone, Default)]
    struct Written(Rc<RefCell<Vec<u8>>>);

    impl Write for Written {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.borrow_mut().write(bytes)
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn what_does_not_change_is_not_written() {
        let written = Written::default();
        let viewport = Viewport::Fixed(Rect::new(0, 0, 20, 3));
        let options = TerminalOptions { viewport };
        let mut terminal = Terminal::with_options(Quiet::new(written.clone()), options).unwrap();
        let mut draw = |text: &'static str, cursor| {
            let before = written.0.borrow().len();
            terminal
                .draw(|frame| {
                    frame.render_widget(text, frame.area());
                    if let Some(cursor) = cursor {
                        frame.set_cursor_position(cursor);
                    }
                })
                .unwrap();
            written.0.borrow().len() - before
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
        let mut quiet = Quiet::new(Written::default());
        assert_eq!(quiet.get_cursor_position().unwrap(), Position::ORIGIN);
        quiet.show_cursor().unwrap();
        quiet.set_cursor_position((7, 2)).unwrap();
        assert_eq!(quiet.get_cursor_position().unwrap(), Position::new(7, 2));
    }
}
