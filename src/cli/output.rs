//! What subcommands print on standard output.

use std::io::{self, Write as _};

use anyhow::Context as _;

use super::complaints::unwritten;
use super::is_reader_gone;
use crate::texts::language::Language;

/// Writes a text to standard output, at once. A reader who has gone away has read enough, which is
/// no error.
///
/// # Errors
/// If it cannot be written for another reason, such as a full disk.
pub(super) fn print(language: Language, text: &str) -> anyhow::Result<()> {
    let mut output = io::stdout().lock();
    let written = output
        .write_all(text.as_bytes())
        .and_then(|()| output.flush());
    match written {
        Err(cause) if !is_reader_gone(&cause) => Err(cause).context(unwritten(language)),
        _ => Ok(()),
    }
}
