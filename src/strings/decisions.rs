//! Texts for the decisions about the member's player and their causes, as `/why` shows them.

use super::screen::milliseconds;
use crate::app::decision::{Cause, Decision, Deed};

/// A decision as `sought to 0:42:10: the room jumped; it was 12 ms behind, ±1 ms`.
#[must_use]
pub fn text(decision: &Decision) -> String {
    let what = match decision.deed {
        Deed::Load(at) => format!("opened the video at {at}"),
        Deed::Seek(to) => format!("sought to {to}"),
        Deed::Pause => "paused".to_owned(),
        Deed::Play => "played on".to_owned(),
        Deed::Rate(rate) => format!("took the speed {rate}"),
        Deed::Bend(speed) => format!("bent the speed to {speed:.3}"),
        Deed::Straight => "took the room's speed again".to_owned(),
        Deed::BackOff => "waits before it seeks again, since the last one did not help".to_owned(),
        Deed::GiveUp => "gave the video up".to_owned(),
    };
    let why = cause(decision.cause);
    let Some(error) = decision.error else {
        return format!("{what}: {why}");
    };
    let side = if error.0 < 0 { "behind" } else { "ahead" };
    let bound = decision
        .bound
        .map_or_else(String::new, |bound| format!(", ±{}", milliseconds(bound)));
    let off = milliseconds(error.abs());
    if decision.cause == Cause::Drift {
        format!("{what}: it was {off} {side}{bound}")
    } else {
        format!("{what}: {why}; it was {off} {side}{bound}")
    }
}

/// The same after the media's position at that time.
#[must_use]
pub fn line(decision: &Decision) -> String {
    match decision.film {
        Some(film) => format!("{film} {}", text(decision)),
        None => text(decision),
    }
}

const fn cause(cause: Cause) -> &'static str {
    match cause {
        Cause::Joined => "you came into the room",
        Cause::Loaded => "another video came on",
        Cause::RoomPaused => "the room paused",
        Cause::RoomPlays => "the room plays on",
        Cause::RoomCounts => "an admin counts down",
        Cause::RoomJumped => "the room jumped",
        Cause::FilmOver => "the video is over",
        Cause::RoomRate => "the room changed its speed",
        Cause::RoomWaits => "the room waits for somebody",
        Cause::WaitOver => "the room's wait is over",
        Cause::ActUndone => "what you did in the player was undone",
        Cause::PlayerBack => "the player was started",
        Cause::Thawed => "the player answers again",
        Cause::Reopened => "the video was opened anew",
        Cause::Slept => "this computer slept",
        Cause::Drift => "it was not where the film was",
        Cause::Ahead => "it came out ahead, and lets the room arrive",
        Cause::RoomArrived => "the room has arrived here",
        Cause::DataLate => "its data came late, and the room went on meanwhile",
        Cause::TriedAgain => "it broke off or did not open, and is tried again",
        Cause::LeftCache => {
            "the room went back to what it no longer holds, and it cannot jump in this video: it \
             reads that anew from the start"
        }
        Cause::DoesNotPlay => "it does not play",
    }
}

#[cfg(test)]
mod tests {
    use super::text;
    use crate::app::decision::{Cause, Decision, Deed};
    use crate::protocol::time::{Position, Span};
    use crate::sync::follow::SyncState;

    fn worded(deed: Deed, cause: Cause, error: Option<Span>) -> String {
        text(&Decision {
            at: None,
            film: None,
            deed,
            cause,
            error,
            bound: None,
            state: SyncState::Holding,
        })
    }

    #[test]
    fn why_a_player_stands_seeks_again_or_gives_up_is_said() {
        let ahead = worded(Deed::Pause, Cause::Ahead, Some(Span::millis(5_800)));
        assert_eq!(
            ahead,
            "paused: it came out ahead, and lets the room arrive; it was 5.8 s ahead"
        );
        let again = worded(Deed::Load(Position::seconds(61)), Cause::TriedAgain, None);
        assert_eq!(
            again,
            "opened the video at 1:01: it broke off or did not open, and is tried again"
        );
        let late = worded(Deed::Seek(Position::seconds(61)), Cause::DataLate, None);
        assert!(late.contains("its data came late"), "{late}");
        let given_up = worded(Deed::GiveUp, Cause::DoesNotPlay, None);
        assert_eq!(given_up, "gave the video up: it does not play");
    }
}
