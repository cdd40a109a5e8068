//! Counts what a node does with the store that it shares with others. The log adds to it, and
//! [`StoreFigures`] is a copy of it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantArray};
use tokio::time::Instant;

use super::counters::{ByCode, Histogram, add, value};
use super::timing::Timing;
use crate::protocol::ids::NodeId;

mod incidents;

pub(in crate::server) use incidents::{StoreFailure, StoreIncident};

/// The counters of a node at a shared store. Clones share them.
#[derive(Debug, Clone)]
pub(in crate::server) struct StoreMetrics(Arc<StoreCounters>);

/// The counts, each since the start of the process.
#[derive(Debug)]
struct StoreCounters {
    appends: ByCode<{ AppendOutcome::VARIANTS.len() }>,
    round_trip: Histogram,
    failures: ByCode<{ StoreFailure::VARIANTS.len() }>,
    incidents: ByCode<{ StoreIncident::VARIANTS.len() }>,
    reconnects: AtomicU64,
    events_followed: AtomicU64,
    gaps_repaired: AtomicU64,
    written_back: AtomicU64,
    /// What the times below count from.
    started: Instant,
    /// All times without the store that are over, in microseconds.
    away: AtomicU64,
    /// Since when the store has been away, in microseconds after the start, and at least 1; 0 while
    /// it is there.
    away_since: AtomicU64,
}

/// What became of an append.
#[derive(Debug, Clone, Copy, PartialEq, Eq, VariantArray, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub(in crate::server) enum AppendOutcome {
    /// It was appended.
    Agreed,
    /// Another node came first, so the room decided again.
    Behind,
    /// It arrived after the time until which it counted.
    Late,
    /// The store has no memory left for it.
    Full,
    /// The store refused it for another reason, such as a right that its user lacks.
    Refused,
    /// The store could not be reached, or had lost data.
    Away,
    /// Its answer did not come: whether it was appended is known later.
    Unsettled,
}

impl StoreMetrics {
    /// Nothing counted yet.
    pub(in crate::server) fn new() -> Self {
        Self(Arc::new(StoreCounters {
            appends: ByCode::default(),
            round_trip: Histogram::default(),
            failures: ByCode::default(),
            incidents: ByCode::default(),
            reconnects: AtomicU64::default(),
            events_followed: AtomicU64::default(),
            gaps_repaired: AtomicU64::default(),
            written_back: AtomicU64::default(),
            started: Instant::now(),
            away: AtomicU64::default(),
            away_since: AtomicU64::default(),
        }))
    }

    /// Counts an append.
    pub(in crate::server) fn appended(&self, outcome: AppendOutcome) {
        self.0.appends.add(outcome as usize);
    }

    /// Counts a command that was answered after so long.
    pub(in crate::server) fn answered(&self, took: Duration) {
        self.0.round_trip.add(took);
    }

    /// Counts a command that has no answer which could be used.
    pub(in crate::server) fn failed(&self, why: StoreFailure) {
        self.0.failures.add(why as usize);
    }

    /// Counts something that seldom happens.
    pub(in crate::server) fn count(&self, incident: StoreIncident) {
        self.0.incidents.add(incident as usize);
    }

    /// Counts events of other nodes that this one was told.
    pub(in crate::server) fn followed(&self, events: usize) {
        let events = u64::try_from(events).unwrap_or(u64::MAX);
        self.0.events_followed.fetch_add(events, Ordering::Relaxed);
    }

    /// Counts that a room lacked something that it was not told, and has it now.
    pub(in crate::server) fn gap_repaired(&self) {
        add(&self.0.gaps_repaired);
    }

    /// Counts a room that the store had lost and that this node gave back.
    pub(in crate::server) fn written_back(&self) {
        add(&self.0.written_back);
    }

    /// Counts from now on as without the store.
    pub(in crate::server) fn lost(&self) {
        self.0.away_since.store(self.elapsed(), Ordering::Relaxed);
    }

    /// Counts a new connection after [`Self::lost`].
    pub(in crate::server) fn reconnected(&self) {
        add(&self.0.reconnects);
        let span = self.without();
        self.0.away.fetch_add(span, Ordering::Relaxed);
        self.0.away_since.store(0, Ordering::Relaxed);
    }

    /// For how long the store has been away now, in microseconds.
    fn without(&self) -> u64 {
        match value(&self.0.away_since) {
            0 => 0,
            since => self.elapsed().saturating_sub(since),
        }
    }

    fn elapsed(&self) -> u64 {
        let micros = self.0.started.elapsed().as_micros();
        u64::try_from(micros).unwrap_or(u64::MAX).max(1)
    }

