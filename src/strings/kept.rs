//! The words for how long a room is kept once it is empty.

use super::numbers::coarse;
use crate::app::output::Lifetime;
use crate::texts::language::Language;
use crate::texts::tr;

/// How long the room is kept once everybody has left, for who enters it.
#[must_use]
pub fn after_all_left(language: Language, lifetime: Lifetime) -> String {
    if lifetime == Lifetime::NONE {
        return tr!(language, "line-joined-kept-not");
    }
    let now = coarse(language, lifetime.now);
    if lifetime.now == lifetime.once_lasting {
        return tr!(language, "line-joined-kept", span = now);
    }
    let lasting = coarse(language, lifetime.once_lasting);
    tr!(
        language,
        "line-joined-kept-briefly",
        span = now,
        lasting = lasting
    )
}

/// How long the room is kept, for who leaves it: `alone` if they are the last.
#[must_use]
pub fn goodbye(language: Language, lifetime: Lifetime, alone: bool) -> String {
    let span = coarse(language, lifetime.now);
    if alone {
        tr!(language, "goodbye-kept-empty", span = span)
    } else {
        tr!(language, "goodbye-kept", span = span)
    }
}

/// How long the room is kept on this computer, for who leaves it and was its server.
#[must_use]
pub fn here(language: Language, lifetime: Lifetime) -> String {
    let span = coarse(language, lifetime.now);
    tr!(language, "goodbye-kept-here", span = span)
}

/// That the room ends with this process, which was its server.
#[must_use]
pub fn not_here(language: Language) -> String {
    tr!(language, "goodbye-kept-nowhere")
}

#[cfg(test)]
mod tests {
    use super::{after_all_left, goodbye};
    use crate::app::output::Lifetime;
    use crate::protocol::time::Span;
    use crate::texts::language::Language::{English, Russian};

    const WEEK: Span = Span::seconds(7 * 86_400);
    const BRIEFLY: Span = Span::seconds(600);

    #[test]
    fn days_hours_and_minutes_follow_the_language() {
        let rows = [
            (WEEK, "7 days", "7 дней"),
            (Span::seconds(2 * 86_400), "2 days", "2 дня"),
            (Span::seconds(86_400), "24 h", "24 ч"),
            (Span::seconds(5_400), "1 h 30 min", "1 ч 30 мин"),
            (BRIEFLY, "10 min", "10 мин"),
            (Span::seconds(45), "45 s", "45 с"),
        ];
        for (span, english, russian) in rows {
            let lifetime = Lifetime {
                now: span,
                once_lasting: span,
            };
            let words = goodbye(English, lifetime, true);
            assert!(words.contains(&format!("for {english}.")), "{words}");
            let words = goodbye(Russian, lifetime, true);
            assert!(words.contains(russian), "{words}");
        }
    }

    #[test]
    fn who_enters_a_room_that_is_not_kept_reads_of_no_time() {
        let words = after_all_left(English, Lifetime::NONE);
        assert_eq!(words, "Nothing of this room is kept once you leave.");
    }

    #[test]
    fn who_enters_reads_what_would_keep_the_room_longer() {
        let brief = Lifetime {
            now: BRIEFLY,
            once_lasting: WEEK,
        };
        let words = after_all_left(English, brief);
        assert!(
            words.contains("10 min") && words.contains("7 days"),
            "{words}"
        );
    }
}
