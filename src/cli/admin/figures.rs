//! The figures and the limits of a server, in words.

use std::collections::BTreeMap;

use serde_json::Value;

mod store;

use super::seconds::span;
use crate::server::{Figures, Timing};
use crate::strings::numbers::{self, decimal};
use crate::texts::language::Language;
use crate::texts::tr;

/// The figures, one kind a line.
pub(super) fn text(language: Language, figures: &Figures) -> String {
    let mut lines = vec![
        tr!(
            language,
            "admin-figures-head",
            version = figures.version.as_str(),
            time = span(language, figures.up_seconds)
        ),
        tr!(
            language,
            "admin-figures-now",
            connections = figures.connections,
            members = figures.members,
            rooms = figures.rooms
        ),
    ];
    if let Some(bytes) = figures.file_bytes {
        let size = size(language, bytes);
        lines.push(tr!(language, "admin-figures-file", size = size));
    }
    let messages = counts(language, &figures.messages);
    lines.push(tr!(language, "admin-figures-messages", counts = messages));
    let denied = counts(language, &figures.denied);
    lines.push(tr!(language, "admin-figures-denied", counts = denied));
    let refused = counts(language, &figures.refused);
    lines.push(tr!(language, "admin-figures-refused", counts = refused));
    if let Some((half, most)) = within(language, &figures.append) {
        let count = figures.append.count;
        lines.push(tr!(
            language,
            "admin-figures-append",
            half = half,
            most = most,
            count = count
        ));
    }
    if let Some((half, most)) = within(language, &figures.fan_out) {
        let count = figures.fan_out.count;
        lines.push(tr!(
            language,
            "admin-figures-fan-out",
            half = half,
            most = most,
            count = count
        ));
    }
    let dropped = figures.dropped_frames;
    lines.push(tr!(language, "admin-figures-dropped", count = dropped));
    let reports = figures.member_reports;
    lines.push(tr!(language, "admin-figures-reports", count = reports));
    lines.extend(condition(language, figures));
    lines.join("\n")
}

/// How the storage is, and whether the server stops.
fn condition(language: Language, figures: &Figures) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(shared) = &figures.store {
        lines.extend(store::lines(language, shared));
    }
    if !figures.takes_writes {
        let away = match figures.store {
            None => tr!(language, "admin-figures-away"),
            Some(_) => tr!(language, "admin-figures-redis-away"),
        };
        lines.push(away);
    }
    if figures.drains {
        lines.push(tr!(language, "admin-figures-drains"));
    }
    lines
}

/// Codes with their counts, the most frequent first; without those that never occurred.
fn counts(language: Language, counts: &BTreeMap<String, u64>) -> String {
    let mut found: Vec<(&String, &u64)> = counts.iter().filter(|(_, count)| **count > 0).collect();
    found.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    let found: Vec<String> = found
        .into_iter()
        .map(|(code, count)| format!("{code} {count}"))
        .collect();
    if found.is_empty() {
        tr!(language, "admin-figures-none")
    } else {
        found.join(", ")
    }
}

/// Within which times half of all were, and nearly all; `None` if there were none.
fn within(language: Language, timing: &Timing) -> Option<(String, String)> {
    let last = timing.below.last().map_or(0.0, |(bound, _)| *bound);
    let worded = |share| {
        timing.quantile(share).map_or_else(
            || tr!(language, "admin-over", time = exact(language, last)),
            |seconds| exact(language, seconds),
        )
    };
    (timing.count > 0).then(|| (worded(0.5), worded(0.99)))
}

/// A bound of the buckets, which may be less than a millisecond.
fn exact(language: Language, seconds: f64) -> String {
    let millis = numbers::exact(language, (seconds * 1e6).round() / 1e3);
    tr!(language, "admin-milliseconds", milliseconds = millis)
}

fn size(language: Language, bytes: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a size with one decimal")]
    let mebibytes = bytes as f64 / f64::from(1024 * 1024);
    tr!(
        language,
        "admin-mebibytes",
        mebibytes = decimal(language, mebibytes, 1)
    )
}

/// The limits, one a line, by the names that the settings have.
pub(super) fn limits(language: Language, limits: &Value) -> String {
    let Value::Object(limits) = limits else {
        return limits.to_string();
    };
    let width = limits.keys().map(String::len).max().unwrap_or_default();
    let lines = limits.iter().map(|(name, value)| {
        let value = match value {
            // The room's own.
            Value::Null => tr!(language, "admin-limit-default"),
            Value::String(text) => text.clone(),
            value => value.to_string(),
        };
        format!("{:<width$}  {value}", name.replace('_', "-"))
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{counts, limits};
    use crate::texts::language::Language;

    #[test]
    fn what_never_occurred_is_left_out_and_the_most_frequent_comes_first() {
        let found = [("ping", 7), ("leave", 0), ("command", 9)];
        let found = found.map(|(code, count)| (code.to_owned(), count)).into();
        assert_eq!(counts(Language::English, &found), "command 9, ping 7");
        assert_eq!(counts(Language::English, &[].into()), "none");
        assert_eq!(counts(Language::Russian, &[].into()), "нет");
    }

    #[test]
    fn limits_stand_in_columns() {
        let shown = limits(Language::English, &json!({"members": 1000, "grace": null}));
        assert_eq!(shown, "grace    default\nmembers  1000");
    }
}
