//! The mark of an append. Two logs that have grown apart may have the same rev, but not the same tip.

use std::fmt;
use std::str::FromStr;

/// A random number that whoever appends chooses; 0 before the first append.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tip(u64);

impl Tip {
    /// That of a room without events.
    pub(super) const NONE: Self = Self(0);

    /// One that no other append has.
    pub(super) fn random() -> Self {
        Self(rand::random_range(1..=u64::MAX))
    }
}

impl fmt::Display for Tip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl FromStr for Tip {
    type Err = std::num::ParseIntError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        u64::from_str_radix(text, 16).map(Self)
    }
}
