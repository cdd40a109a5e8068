//! The terminal: taken over while the screen is shown, and given back as it was on every
//! way out, a panic in any thread included.
//!
//! The loop makes pictures here as bytes; a thread writes them. Nothing here waits for the
//! terminal while the screen is shown, so that a terminal that does not read (a slow link, a
//! stopped window) holds up neither playback nor the connection. [`keys`] reads, [`diff_backend`]
//! and [`width_safe`] make the bytes, [`mouse`] knows what the mouse hits, [`writer`] is the thread, [`device`] takes and gives back.

use std::io::{self, Write};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossterm::clipboard::CopyToClipboard;
use crossterm::queue;
use crossterm::terminal::SetTitle;
use tokio::sync::Notify;
use tokio::time::timeout;

use crate::app::App;
use crate::app::event::Event;
use crate::app::pointer::HitMap;
use crate::player::READER_THREAD;
use crate::protocol::text::clean;
use crate::ui;

use device::{Device, PATIENCE};
use diff_backend::DiffBackend;
use keys::{KeyReader, TerminalRead};
use mouse::Mouse;
use tty::Tty;
use writer::PictureWriter;

mod device;
mod diff_backend;
mod keys;
mod mouse;
mod tty;
mod width_safe;
mod writer;

/// At most 30 pictures a second.
const FRAME: Duration = Duration::from_millis(33);

/// Notified when a thread of this process panicked.
static PANICKED: Notify = Notify::const_new();

/// The terminal while the screen is shown.
pub(super) struct Terminal {
    device: Arc<Device>,
    writer: PictureWriter,
    picture: ratatui::Terminal<DiffBackend>,
    keys: KeyReader,
    mouse: Mouse,
    title: String,
    /// Whether the next picture is drawn on an empty terminal.
    clears: bool,
    /// The newest text for the clipboard, until the next picture.
    copied: Option<String>,
    /// The newest alert, until the next picture.
    alert: Option<TerminalAlert>,
    /// When the last picture was made.
    drawn: Option<Instant>,
    /// Whether something may have changed since.
    is_stale: bool,
    continued: Continuations,
}

