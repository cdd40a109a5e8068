//! When something that failed for a passing cause is tried again. Pure: the time since the
//! failure is an argument.

use std::time::Duration;

/// When the first tries are made, in seconds since the failure; after the last of them, one
/// every [`PERIOD`]. Judgement: quick where a server only restarts, seldom where it is away.
const FIRST: [u64; 4] = [0, 2, 5, 10];

/// Seconds between later tries (judgement: data is back within 10 s of its server).
const PERIOD: u64 = 8;

/// For how long tries are made (judgement: a restart or a lost network takes no longer).
pub const PATIENCE: Duration = Duration::from_mins(2);

/// More tries than fit into [`PATIENCE`].
const MOST: usize = 32;

/// The longest wait that a server's `Retry-After` is obeyed for; a longer one counts as this
/// one (judgement: people wait half a minute for a film).
pub const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(30);

/// The tries after one failure.
#[derive(Debug, Clone, Default)]
pub struct RetrySchedule {
    /// How many tries were given out, those that were left out included.
    given: usize,
}

impl RetrySchedule {
    /// The rest of the tries after a failure that was tried again at once already.
    #[must_use]
    pub const fn begun() -> Self {
        Self { given: 1 }
    }

    /// How long to wait before the next try, `since` the first failure; `None` when there are
    /// no more. A try whose time has passed while another one ran is left out. `retry_after`
    /// is what the server asked for, if it did.
    pub fn next(&mut self, since: Duration, retry_after: Option<Duration>) -> Option<Duration> {
        let first = self.given == 0;
        let (index, at) = (self.given..MOST)
            .map(|index| (index, offset(index)))
            .find(|(_, at)| first || *at > since)?;
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

    use super::{PATIENCE, RetrySchedule};

    /// When tries are made that fail after so many seconds each.
    fn tries(each: u64) -> Vec<u64> {
        let mut schedule = RetrySchedule::default();
        let mut since = Duration::ZERO;
        let mut made = Vec::new();
        while let Some(wait) = schedule.next(since, None) {
            since += wait;
            made.push(since.as_secs());
            since += Duration::from_secs(each);
        }
        made
    }

    #[test]
    fn it_is_tried_at_once_and_then_ever_more_rarely_for_two_minutes() {
        let made = tries(0);
        assert_eq!(made[..7], [0, 2, 5, 10, 18, 26, 34]);
        assert_eq!(made.last(), Some(&114));
    }

    #[test]
    fn a_try_whose_time_passed_while_another_ran_is_left_out() {
        assert_eq!(tries(6)[..5], [0, 10, 18, 26, 34]);
        assert!(tries(30).len() <= 4);
    }

    #[test]
    fn what_was_tried_already_goes_on_with_the_later_tries() {
        let mut schedule = RetrySchedule::begun();
        let since = Duration::from_secs(30);
        assert_eq!(schedule.next(since, None), Some(Duration::from_secs(4)));
        let since = Duration::from_secs(34);
        assert_eq!(schedule.next(since, None), Some(Duration::from_secs(8)));
    }

    #[test]
    fn a_server_that_asks_for_time_gets_it_up_to_half_a_minute() {
        let mut schedule = RetrySchedule::default();
        let asked = |seconds| Some(Duration::from_secs(seconds));
        let wait = schedule.next(Duration::ZERO, asked(7));
        assert_eq!(wait, asked(7));
        let wait = schedule.next(Duration::from_secs(7), asked(3_600));
        assert_eq!(wait, asked(30));
        assert_eq!(schedule.next(PATIENCE, None), None);
    }
}
