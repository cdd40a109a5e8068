//! How often clients exchange clock times and repeat their health, by how many connections the node
//! has. Each client keeps what its welcome said until the next one: so few have the cadence of few
//! that a node which filled up bears them, and a node that emptied has clients that ask less than
//! they could.
//!
//! The cadences were chosen by the table that `CADENCES=500 cargo test --release --lib
//! sync::testbed::cadences -- --nocapture` prints (BENCHMARKS.md has its rows). Pairs rather than
//! single exchanges, since the first one wakes a radio that saves power, and the second one finds it
//! awake. Pairs rather than bursts of eight each 10 s, since a queue that is full when a burst comes
//! spoils all of it. Besides, clients ask a server that is silent for 4 s whether it is there, which would cost in each pause what
//! the bursts save.

use crate::protocol::cadence::Cadence;

/// Up to so many connections are few (judgement: their exchanges, two a second, cost a hundredth of a
/// core).
const FEW: u64 = 100;

/// While there are few: on no network is the clock less exact than by one exchange a second.
const OF_FEW: Cadence = Cadence {
    clock_ms: 1_000,
    burst: 2,
    health_ms: 2_000,
};

/// While there are many: two thirds of an exchange a second. With jitter of 30 and 100 ms the clock is
/// about a millisecond less exact than by one a second (95th percentile).
const OF_MANY: Cadence = Cadence {
    clock_ms: 3_000,
    burst: 2,
    health_ms: 10_000,
};

/// The cadence of a client that is welcomed now that the node has so many connections.
pub(crate) const fn at(connections: u64) -> Cadence {
    if connections <= FEW { OF_FEW } else { OF_MANY }
}

#[cfg(test)]
mod tests {
    use super::{OF_FEW, OF_MANY, at};

    #[test]
    fn clients_keep_each_cadence_as_it_is_told() {
        for told in [OF_FEW, OF_MANY] {
            assert_eq!(told.bounded(), told);
        }
        assert_eq!((at(0), at(100), at(101)), (OF_FEW, OF_FEW, OF_MANY));
    }
}
