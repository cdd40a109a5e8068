//! The terminal: taken over while the screen is shown, and given back as it was on every
//! way out, a panic in any thread included.

use std::io::{self, Stdout, Write};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crossterm::clipboard::CopyToClipboard;
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, SetTitle, disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute};
use tokio::sync::Notify;

use super::keys::Keys;
use super::quiet::Quiet;
use crate::app::App;
use crate::app::event::Event;
use crate::player::READER_THREAD;
use crate::protocol::text::clean;
use crate::{signals, ui};

/// At most 30 pictures a second.
const FRAME: Duration = Duration::from_millis(33);

/// Whether the terminal is ours now.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Told when a thread of this process broke.
static BROKE: Notify = Notify::const_new();

/// The terminal while the screen is shown.
pub(super) struct Terminal {
    inner: ratatui::Terminal<Quiet<Stdout>>,
    keys: Keys,
    title: String,
    /// When it was last drawn.
    drawn: Option<Instant>,
    /// Whether something may have changed since.
    stale: bool,
    #[cfg(unix)]
    continued: tokio::signal::unix::Signal,
}

impl Terminal {
    /// Takes the terminal over.
    ///
    /// # Errors
    /// If it cannot be.
    pub(super) fn open() -> io::Result<Self> {
        give_back_on_panic();
        take()?;
        let opened = Self::opened();
        if opened.is_err() {
            give_back();
        }
        opened
    }

    fn opened() -> io::Result<Self> {
        Ok(Self {
            inner: ratatui::Terminal::new(Quiet::new(io::stdout()))?,
            keys: Keys::listen()?,
            title: String::new(),
            drawn: None,
            stale: true,
            #[cfg(unix)]
            continued: tokio::signal::unix::signal(tokio::signal::unix::SignalKind::from_raw(
                SIGCONT,
            ))?,
        })
    }

    /// The columns and rows that are drawn of it.
    pub(super) fn size(&self) -> (u16, u16) {
        self.inner
            .size()
            .map_or((80, 24), |size| (size.width, size.height))
    }

    /// The next key, paste or change of size; `None` when there will be none any more.
    /// Cancel safe.
    pub(super) async fn next(&mut self) -> Option<Event> {
        #[cfg(unix)]
        let event = tokio::select! {
            event = self.keys.next() => event,
            _ = self.continued.recv() => {
                self.retake();
                let (columns, rows) = self.size();
                return Some(Event::Resize(columns, rows));
            }
        };
        #[cfg(not(unix))]
        let event = self.keys.next().await;
        if let Some(Event::Resize(columns, rows)) = event {
            // Even back to the size it had: what it showed was moved about.
            self.redraw();
            let (columns, rows) = ui::drawn_size(columns, rows);
            return Some(Event::Resize(columns, rows));
        }
        event
    }

    /// When it is to be drawn, if something may have changed.
    pub(super) fn draw_at(&self) -> Option<Instant> {
        let soonest = || self.drawn.map_or_else(Instant::now, |drawn| drawn + FRAME);
        self.stale.then(soonest)
    }

    /// Something may have changed.
    pub(super) fn changed(&mut self) {
        self.stale = true;
    }

    /// Draws the app. Writes nothing if nothing changed.
    ///
    /// # Errors
    /// If the terminal cannot be written.
    pub(super) fn draw(&mut self, app: &App) -> io::Result<()> {
        self.stale = false;
        self.drawn = Some(Instant::now());
        self.inner.draw(|frame| ui::draw(app, frame))?;
        let title = clean(&ui::title(app), 200);
        if title != self.title {
            execute!(io::stdout(), SetTitle(&title))?;
            self.title = title;
        }
        Ok(())
    }

    /// Draws everything anew, whatever the terminal shows.
    pub(super) fn redraw(&mut self) {
        self.inner.backend_mut().forget();
        if let Err(cause) = self.inner.clear() {
            tracing::warn!("the terminal cannot be cleared: {cause}");
        }
        self.title.clear();
        self.stale = true;
    }

