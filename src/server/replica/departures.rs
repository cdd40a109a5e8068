//! Gathers departures: the first after a quiet moment is committed at once, those within the next
//! 100 ms become one event, so that a crowd that leaves is a few events and not hundreds. Joins are
//! not gathered here: whoever joins is answered at once.
//!
//! A connection that drops again and again is not announced each time: after a few departures
//! within a minute the next is committed only later, and cancelled if the member reconnects
//! before that.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use tokio::time::Instant;

use crate::protocol::event::Departure;
use crate::protocol::ids::MemberId;
use crate::protocol::member::LeaveCause;

/// For how long departures are gathered (judgement: nobody notices the delay).
const GATHERED_FOR: Duration = Duration::from_millis(100);

/// How many departures of one member within [`FLAPS_WITHIN`] are committed at once (judgement: a
/// bad network, and a client that is restarted).
const AT_ONCE: usize = 3;

/// For how long a departure counts towards [`AT_ONCE`] (judgement).
const FLAPS_WITHIN: Duration = Duration::from_mins(1);

/// How long later departures are held (longer than any client that comes back by itself waits
/// between two tries, which is up to 12 s where the server has many; judgement: no longer than
/// needed, for those who want to know who is there).
const HELD_FOR: Duration = Duration::from_secs(20);

/// The fewest members whose departures are remembered before any is forgotten (judgement: a room at
/// rest holds little).
const REMEMBERED: usize = 8;

/// A departure that is not committed yet, and when it is due.
#[derive(Debug)]
struct PendingDeparture {
    departure: Departure,
    due: Instant,
}

/// The departures that are not committed yet.
#[derive(Debug, Default)]
pub(super) struct PendingDepartures {
    departures: BTreeMap<MemberId, PendingDeparture>,
    /// When each member departed within the last [`FLAPS_WITHIN`], cancelled departures included;
    /// and of some longer ago.
    left: BTreeMap<MemberId, VecDeque<Instant>>,
    /// With how many members in `left` those are forgotten who departed longer ago: each time twice as
    /// many as were left then, so that a crowd that leaves is not looked through for each of them.
    forget_at: usize,
    /// Departures are gathered until then, since some were committed a moment ago.
    quiet_from: Option<Instant>,
}

impl PendingDepartures {
    /// Adds a departure, unless one of this member is pending already.
    pub(super) fn depart(&mut self, member: MemberId, cause: LeaveCause, now: Instant) {
        if self.is_going(member) {
            return;
        }
        let due = if self.flaps(member, now) {
            now + HELD_FOR
        } else {
            self.next(now)
        };
        let departure = Departure { member, cause };
        self.departures
            .insert(member, PendingDeparture { departure, due });
    }

    /// Cancels a pending departure: the member reconnected, or has left by another event.
    pub(super) fn cancel_departure(&mut self, member: MemberId) {
        self.departures.remove(&member);
    }

    /// When the next departure is due.
    pub(super) fn due(&self) -> Option<Instant> {
        self.departures.values().map(|going| going.due).min()
    }

    /// Takes the departures that are due.
    pub(super) fn take(&mut self, now: Instant) -> Vec<Departure> {
        let gone = self.departures.extract_if(.., |_, going| going.due <= now);
        let gone: Vec<Departure> = gone.map(|(_, going)| going.departure).collect();
        if !gone.is_empty() {
            self.quiet_from = Some(now + GATHERED_FOR);
        }
        gone
    }

    /// Puts back departures that could not be committed; they are due at `again`.
    pub(super) fn give_back(&mut self, departures: Vec<Departure>, again: Instant) {
        let due = again;
        let again = departures.into_iter();
        self.departures
            .extend(again.map(|departure| (departure.member, PendingDeparture { departure, due })));
    }

    fn is_going(&self, member: MemberId) -> bool {
        self.departures.contains_key(&member)
    }

