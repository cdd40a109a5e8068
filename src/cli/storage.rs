//! What an operator reads of the rooms' file: why it cannot be used, backed up or restored, and what
//! to do about it.

use std::io;

use super::redis;
use crate::server::log::{DataFault, FileError, LogError, OpenError, RestoreError};
use crate::strings::server;
use crate::texts::language::Language;
use crate::texts::quotes::quoted;
use crate::texts::{system, tr};

/// Why the rooms' file cannot be opened.
pub(super) fn open_error(language: Language, error: &OpenError) -> String {
    match error {
        OpenError::InUse { path } => server::data_in_use(language, &path.display().to_string()),
        OpenError::Damaged { path, reason } => {
            let reason = data_fault(language, reason);
            server::data_damaged(language, &path.display().to_string(), &reason)
        }
        OpenError::Newer { path, found, known } => {
            server::data_newer(language, &path.display().to_string(), *found, *known)
        }
        OpenError::Redis { url, cause, words } => {
            redis::unusable(language, url, cause, words.as_deref())
        }
        OpenError::Unusable { path, source } => {
            let (path, why) = (path.display().to_string(), io_error(language, source));
            server::data_unusable(language, &path, source.kind(), &why)
        }
    }
}

/// Why the rooms' log failed.
pub(super) fn log_error(language: Language, error: &LogError) -> String {
    match error {
        LogError::Unreadable { room, reason } => {
            server::room_unreadable(language, room, &data_fault(language, reason))
        }
        LogError::NotCompacted { reason } => {
            server::data_not_compacted(language, &data_fault(language, reason))
        }
        LogError::InRedis => server::not_compacted_in_redis(language),
        LogError::Away | LogError::Unsettled | LogError::Closed => server::data_away(language),
    }
}

/// What is wrong with data on disk.
pub(super) fn data_fault(language: Language, fault: &DataFault) -> String {
    match fault {
        DataFault::Truncated => tr!(language, "server-fault-truncated"),
        DataFault::Empty => tr!(language, "server-fault-empty"),
        DataFault::NotAFile => tr!(language, "server-fault-not-a-file"),
        DataFault::Foreign => tr!(language, "server-fault-foreign"),
        DataFault::Changed => tr!(language, "server-fault-changed"),
        DataFault::AlwaysWritten => tr!(language, "server-fault-always-written"),
        DataFault::TooManyCopies => tr!(language, "server-fault-too-many-copies"),
        DataFault::MissingEvent(number) => tr!(
            language,
            "server-fault-missing-event",
            number = number.to_string()
        ),
        DataFault::NotOpen => tr!(language, "server-fault-not-open"),
        DataFault::TooMuchMeanwhile => tr!(language, "server-fault-too-much-meanwhile"),
        DataFault::System { number, .. } => {
            system::error(language, &io::Error::from_raw_os_error(*number))
        }
        DataFault::Other(words) => quoted(language, words),
    }
}

/// An error of the system about a data file, or the fault of ours that it carries.
fn io_error(language: Language, error: &io::Error) -> String {
    match DataFault::within(error) {
        Some(fault) => data_fault(language, fault),
        None => system::error(language, error),
    }
}

/// Why a file of rooms cannot be served.
pub(super) fn file_error(language: Language, error: &FileError) -> String {
    match error {
        FileError::Open(error) => open_error(language, error),
        FileError::Room(error) => log_error(language, error),
    }
}

/// Why a backup was not put in place.
#[must_use]
pub fn restore_error(language: Language, error: &RestoreError) -> String {
    match error {
        RestoreError::Backup(error) => {
            server::restore_unreadable(language, &file_error(language, error))
        }
        RestoreError::Data(OpenError::InUse { path }) => {
            server::restore_in_use(language, &path.display().to_string())
        }
        RestoreError::Data(error) => open_error(language, error),
    }
}
