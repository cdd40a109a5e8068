//! What the progress line says: how well in step the own player is, and whom the room waits for.

use crate::app::output::{Person, PlayerView};
use crate::protocol::time::{MICROS_PER_SECOND, Span};
use crate::strings::numbers::{decimal, long, milliseconds, whole_seconds};
use crate::strings::sentences::you;
use crate::sync::follow::{ReadSoFar, Status, SyncState, Unsynced};
use crate::texts::language::Language;
use crate::texts::tr;

/// From this distance on it is shown in whole seconds.
const SHOWN_APART: Span = Span::millis(500);

/// From this offset on it is said, in whole seconds.
const SHOWN_FAR: Span = Span::seconds(1);

/// Live media that is not steered plays.
#[must_use]
pub fn live(language: Language) -> String {
    tr!(language, "screen-live")
}

/// How a member is doing who watches live media that is not steered, in at most 11 cells.
#[must_use]
pub fn live_short(language: Language) -> String {
    tr!(language, "screen-live-short")
}

/// The distance between the players of live media.
fn live_apart(language: Language, apart: Span) -> String {
    if apart < SHOWN_APART {
        tr!(language, "screen-live-close")
    } else {
        let seconds = decimal(language, apart.as_seconds(), 0);
        tr!(language, "screen-live-apart", seconds = seconds)
    }
}

/// The sync state of the member's player, behind a shape for it.
#[must_use]
pub fn sync(language: Language, status: &Status, player: &PlayerView, paused: bool) -> String {
    let (shape, words) =
        player_state(language, player).unwrap_or_else(|| step(language, status, paused));
    format!("{shape} {words}")
}

/// The shape and the words for a player that does not play; `None` for one that does.
fn player_state(language: Language, player: &PlayerView) -> Option<(char, String)> {
    Some(match player {
        PlayerView::Off => ('○', tr!(language, "screen-player-off")),
        PlayerView::Starting => ('◔', tr!(language, "screen-player-starting")),
        PlayerView::Gone(_) => ('✕', tr!(language, "screen-player-gone")),
        PlayerView::Failed(_) => ('✕', tr!(language, "screen-player-failed")),
        PlayerView::Refused(_) => ('✕', tr!(language, "screen-player-refused")),
        PlayerView::Loading => ('◔', tr!(language, "screen-player-opening")),
        PlayerView::ReadingOn(ReadSoFar { read, to }) => {
            let (read, to) = (read.to_string(), to.to_string());
            let words = tr!(language, "screen-player-reading", read = read, to = to);
            ('◔', words)
        }
        PlayerView::Buffering => ('◌', tr!(language, "screen-player-buffering")),
        PlayerView::Frozen => ('✕', tr!(language, "screen-player-frozen")),
        PlayerView::Idle { .. } => ('○', tr!(language, "screen-player-ready")),
        PlayerView::Playing | PlayerView::Paused => return None,
    })
}

/// The shape and the words for how well in step a player is. No figure twitches: how far off it is
/// is said in whole seconds, from one on.
fn step(language: Language, status: &Status, paused: bool) -> (char, String) {
    if let SyncState::Unsynced(why) = status.state
        && let Some(known) = unsynced(language, why, status)
    {
        return known;
    }
    match (status.state, status.error) {
        (SyncState::Waiting, _) => ('◌', tr!(language, "screen-step-waiting")),
        (SyncState::Ahead, _) => ('◐', tr!(language, "screen-step-ahead")),
        (SyncState::Seeking, _) => ('◐', tr!(language, "screen-step-seeking")),
        _ if paused => ('●', tr!(language, "screen-step-paused")),
        (_, Some(_)) if status.is_in_step() => ('●', tr!(language, "screen-step-in-step")),
        (_, Some(error)) => ('◐', far(language, error)),
        _ => ('◔', tr!(language, "screen-step-starting")),
    }
}

/// That a player is off by so much.
fn far(language: Language, error: Span) -> String {
    if error.abs() < SHOWN_FAR {
        return tr!(language, "screen-step-catching-up");
    }
    let off = whole_seconds(
        language,
        Span(error.abs().0 / MICROS_PER_SECOND * MICROS_PER_SECOND),
    );
    if error.0 < 0 {
        tr!(language, "screen-step-behind", off = off)
    } else {
        tr!(language, "screen-step-ahead-of", off = off)
    }
}

/// Why a player is not kept in step, where that says more than how far off it is.
fn unsynced(language: Language, why: Unsynced, status: &Status) -> Option<(char, String)> {
    Some(match why {
        Unsynced::Live => match status.apart {
            Some(apart) => {
                let apart = live_apart(language, apart);
                let words = tr!(language, "screen-step-live", apart = apart.as_str());
                ('●', words)
            }
            None => ('●', live(language)),
        },
        Unsynced::TimeJumps => ('◐', tr!(language, "screen-step-time-jumps")),
        Unsynced::EndsEarly => ('✕', tr!(language, "screen-step-copy-ended")),
        Unsynced::OtherBeginning => ('◐', tr!(language, "screen-step-other-scene")),
        Unsynced::NoClock => ('◔', tr!(language, "screen-step-no-clock")),
        _ => return None,
    })
}

