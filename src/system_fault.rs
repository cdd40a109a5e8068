//! Errors of the operating system as data, so that they are worded where their reader's language is
//! known: `texts::system` does.

use std::io::{Error, ErrorKind};

/// What the C library begins its words with where a host's name is not found.
const LOOKUP: &str = "failed to lookup address information";

/// An error of the operating system or of a library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SystemFault {
    /// An error of a kind that has words of its own.
    Known(SystemErrorKind),
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
}

impl From<SystemErrorKind> for SystemFault {
    fn from(kind: SystemErrorKind) -> Self {
        Self::Known(kind)
    }
}

impl From<&Error> for SystemFault {
    fn from(error: &Error) -> Self {
        let text = error.to_string();
        if text.starts_with(LOOKUP) {
            return Self::Known(SystemErrorKind::NameNotFound);
        }
        if let Some(inner) = error.get_ref() {
            // An error of the system in another one's wrapping; else a library's, in its words.
            return match inner.downcast_ref::<Error>() {
                Some(inner) => inner.into(),
                None => Self::foreign(without_number(&text)),
            };
        }
        let number = error.raw_os_error();
        let kind = number.and_then(of_number).or_else(|| of_kind(error.kind()));
        kind.map_or_else(
            || Self::Other {
                number,
                words: without_number(&text),
            },
            Self::Known,
        )
    }
}

/// Words of the system without the number of the error at their end.
fn without_number(text: &str) -> String {
    let words = text.split(" (os error").next();
    words.unwrap_or_default().to_owned()
}

/// The kinds of errors that are told apart in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::EnumIter)]
pub enum SystemErrorKind {
    /// There is no such file.
    NotFound,
    /// The user may not do this.
    PermissionDenied,
    /// The file is there already.
    AlreadyExists,
    /// Not a folder.
    NotADirectory,
    /// A folder.
    IsADirectory,
    /// A folder with something in it.
    DirectoryNotEmpty,
    /// The file system takes no writes.
    ReadOnlyFilesystem,
    /// The disk is full.
    StorageFull,
    /// The user's share of the disk is full.
    QuotaExceeded,
    /// The file would exceed a limit.
    FileTooLarge,
    /// Another program uses it.
    ResourceBusy,
    /// The program's file is open for writing.
    ExecutableFileBusy,
    /// A move from one file system to another.
    CrossesDevices,
    /// The file has as many names as it can have.
    TooManyLinks,
    /// A name that no file can have, or one that is too long.
    InvalidFilename,
    /// Symbolic links that lead back to themselves (`ELOOP`).
    FilesystemLoop,
    /// A file of a network drive that is there no more.
    StaleNetworkFileHandle,
    /// A stream, which has no positions.
    NotSeekable,
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
    /// No memory is left.
    OutOfMemory,
    /// No threads, processes or buffers are left for now.
    OutOfResources,
    /// This process has too many files open (`EMFILE`).
    TooManyOpenFiles,
    /// All processes together have too many files open (`ENFILE`).
    TooManyOpenFilesInSystem,
    /// The arguments of a program are too long.
    ArgumentListTooLong,
    /// Two processes wait for each other.
    Deadlock,
    /// The system does not take what it was given.
    InvalidInput,
    /// The data cannot be understood.
    InvalidData,
    /// The data ended too early.
    UnexpectedEof,
    /// Nothing more is written.
    WriteZero,
    /// A signal interrupted it.
    Interrupted,
    /// The system has no such function.
    Unsupported,
    /// Nobody listens at the address.
    ConnectionRefused,
    /// The other side, or the network, broke the connection.
    ConnectionReset,
    /// The connection was given up.
    ConnectionAborted,
    /// There is no connection.
    NotConnected,
    /// The other side has closed the connection.
    BrokenPipe,
    /// No way leads to the host, or it is down.
    HostUnreachable,
    /// No way leads to the network.
    NetworkUnreachable,
    /// The network is down.
    NetworkDown,
    /// The address is in use.
    AddrInUse,
    /// This computer does not have the address.
    AddrNotAvailable,
    /// This computer does not have this kind of address, such as IPv6 (`EAFNOSUPPORT`).
    AddrNotSupported,
    /// It took too long.
    TimedOut,
    /// A host's name has no address.
    NameNotFound,
    /// The system says that something failed, and not what.
    Unknown,
}

