//! When to retry after a temporary failure. Pure: the time since the failure is an argument.

use std::time::Duration;

/// The times of the first retries, in seconds since the failure; after the last, one every
/// [`PERIOD`]. Judgement: quick where a server only restarts, rare where it is down.
const FIRST: [u64; 4] = [0, 2, 5, 10];

/// The times of all retries for media that yt-dlp has to resolve each time. Each resolution runs
/// for seconds and sends several requests to `YouTube`, which blocks clients that send too many. By
/// then, FFmpeg has retried the known address 0, 1, 4 and 11 s after the break (measured on 5.1.9),
/// so short breaks need no resolution (judgement).
const RESOLVING: [u64; 5] = [0, 8, 24, 56, 100];

/// Seconds between later retries (judgement: data returns within 10 s of its server).
const PERIOD: u64 = 8;

/// How long retries are made (judgement: a restart or a lost network takes no longer).
pub const PATIENCE: Duration = Duration::from_mins(2);

/// More retries than fit into [`PATIENCE`].
const MOST: usize = 32;

/// The longest `Retry-After` of a server that is obeyed; a longer one is cut to this (judgement:
/// people wait half a minute for media).
pub const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(30);

/// The schedule of retries after one failure.
#[derive(Debug, Clone, Default)]
pub struct RetrySchedule {
    /// The number of retries handed out, including those skipped.
    given: usize,
    /// Whether each retry has to resolve the media's addresses again.
    resolves: bool,
}

impl RetrySchedule {
    /// A schedule for media that must be resolved again each time: few retries.
    #[must_use]
    pub fn resolving() -> Self {
        Self {
            given: 0,
            resolves: true,
        }
    }

    /// The rest of the schedule after a failure that was already retried at once.
    #[must_use]
    pub const fn begun(self) -> Self {
        Self { given: 1, ..self }
    }

    /// How long to wait before the next retry, `since` the first failure; `None` when there are no
    /// more. A retry whose time passed while another one ran is skipped. `retry_after` is what the
    /// server asked for, if anything.
    pub fn next(&mut self, since: Duration, retry_after: Option<Duration>) -> Option<Duration> {
        let first = self.given == 0;
        let (index, at) = (self.given..MOST)
            .map_while(|index| Some((index, self.offset(index)?)))
            .find(|(_, at)| first || *at > since)?;
        let asked = retry_after.unwrap_or_default().min(LONGEST_RETRY_AFTER);
        let wait = at.saturating_sub(since).max(asked);
        if since + wait > PATIENCE {
            return None;
        }
        self.given = index + 1;
        Some(wait)
    }

    /// When the retry of this number is made, since the failure; `None` if it is not made.
    fn offset(&self, index: usize) -> Option<Duration> {
        if self.resolves {
            return RESOLVING.get(index).copied().map(Duration::from_secs);
        }
        let seconds = FIRST.get(index).copied().unwrap_or_else(|| {
            let last = FIRST.last().copied().unwrap_or_default();
            let more = index.saturating_sub(FIRST.len() - 1);
            last + PERIOD * u64::try_from(more).unwrap_or(u64::MAX / 16)
        });
        Some(Duration::from_secs(seconds))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{PATIENCE, RetrySchedule};

    /// The times of retries that take so many seconds each to fail.
    fn tries(each: u64) -> Vec<u64> {
        tries_by(RetrySchedule::default(), each)
    }

    fn tries_by(mut schedule: RetrySchedule, each: u64) -> Vec<u64> {
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
    fn what_has_to_be_resolved_is_tried_a_few_times_only() {
        let resolving = RetrySchedule::resolving;
        assert_eq!(tries_by(resolving(), 0), [0, 8, 24, 56, 100]);
        assert_eq!(tries_by(resolving(), 10), [0, 24, 56, 100]);
    }

    #[test]
    fn a_try_whose_time_passed_while_another_ran_is_left_out() {
        assert_eq!(tries(6)[..5], [0, 10, 18, 26, 34]);
        assert!(tries(30).len() <= 4);
    }

    #[test]
    fn what_was_tried_already_goes_on_with_the_later_tries() {
        let mut schedule = RetrySchedule::default().begun();
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
