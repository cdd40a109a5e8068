//! The sync state of the member's player as text.

use crate::app::output::PlayerView;
use crate::protocol::time::Span;
use crate::strings::numbers::milliseconds;
use crate::sync::follow::{ReadSoFar, Status, SyncState, Unsynced};
use crate::texts::language::Language;

/// From this distance on it is shown in whole seconds.
const SHOWN_APART: Span = Span::millis(500);

/// The distance between the players of live media.
#[must_use]
pub fn live_apart(language: Language, apart: Span) -> String {
    if apart < SHOWN_APART {
        "less than 1 s apart".to_owned()
    } else {
        format!("about {:.0} s apart", apart.as_seconds())
    }
}

/// The sync state of the member's player.
#[must_use]
pub fn sync(language: Language, status: &Status, player: &PlayerView, paused: bool) -> String {
    match player {
        PlayerView::Off => return "○ chat only".to_owned(),
        PlayerView::Starting => return "◔ mpv starts".to_owned(),
        PlayerView::Gone(_) => return "✕ no mpv: /retry".to_owned(),
        PlayerView::Failed(_) => return "✕ cannot play: F4".to_owned(),
        PlayerView::Refused(_) => return "✕ link refused".to_owned(),
        PlayerView::Loading => return "◔ opening".to_owned(),
        PlayerView::ReadingOn(ReadSoFar { read, to }) => {
            return format!("◔ reads on: {read} of {to}");
        }
        PlayerView::Buffering => return "◌ stalled".to_owned(),
        PlayerView::Frozen => return "✕ mpv is frozen".to_owned(),
        PlayerView::Idle { .. } => return "○ ready".to_owned(),
        PlayerView::Playing | PlayerView::Paused => {}
    }
    let off = status
        .error
        .map(|error| milliseconds(language, error.abs()));
    let close = status.is_in_step();
    match (status.state, off) {
        (SyncState::Waiting, _) => "◌ waiting".to_owned(),
        (SyncState::Ahead, _) => "◐ lets the room arrive".to_owned(),
        (SyncState::Seeking, _) => "◐ seeking".to_owned(),
        (SyncState::Unsynced(Unsynced::Live), _) => match status.apart {
            Some(apart) => format!("● live: {}", live_apart(language, apart)),
            None => "● live".to_owned(),
        },
        (SyncState::Unsynced(Unsynced::TimeJumps), _) => "◐ not in step".to_owned(),
        (SyncState::Unsynced(Unsynced::EndsEarly), _) => "✕ your copy is over".to_owned(),
        (SyncState::Unsynced(Unsynced::OtherBeginning), _) => "◐ other pictures".to_owned(),
        (SyncState::Unsynced(Unsynced::NoClock), _) => "◔ setting clocks".to_owned(),
        _ if paused => "● paused".to_owned(),
        (SyncState::Nudging, Some(off)) if !close => format!("◐ catching up, {off}"),
        (_, Some(off)) if close => format!("● in step, {off}"),
        (_, Some(off)) => format!("◐ {off} off"),
        _ => "◔ starting".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Status, SyncState, Unsynced, sync};
    use crate::app::output::PlayerView;
    use crate::protocol::time::Span;
    use crate::strings::screen::own;
    use crate::texts::language::Language;

    #[test]
    fn only_a_player_that_is_close_is_called_in_step() {
        for (error, words) in [
            (40, "● in step, 40 ms"),
            (-41, "◐ 41 ms off"),
            (-6_100, "◐ 6.1 s off"),
        ] {
            let status = Status {
                state: SyncState::Holding,
                error: Some(Span::millis(error)),
                bound: None,
                speed: 1.0,
                buffered: None,
                round_trip: None,
                live: None,
                apart: None,
            };
            assert_eq!(
                sync(Language::English, &status, &PlayerView::Playing, false),
                words
            );
        }
    }

    #[test]
    fn live_media_that_is_not_steered_says_how_far_apart_its_players_are() {
        for (apart, words) in [
            (None, "live"),
            (Some(0), "live: less than 1 s apart"),
            (Some(499), "live: less than 1 s apart"),
            (Some(501), "live: about 1 s apart"),
            (Some(2_700), "live: about 3 s apart"),
            (Some(61_200), "live: about 61 s apart"),
        ] {
            let status = Status {
                state: SyncState::Unsynced(Unsynced::Live),
                error: None,
                bound: None,
                speed: 1.0,
                buffered: None,
                round_trip: None,
                live: None,
                apart: apart.map(Span::millis),
            };
            let screen = sync(Language::English, &status, &PlayerView::Playing, false);
            assert_eq!(screen, format!("● {words}"));
            let words = words.replace(": ", ", ");
            let own = own(Language::English, &status);
            assert!(own.starts_with(&format!("You: {words} · ")), "{own}");
        }
    }
}
