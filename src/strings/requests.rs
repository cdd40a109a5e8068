//! What members ask the admins for, and how an admin grants it.

use super::numbers::exact;
use super::sentences::you;
use crate::app::command::{ArgumentWord, Slash};
use crate::app::output::Person;
use crate::protocol::command::PermissionRequest;
use crate::protocol::command::{Action, Command, SeekTarget};
use crate::protocol::lobby::StartRule;
use crate::protocol::time::Span;
use crate::texts::actions::action;
use crate::texts::language::Language;
use crate::texts::tr;

/// Who asks, as a message tells it: their name, and whether they are its reader.
#[derive(Clone, Copy)]
struct Asker<'a> {
    who: &'a str,
    you: &'static str,
}

/// The member who reads it.
const ONESELF: Asker<'static> = Asker {
    who: "",
    you: "yes",
};

/// A member asks; for admins, with the command that grants it.
#[must_use]
pub fn asked(language: Language, who: &Person, request: &PermissionRequest) -> String {
    if who.is_you {
        return were_asked(language, request);
    }
    let asker = Asker {
        who: who.name.as_str(),
        you: you(who),
    };
    let text = text(language, asker, request);
    match granted_by(language, request) {
        Some(command) => {
            let granted_by = tr!(language, "request-granted-by", command = command);
            format!("{text} {granted_by}")
        }
        None => text,
    }
}

/// The admins were asked.
#[must_use]
pub fn were_asked(language: Language, request: &PermissionRequest) -> String {
    text(language, ONESELF, request)
}

/// Who asks for what. A request without words of its own is called as in a denial.
fn text(language: Language, asker: Asker<'_>, request: &PermissionRequest) -> String {
    let Asker { who, you } = asker;
    match request.command() {
        Command::Pause { .. } => tr!(language, "request-pause", who = who, you = you),
        Command::Resume { .. } => tr!(language, "request-resume", who = who, you = you),
        Command::Seek { target, .. } => seek(language, asker, *target),
        Command::Undo => tr!(language, "request-undo", who = who, you = you),
        Command::Skip => tr!(language, "request-skip", who = who, you = you),
        Command::SetRate { rate } => {
            let rate = exact(language, rate.factor());
            tr!(language, "request-rate", who = who, you = you, rate = rate)
        }
        Command::Approve { .. }
        | Command::Reject { .. }
        | Command::Remove { .. }
        | Command::Move { .. }
        | Command::PlayNow { .. } => queue(language, asker, request.command()),
        Command::SetStart { start } => start_text(language, asker, *start),
        other => other_text(language, asker, other),
    }
}

/// A request about the start of what waits in the lobby.
fn start_text(language: Language, asker: Asker<'_>, start: Option<StartRule>) -> String {
    let Asker { who, you } = asker;
    match start {
        None => tr!(language, "request-start-off", who = who, you = you),
        Some(StartRule::AllReady) => tr!(language, "request-start-all", who = who, you = you),
        Some(StartRule::Ready { members }) => tr!(
            language,
            "request-start-ready",
            who = who,
            you = you,
            count = (members.get())
        ),
        Some(other @ (StartRule::Told | StartRule::At { .. })) => {
            other_text(language, asker, &Command::SetStart { start: Some(other) })
        }
    }
}

fn seek(language: Language, asker: Asker<'_>, target: SeekTarget) -> String {
    let Asker { who, you } = asker;
    match target {
        SeekTarget::To(position) => {
            let at = position.to_string();
            tr!(language, "request-seek", who = who, you = you, at = at)
        }
        SeekTarget::By(span) => {
            let seconds = exact(language, span.abs().as_seconds());
            let length = tr!(language, "number-seconds", seconds = seconds);
            if span < Span::ZERO {
                tr!(
                    language,
                    "request-back",
                    who = who,
                    you = you,
                    span = length
                )
            } else {
                tr!(
                    language,
                    "request-forward",
                    who = who,
                    you = you,
                    span = length
                )
            }
        }
    }
}

/// A request about an entry of the queue.
fn queue(language: Language, asker: Asker<'_>, command: &Command) -> String {
    let Asker { who, you } = asker;
    match command {
        Command::Approve { entry: Some(entry) } => {
            let entry = entry.to_string();
            tr!(
                language,
                "request-approve",
                who = who,
                you = you,
                entry = entry
            )
        }
        Command::Reject { entry: Some(entry) } => {
            let entry = entry.to_string();
            tr!(
                language,
                "request-reject",
                who = who,
                you = you,
                entry = entry
            )
        }
        Command::Remove { entry } => {
            let entry = entry.to_string();
            tr!(
                language,
                "request-remove",
                who = who,
                you = you,
                entry = entry
            )
        }
        Command::Move { entry, place } => tr!(
            language,
            "request-move",
            who = who,
            you = you,
            entry = (entry.to_string()),
            place = (*place)
        ),
        Command::PlayNow { entry } => {
            let entry = entry.to_string();
            tr!(
                language,
                "request-play-now",
                who = who,
                you = you,
                entry = entry
            )
        }
        other => other_text(language, asker, other),
    }
}

fn other_text(language: Language, asker: Asker<'_>, command: &Command) -> String {
    let Asker { who, you } = asker;
    tr!(
        language,
        "request-other",
        who = who,
        you = you,
        what = action(language, command.action())
    )
}

