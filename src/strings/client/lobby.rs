//! Texts about the start of the media that waits in the lobby.

use crate::app::output::{LobbyNotice, Notice, Person};
use crate::app::time_of_day::ClockTime;
use crate::protocol::lobby::{StartCause, StartRule};
use crate::strings::screen::{ready_count, start_time};
use crate::strings::sentences::you;
use crate::texts::language::Language;
use crate::texts::tr;

/// The text about a start; `None` for other notices.
pub(super) fn text(language: Language, notice: &Notice) -> Option<String> {
    let Notice::Lobby(notice) = notice else {
        return None;
    };
    Some(match notice {
        LobbyNotice::Waits {
            start,
            clock,
            ready,
            for_next,
        } => {
            let when = when(language, *start, *clock);
            waits(language, &when, *ready, *for_next)
        }
        LobbyNotice::StartSet {
            who,
            start,
            clock,
            for_next,
            may_play,
        } => {
            let when = when(language, *start, *clock);
            let set = set(language, who, &when, *for_next);
            with_hint(set, *for_next && *may_play, || {
                tr!(language, "notice-start-next-hint")
            })
        }
        LobbyNotice::StartOff {
            who,
            waited,
            may_resume,
        } => {
            let off = off(language, who, *waited);
            with_hint(off, *waited && *may_resume, || {
                tr!(language, "notice-lobby-closed-hint")
            })
        }
        LobbyNotice::ReadyAgain => tr!(language, "notice-ready-again"),
        LobbyNotice::StartMissed { may_start } => {
            let missed = tr!(language, "notice-start-missed");
            with_hint(missed, *may_start, || {
                tr!(language, "notice-start-missed-hint")
            })
        }
        LobbyNotice::Starts {
            who,
            why,
            may_pause,
        } => {
            let starts = starts(language, who.as_ref(), *why);
            with_hint(starts, *may_pause, || {
                tr!(language, "notice-countdown-hint")
            })
        }
    })
}

fn when(language: Language, rule: StartRule, clock: Option<ClockTime>) -> String {
    match (rule, clock) {
        (StartRule::Ready { members }, _) => ready_count(language, members.get()),
        (StartRule::AllReady, _) => tr!(language, "lobby-when-all"),
        (StartRule::At { .. }, Some(clock)) => start_time(language, clock),
        (StartRule::Told | StartRule::At { .. }, _) => tr!(language, "lobby-when-told"),
    }
}

/// What waits, for whoever comes.
fn waits(language: Language, when: &str, ready: usize, for_next: bool) -> String {
    let starts = if for_next {
        tr!(
            language,
            "notice-start-next",
            who = "",
            you = "yes",
            when = when
        )
    } else {
        format!("{}.", tr!(language, "lobby-start", when = when))
    };
    let ready = tr!(language, "room-lobby-ready", ready = ready);
    format!("{starts} {ready} {}", tr!(language, "notice-lobby-hint"))
}

/// When what waits starts, or what comes on next.
fn set(language: Language, who: &Person, when: &str, for_next: bool) -> String {
    let (name, you) = (who.name.as_str(), you(who));
    if for_next {
        return tr!(
            language,
            "notice-start-next",
            who = name,
            you = you,
            when = when
        );
    }
    tr!(
        language,
        "notice-start-set",
        who = name,
        you = you,
        when = when
    )
}

/// That no start is set any more. Without media on that is all; media that waited is paused.
fn off(language: Language, who: &Person, waited: bool) -> String {
    let (name, you) = (who.name.as_str(), you(who));
    if waited {
        tr!(language, "notice-lobby-closed", who = name, you = you)
    } else {
        tr!(language, "notice-start-off", who = name, you = you)
    }
}

fn starts(language: Language, who: Option<&Person>, why: StartCause) -> String {
    match (why, who) {
        (StartCause::Told, Some(who)) => {
            let (name, you) = (who.name.as_str(), you(who));
            tr!(language, "notice-starts", who = name, you = you)
        }
        (StartCause::Ready | StartCause::Told, _) => tr!(language, "notice-starts-ready"),
        (StartCause::Time, _) => tr!(language, "notice-starts-time"),
    }
}