    /// What was counted so far, with the nodes that are alive.
    pub(in crate::server) fn figures(&self, node: NodeId, nodes: usize) -> StoreFigures {
        let counters = &*self.0;
        StoreFigures {
            node,
            name: String::new(),
            nodes,
            last_signs: Vec::new(),
            appends: counters.appends.named(AppendOutcome::VARIANTS),
            round_trip: counters.round_trip.timing(),
            failures: counters.failures.named(StoreFailure::VARIANTS),
            incidents: counters.incidents.named(StoreIncident::VARIANTS),
            reconnects: value(&counters.reconnects),
            away_seconds: Duration::from_micros(value(&counters.away) + self.without())
                .as_secs_f64(),
            events_followed: value(&counters.events_followed),
            gaps_repaired: value(&counters.gaps_repaired),
            written_back: value(&counters.written_back),
            clock: ClockFigures::default(),
        }
    }
}

/// The figures of a node at a store that several nodes share, counted since its start.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StoreFigures {
    /// This node, as the others know it.
    pub node: NodeId,
    /// What it is called by its settings, or else its machine.
    #[serde(default)]
    pub name: String,
    /// How many nodes are alive, this one among them.
    pub nodes: usize,
    /// The nodes that are alive, each with the age of its last sign; only for the operator, and
    /// empty while the store does not answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub last_signs: Vec<LastSign>,
    /// The appends by what became of them.
    pub appends: BTreeMap<String, u64>,
    /// How long the store took to answer.
    pub round_trip: Timing,
    /// The commands without an answer that could be used, by what became of them.
    #[serde(default)]
    pub failures: BTreeMap<String, u64>,
    /// What seldom happens, by what it is.
    #[serde(default)]
    pub incidents: BTreeMap<String, u64>,
    /// How often the node connected again.
    pub reconnects: u64,
    /// For how long it was without the store, in seconds.
    pub away_seconds: f64,
    /// The events of other nodes that it was told.
    pub events_followed: u64,
    /// How often a room lacked something that it was not told, and read it.
    pub gaps_repaired: u64,
    /// How many rooms that the store had lost this node gave back.
    pub written_back: u64,
    /// How room time follows the store's clock.
    pub clock: ClockFigures,
}

/// When a node was last heard of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastSign {
    /// The node.
    pub node: NodeId,
    /// What it is called; `None` if it did not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The connections that it had then; `None` if it did not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connections: Option<u64>,
    /// How long ago it renewed its lease, in milliseconds.
    pub age_ms: u64,
}

/// How a node's room time follows the clock that all nodes share.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct ClockFigures {
    /// By how much room time is behind that clock, in seconds; negative if it is ahead.
    pub offset_seconds: f64,
    /// By how many millionths room time runs faster now to make up for that; negative if slower.
    pub slew_ppm: i64,
    /// By how much the reading of that clock may be off, in seconds.
    pub doubt_seconds: f64,
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{AppendOutcome, StoreMetrics};
    use crate::protocol::ids::NodeId;

    #[tokio::test(start_paused = true)]
    async fn the_time_without_the_store_counts_while_it_lasts_and_after() {
        let metrics = StoreMetrics::new();
        let away = || metrics.figures(NodeId("one".to_owned()), 2).away_seconds;
        let wait = |seconds| tokio::time::sleep(Duration::from_secs(seconds));
        wait(5).await;
        assert!(away() < 0.1);
        metrics.lost();
        wait(3).await;
        assert!((away() - 3.0).abs() < 0.1);
        metrics.reconnected();
        wait(7).await;
        metrics.lost();
        wait(1).await;
        metrics.reconnected();
        let figures = metrics.figures(NodeId("one".to_owned()), 2);
        assert!((figures.away_seconds - 4.0).abs() < 0.1, "{figures:?}");
        assert_eq!(figures.reconnects, 2);
    }

    #[test]
    fn appends_count_by_what_became_of_them() {
        let metrics = StoreMetrics::new();
        metrics.appended(AppendOutcome::Behind);
        metrics.appended(AppendOutcome::Agreed);
        metrics.appended(AppendOutcome::Agreed);
        let appends = metrics.figures(NodeId("one".to_owned()), 1).appends;
        let counts = [
            "agreed",
            "behind",
            "late",
            "full",
            "refused",
            "away",
            "unsettled",
        ];
        assert_eq!(counts.map(|code| appends[code]), [2, 1, 0, 0, 0, 0, 0]);
    }
}
