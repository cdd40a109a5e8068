//! The failures of one of mpv's requests: waits for the next try, reports it, and gives up.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::disclosure::Disclosure;
use super::fetch::Failure;
use super::relay_load::RelayLoad;
use super::throughput::LEAST;
use crate::media::fault::{Fault, FaultKind};
use crate::media::retry::RetrySchedule;

/// How many bytes have to come, or how long (and then at least [`LEAST`] in all), until a failure is over and
/// the next one is a new one (judgement). Without it a server that breaks after every byte
/// would be asked without a pause for ever.
const PROOF_BYTES: usize = 256 * 1024;

/// See [`PROOF_BYTES`].
const PROOF_TIME: Duration = Duration::from_secs(10);

/// The failures of one of mpv's requests.
#[derive(Debug)]
pub(super) struct Retrying {
    load: Arc<RelayLoad>,
    schedule: RetrySchedule,
    /// When the failure began that is not over yet.
    since: Option<Instant>,
    /// When data came again, and how much of it.
    resumed: Option<(Instant, usize)>,
    /// Whether the failure was reported.
    told: bool,
}

impl Retrying {
    /// No failure yet.
    pub(super) fn new(load: Arc<RelayLoad>) -> Self {
        Self {
            load,
            schedule: RetrySchedule::default(),
            since: None,
            resumed: None,
            told: false,
        }
    }

    /// Waits for the next try after `failure`.
    ///
    /// # Errors
    /// The fault, if it will not pass, there were tries enough, or the load was given up.
    pub(super) async fn wait(&mut self, failure: Failure) -> Result<(), Fault> {
        let fault = failure.fault;
        self.load.note(fault);
        let may_be_tried = self.load.disclosure(fault) == Disclosure::None;
        if !fault.is_passing() || !may_be_tried || self.load.verdict().is_some() {
            return Err(fault);
        }
        self.forget_if_over();
        self.resumed = None;
        let first = self.since.is_none();
        let now = Instant::now();
        let since = *self.since.get_or_insert(now);
        let wait = self.schedule.next(now - since, failure.retry_after);
        let wait = wait.ok_or(fault)?;
        // A server closes connections that a paused player left idle. That is mended at once
        // and is nobody's trouble.
        let unnoticed = first && wait.is_zero() && is_closing(fault.kind);
        if self.load.is_tried_by_its_opener() && !unnoticed {
            if let Some(wait) = failure.retry_after {
                self.load.asked_to_wait(fault, wait);
            }
            return Err(fault);
        }
        if !unnoticed {
            let is_new = !std::mem::replace(&mut self.told, true);
            self.load.in_trouble(fault, now + wait, is_new);
        }
        tracing::debug!(load = self.load.id.0, ?fault, ?wait, "trying again");
        tokio::select! {
            () = sleep(wait) => {}
            () = self.load.woken() => {}
        }
        Ok(())
    }

    /// Counts data that came.
    pub(super) fn progress(&mut self, bytes: usize) {
        if self.since.is_none() {
            return;
        }
        let (_, count) = self.resumed.get_or_insert((Instant::now(), 0));
        *count = count.saturating_add(bytes);
        // A server that sends a byte now and then is still in trouble.
        if *count >= LEAST && std::mem::take(&mut self.told) {
            self.load.out_of_trouble();
        }
        self.forget_if_over();
    }

    /// Forgets a failure after which enough data came.
    fn forget_if_over(&mut self) {
        let is_proof = |(at, bytes): (Instant, usize)| {
            bytes >= PROOF_BYTES || (bytes >= LEAST && at.elapsed() >= PROOF_TIME)
        };
        if self.resumed.is_some_and(is_proof) {
            self.since = None;
            self.resumed = None;
            self.schedule = RetrySchedule::default();
        }
    }
}

impl Drop for Retrying {
    fn drop(&mut self) {
        if self.told {
            self.load.out_of_trouble();
        }
    }
}

/// Whether the other side merely closed the connection.
const fn is_closing(kind: FaultKind) -> bool {
    matches!(kind, FaultKind::Broken | FaultKind::ClosedUnanswered)
}
