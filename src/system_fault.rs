//! Errors of the operating system as data, so that they are worded where their reader's language is
//! known: `texts::system` does.

use std::io::{Error, ErrorKind};

/// What the standard library begins its words with where a host's name is not found.
const LOOKUP: &str = "failed to lookup address information";

/// An error of the operating system or of a library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SystemFault {
    /// An error of a kind of the standard library.
    Known(ErrorKind),
    /// An error that the standard library does not categorize.
    Uncategorized(UncategorizedError),
    /// Any other, which is quoted.
    Other {
        /// The number by which the system knows it; `None` for one of a library.
        number: Option<i32>,
        /// The words of the system or of the library, in English as a rule.
        words: String,
    },
}

impl SystemFault {
    /// What a library says, in its words.
    #[must_use]
    pub fn foreign(words: impl Into<String>) -> Self {
        Self::Other {
            number: None,
            words: words.into(),
        }
    }

    /// Whether a permission is missing.
    #[must_use]
    pub fn is_denial(&self) -> bool {
        matches!(self, Self::Known(ErrorKind::PermissionDenied))
    }

    /// Whether a connection broke, or took too long.
    #[must_use]
    pub const fn is_broken_connection(&self) -> bool {
        matches!(
            self,
            Self::Known(
                ErrorKind::TimedOut
                    | ErrorKind::ConnectionReset
                    | ErrorKind::ConnectionAborted
                    | ErrorKind::BrokenPipe
                    | ErrorKind::UnexpectedEof
            )
        )
    }

    /// Whether the disk is full, or this user's share of it.
    #[must_use]
    pub fn is_full_disk(&self) -> bool {
        matches!(
            self,
            Self::Known(ErrorKind::StorageFull | ErrorKind::QuotaExceeded)
        )
    }
}

impl From<ErrorKind> for SystemFault {
    fn from(kind: ErrorKind) -> Self {
        Self::Known(kind)
    }
}

impl From<UncategorizedError> for SystemFault {
    fn from(error: UncategorizedError) -> Self {
        Self::Uncategorized(error)
    }
}

impl From<&Error> for SystemFault {
    fn from(error: &Error) -> Self {
        let text = error.to_string();
        if text.starts_with(LOOKUP) {
            return UncategorizedError::NameNotFound.into();
        }
        if let Some(inner) = error.get_ref() {
            // An error of the system in another one's wrapping; else a library's.
            return match inner.downcast_ref::<Error>() {
                Some(inner) => inner.into(),
                None if says_it_all(error.kind()) => error.kind().into(),
                None => Self::foreign(without_number(&text)),
            };
        }
        let number = error.raw_os_error();
        if let Some(fault) = number.and_then(of_number) {
            fault
        } else if is_categorized(error.kind()) {
            error.kind().into()
        } else {
            Self::Other {
                number,
                words: without_number(&text),
            }
        }
    }
}

/// Whether a library's error is told well enough by its kind. The other kinds hold whatever a
/// library fails at, or something other than a file or a call of the system.
fn says_it_all(kind: ErrorKind) -> bool {
    let vague = matches!(
        kind,
        ErrorKind::Other
            | ErrorKind::InvalidData
            | ErrorKind::InvalidInput
            | ErrorKind::Unsupported
            | ErrorKind::NotFound
            | ErrorKind::AlreadyExists
    );
    !vague && is_categorized(kind)
}

/// Whether the standard library says what kind of error it is. Its kind for the rest has no stable
/// name; it is that of a number that no system has.
fn is_categorized(kind: ErrorKind) -> bool {
    kind != Error::from_raw_os_error(i32::MAX).kind()
}

/// Words of the system without the number of the error at their end.
fn without_number(text: &str) -> String {
    let words = text.split(" (os error").next();
    words.unwrap_or_default().to_owned()
}

/// The errors that are told apart in words although the standard library has no kind for them, or
/// none that is stable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::EnumIter)]
pub enum UncategorizedError {
    /// Symbolic links that lead back to themselves (`ELOOP`).
    FilesystemLoop,
    /// The device failed (`EIO`).
    InputOutput,
    /// A file that this system cannot run (`ENOEXEC`).
    NotExecutable,
    /// A device that is not there (`ENXIO`, `ENODEV`).
    NoDevice,
    /// Not a terminal (`ENOTTY`).
    NotATerminal,
    /// A file that cannot be locked (`ENOLCK`).
    NoLock,
    /// A file descriptor that is not open (`EBADF`).
    NotOpen,
    /// This process has too many files open (`EMFILE`).
    TooManyOpenFiles,
    /// All processes together have too many files open (`ENFILE`).
    TooManyOpenFilesInSystem,
    /// This computer does not have this kind of address, such as IPv6 (`EAFNOSUPPORT`).
    AddrNotSupported,
    /// A host's name has no address.
    NameNotFound,
}

