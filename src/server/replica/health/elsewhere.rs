//! The health of the members at other nodes: what the nodes tell each other, and when.

use std::collections::BTreeMap;
use std::time::Duration;

use tokio::time::Instant;

use super::{EVERY, NAMED, REPEATED_AFTER, anyone, count_of, digest, name_worst, round_trip};
use crate::protocol::ids::{MemberId, NodeId};
use crate::room::committed::Room;
use crate::server::replica::Replica;
use crate::server::replica::node_message::{MOST_OBSERVERS, NodeHealth, NodeMessage};
use crate::wire::health_change::{is_digest_noticeable, is_digest_urgent};
use crate::wire::message::HealthDigest;

/// After how long it is stale what another node told of its members: 2.5 times as long as it may
/// stay untold.
const STALE: Duration = Duration::from_secs(25);

/// What the other nodes told last of how their members are doing, and what they were told.
#[derive(Debug, Default)]
pub(in crate::server::replica) struct OthersHealth {
    /// By node, and when it came.
    known: BTreeMap<NodeId, (NodeHealth, Instant)>,
    /// The digest of this node's members that they were told, whether any of these reported, and
    /// when that was.
    told: Option<(HealthDigest, bool, Instant)>,
}

impl OthersHealth {
    /// Whether any member of this node reported, as the others were told last.
    pub(super) fn told_of_reports(&self) -> bool {
        self.told.as_ref().is_some_and(|(_, reported, _)| *reported)
    }

    /// When they were told.
    pub(super) fn told_at(&self) -> Option<Instant> {
        self.told.as_ref().map(|(_, _, at)| *at)
    }

    /// Notes what a node tells; returns whether it is urgent for the members at this one.
    fn note(&mut self, from: &NodeId, health: NodeHealth, now: Instant) -> bool {
        let known = &mut self.known;
        known.retain(|_, (_, told)| now.saturating_duration_since(*told) <= STALE);
        let digest = health.digest.clone();
        let before = known.insert(from.clone(), (health, now));
        let before = before.map(|(health, _)| health.digest).unwrap_or_default();
        is_digest_urgent(&before, &digest)
    }
}

/// How many members of a room are connected to each node.
fn members_by_node(room: &Room) -> BTreeMap<&NodeId, u32> {
    let here = room.state.roster.here();
    let mut members = BTreeMap::new();
    for node in here.filter_map(|member| room.secrets.node(member.id)) {
        *members.entry(node).or_insert(0) += 1;
    }
    members
}

/// Takes out of a node's digest who is not there, and counts no more than the `members` who are:
/// somebody may have come back elsewhere since it was told. Those whom it does not name are better
/// off, so of them the ones in the least trouble are left out first.
fn keep_those_there(digest: &mut HealthDigest, members: u32, is_there: impl Fn(MemberId) -> bool) {
    let named = std::mem::take(&mut digest.worst);
    for (member, health) in named.into_iter().take(NAMED) {
        if is_there(member) {
            digest.worst.push((member, health));
        } else {
            let count = count_of(digest, health.state);
            *count = count.saturating_sub(1);
        }
    }
    let mut left = members;
    for count in [
        &mut digest.in_trouble,
        &mut digest.catching_up,
        &mut digest.in_step,
        &mut digest.chat_only,
    ] {
        *count = (*count).min(left);
        left -= *count;
    }
}

impl Replica {
    /// What the nodes that are alive told last, unless that is stale.
    pub(super) fn health_elsewhere(
        &self,
        now: Instant,
    ) -> impl Iterator<Item = (&NodeId, &NodeHealth)> {
        let known = self.others_health.known.iter();
        let fresh = known.filter(move |(node, (_, told))| {
            let is_fresh = now.saturating_duration_since(*told) <= STALE;
            is_fresh && !self.context.cluster.is_gone(Some(node))
        });
        fresh.map(|(node, (health, _))| (node, health))
    }

