//! clap's answers to a command line: help, the version, or an error, in the language of the user.
//!
//! The errors are worded from the catalogue; what is not in it stays clap's own, in English. clap
//! repeats arguments verbatim, so each is escaped here and cannot steer a terminal.

use std::error::Error as _;

use clap::Command;
use clap::builder::styling::Style;
use clap::builder::{StyledStr, Styles};
use clap::error::{ContextKind, ContextValue, ErrorFormatter, ErrorKind, RichFormatter};

use super::value_fault::ValueFault;
use crate::protocol::text::visible;
use crate::texts::language::Language;
use crate::texts::quotes::quoted;
use crate::texts::tr;

/// An answer of clap.
pub type Answer = clap::error::Error<Worded>;

/// The most characters of an argument that an error repeats: more than the longest path.
const MAX_WORD: usize = 8_000;

/// Words an error in the language that `answer` noted in it.
#[derive(Debug)]
pub struct Worded;

/// clap's answer, to be worded in a language.
pub(super) fn answer(error: clap::Error, language: Language) -> Answer {
    let mut error = reworded(error);
    // A formatter has nothing but the error: the language travels in a context that clap leaves to
    // applications.
    let code = ContextValue::String(language.code().to_owned());
    error.insert(ContextKind::Custom, code);
    error.apply()
}

/// An error without the finished sentence that clap has where its own output fails: what the system
/// said is kept as a value.
fn reworded(error: clap::Error) -> clap::Error {
    if !matches!(error.kind(), ErrorKind::Io | ErrorKind::Format) {
        return error;
    }
    let sentence = error.to_string();
    let said = sentence.trim().trim_start_matches("error: ");
    let mut plain = clap::Error::new(error.kind());
    let said = ContextValue::String(said.to_owned());
    plain.insert(ContextKind::InvalidValue, said);
    plain
}

impl ErrorFormatter for Worded {
    fn format_error(error: &Answer) -> StyledStr {
        let words = Words {
            error,
            language: language(error),
            styles: Styles::styled(),
        };
        if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
            return words.what_one_can_do().into();
        }
        match words.message() {
            Some(message) => words.whole(&message).into(),
            None => in_english(error),
        }
    }
}

fn language(error: &Answer) -> Language {
    let code = match error.get(ContextKind::Custom) {
        Some(ContextValue::String(code)) => code.parse().ok(),
        _ => None,
    };
    code.unwrap_or_default()
}

/// clap's own words for an error, its arguments escaped.
fn in_english(error: &Answer) -> StyledStr {
    let mut copy = clap::Error::new(error.kind()).with_cmd(&Command::new(super::PROGRAM));
    for (kind, value) in error.context() {
        let value = match value {
            ContextValue::String(text) => ContextValue::String(visible(text, MAX_WORD)),
            ContextValue::Strings(texts) => {
                let texts = texts.iter().map(|text| visible(text, MAX_WORD));
                ContextValue::Strings(texts.collect())
            }
            // Suggestions that repeat arguments.
            ContextValue::StyledStrs(_) => continue,
            other => other.clone(),
        };
        copy.insert(kind, value);
    }
    RichFormatter::format_error(&copy)
}

/// An error, and how it is to be worded.
struct Words<'a> {
    error: &'a Answer,
    language: Language,
    styles: Styles,
}