/// The errors that the standard library does not categorize, or only by an unstable kind.
#[cfg(unix)]
fn of_number(number: i32) -> Option<SystemFault> {
    use UncategorizedError as Uncategorized;
    use rustix::io::Errno;
    Some(match Errno::from_raw_os_error(number) {
        Errno::IO => Uncategorized::InputOutput.into(),
        Errno::MFILE => Uncategorized::TooManyOpenFiles.into(),
        Errno::NFILE => Uncategorized::TooManyOpenFilesInSystem.into(),
        Errno::LOOP => Uncategorized::FilesystemLoop.into(),
        Errno::NOEXEC => Uncategorized::NotExecutable.into(),
        Errno::NXIO | Errno::NODEV => Uncategorized::NoDevice.into(),
        Errno::NOTTY => Uncategorized::NotATerminal.into(),
        Errno::NOLCK => Uncategorized::NoLock.into(),
        Errno::BADF => Uncategorized::NotOpen.into(),
        Errno::AFNOSUPPORT | Errno::PROTONOSUPPORT => Uncategorized::AddrNotSupported.into(),
        Errno::NOBUFS => ErrorKind::WouldBlock.into(),
        Errno::HOSTDOWN => ErrorKind::HostUnreachable.into(),
        Errno::NETRESET => ErrorKind::ConnectionReset.into(),
        Errno::SHUTDOWN => ErrorKind::BrokenPipe.into(),
        _ => return None,
    })
}

#[cfg(not(unix))]
const fn of_number(_: i32) -> Option<SystemFault> {
    None
}

#[cfg(test)]
mod tests {
    use std::io::{Error, ErrorKind};

    use super::{SystemFault, UncategorizedError};

    #[cfg(unix)]
    #[test]
    fn what_a_person_can_meet_is_known_by_its_number() {
        use rustix::io::Errno;
        let rows: [(Errno, SystemFault); 11] = [
            (Errno::IO, UncategorizedError::InputOutput.into()),
            (Errno::MFILE, UncategorizedError::TooManyOpenFiles.into()),
            (
                Errno::NFILE,
                UncategorizedError::TooManyOpenFilesInSystem.into(),
            ),
            (Errno::LOOP, UncategorizedError::FilesystemLoop.into()),
            (
                Errno::AFNOSUPPORT,
                UncategorizedError::AddrNotSupported.into(),
            ),
            (Errno::HOSTDOWN, ErrorKind::HostUnreachable.into()),
            (Errno::NOSPC, ErrorKind::StorageFull.into()),
            (Errno::ROFS, ErrorKind::ReadOnlyFilesystem.into()),
            (Errno::DQUOT, ErrorKind::QuotaExceeded.into()),
            (Errno::NETDOWN, ErrorKind::NetworkDown.into()),
            (Errno::PERM, ErrorKind::PermissionDenied.into()),
        ];
        for (number, known) in rows {
            let error = Error::from(number);
            assert_eq!(SystemFault::from(&error), known, "{number:?}");
        }
    }

    #[test]
    fn anything_else_keeps_its_words_and_its_number_apart() {
        let of_a_library = Error::new(ErrorKind::NotFound, "no such table (os error 7)");
        let words = SystemFault::foreign("no such table");
        assert_eq!(SystemFault::from(&of_a_library), words);
        let wrapped = Error::other(Error::from(ErrorKind::StorageFull));
        assert_eq!(SystemFault::from(&wrapped), ErrorKind::StorageFull.into());
        let name = Error::other("failed to lookup address information: Name or service not known");
        assert_eq!(
            SystemFault::from(&name),
            UncategorizedError::NameNotFound.into()
        );
    }

    #[test]
    fn a_library_that_says_the_kind_needs_no_words() {
        let late = Error::new(ErrorKind::TimedOut, "deadline has elapsed");
        assert_eq!(SystemFault::from(&late), ErrorKind::TimedOut.into());
        for vague in [ErrorKind::InvalidData, ErrorKind::Other] {
            let words = SystemFault::foreign("unexpected end of hex escape");
            let error = Error::new(vague, "unexpected end of hex escape");
            assert_eq!(SystemFault::from(&error), words);
        }
    }

    /// `ETOOMANYREFS` (errno(3)).
    #[cfg(target_os = "linux")]
    #[test]
    fn a_rare_error_has_a_number() {
        let rare = SystemFault::from(&Error::from_raw_os_error(109));
        let SystemFault::Other { number, words } = rare else {
            panic!("{rare:?}");
        };
        assert_eq!(number, Some(109));
        assert!(!words.contains("109"), "{words}");
    }
}
