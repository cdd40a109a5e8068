//! What the terminal answers and reports, and what follows from it.

use std::time::Instant;

use tokio::time::timeout_at;

use super::Terminal;
use super::input::TerminalAnswer;
use super::keys::Received;
use crate::app::event::Event;

impl Terminal {
    /// Takes an answer of the terminal; what follows from it for the app.
    pub(super) fn on_answer(&mut self, answer: TerminalAnswer) -> Option<Event> {
        if let TerminalAnswer::Cursor(row, column) = answer {
            if let Some(forms) = self.widths.on_cursor(row, column) {
                tracing::debug!("the terminal draws some emoji in its own way: {forms:?}");
                self.picture.backend_mut().draw_plainly(forms);
                self.redraw();
            }
            return None;
        }
        let (background, asks) = self.questions.on_answer(answer);
        if asks {
            self.ask_background();
        }
        background.map(Event::Background)
    }

    /// The window got the focus, or lost it.
    pub(super) fn on_focus(&mut self, has_focus: bool) {
        if self.questions.on_focus(has_focus) {
            self.ask_background();
        }
    }

    /// Asks for the background with the next picture.
    fn ask_background(&mut self) {
        self.asks += self.questions.ask_background(Instant::now());
        self.is_stale |= !self.asks.is_empty();
    }

    /// Takes answers that are still to come, for a short time: once the terminal was given back
    /// they would be typed into the shell.
    pub(super) async fn take_last_answers(&mut self) {
        loop {
            let now = Instant::now();
            let due = self.questions.answer_due(now);
            let Some(due) = due.max(self.widths.answer_due(now)) else {
                return;
            };
            match timeout_at(due.into(), self.keys.next()).await {
                Ok(Some(Received::Answer(answer))) => {
                    self.on_answer(answer);
                }
                Ok(Some(_)) => {}
                Ok(None) | Err(_) => return,
            }
        }
    }

    /// The size that the terminal has now, as an event.
    pub(super) fn resize(&self) -> Option<Event> {
        match self.size() {
            Ok((columns, rows)) => Some(Event::Resize(columns, rows)),
            Err(cause) => {
                tracing::warn!("the terminal's size is not known: {cause}");
                None
            }
        }
    }
}
