//! What members ask the admins for, and how an admin grants it.

use crate::app::told::Person;
use crate::protocol::command::SeekTarget;
use crate::protocol::time::Span;
use crate::protocol::wish::Wish;

/// A member asks; for admins, with the command that grants it.
#[must_use]
pub fn asked(who: &Person, wish: Wish) -> String {
    if who.is_you {
        return were_asked(wish);
    }
    let name = &who.name;
    format!("{name} asks {}. {} does it.", what(wish), granted_by(wish))
}

/// The admins were asked.
#[must_use]
pub fn were_asked(wish: Wish) -> String {
    format!("The admins were asked {}.", what(wish))
}

/// What is asked, after "asks".
fn what(wish: Wish) -> String {
    match wish {
        Wish::Pause => "for a pause".to_owned(),
        Wish::Resume => "to play on".to_owned(),
        Wish::Seek {
            target: SeekTarget::To(position),
        } => format!("to jump to {position}"),
        Wish::Seek {
            target: SeekTarget::By(span),
        } => format!("to jump {} s", signed(span)),
        Wish::Undo => "to take the last jump back".to_owned(),
        Wish::Skip => "for the next video".to_owned(),
        Wish::Rate { rate } => format!("for speed {}", rate.factor()),
        Wish::Approve { entry } => format!("to approve #{entry}"),
        Wish::Reject { entry } => format!("to reject #{entry}"),
        Wish::Remove { entry } => format!("to remove #{entry}"),
        Wish::Move { entry, place } => format!("to move #{entry} to place {place}"),
        Wish::PlayNow { entry } => format!("to play #{entry} now"),
    }
}

/// The command that grants it.
fn granted_by(wish: Wish) -> String {
    match wish {
        Wish::Pause => "/pause".to_owned(),
        Wish::Resume => "/resume".to_owned(),
        Wish::Seek {
            target: SeekTarget::To(position),
        } => format!("/seek {position}"),
        Wish::Seek {
            target: SeekTarget::By(span),
        } => format!("/seek {}", signed(span)),
        Wish::Undo => "/undo".to_owned(),
        Wish::Skip => "/skip".to_owned(),
        Wish::Rate { rate } => format!("/rate {}", rate.factor()),
        Wish::Approve { entry } => format!("/approve #{entry}"),
        Wish::Reject { entry } => format!("/reject #{entry}"),
        Wish::Remove { entry } => format!("/remove #{entry}"),
        Wish::Move { entry, place } => format!("/move #{entry} {place}"),
        Wish::PlayNow { entry } => format!("/play #{entry}"),
    }
}

/// A span with its sign, in seconds: `+60`, `-5`.
fn signed(span: Span) -> String {
    let seconds = span.as_seconds();
    format!("{seconds:+}")
}

#[cfg(test)]
mod tests {
    use super::{asked, granted_by, what};
    use crate::app::command::{self, Line};
    use crate::app::told::Person;
    use crate::protocol::command::{Command, SeekTarget};
    use crate::protocol::ids::EntryId;
    use crate::protocol::text::MemberName;
    use crate::protocol::time::{Position, Rate, Span};
    use crate::protocol::wish::Wish;

    fn wishes() -> [Wish; 13] {
        let entry = EntryId(14);
        let seek = |target| Wish::Seek { target };
        [
            Wish::Pause,
            Wish::Resume,
            seek(SeekTarget::By(Span::seconds(60))),
            seek(SeekTarget::By(Span::seconds(-5))),
            seek(SeekTarget::To(Position::seconds(83))),
            Wish::Undo,
            Wish::Skip,
            Wish::Rate {
                rate: Rate::FASTEST,
            },
            Wish::Approve { entry },
            Wish::Reject { entry },
            Wish::Remove { entry },
            Wish::Move { entry, place: 2 },
            Wish::PlayNow { entry },
        ]
    }

    #[test]
    fn the_command_that_is_named_grants_what_is_asked() {
        for wish in wishes() {
            let named = command::parse(&granted_by(wish));
            assert_eq!(named, Ok(Line::Room(Command::granting(wish))), "{wish:?}");
        }
    }

    #[test]
    fn what_is_asked_is_said_in_a_sentence() {
        let vera = Person::other(MemberName::parse("Vera").unwrap());
        assert_eq!(
            asked(&vera, Wish::Skip),
            "Vera asks for the next video. /skip does it."
        );
        let jump = Wish::Seek {
            target: SeekTarget::By(Span::seconds(60)),
        };
        assert_eq!(
            asked(&vera, jump),
            "Vera asks to jump +60 s. /seek +60 does it."
        );
        let you = Person {
            is_you: true,
            ..vera
        };
        assert_eq!(asked(&you, jump), "The admins were asked to jump +60 s.");
        let all: std::collections::BTreeSet<String> = wishes().into_iter().map(what).collect();
        assert_eq!(all.len(), wishes().len());
    }
}
