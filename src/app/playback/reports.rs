//! What of the player's state was emitted, and when how well it is in step is emitted next.

use super::handling::Handling;
use super::{empty_window, player_view};
use crate::app::output::{Output, PlayerView};
use crate::protocol::time::{LocalTime, Span};

/// How often the sync status is emitted while the media plays.
const SYNC_EVERY: Span = Span::seconds(1);

/// What of the player's state was emitted.
#[derive(Debug, Default)]
pub(super) struct PlayerReports {
    /// The state of the player that was last emitted.
    reported: Option<PlayerView>,
    /// When the sync status is next emitted.
    next_sync: Option<LocalTime>,
}

impl PlayerReports {
    /// Emits the player's state if it has changed.
    pub(super) fn report(&mut self, player: &PlayerView, step: &mut Handling<'_>) {
        if !player_view::is_reported(self.reported.as_ref(), player) {
            let has_room = step.view().room.is_some();
            if let Some(output) = empty_window::on_change(self.reported.as_ref(), player, has_room)
            {
                step.add(output);
            }
            self.reported = Some(player.clone());
            step.emit(Output::Player(player.clone()));
        }
        if !player_view::plays(player) {
            self.next_sync = None;
        } else if self.next_sync.is_none() {
            self.next_sync = Some(step.now() + SYNC_EVERY);
        }
    }

    /// When the sync status is next emitted.
    pub(super) const fn next_sync(&self) -> Option<LocalTime> {
        self.next_sync
    }

    /// Whether the sync status is to be emitted; if so, the next time is planned.
    pub(super) fn take_sync_due(&mut self, now: LocalTime) -> bool {
        let due = self.next_sync.is_some_and(|at| at <= now);
        if due {
            self.next_sync = Some(now + SYNC_EVERY);
        }
        due
    }
}
