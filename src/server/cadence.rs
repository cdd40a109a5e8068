//! How often clients exchange clock times and repeat their health, and over how long a time they come
//! back if the node loses them all, by how many connections it has. A client is told with its
//! welcome, and again with the answer to a clock exchange once the node has grown or shrunk to
//! another tier.
//!
//! The cadences were chosen by the table that `CADENCES=24 cargo test --release --lib
//! sync::testbed::cadences -- --nocapture` prints (BENCHMARKS.md has its rows). Pairs rather than
//! single exchanges, since the first one wakes a radio that saves power, and the second one finds it
//! awake. Pairs rather than bursts of eight each 10 s, since a queue that is full when a burst comes
//! spoils all of it. Besides, clients ask a server that is silent for 4 s whether it is there, which
//! would cost in each pause what the bursts save.

use crate::protocol::cadence::Cadence;

/// What is told from so many connections on.
struct Tier {
    /// The most connections that a node of this tier has.
    up_to: u64,
    cadence: Cadence,
}

/// The tiers, from an empty node on.
///
/// - A hundred are few: their exchanges, two a second, cost a hundredth of a core (judgement), and
///   on no network is the clock less exact than by one exchange a second.
/// - Beyond, there are two thirds of an exchange a second, and beyond a thousand as few as the protocol
///   allows, eight in any 15 s, with some time to spare for timers that are late. Clients exchange two a
///   second in their first two minutes all the same, and what they learn counts for ten minutes: so
///   their clocks are at least as exact as by one exchange a second that counts for three, but where
///   a queue is full all the time.
/// - Coming back takes a millisecond for each connection of a full tier, so that about a thousand come
///   in a second (judgement: a node of two cores takes in more than that beside its work), and 10 s at
///   most. Up to 300 connections the jitter that all clients have does the same.
const TIERS: [Tier; 6] = [
    tier(100, (1_000, 2_000), 0),
    tier(300, (3_000, 10_000), 0),
    tier(1_000, (3_000, 10_000), 1_000),
    tier(2_500, (3_700, 10_000), 2_500),
    tier(5_000, (3_700, 10_000), 5_000),
    tier(u64::MAX, (3_700, 10_000), 10_000),
];

/// A tier whose clients exchange clock times in pairs.
const fn tier(up_to: u64, (clock_ms, health_ms): (u32, u32), return_ms: u32) -> Tier {
    let cadence = Cadence {
        clock_ms,
        burst: 2,
        health_ms,
        return_ms,
    };
    Tier { up_to, cadence }
}

/// The cadence of a client that is welcomed now that the node has so many connections.
pub(crate) fn at(connections: u64) -> Cadence {
    let reached = TIERS.iter().find(|tier| connections <= tier.up_to);
    reached.map_or_else(Cadence::default, |tier| tier.cadence)
}

/// The cadence that a client is to be told which was told another: at once when the node has grown,
/// and only when it has shrunk by a quarter more than it need have, so that nobody is told this and
/// that in turns while the node is at a limit. `None` if it may keep what it has.
pub(crate) fn renewed(told: Cadence, connections: u64) -> Option<Cadence> {
    let place = |cadence| TIERS.iter().position(|tier| tier.cadence == cadence);
    let grown = at(connections);
    if place(grown) > place(told) {
        return Some(grown);
    }
    let shrunk = at(connections.saturating_add(connections / 3));
    (place(shrunk) < place(told)).then_some(shrunk)
}

#[cfg(test)]
mod tests {
    use super::{TIERS, at, renewed};
    use crate::protocol::cadence::Cadence;

    #[test]
    fn clients_keep_each_cadence_as_it_is_told() {
        for tier in TIERS {
            assert_eq!(tier.cadence.bounded(), tier.cadence);
        }
    }

    #[test]
    fn the_more_there_are_the_less_each_asks_and_the_longer_all_take_to_come_back() {
        let clock = |connections| at(connections).clock_ms;
        assert_eq!(
            [0, 100, 101, 1_000, 1_001].map(clock),
            [1_000, 1_000, 3_000, 3_000, 3_700]
        );
        let back = |connections| at(connections).return_ms;
        assert_eq!([300, 301, 2_000, 5_000].map(back), [0, 1_000, 2_500, 5_000]);
        assert_eq!([5_001, u64::MAX].map(back), [10_000, 10_000]);
    }

    #[test]
    fn a_node_at_a_limit_tells_each_client_once() {
        let (mut told, mut changes) = (at(90), 0);
        for connections in (0..1_000).map(|turn| if turn % 2 == 0 { 95 } else { 105 }) {
            if let Some(cadence) = renewed(told, connections) {
                (told, changes) = (cadence, changes + 1);
            }
        }
        assert_eq!((told, changes), (at(101), 1));
        assert_eq!(renewed(told, 76), None);
        assert_eq!(renewed(told, 75), Some(at(75)));
    }

    #[test]
    fn a_node_that_fills_and_empties_ends_with_what_an_empty_one_tells() {
        let mut told = at(1);
        for connections in (1..20_000).chain((1..20_000).rev()) {
            told = renewed(told, connections).unwrap_or(told);
            assert!(told.return_ms >= at(connections).return_ms);
        }
        assert_eq!(told, at(1));
    }

    #[test]
    fn a_cadence_of_no_tier_is_replaced() {
        assert_eq!(renewed(Cadence::default(), 500), Some(at(500)));
    }
}
