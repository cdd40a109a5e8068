//! The variants of an HLS master list, and which of them replaces which. Pure.
//!
//! FFmpeg 5.1 takes the duration of a stream, and whether it is seekable, from the first variant
//! alone. If that one is dead, the duration is unknown. So the player gets the list of another
//! variant in its place.

use std::collections::{BTreeMap, BTreeSet};

use url::Url;

/// The variants of one load, and which replace others that cannot be fetched.
#[derive(Debug, Clone, Default)]
pub(super) struct Variants {
    /// The addresses of all variants, in the order of the master list.
    all: Vec<Url>,
    dead: BTreeSet<Url>,
    replacements: BTreeMap<Url, Url>,
}

impl Variants {
    /// Sets the variants that the master list names.
    pub(super) fn set_all(&mut self, all: Vec<Url>) {
        self.all = all;
    }

    /// The address to fetch for the list at `url`.
    pub(super) fn replacement_of(&self, url: &Url) -> Url {
        self.replacements.get(url).unwrap_or(url).clone()
    }

    /// Records that the list at `dead` cannot be fetched and returns the next one to try for the
    /// variant at `asked`.
    pub(super) fn next_after_failure(&mut self, dead: &Url, asked: &Url) -> Option<Url> {
        self.dead.insert(dead.clone());
        if !self.all.contains(asked) {
            return None;
        }
        let mut living = self.all.iter().filter(|url| !self.dead.contains(*url));
        living.next().cloned()
    }

    /// From now on fetches the list at `other` for the one at `asked`, also when a growing list is
    /// refreshed.
    pub(super) fn replace(&mut self, asked: Url, other: Url) {
        if asked != other {
            self.replacements.insert(asked, other);
        }
    }
}
