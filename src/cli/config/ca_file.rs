//! The file of certificate authorities that a client trusts besides the system's.

use std::path::Path;
use std::time::Duration;

use super::bounded::{self, Bounds};
use super::error::ConfigError;
use crate::trust::Trust;

/// The limits for the file: the whole store of a system has some 220 KiB.
const FILE: Bounds = Bounds {
    most: 4 * 1024 * 1024,
    patience: Duration::from_secs(5),
    first_line: false,
};

/// The certificates that a client trusts, those of a file among them if one is named.
///
/// # Errors
/// [`ConfigError`] if the file cannot be read, or has no authority in it.
pub fn trust(file: Option<&Path>) -> Result<Trust, ConfigError> {
    let Some(path) = file else {
        return Ok(Trust::of_system());
    };
    let text = bounded::read(path, FILE).map_err(|source| ConfigError::Unreadable {
        path: path.to_owned(),
        source,
    })?;
    Trust::of_system_and(&text).map_err(|fault| ConfigError::Authorities {
        path: path.to_owned(),
        fault,
    })
}
