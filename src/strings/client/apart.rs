//! Texts for a player that cannot be at the room's position.

use super::player_words;
use crate::app::output::ApartNotice;
use crate::protocol::time::{Position, Span};
use crate::strings::numbers::seconds;
use crate::texts::language::Language;
use crate::texts::tr;

/// Why the member's player is elsewhere.
pub(super) fn text(language: Language, notice: &ApartNotice) -> String {
    match notice {
        ApartNotice::CannotSeek { off } => {
            tr!(
                language,
                "notice-cannot-seek",
                off = seconds(language, *off)
            )
        }
        ApartNotice::TimeJumps => tr!(language, "notice-time-jumps"),
        ApartNotice::EndsEarly => tr!(language, "notice-ends-early"),
        ApartNotice::OtherBeginning { off } => other_beginning(language, *off),
        ApartNotice::PartMissing { at, length } => part_missing(language, *at, *length),
        ApartNotice::TriesAgain(problem) => {
            let problem = player_words::interrupted(language, problem);
            tr!(language, "notice-tries-again", problem = problem)
        }
    }
}

/// The player goes on after a part that is missing.
fn part_missing(language: Language, at: Option<Position>, length: Span) -> String {
    let length = (length > Span::ZERO).then(|| seconds(language, length));
    match (at, length) {
        (Some(at), Some(length)) => tr!(
            language,
            "notice-part-missing-at-length",
            at = at.to_string(),
            length = length
        ),
        (Some(at), None) => tr!(language, "notice-part-missing-at", at = at.to_string()),
        (None, Some(length)) => tr!(language, "notice-part-missing-length", length = length),
        (None, None) => tr!(language, "notice-part-missing"),
    }
}

/// This copy shows another scene at the same position.
fn other_beginning(language: Language, off: Span) -> String {
    let apart = seconds(language, off);
    if off > Span::ZERO {
        tr!(language, "notice-begins-later", off = apart)
    } else {
        tr!(language, "notice-begins-earlier", off = apart)
    }
}

#[cfg(test)]
mod tests {
    use super::text;
    use crate::app::output::ApartNotice;
    use crate::protocol::time::{Position, Span};
    use crate::texts::language::Language;

    #[test]
    fn a_missing_part_is_reported_with_what_is_known_of_it() {
        let at = Some(Position::seconds(12));
        let length = Span::seconds(2);
        for (at, length, expected) in [
            (
                at,
                length,
                "Part of the stream is missing at 0:12 (2.0 s) and was skipped.",
            ),
            (
                None,
                length,
                "Part of the stream is missing (2.0 s) and was skipped.",
            ),
            (
                at,
                Span::ZERO,
                "Part of the stream is missing at 0:12 and was skipped.",
            ),
            (
                None,
                Span::ZERO,
                "Part of the stream is missing and was skipped.",
            ),
        ] {
            assert_eq!(
                text(Language::English, &ApartNotice::PartMissing { at, length }),
                expected
            );
        }
    }
}
