//! What is due when, for all members of a generator.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// What is due. Those of a member name its place and its session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Due {
    /// The first exchange of a burst.
    Exchange(usize, u32),
    /// A report of health.
    Health(usize, u32),
    /// Another attempt to return.
    Return(usize, u32),
    /// The next command of those ordered.
    Command,
    /// The end of waiting.
    GiveUp,
}

/// Everything that is due, the earliest first.
#[derive(Debug, Default)]
pub(super) struct Schedule {
    heap: BinaryHeap<Reverse<(u64, Due)>>,
}

impl Schedule {
    /// Adds something that is due at this time of the common clock.
    pub(super) fn add(&mut self, at: u64, due: Due) {
        self.heap.push(Reverse((at, due)));
    }

    /// When the next is due.
    pub(super) fn next(&self) -> Option<u64> {
        self.heap.peek().map(|Reverse((at, _))| *at)
    }

    /// Takes what is due by now, with the time at which it was.
    pub(super) fn take(&mut self, now: u64) -> Option<(u64, Due)> {
        if self.next()? > now {
            return None;
        }
        self.heap.pop().map(|Reverse(taken)| taken)
    }

    /// Forgets what is not of a member.
    pub(super) fn forget(&mut self, forgotten: Due) {
        self.heap.retain(|Reverse((_, due))| *due != forgotten);
    }
}

/// Numbers that differ, the same in each run (`SplitMix64`; Steele, Lea and Flood, 2014).
#[derive(Debug)]
pub(super) struct Random(pub(super) u64);

impl Random {
    /// A number below `most`; 0 if that is 0.
    pub(super) fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        mixed.checked_rem(most).unwrap_or(0)
    }
}