    /// Adds the members at other nodes to a digest of this node's.
    pub(super) fn add_elsewhere(&self, digest: &mut HealthDigest, now: Instant) {
        let members = members_by_node(&self.room);
        for (node, health) in self.health_elsewhere(now) {
            let mut other = health.digest.clone();
            let there = members.get(node).copied().unwrap_or_default();
            keep_those_there(&mut other, there, |member| self.is_at(node, member));
            for (count, more) in [
                (&mut digest.in_step, other.in_step),
                (&mut digest.catching_up, other.catching_up),
                (&mut digest.in_trouble, other.in_trouble),
                (&mut digest.chat_only, other.chat_only),
                (&mut digest.observers, other.observers),
            ] {
                *count = count.saturating_add(more);
            }
            digest.worst.append(&mut other.worst);
        }
        name_worst(digest);
    }

    /// Tells the other nodes how the members at this one are doing, if that is news.
    pub(super) fn tell_health(&mut self, digest: &HealthDigest, reports: bool, now: Instant) {
        let told = self.others_health.told.as_ref();
        let is_known = told.is_some_and(|(before, reported, at)| {
            *reported == reports
                && now.saturating_duration_since(*at) < REPEATED_AFTER
                && !is_digest_noticeable(before, digest)
        });
        if is_known {
            return;
        }
        self.others_health.told = Some((digest.clone(), reports, now));
        self.tell_others(&NodeMessage::Health(NodeHealth {
            digest: digest.clone(),
            round_trip: round_trip(&self.seats, now),
            reports,
        }));
    }

    /// Notes how the members at another node are doing: of nobody else, and of no more than there
    /// are.
    pub(in crate::server::replica) fn on_health_elsewhere(
        &mut self,
        from: &NodeId,
        mut health: NodeHealth,
        now: Instant,
    ) {
        let members = members_by_node(&self.room);
        let there = members.get(from).copied().unwrap_or_default();
        let digest = &mut health.digest;
        keep_those_there(digest, there, |member| self.is_at(from, member));
        digest.observers = digest.observers.min(MOST_OBSERVERS);
        let is_awaited = health.reports || self.digest_due.is_some();
        let is_urgent = self.others_health.note(from, health, now);
        if is_awaited {
            let at = if is_urgent {
                self.next_urgent_digest(now)
            } else {
                now + EVERY
            };
            self.make_digest_by(at);
        }
    }

    /// The log is back: what was told meanwhile has reached nobody, so everybody tells it again. A node
    /// that comes back later than others has missed that, and asks for it.
    pub(in crate::server::replica) fn on_return(&mut self, now: Instant) {
        if self.seats.present().next().is_some() {
            self.tell_others(&NodeMessage::AskHealth);
        }
        self.tell_health_again(now);
    }

    /// Tells the other nodes how the members at this one are doing, whatever they were told before.
    pub(in crate::server::replica) fn tell_health_again(&mut self, now: Instant) {
        let was_told = self.others_health.told.take().is_some();
        let reports = anyone(&self.seats, now) || self.seats.observers() > 0;
        if was_told || reports {
            self.tell_health(&digest(&self.seats, now), reports, now);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::keep_those_there;
    use crate::protocol::ids::MemberId;
    use crate::server::replica::health::summary;
    use crate::wire::message::{Health, HealthState};

    #[test]
    fn who_has_left_a_node_does_not_count_there_whether_it_named_them_or_not() {
        let of = |id, state| {
            (
                MemberId(id),
                Health {
                    state,
                    ..Health::default()
                },
            )
        };
        let in_step = (1..=25).map(|id| of(id, HealthState::InStep));
        let frozen = [of(30, HealthState::Frozen), of(31, HealthState::Frozen)];
        let mut digest = summary(in_step.chain(frozen));
        // Of the 27 members four have left, of whom one was named.
        keep_those_there(&mut digest, 23, |member| member != MemberId(30));
        assert_eq!((digest.in_step, digest.in_trouble), (22, 1));
        assert_eq!(digest.worst.len(), 19);
        assert_eq!(digest.worst[0].0, MemberId(31));
    }
}
