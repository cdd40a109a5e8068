//! The terminal: taken over while the screen is shown, and given back as it was on every
//! way out, a panic in any thread included. Keys come from here as the app's own events.

use std::io::{self, Stdout, Write};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crossterm::clipboard::CopyToClipboard;
use crossterm::event::{
    DisableBracketedPaste, EnableBracketedPaste, Event as Heard, EventStream, KeyCode, KeyEvent,
    KeyEventKind, KeyModifiers,
};
use crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, SetTitle, disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute};
use futures_util::StreamExt;
use tokio::sync::Notify;

use super::quiet::Quiet;
use crate::app::App;
use crate::app::event::Event;
use crate::app::key::{Key, KeyPress};
use crate::protocol::text::clean;
use crate::ui;

/// At most 30 pictures a second.
const FRAME: Duration = Duration::from_millis(33);

/// The longest paste that is taken, in bytes; a line holds far less.
const MAX_PASTE: usize = 64 * 1024;

/// The thread whose panics are expected and caught.
const READER: &str = "mpv-reader";

/// Whether the terminal is ours now.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Told when a thread of this process broke.
static BROKE: Notify = Notify::const_new();

/// The terminal while the screen is shown.
pub(super) struct Terminal {
    inner: ratatui::Terminal<Quiet<Stdout>>,
    events: EventStream,
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
            events: EventStream::new(),
            title: String::new(),
            drawn: None,
            stale: true,
            #[cfg(unix)]
            continued: tokio::signal::unix::signal(tokio::signal::unix::SignalKind::from_raw(
                SIGCONT,
            ))?,
        })
    }

    /// Its columns and rows.
    pub(super) fn size(&self) -> (u16, u16) {
        self.inner
            .size()
            .map_or((80, 24), |size| (size.width, size.height))
    }

    /// The next key, paste or change of size; `None` when there will be none any more.
    /// Cancel safe.
    pub(super) async fn next(&mut self) -> Option<Event> {
        loop {
            #[cfg(unix)]
            let heard = tokio::select! {
                heard = self.events.next() => heard,
                _ = self.continued.recv() => {
                    self.retake();
                    let (columns, rows) = self.size();
                    return Some(Event::Resize(columns, rows));
                }
            };
            #[cfg(not(unix))]
            let heard = self.events.next().await;
            match heard {
                Some(Ok(heard)) => {
                    if matches!(heard, Heard::Resize(..)) {
                        // Even back to the size it had: what it showed was moved about.
                        self.redraw();
                    }
                    if let Some(event) = event(heard) {
                        return Some(event);
                    }
                }
                Some(Err(cause)) => {
                    tracing::warn!("the terminal cannot be read: {cause}");
                    return None;
                }
                None => return None,
            }
        }
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
        // The whole group, as the terminal itself would: whoever started us stops, too. The
        // shell that sends it stops with us, so this ends when we are continued.
        let stopped = tokio::process::Command::new("sh")
            .args(["-c", "kill -TSTP 0"])
            .status()
            .await;
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
            if std::thread::current().name() == Some(READER) {
                return;
            }
            give_back();
            inner(info);
            BROKE.notify_one();
        }));
    });
}

/// What the terminal tells, as the app's event; `None` for what it does not care for.
fn event(heard: Heard) -> Option<Event> {
    match heard {
        Heard::Key(key) => press(key).map(Event::Key),
        Heard::Paste(mut text) => {
            let mut end = text.len().min(MAX_PASTE);
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            text.truncate(end);
            Some(Event::Paste(text))
        }
        Heard::Resize(columns, rows) => Some(Event::Resize(columns, rows)),
        Heard::FocusGained | Heard::FocusLost | Heard::Mouse(_) => None,
    }
}

fn press(event: KeyEvent) -> Option<KeyPress> {
    if event.kind == KeyEventKind::Release {
        return None;
    }
    let key = match event.code {
        KeyCode::Char(letter) => Key::Char(letter),
        KeyCode::F(number) => Key::F(number),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::Tab if event.modifiers.contains(KeyModifiers::SHIFT) => Key::BackTab,
        KeyCode::Tab => Key::Tab,
        KeyCode::BackTab => Key::BackTab,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        _ => return None,
    };
    Some(KeyPress {
        key,
        ctrl: event.modifiers.contains(KeyModifiers::CONTROL),
        alt: event.modifiers.contains(KeyModifiers::ALT),
    })
}

#[cfg(test)]
mod tests {
    use crossterm::event::{Event as Heard, KeyCode, KeyEvent, KeyModifiers};

    use std::sync::atomic::Ordering;

    use super::{READER, TAKEN, broke, event, give_back_on_panic};
    use crate::app::event::Event;
    use crate::app::key::{Key, KeyPress};

    fn pressed(code: KeyCode, modifiers: KeyModifiers) -> Option<KeyPress> {
        match event(Heard::Key(KeyEvent::new(code, modifiers))) {
            Some(Event::Key(press)) => Some(press),
            _ => None,
        }
    }

    #[test]
    fn keys_keep_what_matters() {
        let shift = KeyModifiers::SHIFT;
        let ctrl = KeyModifiers::CONTROL;
        let cases = [
            (KeyCode::Char('H'), shift, KeyPress::plain(Key::Char('H'))),
            (KeyCode::Char('p'), ctrl, KeyPress::ctrl('p')),
            (KeyCode::Char('3'), KeyModifiers::ALT, KeyPress::alt('3')),
            (KeyCode::BackTab, shift, KeyPress::plain(Key::BackTab)),
            (
                KeyCode::F(4),
                KeyModifiers::NONE,
                KeyPress::plain(Key::F(4)),
            ),
        ];
        for (code, modifiers, expected) in cases {
            assert_eq!(pressed(code, modifiers), Some(expected));
        }
        assert_eq!(pressed(KeyCode::CapsLock, KeyModifiers::NONE), None);
    }

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
        break_thread(READER);
        assert!(taken(), "that one is expected, and caught");
        break_thread("some-thread");
        assert!(!taken());
        broke().await;
    }

    #[test]
    fn a_huge_paste_is_cut_between_characters() {
        let Some(Event::Paste(text)) = event(Heard::Paste("й".repeat(100_000))) else {
            panic!("no paste");
        };
        assert!(text.len() <= super::MAX_PASTE && text.ends_with('й'));
    }
}
