//! Whether data comes fast enough for anything to play. Pure: the time waited is an argument.

use std::time::Duration;

use super::fetch::ANSWER;

/// The fewest bytes that have to come in each [`ANSWER`] of waiting: 3 kbit/s, half of what
/// the thinnest speech takes (judgement). A server that sends less holds a player for ever
/// with a connection that never breaks.
pub(super) const LEAST: usize = 4 * 1024;

/// The bytes that came while waiting. Time in which the player reads nothing does not count.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Throughput {
    waited: Duration,
    came: usize,
}

impl Throughput {
    /// How long to wait for the next bytes.
    pub(super) fn left(&self) -> Duration {
        ANSWER.saturating_sub(self.waited)
    }

    /// Counts bytes that came after waiting so long.
    pub(super) fn came(&mut self, bytes: usize, waited: Duration) {
        self.waited = self.waited.saturating_add(waited);
        self.came = self.came.saturating_add(bytes);
        if self.came >= LEAST {
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
            pace.came(LEAST / 10, Duration::from_secs(1));
            assert_eq!(pace.left() + Duration::from_secs(second), ANSWER);
        }
        pace.came(LEAST / 5, Duration::ZERO);
        assert_eq!(pace.left(), ANSWER);
        pace.came(1, 2 * ANSWER);
        assert_eq!(pace.left(), Duration::ZERO);
    }
}
