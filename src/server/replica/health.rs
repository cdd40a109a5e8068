//! The health of all members: its digest, and how far ahead moves have to be scheduled.

use std::time::Duration;

use tokio::time::Instant;

pub(super) use elsewhere::OthersHealth;

use super::Replica;
use super::seats::{Seat, Seats};
use crate::protocol::ids::MemberId;
use crate::protocol::time::Span;
use crate::server::replies;
use crate::server::websocket::ServerFrame;
use crate::wire::health_change::{is_digest_noticeable, is_noticeable, urgent_trouble};
use crate::wire::message::{Health, HealthDigest, HealthState, ServerMsg};

mod elsewhere;

/// How soon after a change a digest is made: as often as the clients of few report.
pub(super) const EVERY: Duration = Duration::from_secs(2);

/// After how long a digest goes out again that has not changed noticeably (judgement: as long as
/// health itself may stay unreported).
pub(super) const REPEATED_AFTER: Duration = Duration::from_secs(10);

/// The least time that timers tell apart.
const JUST_AFTER: Duration = Duration::from_millis(1);

/// The least time between two digests of which the later one is urgent, in a small room (judgement:
/// at a glance it is at once).
const URGENT_GAP: Duration = Duration::from_millis(250);

/// The same for each member of a large room, up to [`EVERY`]: each digest is a frame to everybody, and
/// in a crowd there is always somebody who stalls (judgement: a thousand frames a second).
const URGENT_GAP_EACH: Duration = Duration::from_millis(1);

/// How many members a digest names, the worst first (judgement: more fit on no screen).
const NAMED: usize = 20;

/// What is added to the slowest one-way times for the way from socket to player (judgement).
const LEAD_MARGIN: Span = Span::millis(20);

/// The furthest ahead that a change is scheduled (judgement: beyond it a room feels slow).
const LEAD_MOST: Span = Span::millis(500);

/// The lead while no round trip is known (judgement: enough for connections within a continent).
const LEAD_UNKNOWN: Span = Span::millis(100);

/// The least time between two digests of which the later one is urgent, in a room of so many.
fn urgent_gap(members: u32) -> Duration {
    URGENT_GAP_EACH
        .saturating_mul(members)
        .clamp(URGENT_GAP, EVERY)
}

/// All seats, each with its health unless that is stale.
fn fresh(seats: &Seats, now: Instant) -> impl Iterator<Item = (&Seat, Option<Health>)> {
    seats
        .present()
        .map(move |seat| (seat, seat.fresh_health(now)))
}

/// The digest that everybody was told last.
#[derive(Debug, Default)]
pub(super) struct SentDigest {
    /// With its frame, and when it went out.
    last: Option<(HealthDigest, ServerFrame, Instant)>,
    /// When a digest was made last, whether it went out or not.
    made_at: Option<Instant>,
}

impl SentDigest {
    /// The frame of this digest, if everybody is to be told it now: it differs noticeably from the
    /// last one, or that was long ago.
    pub(super) fn replace(&mut self, digest: HealthDigest, now: Instant) -> Option<&ServerFrame> {
        self.made_at = Some(now);
        let is_known = self.last.as_ref().is_some_and(|(before, _, sent_at)| {
            now.saturating_duration_since(*sent_at) < REPEATED_AFTER
                && !is_digest_noticeable(before, &digest)
        });
        if is_known {
            return None;
        }
        let frame = replies::frame(&ServerMsg::Health(digest.clone()));
        let (_, frame, _) = self.last.insert((digest, frame, now));
        Some(frame)
    }

    /// What whoever has just come is told: the last digest, if there was any.
    pub(super) fn frame(&self) -> Option<&ServerFrame> {
        self.last.as_ref().map(|(_, frame, _)| frame)
    }

    /// When it went out.
    fn sent_at(&self) -> Option<Instant> {
        self.last.as_ref().map(|(_, _, sent_at)| *sent_at)
    }

