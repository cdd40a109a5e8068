//! What members ask the admins for, and how an admin grants it.

use crate::app::output::Person;
use crate::protocol::command::PermissionRequest;
use crate::protocol::command::{Command, SeekTarget};
use crate::protocol::time::Span;
use crate::texts::language::Language;

/// A member asks; for admins, with the command that grants it.
#[must_use]
pub fn asked(language: Language, who: &Person, request: &PermissionRequest) -> String {
    if who.is_you {
        return were_asked(language, request);
    }
    let name = &who.name;
    let (what, granted_by) = (what(language, request), granted_by(language, request));
    format!("{name} asks {what}. {granted_by} does it.")
}

/// The admins were asked.
#[must_use]
pub fn were_asked(language: Language, request: &PermissionRequest) -> String {
    format!("The admins were asked {}.", what(language, request))
}

/// What is asked, after "asks". A request without words of its own is called as in a denial.
fn what(language: Language, request: &PermissionRequest) -> String {
    match request.command() {
        Command::Pause { .. } => "for a pause".to_owned(),
        Command::Seek { target, .. } => match target {
            SeekTarget::To(position) => format!("to jump to {position}"),
            SeekTarget::By(span) => format!("to jump {} s", signed(language, *span)),
        },
        Command::Undo => "to take the last jump back".to_owned(),
        Command::Skip => "for the next video".to_owned(),
        Command::SetRate { rate } => format!("for speed {}", rate.factor()),
        Command::Approve { entry: Some(entry) } => format!("to approve #{entry}"),
        Command::Reject { entry: Some(entry) } => format!("to reject #{entry}"),
        Command::Remove { entry } => format!("to remove #{entry}"),
        Command::Move { entry, place } => format!("to move #{entry} to place {place}"),
        Command::PlayNow { entry } => format!("to play #{entry} now"),
        other => format!("to {}", other.action().rule().name),
    }
}

/// The command that grants it, as an admin types it.
fn granted_by(language: Language, request: &PermissionRequest) -> String {
    match request.command() {
        Command::Pause { .. } => "/pause".to_owned(),
        Command::Resume { .. } => "/resume".to_owned(),
        Command::Seek { target, .. } => match target {
            SeekTarget::To(position) => format!("/seek {position}"),
            SeekTarget::By(span) => format!("/seek {}", signed(language, *span)),
        },
        Command::Undo => "/undo".to_owned(),
        Command::Skip => "/skip".to_owned(),
        Command::SetRate { rate } => format!("/rate {}", rate.factor()),
        Command::Approve { entry: Some(entry) } => format!("/approve #{entry}"),
        Command::Reject { entry: Some(entry) } => format!("/reject #{entry}"),
        Command::Remove { entry } => format!("/remove #{entry}"),
        Command::Move { entry, place } => format!("/move #{entry} {place}"),
        Command::PlayNow { entry } => format!("/play #{entry}"),
        _ => "An admin".to_owned(),
    }
}

/// A span with its sign, in seconds: `+60`, `-5`.
fn signed(language: Language, span: Span) -> String {
    let seconds = span.as_seconds();
    format!("{seconds:+}")
}

#[cfg(test)]
mod tests {
    use crate::texts::language::Language;
    use strum::VariantArray;

    use super::{asked, granted_by, what};
    use crate::app::command::{self, ParsedLine};
    use crate::app::output::Person;
    use crate::protocol::command::{Action, Command, SeekTarget};
    use crate::protocol::command::{PermissionRequest, requested};
    use crate::protocol::ids::EntryId;
    use crate::protocol::text::MemberName;
    use crate::protocol::time::{Position, Rate, Span};

    fn requests() -> [PermissionRequest; 13] {
        let entry = EntryId(14);
        let seek = |target| requested(Command::Seek { target, mark: None });
        [
            requested(Command::Pause { mark: None }),
            requested(Command::Resume { mark: None }),
            seek(SeekTarget::By(Span::seconds(60))),
            seek(SeekTarget::By(Span::seconds(-5))),
            seek(SeekTarget::To(Position::seconds(83))),
            requested(Command::Undo),
            requested(Command::Skip),
            requested(Command::SetRate {
                rate: Rate::FASTEST,
            }),
            requested(Command::Approve { entry: Some(entry) }),
            requested(Command::Reject { entry: Some(entry) }),
            requested(Command::Remove { entry }),
            requested(Command::Move { entry, place: 2 }),
            requested(Command::PlayNow { entry }),
        ]
    }

    #[test]
    fn the_command_that_is_named_grants_what_is_asked() {
        for request in requests() {
            let named = command::parse(&granted_by(Language::English, &request));
            assert_eq!(
                named,
                Ok(ParsedLine::Room(request.command().clone())),
                "{request:?}"
            );
        }
    }

    #[test]
    fn whatever_can_be_asked_for_is_tried_here() {
        let tried: Vec<Action> = requests().map(|request| request.command().action()).into();
        let askable = Action::VARIANTS
            .iter()
            .filter(|action| action.rule().askable);
        for action in askable {
            assert!(tried.contains(action), "{action:?}");
        }
    }

    #[test]
    fn what_is_asked_is_worded_as_a_sentence() {
        let vera = Person::other(MemberName::parse("Vera").unwrap());
        assert_eq!(
            asked(Language::English, &vera, &requested(Command::Skip)),
            "Vera asks for the next video. /skip does it."
        );
        let jump = requested(Command::Seek {
            target: SeekTarget::By(Span::seconds(60)),
            mark: None,
        });
        assert_eq!(
            asked(Language::English, &vera, &jump),
            "Vera asks to jump +60 s. /seek +60 does it."
        );
        let you = Person {
            is_you: true,
            ..vera
        };
        assert_eq!(
            asked(Language::English, &you, &jump),
            "The admins were asked to jump +60 s."
        );
        let all: std::collections::BTreeSet<String> = requests()
            .iter()
            .map(|request| what(Language::English, request))
            .collect();
        assert_eq!(all.len(), requests().len());
    }
}
