//! Texts for the decisions about the member's player and their causes, as `/why` shows them.

use super::numbers::milliseconds;
use crate::app::decision::Decision;
use crate::sync::follow::{SyncAction, SyncCause};
use crate::texts::language::Language;

/// A decision as `sought to 0:42:10: the room jumped; it was 12 ms behind, ±1 ms`.
#[must_use]
pub fn text(language: Language, decision: &Decision) -> String {
    let decision = &decision.what;
    let what = match decision.action {
        SyncAction::Load(at) => format!("opened the video at {at}"),
        SyncAction::Seek(to) => format!("sought to {to}"),
        SyncAction::Pause => "paused".to_owned(),
        SyncAction::Play => "played on".to_owned(),
        SyncAction::SetRate(rate) => format!("took the speed {rate}"),
        SyncAction::BendSpeed(speed) => format!("bent the speed to {speed:.3}"),
        SyncAction::RestoreSpeed => "took the room's speed again".to_owned(),
        SyncAction::BackOff => {
            "waits before it seeks again, since the last one did not help".to_owned()
        }
        SyncAction::GiveUp => "gave the video up".to_owned(),
    };
    let why = cause(language, decision.cause);
    let Some(error) = decision.error else {
        return format!("{what}: {why}");
    };
    let side = if error.0 < 0 { "behind" } else { "ahead" };
    let bound = decision.bound.map_or_else(String::new, |bound| {
        format!(", ±{}", milliseconds(language, bound))
    });
    let off = milliseconds(language, error.abs());
    if decision.cause == SyncCause::Drift {
        format!("{what}: it was {off} {side}{bound}")
    } else {
        format!("{what}: {why}; it was {off} {side}{bound}")
    }
}

/// The same with the position in the media before it.
#[must_use]
pub fn line(language: Language, decision: &Decision) -> String {
    match decision.position {
        Some(position) => format!("{position} {}", text(language, decision)),
        None => text(language, decision),
    }
}

const fn cause(language: Language, cause: SyncCause) -> &'static str {
    match cause {
        SyncCause::Joined => "you came into the room",
        SyncCause::Loaded => "another video came on",
        SyncCause::RoomPaused => "the room paused",
        SyncCause::RoomPlays => "the room plays on",
        SyncCause::RoomCounts => "an admin counts down",
        SyncCause::RoomJumped => "the room jumped",
        SyncCause::MediaOver => "the video is over",
        SyncCause::RoomRate => "the room changed its speed",
        SyncCause::RoomWaits => "the room waits for somebody",
        SyncCause::WaitOver => "the room's wait is over",
        SyncCause::ActionUndone => "what you did in the player was undone",
        SyncCause::PlayerBack => "the player was started",
        SyncCause::Thawed => "the player answers again",
        SyncCause::Reopened => "the video was opened anew",
        SyncCause::Slept => "this computer slept",
        SyncCause::Drift => "it was not where the film was",
        SyncCause::Ahead => "it came out ahead, and lets the room arrive",
        SyncCause::RoomArrived => "the room has arrived here",
        SyncCause::DataLate => "its data came late, and the room went on meanwhile",
        SyncCause::TriedAgain => "it broke off or did not open, and is tried again",
        SyncCause::Uncached => {
            "the room went back to what it no longer holds, and it cannot jump in this video: it \
             reads that anew from the start"
        }
        SyncCause::DoesNotPlay => "it does not play",
    }
}

#[cfg(test)]
mod tests {
    use super::text;
    use crate::app::decision::Decision;
    use crate::protocol::time::{Position, Span};
    use crate::sync::follow::{SyncAction, SyncCause, SyncDecision, SyncState};
    use crate::texts::language::Language;

    fn worded(action: SyncAction, cause: SyncCause, error: Option<Span>) -> String {
        text(
            Language::English,
            &Decision {
                at: None,
                position: None,
                what: SyncDecision {
                    action,
                    cause,
                    error,
                    bound: None,
                    state: SyncState::Holding,
                },
            },
        )
    }

    #[test]
    fn why_a_player_stands_seeks_again_or_gives_up_is_worded() {
        let ahead = worded(
            SyncAction::Pause,
            SyncCause::Ahead,
            Some(Span::millis(5_800)),
        );
        assert_eq!(
            ahead,
            "paused: it came out ahead, and lets the room arrive; it was 5.8 s ahead"
        );
        let again = worded(
            SyncAction::Load(Position::seconds(61)),
            SyncCause::TriedAgain,
            None,
        );
        assert_eq!(
            again,
            "opened the video at 1:01: it broke off or did not open, and is tried again"
        );
        let late = worded(
            SyncAction::Seek(Position::seconds(61)),
            SyncCause::DataLate,
            None,
        );
        assert!(late.contains("its data came late"), "{late}");
        let given_up = worded(SyncAction::GiveUp, SyncCause::DoesNotPlay, None);
        assert_eq!(given_up, "gave the video up: it does not play");
    }
}
