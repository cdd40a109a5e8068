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

    /// Says once a video that its player cannot get where the room is, or shows other pictures
    /// there.
    pub(in crate::app) fn tell_out_of_reach(&mut self, status: &Status) {
        let off = status.error.map_or(Span::ZERO, Span::abs);
        let SyncState::Unsynced(why) = status.state else {
            return;
        };
        let notice = match why {
            Unsynced::CannotSeek => Notice::CannotSeek { off },
            Unsynced::EndsEarly => Notice::EndsEarly,
            Unsynced::OtherBeginning => {
                let off = self.playback.follower.off_by_beginning();
                Notice::OtherBeginning {
                    off: off.unwrap_or(Span::ZERO),
                }
            }
            _ => return,
        };
        let told = Some((self.playback.timeline.epoch, why));
        if std::mem::replace(&mut self.playback.out_of_reach, told) != told {
            self.notice(notice);
        }
    }

    /// Says once why the player waits for data, when it is asked for again.
    pub(in crate::app) fn tell_interruption(&mut self) {
        let interruption = self.playback.interruption();
        let told = std::mem::replace(&mut self.playback.interrupted, interruption.is_some());
        if let Some(interruption) = interruption.filter(|_| !told) {
            self.notice(Notice::TriesAgain(interruption.problem));
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
