//! The health of all members: its digest, and how far ahead moves have to be scheduled.

use std::collections::BTreeMap;
use std::time::Duration;

use tokio::time::Instant;

use super::Replica;
use super::node_message::{MOST_OBSERVERS, NodeHealth, NodeMessage};
use super::seats::{Seat, Seats};
use crate::protocol::ids::{MemberId, NodeId};
use crate::protocol::time::Span;
use crate::server::replies;
use crate::server::websocket::ServerFrame;
use crate::wire::health_change::{is_digest_noticeable, is_noticeable};
use crate::wire::message::{Health, HealthDigest, HealthState, ServerMsg};

/// How soon after a change a digest is made: as often as the clients of few report.
pub(super) const EVERY: Duration = Duration::from_secs(2);

/// After how long a digest goes out again that has not changed noticeably (judgement: as long as
/// health itself may stay unreported).
const REPEATED_AFTER: Duration = Duration::from_secs(10);

/// The least time that timers tell apart.
const JUST_AFTER: Duration = Duration::from_millis(1);

/// After how long it is stale what another node told of its members: 2.5 times as long as it may
/// stay untold.
const STALE: Duration = Duration::from_secs(25);

/// How many members a digest names, the worst first (judgement: more fit on no screen).
const NAMED: usize = 20;

/// What is added to the slowest one-way times for the way from socket to player (judgement).
const LEAD_MARGIN: Span = Span::millis(20);

/// The furthest ahead that a change is scheduled (judgement: beyond it a room feels slow).
const LEAD_MOST: Span = Span::millis(500);

/// The lead while no round trip is known (judgement: enough for connections within a continent).
const LEAD_UNKNOWN: Span = Span::millis(100);

/// How long after a report a digest is made, which is news to the others or not.
pub(super) const fn soon_or_later(is_news: bool) -> Duration {
    if is_news { EVERY } else { REPEATED_AFTER }
}

/// All seats, each with its health unless that is stale.
fn fresh(seats: &Seats, now: Instant) -> impl Iterator<Item = (&Seat, Option<Health>)> {
    seats
        .present()
        .map(move |seat| (seat, seat.fresh_health(now)))
}

/// The digest that everybody was told last.
#[derive(Debug, Default)]
pub(super) struct SentDigest(Option<(HealthDigest, ServerFrame, Instant)>);

impl SentDigest {
    /// The frame of this digest, if everybody is to be told it now: it differs noticeably from the
    /// last one, or that was long ago.
    pub(super) fn replace(&mut self, digest: HealthDigest, now: Instant) -> Option<&ServerFrame> {
        let is_known = self.0.as_ref().is_some_and(|(before, _, sent_at)| {
            now.saturating_duration_since(*sent_at) < REPEATED_AFTER
                && !is_digest_noticeable(before, &digest)
        });
        if is_known {
            return None;
        }
        let frame = replies::frame(&ServerMsg::Health(digest.clone()));
        let (_, frame, _) = self.0.insert((digest, frame, now));
        Some(frame)
    }

    /// What whoever has just come is told: the last digest, if there was any.
    pub(super) fn frame(&self) -> Option<&ServerFrame> {
        self.0.as_ref().map(|(_, frame, _)| frame)
    }

    /// When it went out.
    fn sent_at(&self) -> Option<Instant> {
        self.0.as_ref().map(|(_, _, sent_at)| *sent_at)
    }

    /// What everybody was told of a member; `None` if it does not name them.
    fn told_of(&self, of: MemberId) -> Option<Health> {
        let (digest, _, _) = self.0.as_ref()?;
        let mut named = digest.worst.iter();
        named
            .find(|(member, _)| *member == of)
            .map(|(_, health)| *health)
    }

    /// Forgets it: nobody reports any more.
    pub(super) fn forget(&mut self) {
        self.0 = None;
    }
}

/// Whether any member has reported health lately.
fn anyone(seats: &Seats, now: Instant) -> bool {
    fresh(seats, now).any(|(_, health)| health.is_some())
}

/// The digest of all seats. A member without a fresh report counts as one that only chats.
fn digest(seats: &Seats, now: Instant) -> HealthDigest {
    let present = fresh(seats, now);
    HealthDigest {
        observers: seats.observers(),
        ..summary(present.map(|(seat, health)| (seat.member, health.unwrap_or_default())))
    }
}

