//! The clocks of this process, read together for the app.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

use crate::app::event::Now;
use crate::boot_clock;
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
        let boot = boot_clock::since_boot().unwrap_or_else(since_epoch);
        Now {
            local,
            boot: boot.0,
        }
    }

    /// The moment of a local time.
    #[must_use]
    pub(super) fn instant(self, time: LocalTime) -> Instant {
        let since = (time - LocalTime(0)).to_duration();
        // Too far away to be counted is as good as any other far moment.
        self.origin.checked_add(since).unwrap_or(self.origin)
    }
}

/// By the clock on the wall. One that is set before 1970 only costs the detection of a suspend.
fn since_epoch() -> Span {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(Span::ZERO, Span::from)
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
        assert!(clock.now().boot <= clock.now().boot);
    }

    #[test]
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    fn the_clock_on_the_wall_is_not_asked() {
        // No machine has been up for fifty years.
        assert!(Clock::start().now().boot < Span::seconds(1_600_000_000).0);
    }
}
