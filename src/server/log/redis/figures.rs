//! Counts what the log does, and says how it is: for `/metrics` and the operator.

use std::time::Duration;

use bytes::Bytes;

use super::Redis;
use super::lease::{self, LEASE};
use crate::protocol::ids::{NodeId, Rev, RoomId};
use crate::room::committed::Committed;
use crate::server::log::{Appended, LogError, Missed};
use crate::server::metrics::Metrics;
use crate::server::metrics::store::{AppendOutcome, LastSign, StoreFigures, StoreIncident};

impl Redis {
    /// Appends, and counts what becomes of it.
    pub(in crate::server::log) async fn append_counted(
        &self,
        room: &RoomId,
        after: Rev,
        events: Vec<Committed>,
        snapshot: Option<Bytes>,
    ) -> Result<Appended, LogError> {
        let counts = !events.is_empty();
        let done = self.append(room, after, &events, snapshot).await;
        if counts {
            self.shared.counts.appended(match &done {
                Ok(Appended::Agreed(_)) => AppendOutcome::Agreed,
                Ok(Appended::Behind(_)) => AppendOutcome::Behind,
                Err(why) => why.outcome,
            });
        }
        done.map_err(|why| why.error)
    }

    /// What follows `after`. Counts if that is anything.
    pub(in crate::server::log) async fn missed_counted(
        &self,
        room: &RoomId,
        after: Rev,
    ) -> Result<Missed, LogError> {
        let missed = self.missed(room, after).await?;
        let is_nothing = matches!(&missed, Missed::Events(events) if events.is_empty());
        if !is_nothing {
            self.shared.counts.gap_repaired();
        }
        Ok(missed)
    }

    /// Counts something that seldom happens.
    pub(in crate::server::log) fn count_incident(&self, incident: StoreIncident) {
        self.shared.counts.count(incident);
    }

    /// Has the node's lease say how many connections these count.
    pub(in crate::server::log) fn tell_connections(&self, metrics: &Metrics) {
        // Those of the first time are the server's.
        let _told_already = self.shared.metrics.set(metrics.clone());
    }

    /// What was counted so far.
    pub(in crate::server::log) fn figures(&self) -> StoreFigures {
        let alive = self.shared.alive.borrow().len();
        let mut figures = self.shared.counts.figures(self.node(), alive);
        figures.name = self.shared.node_name.to_string();
        figures.clock.doubt_seconds = self.shared.time.borrow().doubt.as_secs_f64();
        figures
    }

    /// The nodes that are alive, with the age of their last signs.
    pub(in crate::server::log) async fn last_signs(&self) -> Result<Vec<LastSign>, LogError> {
        let link = self.shared.link()?;
        let mut pipeline = redis::pipe();
        let nodes = self.shared.keys.nodes();
        pipeline.zrange_withscores(nodes, 0, -1);
        let (leases,): (Vec<(String, f64)>,) = link
            .ask(&pipeline)
            .await
            .map_err(|fault| super::unread(&fault))?;
        let mut pipeline = redis::pipe();
        let ids: Vec<&String> = leases.iter().map(|(node, _)| node).collect();
        let command = pipeline.cmd("HMGET").arg(self.shared.keys.node_details());
        command.arg(&ids);
        let (details,): (Vec<Option<String>>,) = link
            .ask(&pipeline)
            .await
            .map_err(|fault| super::unread(&fault))?;
        let now = link.deadline(Duration::ZERO).0 / 1_000;
        let lease = i64::try_from(LEASE.as_millis()).unwrap_or(i64::MAX);
        let signs = leases
            .into_iter()
            .zip(details)
            .map(|((node, until), details)| {
                #[expect(
                    clippy::cast_possible_truncation,
                    reason = "a time in milliseconds, which a script of ours wrote"
                )]
                let age = now.saturating_sub((until as i64).saturating_sub(lease));
                let details = details.as_deref().and_then(lease::read_details);
                LastSign {
                    node: NodeId(node),
                    name: details.as_ref().map(|(_, name)| name.to_string()),
                    connections: details.map(|(open, _)| open),
                    age_ms: u64::try_from(age).unwrap_or_default(),
                }
            });
        Ok(signs.collect())
    }
}