/// The digest of these reports: counts, and the members worst off, at most [`NAMED`] of them.
pub(crate) fn summary(members: impl Iterator<Item = (MemberId, Health)>) -> HealthDigest {
    let mut digest = HealthDigest::default();
    for (member, health) in members {
        let count = match health.state {
            HealthState::InStep => &mut digest.in_step,
            HealthState::CatchingUp | HealthState::Starting | HealthState::Loading => {
                &mut digest.catching_up
            }
            HealthState::OtherPictures
            | HealthState::CopyOver
            | HealthState::Buffering
            | HealthState::Frozen
            | HealthState::Failed => &mut digest.in_trouble,
            HealthState::ChatOnly | HealthState::Away => &mut digest.chat_only,
        };
        *count += 1;
        digest.worst.push((member, health));
    }
    name_worst(&mut digest);
    digest
}

/// Keeps the members worst off, the worst first.
fn name_worst(digest: &mut HealthDigest) {
    digest.worst.sort_by_key(|(member, health)| {
        let error = health.error.map_or(0, |error| error.abs().0);
        (std::cmp::Reverse((trouble(health.state), error)), *member)
    });
    digest.worst.truncate(NAMED);
    // It is kept until the next one, in a large room with the places of all.
    digest.worst.shrink_to_fit();
}

/// The rank of a state, the worst highest.
const fn trouble(state: HealthState) -> u8 {
    match state {
        HealthState::Failed => 8,
        HealthState::Frozen => 7,
        HealthState::Buffering => 6,
        HealthState::CopyOver => 5,
        HealthState::OtherPictures => 4,
        HealthState::Starting | HealthState::Loading => 3,
        HealthState::CatchingUp => 2,
        HealthState::InStep => 1,
        HealthState::ChatOnly | HealthState::Away => 0,
    }
}

/// The round trip that nine of ten members at this node do not exceed.
fn round_trip(seats: &Seats, now: Instant) -> Option<Span> {
    seats.derived_from_health(now, || {
        let round_trips = fresh(seats, now).filter_map(|(_, health)| health?.round_trip);
        ninetieth(round_trips.collect())
    })
}

/// The lead for these round trips: nine of ten members receive a change in time.
#[cfg(test)]
pub(crate) fn lead_for(round_trips: Vec<Span>) -> Span {
    lead_of(ninetieth(round_trips))
}

fn ninetieth(mut round_trips: Vec<Span>) -> Option<Span> {
    let ninetieth = (round_trips.len() * 9).div_ceil(10).checked_sub(1)?;
    let (_, ninetieth, _) = round_trips.select_nth_unstable(ninetieth);
    Some(*ninetieth)
}

fn lead_of(round_trip: Option<Span>) -> Span {
    round_trip.map_or(LEAD_UNKNOWN, |trip| {
        let one_way = Span(trip.0.max(0) / 2);
        (one_way + LEAD_MARGIN).min(LEAD_MOST)
    })
}

/// What the other nodes told last of how their members are doing, and what they were told.
#[derive(Debug, Default)]
pub(super) struct OthersHealth {
    /// By node, and when it came.
    known: BTreeMap<NodeId, (NodeHealth, Instant)>,
    /// The digest of this node's members that they were told, whether any of these reported, and
    /// when that was.
    told: Option<(HealthDigest, bool, Instant)>,
}

impl OthersHealth {
    fn fresh(&self, now: Instant) -> impl Iterator<Item = &NodeHealth> {
        let fresh = self.known.values();
        fresh
            .filter(move |(_, told)| now.saturating_duration_since(*told) <= STALE)
            .map(|(health, _)| health)
    }

    fn observers(&self, now: Instant) -> u32 {
        let observers = self.fresh(now).map(|health| health.digest.observers);
        observers.fold(0, u32::saturating_add)
    }

    /// Adds what is known of them to a digest of this node's members.
    fn add_to(&self, digest: &mut HealthDigest, now: Instant) {
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
}

impl Replica {
    /// How far ahead changes of playback are scheduled now. Of several nodes the slowest members
    /// count.
    pub(super) fn lead(&self, now: Instant) -> Span {
        let others = self.others_health.fresh(now);
        let others = others.filter_map(|health| health.round_trip);
        lead_of(others.chain(round_trip(&self.seats, now)).max())
    }

    /// How many watch from outside, at all nodes.
    pub(super) fn observers(&self, now: Instant) -> u32 {
        let here = self.seats.observers();
        here.saturating_add(self.others_health.observers(now))
    }