fn with_hint(text: String, may: bool, hint: impl Fn() -> String) -> String {
    if may {
        format!("{text} {}", hint())
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;

    use super::text;
    use crate::app::output::{LobbyNotice, Notice, Person};
    use crate::app::time_of_day::ClockTime;
    use crate::app::wall_time::WallTime;
    use crate::protocol::lobby::{StartCause, StartRule};
    use crate::protocol::text::MemberName;
    use crate::protocol::time::{RoomTime, Span};
    use crate::texts::language::Language::{English, Russian};

    fn vera() -> Person {
        Person::other(MemberName::parse("Vera").unwrap())
    }

    fn set(start: StartRule, later: i64) -> LobbyNotice {
        let now = WallTime {
            since_epoch: 1_795_897_800_000_000,
            offset: 0,
            change: None,
        };
        LobbyNotice::StartSet {
            who: vera(),
            start,
            clock: Some(ClockTime::after(now, Span::seconds(later))),
            for_next: false,
            may_play: true,
        }
    }

    #[test]
    fn when_it_starts_is_said_by_ones_own_clock() {
        let at = StartRule::At { at: RoomTime(0) };
        let members = NonZeroU32::new(3).unwrap();
        let rows = [
            (
                set(at, 1_800),
                "Vera set the start: at 21:00.",
                "Vera назначает начало: в 21:00.",
            ),
            (
                set(at, 23 * 3_600),
                "Vera set the start: tomorrow at 19:30.",
                "Vera назначает начало: завтра в 19:30.",
            ),
            (
                set(StartRule::Ready { members }, 0),
                "Vera set the start: when 3 are ready.",
                "Vera назначает начало: когда будут готовы 3 человека.",
            ),
            (
                set(StartRule::AllReady, 0),
                "Vera set the start: when everyone is ready.",
                "Vera назначает начало: когда все будут готовы.",
            ),
            (
                LobbyNotice::StartSet {
                    who: Person {
                        is_you: true,
                        ..vera()
                    },
                    start: StartRule::AllReady,
                    clock: None,
                    for_next: true,
                    may_play: true,
                },
                "The next video will start when everyone is ready. /play LINK puts it on; until then it waits in the lobby.",
                "Начало следующего видео: когда все будут готовы. Включите его: /играть ССЫЛКА. До начала оно подождёт в лобби.",
            ),
            (
                LobbyNotice::Waits {
                    start: StartRule::Told,
                    clock: None,
                    ready: 2,
                    for_next: false,
                },
                "The video starts when an admin says so. Ready: 2. Type /ready when you are.",
                "Начало: по команде админа. Готовы: 2. Будете готовы — наберите /готово.",
            ),
            (
                LobbyNotice::StartOff {
                    who: vera(),
                    waited: false,
                    may_resume: true,
                },
                "Vera called off the start.",
                "Vera отменяет назначенное начало.",
            ),
            (
                LobbyNotice::StartOff {
                    who: vera(),
                    waited: true,
                    may_resume: true,
                },
                "Vera closed the lobby. The video is paused. /resume plays it.",
                "Vera закрывает лобби. Видео на паузе. Смотреть: /продолжить.",
            ),
            (
                LobbyNotice::Starts {
                    who: None,
                    why: StartCause::Time,
                    may_pause: true,
                },
                "It's time! The video starts: 3, 2, 1. /pause stops it.",
                "Пора! Начинаем: 3, 2, 1. Остановить: /пауза.",
            ),
        ];
        for (notice, english, russian) in rows {
            let notice = Notice::Lobby(notice);
            assert_eq!(text(English, &notice).unwrap(), english);
            assert_eq!(text(Russian, &notice).unwrap(), russian);
        }
    }
}
