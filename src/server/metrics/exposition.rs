//! Writes figures in the text format that Prometheus reads (version 0.0.4). By hand: it is a few
//! kinds of lines, and all labels are codes of ours, which need no escaping.

use std::collections::BTreeMap;
use std::fmt::{Display, Write};

use super::figures::Figures;
use super::timing::Timing;

mod store;

/// The media type of the format.
pub(in crate::server) const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// The figures as text.
pub(in crate::server) fn text(figures: &Figures) -> String {
    let mut page = Page::default();
    page.population(figures);
    page.traffic(figures);
    page.timings(figures);
    page.condition(figures);
    if let Some(store) = &figures.store {
        store::write(&mut page, store);
    }
    page.0
}

/// The text so far.
#[derive(Default)]
struct Page(String);

impl Page {
    /// The release and its age, and how many there are of everything.
    fn population(&mut self, figures: &Figures) {
        self.head("build_info", "gauge", "The server's release.");
        self.line(
            "build_info",
            &format!(
                "{{version=\"{}\",protocol=\"{}\"}}",
                figures.version, figures.protocol
            ),
            1,
        );
        self.single(
            "uptime_seconds",
            "gauge",
            "Time since the start.",
            figures.up_seconds,
        );
        let open = figures.connections;
        self.single("connections", "gauge", "Open WebSockets.", open);
        let opened = figures.connections_opened;
        self.single(
            "connections_opened_total",
            "counter",
            "WebSockets opened.",
            opened,
        );
        self.single("rooms", "gauge", "Rooms, also empty ones.", figures.rooms);
        self.single(
            "members",
            "gauge",
            "Members present in all rooms.",
            figures.members,
        );
    }

    /// What clients sent, and what they did not get.
    fn traffic(&mut self, figures: &Figures) {
        let help = "Messages from clients by kind.";
        self.by("messages_total", help, "kind", &figures.messages);
        let help = "Commands denied by code.";
        self.by("denied_total", help, "code", &figures.denied);
        let help = "Clients refused or disconnected by code.";
        self.by("refused_total", help, "code", &figures.refused);
        let help = "Superseded frames that slow readers did not get.";
        self.single(
            "dropped_frames_total",
            "counter",
            help,
            figures.dropped_frames,
        );
        let help = "Reports of members about others.";
        let reports = figures.member_reports;
        self.single("member_reports_total", "counter", help, reports);
        let help = "Messages of other nodes that could not be read.";
        let ignored = figures.ignored_node_messages;
        self.single("ignored_node_messages_total", "counter", help, ignored);
    }

    /// How long events took to be stored and sent.
    fn timings(&mut self, figures: &Figures) {
        let help =
            "Time from a decision until it was kept: on disk, or by the store that nodes share.";
        self.histogram("append_seconds", help, &figures.append);
        let help = "Time to put events into the outboxes of a room.";
        self.histogram("fan_out_seconds", help, &figures.fan_out);
    }

    /// The state of the storage, and whether the server stops.
    fn condition(&mut self, figures: &Figures) {
        if let Some(bytes) = figures.file_bytes {
            self.single(
                "file_bytes",
                "gauge",
                "Size of the file with the rooms.",
                bytes,
            );
        }
        let writes = u64::from(figures.takes_writes);
        self.single(
            "log_writable",
            "gauge",
            "Whether the log takes writes.",
            writes,
        );
        let drains = u64::from(figures.drains);
        self.single(
            "draining",
            "gauge",
            "Whether the server stops soon.",
            drains,
        );
    }

    fn head(&mut self, name: &str, kind: &str, help: &str) {
        let _infallible = writeln!(self.0, "# HELP watchtogether_{name} {help}");
        let _infallible = writeln!(self.0, "# TYPE watchtogether_{name} {kind}");
    }

    fn line(&mut self, name: &str, labels: &str, value: impl Display) {
        let _infallible = writeln!(self.0, "watchtogether_{name}{labels} {value}");
    }

    /// A figure without labels.
    fn single(&mut self, name: &str, kind: &str, help: &str, value: impl Display) {
        self.head(name, kind, help);
        self.line(name, "", value);
    }

