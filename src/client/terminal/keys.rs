//! Reads the terminal, and turns keys, pastes and changes of size into the app's events. What the
//! mouse hits is left to [`super::mouse`].
//!
//! A thread of its own reads: a read of a terminal that sends nothing may never return. Nothing
//! else may wait for that.

use std::collections::VecDeque;
use std::io;
use std::thread;
use std::time::Instant;

use crossterm::event::{Event as TerminalInput, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use tokio::sync::mpsc;
use tokio::time::sleep_until;

use super::input::{InputParser, LONGEST_PASTE, TerminalAnswer, TerminalRead};
use crate::app::event::Event;
use crate::app::key::{Key, KeyPress};

use super::mouse::MouseReport;

/// How many reads are ahead: more than a person types while a picture is made.
const AHEAD: usize = 64;

/// What the terminal sent.
#[derive(Debug)]
pub(super) enum Received {
    /// Something for the app.
    Event(Event),
    /// What the mouse did.
    Mouse(MouseReport),
    /// An answer to a question.
    Answer(TerminalAnswer),
    /// The terminal's window has the focus now (`true`), or has lost it.
    Focus(bool),
}

/// What the thread reads at once.
#[cfg(unix)]
type Chunk = Vec<u8>;

/// What the thread reads at once: on this system crossterm asks for events, not for bytes.
#[cfg(not(unix))]
type Chunk = TerminalInput;

/// The events of this process's terminal.
pub(super) struct KeyReader {
    chunks: mpsc::Receiver<Chunk>,
    parser: InputParser,
    /// When what has begun is not waited for any more.
    deadline: Option<Instant>,
    /// What was read and not handed on yet.
    ready: VecDeque<TerminalRead>,
}

impl KeyReader {
    /// Starts the thread. There is one terminal, so this is done once in a process.
    ///
    /// # Errors
    /// If the system has no thread to give.
    pub(super) fn start() -> io::Result<Self> {
        let (sender, chunks) = mpsc::channel(AHEAD);
        thread::Builder::new()
            .name("keys".to_owned())
            .spawn(move || read(&sender))?;
        Ok(Self {
            chunks,
            parser: InputParser::default(),
            deadline: None,
            ready: VecDeque::new(),
        })
    }

    /// What comes next; `None` when there will be nothing any more. Cancel safe.
    pub(super) async fn next(&mut self) -> Option<Received> {
        loop {
            while let Some(read) = self.ready.pop_front() {
                if let Some(received) = received(read) {
                    return Some(received);
                }
            }
            let pause = async {
                match self.deadline {
                    Some(deadline) => sleep_until(deadline.into()).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                biased;
                chunk = self.chunks.recv() => self.take(chunk?),
                () = pause => {
                    self.deadline = None;
                    self.ready.extend(self.parser.pause());
                }
            }
        }
    }

    #[cfg(unix)]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "other systems consume what they read"
    )]
    fn take(&mut self, bytes: Chunk) {
        self.ready.extend(self.parser.feed(&bytes));
        let patience = self.parser.patience();
        self.deadline = patience.map(|patience| Instant::now() + patience);
    }

    #[cfg(not(unix))]
    fn take(&mut self, input: Chunk) {
        self.ready.push_back(TerminalRead::Input(input));
    }
}

/// Reads until the terminal cannot be read, or the receiver is gone.
fn read(sender: &mpsc::Sender<Chunk>) {
    loop {
        match read_chunk() {
            Ok(Some(chunk)) => {
                if sender.blocking_send(chunk).is_err() {
                    break;
                }
            }
            Ok(None) => break,
            Err(cause) if cause.kind() == io::ErrorKind::Interrupted => {}
            Err(cause) => {
                tracing::warn!("the terminal cannot be read: {cause}");
                break;
            }
        }
    }
}

/// Waits for bytes of the terminal behind standard input; `None` at its end.
#[cfg(unix)]
fn read_chunk() -> io::Result<Option<Chunk>> {
    let mut bytes = vec![0; 1024];
    let count = rustix::io::read(io::stdin(), bytes.as_mut_slice())?;
    bytes.truncate(count);
    Ok((count > 0).then_some(bytes))
}

#[cfg(not(unix))]
fn read_chunk() -> io::Result<Option<Chunk>> {
    crossterm::event::read().map(Some)
}

/// What was read, as it is handed on; `None` if nobody has a use for it.
fn received(read: TerminalRead) -> Option<Received> {
    match read {
        TerminalRead::Answer(answer) => Some(Received::Answer(answer)),
        TerminalRead::Input(TerminalInput::FocusGained) => Some(Received::Focus(true)),
        TerminalRead::Input(TerminalInput::FocusLost) => Some(Received::Focus(false)),
        TerminalRead::Input(TerminalInput::Mouse(mouse)) => {
            MouseReport::of(mouse).map(Received::Mouse)
        }
        TerminalRead::Input(input) => event(input).map(Received::Event),
    }
}

/// The app's event for what was read; `None` if the app has no use for it.
fn event(input: TerminalInput) -> Option<Event> {
    match input {
        TerminalInput::Key(key) => key_press(key).map(Event::Key),
        TerminalInput::Paste(mut text) => {
            let mut end = text.len().min(LONGEST_PASTE);
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

    use super::{LONGEST_PASTE, event};
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
        assert!(text.len() <= LONGEST_PASTE && text.ends_with('й'));
    }
}