/// The errors that the standard library has no kind for, or none that is stable.
#[cfg(unix)]
fn of_number(number: i32) -> Option<SystemErrorKind> {
    use SystemErrorKind as Kind;
    use rustix::io::Errno;
    Some(match Errno::from_raw_os_error(number) {
        Errno::IO => Kind::InputOutput,
        Errno::MFILE => Kind::TooManyOpenFiles,
        Errno::NFILE => Kind::TooManyOpenFilesInSystem,
        Errno::LOOP => Kind::FilesystemLoop,
        Errno::NOEXEC => Kind::NotExecutable,
        Errno::NXIO | Errno::NODEV => Kind::NoDevice,
        Errno::NOTTY => Kind::NotATerminal,
        Errno::NOLCK => Kind::NoLock,
        Errno::BADF => Kind::NotOpen,
        Errno::NOBUFS => Kind::OutOfResources,
        Errno::AFNOSUPPORT | Errno::PROTONOSUPPORT => Kind::AddrNotSupported,
        Errno::HOSTDOWN => Kind::HostUnreachable,
        Errno::NETRESET => Kind::ConnectionReset,
        Errno::SHUTDOWN => Kind::BrokenPipe,
        _ => return None,
    })
}

#[cfg(not(unix))]
const fn of_number(_: i32) -> Option<SystemErrorKind> {
    None
}

/// The kinds of the standard library. `WouldBlock` is what the system answers where it has no
/// thread or process to give.
const fn of_kind(kind: ErrorKind) -> Option<SystemErrorKind> {
    use SystemErrorKind as Kind;
    Some(match kind {
        ErrorKind::NotFound => Kind::NotFound,
        ErrorKind::PermissionDenied => Kind::PermissionDenied,
        ErrorKind::AlreadyExists => Kind::AlreadyExists,
        ErrorKind::NotADirectory => Kind::NotADirectory,
        ErrorKind::IsADirectory => Kind::IsADirectory,
        ErrorKind::DirectoryNotEmpty => Kind::DirectoryNotEmpty,
        ErrorKind::ReadOnlyFilesystem => Kind::ReadOnlyFilesystem,
        ErrorKind::StorageFull => Kind::StorageFull,
        ErrorKind::QuotaExceeded => Kind::QuotaExceeded,
        ErrorKind::FileTooLarge => Kind::FileTooLarge,
        ErrorKind::ResourceBusy => Kind::ResourceBusy,
        ErrorKind::ExecutableFileBusy => Kind::ExecutableFileBusy,
        ErrorKind::CrossesDevices => Kind::CrossesDevices,
        ErrorKind::TooManyLinks => Kind::TooManyLinks,
        ErrorKind::InvalidFilename => Kind::InvalidFilename,
        ErrorKind::StaleNetworkFileHandle => Kind::StaleNetworkFileHandle,
        ErrorKind::NotSeekable => Kind::NotSeekable,
        ErrorKind::OutOfMemory => Kind::OutOfMemory,
        ErrorKind::WouldBlock => Kind::OutOfResources,
        ErrorKind::ArgumentListTooLong => Kind::ArgumentListTooLong,
        ErrorKind::Deadlock => Kind::Deadlock,
        ErrorKind::InvalidInput => Kind::InvalidInput,
        ErrorKind::InvalidData => Kind::InvalidData,
        ErrorKind::UnexpectedEof => Kind::UnexpectedEof,
        ErrorKind::WriteZero => Kind::WriteZero,
        ErrorKind::Interrupted => Kind::Interrupted,
        ErrorKind::Unsupported => Kind::Unsupported,
        kind => return of_network_kind(kind),
    })
}

