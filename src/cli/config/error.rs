//! Errors in the settings, with where they are. They are worded from the catalogue.

use std::io;
use std::path::{Path, PathBuf};

use super::bounded::ReadFault;
use super::syntax;
use crate::cli::args::ValueFault;
use crate::strings::numbers;
use crate::texts::language::Language;
use crate::texts::{system, tr};
use crate::trust::PemFault;

/// A line of a configuration file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilePosition {
    /// The path of the file.
    pub path: PathBuf,
    /// The line, counted from 1.
    pub line: usize,
}

impl FilePosition {
    fn path(&self) -> String {
        self.path.display().to_string()
    }
}

/// A layer whose settings can contradict each other unnoticed by clap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LowerLayer {
    /// The environment.
    Environment,
    /// `config.toml`.
    File,
}

/// Why the settings cannot be used.
#[derive(Debug)]
pub enum ConfigError {
    /// A named file does not exist.
    Missing {
        /// The file that was read.
        path: PathBuf,
    },
    /// A file exists but cannot be read.
    Unreadable {
        /// The file that was read.
        path: PathBuf,
        /// The system's error, or a [`ReadFault`] in it.
        source: io::Error,
    },
    /// The file is not valid TOML.
    Syntax {
        /// The file and line of it.
        place: FilePosition,
        /// The parser's message, in English.
        message: String,
    },
    /// An unknown key or table.
    Unknown {
        /// The file and line of it.
        place: FilePosition,
        /// The key, with its table and a dot if it is in one.
        key: String,
        /// The most similar known key.
        nearest: Option<String>,
    },
    /// A value that is invalid for its key.
    Value {
        /// The file and line of it.
        place: FilePosition,
        /// The key, with its table before a dot.
        key: String,
        /// Why the value is invalid.
        fault: ValueFault,
    },
    /// A value that is invalid for its environment variable.
    Variable {
        /// The name of the variable.
        name: String,
        /// Why the value is invalid.
        fault: ValueFault,
    },
    /// A value of a flag or an argument that only the file could make valid.
    Flag {
        /// The flag or the argument.
        name: &'static str,
        /// Why the value is invalid.
        fault: ValueFault,
    },
    /// Two settings of one layer conflict.
    Both {
        /// Where both are set.
        layer: LowerLayer,
        /// The key of one of the two settings.
        one: String,
        /// The key of the other.
        other: String,
    },
    /// An invite link together with `--server` or `--lan`.
    InviteAndServer,
    /// An invite, or a server, in the place of the room to host.
    InviteToHost,
    /// A private room without a password.
    PrivateWithoutPassword,
    /// A password is asked for new rooms, and there is none.
    CreateWithoutPassword,
    /// The first line of a password file is empty.
    EmptyPassword {
        /// The file that was read.
        path: PathBuf,
    },
    /// There is no home folder, and so no place for the rooms.
    NoDataFolder,
    /// A certificate without its key, or a key without its certificate.
    HalfOfTls,
    /// The file of certificate authorities has none that can be read.
    Authorities {
        /// The file that was read.
        path: PathBuf,
        /// What is wrong with it.
        fault: PemFault,
    },
    /// The log level is invalid.
    Filter {
        /// The file and line of it, if it is from the file.
        place: Option<FilePosition>,
        /// What was given.
        text: String,
        /// The word that was probably meant.
        nearest: Option<&'static str>,
    },
}

impl ConfigError {
    /// What is wrong, and what to do.
    #[must_use]
    pub fn words(&self, language: Language) -> String {
        match self {
            Self::Missing { path } => {
                tr!(
                    language,
                    "config-missing",
                    path = path.display().to_string()
                )
            }
            Self::Unreadable { path, source } => tr!(
                language,
                "config-unreadable",
                path = path.display().to_string(),
                why = unreadable(language, source)
            ),
            Self::Syntax { place, message } => tr!(
                language,
                "config-syntax",
                path = place.path(),
                line = (place.line),
                why = syntax::words(language, message)
            ),
            Self::Unknown {
                place,
                key,
                nearest,
            } => unknown(language, place, key, nearest.as_deref()),
            Self::Value { place, key, fault } => value(language, place, key, fault),
            Self::Variable { name, fault } => tr!(
                language,
                "config-variable",
                name = name.as_str(),
                why = fault.words(language)
            ),
            Self::Flag { name, fault } => tr!(
                language,
                "config-flag",
                name = (*name),
                why = fault.words(language)
            ),
            Self::Both { layer, one, other } => both(language, *layer, one, other),
            Self::InviteAndServer => tr!(language, "config-invite-and-server"),
            Self::InviteToHost => tr!(language, "config-invite-to-host"),
            Self::PrivateWithoutPassword => tr!(language, "config-private-without-password"),
            Self::CreateWithoutPassword => tr!(language, "config-create-without-password"),
            Self::EmptyPassword { path } => tr!(
                language,
                "config-empty-password",
                path = path.display().to_string()
            ),
            Self::NoDataFolder => tr!(language, "config-no-data-folder"),
            Self::HalfOfTls => tr!(language, "config-half-of-tls"),
            Self::Authorities { path, fault } => authorities(language, path, *fault),
            Self::Filter {
                place,
                text,
                nearest,
            } => filter(language, place.as_ref(), text, *nearest),
        }
    }
}

fn value(language: Language, place: &FilePosition, key: &str, fault: &ValueFault) -> String {
    tr!(
        language,
        "config-value",
        path = place.path(),
        line = (place.line),
        key = key,
        why = fault.words(language)
    )
}

