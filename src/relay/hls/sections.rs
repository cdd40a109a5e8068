//! The sections of an HLS list, which its discontinuities separate.

use url::Url;

/// A point in a list at which time stamps may start again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::relay) struct Discontinuity {
    /// The segment before it.
    pub(in crate::relay) last: Url,
    /// The length of that segment by the list, in microseconds.
    pub(in crate::relay) length: i64,
    /// The segment after it.
    pub(in crate::relay) first: Url,
}

/// The sections of a list, collected while it is read.
#[derive(Debug)]
pub(super) struct Sections<'a> {
    /// The shift of each section's time stamps in ticks, as far as known.
    shifts: &'a [i64],
    /// The index of the current section.
    number: usize,
    /// Whether a discontinuity followed the last segment.
    ended: bool,
    /// The last segment's address, if it can be fetched, and its length in microseconds.
    last: Option<(Option<Url>, i64)>,
    found: Vec<Discontinuity>,
    /// Whether the time stamps of its segments cannot be read.
    unreadable: bool,
}

impl<'a> Sections<'a> {
    /// Starts before the first line of a list.
    pub(super) fn new(shifts: &'a [i64]) -> Self {
        Self {
            shifts,
            number: 0,
            ended: false,
            last: None,
            found: Vec::new(),
            unreadable: false,
        }
    }

    /// Call at a discontinuity.
    pub(super) fn mark_discontinuity(&mut self) {
        self.ended = true;
    }

    /// Records that its segments cannot be read: they are encrypted, or ranges of one file.
    pub(super) fn mark_unreadable(&mut self) {
        self.unreadable = true;
    }

    /// Call at a segment, with its length by the list in microseconds.
    pub(super) fn segment(&mut self, place: Option<Url>, length: i64) {
        self.unreadable |= place.is_none();
        let before = self.last.replace((place.clone(), length));
        if std::mem::take(&mut self.ended)
            && let Some((last, length)) = before
        {
            self.number += 1;
            if let Some((last, first)) = last.zip(place) {
                self.found.push(Discontinuity {
                    last,
                    length,
                    first,
                });
            }
        }
    }

    /// The shift of the last segment's time stamps, in ticks.
    pub(super) fn shift(&self) -> i64 {
        self.shifts.get(self.number).copied().unwrap_or(0)
    }

    /// All discontinuities, if the list is complete and all segments can be read.
    pub(super) fn all(self, whole: bool) -> Vec<Discontinuity> {
        if whole && !self.unreadable {
            self.found
        } else {
            Vec::new()
        }
    }
}
