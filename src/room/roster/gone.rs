//! Members who are gone: how many are remembered, and in which order they are forgotten.

use super::Roster;
use crate::protocol::ids::MemberId;
use crate::protocol::member::{Member, Presence, Role};
use crate::protocol::time::{RoomTime, Span};
use crate::room::size;

impl Roster {
    /// How many absent members are remembered, so that they can return as the same member
    /// (judgement: more than any evening brings, little to store).
    pub const GONE_KEPT: usize = 200;
    /// Who stayed, and is gone for less than this, is remembered beyond those: a restarted proxy or
    /// server, or a broken line, takes everybody away at once (judgement: they are back within
    /// minutes, or watch no more).
    pub(in crate::room) const RETURNS_WITHIN: Span = Span::seconds(600);
    /// How many are remembered at most, whenever they left: as many as the largest rooms that were
    /// measured hold (see BENCHMARKS.md).
    pub(in crate::room) const GONE_MOST: usize = 10_000;

    /// Keeps at most [`Roster::GONE_KEPT`] absent members, and those who may return any moment.
    /// Members with a role are kept longest, short visits are dropped first, and among equals
    /// whoever left first.
    pub(in crate::room) fn forget_longest_gone(&mut self, now: RoomTime) {
        let gone = self.all().filter(|member| !member.is_here()).count();
        let surplus = gone.saturating_sub(Self::GONE_KEPT);
        if surplus == 0 {
            return;
        }
        let beyond = gone.saturating_sub(Self::GONE_MOST);
        let in_order = self.gone_in_eviction_order().into_iter().enumerate();
        for (place, id) in in_order.take(surplus) {
            if place < beyond || !self.may_return(id, now) {
                self.forget(id);
            }
        }
    }

    /// Whether a member stayed, and left so lately that they may return any moment.
    fn may_return(&self, id: MemberId, now: RoomTime) -> bool {
        let left_lately = |member: &Member| !member.is_here() && !is_gone_for_good(member, now);
        self.stayed.contains(&id) && self.get(id).is_some_and(left_lately)
    }

    /// Viewers who left so long ago that they do not just come back: whoever once looked into a public
    /// room is not let into one that has become private. The heir is to return at any time.
    pub(in crate::room) fn viewers_gone_for_good(
        &self,
        now: RoomTime,
    ) -> impl Iterator<Item = MemberId> {
        let viewers = self.all().filter(|member| member.role == Role::Viewer);
        viewers
            .filter(move |member| is_gone_for_good(member, now) && self.heir != Some(member.id))
            .map(|member| member.id)
    }

    /// Absent members in the order in which they are forgotten.
    fn gone_in_eviction_order(&self) -> Vec<MemberId> {
        let gone = |member: &Member| match member.presence {
            Presence::Gone(at) => {
                let stayed = self.stayed.contains(&member.id);
                Some((member.role, stayed, at, member.id))
            }
            Presence::Here(_) => None,
        };
        let mut gone: Vec<_> = self.all().filter_map(gone).collect();
        gone.sort_unstable();
        gone.into_iter().map(|(_, _, _, id)| id).collect()
    }

    /// Drops absent members, in eviction order, until the roster is `surplus` bytes smaller on the
    /// wire. Returns how many bytes it is still too large.
    pub(in crate::room) fn shed_gone(&mut self, mut surplus: usize) -> usize {
        for id in self.gone_in_eviction_order() {
            if surplus == 0 {
                break;
            }
            if let Some(member) = self.members.remove(&id) {
                surplus = surplus.saturating_sub(size::of_item(member.as_ref()));
                self.stayed.remove(&id);
                self.newcomers.retain(|(other, _)| *other != id);
            }
        }
        surplus
    }

    /// Forgets a member, unless they are present.
    pub(in crate::room) fn forget_gone(&mut self, id: MemberId) {
        if self.get(id).is_some_and(|member| !member.is_here()) {
            self.forget(id);
        }
    }
}

/// Whether a member left so long ago that they do not just come back.
fn is_gone_for_good(member: &Member, now: RoomTime) -> bool {
    match member.presence {
        Presence::Gone(at) => now - at >= Roster::RETURNS_WITHIN,
        Presence::Here(_) => false,
    }
}