fn filter(
    language: Language,
    place: Option<&FilePosition>,
    text: &str,
    nearest: Option<&str>,
) -> String {
    let why = match nearest {
        Some(nearest) => tr!(
            language,
            "config-log-nearest",
            text = text,
            nearest = nearest
        ),
        None => tr!(language, "config-log", text = text),
    };
    match place {
        Some(place) => tr!(
            language,
            "config-value",
            path = place.path(),
            line = (place.line),
            key = "log.level",
            why = why
        ),
        None => why,
    }
}

fn unknown(language: Language, place: &FilePosition, key: &str, nearest: Option<&str>) -> String {
    match nearest {
        Some(nearest) => tr!(
            language,
            "config-unknown-nearest",
            path = place.path(),
            line = (place.line),
            key = key,
            nearest = nearest
        ),
        None => tr!(
            language,
            "config-unknown",
            path = place.path(),
            line = (place.line),
            key = key
        ),
    }
}

fn authorities(language: Language, path: &Path, fault: PemFault) -> String {
    let path = path.display().to_string();
    match fault {
        PemFault::NoCertificate => tr!(language, "config-no-authority", path = path),
        PemFault::Damaged => tr!(language, "config-authority-damaged", path = path),
    }
}

fn both(language: Language, layer: LowerLayer, one: &str, other: &str) -> String {
    match layer {
        LowerLayer::Environment => tr!(
            language,
            "config-both-in-environment",
            one = one,
            other = other
        ),
        LowerLayer::File => tr!(language, "config-both-in-file", one = one, other = other),
    }
}

/// Why a file cannot be read. What the catalogue does not know stays in the system's words.
fn unreadable(language: Language, source: &io::Error) -> String {
    let fault = source.get_ref().and_then(|inner| inner.downcast_ref());
    match fault {
        Some(ReadFault::Folder) => tr!(language, "config-why-folder"),
        Some(ReadFault::Pipe) => tr!(language, "config-why-pipe"),
        Some(ReadFault::Utf8) => tr!(language, "config-why-not-utf8"),
        Some(ReadFault::Silent(span)) => tr!(
            language,
            "config-why-silent",
            span = numbers::whole_seconds(language, *span)
        ),
        Some(ReadFault::TooLarge { bytes }) => {
            tr!(language, "config-why-too-large", bytes = (*bytes))
        }
        Some(ReadFault::LineTooLarge { bytes }) => {
            tr!(language, "config-why-line-too-large", bytes = (*bytes))
        }
        None => match source.kind() {
            io::ErrorKind::NotFound => tr!(language, "config-why-missing"),
            io::ErrorKind::PermissionDenied => tr!(language, "config-why-no-permission"),
            _ => system::error(language, source),
        },
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, ErrorKind};

    use strum::IntoEnumIterator;

    use super::super::bounded::ReadFault;
    use super::{ConfigError, FilePosition};
    use crate::cli::args::ValueFault;
    use crate::protocol::invite::ServerUrl;
    use crate::protocol::time::Span;
    use crate::texts::language::Language;

    #[test]
    fn what_is_wrong_is_said_in_both_languages() {
        let place = || FilePosition {
            path: "c.toml".into(),
            line: 12,
        };
        let unreadable = |fault: ReadFault| ConfigError::Unreadable {
            path: "c.toml".into(),
            source: fault.into(),
        };
        let table = [
            (
                ConfigError::Unknown {
                    place: place(),
                    key: "join.serevr".to_owned(),
                    nearest: Some("join.server".to_owned()),
                },
                "c.toml, line 12: there's no setting `join.serevr`. Did you mean `join.server`?",
                "c.toml, строка 12: настройки `join.serevr` нет. Может быть, `join.server`?",
            ),
            (
                ConfigError::Value {
                    place: place(),
                    key: "join.server".to_owned(),
                    fault: ValueFault::Target(ServerUrl::parse("example").unwrap_err()),
                },
                "c.toml, line 12: invalid value for `join.server`: write the whole address, such \
                 as https://watch.example.org",
                "c.toml, строка 12: недопустимое значение настройки `join.server`: нужен \
                 полный адрес, например https://watch.example.org",
            ),
            (
                unreadable(ReadFault::Silent(Span::seconds(5))),
                "Can't read c.toml: nothing came from it for 5 s",
                "Не удаётся прочитать c.toml: за 5 с из него ничего не пришло",
            ),
            (
                unreadable(ReadFault::TooLarge { bytes: 4096 }),
                "Can't read c.toml: it has more than 4096 bytes",
                "Не удаётся прочитать c.toml: в нём больше 4096 байт",
            ),
            (
                ConfigError::Unreadable {
                    path: "c.toml".into(),
                    source: io::Error::from(ErrorKind::PermissionDenied),
                },
                "Can't read c.toml: you don't have permission to read it",
                "Не удаётся прочитать c.toml: нет прав на чтение",
            ),
        ];
        for (error, english, russian) in table {
            assert_eq!(error.words(Language::English), english);
            assert_eq!(error.words(Language::Russian), russian);
        }
    }

    /// A number in a sentence is neither grouped nor cut, in any language.
    #[test]
    fn a_limit_is_written_as_one_number() {
        for language in Language::iter() {
            let error = ConfigError::Unreadable {
                path: "c".into(),
                source: ReadFault::LineTooLarge { bytes: 1_048_576 }.into(),
            };
            let words = error.words(language);
            assert!(words.contains("1048576"), "{words}");
        }
    }
}
