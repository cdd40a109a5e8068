//! The text of `/help`: a line for each command, in the order of the command table; and commands as
//! each language writes them.

use std::fmt::Write;

use crate::app::command::{ArgumentWord, Slash};
use crate::protocol::member::Role;
use crate::texts::catalogue::looked_up;
use crate::texts::language::Language;
use crate::texts::tr;

/// The most columns of a usage with which those of the others line up.
const COLUMN: usize = 33;

/// All commands with their syntax and what they do.
#[must_use]
pub fn text(language: Language) -> String {
    let rows: Vec<(Role, String, String)> = Slash::ALL
        .iter()
        .map(|slash| {
            let usage = usage(language, slash.usage());
            (slash.needs(), usage, about(language, *slash))
        })
        .collect();
    let widths = rows.iter().map(|(_, usage, _)| usage.chars().count());
    let width = widths.filter(|width| *width <= COLUMN).max().unwrap_or(0);
    let mut text = tr!(language, "command-all");
    for (needs, usage, about) in rows {
        let _ = write!(text, "\n{} {usage:width$}  {about}", mark(needs));
    }
    text
}

const fn mark(role: Role) -> &'static str {
    match role {
        Role::Viewer => " ",
        Role::Moderator => "◇",
        Role::Admin => "◆",
    }
}

/// What a command does, for a line of help. Beside a name of another language stands the English
/// one, which is understood in every language.
#[must_use]
pub fn about(language: Language, slash: Slash) -> String {
    let summary = summary(language, slash);
    match language {
        Language::English => summary,
        Language::Russian => format!("{summary}  /{}", slash.name()),
    }
}

/// What a command does, in a few words: the message that is called like the command.
#[must_use]
pub fn summary(language: Language, slash: Slash) -> String {
    looked_up(language, &format!("command-{}", slash.name())).unwrap_or_default()
}

/// A command as it is typed in a language, such as `/pause`.
#[must_use]
pub fn command(language: Language, slash: Slash) -> String {
    format!("/{}", slash.name_in(language))
}

/// The usage of a command as a language writes it, from that in the table of commands.
#[must_use]
pub fn usage(language: Language, usage: &str) -> String {
    let (name, arguments) = usage.split_at(usage.find(' ').unwrap_or(usage.len()));
    let slash = Slash::named(name.trim_start_matches('/'));
    let mut written = slash.map_or_else(|| name.to_owned(), |slash| command(language, slash));
    let is_sign = |c: char| !c.is_ascii_alphabetic();
    let arguments = figures(language, arguments);
    for part in arguments.split_inclusive(' ') {
        // The words in a link are its own.
        if part.contains("://") {
            written.push_str(part);
            continue;
        }
        for piece in part.split_inclusive(is_sign) {
            let word = piece.trim_end_matches(is_sign);
            written.push_str(&argument(language, word));
            written.push_str(piece.strip_prefix(word).unwrap_or_default());
        }
    }
    written
}

/// The figures of a usage as the language writes them: a point between two digits is a comma in
/// Russian. Both ways are read. Other points stay: those of a range (`1..5`) and of a link.
fn figures(language: Language, arguments: &str) -> String {
    match language {
        Language::English => arguments.to_owned(),
        Language::Russian => {
            let mut written = String::with_capacity(arguments.len());
            let mut signs = arguments.chars().peekable();
            let mut before = ' ';
            while let Some(sign) = signs.next() {
                let ends = signs.peek().is_some_and(char::is_ascii_digit);
                let is_decimal = sign == '.' && before.is_ascii_digit() && ends;
                written.push(if is_decimal { ',' } else { sign });
                before = sign;
            }
            written
        }
    }
}

/// A word of a usage: one in capitals stands for what is to be typed there.
fn argument(language: Language, word: &str) -> String {
    match word {
        "LINK" => tr!(language, "command-word-link"),
        "NAME" => tr!(language, "command-word-name"),
        "PLACE" => tr!(language, "command-word-place"),
        "EMOJI" => tr!(language, "command-word-emoji"),
        "COMMAND" => tr!(language, "command-word-command"),
        "TEXT" => tr!(language, "command-word-text"),
        "SECONDS" => tr!(language, "command-word-seconds"),
        "WHAT" => tr!(language, "command-word-what"),
        "REASON" => tr!(language, "command-word-reason"),
        "LINE" => tr!(language, "command-word-line"),
        "ROOM" => tr!(language, "command-word-room"),
        _ => ArgumentWord::read(word)
            .map_or(word, |word| word.written(language))
            .to_owned(),
    }
}

