//! The terminal: taken over while the screen is shown, and given back as it was on every
//! way out, a panic in any thread included.
//!
//! The loop makes pictures here as bytes; a thread writes them. Nothing here waits for the
//! terminal while the screen is shown, so that a terminal that does not read (a slow link, a
//! stopped window) holds up neither playback nor the connection. [`keys`] reads, [`diff_backend`],
//! [`width_safe`] and [`links`] make the bytes, [`questions`] and [`plain_forms`] ask the
//! terminal, [`mouse`] knows what the mouse hits, [`writer`] is the thread, [`device`] and
//! [`giving_back`] take and give back.

use std::io::{self, Write};
use std::sync::Arc;
use std::time::Instant;

use ratatui::buffer::Buffer;

use crate::app::App;
use crate::app::event::Event;
use crate::texts::language::Language;
use crate::ui::{self, DrawnFigures};

use control_strings::ControlStrings;
pub(super) use control_strings::TerminalAlert;
use device::Device;
use diff_backend::DiffBackend;
pub(super) use giving_back::LastLine;
use keys::{KeyReader, Received};
use mouse::Mouse;
use panics::give_back_on_panic;
pub(super) use panics::thread_panicked;
use plain_forms::{PlainForms, WidthProbe};
use questions::Questions;
use signals::Signals;
use tty::Tty;
use writer::PictureWriter;

mod answers;
mod control_strings;
mod device;
mod diff_backend;
mod giving_back;
mod input;
mod keys;
mod links;
mod mouse;
mod pacing;
mod panics;
mod plain_forms;
mod questions;
mod signals;
mod steady;
mod tty;
mod width_safe;
mod writer;

/// The terminal while the screen is shown.
pub(super) struct Terminal {
    device: Arc<Device>,
    writer: PictureWriter,
    picture: ratatui::Terminal<DiffBackend>,
    keys: KeyReader,
    mouse: Mouse,
    /// Whether the next picture is drawn on an empty terminal.
    clears: bool,
    strings: ControlStrings,
    /// Questions for the terminal, until the next picture.
    asks: String,
    questions: Questions,
    widths: WidthProbe,
    /// The cells of the next picture.
    cells: Buffer,
    /// What the last picture showed of what is measured.
    figures: DrawnFigures,
    /// When the last picture was made.
    drawn: Option<Instant>,
    /// Whether something may have changed since.
    is_stale: bool,
    continued: Signals,
    resized: Signals,
}

/// What comes from the terminal.
#[derive(Debug)]
pub(super) enum TerminalEvent {
    /// A key, a paste, another size, or something that the mouse hit.
    Input(Event),
    /// The last picture is written: another can be made.
    Written,
    /// The terminal is gone.
    Gone,
}

impl Terminal {
    /// Takes the terminal over, and the mouse if it is wanted.
    ///
    /// # Errors
    /// If standard output is no terminal that can be opened, measured and put into raw mode.
    pub(super) fn open(has_mouse: bool) -> io::Result<Self> {
        let device = Arc::new(Device::new(Tty::of_stdout()?, has_mouse));
        give_back_on_panic(Arc::clone(&device));
        let entering = device.take()?;
        let opened = Self::opened(Arc::clone(&device), &entering);
        if opened.is_err() {
            device.give_back();
        }
        opened
    }

    fn opened(device: Arc<Device>, entering: &[u8]) -> io::Result<Self> {
        let mut picture = ratatui::Terminal::new(DiffBackend::default())?;
        let forms = PlainForms::of_environment();
        let mut widths = WidthProbe::new(forms);
        let mut questions = Questions::new();
        let now = Instant::now();
        let asks = widths.ask(now) + questions.ask_background(now);
        picture.backend_mut().draw_plainly(forms);
        picture.backend_mut().write_all(entering)?;
        Ok(Self {
            writer: PictureWriter::start(Arc::clone(&device))?,
            device,
            picture,
            keys: KeyReader::start()?,
            mouse: Mouse::default(),
            clears: false,
            strings: ControlStrings::new(questions.takes_strings()),
            asks,
            questions,
            widths,
            cells: Buffer::default(),
            figures: DrawnFigures::default(),
            drawn: None,
            is_stale: true,
            continued: Signals::of_continuation()?,
            resized: Signals::of_resizing()?,
        })
    }

    /// The columns and rows that are drawn of it.
    ///
    /// # Errors
    /// If the system does not know its size.
    pub(super) fn size(&self) -> io::Result<(u16, u16)> {
        let size = self.picture.size()?;
        Ok((size.width, size.height))
    }

    /// What the goodbye is written with, once this terminal was given back.
    pub(super) fn last_line(&self) -> LastLine {
        LastLine(Arc::clone(&self.device))
    }

