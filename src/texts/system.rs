//! Errors of the operating system in the language of the reader. What a person can meet is worded from
//! the catalogue; the rest is quoted, with the error's number.

use std::io;

use super::language::Language;
use super::quotes::quoted;
use super::tr;
use crate::system_fault::{SystemErrorKind, SystemFault};

/// What went wrong, to follow a colon or to stand in brackets.
#[must_use]
pub fn words(language: Language, fault: &SystemFault) -> String {
    match fault {
        SystemFault::Known(kind) => of_files(language, *kind),
        SystemFault::Other {
            number: None,
            words,
        } => quoted(language, words),
        SystemFault::Other {
            number: Some(number),
            words,
        } => tr!(
            language,
            "system-other",
            number = number.to_string(),
            words = quoted(language, words)
        ),
    }
}

/// An error of the system in words.
#[must_use]
pub fn error(language: Language, error: &io::Error) -> String {
    words(language, &error.into())
}

fn of_files(language: Language, kind: SystemErrorKind) -> String {
    match kind {
        SystemErrorKind::NotFound => tr!(language, "system-not-found"),
        SystemErrorKind::PermissionDenied => tr!(language, "system-permission-denied"),
        SystemErrorKind::AlreadyExists => tr!(language, "system-already-exists"),
        SystemErrorKind::NotADirectory => tr!(language, "system-not-a-folder"),
        SystemErrorKind::IsADirectory => tr!(language, "system-is-a-folder"),
        SystemErrorKind::DirectoryNotEmpty => tr!(language, "system-folder-not-empty"),
        SystemErrorKind::ReadOnlyFilesystem => tr!(language, "system-read-only"),
        SystemErrorKind::StorageFull => tr!(language, "system-disk-full"),
        SystemErrorKind::QuotaExceeded => tr!(language, "system-quota"),
        SystemErrorKind::FileTooLarge => tr!(language, "system-file-too-large"),
        SystemErrorKind::ResourceBusy => tr!(language, "system-busy"),
        SystemErrorKind::ExecutableFileBusy => tr!(language, "system-program-written"),
        SystemErrorKind::CrossesDevices => tr!(language, "system-crosses-disks"),
        SystemErrorKind::TooManyLinks => tr!(language, "system-too-many-links"),
        SystemErrorKind::InvalidFilename => tr!(language, "system-invalid-name"),
        SystemErrorKind::FilesystemLoop => tr!(language, "system-link-loop"),
        SystemErrorKind::StaleNetworkFileHandle => tr!(language, "system-network-file-gone"),
        SystemErrorKind::NotSeekable => tr!(language, "system-not-seekable"),
        SystemErrorKind::InputOutput => tr!(language, "system-input-output"),
        SystemErrorKind::NotExecutable => tr!(language, "system-not-executable"),
        SystemErrorKind::NoDevice => tr!(language, "system-no-device"),
        SystemErrorKind::NotATerminal => tr!(language, "system-not-a-terminal"),
        SystemErrorKind::NoLock => tr!(language, "system-no-lock"),
        SystemErrorKind::NotOpen => tr!(language, "system-not-open"),
        kind => of_processes(language, kind),
    }
}

fn of_processes(language: Language, kind: SystemErrorKind) -> String {
    match kind {
        SystemErrorKind::OutOfMemory => tr!(language, "system-out-of-memory"),
        SystemErrorKind::OutOfResources => tr!(language, "system-out-of-resources"),
        SystemErrorKind::TooManyOpenFiles => tr!(language, "system-too-many-files"),
        SystemErrorKind::TooManyOpenFilesInSystem => {
            tr!(language, "system-too-many-files-in-all")
        }
        SystemErrorKind::ArgumentListTooLong => tr!(language, "system-arguments-too-long"),
        SystemErrorKind::Deadlock => tr!(language, "system-deadlock"),
        SystemErrorKind::InvalidInput => tr!(language, "system-invalid-input"),
        SystemErrorKind::InvalidData => tr!(language, "system-invalid-data"),
        SystemErrorKind::UnexpectedEof => tr!(language, "system-ended-early"),
        SystemErrorKind::WriteZero => tr!(language, "system-nothing-written"),
        SystemErrorKind::Interrupted => tr!(language, "system-interrupted"),
        SystemErrorKind::Unsupported => tr!(language, "system-unsupported"),
        kind => of_networks(language, kind),
    }
}

