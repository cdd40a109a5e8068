//! Whether data arrives fast enough for any media. Pure: the time waited is an argument.

use std::time::Duration;

use super::fetch::ANSWER;

/// The fewest bytes that must arrive in each [`ANSWER`] of waiting: 3 kbit/s, half of what the
/// lowest speech bit rate needs (judgement). Without it a server that sends less would hold a
/// player forever on a connection that never breaks.
pub(super) const LEAST: usize = 4 * 1024;

/// The bytes received while waiting. Time in which the player does not read is not counted.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Throughput {
    waited: Duration,
    received: usize,
}

impl Throughput {
    /// How long to wait for the next bytes before the response counts as too slow.
    pub(super) fn left(&self) -> Duration {
        ANSWER.saturating_sub(self.waited)
    }

    /// Counts bytes that were received after `waited`.
    pub(super) fn received(&mut self, bytes: usize, waited: Duration) {
        self.waited = self.waited.saturating_add(waited);
        self.received = self.received.saturating_add(bytes);
        if self.received >= LEAST {
            *self = Self::default();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{LEAST, Throughput};
    use crate::relay::fetch::ANSWER;

    #[test]
    fn only_what_could_play_gives_more_time() {
        let mut pace = Throughput::default();
        for second in 1..=9 {
            pace.received(LEAST / 10, Duration::from_secs(1));
            assert_eq!(pace.left() + Duration::from_secs(second), ANSWER);
        }
        pace.received(LEAST / 5, Duration::ZERO);
        assert_eq!(pace.left(), ANSWER);
        pace.received(1, 2 * ANSWER);
        assert_eq!(pace.left(), Duration::ZERO);
    }
}