impl Words<'_> {
    /// What is wrong; `None` if clap has to say it.
    fn message(&self) -> Option<String> {
        let language = self.language;
        match self.error.kind() {
            ErrorKind::UnknownArgument => Some(tr!(
                language,
                "cli-argument-unknown",
                argument = self.invalid(ContextKind::InvalidArg)?
            )),
            ErrorKind::InvalidSubcommand => {
                let name = self.invalid(ContextKind::InvalidSubcommand);
                Some(match name {
                    Some(name) => tr!(language, "cli-subcommand-unknown", name = name),
                    None => tr!(language, "cli-word-empty"),
                })
            }
            ErrorKind::MissingSubcommand => Some(tr!(
                language,
                "cli-subcommand-missing",
                commands = self.valid(ContextKind::ValidSubcommand)?
            )),
            ErrorKind::MissingRequiredArgument => Some(tr!(
                language,
                "cli-argument-missing",
                arguments = self.valid(ContextKind::InvalidArg)?
            )),
            ErrorKind::ArgumentConflict => self.conflict(),
            ErrorKind::InvalidValue | ErrorKind::ValueValidation => self.invalid_value(),
            ErrorKind::TooManyValues => Some(tr!(
                language,
                "cli-argument-without-value",
                argument = self.literal(ContextKind::InvalidArg)?,
                value = self.invalid(ContextKind::InvalidValue)?
            )),
            ErrorKind::NoEquals | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
                self.number_of_values()
            }
            ErrorKind::InvalidUtf8 => Some(tr!(language, "cli-words-not-utf8")),
            ErrorKind::Io | ErrorKind::Format => Some(self.output_failed()),
            _ => None,
        }
    }

    /// What stands for the help where nothing at all was asked for.
    fn what_one_can_do(&self) -> String {
        let language = self.language;
        let literal = self.styles.get_literal();
        let ways = [
            ("host movie-night", tr!(language, "cli-start-host")),
            ("LINK", tr!(language, "cli-start-link")),
            ("gallery", tr!(language, "cli-start-gallery")),
        ];
        let ways = ways.map(|(words, what)| {
            let words = match words {
                "LINK" => tr!(language, "cli-value-link"),
                words => words.to_owned(),
            };
            let line = format!("{} {words}", super::PROGRAM);
            format!("  {literal}{line}{literal:#}\n      {what}\n")
        });
        let about = tr!(language, "cli-start-about");
        let flag = format!("{literal}{} --help{literal:#}", super::PROGRAM);
        let more = tr!(language, "cli-start-more", line = flag);
        format!("{about}\n\n{}\n{more}\n", ways.concat())
    }

    fn output_failed(&self) -> String {
        let words = tr!(self.language, "cli-no-output");
        match self.error.get(ContextKind::InvalidValue) {
            Some(ContextValue::String(said)) => {
                let said = quoted(self.language, &visible(said, MAX_WORD));
                format!("{words}: {said}")
            }
            _ => words,
        }
    }

    fn number_of_values(&self) -> Option<String> {
        let language = self.language;
        let argument = self.literal(ContextKind::InvalidArg)?;
        Some(match self.error.kind() {
            ErrorKind::NoEquals => tr!(language, "cli-value-equals", argument = argument),
            ErrorKind::TooFewValues => tr!(language, "cli-values-too-few", argument = argument),
            _ => tr!(language, "cli-values-wrong", argument = argument),
        })
    }

    fn conflict(&self) -> Option<String> {
        let language = self.language;
        let argument = self.invalid(ContextKind::InvalidArg)?;
        let other = self.invalid(ContextKind::PriorArg)?;
        Some(if argument == other {
            tr!(language, "cli-argument-twice", argument = argument)
        } else {
            tr!(
                language,
                "cli-argument-conflict",
                argument = argument,
                other = other
            )
        })
    }

    fn invalid_value(&self) -> Option<String> {
        let language = self.language;
        let argument = self.literal(ContextKind::InvalidArg)?;
        let Some(value) = self.invalid(ContextKind::InvalidValue) else {
            let is_given = self.error.kind() == ErrorKind::ValueValidation;
            return Some(if is_given {
                tr!(language, "cli-value-empty", argument = argument)
            } else {
                tr!(language, "cli-value-missing", argument = argument)
            });
        };
        let is_secret = self.error.source().map(ValueFault::of) == Some(ValueFault::Redis);
        // It may have a password in it.
        let value = if is_secret { "***".to_owned() } else { value };
        let possible = self.valid(ContextKind::ValidValue);
        let why = match (self.error.source(), possible) {
            (Some(source), _) => {
                let why = ValueFault::of(source).words(language);
                Some(visible(&why, MAX_WORD))
            }
            (None, Some(values)) => Some(tr!(language, "cli-value-possible", values = values)),
            (None, None) => None,
        };
        Some(match why {
            Some(why) => tr!(
                language,
                "cli-value-invalid-why",
                value = value,
                argument = argument,
                why = why
            ),
            None => tr!(
                language,
                "cli-value-invalid",
                value = value,
                argument = argument
            ),
        })
    }

    /// The message with everything around it: suggestions, the usage, and where to read more.
    fn whole(&self, message: &str) -> String {
        let language = self.language;
        let (error, valid) = (self.styles.get_error(), self.styles.get_valid());
        let heading = tr!(language, "cli-error");
        let mut parts = vec![format!("{error}{heading}{error:#} {message}")];
        if let Some(tip) = self.tip() {
            let heading = tr!(language, "cli-tip");
            parts.push(format!("  {valid}{heading}{valid:#} {tip}"));
        }
        if let Some(ContextValue::StyledStr(usage)) = self.error.get(ContextKind::Usage) {
            parts.push(self.usage(usage));
        }
        let flag = self.styled(self.styles.get_literal(), "--help");
        parts.push(tr!(language, "cli-try-help", flag = flag) + "\n");
        parts.join("\n\n")
    }

    /// What the user may have meant.
    fn tip(&self) -> Option<String> {
        let language = self.language;
        let similar = self.valid(ContextKind::SuggestedSubcommand);
        let line = self.line();
        if let (Some(similar), Some(line)) = (&similar, &line) {
            let argument = self.invalid(ContextKind::InvalidArg);
            return Some(match argument {
                Some(argument) => tr!(
                    language,
                    "cli-tip-belongs",
                    argument = argument,
                    command = similar,
                    line = line
                ),
                None => tr!(language, "cli-tip-or-room", similar = similar, line = line),
            });
        }
        if let Some(line) = line {
            return Some(tr!(language, "cli-tip-line", line = line));
        }
        if let Some(similar) = self.valid(ContextKind::SuggestedArg) {
            return Some(tr!(language, "cli-tip-argument", similar = similar));
        }
        if let Some(similar) = similar {
            return Some(tr!(language, "cli-tip-subcommand", similar = similar));
        }
        let similar = self.valid(ContextKind::SuggestedValue)?;
        Some(tr!(language, "cli-tip-value", similar = similar))
    }

    /// The command line that was probably meant.
    fn line(&self) -> Option<String> {
        let Some(ContextValue::String(line)) = self.error.get(ContextKind::SuggestedCommand) else {
            return None;
        };
        let literal = self.styles.get_literal();
        Some(format!("{literal}{}{literal:#}", visible(line, MAX_WORD)))
    }

    /// clap's line of the usage, in the language.
    fn usage(&self, usage: &StyledStr) -> String {
        let title = self.styles.get_usage();
        let heading = tr!(self.language, "cli-usage");
        let options = tr!(self.language, "cli-usage-options");
        let usage = usage.to_string();
        let usage = usage.strip_prefix("Usage: ").unwrap_or(&usage);
        let usage = usage.replace("[OPTIONS]", &options);
        format!("{title}{heading}{title:#} {usage}")
    }

    fn invalid(&self, kind: ContextKind) -> Option<String> {
        self.context(kind, self.styles.get_invalid())
    }

    fn valid(&self, kind: ContextKind) -> Option<String> {
        self.context(kind, self.styles.get_valid())
    }

    fn literal(&self, kind: ContextKind) -> Option<String> {
        self.context(kind, self.styles.get_literal())
    }

    /// A context's texts, escaped, styled and separated by commas; `None` if there is none.
    fn context(&self, kind: ContextKind, style: &Style) -> Option<String> {
        let texts = match self.error.get(kind)? {
            ContextValue::String(text) => std::slice::from_ref(text),
            ContextValue::Strings(texts) => texts,
            _ => return None,
        };
        let texts = texts.iter().map(String::as_str);
        let shown = texts.filter(|text| !text.is_empty() && *text != super::GENERATE);
        let texts: Vec<String> = shown.map(|text| self.styled(style, text)).collect();
        (!texts.is_empty()).then(|| texts.join(", "))
    }

    /// A text in quotation marks, escaped and styled.
    fn styled(&self, style: &Style, text: &str) -> String {
        let text = format!("{style}{}{style:#}", visible(text, MAX_WORD));
        tr!(self.language, "cli-quoted", text = text)
    }
}
