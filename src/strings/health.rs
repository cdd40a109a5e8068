//! How well a member's playback is doing: a row for each state.

use crate::texts::language::Language;
use crate::wire::message::HealthState;

/// The words for a state of health.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HealthWords {
    /// The sign before the short words, one cell wide.
    pub sign: &'static str,
    /// At most 11 cells, for the pane of members.
    pub short: &'static str,
    /// For a list of lines.
    pub long: &'static str,
}

/// The words for `state`.
#[must_use]
pub const fn words(language: Language, state: HealthState) -> HealthWords {
    let (sign, short, long) = match state {
        HealthState::InStep => ("●", "in step", "in step"),
        HealthState::CatchingUp => ("◐", "catching up", "catching up"),
        HealthState::OtherPictures => ("◐", "other scene", "sees other pictures"),
        HealthState::CopyOver => ("✕", "copy ended", "copy of the video is over"),
        HealthState::Loading => ("◔", "opening", "opening the video"),
        HealthState::Buffering => ("◌", "stalled", "video stalls"),
        HealthState::Frozen => ("✕", "frozen", "player does not answer"),
        HealthState::Failed => ("✕", "cannot play", "cannot play this video"),
        HealthState::ChatOnly => ("○", "chat only", "only chats"),
        HealthState::Away => ("☾", "away", "away"),
    };
    HealthWords { sign, short, long }
}