    /// Counts a departure, and returns whether this member has departed too often lately.
    fn flaps(&mut self, member: MemberId, now: Instant) -> bool {
        let counts = |at: &Instant| now.saturating_duration_since(*at) < FLAPS_WITHIN;
        if self.left.len() >= self.forget_at {
            self.left
                .retain(|_, times| times.back().is_some_and(counts));
            self.forget_at = (self.left.len() * 2).max(REMEMBERED);
        }
        let times = self.left.entry(member).or_default();
        times.retain(counts);
        times.push_back(now);
        if times.len() > AT_ONCE + 1 {
            times.pop_front();
        }
        times.len() > AT_ONCE
    }

    /// When a departure that comes now is due.
    fn next(&self, now: Instant) -> Instant {
        self.quiet_from.unwrap_or(now).max(now)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::Instant;

    use super::PendingDepartures;
    use crate::protocol::ids::MemberId;
    use crate::protocol::member::LeaveCause;

    #[test]
    fn the_first_after_quiet_counts_at_once_and_the_next_are_gathered() {
        let start = Instant::now();
        let mut presence = PendingDepartures::default();
        presence.depart(MemberId(1), LeaveCause::Left, start);
        assert_eq!(presence.due(), Some(start));
        assert_eq!(presence.take(start).len(), 1);

        let soon = start + Duration::from_millis(30);
        presence.depart(MemberId(2), LeaveCause::Left, soon);
        presence.depart(MemberId(3), LeaveCause::Lost, soon);
        presence.depart(MemberId(3), LeaveCause::Left, soon);
        let gathered = start + Duration::from_millis(100);
        assert_eq!(presence.due(), Some(gathered));
        assert_eq!(presence.take(gathered).len(), 2);

        let later = gathered + Duration::from_secs(5);
        presence.depart(MemberId(4), LeaveCause::Left, later);
        presence.cancel_departure(MemberId(4));
        assert_eq!(presence.due(), None);
        assert!(presence.take(later).is_empty());
    }

    #[test]
    fn of_a_crowd_that_left_nobody_is_remembered_for_long() {
        let start = Instant::now();
        let mut presence = PendingDepartures::default();
        for member in 0..1_000 {
            presence.depart(MemberId(member), LeaveCause::Lost, start);
        }
        assert_eq!(presence.take(start).len(), 1_000);
        let later = start + Duration::from_mins(2);
        for member in 0..1_000 {
            presence.depart(MemberId(member), LeaveCause::Lost, later);
        }
        presence.take(later + Duration::from_millis(100));
        let much_later = later + Duration::from_mins(2);
        for member in 0..1_000 {
            presence.depart(MemberId(2_000 + member), LeaveCause::Left, much_later);
        }
        assert!(presence.left.len() <= 1_000, "{}", presence.left.len());
    }

    #[test]
    fn who_comes_and_goes_all_the_time_is_gone_only_after_a_while() {
        let start = Instant::now();
        let mut presence = PendingDepartures::default();
        let mut counted = 0;
        for round in 0..100 {
            let now = start + Duration::from_millis(round * 100);
            presence.depart(MemberId(1), LeaveCause::Lost, now);
            counted += presence.take(now).len();
            presence.cancel_departure(MemberId(1));
        }
        assert_eq!(counted, 3, "the first ones count at once");
        let last = start + Duration::from_secs(10);
        presence.depart(MemberId(1), LeaveCause::Left, last);
        presence.depart(MemberId(2), LeaveCause::Left, last);
        let gone = presence.take(last);
        assert_eq!(gone.len(), 1, "others are told as ever");
        assert_eq!(gone[0].member, MemberId(2));
        let later = last + Duration::from_secs(20);
        assert_eq!(presence.due(), Some(later));
        assert_eq!(presence.take(later).len(), 1, "who stays away is gone");
        let rested = later + Duration::from_secs(61);
        presence.depart(MemberId(1), LeaveCause::Left, rested);
        assert_eq!(presence.due(), Some(rested), "and is forgiven");
    }
}
