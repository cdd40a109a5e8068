//! Texts for a player that cannot be at the room's position.

use super::player_words;
use crate::app::output::Notice;
use crate::protocol::time::{Position, Span};
use crate::strings::numbers::seconds;
use crate::texts::language::Language;

/// Why the member's player is elsewhere; `None` for other notices.
pub(super) fn text(language: Language, notice: &Notice) -> String {
    match notice {
        Notice::CannotSeek { off } => format!(
            "You are {} off, and this video's server does not let your player jump in it (it \
             takes no range requests). A link from another server would help.",
            seconds(language, *off)
        ),
        Notice::TimeJumps => "This video's own time jumps in the middle: players are not kept in \
             step from here on. A /seek brings them near each other again."
            .to_owned(),
        Notice::EndsEarly => "Your copy of the video ends here; the room plays on. Your player \
             joins in again with the next video, or when the room comes back to what you have."
            .to_owned(),
        Notice::OtherBeginning { off } => other_beginning(language, *off),
        Notice::PartMissing { at, length } => part_missing(language, *at, *length),
        Notice::TriesAgain(problem) => format!(
            "{} It is tried again by itself; /retry tries at once.",
            player_words::interrupted(language, problem)
        ),
        _ => String::new(),
    }
}

/// The player goes on after a part that is missing.
fn part_missing(language: Language, at: Option<Position>, length: Span) -> String {
    let place = at.map_or_else(String::new, |at| format!(" at {at}"));
    let long = if length > Span::ZERO {
        format!(" ({})", seconds(language, length))
    } else {
        String::new()
    };
    format!("A part of the stream{place} is missing{long} and is skipped.")
}

/// This copy shows other pictures at the same position.
fn other_beginning(language: Language, off: Span) -> String {
    let apart = seconds(language, off);
    if off > Span::ZERO {
        format!(
            "Your copy of the video lacks its beginning: you see other pictures than the others, \
             {apart} off. /retry opens it anew."
        )
    } else {
        format!(
            "Your copy of the video begins earlier than the room's: you see other pictures than \
             the others, {apart} off. An admin's /retry may help."
        )
    }
}

#[cfg(test)]
mod tests {
    use super::text;
    use crate::app::output::Notice;
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
                "A part of the stream at 0:12 is missing (2.0 s) and is skipped.",
            ),
            (
                None,
                length,
                "A part of the stream is missing (2.0 s) and is skipped.",
            ),
            (
                None,
                Span::ZERO,
                "A part of the stream is missing and is skipped.",
            ),
        ] {
            assert_eq!(
                text(Language::English, &Notice::PartMissing { at, length }),
                expected
            );
        }
    }
}
