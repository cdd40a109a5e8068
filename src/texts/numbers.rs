//! Spans and positions as a language writes them: its units, and its decimal sign.

use crate::protocol::time::{Position, Span};
use crate::texts::language::Language;
use crate::texts::tr;

/// A span in seconds, with a tenth where it is short: `1.5 s`, `12 s`.
#[must_use]
pub fn seconds(language: Language, span: Span) -> String {
    let seconds = span.abs().as_seconds();
    let decimals = usize::from(seconds < 9.95);
    tr!(
        language,
        "number-seconds",
        seconds = decimal(language, seconds, decimals)
    )
}

/// A span in whole seconds, rounded up, so that whoever waits for so long waits long enough.
#[must_use]
pub fn whole_seconds(language: Language, span: Span) -> String {
    let seconds = span.as_seconds().ceil();
    tr!(
        language,
        "number-seconds",
        seconds = decimal(language, seconds, 0)
    )
}

/// A span as `2 ms`, `850 ms`, `1.2 s`.
#[must_use]
pub fn milliseconds(language: Language, span: Span) -> String {
    let millis = (span.0.abs() + 500) / 1_000;
    if millis < 1_000 {
        tr!(language, "number-milliseconds", milliseconds = millis)
    } else {
        let seconds = decimal(language, span.abs().as_seconds(), 1);
        tr!(language, "number-seconds", seconds = seconds)
    }
}

/// A span as `48 s`, `12 min`, `2 h 10 min`.
#[must_use]
pub fn long(language: Language, span: Span) -> String {
    let seconds = span.0.max(0) / 1_000_000;
    let (hours, minutes) = (seconds / 3_600, seconds / 60);
    match seconds {
        0..90 => tr!(language, "number-seconds", seconds = seconds.to_string()),
        90..5_400 => tr!(language, "number-minutes", minutes = minutes),
        _ if minutes % 60 == 0 => tr!(language, "number-whole-hours", hours = hours),
        _ => tr!(
            language,
            "number-hours",
            hours = hours,
            minutes = (minutes % 60)
        ),
    }
}

/// A span of which only the order matters: `45 s`, `10 min`, `24 h`, `1 h 30 min`, `7 days`.
#[must_use]
pub fn coarse(language: Language, span: Span) -> String {
    let minutes = span.0.max(0) / 60_000_000;
    match minutes {
        2_880.. => tr!(language, "number-days", days = ((minutes + 720) / 1_440)),
        60.. if minutes % 60 == 0 => {
            tr!(language, "number-whole-hours", hours = (minutes / 60))
        }
        _ => long(language, span),
    }
}

/// A span that somebody set, in seconds, or in whole minutes or hours: `30 s`, `90 s`, `5 min`, `2 h`.
#[must_use]
pub fn exact_span(language: Language, span: Span) -> String {
    let seconds = span.0.max(0) / 1_000_000;
    if seconds >= 7_200 && seconds % 3_600 == 0 {
        tr!(language, "number-whole-hours", hours = (seconds / 3_600))
    } else if seconds >= 120 && seconds % 60 == 0 {
        tr!(language, "number-minutes", minutes = (seconds / 60))
    } else {
        tr!(language, "number-seconds", seconds = seconds.to_string())
    }
}

/// A span to wait as `48 s`, `12 min`, `2 h 10 min`, rounded up, so that whoever waits for so long
/// waits long enough.
#[must_use]
pub fn rounded_up(language: Language, span: Span) -> String {
    let whole = |unit: i64| Span(unit * ((span.0.max(0) + unit - 1) / unit));
    let (second, minute) = (Span::seconds(1).0, Span::seconds(60).0);
    if span < Span::seconds(89) {
        long(language, whole(second))
    } else {
        long(language, whole(minute))
    }
}

/// A number with so many decimals: `1.5`, in Russian `1,5`.
#[must_use]
pub fn decimal(language: Language, number: f64, decimals: usize) -> String {
    decimal_sign(language, format!("{number:.decimals$}"))
}

/// A number with the decimals that it has: `1.25`, in Russian `1,25`.
#[must_use]
pub fn exact(language: Language, number: f64) -> String {
    decimal_sign(language, number.to_string())
}

fn decimal_sign(language: Language, number: String) -> String {
    match language {
        Language::English => number,
        Language::Russian => number.replace('.', ","),
    }
}

/// Two positions, with tenths of a second if they would look the same without.
#[must_use]
pub fn distinct_positions(language: Language, from: Position, to: Position) -> (String, String) {
    let whole = (from.to_string(), to.to_string());
    if whole.0 != whole.1 || from == to {
        return whole;
    }
    let sign = match language {
        Language::English => '.',
        Language::Russian => ',',
    };
    let tenths = |at: Position, whole: &str| {
        let tenth = at.0.max(0) % 1_000_000 / 100_000;
        format!("{whole}{sign}{tenth}")
    };
    (tenths(from, &whole.0), tenths(to, &whole.1))
}

#[cfg(test)]
mod tests {
    use super::{
        distinct_positions, exact, exact_span, long, milliseconds, rounded_up, seconds,
        whole_seconds,
    };
    use crate::protocol::time::{Position, Span};
    use crate::texts::language::Language::{English, Russian};

    #[test]
    fn each_language_has_its_units_and_its_decimal_sign() {
        let short = Span::millis(1_500);
        assert_eq!(seconds(English, short), "1.5 s");
        assert_eq!(seconds(Russian, short), "1,5 с");
        assert_eq!(seconds(Russian, Span::seconds(12)), "12 с");
        assert_eq!(whole_seconds(Russian, Span::millis(7_200)), "8 с");
        assert_eq!(exact(English, 1.25), "1.25");
        assert_eq!(exact(Russian, 1.25), "1,25");
        assert_eq!(exact(Russian, 2.0), "2");
        assert_eq!(milliseconds(English, Span::millis(850)), "850 ms");
        assert_eq!(milliseconds(Russian, Span::millis(850)), "850 мс");
        assert_eq!(milliseconds(Russian, Span::millis(1_200)), "1,2 с");
        assert_eq!(long(English, Span::seconds(7_800)), "2 h 10 min");
        assert_eq!(long(Russian, Span::seconds(7_800)), "2 ч 10 мин");
        assert_eq!(long(Russian, Span::seconds(720)), "12 мин");
    }

    #[test]
    fn what_was_set_is_exact_and_a_wait_is_rounded_up() {
        let exact = [(1, "1 s"), (90, "90 s"), (119, "119 s"), (300, "5 min")];
        for (seconds, text) in exact {
            assert_eq!(exact_span(English, Span::seconds(seconds)), text);
        }
        let waits = [
            (1, "1 s"),
            (29_001, "30 s"),
            (88_500, "89 s"),
            (89_001, "2 min"),
            (120_000, "2 min"),
            (120_001, "3 min"),
            (7_200_000, "2 h"),
        ];
        for (millis, text) in waits {
            assert_eq!(rounded_up(English, Span::millis(millis)), text);
        }
        assert_eq!(rounded_up(Russian, Span::seconds(200)), "4 мин");
    }

    #[test]
    fn positions_that_look_alike_get_tenths() {
        let (from, to) = (Position(15_100_000), Position(15_400_000));
        let shown = |language| distinct_positions(language, from, to);
        assert_eq!(shown(English), ("0:15.1".to_owned(), "0:15.4".to_owned()));
        assert_eq!(shown(Russian), ("0:15,1".to_owned(), "0:15,4".to_owned()));
    }
}
