//! The clocks of this process that the app needs, read together.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

use crate::app::event::Now;
use crate::app::wall_time::{OffsetChange, WallTime};
use crate::boot_clock;
use crate::protocol::time::{LocalTime, Span};

/// Local time, which counts from the moment at which this was made, time since boot, and the time
/// on the wall.
#[derive(Debug, Clone, Copy)]
pub(super) struct ProcessClock {
    origin: Instant,
}

impl ProcessClock {
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

    /// Local time now.
    #[must_use]
    pub(super) fn local(self) -> LocalTime {
        LocalTime(Span::from(self.origin.elapsed()).0)
    }

    /// The clocks, read one after the other.
    #[must_use]
    pub(super) fn now(self) -> Now {
        let local = self.local();
        let boot = boot_clock::since_boot().unwrap_or_else(since_epoch);
        Now {
            local,
            boot: boot.0,
            wall: on_the_wall(),
        }
    }

    /// The moment of a local time.
    #[must_use]
    pub(super) fn instant(self, time: LocalTime) -> Instant {
        let since = (time - LocalTime(0)).to_duration();
        // A time that no instant can hold never comes while the program runs. Waking up for it
        // at once only costs a deadline that is not due.
        self.origin.checked_add(since).unwrap_or(self.origin)
    }
}

/// What a clock on the wall shows. The system's time zone is kept by `jiff`, which looks it up anew
/// every few minutes.
#[must_use]
pub fn on_the_wall() -> WallTime {
    let now = jiff::Timestamp::now();
    let zone = jiff::tz::TimeZone::system();
    let change = zone.following(now).next().map(|next| OffsetChange {
        at: next.timestamp().as_microsecond(),
        offset: next.offset().seconds(),
    });
    WallTime {
        since_epoch: now.as_microsecond(),
        offset: zone.to_offset(now).seconds(),
        change,
    }
}

/// The wall clock. One that is set before 1970 only costs the detection of a suspend.
fn since_epoch() -> Span {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(Span::ZERO, Span::from)
}

#[cfg(test)]
mod tests {
    use super::ProcessClock;
    use crate::protocol::time::{LocalTime, Span};

    #[test]
    fn local_time_and_moments_agree() {
        let clock = ProcessClock::start();
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
        assert!(ProcessClock::start().now().boot < Span::seconds(1_600_000_000).0);
    }
}
