//! What the player's window shows while nothing plays, and what is said of a player that
//! cannot get where the room is.

use super::{App, Effect, Notice, PlayerCommand, PlayerView, Span, Status, SyncState, Unsynced};

impl App {
    /// While nothing plays the player's window says what to do.
    pub(in crate::app) fn show_empty_window(&mut self) {
        let is_empty = matches!(self.playback.view(), PlayerView::Idle { .. });
        if is_empty && self.session.is_some() {
            let invite = self.invite_for_others();
            self.effects.push(Effect::Osd(Notice::NothingOn { invite }));
        }
    }

    /// Says once a video that its player cannot get where the room is.
    pub(in crate::app) fn tell_out_of_reach(&mut self, status: &Status) {
        let off = status.error.map_or(Span::ZERO, Span::abs);
        let notice = match status.state {
            SyncState::Unsynced(Unsynced::CannotSeek) => Notice::CannotSeek { off },
            SyncState::Unsynced(Unsynced::EndsEarly) => Notice::EndsEarly,
            _ => return,
        };
        let epoch = self.playback.timeline.epoch;
        if self.playback.out_of_reach.replace(epoch) != Some(epoch) {
            self.notice(notice);
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
