//! Joins and leaves, gathered: the first after a quiet while counts at once, the others
//! within 100 ms become one event, so that a crowd is a few events and not hundreds.

use std::time::Duration;

use tokio::time::Instant;

use super::message::Join;
use crate::protocol::event::Departure;
use crate::protocol::ids::MemberId;
use crate::protocol::member::LeaveCause;

/// For how long joins and leaves are gathered.
const GATHERED_FOR: Duration = Duration::from_millis(100);

/// Who came and went since the last presence event.
#[derive(Debug, Default)]
pub(super) struct Attendance {
    arrivals: Vec<Join>,
    departures: Vec<Departure>,
    /// When the gathered ones count; `None` if there are none.
    due: Option<Instant>,
    /// Before then there was a presence event a moment ago.
    quiet_from: Option<Instant>,
}

impl Attendance {
    /// Someone wants in.
    pub(super) fn arrive(&mut self, join: Join, now: Instant) {
        self.arrivals.push(join);
        self.arm(now);
    }

    /// A member's socket is gone.
    pub(super) fn depart(&mut self, member: MemberId, cause: LeaveCause, now: Instant) {
        if self.departures.iter().all(|known| known.member != member) {
            self.departures.push(Departure { member, cause });
            self.arm(now);
        }
    }

    /// A member who was about to be gone is back, or is gone for another reason already.
    pub(super) fn stay(&mut self, member: MemberId) {
        self.departures.retain(|known| known.member != member);
    }

    /// How many wait to be let in.
    pub(super) fn arriving(&self) -> usize {
        self.arrivals.len()
    }

    /// When the gathered ones count.
    pub(super) const fn due(&self) -> Option<Instant> {
        self.due
    }

    /// Those who came and went, which counts now.
    pub(super) fn take(&mut self, now: Instant) -> (Vec<Join>, Vec<Departure>) {
        self.due = None;
        self.quiet_from = Some(now + GATHERED_FOR);
        (
            std::mem::take(&mut self.arrivals),
            std::mem::take(&mut self.departures),
        )
    }

    /// Departures that could not be recorded are tried again later.
    pub(super) fn give_back(&mut self, departures: Vec<Departure>, again: Instant) {
        if !departures.is_empty() {
            self.departures.extend(departures);
            self.due = Some(again);
        }
    }

    fn arm(&mut self, now: Instant) {
        let quiet_from = self.quiet_from.unwrap_or(now).max(now);
        self.due = self.due.or(Some(quiet_from));
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::Instant;

    use super::Attendance;
    use crate::protocol::ids::MemberId;
    use crate::protocol::member::LeaveCause;

    #[test]
    fn the_first_after_quiet_counts_at_once_and_the_next_are_gathered() {
        let start = Instant::now();
        let mut attendance = Attendance::default();
        attendance.depart(MemberId(1), LeaveCause::Left, start);
        assert_eq!(attendance.due(), Some(start));
        assert_eq!(attendance.take(start).1.len(), 1);

        let soon = start + Duration::from_millis(30);
        attendance.depart(MemberId(2), LeaveCause::Left, soon);
        attendance.depart(MemberId(3), LeaveCause::Lost, soon);
        attendance.depart(MemberId(3), LeaveCause::Left, soon);
        let gathered = start + Duration::from_millis(100);
        assert_eq!(attendance.due(), Some(gathered));
        assert_eq!(attendance.take(gathered).1.len(), 2);

        let later = gathered + Duration::from_secs(5);
        attendance.depart(MemberId(4), LeaveCause::Left, later);
        attendance.stay(MemberId(4));
        assert_eq!(attendance.due(), Some(later));
        assert!(attendance.take(later).1.is_empty());
    }
}
