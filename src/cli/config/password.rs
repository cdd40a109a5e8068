//! A room's password, and the file that contains it.

use std::fmt;
use std::path::Path;
use std::time::Duration;

use super::bounded::{self, Bounds, ReadFault};
use super::error::ConfigError;

/// The limits for a password file. A program that writes the password into a pipe may first ask its
/// user for another one.
const FILE: Bounds = Bounds {
    most: 4096,
    patience: Duration::from_mins(2),
    first_line: true,
};

/// A password. Its `Debug` output does not reveal it.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(pub(super) String);

impl Password {
    /// The password itself, for the only message that carries it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(..)")
    }
}

/// Reads the first line of a file, without the line end.
pub(super) fn read(path: &Path) -> Result<Password, ConfigError> {
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
    Ok(Password(password.to_owned()))
}
