//! Spaces what all rooms of a node would do at the same moment.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::time::Instant;

/// How long after one room the next has its turn (judgement: 1,000 rooms within four seconds, and few
/// beside what waits to be told to other nodes).
const BETWEEN: Duration = Duration::from_millis(4);

/// Gives each room its turn. Clones share the turns.
#[derive(Debug, Clone)]
pub(super) struct Pacing {
    begun: Instant,
    /// When the next turn is at the earliest, in microseconds since it begun.
    next: Arc<AtomicU64>,
}

impl Pacing {
    /// The first turn is at once.
    pub(super) fn begin(now: Instant) -> Self {
        Self {
            begun: now,
            next: Arc::default(),
        }
    }

    /// When the room that asks has its turn.
    pub(super) fn turn(&self, now: Instant) -> Instant {
        let passed = micros(now.saturating_duration_since(self.begun));
        let after = |next: u64| next.max(passed).saturating_add(micros(BETWEEN));
        let taken = self
            .next
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |next| {
                Some(after(next))
            });
        // The update gives a value always, so there is no error.
        let at = taken.unwrap_or_default().max(passed);
        self.begun + Duration::from_micros(at)
    }
}

fn micros(span: Duration) -> u64 {
    u64::try_from(span.as_micros()).unwrap_or(u64::MAX)
}