fn of_networks(language: Language, kind: SystemErrorKind) -> String {
    match kind {
        SystemErrorKind::ConnectionRefused => tr!(language, "system-connection-refused"),
        SystemErrorKind::ConnectionReset => tr!(language, "system-connection-reset"),
        SystemErrorKind::ConnectionAborted => tr!(language, "system-connection-aborted"),
        SystemErrorKind::NotConnected => tr!(language, "system-not-connected"),
        SystemErrorKind::BrokenPipe => tr!(language, "system-broken-pipe"),
        SystemErrorKind::HostUnreachable => tr!(language, "system-host-unreachable"),
        SystemErrorKind::NetworkUnreachable => tr!(language, "system-network-unreachable"),
        SystemErrorKind::NetworkDown => tr!(language, "system-network-down"),
        SystemErrorKind::AddrInUse => tr!(language, "system-address-in-use"),
        SystemErrorKind::AddrNotAvailable => tr!(language, "system-address-not-available"),
        SystemErrorKind::AddrNotSupported => tr!(language, "system-address-not-supported"),
        SystemErrorKind::TimedOut => tr!(language, "system-timed-out"),
        SystemErrorKind::NameNotFound => tr!(language, "system-name-not-found"),
        _ => tr!(language, "system-unknown"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::io::{self, ErrorKind};

    use strum::IntoEnumIterator;

    use super::{error, words};
    use crate::system_fault::SystemErrorKind;
    use crate::test_support::foreign_words;
    use crate::texts::language::Language::{English, Russian};

    #[cfg(target_os = "linux")]
    #[test]
    fn a_common_error_is_worded_in_each_language() {
        // ENOENT, EIO, EACCES, EMFILE, ENOSPC, ETIMEDOUT, ECONNREFUSED and EHOSTUNREACH (errno(3)).
        let rows = [
            (2, "there's no such file", "нет такого файла"),
            (5, "input/output error", "ошибка ввода-вывода"),
            (13, "permission denied", "нет прав"),
            (
                24,
                "the program has too many files open",
                "программа открыла слишком много файлов",
            ),
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
    fn each_kind_has_words_of_its_own_in_each_language() {
        for language in [English, Russian] {
            let all = SystemErrorKind::iter().map(|kind| words(language, &kind.into()));
            let all: BTreeSet<String> = all.collect();
            assert_eq!(all.len(), SystemErrorKind::iter().count(), "{all:?}");
        }
        for kind in SystemErrorKind::iter() {
            let russian = words(Russian, &kind.into());
            assert_eq!(foreign_words(&russian), [""; 0], "{russian}");
        }
    }

    #[test]
    fn what_has_no_words_of_ours_is_quoted() {
        let of_a_library = io::Error::new(ErrorKind::NotFound, "no such table");
        assert_eq!(error(English, &of_a_library), "“no such table”");
        assert_eq!(error(Russian, &of_a_library), "«no such table»");
    }

    /// `ETOOMANYREFS` (errno(3)), whose words are those of the C library.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_rare_error_of_the_system_is_quoted_with_its_number() {
        let rare = error(Russian, &io::Error::from_raw_os_error(109));
        assert!(rare.starts_with("ошибка 109, «"), "{rare}");
        assert_eq!(foreign_words(&rare), [""; 0], "{rare}");
    }

    #[test]
    fn a_name_without_an_address_is_called_that() {
        let text = "failed to lookup address information: Name or service not known";
        let cause = io::Error::other(text);
        assert_eq!(error(English, &cause), "the name can't be found");
        assert_eq!(error(Russian, &cause), "имя не найдено");
    }
}
