//! Retries of one request of mpv's: waits for the next attempt, reports the fault, and gives up.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::disclosure::Disclosure;
use super::fetch::FetchFailure;
use super::relay_load::RelayLoad;
use super::throughput::LEAST;
use crate::media::fault::{FaultKind, MediaFault};
use crate::media::retry::RetrySchedule;

/// A failure counts as over after this many bytes, or after [`PROOF_TIME`] and at least [`LEAST`]
/// bytes (judgement). Otherwise a server that breaks off after every byte would be asked again
/// without any pause.
const PROOF_BYTES: usize = 256 * 1024;

/// How long data must have arrived for a failure to be over, if it was too slow for [`PROOF_BYTES`]
/// (judgement).
const PROOF_TIME: Duration = Duration::from_secs(10);

/// The retries of one request of mpv's.
#[derive(Debug)]
pub(super) struct Retrying {
    load: Arc<RelayLoad>,
    schedule: RetrySchedule,
    /// When the current failure began; `None` without one.
    since: Option<Instant>,
    /// When data arrived again, and how many bytes since.
    resumed: Option<(Instant, usize)>,
    /// Whether the current failure was reported.
    is_reported: bool,
}

impl Retrying {
    /// The retries of a request that has not failed yet.
    pub(super) fn new(load: Arc<RelayLoad>) -> Self {
        Self {
            load,
            schedule: RetrySchedule::default(),
            since: None,
            resumed: None,
            is_reported: false,
        }
    }

    /// Waits for the next attempt after `failure`.
    ///
    /// # Errors
    /// The fault, if it is permanent, the attempts are used up, or the load was given up.
    pub(super) async fn wait(&mut self, failure: FetchFailure) -> Result<(), MediaFault> {
        let fault = failure.fault;
        self.load.note(fault);
        let may_retry = self.load.disclosure(fault) == Disclosure::None;
        if !fault.is_passing() || !may_retry || self.load.verdict().is_some() {
            return Err(fault);
        }
        self.forget_if_over();
        self.resumed = None;
        let first = self.since.is_none();
        let now = Instant::now();
        let since = *self.since.get_or_insert(now);
        let wait = self.schedule.next(now - since, failure.retry_after);
        let wait = wait.ok_or(fault)?;
        // Servers close connections that a paused player left idle. The first attempt comes at
        // once, so there is nothing to report.
        let is_silent = first && wait.is_zero() && is_closing(fault.kind);
        if self.load.is_retried_by_opener() && !is_silent {
            if let Some(wait) = failure.retry_after {
                self.load.report_retry_after(fault, wait);
            }
            return Err(fault);
        }
        if !is_silent {
            let is_new = !std::mem::replace(&mut self.is_reported, true);
            self.load.report_retrying(fault, now + wait, is_new);
        }
        tracing::debug!(load = self.load.id.0, ?fault, ?wait, "trying again");
        tokio::select! {
            () = sleep(wait) => {}
            () = self.load.retry_requested() => {}
        }
        Ok(())
    }

    /// Counts received bytes, which may end a failure.
    pub(super) fn progress(&mut self, bytes: usize) {
        if self.since.is_none() {
            return;
        }
        let (_, count) = self.resumed.get_or_insert((Instant::now(), 0));
        *count = count.saturating_add(bytes);
        // A few bytes now and then do not end the failure.
        if *count >= LEAST && std::mem::take(&mut self.is_reported) {
            self.load.report_flowing();
        }
        self.forget_if_over();
    }

    /// Resets the state once enough data has arrived after a failure.
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
        if self.is_reported {
            self.load.report_flowing();
        }
    }
}

/// Whether the server only closed the connection.
const fn is_closing(kind: FaultKind) -> bool {
    matches!(kind, FaultKind::Broken | FaultKind::ClosedUnanswered)
}
