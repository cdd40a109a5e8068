//! The health of the members at other nodes: what the nodes tell each other, and when.

use std::collections::BTreeMap;
use std::time::Duration;

use tokio::time::Instant;

use super::{EVERY, NAMED, REPEATED_AFTER, anyone, digest, name_worst, round_trip};
use crate::protocol::ids::NodeId;
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
    /// What is not stale of it, by node.
    pub(super) fn fresh(&self, now: Instant) -> impl Iterator<Item = &NodeHealth> {
        let fresh = self.known.values();
        fresh
            .filter(move |(_, told)| now.saturating_duration_since(*told) <= STALE)
            .map(|(health, _)| health)
    }

    /// How many watch from outside at the other nodes.
    pub(super) fn observers(&self, now: Instant) -> u32 {
        let observers = self.fresh(now).map(|health| health.digest.observers);
        observers.fold(0, u32::saturating_add)
    }

    /// Adds what is known of them to a digest of this node's members.
    pub(super) fn add_to(&self, digest: &mut HealthDigest, now: Instant) {
        for NodeHealth { digest: other, .. } in self.fresh(now) {
            for (count, more) in [
                (&mut digest.in_step, other.in_step),
                (&mut digest.catching_up, other.catching_up),
                (&mut digest.in_trouble, other.in_trouble),
                (&mut digest.chat_only, other.chat_only),
                (&mut digest.observers, other.observers),
            ] {
                *count = count.saturating_add(more);
            }
            digest.worst.extend_from_slice(&other.worst);
        }
        name_worst(digest);
    }

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

impl Replica {
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
        let is_there = |member| self.room.secrets.node(member) == Some(from);
        let here = self.room.state.roster.here();
        let there = here.filter(|member| is_there(member.id)).count();
        let there = u32::try_from(there).unwrap_or(u32::MAX);
        let digest = &mut health.digest;
        digest.worst.retain(|(member, _)| is_there(*member));
        digest.worst.truncate(NAMED);
        for count in [
            &mut digest.in_step,
            &mut digest.catching_up,
            &mut digest.in_trouble,
            &mut digest.chat_only,
        ] {
            *count = (*count).min(there);
        }
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
