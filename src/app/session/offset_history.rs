//! How far the members' players were off lately: what the last digests said, for the page of
//! health.

use std::collections::{BTreeMap, VecDeque};

use crate::app::oversized::MOST_HEALTHS;
use crate::protocol::ids::MemberId;
use crate::protocol::time::Span;
#[cfg(test)]
use crate::test_support::length::Length;
use crate::wire::message::HealthDigest;

/// How many digests are remembered: the last minute of a server that sends one every two seconds.
pub(super) const REMEMBERED: usize = 30;

/// The offsets of each member of whom the last digests said something, oldest first.
#[derive(Debug, Default)]
pub(super) struct OffsetHistory {
    offsets: BTreeMap<MemberId, VecDeque<Option<Span>>>,
}

impl OffsetHistory {
    /// Notes what a digest says. Of whom it says nothing, nothing was measured then.
    pub(super) fn note(&mut self, digest: &HealthDigest) {
        for (member, _) in digest.worst.iter().take(MOST_HEALTHS) {
            if self.offsets.len() < MOST_HEALTHS {
                self.offsets.entry(*member).or_default();
            }
        }
        for (member, offsets) in &mut self.offsets {
            let found = digest.worst.iter().find(|(of, _)| of == member);
            offsets.push_back(found.and_then(|(_, health)| health.error));
            if offsets.len() > REMEMBERED {
                offsets.pop_front();
            }
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

#[cfg(test)]
mod tests {
    use super::{OffsetHistory, REMEMBERED};
    use crate::app::oversized::MOST_HEALTHS;
    use crate::protocol::ids::MemberId;
    use crate::protocol::time::Span;
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

    #[test]
    fn the_last_digests_are_remembered_and_silence_ends_it() {
        let mut history = OffsetHistory::default();
        for error in 0..40 {
            history.note(&digest([1], error));
        }
        history.note(&digest([2], 7));
        let of = |history: &OffsetHistory, id| history.of(MemberId(id)).collect::<Vec<_>>();
        let first = of(&history, 1);
        assert_eq!(first.len(), REMEMBERED);
        assert_eq!(first.last(), Some(&None), "nothing was said of them");
        assert_eq!(first[REMEMBERED - 2], Some(Span::millis(39)));
        assert_eq!(of(&history, 2), [Some(Span::millis(7))]);
        for _ in 0..REMEMBERED {
            history.note(&digest([2], 7));
        }
        assert!(of(&history, 1).is_empty(), "long gone");
    }

    #[test]
    fn no_server_makes_it_grow_without_end() {
        let mut history = OffsetHistory::default();
        for begin in 0..10 {
            history.note(&digest(begin * 1_000..begin * 1_000 + 500, 7));
        }
        assert!(history.offsets.len() <= MOST_HEALTHS);
    }
}
