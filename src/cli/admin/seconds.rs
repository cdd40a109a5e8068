//! Times that the server gives in whole seconds, in words.

use crate::protocol::time::Span;
use crate::strings::numbers::long;
use crate::texts::language::Language;

/// A time of so many seconds: `48 s`, `12 min`, `2 h 10 min`.
pub(super) fn span(language: Language, seconds: u64) -> String {
    let seconds = i64::try_from(seconds).unwrap_or(i64::MAX / 1_000_000);
    long(language, Span::seconds(seconds))
}
