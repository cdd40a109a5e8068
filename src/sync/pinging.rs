//! When to exchange timestamps: in a burst at first, then once a second.

use crate::protocol::time::{LocalTime, Span};

/// Exchanges of a burst: enough to start media on within a few milliseconds on a quiet
/// network, over in half a second.
pub(super) const BURST: u32 = 8;

/// Between two exchanges of a burst.
const BURST_GAP: Span = Span::millis(60);

/// Between two exchanges afterwards: leaves room in the five messages a second that a
/// member may cause.
pub(super) const STEADY_GAP: Span = Span::seconds(1);

/// The schedule of exchanges; silent while there is no connection.
#[derive(Debug, Clone, Default)]
pub(super) struct PingSchedule {
    next: Option<LocalTime>,
    burst_left: u32,
}

impl PingSchedule {
    /// Begins a burst.
    pub(super) fn burst(&mut self, now: LocalTime) {
        self.next = Some(now);
        self.burst_left = BURST;
    }

    /// Ends the exchanges, until the next connection begins with a burst.
    pub(super) fn stop(&mut self) {
        self.next = None;
    }

    /// Whether there is a connection to exchange on.
    #[must_use]
    pub(super) const fn is_on(&self) -> bool {
        self.next.is_some()
    }

    /// Whether an exchange is due; if so, the next one is scheduled.
    pub(super) fn due(&mut self, now: LocalTime) -> bool {
        if self.next.is_none_or(|next| next > now) {
            return false;
        }
        self.burst_left = self.burst_left.saturating_sub(1);
        let gap = if self.burst_left > 0 {
            BURST_GAP
        } else {
            STEADY_GAP
        };
        self.next = Some(now + gap);
        true
    }

    /// When the next exchange is due.
    #[must_use]
    pub(super) const fn next(&self) -> Option<LocalTime> {
        self.next
    }
}

#[cfg(test)]
mod tests {
    use super::PingSchedule;
    use crate::protocol::time::LocalTime;

    #[test]
    fn a_burst_is_followed_by_one_a_second() {
        let mut pinging = PingSchedule::default();
        assert!(!pinging.due(LocalTime(0)), "silent without a connection");
        pinging.burst(LocalTime(0));
        let mut sent = Vec::new();
        while sent.len() < 10 {
            let now = pinging.next().unwrap();
            assert!(pinging.due(now));
            sent.push(now.0 / 1_000);
        }
        assert_eq!(sent, [0, 60, 120, 180, 240, 300, 360, 420, 1_420, 2_420]);
        pinging.stop();
        assert_eq!(pinging.next(), None);
    }
}
