//! The screen before there is a client: it is shown at once, while a server is looked for on this
//! computer or started, which takes answers of the network and of the disk.

use std::io;

use super::terminal::{Terminal, TerminalEvent};
use crate::app::event::Event;
use crate::app::key::KeyPress;
use crate::texts::language::Language;

/// The most keys that are kept for the client; more are not typed in that time.
const KEPT: usize = 64;

/// The terminal with its first picture, and what was typed since.
pub struct EarlyScreen {
    terminal: Terminal,
    typed: Vec<Event>,
}

impl EarlyScreen {
    /// Takes the terminal over, with the mouse if it is wanted, and shows that the client starts.
    ///
    /// # Errors
    /// If standard output is no terminal that can be opened, measured, put into raw mode and
    /// written.
    pub fn open(has_mouse: bool, language: Language) -> io::Result<Self> {
        let mut terminal = Terminal::open(has_mouse)?;
        terminal.draw_start(language)?;
        let typed = Vec::new();
        Ok(Self { terminal, typed })
    }

    /// Waits until the member wants to leave, or the terminal is gone. Cancel safe: other keys are
    /// kept for the client.
    pub async fn left(&mut self) {
        loop {
            match self.terminal.next().await {
                TerminalEvent::Input(Event::Key(press)) if press == KeyPress::ctrl('c') => return,
                TerminalEvent::Gone => return,
                TerminalEvent::Input(event) if self.typed.len() < KEPT => self.typed.push(event),
                TerminalEvent::Input(_) | TerminalEvent::Written => {}
            }
        }
    }

    /// The terminal, and what was typed.
    pub(super) fn into_parts(self) -> (Terminal, Vec<Event>) {
        (self.terminal, self.typed)
    }
}
