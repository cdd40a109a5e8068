//! Errors of the operating system in the language of the reader. What is common is worded from the
//! catalogue; the rest stays in the system's own words.

use std::io;

use super::language::Language;
use super::tr;

/// What the C library begins its words with where a host's name is not found.
const LOOKUP: &str = "failed to lookup address information";

/// An error of the operating system, as data: it is worded where its reader's language is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SystemFault {
    /// An error that is common enough for words of our own.
    Known(io::ErrorKind),
    /// A host's name has no address.
    NameNotFound,
    /// Anything else, in the words of the system or of a library, without the error's number.
    Other(String),
}

impl From<&io::Error> for SystemFault {
    fn from(error: &io::Error) -> Self {
        let text = error.to_string();
        if text.starts_with(LOOKUP) {
            return Self::NameNotFound;
        }
        // An error that carries another one has words of its own.
        let is_plain = error.get_ref().is_none();
        if is_plain && known(Language::English, error.kind()).is_some() {
            return Self::Known(error.kind());
        }
        Self::Other(without_number(&text))
    }
}

/// Words of the system without the number of the error at their end.
fn without_number(text: &str) -> String {
    let words = text.split(" (os error").next();
    words.unwrap_or_default().to_owned()
}

/// What went wrong, to follow a colon or to stand in brackets.
#[must_use]
pub fn words(language: Language, fault: &SystemFault) -> String {
    match fault {
        SystemFault::Known(kind) => known(language, *kind).unwrap_or_else(|| kind.to_string()),
        SystemFault::NameNotFound => tr!(language, "system-name-not-found"),
        SystemFault::Other(text) => text.clone(),
    }
}

/// An error of the system in words.
#[must_use]
pub fn error(language: Language, error: &io::Error) -> String {
    words(language, &error.into())
}

/// The words for a kind of error; `None` if it is rare.
fn known(language: Language, kind: io::ErrorKind) -> Option<String> {
    of_files(language, kind).or_else(|| of_networks(language, kind))
}

fn of_files(language: Language, kind: io::ErrorKind) -> Option<String> {
    let text = match kind {
        io::ErrorKind::NotFound => tr!(language, "system-not-found"),
        io::ErrorKind::PermissionDenied => tr!(language, "system-permission-denied"),
        io::ErrorKind::AlreadyExists => tr!(language, "system-already-exists"),
        io::ErrorKind::NotADirectory => tr!(language, "system-not-a-folder"),
        io::ErrorKind::IsADirectory => tr!(language, "system-is-a-folder"),
        io::ErrorKind::ReadOnlyFilesystem => tr!(language, "system-read-only"),
        io::ErrorKind::StorageFull => tr!(language, "system-disk-full"),
        io::ErrorKind::QuotaExceeded => tr!(language, "system-quota"),
        io::ErrorKind::FileTooLarge => tr!(language, "system-file-too-large"),
        io::ErrorKind::OutOfMemory => tr!(language, "system-out-of-memory"),
        io::ErrorKind::WouldBlock => tr!(language, "system-out-of-resources"),
        _ => return None,
    };
    Some(text)
}

fn of_networks(language: Language, kind: io::ErrorKind) -> Option<String> {
    let text = match kind {
        io::ErrorKind::ConnectionRefused => tr!(language, "system-connection-refused"),
        io::ErrorKind::ConnectionReset => tr!(language, "system-connection-reset"),
        io::ErrorKind::ConnectionAborted => tr!(language, "system-connection-aborted"),
        io::ErrorKind::BrokenPipe => tr!(language, "system-broken-pipe"),
        io::ErrorKind::HostUnreachable => tr!(language, "system-host-unreachable"),
        io::ErrorKind::NetworkUnreachable => tr!(language, "system-network-unreachable"),
        io::ErrorKind::NetworkDown => tr!(language, "system-network-down"),
        io::ErrorKind::AddrInUse => tr!(language, "system-address-in-use"),
        io::ErrorKind::AddrNotAvailable => tr!(language, "system-address-not-available"),
        io::ErrorKind::TimedOut => tr!(language, "system-timed-out"),
        _ => return None,
    };
    Some(text)
}

#[cfg(test)]
mod tests {
    use std::io::{self, ErrorKind};

    use super::{SystemFault, error, words};
    use crate::texts::language::Language::{English, Russian};

    #[cfg(target_os = "linux")]
    #[test]
    fn a_common_error_is_worded_in_each_language() {
        // ENOENT, EACCES, ENOSPC, ETIMEDOUT, ECONNREFUSED and EHOSTUNREACH (errno(3)).
        let rows = [
            (2, "there's no such file", "нет такого файла"),
            (13, "permission denied", "нет прав"),
            (28, "no space left on the disk", "на диске нет места"),
            (110, "timed out", "время ожидания истекло"),
            (111, "connection refused", "в соединении отказано"),
            (113, "the host can't be reached", "узел недоступен"),
        ];
        for (number, english, russian) in rows {
            let cause = io::Error::from_raw_os_error(number);
            assert_eq!(error(English, &cause), english);
            assert_eq!(error(Russian, &cause), russian);
        }
    }

    #[test]
    fn a_rare_error_keeps_the_systems_words_without_a_number() {
        let fault = |error: io::Error| SystemFault::from(&error);
        let with_number = fault(io::Error::other("Too many links (os error 31)"));
        assert_eq!(with_number, SystemFault::Other("Too many links".to_owned()));
        assert_eq!(words(Russian, &with_number), "Too many links");
        let of_a_library = io::Error::new(ErrorKind::NotFound, "no such table");
        assert_eq!(error(Russian, &of_a_library), "no such table");
    }

    #[test]
    fn a_name_without_an_address_is_called_that() {
        let text = "failed to lookup address information: Name or service not known";
        let cause = io::Error::other(text);
        assert_eq!(SystemFault::from(&cause), SystemFault::NameNotFound);
        assert_eq!(error(English, &cause), "the name can't be found");
        assert_eq!(error(Russian, &cause), "имя не найдено");
    }
}
