//! Player reports that came faster than their rate allows. The newest of each kind waits; other
//! frames are not held up by it.

use std::collections::VecDeque;
use std::mem::discriminant;

use tokio::time::Instant;

use crate::protocol::command::Report;
use crate::server::limits::ConnectionLimits;

/// The reports of one connection that wait: at most one of each kind, in the order in which they
/// came.
#[derive(Debug, Default)]
pub(super) struct WaitingReports {
    reports: VecDeque<Report>,
    /// When the next one may be sent to the room; `None` until that was asked.
    turn: Option<Instant>,
}

impl WaitingReports {
    /// Adds a report, in place of an earlier one of its kind.
    pub(super) fn add(&mut self, report: Report) {
        let kind = discriminant(&report);
        self.reports.retain(|earlier| discriminant(earlier) != kind);
        self.reports.push_back(report);
    }

    /// Takes the next report if the rate allows it now.
    pub(super) fn take(&mut self, now: Instant, limits: &mut ConnectionLimits) -> Option<Report> {
        self.reports.front()?;
        match limits.report(now) {
            Ok(()) => {
                self.turn = None;
                self.reports.pop_front()
            }
            Err(wait) => {
                self.turn = Some(now + wait);
                None
            }
        }
    }

    /// When the next report may be taken; `None` if none waits.
    pub(super) fn due(&self) -> Option<Instant> {
        self.turn.filter(|_| !self.reports.is_empty())
    }
}
