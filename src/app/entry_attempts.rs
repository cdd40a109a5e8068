//! How often and how long a server that does not answer is asked for entry: one node of several may
//! hang or end just then, while another would answer.

use crate::protocol::time::{LocalTime, Span};

/// The most attempts (judgement: with the waits between them, attempts that fail at once last some
/// 8 s, in which a node that was killed is found out by its proxy or runs anew).
const MOST: u32 = 5;

/// An attempt that fails later is the last one (judgement: of attempts that nothing answers for 7 to
/// 10 s each, three are made, and nobody waits much longer than 30 s for the error).
const WITHIN: Span = Span::seconds(21);

/// The attempts to be let in since the first one that nobody answered.
#[derive(Debug, Clone)]
pub struct EntryAttempts {
    begun: LocalTime,
    failed: u32,
}

impl EntryAttempts {
    /// The first attempt begins now.
    #[must_use]
    pub const fn begin(now: LocalTime) -> Self {
        Self {
            begun: now,
            failed: 0,
        }
    }

    /// An attempt has failed without an answer: whether another is to be made.
    pub fn fail(&mut self, now: LocalTime) -> bool {
        self.failed += 1;
        self.failed < MOST && now - self.begun < WITHIN
    }
}

#[cfg(test)]
mod tests {
    use super::EntryAttempts;
    use crate::app::Backoff;
    use crate::protocol::time::{LocalTime, Span};

    /// How many attempts are made if each takes so long to fail, and when the last has failed.
    fn attempts(seed: u64, each: Span) -> (u32, Span) {
        let (start, mut now) = (LocalTime(7), LocalTime(7));
        let mut attempts = EntryAttempts::begin(start);
        let mut backoff = Backoff::new(seed);
        for made in 1.. {
            now = now + each;
            if !attempts.fail(now) {
                return (made, now - start);
            }
            now = now + backoff.next_wait();
        }
        unreachable!("they end")
    }

    #[test]
    fn a_silent_server_is_asked_three_times_and_one_that_fails_at_once_five_times() {
        for seed in 0..1_000 {
            for silence in [7, 10] {
                let (made, lasted) = attempts(seed, Span::seconds(silence));
                assert_eq!(made, 3, "{silence} s, seed {seed}");
                assert!(lasted < Span::seconds(32), "{lasted:?}");
            }
            let (made, lasted) = attempts(seed, Span::ZERO);
            assert_eq!(made, 5, "seed {seed}");
            assert!(lasted < Span::seconds(10), "{lasted:?}");
        }
    }
}
