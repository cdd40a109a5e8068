//! Constant regular expressions, compiled once.

use regex::Regex;

/// Compiles a constant pattern. Anchor it, since links are matched as a whole.
///
/// # Panics
/// If the pattern is invalid, which the first test that uses it shows.
#[expect(
    clippy::expect_used,
    reason = "patterns are constants, and tests compile each"
)]
pub(super) fn constant(pattern: &'static str) -> Regex {
    Regex::new(pattern).expect("a constant pattern is valid")
}
