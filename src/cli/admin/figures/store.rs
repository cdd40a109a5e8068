//! The figures of a node at a store that several nodes share, in words.

use super::{exact, within};
use crate::protocol::time::Span;
use crate::server::{LastSign, StoreFigures};
use crate::strings::numbers::{decimal, long};
use crate::texts::language::Language;
use crate::texts::tr;

/// The nodes first, then what this one did.
pub(super) fn lines(language: Language, store: &StoreFigures) -> Vec<String> {
    let mut lines = vec![nodes(language, store)];
    let count = |code: &str| store.appends.get(code).copied().unwrap_or_default();
    let failed = count("away") + count("unsettled");
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
    let this = store.node.0.as_str();
    let others = store
        .last_signs
        .iter()
        .filter(|sign| sign.node != store.node);
    let others = others.map(|LastSign { node, age_ms }| {
        #[expect(clippy::cast_precision_loss, reason = "an age with one decimal")]
        let seconds = *age_ms as f64 / 1_000.0;
        let seconds = decimal(language, seconds, 1);
        tr!(
            language,
            "admin-figures-node",
            node = node.0.as_str(),
            seconds = seconds
        )
    });
    let this = tr!(language, "admin-figures-this-node", node = this);
    let all: Vec<String> = std::iter::once(this).chain(others).collect();
    tr!(
        language,
        "admin-figures-nodes",
        count = store.nodes,
        nodes = all.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::lines;
    use crate::protocol::ids::NodeId;
    use crate::server::{ClockFigures, LastSign, StoreFigures, Timing};
    use crate::texts::language::Language;

    fn figures() -> StoreFigures {
        let sign = |node: &str, age_ms| LastSign {
            node: NodeId(node.to_owned()),
            age_ms,
        };
        StoreFigures {
            node: NodeId("a1".to_owned()),
            nodes: 2,
            last_signs: vec![sign("a1", 400), sign("b2", 1_900)],
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
            "2 nodes: a1 (this one), b2 (heard from 1.9 s ago)",
            "Appends to Redis: 1204; 7 decided anew because another node came first, 3 failed",
            "Redis answers: half within 0.5 ms, 99% within 1 ms",
            "Events from other nodes: 310; rooms that had to catch up: 2",
            "Room time is 0.12 ms off Redis' clock, which was read to within 0.09 ms",
            "Without Redis: 5 s in all, 1 reconnection; 4 lost rooms given back",
        ];
        assert_eq!(shown, expected);
        let shown = lines(Language::Russian, &figures());
        assert_eq!(
            shown[0],
            "Узлов: 2 — a1 (этот), b2 (последний сигнал 1,9 с назад)"
        );
    }
}