    /// A counter for each value of a label.
    fn by(&mut self, name: &str, help: &str, label: &str, counts: &BTreeMap<String, u64>) {
        self.head(name, "counter", help);
        for (code, count) in counts {
            self.line(name, &format!("{{{label}=\"{code}\"}}"), *count);
        }
    }

    fn histogram(&mut self, name: &str, help: &str, timing: &Timing) {
        self.head(name, "histogram", help);
        let bucket = format!("{name}_bucket");
        for (bound, count) in &timing.below {
            self.line(&bucket, &format!("{{le=\"{bound}\"}}"), *count);
        }
        self.line(&bucket, "{le=\"+Inf\"}", timing.count);
        let sum = timing.sum_seconds;
        let _infallible = writeln!(self.0, "watchtogether_{name}_sum {sum}");
        self.line(&format!("{name}_count"), "", timing.count);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::text;
    use crate::protocol::ids::NodeId;
    use crate::server::metrics::figures::Figures;
    use crate::server::metrics::store::StoreMetrics;
    use crate::server::metrics::timing::Timing;

    fn figures() -> Figures {
        let timing = Timing {
            count: 3,
            sum_seconds: 0.25,
            below: vec![(0.001, 1), (0.01, 2)],
        };
        Figures {
            version: "0.1.0".to_owned(),
            protocol: 1,
            up_seconds: 60,
            connections: 2,
            connections_opened: 5,
            rooms: 1,
            members: 2,
            messages: BTreeMap::from([("ping".to_owned(), 9)]),
            denied: BTreeMap::from([("too_fast".to_owned(), 4)]),
            refused: BTreeMap::new(),
            dropped_frames: 0,
            member_reports: 2,
            ignored_node_messages: 1,
            append: timing.clone(),
            fan_out: timing,
            file_bytes: None,
            takes_writes: true,
            drains: false,
            store: None,
        }
    }

    #[test]
    fn figures_are_written_as_prometheus_reads_them() {
        let text = text(&figures());
        for line in [
            "watchtogether_build_info{version=\"0.1.0\",protocol=\"1\"} 1",
            "watchtogether_connections 2",
            "watchtogether_messages_total{kind=\"ping\"} 9",
            "watchtogether_denied_total{code=\"too_fast\"} 4",
            "watchtogether_member_reports_total 2",
            "watchtogether_ignored_node_messages_total 1",
            "watchtogether_append_seconds_bucket{le=\"0.001\"} 1",
            "watchtogether_append_seconds_bucket{le=\"+Inf\"} 3",
            "watchtogether_append_seconds_sum 0.25",
            "watchtogether_append_seconds_count 3",
            "watchtogether_log_writable 1",
        ] {
            assert!(text.lines().any(|other| other == line), "{line} in {text}");
        }
        assert!(!text.contains("file_bytes"), "{text}");
        // Each series has its type before its first line.
        let mut known = Vec::new();
        for line in text.lines() {
            if let Some(typed) = line.strip_prefix("# TYPE ") {
                known.push(typed.split(' ').next().unwrap());
            } else if !line.starts_with('#') {
                assert!(known.iter().any(|name| line.starts_with(name)), "{line}");
            }
        }
    }

    #[test]
    fn the_guide_has_a_row_for_each_metric_and_for_nothing_else() {
        let store = StoreMetrics::new().figures(NodeId("one".to_owned()), 1);
        let all = Figures {
            file_bytes: Some(1),
            store: Some(store),
            ..figures()
        };
        let text = text(&all);
        let told = text.lines().filter_map(|line| line.strip_prefix("# TYPE "));
        let told: BTreeSet<&str> = told.filter_map(|typed| typed.split(' ').next()).collect();
        let guide = concat!(env!("CARGO_MANIFEST_DIR"), "/DEPLOY.md");
        let guide = std::fs::read_to_string(guide).unwrap();
        let rows = guide
            .lines()
            .filter(|line| line.starts_with("| `watchtogether_"));
        let named = rows.flat_map(|row| row.split('|').nth(1).unwrap().split('`'));
        let named: BTreeSet<&str> = named
            .filter(|name| name.starts_with("watchtogether_"))
            .collect();
        assert_eq!(named, told);
    }
}
