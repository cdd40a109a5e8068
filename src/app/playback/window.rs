//! What the player's window shows while nothing plays.

use super::{App, Effect, Notice, PlayerCommand, PlayerView, Span};

impl App {
    /// While nothing plays the player's window says what to do.
    pub(in crate::app) fn show_empty_window(&mut self) {
        let is_empty = matches!(self.playback.view(), PlayerView::Idle { .. });
        if is_empty && self.room().is_some() {
            let invite = self.invite_for_others();
            self.effects.push(Effect::Osd(Notice::NothingOn { invite }));
        }
    }

    /// Fills a window that has become empty; a video takes away what stood there.
    pub(in crate::app) fn fill_window(&mut self, view: &PlayerView) {
        let was_empty = matches!(self.playback.told, Some(PlayerView::Idle { .. }));
        match view {
            PlayerView::Idle { .. } => self.show_empty_window(),
            PlayerView::Loading if was_empty => {
                let text = String::new();
                let during = Span::ZERO;
                let clear = PlayerCommand::ShowText { text, during };
                self.effects.push(Effect::Player(clear));
            }
            _ => {}
        }
    }
}
