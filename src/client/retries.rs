//! Trying again where nothing answers, for subcommands that ask a server once. A client that stays
//! does the same by itself: `app/connection`.

use std::time::Duration;

use super::process_clock::ProcessClock;
use crate::app::event::Disconnect;
use crate::app::{Backoff, EntryAttempts};

/// The attempts at one question, the first of which begins now.
#[derive(Debug)]
pub(super) struct Retries {
    clock: ProcessClock,
    attempts: EntryAttempts,
    backoff: Backoff,
}

impl Retries {
    /// Before the first attempt.
    pub(super) fn begin() -> Self {
        let clock = ProcessClock::start();
        Self {
            clock,
            attempts: EntryAttempts::begin(clock.local()),
            backoff: Backoff::new(rand::random()),
        }
    }

    /// An attempt has failed: how long to wait before the next; `None` if there is to be none.
    pub(super) fn next_wait(&mut self, why: &Disconnect) -> Option<Duration> {
        let goes_on = why.may_pass() && self.attempts.fail(self.clock.local());
        goes_on.then(|| self.backoff.next_wait().to_duration())
    }
}
