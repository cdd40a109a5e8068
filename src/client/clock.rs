//! The clocks of this process, read together for the app.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

use crate::app::event::Now;
use crate::protocol::time::{LocalTime, Span};

/// Local time counts from the moment at which this was made.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clock {
    origin: Instant,
}

impl Clock {
    /// A clock whose local time begins now.
    #[must_use]
    pub(super) fn start() -> Self {
        Self {
            origin: Instant::now(),
        }
    }

    /// The moment at which local time was zero.
    #[must_use]
    pub(super) const fn origin(self) -> Instant {
        self.origin
    }

    /// Both clocks, read one after the other.
    #[must_use]
    pub(super) fn now(self) -> Now {
        let local = LocalTime(Span::from(self.origin.elapsed()).0);
        // A clock set before 1970 only costs the detection of a suspend.
        let wall = SystemTime::now().duration_since(UNIX_EPOCH);
        let wall = wall.map_or(0, |since| Span::from(since).0);
        Now { local, wall }
    }

    /// The moment of a local time.
    #[must_use]
    pub(super) fn instant(self, time: LocalTime) -> Instant {
        let since = (time - LocalTime(0)).to_duration();
        // Too far away to be counted is as good as any other far moment.
        self.origin.checked_add(since).unwrap_or(self.origin)
    }
}

#[cfg(test)]
mod tests {
    use super::Clock;
    use crate::protocol::time::{LocalTime, Span};

    #[test]
    fn local_time_and_moments_agree() {
        let clock = Clock::start();
        let begin = clock.instant(LocalTime(0));
        let later = clock.instant(LocalTime(0) + Span::seconds(3));
        assert_eq!((later - begin).as_secs(), 3);
        assert!(clock.now().local <= clock.now().local);
        assert!(clock.now().wall > Span::seconds(1_600_000_000).0);
    }
}
