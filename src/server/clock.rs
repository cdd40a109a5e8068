//! Room time on this node: the wall clock at the process's start plus monotonic time since.
//!
//! A step of the wall clock (NTP, a person) moves nothing; a start of the process with a
//! clock behind the log's newest event begins there, so that room time never runs backwards.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::time::Instant;

use crate::protocol::time::{RoomTime, Span};

/// The node's clock. Copies tell the same time.
#[derive(Debug, Clone, Copy)]
pub(super) struct NodeClock {
    origin: Instant,
    at_origin: RoomTime,
}

impl NodeClock {
    /// A clock that starts now and never tells less than `newest`.
    pub(super) fn start(newest: Option<RoomTime>) -> Self {
        Self::new(Instant::now(), SystemTime::now(), newest)
    }

    fn new(origin: Instant, wall: SystemTime, newest: Option<RoomTime>) -> Self {
        // A wall clock before 1970 counts as 1970; the log's newest event lifts it.
        let since_epoch = wall.duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
        let wall = RoomTime::default() + Span::from(since_epoch);
        Self {
            origin,
            at_origin: newest.map_or(wall, |newest| newest.max(wall)),
        }
    }

    /// Room time now.
    pub(super) fn now(&self) -> RoomTime {
        self.at(Instant::now())
    }

    /// Room time at an instant.
    pub(super) fn at(&self, instant: Instant) -> RoomTime {
        self.at_origin + Span::from(instant.saturating_duration_since(self.origin))
    }

    /// The instant of a room time; times before the start count as the start, and those
    /// beyond what the system's clock can tell as a day from the start.
    pub(super) fn instant(&self, time: RoomTime) -> Instant {
        const FAR: Duration = Duration::from_hours(24);
        self.origin
            .checked_add((time - self.at_origin).to_duration())
            .unwrap_or_else(|| self.origin + FAR)
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use tokio::time::Instant;

    use super::NodeClock;
    use crate::protocol::time::{RoomTime, Span};

    #[test]
    fn it_runs_with_monotonic_time() {
        let origin = Instant::now();
        let clock = NodeClock::new(origin, UNIX_EPOCH + Duration::from_secs(100), None);
        assert_eq!(clock.at(origin), RoomTime(100_000_000));
        let later = origin + Duration::from_millis(1500);
        assert_eq!(clock.at(later), RoomTime(101_500_000));
        assert_eq!(clock.instant(RoomTime(101_500_000)), later);
    }

    #[test]
    fn it_never_tells_less_than_the_log_knows() {
        let newest = RoomTime(500_000_000);
        let origin = Instant::now();
        let behind = NodeClock::new(origin, UNIX_EPOCH, Some(newest));
        assert_eq!(behind.at(origin), newest);
        let ahead = NodeClock::new(origin, UNIX_EPOCH + Duration::from_secs(501), Some(newest));
        assert_eq!(ahead.at(origin), newest + Span::seconds(1));
    }

    #[test]
    fn absurd_times_have_an_instant_too() {
        let clock = NodeClock::start(None);
        assert!(clock.instant(RoomTime(i64::MAX)) > clock.instant(RoomTime(i64::MIN)));
    }
}
