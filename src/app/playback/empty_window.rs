//! What the player's window shows while nothing plays.

use super::handling::Handling;
use super::output::PlaybackOutput;
use crate::app::output::PlayerView;

/// Fills the window if it is empty and there is a room.
pub(super) fn fill(player: &PlayerView, step: &mut Handling<'_>) {
    if matches!(player, PlayerView::Idle { .. }) && step.view().room.is_some() {
        step.add(PlaybackOutput::FillEmptyWindow);
    }
}

/// What to do with the window when what the player does changes: one that has become empty is
/// filled, and media takes away what stood there.
pub(super) fn on_change(
    before: Option<&PlayerView>,
    now: &PlayerView,
    has_room: bool,
) -> Option<PlaybackOutput> {
    match (before, now) {
        (_, PlayerView::Idle { .. }) => has_room.then_some(PlaybackOutput::FillEmptyWindow),
        (Some(PlayerView::Idle { .. }), PlayerView::Loading) => Some(PlaybackOutput::MediaBegins),
        _ => None,
    }
}