/// How the admins are asked for something that only they may do, as it is typed; `None` if they are
/// not asked for it in one word.
#[must_use]
pub fn ask_for(language: Language, wanted: Action) -> Option<String> {
    let slash = match wanted {
        Action::Pause => Slash::Pause,
        Action::Resume => Slash::Resume,
        Action::Undo => Slash::Undo,
        Action::Skip => Slash::Skip,
        Action::Start => Slash::Start,
        _ => return None,
    };
    let ask = name(language, Slash::Ask);
    let command = format!("/{ask} {}", name(language, slash));
    Some(tr!(language, "request-ask-for", command = command))
}

/// The command that grants it, as an admin types it.
fn granted_by(language: Language, request: &PermissionRequest) -> Option<String> {
    let (slash, argument) = match request.command() {
        Command::Pause { .. } => (Slash::Pause, String::new()),
        Command::Resume { .. } => (Slash::Resume, String::new()),
        Command::Seek { target, .. } => {
            let argument = match target {
                SeekTarget::To(position) => position.to_string(),
                SeekTarget::By(span) => format!("{:+}", span.as_seconds()),
            };
            (Slash::Seek, argument)
        }
        Command::Undo => (Slash::Undo, String::new()),
        Command::Skip => (Slash::Skip, String::new()),
        Command::SetRate { rate } => (Slash::Rate, rate.factor().to_string()),
        Command::Approve { entry: Some(entry) } => (Slash::Approve, format!("#{entry}")),
        Command::Reject { entry: Some(entry) } => (Slash::Reject, format!("#{entry}")),
        Command::Remove { entry } => (Slash::Remove, format!("#{entry}")),
        Command::Move { entry, place } => (Slash::Move, format!("#{entry} {place}")),
        Command::PlayNow { entry } => (Slash::Play, format!("#{entry}")),
        Command::Start => (Slash::Start, String::new()),
        Command::SetStart { start } => (Slash::Start, start_argument(language, *start)?),
        _ => return None,
    };
    let name = name(language, slash);
    let line = format!("/{name} {argument}");
    Some(line.trim_end().to_owned())
}

/// When media is to start, as it is typed. A time is one of the asker's clock, so none is named.
fn start_argument(language: Language, start: Option<StartRule>) -> Option<String> {
    let word = |word: ArgumentWord| word.written(language);
    let when = word(ArgumentWord::When);
    Some(match start {
        None => word(ArgumentWord::Off).to_owned(),
        Some(StartRule::Told) => word(ArgumentWord::Wait).to_owned(),
        Some(StartRule::AllReady) => format!("{when} {}", word(ArgumentWord::All)),
        Some(StartRule::Ready { members }) => format!("{when} {members}"),
        Some(StartRule::At { .. }) => return None,
    })
}

/// A command's name in a language, without the slash.
fn name(language: Language, slash: Slash) -> &'static str {
    match language {
        Language::English => slash.name(),
        Language::Russian => slash.russian().first().copied().unwrap_or(slash.name()),
    }
}

#[cfg(test)]
mod tests {
    use crate::texts::language::Language;
    use strum::{IntoEnumIterator, VariantArray};

    use super::{asked, granted_by};
    use crate::app::command::{self, ParsedLine};
    use crate::app::output::Person;
    use crate::protocol::command::{Action, Command, SeekTarget};
    use crate::protocol::command::{PermissionRequest, requested};
    use crate::protocol::ids::EntryId;
    use crate::protocol::lobby::StartRule;
    use crate::protocol::text::MemberName;
    use crate::protocol::time::{Position, Rate, Span};

    fn requests() -> [PermissionRequest; 17] {
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
            requested(Command::Start),
            requested(Command::SetStart { start: None }),
            requested(Command::SetStart {
                start: Some(StartRule::AllReady),
            }),
            requested(Command::SetStart {
                start: Some(StartRule::Ready {
                    members: 3.try_into().unwrap(),
                }),
            }),
        ]
    }

    #[test]
    fn the_command_that_is_named_grants_what_is_asked() {
        for language in Language::iter() {
            for request in requests() {
                let line = granted_by(language, &request).unwrap();
                assert_eq!(line.is_ascii(), language == Language::English, "{line}");
                assert_eq!(
                    command::parse(&line),
                    Ok(ParsedLine::Room(request.command().clone())),
                    "{request:?}"
                );
            }
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
            "Vera asks to skip to the next video. /skip grants it."
        );
        let jump = requested(Command::Seek {
            target: SeekTarget::By(Span::seconds(60)),
            mark: None,
        });
        assert_eq!(
            asked(Language::English, &vera, &jump),
            "Vera asks to jump 60 s ahead. /seek +60 grants it."
        );
        assert_eq!(
            asked(Language::Russian, &vera, &jump),
            "Vera просит перемотать на 60 с вперёд. Разрешить: /перейти +60."
        );
        let you = Person {
            is_you: true,
            ..vera.clone()
        };
        assert_eq!(
            asked(Language::English, &you, &jump),
            "You asked the admins to jump 60 s ahead."
        );
        assert_eq!(
            asked(Language::Russian, &you, &jump),
            "Вы попросили админов перемотать на 60 с вперёд."
        );
        let back = requested(Command::Seek {
            target: SeekTarget::By(Span::millis(-2_500)),
            mark: None,
        });
        assert_eq!(
            asked(Language::Russian, &vera, &back),
            "Vera просит перемотать на 2,5 с назад. Разрешить: /перейти -2.5."
        );
        for language in Language::iter() {
            for person in [&vera, &you] {
                let all: std::collections::BTreeSet<String> = requests()
                    .iter()
                    .map(|request| asked(language, person, request))
                    .collect();
                assert_eq!(all.len(), requests().len(), "{all:?}");
            }
        }
    }
}
