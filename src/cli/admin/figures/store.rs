//! The figures of a node at a store that several nodes share, in words.

use super::{counts, exact, within};
use crate::protocol::time::Span;
use crate::server::{LastSign, StoreFigures};
use crate::strings::numbers::{decimal, long};
use crate::texts::language::Language;
use crate::texts::tr;

/// The nodes first, then what this one did.
pub(super) fn lines(language: Language, store: &StoreFigures) -> Vec<String> {
    let mut lines = vec![nodes(language, store)];
    let count = |code: &str| store.appends.get(code).copied().unwrap_or_default();
    let all: u64 = store.appends.values().sum();
    let failed = all - count("agreed") - count("behind");
    lines.push(tr!(
        language,
        "admin-figures-appends",
        agreed = count("agreed"),
        behind = count("behind"),
        failed = failed
    ));
    if let Some((half, most)) = within(language, &store.round_trip) {
        lines.push(tr!(
            language,
            "admin-figures-round-trip",
            half = half,
            most = most
        ));
    }
    lines.push(tr!(
        language,
        "admin-figures-followed",
        events = store.events_followed,
        gaps = store.gaps_repaired
    ));
    lines.push(tr!(
        language,
        "admin-figures-clock",
        offset = exact(language, store.clock.offset_seconds.abs()),
        doubt = exact(language, store.clock.doubt_seconds)
    ));
    let seldom = store.incidents.iter().chain(&store.failures);
    let seldom = seldom.map(|(code, count)| (code.clone(), *count)).collect();
    lines.push(tr!(
        language,
        "admin-figures-seldom",
        counts = counts(language, &seldom)
    ));
    if store.away_seconds > 0.0 {
        lines.push(tr!(
            language,
            "admin-figures-without",
            time = long(language, Span::from_seconds(store.away_seconds)),
            times = store.reconnects,
            rooms = store.written_back
        ));
    }
    lines
}

/// The nodes that are alive, this one first, with the age of their last signs where it is known.
fn nodes(language: Language, store: &StoreFigures) -> String {
    let others = store
        .last_signs
        .iter()
        .filter(|sign| sign.node != store.node);
    let others = others.map(|sign| other(language, sign));
    let this = tr!(
        language,
        "admin-figures-this-node",
        name = store.name.as_str(),
        node = store.node.0.as_str()
    );
    let all: Vec<String> = std::iter::once(this).chain(others).collect();
    tr!(
        language,
        "admin-figures-nodes",
        count = store.nodes,
        nodes = all.join(", ")
    )
}

/// Another node.
fn other(language: Language, sign: &LastSign) -> String {
    #[expect(clippy::cast_precision_loss, reason = "an age with one decimal")]
    let seconds = sign.age_ms as f64 / 1_000.0;
    let seconds = decimal(language, seconds, 1);
    let node = sign.node.0.as_str();
    let Some(name) = sign.name.as_deref() else {
        return tr!(
            language,
            "admin-figures-node-unnamed",
            node = node,
            seconds = seconds
        );
    };
    tr!(
        language,
        "admin-figures-node",
        name = name,
        node = node,
        connections = sign.connections.unwrap_or_default(),
        seconds = seconds
    )
}

#[cfg(test)]
mod tests {
    use super::lines;
    use crate::protocol::ids::NodeId;
    use crate::server::{ClockFigures, LastSign, StoreFigures, Timing};
    use crate::texts::language::Language;

    fn figures() -> StoreFigures {
        let sign = |node: &str, name: Option<&str>, age_ms| LastSign {
            node: NodeId(node.to_owned()),
            name: name.map(str::to_owned),
            connections: name.map(|_| 12),
            age_ms,
        };
        StoreFigures {
            node: NodeId("a1".to_owned()),
            name: "web-1".to_owned(),
            nodes: 3,
            last_signs: vec![
                sign("a1", Some("web-1"), 400),
                sign("b2", Some("web-2"), 1_900),
                sign("c3", None, 2_000),
            ],
            appends: [
                ("agreed", 1_204),
                ("behind", 7),
                ("away", 1),
                ("unsettled", 2),
            ]
            .map(|(code, count)| (code.to_owned(), count))
            .into(),
            round_trip: Timing {
                count: 10,
                sum_seconds: 0.004,
                below: vec![(0.0005, 9), (0.001, 10)],
            },
            failures: [("timeout".to_owned(), 1)].into(),
            incidents: [("new_epochs".to_owned(), 2), ("rooms_lost".to_owned(), 0)].into(),
            reconnects: 1,
            away_seconds: 5.2,
            events_followed: 310,
            gaps_repaired: 2,
            written_back: 4,
            clock: ClockFigures {
                offset_seconds: -0.000_12,
                slew_ppm: -500,
                doubt_seconds: 0.000_09,
            },
        }
    }

    #[test]
    fn the_nodes_and_the_store_are_told_in_words() {
        let shown = lines(Language::English, &figures());
        let expected = [
            "3 nodes: web-1 (a1, this one), web-2 (b2, 12 connections, heard from 1.9 s ago), \
             c3 (heard from 2.0 s ago)",
            "Appends to Redis: 1204; 7 decided anew because another node came first, 3 failed",
            "Redis answers: half within 0.5 ms, 99% within 1 ms",
            "Events from other nodes: 310; rooms that had to catch up: 2",
            "Room time is 0.12 ms off Redis' clock, which was read to within 0.09 ms",
            "Seldom with Redis: new_epochs 2, timeout 1",
            "Without Redis: 5 s in all, 1 reconnection; 4 lost rooms given back",
        ];
        assert_eq!(shown, expected);
        let shown = lines(Language::Russian, &figures());
        assert_eq!(
            shown[0],
            "Узлов: 3 — web-1 (a1, этот), web-2 (b2, соединений: 12, последний сигнал 1,9 с назад), \
             c3 (последний сигнал 2,0 с назад)"
        );
    }
}
