//! Texts about players that cannot play the room's media, and about what happens next.

use super::numbers::whole_seconds;
use super::sentences::you;
use crate::app::output::Person;
use crate::protocol::failure::FailureCode;
use crate::protocol::playback::StandstillCause;
use crate::protocol::text::MemberName;
use crate::protocol::time::Span;
use crate::texts::language::Language;
use crate::texts::tr;

/// Shown in place of the sync state while nobody can play the media.
#[must_use]
pub fn nobody(language: Language) -> String {
    tr!(language, "standstill-nobody")
}

/// Shown while every copy of the media has ended before the room's.
#[must_use]
pub fn all_ended(language: Language) -> String {
    tr!(language, "standstill-all-ended")
}

/// Shown while nobody has a player open.
#[must_use]
pub fn all_closed(language: Language) -> String {
    tr!(language, "standstill-all-closed")
}

/// Why a player cannot play the media, to follow a colon.
#[must_use]
pub fn reason(language: Language, code: FailureCode) -> String {
    match code {
        FailureCode::Gone => tr!(language, "standstill-gone"),
        FailureCode::Refused => tr!(language, "standstill-refused"),
        FailureCode::Busy => tr!(language, "standstill-busy"),
        FailureCode::Unreachable => tr!(language, "standstill-unreachable"),
        FailureCode::NotVideo => tr!(language, "standstill-not-video"),
        FailureCode::Untrusted => tr!(language, "standstill-untrusted"),
        FailureCode::Other => tr!(language, "standstill-other"),
    }
}

/// Why no player can play the media, to follow a colon.
fn common_reason(language: Language, code: FailureCode) -> String {
    match code {
        FailureCode::Untrusted => tr!(language, "standstill-untrusted-for-all"),
        FailureCode::Other => tr!(language, "standstill-other-for-all"),
        code => reason(language, code),
    }
}

/// New media starts, and the players of these were not ready in time.
#[must_use]
pub fn started_without(language: Language, missed: &[Person]) -> String {
    let you = tr!(language, "standstill-you");
    let names = missed.iter().map(|person| {
        if person.is_you {
            you.as_str()
        } else {
            person.name.as_str()
        }
    });
    let names: Vec<&str> = names.collect();
    tr!(
        language,
        "standstill-started-without",
        missed = names.join(", ")
    )
}

/// A member's player cannot play the media.
#[must_use]
pub fn one(language: Language, name: &MemberName, code: FailureCode, retrying: bool) -> String {
    let reason = reason(language, code);
    let who = name.as_str();
    if retrying {
        tr!(
            language,
            "standstill-one-retries",
            who = who,
            reason = reason
        )
    } else {
        tr!(language, "standstill-one", who = who, reason = reason)
    }
}

/// Nobody plays the media, and when the next entry starts.
#[must_use]
pub fn all(language: Language, cause: StandstillCause, next_in: Option<Span>) -> String {
    let why = match cause {
        StandstillCause::Failed { code } => {
            let reason = common_reason(language, code);
            tr!(language, "standstill-failed", reason = reason)
        }
        StandstillCause::Ended => tr!(language, "standstill-ended"),
        StandstillCause::Closed => tr!(language, "standstill-closed"),
    };
    let next = match (next_in, cause) {
        (Some(next_in), _) => {
            let left = whole_seconds(language, next_in);
            tr!(language, "standstill-next", left = left)
        }
        (
            None,
            StandstillCause::Failed {
                code: FailureCode::Untrusted,
            },
        ) => tr!(language, "standstill-trust"),
        (None, StandstillCause::Failed { .. }) => tr!(language, "standstill-retry"),
        (None, StandstillCause::Ended | StandstillCause::Closed) => return why,
    };
    format!("{why} {next}")
}

/// Nobody plays the media now, but some players still try.
#[must_use]
pub fn all_wait(language: Language, at_most: Span) -> String {
    let at_most = whole_seconds(language, at_most);
    tr!(language, "standstill-all-wait", at_most = at_most)
}