    /// Tells the members at this node how everybody is doing, and the other nodes how those are.
    pub(super) fn send_health(&mut self, now: Instant) {
        let observers = self.observers(now);
        let reports = anyone(&self.seats, now) || self.seats.observers() > 0;
        // Whoever comes later learns of them from the next digest.
        let goes_on = reports || self.others_health.fresh(now).any(|health| health.reports);
        let told = self.others_health.told.as_ref();
        let ends = told.is_some_and(|(_, reported, _)| *reported && !reports);
        if goes_on || ends || observers != self.told_observers {
            self.told_observers = observers;
            let mut digest = digest(&self.seats, now);
            if self.context.cluster.is_shared() {
                self.tell_health(&digest, reports, now);
                self.others_health.add_to(&mut digest, now);
            }
            if let Some(frame) = self.sent_digest.replace(digest, now) {
                self.seats.push_droppable_to_all(frame);
            }
        }
        if !goes_on {
            self.sent_digest.forget();
        }
        self.digest_due = goes_on.then(|| self.next_digest(now));
    }

    /// When a digest is made if nothing changes: those here or the other nodes are to hear it again,
    /// or a report grows stale.
    fn next_digest(&self, now: Instant) -> Instant {
        let told = self.others_health.told.as_ref();
        let again = [self.sent_digest.sent_at(), told.map(|(_, _, at)| *at)];
        let again = again.into_iter().flatten().map(|at| at + REPEATED_AFTER);
        // A report is fresh until that moment, and not after it.
        let stale = self.seats.next_stale(now).map(|at| at + JUST_AFTER);
        let next = again.chain(stale).filter(|at| *at > now).min();
        next.unwrap_or(now + REPEATED_AFTER)
    }

    /// Whether the others would notice how a member is now, who told `before` last.
    pub(super) fn is_news(&self, of: MemberId, before: Option<Health>, now: &Health) -> bool {
        let told = self.sent_digest.told_of(of).or(before);
        told.is_none_or(|told| is_noticeable(&told, now))
    }

    /// Has a digest made at this time, or earlier if one is due then.
    pub(super) fn make_digest_by(&mut self, at: Instant) {
        self.digest_due = Some(self.digest_due.map_or(at, |due| due.min(at)));
    }

    /// Has a digest made soon, while there are any, since others are here than before.
    pub(super) fn count_anew(&mut self, now: Instant) {
        if self.digest_due.is_some() {
            self.make_digest_by(now + EVERY);
        }
    }

    /// Tells the other nodes how the members at this one are doing, if that is news.
    fn tell_health(&mut self, digest: &HealthDigest, reports: bool, now: Instant) {
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
    pub(super) fn on_health_elsewhere(
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
        if health.reports || self.digest_due.is_some() {
            self.make_digest_by(now + EVERY);
        }
        let known = &mut self.others_health.known;
        known.retain(|_, (_, told)| now.saturating_duration_since(*told) <= STALE);
        known.insert(from.clone(), (health, now));
    }
}

#[cfg(test)]
mod tests {
    use super::{lead_for, summary};
    use crate::protocol::ids::MemberId;
    use crate::protocol::time::Span;
    use crate::wire::message::{Health, HealthState};

    fn health(state: HealthState, error_ms: i64) -> Health {
        Health {
            state,
            error: Some(Span::millis(error_ms)),
            ..Health::default()
        }
    }

    #[test]
    fn the_lead_reaches_nine_of_ten_and_is_bounded() {
        let ten: Vec<Span> = (1..=10).map(|n| Span::millis(n * 20)).collect();
        assert_eq!(lead_for(ten), Span::millis(90 + 20));
        assert_eq!(lead_for(vec![Span::millis(60)]), Span::millis(50));
        assert_eq!(lead_for(vec![Span(i64::MAX)]), Span::millis(500));
        assert_eq!(lead_for(vec![Span(i64::MIN)]), Span::millis(20));
        assert_eq!(lead_for(Vec::new()), Span::millis(100));
    }

    #[test]
    fn a_digest_counts_all_and_names_the_worst_first() {
        let many = (1..=30).map(|n| (MemberId(n), health(HealthState::InStep, 1)));
        let some = [
            (MemberId(31), health(HealthState::CatchingUp, 300)),
            (MemberId(32), health(HealthState::Frozen, 0)),
            (MemberId(33), health(HealthState::CatchingUp, -900)),
            (MemberId(34), Health::default()),
        ];
        let digest = summary(many.chain(some));
        let counts = (digest.in_step, digest.catching_up, digest.in_trouble);
        assert_eq!((counts, digest.chat_only), ((30, 2, 1), 1));
        let first: Vec<u64> = digest.worst.iter().take(3).map(|(m, _)| m.0).collect();
        assert_eq!(first, [32, 33, 31]);
        assert_eq!(digest.worst.len(), 20);
    }
}
