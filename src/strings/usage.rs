//! Texts for a command that was typed wrongly.

use super::help;
use super::sentences::quoted;
use crate::app::output::{ArgumentFault, UsageError};
use crate::protocol::ids::{RoomId, RoomIdError};
use crate::protocol::invite::InviteError;
use crate::protocol::invite_terms::{InviteTerms, InviteTermsError};
use crate::protocol::text::Title;
use crate::texts::language::Language;
use crate::texts::{names, tr};

/// What was wrong, and the right syntax.
#[must_use]
pub fn error(language: Language, error: &UsageError) -> String {
    match error {
        UsageError::UnknownCommand {
            typed,
            nearest: Some(nearest),
        } => tr!(
            language,
            "usage-unknown-nearest",
            typed = typed.as_str(),
            nearest = (*nearest)
        ),
        UsageError::UnknownCommand {
            typed,
            nearest: None,
        } => tr!(language, "usage-unknown", typed = typed.as_str()),
        UsageError::BadArgument { usage, given, .. } if given.is_empty() => {
            let usage = help::usage(language, usage);
            tr!(language, "usage-missing", usage = usage)
        }
        UsageError::BadArgument {
            given,
            fault: Some(fault),
            ..
        } => argument(language, *fault, &quoted(language, given)),
        UsageError::BadArgument {
            usage,
            given,
            fault: None,
        } => {
            let (given, usage) = (quoted(language, given), help::usage(language, usage));
            tr!(language, "usage-unreadable", given = given, usage = usage)
        }
        UsageError::TooLong { max } => tr!(language, "usage-too-long", max = (*max)),
        UsageError::PasswordInLine => tr!(language, "usage-password-in-line"),
        UsageError::Empty => tr!(language, "usage-empty"),
        UsageError::NotAMessage { typed } => {
            tr!(language, "usage-not-a-message", typed = typed.as_str())
        }
        UsageError::Name(fault) => names::fault(language, *fault),
    }
}

/// What is wrong with an argument; `given` is in quotation marks.
fn argument(language: Language, fault: ArgumentFault, given: &str) -> String {
    match fault {
        ArgumentFault::Target(error) => target(language, error, given),
        ArgumentFault::RateRange => tr!(language, "usage-rate", given = given),
        ArgumentFault::Sixty => tr!(language, "usage-sixty", given = given),
        ArgumentFault::DelayRange => tr!(language, "usage-delay", given = given),
        ArgumentFault::NotAskable => tr!(language, "usage-not-askable", given = given),
        ArgumentFault::EmoteName => tr!(language, "usage-emote-name", given = given),
        ArgumentFault::EmoteWide => tr!(language, "usage-emote-wide", given = given),
        ArgumentFault::EmoteText => tr!(language, "usage-emote-text", given = given),
        ArgumentFault::NoEmote => tr!(language, "usage-no-emote", given = given),
        ArgumentFault::NotPlaylist => tr!(language, "usage-not-playlist", given = given),
        ArgumentFault::LinkForList => tr!(language, "usage-link-for-list", given = given),
        ArgumentFault::NotSubtitles => tr!(language, "usage-not-subtitles", given = given),
        ArgumentFault::OffersSubtitles => tr!(language, "usage-offers-subtitles"),
        ArgumentFault::ChoosesSubtitles => tr!(language, "usage-chooses-subtitles"),
        ArgumentFault::TooFar => tr!(language, "usage-too-far", given = given),
        ArgumentFault::Invite(error) => invite(language, error),
    }
}

/// Why no invite link offers what was asked for.
fn invite(language: Language, error: InviteTermsError) -> String {
    match error {
        InviteTermsError::Admin => tr!(language, "usage-invite-role"),
        InviteTermsError::Lasts => tr!(language, "usage-invite-lasts"),
        InviteTermsError::Uses => {
            let most = InviteTerms::MOST_USES;
            tr!(language, "usage-invite-uses", most = most)
        }
    }
}

fn target(language: Language, error: InviteError, given: &str) -> String {
    match error {
        InviteError::NotAnAddress => tr!(language, "usage-address", given = given),
        InviteError::NoScheme => tr!(language, "usage-address-scheme", given = given),
        InviteError::Scheme => tr!(language, "usage-address-not-http", given = given),
        InviteError::Credentials => tr!(language, "usage-address-credentials"),
        InviteError::TooLong => tr!(language, "usage-address-long"),
        InviteError::NotPlain => tr!(language, "usage-address-signs"),
        InviteError::NoRoom => tr!(language, "usage-address-room", given = given),
        InviteError::Token => tr!(language, "usage-invite-token"),
        InviteError::LongName => tr!(
            language,
            "usage-room-too-long",
            name = RoomId::LONGEST,
            title = Title::MAX_CHARS
        ),
        InviteError::Room(RoomIdError) => tr!(language, "usage-room", given = given),
    }
}

#[cfg(test)]
mod tests {
    use super::error;
    use crate::app::command::{self, Slash};
    use crate::app::output::Why;
    use crate::texts::language::Language;

    /// What a line that cannot be read is answered with.
    fn answered(language: Language, line: &str) -> String {
        match command::parse(line) {
            Err(Why::Usage(usage)) => error(language, &usage),
            other => panic!("{line} is {other:?}"),
        }
    }

    #[test]
    fn what_was_typed_is_repeated_in_the_quotation_marks_of_the_language() {
        let rows = [
            (
                "/rate 9",
                "Can't set the speed to “9”. It goes from 0.25 to 4, and 1 is normal.",
                "Скорость «9» не подходит: нужна от 0,25 до 4, обычная — 1.",
            ),
            (
                "/seek 1:75",
                "Can't read “1:75”. Minutes and seconds go up to 59, as in 1:02:03; 99 on its own \
                 is 99 seconds.",
                "Непонятно: «1:75». Минуты и секунды — до 59, как в 1:02:03; просто 99 — это 99 \
                 секунд.",
            ),
            (
                "/join https://watch.example.org",
                "“https://watch.example.org” doesn't name a room. An invite link ends in /r/ROOM, \
                 like https://watch.example.org/r/movie-night.",
                "В «https://watch.example.org» не указана комната. Приглашение заканчивается на \
                 /r/КОМНАТА, например https://watch.example.org/r/movie-night.",
            ),
        ];
        for (line, english, russian) in rows {
            assert_eq!(answered(Language::English, line), english);
            assert_eq!(answered(Language::Russian, line), russian);
        }
    }

    #[test]
    fn what_can_be_asked_for_is_listed_by_the_names_of_the_commands() {
        let expected = [
            Slash::Pause,
            Slash::Resume,
            Slash::Seek,
            Slash::Chapter,
            Slash::Undo,
            Slash::Skip,
            Slash::Rate,
            Slash::Start,
            Slash::Play,
            Slash::Approve,
            Slash::Reject,
            Slash::Remove,
            Slash::Move,
        ];
        for (language, begins, ends) in [
            (Language::English, "can ask for ", ": /ask"),
            (Language::Russian, "Можно: ", ": /просить"),
        ] {
            let text = answered(language, "/ask vol 50");
            let (_, list) = text.split_once(begins).unwrap();
            let (list, _) = list.split_once(ends).unwrap();
            let words = list.split(|c: char| !c.is_alphabetic());
            let named: Vec<Slash> = words.filter_map(Slash::named).collect();
            assert_eq!(named, expected, "{list}");
        }
    }
}