/// Somebody plays the media again: this member, if it was said of them that they cannot.
#[must_use]
pub fn somebody(language: Language, name: Option<&MemberName>) -> String {
    match name {
        Some(name) => tr!(language, "standstill-somebody-named", who = name.as_str()),
        None => tr!(language, "standstill-somebody"),
    }
}

/// A part of the media is missing for all players, and was skipped.
#[must_use]
pub fn part_skipped(language: Language, from: &str, to: &str) -> String {
    tr!(language, "standstill-part-skipped", from = from, to = to)
}

/// An admin set the media's length, or returned to the length that players report.
#[must_use]
pub fn length_set(language: Language, who: &Person, length: Option<&str>) -> String {
    let name = who.name.as_str();
    match length {
        Some(length) => tr!(
            language,
            "standstill-length-set",
            who = name,
            you = you(who),
            length = length
        ),
        None => tr!(
            language,
            "standstill-length-unset",
            who = name,
            you = you(who)
        ),
    }
}

#[cfg(test)]
mod tests {
    use crate::texts::language::Language;
    use std::collections::BTreeSet;

    use super::{all, length_set, one, reason, started_without};
    use crate::app::output::Person;
    use crate::protocol::failure::FailureCode;
    use crate::protocol::playback::StandstillCause;
    use crate::protocol::text::MemberName;
    use crate::protocol::time::Span;

    #[test]
    fn every_code_has_words_of_its_own() {
        let words: BTreeSet<String> = FailureCode::ALL
            .iter()
            .copied()
            .map(|code| reason(Language::English, code))
            .collect();
        assert_eq!(words.len(), FailureCode::ALL.len());
    }

    #[test]
    fn who_tries_again_is_distinguished_from_who_cannot() {
        let boris = MemberName::parse("Boris").unwrap();
        let gone = one(Language::English, &boris, FailureCode::Gone, false);
        assert_eq!(gone, "Boris can't play this: the link is dead.");
        let busy = one(Language::English, &boris, FailureCode::Busy, true);
        assert!(
            busy.contains("busy") && busy.contains("trying again"),
            "{busy}"
        );
    }

    #[test]
    fn where_the_room_is_not_trusted_another_try_is_of_no_use() {
        let code = FailureCode::Untrusted;
        let cause = StandstillCause::Failed { code };
        for (language, command) in [
            (Language::English, "/trust"),
            (Language::Russian, "/доверять"),
        ] {
            let words = all(language, cause, None);
            assert!(words.contains(command), "{words}");
            assert!(
                !words.contains("/retry") && !words.contains("/заново"),
                "{words}"
            );
        }
    }

    #[test]
    fn the_reason_comes_with_what_follows() {
        let code = FailureCode::Gone;
        let cause = StandstillCause::Failed { code };
        let next = all(Language::English, cause, Some(Span::millis(14_200)));
        assert!(
            next.starts_with("Nobody can play it: the link is dead."),
            "{next}"
        );
        assert!(next.contains("in 15 s"), "{next}");
        assert!(all(Language::English, cause, None).contains("/play LINK"));
        let ended = all(Language::English, StandstillCause::Ended, None);
        assert_eq!(ended, "Everyone's copy of the video ends here.");
    }

    #[test]
    fn names_stay_as_they_are_in_russian() {
        let anna = Person::other(MemberName::parse("Анна").unwrap());
        let you = Person {
            is_you: true,
            ..Person::other(MemberName::parse("Вера").unwrap())
        };
        assert_eq!(
            started_without(Language::Russian, &[anna.clone(), you.clone()]),
            "Начинаем. Пока не готовы: Анна, вы."
        );
        let length = |who| length_set(Language::Russian, who, Some("1:00"));
        assert_eq!(length(&anna), "Анна: длина видео теперь 1:00.");
        assert_eq!(
            length(&you),
            "Теперь длина видео — 1:00. /длина выкл вернёт как было."
        );
    }

    #[test]
    fn only_the_admin_who_set_a_length_reads_how_to_take_it_back() {
        let who = Person::other(MemberName::parse("Ann").unwrap());
        assert_eq!(
            length_set(Language::English, &who, Some("1:00")),
            "Ann set the video's length to 1:00."
        );
    }
}
