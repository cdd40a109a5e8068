//! The variants of an HLS list of lists, and which one stands in for which. Pure.
//!
//! FFmpeg 5.1 takes the length of a stream, and whether it can be sought in, from the first
//! variant alone: a dead one makes a film of an unknown length of it. So the player gets the
//! list of another one in its place, and plays that.

use std::collections::{BTreeMap, BTreeSet};

use url::Url;

/// The variants of one load.
#[derive(Debug, Clone, Default)]
pub(super) struct Variants {
    /// All of them, in the order of the list.
    all: Vec<Url>,
    dead: BTreeSet<Url>,
    instead: BTreeMap<Url, Url>,
}

impl Variants {
    /// The list of lists names these.
    pub(super) fn named(&mut self, all: Vec<Url>) {
        self.all = all;
    }

    /// Which list is fetched for the one at `url`.
    pub(super) fn instead_of(&self, url: &Url) -> Url {
        self.instead.get(url).unwrap_or(url).clone()
    }

    /// The list at `dead` cannot be had: which one may stand in for the variant at `asked`.
    pub(super) fn after(&mut self, dead: &Url, asked: &Url) -> Option<Url> {
        self.dead.insert(dead.clone());
        if !self.all.contains(asked) {
            return None;
        }
        let mut living = self.all.iter().filter(|url| !self.dead.contains(*url));
        living.next().cloned()
    }

    /// From now on the list at `other` stands in for the one at `asked`, also when it is asked
    /// for again because it grows.
    pub(super) fn replace(&mut self, asked: Url, other: Url) {
        if asked != other {
            self.instead.insert(asked, other);
        }
    }
}
