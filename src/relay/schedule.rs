//! When a request that failed is sent again. Pure: the time since the failure is an argument.

use std::time::Duration;

/// When the first tries are made, in seconds since the failure; from the last one on, one
/// every [`PERIOD`]. The issue's own numbers: quick where a server only restarts, seldom
/// where it is away.
const FIRST: [u64; 4] = [0, 2, 5, 10];

/// How far apart later tries are.
const PERIOD: u64 = 8;

/// For how long tries are made.
pub(super) const PATIENCE: Duration = Duration::from_mins(2);

/// The longest wait that a server's `Retry-After` is obeyed for; a longer one counts as this
/// one.
pub(super) const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(30);

/// The tries after one failure.
#[derive(Debug, Clone, Default)]
pub(super) struct Schedule {
    /// How many tries were given out.
    given: usize,
}

impl Schedule {
    /// How long to wait before the next try, `since` the first failure; `None` when there are
    /// no more. A try whose time has passed while another one ran is left out. `retry_after`
    /// is what the server asked for, if it did.
    pub(super) fn next(
        &mut self,
        since: Duration,
        retry_after: Option<Duration>,
    ) -> Option<Duration> {
        let first = self.given == 0;
        let mut index = self.given;
        while !first && offset(index) <= since {
            index += 1;
        }
        let at = offset(index);
        let asked = retry_after.unwrap_or_default().min(LONGEST_RETRY_AFTER);
        let wait = at.saturating_sub(since).max(asked);
        if since + wait > PATIENCE {
            return None;
        }
        self.given = index + 1;
        Some(wait)
    }
}

/// When the try of this number is made, since the failure.
fn offset(index: usize) -> Duration {
    let seconds = FIRST.get(index).copied().unwrap_or_else(|| {
        let last = FIRST.last().copied().unwrap_or_default();
        let more = index.saturating_sub(FIRST.len() - 1);
        last + PERIOD * u64::try_from(more).unwrap_or(u64::MAX / 16)
    });
    Duration::from_secs(seconds)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{LONGEST_RETRY_AFTER, PATIENCE, Schedule};

    /// The moments of all tries, if each of them takes `takes` and fails.
    fn tries(takes: Duration) -> Vec<u64> {
        let mut schedule = Schedule::default();
        let mut now = Duration::ZERO;
        let mut moments = Vec::new();
        while let Some(wait) = schedule.next(now, None) {
            now += wait;
            moments.push(now.as_secs());
            now += takes;
        }
        moments
    }

    #[test]
    fn tries_are_made_at_0_2_5_10_and_every_8_s_for_two_minutes() {
        let expected = [
            0, 2, 5, 10, 18, 26, 34, 42, 50, 58, 66, 74, 82, 90, 98, 106, 114,
        ];
        assert_eq!(tries(Duration::from_millis(3)), expected);
    }

    #[test]
    fn a_try_whose_time_passed_during_another_is_left_out() {
        let slow = tries(Duration::from_secs(10));
        assert_eq!(slow[..4], [0, 18, 34, 50]);
    }

    #[test]
    fn a_server_may_ask_for_a_pause_of_up_to_half_a_minute() {
        let mut schedule = Schedule::default();
        let asked = Some(Duration::from_secs(7));
        assert_eq!(schedule.next(Duration::ZERO, asked), asked);
        let next = schedule.next(Duration::from_secs(7), None);
        assert_eq!(next, Some(Duration::from_secs(3)));
        let hour = Some(Duration::from_hours(1));
        let next = schedule.next(Duration::from_secs(10), hour);
        assert_eq!(next, Some(LONGEST_RETRY_AFTER));
    }

    #[test]
    fn nothing_is_tried_beyond_the_patience() {
        let mut schedule = Schedule::default();
        assert_eq!(schedule.next(Duration::ZERO, None), Some(Duration::ZERO));
        assert_eq!(schedule.next(PATIENCE, None), None);
    }
}