    /// What everybody was told of a member; `None` if it does not name them.
    fn told_of(&self, of: MemberId) -> Option<Health> {
        let (digest, _, _) = self.last.as_ref()?;
        let mut named = digest.worst.iter();
        named
            .find(|(member, _)| *member == of)
            .map(|(_, health)| *health)
    }

    /// Forgets it: nobody reports any more.
    pub(super) fn forget(&mut self) {
        self.last = None;
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
        *count_of(&mut digest, health.state) += 1;
        digest.worst.push((member, health));
    }
    name_worst(&mut digest);
    digest
}

/// What counts the members in this state.
const fn count_of(digest: &mut HealthDigest, state: HealthState) -> &mut u32 {
    match state {
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
    }
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

impl Replica {
    /// How far ahead changes of playback are scheduled now. Of several nodes the slowest members
    /// count.
    pub(super) fn lead(&self, now: Instant) -> Span {
        let others = self.health_elsewhere(now);
        let others = others.filter_map(|(_, health)| health.round_trip);
        lead_of(others.chain(round_trip(&self.seats, now)).max())
    }

    /// How many watch from outside, at all nodes.
    pub(super) fn observers(&self, now: Instant) -> u32 {
        let here = self.seats.observers();
        let elsewhere = self.health_elsewhere(now);
        let elsewhere = elsewhere.map(|(_, health)| health.digest.observers);
        elsewhere.fold(here, u32::saturating_add)
    }

    /// Tells the members at this node how everybody is doing, and the other nodes how those are.
    pub(super) fn send_health(&mut self, now: Instant) {
        let observers = self.observers(now);
        let reports = anyone(&self.seats, now) || self.seats.observers() > 0;
        // Whoever comes later learns of them from the next digest.
        let goes_on = reports || self.health_elsewhere(now).any(|(_, health)| health.reports);
        let ends = self.others_health.told_of_reports() && !reports;
        if goes_on || ends || observers != self.told_observers {
            self.told_observers = observers;
            let mut digest = digest(&self.seats, now);
            if self.context.cluster.is_shared() {
                self.tell_health(&digest, reports, now);
                self.add_elsewhere(&mut digest, now);
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
        let again = [self.sent_digest.sent_at(), self.others_health.told_at()];
        let again = again.into_iter().flatten().map(|at| at + REPEATED_AFTER);
        // A report is fresh until that moment, and not after it.
        let stale = self.seats.next_stale(now).map(|at| at + JUST_AFTER);
        let next = again.chain(stale).filter(|at| *at > now).min();
        next.unwrap_or(now + REPEATED_AFTER)
    }

    /// When a digest has to be made after a report of a member's health, of whom `before` was reported
    /// last: at once if urgent trouble has begun or ended, soon if the others would notice another
    /// difference.
    pub(super) fn digest_after(
        &self,
        of: MemberId,
        before: Option<Health>,
        health: &Health,
        now: Instant,
    ) -> Instant {
        let told = self.sent_digest.told_of(of).or(before);
        let trouble = told.and_then(|told| urgent_trouble(told.state));
        if urgent_trouble(health.state) != trouble {
            self.next_urgent_digest(now)
        } else if told.is_none_or(|told| is_noticeable(&told, health)) {
            now + EVERY
        } else {
            now + REPEATED_AFTER
        }
    }

    /// When an urgent digest may be made: now, unless one was made a moment ago.
    fn next_urgent_digest(&self, now: Instant) -> Instant {
        let gap = urgent_gap(self.room.state.roster.count);
        let made_at = self.sent_digest.made_at;
        made_at.map_or(now, |made_at| now.max(made_at + gap))
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
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{lead_for, summary, urgent_gap};
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
    fn what_is_urgent_waits_longer_in_larger_rooms() {
        for (members, millis) in [
            (0, 250),
            (2, 250),
            (250, 250),
            (1_000, 1_000),
            (9_000, 2_000),
        ] {
            assert_eq!(urgent_gap(members), Duration::from_millis(millis));
        }
        assert_eq!(urgent_gap(u32::MAX), Duration::from_secs(2));
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
