//! Texts about players that cannot play the room's media, and about what happens next.

use super::sentences::does;
use crate::app::output::Person;
use crate::protocol::failure::FailureCode;
use crate::protocol::playback::StandstillCause;
use crate::protocol::text::MemberName;
use crate::protocol::time::Span;
use crate::texts::language::Language;

/// Shown in place of the sync state while nobody can play the media.
pub const NOBODY: &str = "✕ nobody can play it";
/// Shown while every copy of the media has ended before the room's.
pub const ALL_ENDED: &str = "■ all copies end here";

/// Shown while nobody has a player open.
pub const ALL_CLOSED: &str = "○ nobody's player is open";

/// Why a player cannot play the media, to follow a colon.
#[must_use]
pub const fn reason(language: Language, code: FailureCode) -> &'static str {
    match code {
        FailureCode::Gone => "the link is gone",
        FailureCode::Refused => "the link is refused; it asks for a password or has expired",
        FailureCode::Busy => "the link's server is busy",
        FailureCode::Unreachable => "the link's server cannot be reached",
        FailureCode::NotVideo => "the link leads to no video",
        FailureCode::Other => "it does not play there",
    }
}

/// Why no player can play the media, to follow a colon.
const fn common_reason(language: Language, code: FailureCode) -> &'static str {
    match code {
        FailureCode::Other => "it plays on no player here",
        code => reason(language, code),
    }
}

/// New media starts, and these players were not ready in time.
#[must_use]
pub fn started_without(language: Language, missed: &str) -> String {
    format!("It starts without {missed}: not ready in time.")
}

/// A member's player cannot play the media.
#[must_use]
pub fn one(language: Language, name: &MemberName, code: FailureCode, retrying: bool) -> String {
    let reason = reason(language, code);
    if retrying {
        format!("{name} cannot play this now: {reason}. Their player tries again.")
    } else {
        format!("{name} cannot play this: {reason}")
    }
}

/// Nobody plays the media, and when the next entry starts.
#[must_use]
pub fn all(language: Language, cause: StandstillCause, next_in: Option<Span>) -> String {
    let why = match cause {
        StandstillCause::Failed { code } => {
            format!("Nobody can play it: {}.", common_reason(language, code))
        }
        StandstillCause::Ended => "Everybody's copy of the video ends here.".to_owned(),
        StandstillCause::Closed => "Nobody's player has the video open. It stands until \
             somebody's does: /retry opens yours."
            .to_owned(),
    };
    match (next_in, cause) {
        (Some(next_in), _) => format!(
            "{why} The next video starts in {} s; an admin starts it with /go, or stays with \
             /pause.",
            next_in.as_seconds().ceil()
        ),
        (None, StandstillCause::Failed { .. }) => {
            format!("{why} /retry tries it once more; /play LINK puts another on.")
        }
        (None, StandstillCause::Ended | StandstillCause::Closed) => why,
    }
}

/// Nobody plays the media now, but some players still try.
#[must_use]
pub fn all_wait(language: Language, at_most: Span) -> String {
    format!(
        "Nobody's player can play on now. The video stands until one can, for {} s at most; an \
         admin's /go waits no longer.",
        at_most.as_seconds().ceil()
    )
}

/// Somebody plays the media again.
pub const SOMEBODY: &str = "Somebody's player plays it after all.";

/// A part of the media is missing for all players, and was skipped.
#[must_use]
pub fn part_skipped(language: Language, from: &str, to: &str) -> String {
    format!("A part of the video is missing for everybody: skipped from {from} to {to}.")
}

/// An admin set the media's length, or returned to the length that players report.
#[must_use]
pub fn length_set(language: Language, who: &Person, length: Option<&str>) -> String {
    match length {
        Some(length) => format!(
            "{} that the video is {length} long. /length off takes it back.",
            does(language, who, "says", "say")
        ),
        None => format!(
            "{} the video's length to the players again.",
            does(language, who, "leaves", "leave")
        ),
    }
}

#[cfg(test)]
mod tests {
    use crate::texts::language::Language;
    use std::collections::BTreeSet;

    use super::{all, one, reason};
    use crate::protocol::failure::FailureCode;
    use crate::protocol::playback::StandstillCause;
    use crate::protocol::text::MemberName;
    use crate::protocol::time::Span;

    #[test]
    fn every_code_has_words_of_its_own() {
        let words: BTreeSet<&str> = FailureCode::ALL
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
        assert_eq!(gone, "Boris cannot play this: the link is gone");
        let busy = one(Language::English, &boris, FailureCode::Busy, true);
        assert!(
            busy.contains("busy") && busy.contains("tries again"),
            "{busy}"
        );
    }

    #[test]
    fn the_reason_comes_with_what_follows() {
        let code = FailureCode::Gone;
        let cause = StandstillCause::Failed { code };
        let next = all(Language::English, cause, Some(Span::millis(14_200)));
        assert!(
            next.starts_with("Nobody can play it: the link is gone."),
            "{next}"
        );
        assert!(next.contains("in 15 s"), "{next}");
        assert!(all(Language::English, cause, None).contains("/play LINK"));
        let ended = all(Language::English, StandstillCause::Ended, None);
        assert_eq!(ended, "Everybody's copy of the video ends here.");
    }
}
