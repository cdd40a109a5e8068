//! The figures of a node at a store that several nodes share.

use strum::VariantArray;

use super::Page;
use crate::server::metrics::store::{StoreFigures, StoreIncident};

/// Writes them.
pub(super) fn write(page: &mut Page, store: &StoreFigures) {
    page.single("nodes", "gauge", "Nodes that are alive.", store.nodes);
    let help = "Appends to the shared log by outcome; behind: another node came first.";
    page.by("store_appends_total", help, "outcome", &store.appends);
    let help = "Time from a command to the store until its answer.";
    page.histogram("store_round_trip_seconds", help, &store.round_trip);
    let help = "Commands to the store without an answer that could be used.";
    page.by("store_failures_total", help, "kind", &store.failures);
    incidents(page, store);
    let help = "Connections to the store after the first.";
    page.single("store_reconnects_total", "counter", help, store.reconnects);
    let help = "Time without the store.";
    page.single(
        "store_away_seconds_total",
        "counter",
        help,
        store.away_seconds,
    );
    let help = "Events of other nodes that this one was told.";
    page.single(
        "store_events_followed_total",
        "counter",
        help,
        store.events_followed,
    );
    let help = "Times that a room lacked events and read them.";
    page.single(
        "store_gaps_repaired_total",
        "counter",
        help,
        store.gaps_repaired,
    );
    let help = "Rooms that the store had lost and this node gave back.";
    page.single(
        "store_written_back_total",
        "counter",
        help,
        store.written_back,
    );
    let clock = &store.clock;
    let help = "By how much room time is behind the store's clock.";
    page.single(
        "room_time_offset_seconds",
        "gauge",
        help,
        clock.offset_seconds,
    );
    let help = "By how many millionths room time runs faster to make up for that.";
    page.single("room_time_slew_ppm", "gauge", help, clock.slew_ppm);
    let help = "By how much the reading of the store's clock may be off.";
    page.single(
        "room_time_doubt_seconds",
        "gauge",
        help,
        clock.doubt_seconds,
    );
}

/// One counter for each: their reasons have little in common.
fn incidents(page: &mut Page, store: &StoreFigures) {
    for incident in StoreIncident::VARIANTS {
        let code: &str = incident.into();
        let name = format!("store_{code}_total");
        let count = store.incidents.get(code).copied().unwrap_or_default();
        page.single(&name, "counter", incident.help(), count);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Page, write};
    use crate::protocol::ids::NodeId;
    use crate::server::metrics::store::{AppendOutcome, StoreFailure, StoreIncident, StoreMetrics};

    #[test]
    fn what_a_node_does_with_the_store_is_told_without_its_name() {
        let metrics = StoreMetrics::new();
        metrics.appended(AppendOutcome::Behind);
        metrics.answered(Duration::from_micros(300));
        metrics.followed(3);
        metrics.failed(StoreFailure::Timeout);
        metrics.count(StoreIncident::CountedAlone);
        let mut figures = metrics.figures(NodeId("deadbeef".to_owned()), 3);
        figures.clock.offset_seconds = -0.002;
        figures.clock.slew_ppm = -500;
        let mut page = Page::default();
        write(&mut page, &figures);
        let text = page.0;
        for line in [
            "watchtogether_nodes 3",
            "watchtogether_store_appends_total{outcome=\"behind\"} 1",
            "watchtogether_store_round_trip_seconds_bucket{le=\"0.0005\"} 1",
            "watchtogether_store_events_followed_total 3",
            "watchtogether_store_reconnects_total 0",
            "watchtogether_store_failures_total{kind=\"timeout\"} 1",
            "watchtogether_store_counted_alone_total 1",
            "watchtogether_store_new_epochs_total 0",
            "watchtogether_room_time_offset_seconds -0.002",
            "watchtogether_room_time_slew_ppm -500",
        ] {
            assert!(text.lines().any(|other| other == line), "{line} in {text}");
        }
        assert!(!text.contains("deadbeef"), "{text}");
    }
}
