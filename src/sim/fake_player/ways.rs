//! How long its loads and seeks took, for the laws.

use super::FakePlayer;

/// A load or an ordered seek; times in microseconds of true time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Way {
    /// Whether it is a load.
    pub(crate) is_load: bool,
    /// When it was ordered.
    pub(crate) ordered: i64,
    /// When it arrived, failed or gave way to the next.
    pub(crate) over: Option<i64>,
}

impl FakePlayer {
    /// A load or a seek is ordered now.
    pub(super) fn sets_out(&mut self, is_load: bool) {
        self.arrives();
        self.ways.push(Way {
            is_load,
            ordered: self.now,
            over: None,
        });
    }

    /// What was on its way is so no more.
    pub(super) fn arrives(&mut self) {
        if let Some(way) = self.ways.last_mut() {
            way.over.get_or_insert(self.now);
        }
    }
}
