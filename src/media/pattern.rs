//! Patterns that are constants, compiled once.

use regex::Regex;

/// Compiles a constant pattern; anchor it, since a link is judged whole.
///
/// # Panics
/// If the pattern is none, which the first test that uses it tells.
#[expect(
    clippy::expect_used,
    reason = "patterns are constants, and tests compile each"
)]
pub(super) fn constant(pattern: &'static str) -> Regex {
    Regex::new(pattern).expect("a constant pattern is valid")
}