/// The answer to `/lang`, in the language that was chosen.
#[must_use]
pub fn language_changed(language: Language) -> String {
    tr!(language, "command-language-changed")
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;
    use unicode_width::UnicodeWidthStr;

    use super::{about, command, language_changed, summary, text, usage};
    use crate::app::command::{self, ParsedLine, Slash};
    use crate::protocol::member::Role;
    use crate::strings::client;
    use crate::texts::language::Language;

    #[test]
    fn every_command_stands_on_a_line_of_its_own_within_a_terminal() {
        for language in Language::iter() {
            let text = text(language);
            assert!(text.lines().all(|line| line.width() <= 80), "{text}");
            let lines: Vec<&str> = text.lines().skip(1).collect();
            assert_eq!(lines.len(), Slash::ALL.len());
            for (line, slash) in lines.iter().zip(Slash::ALL) {
                assert!(line.contains(&usage(language, slash.usage())), "{line}");
                assert!(line.contains(&command(language, *slash)), "{line}");
                assert!(line.ends_with(&about(language, *slash)), "{line}");
                let (is_admin, is_moderator) = (line.starts_with('◆'), line.starts_with('◇'));
                assert_eq!(is_admin, slash.needs() == Role::Admin, "{line}");
                assert_eq!(is_moderator, slash.needs() == Role::Moderator, "{line}");
            }
        }
    }

    #[test]
    fn every_command_is_summed_up_in_every_language() {
        for language in Language::iter() {
            for slash in Slash::ALL {
                assert!(!summary(language, *slash).is_empty(), "{slash:?}");
            }
        }
        let pause = summary(Language::Russian, Slash::Pause);
        assert_eq!(pause, "пауза для всех");
    }

    #[test]
    fn english_writes_a_usage_as_the_table_does_and_russian_has_no_english_word_in_it() {
        for slash in Slash::ALL {
            assert_eq!(usage(Language::English, slash.usage()), slash.usage());
            let russian = usage(Language::Russian, slash.usage());
            let of_russian = russian.replace("#N", "").replace(":fire:", "");
            let is_english = of_russian.contains(|c: char| c.is_ascii_alphabetic());
            assert!(!is_english, "{russian}");
        }
        let rows = [
            ("/play LINK | #N", "/играть ССЫЛКА | #N"),
            ("/reject [#N | all | @NAME]", "/отклонить [#N | все | @ИМЯ]"),
            (
                "/ban NAME | #N [address|alone]",
                "/забанить ИМЯ | #N [адрес|один]",
            ),
            ("/wait on | off", "/ждать вкл | выкл"),
            ("/seek 1:23 | +10 | -10", "/перейти 1:23 | +10 | -10"),
            ("/rate 1.25", "/скорость 1,25"),
            (
                "/react 1..5 | EMOJI | :fire:",
                "/реакция 1..5 | ЭМОДЗИ | :fire:",
            ),
            (
                "/play https://youtu.be/aqz-KE-bpKQ",
                "/играть https://youtu.be/aqz-KE-bpKQ",
            ),
            ("/sub-delay +0.1", "/задержка-сабов +0,1"),
            ("/audio", "/дорожка"),
        ];
        for (english, russian) in rows {
            assert_eq!(usage(Language::Russian, english), russian);
        }
    }

    #[test]
    fn both_names_of_a_command_stand_in_the_russian_help() {
        let text = text(Language::Russian);
        let line = text.lines().find(|line| line.contains("/пауза")).unwrap();
        assert!(line.starts_with("◆ /пауза "), "{line}");
        assert!(line.ends_with("пауза для всех  /pause"), "{line}");
    }

    #[test]
    fn a_line_that_makes_no_sense_is_answered_with_the_usage_in_the_language_of_its_author() {
        let Err(why) = command::parse("/seek soon") else {
            panic!("it is read");
        };
        let answer = |language| client::why(language, &why);
        let usage = "/seek 1:23 | +10 | -10";
        assert!(answer(Language::English).contains(usage));
        let usage = "/перейти 1:23 | +10 | -10";
        assert!(answer(Language::Russian).contains(usage));
    }

    #[test]
    fn the_answer_to_lang_is_in_the_language_that_was_chosen() {
        assert_eq!(language_changed(Language::English), "Language: English.");
        assert_eq!(language_changed(Language::Russian), "Язык: русский.");
    }

    /// The commands that a text of the catalogue names, such as `/pause`; not the paths in it.
    fn commands_in(text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        for (at, _) in text.match_indices('/') {
            let (before, after) = (&text[..at], &text[at + 1..]);
            let begins = before.ends_with([' ', '“', '«', '(', '„', '"']);
            let end = after.find(|c: char| !c.is_alphabetic() && c != '-');
            let name = &after[..end.unwrap_or(after.len())];
            let is_path = after[name.len()..].starts_with('/');
            if begins && !name.is_empty() && !is_path {
                found.push(name);
            }
        }
        found
    }

    #[test]
    fn every_command_that_a_text_names_exists_and_is_named_in_the_language_of_the_text() {
        let english = include_str!("../../i18n/en/watchtogether.ftl");
        let russian = include_str!("../../i18n/ru/watchtogether.ftl");
        for (language, texts) in [(Language::English, english), (Language::Russian, russian)] {
            let texts = texts.lines().filter(|line| !line.starts_with('#'));
            for text in texts {
                for name in commands_in(text) {
                    let slash = Slash::named(name);
                    let written = slash.map(|slash| slash.name_in(language));
                    assert_eq!(written, Some(name), "{text}");
                }
            }
        }
    }

    #[test]
    fn a_command_is_read_in_the_russian_in_which_the_help_writes_it() {
        let rows = [
            ("/ждать вкл", "/wait on"),
            ("/ждать ВЫКЛ", "/wait off"),
            ("/длина выкл", "/length off"),
            ("/неждать Боб выкл", "/nowait Боб off"),
            ("/неждать выкл", "/nowait off"),
            ("/отклонить все", "/reject all"),
            ("/забанить Боб один", "/ban Боб alone"),
            ("/качество макс", "/quality best"),
            ("/качество звук", "/quality audio"),
            ("/язык русский", "/lang ru"),
            ("/язык en", "/lang en"),
        ];
        for (russian, english) in rows {
            let read = command::parse(russian);
            assert_eq!(read, command::parse(english), "{russian}");
            let is_command = matches!(read, Ok(ParsedLine::Room(_) | ParsedLine::Client(_)));
            assert!(is_command, "{russian}: {read:?}");
        }
    }
}
