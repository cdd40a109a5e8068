//! Which players' failures the admins were told of, and which of these are yet to end well.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::protocol::ids::MemberId;

/// Failures of the players of one media that the admins know of. Each member's is told once, and
/// once more when trying again was in vain; that it ended well is told once.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct ToldFailures {
    /// By member, and whether as final.
    known: BTreeMap<MemberId, bool>,
    /// Members who were named as unable to play the media.
    named: BTreeSet<MemberId>,
    /// Members of whom it was told that they can after all.
    recovered: BTreeSet<MemberId>,
}

impl ToldFailures {
    /// Of how many members something is known.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.known.len()
    }

    /// Drops what is known of other members.
    pub(super) fn retain(&mut self, is_kept: impl Fn(MemberId) -> bool) {
        self.known.retain(|id, _| is_kept(*id));
        self.named.retain(|id| is_kept(*id));
        self.recovered.retain(|id| is_kept(*id));
    }

    /// Whether a failure is news.
    pub(super) fn is_news(&self, member: MemberId, retrying: bool) -> bool {
        match self.known.get(&member) {
            Some(in_vain) => !retrying && !in_vain,
            None => true,
        }
    }

    /// A failure is known from now on, whether or not the member is named.
    pub(super) fn note(&mut self, member: MemberId, retrying: bool) {
        self.known.insert(member, !retrying);
    }

    /// The member is named as one whose player cannot play the media.
    pub(super) fn name(&mut self, member: MemberId) {
        self.named.insert(member);
    }

    /// The room is told that nobody plays the media, and will be told if somebody does.
    pub(super) fn forget_named(&mut self) {
        self.named.clear();
    }

    /// The members who were named and can play the media after all, if that was not told before.
    pub(super) fn take_recovered(&mut self, plays: impl Fn(MemberId) -> bool) -> Vec<MemberId> {
        let recovered: Vec<_> = self.named.iter().copied().filter(|id| plays(*id)).collect();
        self.named.retain(|id| !recovered.contains(id));
        let mut new = recovered;
        new.retain(|id| self.recovered.insert(*id));
        new
    }
}
