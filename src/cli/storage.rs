//! What an operator reads of the rooms' file: why it cannot be used, backed up or restored, and what
//! to do about it.

use crate::server::log::{FileError, LogError, OpenError, RestoreError};
use crate::strings::server;
use crate::texts::language::Language;

/// Why the rooms' file cannot be opened.
pub(super) fn open_error(language: Language, error: &OpenError) -> String {
    match error {
        OpenError::InUse { path } => server::data_in_use(language, &path.display().to_string()),
        OpenError::Damaged { path, reason } => {
            server::data_damaged(language, &path.display().to_string(), reason)
        }
        OpenError::Newer { path, found, known } => {
            server::data_newer(language, &path.display().to_string(), *found, *known)
        }
        OpenError::Unusable { path, source } => {
            let (path, why) = (path.display().to_string(), source.to_string());
            server::data_unusable(language, &path, source.kind(), &why)
        }
    }
}

/// Why the rooms' log failed.
pub(super) fn log_error(language: Language, error: &LogError) -> String {
    match error {
        LogError::Unreadable { room, reason } => server::room_unreadable(language, room, reason),
        LogError::NotCompacted { reason } => server::data_not_compacted(language, reason),
        LogError::Away | LogError::Closed => server::data_away(language),
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
