//! The files that contain passwords: a room's, and a server's for new rooms.

use std::path::Path;
use std::time::Duration;

use super::bounded::{self, Bounds, ReadFault};
use super::error::ConfigError;
use crate::cli::args::{CreateSetting, ServeOptions};
use crate::protocol::secret::Password;
use crate::server::CreateRule;

/// The limits for a password file. A program that writes the password into a pipe may first ask its
/// user for another one.
const FILE: Bounds = Bounds {
    most: 4096,
    patience: Duration::from_mins(2),
    first_line: true,
};

/// The password that a server asks for new rooms; `None` if it asks for none.
pub(super) fn for_new_rooms(options: &ServeOptions) -> Result<Option<Password>, ConfigError> {
    match (&options.create, &options.create_password_file) {
        (Some(CreateSetting(CreateRule::Password)), Some(path)) => read(path).map(Some),
        (Some(CreateSetting(CreateRule::Password)), None) => {
            Err(ConfigError::CreateWithoutPassword)
        }
        _ => Ok(None),
    }
}

/// Reads the first line of a file, without the line end.
pub(in crate::cli) fn read(path: &Path) -> Result<Password, ConfigError> {
    let unreadable = |source| ConfigError::Unreadable {
        path: path.to_owned(),
        source,
    };
    let bytes = bounded::read(path, FILE).map_err(unreadable)?;
    let first = bytes.split(|byte| *byte == b'\n').next();
    let line = std::str::from_utf8(first.unwrap_or_default());
    let line = line.map_err(|_| unreadable(ReadFault::Utf8.into()))?;
    let password = line.trim_end_matches('\r');
    if password.is_empty() {
        return Err(ConfigError::EmptyPassword {
            path: path.to_owned(),
        });
    }
    Ok(Password::from(password))
}