/// The own player's offset, the clock's error bound, and the playback rate.
#[must_use]
pub fn own(language: Language, status: &Status, paused: bool) -> String {
    let off = match status.error {
        _ if status.state == SyncState::Unsynced(Unsynced::Live) => match status.apart {
            Some(apart) => {
                let apart = live_apart(language, apart);
                tr!(language, "screen-own-live", apart = apart.as_str())
            }
            None => live(language),
        },
        Some(error) if error.abs() < Span::millis(1) => tr!(language, "screen-own-in-step"),
        Some(error) => {
            let off = milliseconds(language, error);
            if error.0 < 0 {
                tr!(language, "screen-own-behind", off = off.as_str())
            } else {
                tr!(language, "screen-own-ahead", off = off.as_str())
            }
        }
        // Nothing moves, so nothing is read: it stands where it was put.
        None if paused && status.state == SyncState::Holding => {
            tr!(language, "screen-own-paused")
        }
        None => tr!(language, "screen-own-not-measured"),
    };
    let clock = match status.bound {
        Some(bound) => {
            let bound = milliseconds(language, bound);
            tr!(language, "screen-own-clock", bound = bound.as_str())
        }
        None => tr!(language, "screen-own-no-clock"),
    };
    tr!(
        language,
        "screen-own",
        off = off.as_str(),
        clock = clock.as_str(),
        speed = decimal(language, status.speed, 3)
    )
}

/// For how long the connection has been lost.
#[must_use]
pub fn reconnecting(language: Language, since: Span) -> String {
    let since = long(language, since);
    let words = tr!(language, "screen-reconnecting", since = since.as_str());
    format!("⚠ {words}")
}

/// For whom the room waits, and for how long at most.
#[must_use]
pub fn held(language: Language, who: &Person, left: Span) -> String {
    tr!(
        language,
        "screen-held",
        who = who.name.as_str(),
        you = you(who),
        left = long(language, left)
    )
}

/// The members whose players the start of new media waits for.
#[must_use]
pub fn gate(language: Language, missing: &[Person], left: Span) -> String {
    match missing {
        [] => tr!(language, "screen-starts-in", left = long(language, left)),
        [who] => held(language, who, left),
        [who, others @ ..] => tr!(
            language,
            "screen-held-several",
            who = who.name.as_str(),
            you = you(who),
            others = others.len(),
            left = long(language, left)
        ),
    }
}

/// The media has ended and nothing in the queue is approved; how much is proposed.
#[must_use]
pub fn over(language: Language, proposed: usize) -> String {
    let words = match proposed {
        0 => tr!(language, "screen-over"),
        _ => tr!(language, "screen-over-proposed", proposed = proposed),
    };
    format!("■ {words}")
}

/// A number of the countdown.
#[must_use]
pub fn counting(language: Language, number: u8) -> String {
    tr!(language, "screen-counting", number = number)
}

#[cfg(test)]
mod tests {
    use super::{Status, SyncState, Unsynced, gate, held, own, sync};
    use crate::app::output::{Person, PlayerView};
    use crate::protocol::text::MemberName;
    use crate::protocol::time::Span;
    use crate::texts::language::Language::{self, English, Russian};

    fn status(error: Option<Span>) -> Status {
        Status {
            state: SyncState::Holding,
            error,
            bound: None,
            speed: 1.0,
            buffered: None,
            round_trip: None,
            live: None,
            apart: None,
        }
    }

    #[test]
    fn only_a_player_that_is_close_is_called_in_step() {
        for (error, words) in [
            (40, "● in step"),
            (-41, "◐ catching up"),
            (-999, "◐ catching up"),
            (-6_100, "◐ 6 s behind"),
            (1_900, "◐ 1 s ahead"),
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
            let own = own(Language::English, &status, false);
            assert!(own.starts_with(&format!("You: {words} · ")), "{own}");
        }
    }

    #[test]
    fn each_language_has_its_own_words_and_figures() {
        let near = Status {
            bound: Some(Span::millis(3)),
            ..status(Some(Span::millis(-12)))
        };
        let shown = sync(Russian, &near, &PlayerView::Playing, false);
        assert_eq!(shown, "● синхронно");
        assert_eq!(
            own(Russian, &near, false),
            "Вы: отставание 12 мс · часы сверены до ±3 мс · скорость 1,000×"
        );
        assert_eq!(
            own(English, &near, false),
            "You: 12 ms behind the room · room clock known to ±3 ms · speed 1.000×"
        );
        let still = own(English, &status(None), true);
        assert!(
            still.starts_with("You: paused at the room's frame · "),
            "{still}"
        );
        let far = status(Some(Span::millis(6_100)));
        let shown = sync(Russian, &far, &PlayerView::Playing, false);
        assert_eq!(shown, "◐ опережение 6 с");
    }

    #[test]
    fn whom_the_room_waits_for_is_a_name_or_you() {
        let vera = Person::other(MemberName::parse("Вера").unwrap());
        let me = Person {
            is_you: true,
            ..vera.clone()
        };
        let (left, both) = (Span::seconds(8), [me.clone(), vera.clone()]);
        assert_eq!(held(English, &me, left), "waiting for you, up to 8 s");
        assert_eq!(held(English, &vera, left), "waiting for Вера, up to 8 s");
        assert_eq!(held(Russian, &me, left), "ждём вас, до 8 с");
        assert_eq!(held(Russian, &vera, left), "ждём: Вера, до 8 с");
        assert_eq!(gate(Russian, &both, left), "ждём вас +1, до 8 с");
        assert_eq!(gate(English, &both, left), "waiting for you +1, up to 8 s");
        assert_eq!(gate(Russian, &[], left), "старт через 8 с");
    }
}
