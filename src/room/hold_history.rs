//! Finished holds for slow viewers, and how much of the budgets they use.

use std::collections::VecDeque;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::protocol::ids::MemberId;
use crate::protocol::playback::Hold;
use crate::protocol::time::{RoomTime, Span};
#[cfg(test)]
use crate::test_support::length::Length;

/// The most holds that are kept. With [`LEAST`] for each, they are twice what a room waits for one
/// media.
const KEPT: usize = 100;

/// The least time that a hold counts for (judgement: media that stops fifteen times in five minutes
/// is no pleasure, however short each stop).
const LEAST: Span = Span::seconds(2);

/// A finished hold, as it counts against the budgets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PastHold {
    /// The member that the room waited for.
    pub member: MemberId,
    /// The room time at which it began.
    pub since: RoomTime,
    /// How long it counts for, which is at least two seconds ([`HoldHistory::charge`]).
    pub length: Span,
}

/// The holds of the current media and of the last [`HoldHistory::WINDOW`], oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(!transparent)]
pub struct HoldHistory(VecDeque<PastHold>);

impl HoldHistory {
    /// How long a hold counts against the room's budget (judgement: what happened before is
    /// forgiven).
    pub const WINDOW: Span = Span::seconds(300);

    /// Whether there are no holds.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The number of holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The number of holds, beside the most.
    #[cfg(test)]
    pub(super) fn length(&self) -> Length {
        Length::new("holds", self.0.len(), KEPT)
    }

    /// How long a hold of this length counts for: a short one costs everybody another start too.
    #[must_use]
    pub fn charge(length: Span) -> Span {
        length.max(LEAST)
    }

    /// Records a finished hold. Playback was stopped until `stood_until`.
    pub(super) fn record(&mut self, hold: Hold, stood_until: RoomTime) {
        self.0.push_back(PastHold {
            member: hold.member,
            since: hold.since,
            length: Self::charge(stood_until - hold.since),
        });
        let surplus = self.0.len().saturating_sub(KEPT);
        self.0.drain(..surplus);
    }

    /// Drops holds that count against no budget at `now`; the current media was loaded at `media`.
    pub(super) fn forget_old(&mut self, loaded_at: RoomTime, now: RoomTime) {
        self.0.retain(|hold| {
            hold.since >= loaded_at || hold.since + hold.length > now - Self::WINDOW
        });
    }

    /// The total of the holds that ended after a time; each counts in full.
    #[must_use]
    pub fn total_ending_after(&self, time: RoomTime) -> Span {
        sum(self.0.iter().filter(|hold| hold.since + hold.length > time))
    }

    /// The total of the holds that began at a time or later.
    #[must_use]
    pub fn total_started_since(&self, time: RoomTime) -> Span {
        sum(self.0.iter().filter(|hold| hold.since >= time))
    }

    /// The holds for one member that began at a time or later, oldest first.
    pub fn of(&self, member: MemberId, since: RoomTime) -> impl Iterator<Item = &PastHold> {
        let of_member = self.0.iter().filter(move |hold| hold.member == member);
        of_member.filter(move |hold| hold.since >= since)
    }
}

fn sum<'a>(holds: impl Iterator<Item = &'a PastHold>) -> Span {
    holds.fold(Span::ZERO, |sum, hold| sum + hold.length)
}

#[cfg(test)]
mod tests {
    use super::HoldHistory;
    use crate::protocol::ids::MemberId;
    use crate::protocol::playback::Hold;
    use crate::protocol::time::{RoomTime, Span};

    const fn at(seconds: i64) -> RoomTime {
        RoomTime(seconds * 1_000_000)
    }

    /// Holds of ten seconds that began then.
    fn holds(begun: &[i64]) -> HoldHistory {
        let mut holds = HoldHistory::default();
        for since in begun {
            let hold = Hold {
                member: MemberId(2),
                since: at(*since),
                until: at(since + 10),
            };
            holds.record(hold, hold.until);
        }
        holds
    }

    #[test]
    fn one_that_reaches_beyond_a_time_counts_whole_and_one_that_does_not_not_at_all() {
        let holds = holds(&[100, 200]);
        let reaching = [(99, 20), (109, 20), (110, 10), (209, 10), (210, 0)];
        for (time, counts) in reaching {
            assert_eq!(
                holds.total_ending_after(at(time)),
                Span::seconds(counts),
                "{time}"
            );
        }
        let begun = [(100, 20), (101, 10), (200, 10), (201, 0)];
        for (time, counts) in begun {
            assert_eq!(
                holds.total_started_since(at(time)),
                Span::seconds(counts),
                "{time}"
            );
        }
    }

    #[test]
    fn those_of_the_media_and_of_the_last_minutes_are_kept() {
        let kept = |loaded_at, now| {
            let mut holds = holds(&[100, 200]);
            holds.forget_old(at(loaded_at), at(now));
            holds.len()
        };
        let rows = [
            // Of the current media, however long ago.
            (100, 9_000, 2),
            (150, 9_000, 1),
            (300, 9_000, 0),
            // Of an earlier one: five minutes from their end.
            (300, 409, 2),
            (300, 410, 1),
            (300, 510, 0),
        ];
        for (loaded_at, now, left) in rows {
            assert_eq!(kept(loaded_at, now), left, "{loaded_at} {now}");
        }
    }
}