/// What draws the member's attention to the terminal.
#[derive(Debug, Default)]
pub(super) struct TerminalAlert {
    /// What a notification says, if one is wanted.
    pub(super) notification: Option<String>,
    /// Whether the bell rings.
    pub(super) rings: bool,
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

/// The last line on a terminal that was given back.
#[derive(Debug)]
pub(super) struct LastLine(Arc<Device>);

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
        picture.backend_mut().write_all(entering)?;
        Ok(Self {
            writer: PictureWriter::start(Arc::clone(&device))?,
            device,
            picture,
            keys: KeyReader::start()?,
            mouse: Mouse::default(),
            title: String::new(),
            clears: false,
            copied: None,
            alert: None,
            drawn: None,
            is_stale: true,
            continued: Continuations::listen()?,
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
                read = self.keys.next() => match read {
                    Some(TerminalRead::Mouse(report)) => match self.mouse.event(report) {
                        Some(event) => Some(Event::Pointer(event)),
                        None => continue,
                    },
                    Some(TerminalRead::Event(event)) => Some(event),
                    None => None,
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
                    match self.size() {
                        Ok((columns, rows)) => Some(Event::Resize(columns, rows)),
                        Err(cause) => {
                            tracing::warn!("the terminal's size is not known: {cause}");
                            continue;
                        }
                    }
                }
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
        let soonest = || self.drawn.map_or_else(Instant::now, |drawn| drawn + FRAME);
        (self.is_stale && !self.writer.is_busy()).then(soonest)
    }

    /// Something may have changed.
    pub(super) fn changed(&mut self) {
        self.is_stale = true;
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
        if std::mem::take(&mut self.clears) {
            self.picture.backend_mut().forget_cursor();
            self.picture.clear()?;
        }
        let mut hits = HitMap::default();
        self.picture.draw(|frame| hits = ui::draw(app, frame))?;
        self.mouse.drawn(hits);
        let title = clean(&ui::title(app), 200);
        if title != self.title {
            queue!(self.picture.backend_mut(), SetTitle(&title))?;
            self.title = title;
        }
        let bytes = self.picture.backend_mut().take_bytes();
        if bytes.is_empty() {
            return Ok(());
        }
        self.writer.write(bytes)
    }

    /// Adds what is not part of a picture: the clipboard's text and the alert.
    fn add_alerts(&mut self) -> io::Result<()> {
        let backend = self.picture.backend_mut();
        if let Some(text) = self.copied.take() {
            queue!(backend, CopyToClipboard::to_clipboard_from(text))?;
            backend.forget_cursor();
        }
        if let Some(alert) = self.alert.take() {
            if let Some(text) = alert.notification {
                let text = clean(&text, 200);
                write!(backend, "\x1b]9;{text}\x07")?;
            }
            if alert.rings {
                write!(backend, "\x07")?;
            }
            backend.forget_cursor();
        }
        Ok(())
    }

    /// Draws everything anew, whatever the terminal shows.
    pub(super) fn redraw(&mut self) {
        self.clears = true;
        self.title.clear();
        self.is_stale = true;
    }

    /// Puts a text into the clipboard, if the terminal does that.
    pub(super) fn copy(&mut self, text: String) {
        self.copied = Some(text);
        self.is_stale = true;
    }

    /// Draws the member's attention to the terminal.
    pub(super) fn alert(&mut self, alert: TerminalAlert) {
        self.alert = Some(alert);
        self.is_stale = true;
    }

    /// Gives the terminal back and stops, as Ctrl-Z does elsewhere, until the shell continues
    /// us.
    #[cfg(unix)]
    pub(super) async fn suspend(&mut self) {
        self.finish_picture().await;
        self.device.give_back();
        // The whole group, as the terminal itself would: whoever started us stops, too.
        if let Err(cause) = crate::signals::stop_process_group().await {
            tracing::warn!("cannot stop: {cause}");
        }
        self.retake();
    }

    /// Stopping is not known on this system.
    #[cfg(not(unix))]
    pub(super) async fn suspend(&mut self) {}

    /// Gives the terminal back, after the picture that is under way if the terminal reads it
    /// in time.
    pub(super) async fn close(mut self) {
        self.finish_picture().await;
    }

    /// Waits for the picture that is under way; one that is not read in time is given up.
    async fn finish_picture(&mut self) {
        if !self.writer.is_busy() {
            return;
        }
        match timeout(PATIENCE, self.writer.written()).await {
            Ok(Ok(())) => {}
            Ok(Err(cause)) => tracing::warn!("the terminal cannot be drawn: {cause}"),
            Err(_) => self.device.give_up(),
        }
    }

    /// Takes the terminal again: it was given back, or somebody else had it.
    fn retake(&mut self) {
        let taken = self.device.take();
        let taken = taken.and_then(|entering| self.picture.backend_mut().write_all(&entering));
        if let Err(cause) = taken {
            tracing::warn!("the terminal cannot be taken again: {cause}");
        }
        self.redraw();
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.device.give_back();
    }
}

impl LastLine {
    /// Writes it, unless the terminal is gone.
    pub(super) fn print(&self, line: &str) {
        self.0.print(line);
    }
}

/// Notices when this process is continued after a stop.
struct Continuations {
    #[cfg(unix)]
    signal: tokio::signal::unix::Signal,
}

impl Continuations {
    /// Begins to listen.
    ///
    /// # Errors
    /// If the system does not let us listen for the signal.
    fn listen() -> io::Result<Self> {
        #[cfg(unix)]
        let signal = {
            use tokio::signal::unix::{SignalKind, signal};

            signal(SignalKind::from_raw(rustix::process::Signal::CONT.as_raw()))?
        };
        Ok(Self {
            #[cfg(unix)]
            signal,
        })
    }

    /// Waits for the next time; for ever where processes are not stopped. Cancel safe.
    async fn next(&mut self) {
        #[cfg(unix)]
        if self.signal.recv().await.is_some() {
            return;
        }
        std::future::pending::<()>().await;
    }
}

/// Waits until a thread of this process panicked.
pub(super) async fn thread_panicked() {
    PANICKED.notified().await;
}

/// From here on a panic in any thread gives the terminal back before it is reported, and
/// ends the client. Those of mpv's reader are expected, caught, and no news.
fn give_back_on_panic(device: Arc<Device>) {
    let inner = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if std::thread::current().name() == Some(READER_THREAD) {
            return;
        }
        device.give_back();
        inner(info);
        PANICKED.notify_one();
    }));
}

#[cfg(test)]
#[cfg(unix)]
mod tests;
