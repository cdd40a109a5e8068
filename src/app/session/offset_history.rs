//! How far the members' players were off lately: what the last digests said, for the page of
//! health.

use std::collections::{BTreeMap, VecDeque};

use crate::app::oversized::MOST_HEALTHS;
use crate::protocol::ids::MemberId;
use crate::protocol::time::{LocalTime, Span};
#[cfg(test)]
use crate::test_support::length::Length;
use crate::wire::message::HealthDigest;

/// How many offsets of a member are remembered: those of the last minute, one for each [`STEP`].
pub(super) const REMEMBERED: usize = 30;

/// How much time one offset stands for: as much as lies between two digests that change. While none
/// comes, the last one holds.
const STEP: Span = Span::seconds(2);

/// The offsets of each member of whom the last digests said something, oldest first.
#[derive(Debug, Default)]
pub(super) struct OffsetHistory {
    offsets: BTreeMap<MemberId, VecDeque<Option<Span>>>,
    /// When the last digest came.
    noted_at: Option<LocalTime>,
}

impl OffsetHistory {
    /// Notes what a digest says. Of whom it says nothing, nothing was measured then.
    pub(super) fn note(&mut self, digest: &HealthDigest, now: LocalTime) {
        let held = self.noted_at.replace(now).map_or(0, |at| steps(now - at));
        for offsets in self.offsets.values_mut() {
            let last = offsets.back().copied().flatten();
            offsets.extend(std::iter::repeat_n(last, held));
        }
        for (member, _) in digest.worst.iter().take(MOST_HEALTHS) {
            if self.offsets.len() < MOST_HEALTHS {
                self.offsets.entry(*member).or_default();
            }
        }
        for (member, offsets) in &mut self.offsets {
            let found = digest.worst.iter().find(|(of, _)| of == member);
            offsets.push_back(found.and_then(|(_, health)| health.error));
            let forgotten = offsets.len().saturating_sub(REMEMBERED);
            offsets.drain(..forgotten);
        }
        self.offsets
            .retain(|_, offsets| offsets.iter().any(Option::is_some));
    }

    /// The player's position minus the room's in the last digests, oldest first; `None` where it
    /// was not measured.
    pub(super) fn of(&self, member: MemberId) -> impl DoubleEndedIterator<Item = Option<Span>> {
        self.offsets.get(&member).into_iter().flatten().copied()
    }

    /// How much it holds.
    #[cfg(test)]
    pub(super) fn length(&self) -> Length {
        Length::new("offset histories", self.offsets.len(), MOST_HEALTHS)
    }
}

/// For how many steps the last digest held until another one came after this time, beside its own
/// step; at most as many as are remembered.
fn steps(passed: Span) -> usize {
    // A digest may come half a step late.
    let whole = (passed.0.max(0) + STEP.0 / 2) / STEP.0;
    let most = REMEMBERED + 1;
    usize::try_from(whole)
        .map_or(most, |steps| steps.min(most))
        .saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::{OffsetHistory, REMEMBERED};
    use crate::app::oversized::MOST_HEALTHS;
    use crate::protocol::ids::MemberId;
    use crate::protocol::time::{LocalTime, Span};
    use crate::wire::message::{Health, HealthDigest};

    fn digest(members: impl IntoIterator<Item = u64>, error: i64) -> HealthDigest {
        let health = Health {
            error: Some(Span::millis(error)),
            ..Health::default()
        };
        let worst = members.into_iter().map(|id| (MemberId(id), health));
        HealthDigest {
            worst: worst.collect(),
            ..HealthDigest::default()
        }
    }

    /// Some steps after time zero.
    fn at(steps: i64) -> LocalTime {
        LocalTime(0) + Span::seconds(2 * steps)
    }

    #[test]
    fn while_no_digest_comes_the_last_one_holds() {
        let mut history = OffsetHistory::default();
        history.note(&digest([1], 7), at(0));
        history.note(&digest([1], 9), at(3) + Span::millis(700));
        let millis = |ms| Some(Span::millis(ms));
        let of: Vec<_> = history.of(MemberId(1)).collect();
        assert_eq!(of, [millis(7), millis(7), millis(7), millis(9)]);
        history.note(&digest([1], 1), LocalTime(i64::MAX));
        assert_eq!(history.of(MemberId(1)).count(), REMEMBERED);
    }

    #[test]
    fn the_last_digests_are_remembered_and_silence_ends_it() {
        let mut history = OffsetHistory::default();
        for error in 0..40 {
            history.note(&digest([1], error), at(error));
        }
        history.note(&digest([2], 7), at(40));
        let of = |history: &OffsetHistory, id| history.of(MemberId(id)).collect::<Vec<_>>();
        let first = of(&history, 1);
        assert_eq!(first.len(), REMEMBERED);
        assert_eq!(first.last(), Some(&None), "nothing was said of them");
        assert_eq!(first[REMEMBERED - 2], Some(Span::millis(39)));
        assert_eq!(of(&history, 2), [Some(Span::millis(7))]);
        for step in 0..30 {
            history.note(&digest([2], 7), at(41 + step));
        }
        assert!(of(&history, 1).is_empty(), "long gone");
    }

    #[test]
    fn no_server_makes_it_grow_without_end() {
        let mut history = OffsetHistory::default();
        for begin in 0..10 {
            history.note(&digest(begin * 1_000..begin * 1_000 + 500, 7), at(0));
        }
        assert!(history.offsets.len() <= MOST_HEALTHS);
    }
}