const fn of_network_kind(kind: ErrorKind) -> Option<SystemErrorKind> {
    use SystemErrorKind as Kind;
    Some(match kind {
        ErrorKind::ConnectionRefused => Kind::ConnectionRefused,
        ErrorKind::ConnectionReset => Kind::ConnectionReset,
        ErrorKind::ConnectionAborted => Kind::ConnectionAborted,
        ErrorKind::NotConnected => Kind::NotConnected,
        ErrorKind::BrokenPipe => Kind::BrokenPipe,
        ErrorKind::HostUnreachable => Kind::HostUnreachable,
        ErrorKind::NetworkUnreachable => Kind::NetworkUnreachable,
        ErrorKind::NetworkDown => Kind::NetworkDown,
        ErrorKind::AddrInUse => Kind::AddrInUse,
        ErrorKind::AddrNotAvailable => Kind::AddrNotAvailable,
        ErrorKind::TimedOut => Kind::TimedOut,
        ErrorKind::Other => Kind::Unknown,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use std::io::{Error, ErrorKind};

    use super::{SystemErrorKind, SystemFault, of_kind};

    /// Every stable kind of the standard library.
    const KINDS: [ErrorKind; 39] = [
        ErrorKind::NotFound,
        ErrorKind::PermissionDenied,
        ErrorKind::ConnectionRefused,
        ErrorKind::ConnectionReset,
        ErrorKind::HostUnreachable,
        ErrorKind::NetworkUnreachable,
        ErrorKind::ConnectionAborted,
        ErrorKind::NotConnected,
        ErrorKind::AddrInUse,
        ErrorKind::AddrNotAvailable,
        ErrorKind::NetworkDown,
        ErrorKind::BrokenPipe,
        ErrorKind::AlreadyExists,
        ErrorKind::WouldBlock,
        ErrorKind::NotADirectory,
        ErrorKind::IsADirectory,
        ErrorKind::DirectoryNotEmpty,
        ErrorKind::ReadOnlyFilesystem,
        ErrorKind::StaleNetworkFileHandle,
        ErrorKind::InvalidInput,
        ErrorKind::InvalidData,
        ErrorKind::TimedOut,
        ErrorKind::WriteZero,
        ErrorKind::StorageFull,
        ErrorKind::NotSeekable,
        ErrorKind::QuotaExceeded,
        ErrorKind::FileTooLarge,
        ErrorKind::ResourceBusy,
        ErrorKind::ExecutableFileBusy,
        ErrorKind::Deadlock,
        ErrorKind::CrossesDevices,
        ErrorKind::TooManyLinks,
        ErrorKind::InvalidFilename,
        ErrorKind::ArgumentListTooLong,
        ErrorKind::Interrupted,
        ErrorKind::Unsupported,
        ErrorKind::UnexpectedEof,
        ErrorKind::OutOfMemory,
        ErrorKind::Other,
    ];

    #[test]
    fn every_kind_of_the_standard_library_is_known() {
        for kind in KINDS {
            assert!(of_kind(kind).is_some(), "{kind:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn what_a_person_can_meet_is_known_by_its_number() {
        use rustix::io::Errno;
        let rows = [
            (Errno::IO, SystemErrorKind::InputOutput),
            (Errno::MFILE, SystemErrorKind::TooManyOpenFiles),
            (Errno::NFILE, SystemErrorKind::TooManyOpenFilesInSystem),
            (Errno::LOOP, SystemErrorKind::FilesystemLoop),
            (Errno::AFNOSUPPORT, SystemErrorKind::AddrNotSupported),
            (Errno::HOSTDOWN, SystemErrorKind::HostUnreachable),
            (Errno::NOSPC, SystemErrorKind::StorageFull),
            (Errno::ROFS, SystemErrorKind::ReadOnlyFilesystem),
            (Errno::DQUOT, SystemErrorKind::QuotaExceeded),
            (Errno::NETDOWN, SystemErrorKind::NetworkDown),
            (Errno::PERM, SystemErrorKind::PermissionDenied),
        ];
        for (number, known) in rows {
            let error = Error::from(number);
            assert_eq!(SystemFault::from(&error), known.into(), "{number:?}");
        }
    }

    #[test]
    fn anything_else_keeps_its_words_and_its_number_apart() {
        let of_a_library = Error::new(ErrorKind::NotFound, "no such table (os error 7)");
        let words = SystemFault::foreign("no such table");
        assert_eq!(SystemFault::from(&of_a_library), words);
        let wrapped = Error::other(Error::from(ErrorKind::StorageFull));
        assert_eq!(
            SystemFault::from(&wrapped),
            SystemErrorKind::StorageFull.into()
        );
        let name = Error::other("failed to lookup address information: Name or service not known");
        assert_eq!(
            SystemFault::from(&name),
            SystemErrorKind::NameNotFound.into()
        );
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