    /// Puts a text into the clipboard, if the terminal does that.
    pub(super) fn copy(&mut self, text: &str) {
        self.write(|output| execute!(output, CopyToClipboard::to_clipboard_from(text)));
    }

    /// Rings, and asks for a notification, if these are wanted.
    pub(super) fn alert(&mut self, text: &str, bell: bool, notify: bool) {
        let text = clean(text, 200);
        self.write(|output| {
            if notify {
                write!(output, "\x1b]9;{text}\x07")?;
            }
            if bell {
                write!(output, "\x07")?;
            }
            output.flush()
        });
    }

    fn write(&mut self, what: impl FnOnce(&mut Stdout) -> io::Result<()>) {
        if let Err(cause) = what(&mut io::stdout()) {
            tracing::warn!("the terminal cannot be written: {cause}");
        }
        self.inner.backend_mut().forget();
    }

    /// Gives the terminal back and stops, as Ctrl-Z does elsewhere, until the shell goes on
    /// with us.
    #[cfg(unix)]
    pub(super) async fn suspend(&mut self) {
        give_back();
        // The whole group, as the terminal itself would: whoever started us stops, too.
        let stopped = signals::stop_process_group().await;
        if let Err(cause) = stopped {
            tracing::warn!("cannot stop: {cause}");
        }
        self.retake();
    }

    /// Stopping is not known on this system.
    #[cfg(not(unix))]
    pub(super) async fn suspend(&mut self) {}

    /// Takes the terminal again: it was given back, or somebody else had it.
    fn retake(&mut self) {
        if let Err(cause) = take() {
            tracing::warn!("the terminal cannot be taken again: {cause}");
        }
        self.redraw();
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        give_back();
    }
}

/// The signal with which a stopped program is continued: 18 on Linux, 19 on the BSDs and
/// macOS (their signal.h).
#[cfg(unix)]
const SIGCONT: i32 = if cfg!(target_os = "linux") { 18 } else { 19 };

/// Waits until a thread of this process broke.
pub(super) async fn broke() {
    BROKE.notified().await;
}

/// Takes the terminal over.
fn take() -> io::Result<()> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    let mut output = io::stdout();
    // The terminal keeps its title for later, where it can.
    write!(output, "\x1b[22;0t")?;
    execute!(output, EnterAlternateScreen, EnableBracketedPaste)
}

/// Gives the terminal back as it was; once, however often it is called.
fn give_back() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut output = io::stdout();
    // Each by itself: a terminal that is gone takes nothing, and the others are tried.
    let _unwritten = execute!(output, DisableBracketedPaste);
    let _unwritten = execute!(output, LeaveAlternateScreen, cursor::Show);
    let _unwritten = write!(output, "\x1b[23;0t");
    let _unflushed = output.flush();
    let _unset = disable_raw_mode();
}

/// From here on a panic in any thread gives the terminal back before it is reported, and
/// ends the client. Those of the player's reader are expected, caught, and no news.
fn give_back_on_panic() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let inner = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if std::thread::current().name() == Some(READER_THREAD) {
                return;
            }
            give_back();
            inner(info);
            BROKE.notify_one();
        }));
    });
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::Ordering;

    use super::{TAKEN, broke, give_back_on_panic};
    use crate::player::READER_THREAD;

    /// The hook is the process's own, so all of this is one test.
    #[tokio::test]
    async fn any_thread_that_breaks_gives_the_terminal_back_but_not_the_players_reader() {
        let taken = || TAKEN.load(Ordering::SeqCst);
        let break_thread = |name: &str| {
            let builder = std::thread::Builder::new().name(name.to_owned());
            let thread = builder.spawn(|| panic!("on purpose")).unwrap();
            assert!(thread.join().is_err());
        };
        give_back_on_panic();
        TAKEN.store(true, Ordering::SeqCst);
        break_thread(READER_THREAD);
        assert!(taken(), "that one is expected, and caught");
        break_thread("some-thread");
        assert!(!taken());
        broke().await;
    }
}
