//! The clock of a simulated node. The machine's clock drifts, and the clock that all nodes share is read
//! with an error, as over a network: both are bounded and come from a seed. The node is steered towards
//! what it reads, as a real one is.

use std::time::Duration;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use tokio::time::Instant;

use crate::protocol::time::{RoomTime, Span};
use crate::server::clock::NodeClock;
use crate::server::log::TimeReading;

/// By how many millionths the machine's clock may be wrong (judgement: a bad one; those of the clients
/// in the simulation are as bad).
const DRIFT_PPM: i64 = 200;

/// By how much a reading may be off (judgement: half of a round trip to another data centre).
const READ_WITHIN: Span = Span::millis(2);

/// How often the clock is read, as a node renews its lease.
const READ_EVERY: Span = Span::millis(2_500);

/// A node's clock, and what is wrong with it.
#[derive(Debug)]
pub(super) struct DriftingClock {
    /// What the node shows its members.
    pub(super) clock: NodeClock,
    drift_ppm: i64,
    dice: StdRng,
    started: RoomTime,
    /// How far the machine's clock has come since the start.
    shown: Span,
    read_at: RoomTime,
}

impl DriftingClock {
    /// Starts one at a room time. Call it in the node's runtime.
    pub(super) fn start(seed: u64, now: RoomTime) -> Self {
        let mut dice = StdRng::seed_from_u64(seed);
        let drift_ppm = dice.random_range(-DRIFT_PPM..=DRIFT_PPM);
        Self {
            clock: NodeClock::steered(reading(&mut dice, now), None),
            drift_ppm,
            dice,
            started: now,
            shown: Span(0),
            read_at: now,
        }
    }

    /// By how much the machine's clock goes on until a room time.
    pub(super) fn goes_on(&mut self, now: RoomTime) -> Duration {
        let passed = (now - self.started).0;
        let shown = Span(passed + passed / 1_000 * self.drift_ppm / 1_000);
        let more = shown - self.shown;
        self.shown = shown;
        more.to_duration()
    }

    /// Reads the shared clock if that is due. Call it in the node's runtime.
    pub(super) fn read(&mut self, now: RoomTime) {
        if now - self.read_at >= READ_EVERY {
            self.read_at = now;
            let reading = reading(&mut self.dice, now);
            self.clock.steer(reading, Instant::now());
        }
    }
}

/// What is read of the shared clock at a room time.
fn reading(dice: &mut StdRng, now: RoomTime) -> TimeReading {
    TimeReading {
        at: now + Span(dice.random_range(-READ_WITHIN.0..=READ_WITHIN.0)),
        when: Instant::now(),
        doubt: READ_WITHIN.to_duration(),
    }
}

#[cfg(test)]
mod tests {
    use super::{DRIFT_PPM, DriftingClock, READ_EVERY, READ_WITHIN};
    use crate::protocol::time::{RoomTime, Span};

    #[tokio::test(start_paused = true)]
    async fn it_is_off_by_little_and_never_runs_back() {
        let start = RoomTime(7_000_000);
        let between_readings = Span(READ_EVERY.0 * DRIFT_PPM / 1_000_000);
        let most = READ_WITHIN + between_readings;
        let mut drifts = 0;
        for seed in 0..8 {
            let mut node = DriftingClock::start(seed, start);
            let (mut now, mut before) = (start, node.clock.now());
            let mut ahead = Vec::new();
            for _ in 0..6_000 {
                now = now + Span::millis(10);
                tokio::time::advance(node.goes_on(now)).await;
                node.read(now);
                let shown = node.clock.now();
                assert!(shown >= before, "seed {seed}");
                before = shown;
                ahead.push((shown - now).0);
            }
            let furthest = ahead.iter().map(|ahead| ahead.abs()).max();
            // A millisecond is what the runtime's clock may round away.
            let within = most.0 + 1_000;
            assert!(
                furthest.is_some_and(|furthest| furthest <= within),
                "{furthest:?}"
            );
            drifts += usize::from(ahead.first() != ahead.last());
        }
        assert!(drifts > 4, "most of them drift");
    }
}
