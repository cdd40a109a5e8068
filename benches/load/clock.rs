//! The clock of all processes of the bench.

use rustix::time::{ClockId, clock_gettime};

/// Microseconds of the system's monotonic clock, which all processes share.
pub(crate) fn now() -> u64 {
    let time = clock_gettime(ClockId::Monotonic);
    let seconds = u64::try_from(time.tv_sec).unwrap_or(0);
    seconds * 1_000_000 + u64::try_from(time.tv_nsec / 1_000).unwrap_or(0)
}

/// The microseconds from one time to a later one; so many that it is a fault if it is over an hour.
pub(crate) fn since(earlier: u64, now: u64) -> u32 {
    u32::try_from(now.saturating_sub(earlier)).unwrap_or(u32::MAX)
}
