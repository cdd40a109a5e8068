//! How well in step the own player is, in words.

use super::milliseconds;
use crate::app::told::PlayerView;
use crate::protocol::time::Span;
use crate::sync::follow::{Status, SyncState, Unsynced};

/// Up to this error the words are "in step": one frame at 25 frames a second.
const IN_STEP: Span = Span::millis(40);

/// How well in step the own player is, in words.
#[must_use]
pub fn sync(status: &Status, player: &PlayerView, paused: bool) -> String {
    match player {
        PlayerView::Off => return "○ chat only".to_owned(),
        PlayerView::Starting => return "◔ mpv starts".to_owned(),
        PlayerView::Gone(_) => return "✕ no mpv: /retry".to_owned(),
        PlayerView::Failed(_) => return "✕ cannot play: F4".to_owned(),
        PlayerView::Refused(_) => return "✕ link refused".to_owned(),
        PlayerView::Loading => return "◔ opening".to_owned(),
        PlayerView::Buffering => return "◌ stalled".to_owned(),
        PlayerView::Frozen => return "✕ mpv is frozen".to_owned(),
        PlayerView::Idle { .. } => return "○ ready".to_owned(),
        PlayerView::Playing | PlayerView::Paused => {}
    }
    let off = status.error.map(|error| milliseconds(error.abs()));
    let close = status.error.is_some_and(|error| error.abs() <= IN_STEP);
    match (status.state, off) {
        (SyncState::Waiting, _) => "◌ waiting".to_owned(),
        (SyncState::Ahead, _) => "◐ lets the room arrive".to_owned(),
        (SyncState::Seeking, _) => "◐ seeking".to_owned(),
        (SyncState::Unsynced(Unsynced::Live), _) => "● live".to_owned(),
        (SyncState::Unsynced(Unsynced::EndsEarly), _) => "✕ your copy is over".to_owned(),
        (SyncState::Unsynced(Unsynced::OtherBeginning), _) => "◐ other pictures".to_owned(),
        (SyncState::Unsynced(Unsynced::NoClock), _) => "◔ setting clocks".to_owned(),
        _ if paused => "● paused".to_owned(),
        (SyncState::Nudging, Some(off)) if !close => format!("◐ catching up, {off}"),
        (SyncState::Unsynced(_), Some(off)) if !close => format!("◐ {off} off"),
        (_, Some(off)) => format!("● in step, {off}"),
        _ => "◔ starting".to_owned(),
    }
}
