//! How much a collection holds, beside the most that the program lets it hold.

/// How much a collection holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Length {
    /// What it holds.
    pub(crate) of: &'static str,
    pub(crate) held: usize,
    /// The bound that the program keeps it within.
    pub(crate) most: usize,
}

impl Length {
    pub(crate) const fn new(of: &'static str, held: usize, most: usize) -> Self {
        Self { of, held, most }
    }
}
