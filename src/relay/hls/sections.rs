//! The sections of an HLS list: what lies between its discontinuities.

use url::Url;

/// A place in a list at which time stamps may begin anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::relay) struct Discontinuity {
    /// The segment before it.
    pub(in crate::relay) last: Url,
    /// How long that is by the list, in microseconds.
    pub(in crate::relay) length: i64,
    /// The segment after it.
    pub(in crate::relay) first: Url,
}

/// The sections of a list, found while it is read.
#[derive(Debug)]
pub(super) struct Sections<'a> {
    /// By how much the stamps of each are to be moved, in ticks, as far as known.
    shifts: &'a [i64],
    /// The number of the section that is read.
    number: usize,
    /// Whether a discontinuity came after the last segment.
    ended: bool,
    /// The last segment, if its address can be fetched, and its length in microseconds.
    last: Option<(Option<Url>, i64)>,
    found: Vec<Discontinuity>,
    /// Whether the stamps of its segments cannot be looked at.
    hidden: bool,
}

impl<'a> Sections<'a> {
    /// Of a list that is about to be read.
    pub(super) fn new(shifts: &'a [i64]) -> Self {
        Self {
            shifts,
            number: 0,
            ended: false,
            last: None,
            found: Vec::new(),
            hidden: false,
        }
    }

    /// A discontinuity follows.
    pub(super) fn ends(&mut self) {
        self.ended = true;
    }

    /// Its segments cannot be looked at: they are encrypted, or pieces of one file.
    pub(super) fn hide(&mut self) {
        self.hidden = true;
    }

    /// A segment follows, so long by the list in microseconds.
    pub(super) fn segment(&mut self, place: Option<Url>, length: i64) {
        self.hidden |= place.is_none();
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

    /// By how much the stamps of the segment that was read last are to be moved, in ticks.
    pub(super) fn shift(&self) -> i64 {
        self.shifts.get(self.number).copied().unwrap_or(0)
    }

    /// All of its discontinuities, if the list is whole and all can be looked at.
    pub(super) fn all(self, whole: bool) -> Vec<Discontinuity> {
        if whole && !self.hidden {
            self.found
        } else {
            Vec::new()
        }
    }
}
