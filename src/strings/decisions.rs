//! Texts for the decisions about the member's player and their causes, as `/why` shows them.

use super::numbers::{decimal, milliseconds};
use crate::app::decision::Decision;
use crate::protocol::time::Span;
use crate::sync::follow::{SyncAction, SyncCause};
use crate::texts::language::Language;
use crate::texts::tr;

/// A decision as `jumped to 0:42:10: the room jumped; it was 12 ms behind, ±1 ms`.
#[must_use]
pub fn text(language: Language, decision: &Decision) -> String {
    let decision = &decision.what;
    let what = action(language, decision.action);
    let off = decision
        .error
        .map(|error| offset(language, error, decision.bound));
    match off {
        Some(off) if decision.cause == SyncCause::Drift => {
            tr!(language, "decision-because", what = what, why = off)
        }
        Some(off) => tr!(
            language,
            "decision-because-off",
            what = what,
            why = cause(language, decision.cause),
            off = off
        ),
        None => tr!(
            language,
            "decision-because",
            what = what,
            why = cause(language, decision.cause)
        ),
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

/// How far the player was off, within the bound of the clock's own error if that was known.
fn offset(language: Language, error: Span, bound: Option<Span>) -> String {
    let side = if error.0 < 0 { "behind" } else { "ahead" };
    let off = milliseconds(language, error.abs());
    match bound {
        Some(bound) => tr!(
            language,
            "decision-off-within",
            side = side,
            off = off,
            bound = milliseconds(language, bound)
        ),
        None => tr!(language, "decision-off", side = side, off = off),
    }
}

fn action(language: Language, action: SyncAction) -> String {
    match action {
        SyncAction::Load(at) => tr!(language, "decision-load", at = at.to_string()),
        SyncAction::Seek(to) => tr!(language, "decision-seek", to = to.to_string()),
        SyncAction::Pause => tr!(language, "decision-pause"),
        SyncAction::Play => tr!(language, "decision-play"),
        SyncAction::SetRate(rate) => {
            tr!(language, "decision-rate", rate = factor(language, rate))
        }
        SyncAction::BendSpeed { speed, rate } => {
            let shown = decimal(language, speed, 3);
            if speed < rate {
                tr!(language, "decision-slowed", speed = shown)
            } else {
                tr!(language, "decision-sped-up", speed = shown)
            }
        }
        SyncAction::RestoreSpeed(rate) => {
            tr!(language, "decision-restored", rate = factor(language, rate))
        }
        SyncAction::BackOff => tr!(language, "decision-back-off"),
        SyncAction::GiveUp => tr!(language, "decision-give-up"),
    }
}

/// A rate of the room with as many decimals as it has, at most two: `1`, `1.5`, `1.25`.
fn factor(language: Language, rate: f64) -> String {
    let hundredths = (rate * 100.0).round();
    let decimals = match hundredths {
        _ if hundredths % 100.0 == 0.0 => 0,
        _ if hundredths % 10.0 == 0.0 => 1,
        _ => 2,
    };
    decimal(language, rate, decimals)
}

fn cause(language: Language, cause: SyncCause) -> String {
    match cause {
        SyncCause::Joined => tr!(language, "decision-joined"),
        SyncCause::Loaded => tr!(language, "decision-loaded"),
        SyncCause::RoomPaused => tr!(language, "decision-room-paused"),
        SyncCause::RoomPlays => tr!(language, "decision-room-plays"),
        SyncCause::RoomCounts => tr!(language, "decision-room-counts"),
        SyncCause::RoomJumped => tr!(language, "decision-room-jumped"),
        SyncCause::MediaOver => tr!(language, "decision-media-over"),
        SyncCause::RoomRate => tr!(language, "decision-room-rate"),
        SyncCause::RoomWaits => tr!(language, "decision-room-waits"),
        SyncCause::WaitOver => tr!(language, "decision-wait-over"),
        SyncCause::ActionUndone => tr!(language, "decision-action-undone"),
        SyncCause::PlayerBack => tr!(language, "decision-player-back"),
        SyncCause::Thawed => tr!(language, "decision-thawed"),
        SyncCause::Reopened => tr!(language, "decision-reopened"),
        SyncCause::Slept => tr!(language, "decision-slept"),
        SyncCause::Drift => tr!(language, "decision-drift"),
        SyncCause::Ahead => tr!(language, "decision-ahead"),
        SyncCause::RoomArrived => tr!(language, "decision-room-arrived"),
        SyncCause::DataLate => tr!(language, "decision-data-late"),
        SyncCause::TriedAgain => tr!(language, "decision-tried-again"),
        SyncCause::Uncached => tr!(language, "decision-uncached"),
        SyncCause::DoesNotPlay => tr!(language, "decision-does-not-play"),
    }
}

#[cfg(test)]
mod tests {
    use super::text;
    use crate::app::decision::Decision;
    use crate::protocol::time::{Position, Span};
    use crate::sync::follow::{SyncAction, SyncCause, SyncDecision, SyncState};
    use crate::texts::language::Language;

    fn decision(action: SyncAction, cause: SyncCause, error: Option<Span>) -> Decision {
        Decision {
            at: None,
            position: None,
            what: SyncDecision {
                action,
                cause,
                error,
                bound: None,
                state: SyncState::Holding,
            },
        }
    }

    fn worded(action: SyncAction, cause: SyncCause, error: Option<Span>) -> String {
        text(Language::English, &decision(action, cause, error))
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
            "paused: waiting for the room to catch up; it was 5.8 s ahead"
        );
        let again = worded(
            SyncAction::Load(Position::seconds(61)),
            SyncCause::TriedAgain,
            None,
        );
        assert_eq!(
            again,
            "opened the video at 1:01: the video broke off or didn't open, trying again"
        );
        let late = worded(
            SyncAction::Seek(Position::seconds(61)),
            SyncCause::DataLate,
            None,
        );
        assert!(late.contains("the data arrived late"), "{late}");
        let given_up = worded(SyncAction::GiveUp, SyncCause::DoesNotPlay, None);
        assert_eq!(given_up, "gave up on the video: it doesn't play");
    }

    #[test]
    fn a_bent_speed_is_told_from_the_rate_of_the_room() {
        let bent = |speed, rate| SyncAction::BendSpeed { speed, rate };
        let ahead = Some(Span::millis(12));
        let behind = Some(Span::millis(-12));
        let rows = [
            (bent(0.993, 1.0), ahead, "slowed to 0.993×"),
            (bent(1.007, 1.0), behind, "sped up to 1.007×"),
            (bent(1.241, 1.25), ahead, "slowed to 1.241×"),
            (SyncAction::RestoreSpeed(1.0), ahead, "back to 1×"),
            (SyncAction::RestoreSpeed(1.25), ahead, "back to 1.25×"),
            (SyncAction::SetRate(1.5), ahead, "set the speed to 1.5×"),
        ];
        for (action, error, what) in rows {
            let text = worded(action, SyncCause::Drift, error);
            let (found, why) = text.split_once(": ").unwrap();
            assert_eq!(found, what);
            assert!(why.starts_with("it was 12 ms "), "{why}");
        }
    }

    #[test]
    fn numbers_are_russian_in_russian() {
        let mut slowed = decision(
            SyncAction::BendSpeed {
                speed: 0.993,
                rate: 1.0,
            },
            SyncCause::Drift,
            Some(Span::millis(1_200)),
        );
        slowed.what.bound = Some(Span::millis(2));
        assert_eq!(
            text(Language::Russian, &slowed),
            "замедление до 0,993×: опережение 1,2 с, ±2 мс"
        );
        let late = decision(
            SyncAction::Seek(Position::seconds(61)),
            SyncCause::RoomJumped,
            Some(Span::millis(-850)),
        );
        assert_eq!(
            text(Language::Russian, &late),
            "перемотка на 1:01: в комнате перемотали; отставание 850 мс"
        );
    }
}
