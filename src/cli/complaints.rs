//! Errors and warnings on standard error, in the reader's language.

use std::error::Error;
use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

use super::colours::{self, Paint};
use crate::protocol::invite::InviteError;
use crate::protocol::text::visible;
use crate::strings;
use crate::texts::language::Language;
use crate::texts::quotes::quoted;
use crate::texts::{system, tr};

/// The most characters of an error line: more than the longest path, so that the error after a path
/// is shown as well (judgement).
const MAX_COMPLAINT: usize = 8_000;

/// The error when standard output cannot be written, for instance on a full disk.
pub(super) fn unwritten(language: Language) -> String {
    tr!(language, "cli-no-output")
}

/// Prints a line on standard error, escaped so that a path or a value in it can neither steer the
/// terminal nor begin another line. Unlike `eprintln!` it does not panic if standard error is
/// closed.
pub(super) fn complain(line: impl Display) {
    let line = visible(&line.to_string(), MAX_COMPLAINT);
    let _stderr_closed = writeln!(io::stderr(), "{line}");
}

/// Prints a line as [`complain`] does, after a word that may be coloured.
fn complain_under(heading: &str, paint: Paint, line: impl Display) {
    let heading = paint.on(heading, colours::on_error());
    let line = visible(&line.to_string(), MAX_COMPLAINT);
    let _stderr_closed = writeln!(io::stderr(), "{heading} {line}");
}

/// Prints an error in a line.
pub(super) fn complain_of_error(language: Language, error: impl Display) {
    complain_under(&tr!(language, "cli-error"), Paint::Error, error);
}

/// Prints a warning in a line.
pub(super) fn warn(language: Language, warning: impl Display) {
    complain_under(&tr!(language, "cli-warning"), Paint::Warning, warning);
}

/// An error with its causes, each after a colon, in the language.
pub(super) fn causes(language: Language, error: &anyhow::Error) -> String {
    let causes = error.chain().map(|cause| worded(language, cause));
    causes.collect::<Vec<_>>().join(": ")
}

/// A cause of an error: its words are ours already, but for those of the system, of a library and
/// of the types that carry a code.
pub(super) fn worded(language: Language, cause: &(dyn Error + 'static)) -> String {
    if let Some(error) = cause.downcast_ref::<io::Error>() {
        system::error(language, error)
    } else if let Some(error) = cause.downcast_ref::<InviteError>() {
        strings::address::invalid(language, *error)
    } else if cause.is::<serde_json::Error>() {
        quoted(language, &cause.to_string())
    } else {
        cause.to_string()
    }
}

/// The exit code of a result; an error is printed with its causes.
pub(super) fn report(language: Language, outcome: anyhow::Result<ExitCode>) -> ExitCode {
    outcome.unwrap_or_else(|cause| {
        complain_of_error(language, causes(language, &cause));
        ExitCode::FAILURE
    })
}

#[cfg(test)]
mod tests {
    use std::io;

    use anyhow::Context;

    use super::{causes, unwritten};
    use crate::protocol::invite::ServerUrl;
    use crate::test_support::foreign_words;
    use crate::texts::language::Language::{self, English, Russian};

    #[test]
    fn the_causes_of_an_error_are_in_the_language_of_its_reader() {
        let full = |language: Language| {
            let cause = io::Error::from(io::ErrorKind::StorageFull);
            let error = Err::<(), _>(cause).context(unwritten(language));
            causes(language, &error.unwrap_err())
        };
        assert_eq!(
            full(English),
            "Can't write to standard output: no space left on the disk"
        );
        assert_eq!(
            full(Russian),
            "Не удаётся писать в стандартный вывод: на диске нет места"
        );
    }

    #[test]
    fn a_cause_that_only_a_library_words_is_quoted() {
        let of_json = serde_json::from_str::<u8>("x").unwrap_err();
        let of_address = ServerUrl::parse("example").unwrap_err();
        let of_a_library = io::Error::other("no such table");
        for error in [of_json.into(), of_address.into(), of_a_library.into()] {
            let words = causes(Russian, &error);
            assert_eq!(foreign_words(&words), [""; 0], "{words}");
        }
    }
}
