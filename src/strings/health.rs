//! How well a member's playback is doing: a row for each state.

use crate::texts::language::Language;
use crate::texts::tr;
use crate::wire::message::HealthState;

/// The words for a state of health.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HealthWords {
    /// The sign before the short words, one cell wide.
    pub sign: &'static str,
    /// At most 11 cells, for the pane of members.
    pub short: String,
    /// For a list of lines.
    pub long: String,
}

/// The words for `state`.
#[must_use]
pub fn words(language: Language, state: HealthState) -> HealthWords {
    HealthWords {
        sign: sign(state),
        short: short(language, state),
        long: long(language, state),
    }
}

const fn sign(state: HealthState) -> &'static str {
    match state {
        HealthState::InStep => "●",
        HealthState::CatchingUp | HealthState::OtherPictures => "◐",
        HealthState::CopyOver | HealthState::Frozen | HealthState::Failed => "✕",
        HealthState::Starting | HealthState::Loading => "◔",
        HealthState::Buffering => "◌",
        HealthState::ChatOnly => "○",
        HealthState::Away => "☾",
    }
}

fn short(language: Language, state: HealthState) -> String {
    match state {
        HealthState::InStep => tr!(language, "health-in-step"),
        HealthState::CatchingUp => tr!(language, "health-catching-up"),
        HealthState::OtherPictures => tr!(language, "health-other-scene"),
        HealthState::CopyOver => tr!(language, "health-copy-ended"),
        HealthState::Starting => tr!(language, "health-starting"),
        HealthState::Loading => tr!(language, "health-opening"),
        HealthState::Buffering => tr!(language, "health-buffering"),
        HealthState::Frozen => tr!(language, "health-frozen"),
        HealthState::Failed => tr!(language, "health-failed"),
        HealthState::ChatOnly => tr!(language, "health-chat-only"),
        HealthState::Away => tr!(language, "health-away"),
    }
}

/// The same as the short words where those say all.
fn long(language: Language, state: HealthState) -> String {
    match state {
        HealthState::OtherPictures => tr!(language, "health-other-scene-long"),
        HealthState::CopyOver => tr!(language, "health-copy-ended-long"),
        HealthState::Starting => tr!(language, "health-starting-long"),
        HealthState::Loading => tr!(language, "health-opening-long"),
        HealthState::Buffering => tr!(language, "health-buffering-long"),
        HealthState::Frozen => tr!(language, "health-frozen-long"),
        HealthState::Failed => tr!(language, "health-failed-long"),
        HealthState::InStep
        | HealthState::CatchingUp
        | HealthState::ChatOnly
        | HealthState::Away => short(language, state),
    }
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::{HealthState, words};
    use crate::texts::language::Language;
    use crate::ui::text::width;

    #[test]
    fn the_short_words_fit_the_pane_of_members() {
        for language in Language::iter() {
            for state in [
                HealthState::InStep,
                HealthState::CatchingUp,
                HealthState::OtherPictures,
                HealthState::CopyOver,
                HealthState::Starting,
                HealthState::Loading,
                HealthState::Buffering,
                HealthState::Frozen,
                HealthState::Failed,
                HealthState::ChatOnly,
                HealthState::Away,
            ] {
                let words = words(language, state);
                assert!(width(&words.short) <= 11, "{words:?}");
                assert_eq!(width(words.sign), 1, "{words:?}");
            }
        }
    }
}
