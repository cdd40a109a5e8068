//! Reads the terminal, and turns keys, pastes and changes of size into the app's events. What the
//! mouse hits is left to [`super::mouse`].
//!
//! A thread of its own reads. A read of a terminal that is gone never returns, and one that got
//! half of a key's bytes waits for the rest (crossterm 0.29). Nothing else may wait for that.

use std::io;
use std::thread;

use crossterm::event::{Event as TerminalInput, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use tokio::sync::mpsc;

use crate::app::event::Event;
use crate::app::key::{Key, KeyPress};

use super::mouse::MouseReport;

/// The longest paste that is taken, in bytes; a line holds far fewer.
const MAX_PASTE: usize = 64 * 1024;

/// How many events are read ahead: more than a person types while a picture is made.
const AHEAD: usize = 64;

/// What was read of the terminal.
#[derive(Debug, PartialEq)]
pub(super) enum TerminalRead {
    /// A key, a paste or another size.
    Event(Event),
    /// What the mouse did.
    Mouse(MouseReport),
}

/// The events of this process's terminal.
pub(super) struct KeyReader {
    events: mpsc::Receiver<TerminalRead>,
}

impl KeyReader {
    /// Starts the thread. There is one terminal, so this is done once in a process.
    ///
    /// # Errors
    /// If the system has no thread to give.
    pub(super) fn start() -> io::Result<Self> {
        let (sender, events) = mpsc::channel(AHEAD);
        thread::Builder::new()
            .name("keys".to_owned())
            .spawn(move || read(&sender))?;
        Ok(Self { events })
    }

    /// The next event; `None` when there will be none any more. Cancel safe.
    pub(super) async fn next(&mut self) -> Option<TerminalRead> {
        self.events.recv().await
    }
}

/// Reads until the terminal cannot be read, or the receiver is gone.
fn read(sender: &mpsc::Sender<TerminalRead>) {
    loop {
        match crossterm::event::read() {
            Ok(input) => {
                if let Some(read) = terminal_read(input)
                    && sender.blocking_send(read).is_err()
                {
                    break;
                }
            }
            Err(cause) => {
                tracing::warn!("the terminal cannot be read: {cause}");
                break;
            }
        }
    }
}

/// What the client makes of an input; `None` if it has no use for it.
fn terminal_read(input: TerminalInput) -> Option<TerminalRead> {
    match input {
        TerminalInput::Mouse(mouse) => MouseReport::of(mouse).map(TerminalRead::Mouse),
        other => event(other).map(TerminalRead::Event),
    }
}

/// The app's event for what was read; `None` if the app has no use for it.
fn event(input: TerminalInput) -> Option<Event> {
    match input {
        TerminalInput::Key(key) => key_press(key).map(Event::Key),
        TerminalInput::Paste(mut text) => {
            let mut end = text.len().min(MAX_PASTE);
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            text.truncate(end);
            Some(Event::Paste(text))
        }
        TerminalInput::Resize(columns, rows) => Some(Event::Resize(columns, rows)),
        TerminalInput::FocusGained | TerminalInput::FocusLost | TerminalInput::Mouse(_) => None,
    }
}

fn key_press(event: KeyEvent) -> Option<KeyPress> {
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
    use crossterm::event::{Event as TerminalInput, KeyCode, KeyEvent, KeyModifiers};

    use super::{MAX_PASTE, event};
    use crate::app::event::Event;
    use crate::app::key::{Key, KeyPress};

    fn pressed(code: KeyCode, modifiers: KeyModifiers) -> Option<KeyPress> {
        match event(TerminalInput::Key(KeyEvent::new(code, modifiers))) {
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

    #[test]
    fn a_huge_paste_is_cut_between_characters() {
        let Some(Event::Paste(text)) = event(TerminalInput::Paste("й".repeat(100_000))) else {
            panic!("no paste");
        };
        assert!(text.len() <= MAX_PASTE && text.ends_with('й'));
    }
}
