//! Errors of the operating system in the language of the reader. What a person can meet is worded from
//! the catalogue; the rest is quoted, with the error's number.

use std::io::{self, ErrorKind};

use super::language::Language;
use super::quotes::quoted;
use super::tr;
use crate::system_fault::{SystemFault, UncategorizedError};

/// What went wrong, to follow a colon or to stand in brackets.
#[must_use]
pub fn words(language: Language, fault: &SystemFault) -> String {
    match fault {
        SystemFault::Known(kind) => of_kind(language, *kind),
        SystemFault::Uncategorized(error) => of_uncategorized(language, *error),
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

/// The kinds of the standard library. `WouldBlock` is what the system answers where it has no
/// thread, process or buffer to give. A kind that is new or unstable is quoted.
fn of_kind(language: Language, kind: ErrorKind) -> String {
    match kind {
        ErrorKind::NotFound => tr!(language, "system-not-found"),
        ErrorKind::PermissionDenied => tr!(language, "system-permission-denied"),
        ErrorKind::AlreadyExists => tr!(language, "system-already-exists"),
        ErrorKind::NotADirectory => tr!(language, "system-not-a-folder"),
        ErrorKind::IsADirectory => tr!(language, "system-is-a-folder"),
        ErrorKind::DirectoryNotEmpty => tr!(language, "system-folder-not-empty"),
        ErrorKind::ReadOnlyFilesystem => tr!(language, "system-read-only"),
        ErrorKind::StorageFull => tr!(language, "system-disk-full"),
        ErrorKind::QuotaExceeded => tr!(language, "system-quota"),
        ErrorKind::FileTooLarge => tr!(language, "system-file-too-large"),
        ErrorKind::ResourceBusy => tr!(language, "system-busy"),
        ErrorKind::ExecutableFileBusy => tr!(language, "system-program-written"),
        ErrorKind::CrossesDevices => tr!(language, "system-crosses-disks"),
        ErrorKind::TooManyLinks => tr!(language, "system-too-many-links"),
        ErrorKind::InvalidFilename => tr!(language, "system-invalid-name"),
        ErrorKind::StaleNetworkFileHandle => tr!(language, "system-network-file-gone"),
        ErrorKind::NotSeekable => tr!(language, "system-not-seekable"),
        ErrorKind::OutOfMemory => tr!(language, "system-out-of-memory"),
        ErrorKind::ArgumentListTooLong => tr!(language, "system-arguments-too-long"),
        ErrorKind::Deadlock => tr!(language, "system-deadlock"),
        ErrorKind::InvalidInput => tr!(language, "system-invalid-input"),
        ErrorKind::InvalidData => tr!(language, "system-invalid-data"),
        ErrorKind::UnexpectedEof => tr!(language, "system-ended-early"),
        ErrorKind::WriteZero => tr!(language, "system-nothing-written"),
        ErrorKind::Interrupted => tr!(language, "system-interrupted"),
        ErrorKind::Unsupported => tr!(language, "system-unsupported"),
        ErrorKind::ConnectionRefused => tr!(language, "system-connection-refused"),
        ErrorKind::ConnectionReset => tr!(language, "system-connection-reset"),
        ErrorKind::ConnectionAborted => tr!(language, "system-connection-aborted"),
        ErrorKind::NotConnected => tr!(language, "system-not-connected"),
        ErrorKind::BrokenPipe => tr!(language, "system-broken-pipe"),
        ErrorKind::HostUnreachable => tr!(language, "system-host-unreachable"),
        ErrorKind::NetworkUnreachable => tr!(language, "system-network-unreachable"),
        ErrorKind::NetworkDown => tr!(language, "system-network-down"),
        ErrorKind::AddrInUse => tr!(language, "system-address-in-use"),
        ErrorKind::AddrNotAvailable => tr!(language, "system-address-not-available"),
        ErrorKind::TimedOut => tr!(language, "system-timed-out"),
        ErrorKind::WouldBlock => tr!(language, "system-out-of-resources"),
        ErrorKind::Other => tr!(language, "system-unknown"),
        kind => quoted(language, &kind.to_string()),
    }
}

fn of_uncategorized(language: Language, error: UncategorizedError) -> String {
    match error {
        UncategorizedError::FilesystemLoop => tr!(language, "system-link-loop"),
        UncategorizedError::InputOutput => tr!(language, "system-input-output"),
        UncategorizedError::NotExecutable => tr!(language, "system-not-executable"),
        UncategorizedError::NoDevice => tr!(language, "system-no-device"),
        UncategorizedError::NotATerminal => tr!(language, "system-not-a-terminal"),
        UncategorizedError::NoLock => tr!(language, "system-no-lock"),
        UncategorizedError::NotOpen => tr!(language, "system-not-open"),
        UncategorizedError::TooManyOpenFiles => tr!(language, "system-too-many-files"),
        UncategorizedError::TooManyOpenFilesInSystem => {
            tr!(language, "system-too-many-files-in-all")
        }
        UncategorizedError::AddrNotSupported => tr!(language, "system-address-not-supported"),
        UncategorizedError::NameNotFound => tr!(language, "system-name-not-found"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::io::{self, ErrorKind};

    use strum::IntoEnumIterator;

    use super::{error, words};
    use crate::system_fault::{SystemFault, UncategorizedError};
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

    /// The numbers of Linux's errors end at 133 (errno(3)); the kinds in the list come from the
    /// standard library alone.
    #[cfg(target_os = "linux")]
    #[test]
    fn each_kind_has_words_of_its_own_in_each_language() {
        // EINPROGRESS, whose kind is not stable, is quoted; no call that waits for its end meets it.
        let numbers = (1..=133).filter(|number| *number != 115);
        let numbers = numbers.map(|number| (&io::Error::from_raw_os_error(number)).into());
        let of_numbers = numbers.filter(|fault| !matches!(fault, SystemFault::Other { .. }));
        let alone = [
            ErrorKind::InvalidData,
            ErrorKind::UnexpectedEof,
            ErrorKind::WriteZero,
            ErrorKind::Other,
        ];
        let uncategorized = UncategorizedError::iter().map(SystemFault::from);
        let mut faults: Vec<SystemFault> = of_numbers.collect();
        faults.extend(
            alone
                .into_iter()
                .map(SystemFault::from)
                .chain(uncategorized),
        );
        let distinct: BTreeSet<String> = faults.iter().map(|fault| format!("{fault:?}")).collect();
        for language in [English, Russian] {
            let all: BTreeSet<String> = faults.iter().map(|fault| words(language, fault)).collect();
            assert_eq!(all.len(), distinct.len(), "{all:?}");
            let foreign = all.iter().filter(|text| text.contains(['“', '«']));
            assert_eq!(foreign.collect::<Vec<_>>(), [""; 0]);
        }
        for fault in &faults {
            let russian = words(Russian, fault);
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
