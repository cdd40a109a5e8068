//! A player's reports that came faster than they may: the newest of each kind waits for its
//! turn, and nothing else waits for it.

use std::collections::VecDeque;
use std::mem::discriminant;

use tokio::time::{Instant, sleep_until};

use crate::protocol::command::Report;
use crate::server::limits::Allowance;

/// The reports of one connection whose turn has not come; at most one of a kind, in the order
/// in which they came.
#[derive(Debug, Default)]
pub(super) struct WaitingReports {
    reports: VecDeque<Report>,
    /// When the next turn comes, once it is known.
    turn: Option<Instant>,
}

impl WaitingReports {
    /// Adds a report. An earlier one of its kind says nothing any more.
    pub(super) fn add(&mut self, report: Report) {
        let kind = discriminant(&report);
        self.reports.retain(|earlier| discriminant(earlier) != kind);
        self.reports.push_back(report);
    }

    /// The report whose turn it is, if it has come.
    pub(super) fn take(&mut self, now: Instant, allowance: &mut Allowance) -> Option<Report> {
        self.reports.front()?;
        match allowance.report(now) {
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

    /// Waits for the next turn; for ever if nothing waits.
    pub(super) async fn turn(&self) {
        match self.turn.filter(|_| !self.reports.is_empty()) {
            Some(turn) => sleep_until(turn).await,
            None => std::future::pending().await,
        }
    }
}