    /// What happens next. Cancel safe.
    pub(super) async fn next(&mut self) -> TerminalEvent {
        loop {
            let event = tokio::select! {
                received = self.keys.next() => match received {
                    None => None,
                    Some(Received::Event(event)) => Some(event),
                    Some(Received::Mouse(report)) => match self.mouse.event(report) {
                        Some(event) => Some(Event::Pointer(event)),
                        None => continue,
                    },
                    Some(Received::Focus(has_focus)) => {
                        self.on_focus(has_focus);
                        continue;
                    }
                    Some(Received::Answer(answer)) => match self.on_answer(answer) {
                        None => continue,
                        event => event,
                    },
                },
                written = self.writer.written() => return match written {
                    Ok(()) => TerminalEvent::Written,
                    Err(cause) => {
                        tracing::warn!("the terminal cannot be drawn: {cause}");
                        TerminalEvent::Gone
                    }
                },
                () = self.continued.next() => {
                    self.retake();
                    match self.resize() {
                        None => continue,
                        event => event,
                    }
                }
                () = self.resized.next() => match self.resize() {
                    None => continue,
                    event => event,
                },
            };
            let Some(mut event) = event else {
                return TerminalEvent::Gone;
            };
            if let Event::Resize(columns, rows) = &mut event {
                // Even back to the size it had: what it showed was moved about.
                self.redraw();
                (*columns, *rows) = ui::drawn_size(*columns, *rows);
            }
            return TerminalEvent::Input(event);
        }
    }

    /// When the next picture is to be made, if something may have changed: not before the last
    /// one is written.
    pub(super) fn draw_at(&self) -> Option<Instant> {
        let soonest = || pacing::next_picture(self.drawn, Instant::now());
        (self.is_stale && !self.writer.is_busy()).then(soonest)
    }

    /// An event was handled: the picture is drawn again if that shows.
    pub(super) fn look_at(&mut self, app: &App) {
        let columns = self.cells.area.width;
        self.is_stale = self.is_stale || self.figures.are_stale(app, columns);
    }

    /// Makes the first picture, before there is an app, and hands it to the thread that writes.
    ///
    /// # Errors
    /// If the terminal cannot be measured or written.
    pub(super) fn draw_start(&mut self, language: Language) -> io::Result<()> {
        self.add_alerts()?;
        self.picture
            .draw(|frame| ui::draw_start(language, frame.buffer_mut()))?;
        let bytes = self.picture.backend_mut().take_bytes();
        self.writer.write(bytes)
    }

    /// Makes a picture of the app and hands it to the thread that writes. Writes nothing if
    /// nothing changed.
    ///
    /// # Errors
    /// If the terminal cannot be measured or written any more.
    pub(super) fn draw(&mut self, app: &App) -> io::Result<()> {
        self.is_stale = false;
        self.drawn = Some(Instant::now());
        self.add_alerts()?;
        self.picture.autoresize()?;
        let area = self.picture.get_frame().area();
        self.cells.resize(area);
        self.cells.reset();
        let mut drawn = ui::picture(app, &mut self.cells);
        if !self.questions.takes_strings() {
            drawn.links.clear();
        }
        let backend = self.picture.backend_mut();
        self.clears |= backend.number_links(&mut self.cells, &drawn.links);
        if std::mem::take(&mut self.clears) {
            self.picture.backend_mut().forget_cursor();
            self.picture.clear()?;
        }
        self.picture.draw(|frame| {
            // The terminal may just have got another size: then the next picture is for that.
            if frame.area() == self.cells.area {
                std::mem::swap(frame.buffer_mut(), &mut self.cells);
            }
            if let Some(cursor) = drawn.cursor {
                frame.set_cursor_position(cursor);
            }
        })?;
        self.mouse.drawn(drawn.hits);
        self.figures.drawn(app, area.width);
        let backend = self.picture.backend_mut();
        self.strings.write_title(&ui::title(app), backend)?;
        let bytes = self.picture.backend_mut().take_bytes();
        pacing::shown_together(&bytes).map_or(Ok(()), |whole| self.writer.write(whole))
    }

    /// Adds what is not part of a picture: questions, the clipboard's text and the alert.
    fn add_alerts(&mut self) -> io::Result<()> {
        let backend = self.picture.backend_mut();
        if !self.asks.is_empty() {
            backend.write_all(std::mem::take(&mut self.asks).as_bytes())?;
            backend.forget_cursor();
        }
        if self.strings.write_alerts(backend)? {
            backend.forget_cursor();
        }
        Ok(())
    }

    /// Draws everything anew, whatever the terminal shows.
    pub(super) fn redraw(&mut self) {
        self.clears = true;
        self.strings.forget_title();
        self.is_stale = true;
    }

    /// Puts a text into the clipboard, if the terminal does that.
    pub(super) fn copy(&mut self, text: String) {
        self.strings.copy(text);
        self.is_stale = true;
    }

    /// Draws the member's attention to the terminal, unless they are known to look at it.
    pub(super) fn alert(&mut self, alert: TerminalAlert) {
        if self.questions.has_focus() {
            return;
        }
        self.strings.alert(alert);
        self.is_stale = true;
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests;
