//! How exact the clock is at a cadence of exchanges, on networks that make it hard: the table by
//! which a server's cadences were chosen.
//!
//! Each way is 70 ms at least. *Power save*: a radio that sent nothing for 100 ms sleeps, and what
//! arrives then waits for the next beacon (each 102.4 ms), as Wi-Fi does. *Full downlink*: a queue
//! before the last hop grows to 100 to 300 ms within 1 to 8 s, empties, and grows again. *Bursts of
//! load*: the same for 5 to 20 s, then nothing for as long. Clocks run 50 parts in a million apart.

use std::collections::VecDeque;

use crate::protocol::cadence::Cadence;
use crate::protocol::time::{LocalTime, RoomTime, Span};
use crate::server::cadence;
use crate::sim::random::Random;
use crate::sync::clock::{PongTimes, RoomClock};
use crate::sync::pinging::PingSchedule;

/// The least time of either way, in seconds.
const ONE_WAY: f64 = 0.070;

/// By how much the room's clock is ahead of the client's, and how much faster it is.
const OFFSET: f64 = 1_700_000_000.0;
const SKEW: f64 = 50e-6;

/// For how long a radio stays awake after it sent or got something, in seconds (Linux: 100 ms by
/// default), and from beacon to beacon (102.4 ms, 802.11).
const AWAKE: f64 = 0.1;
const BEACONS: f64 = 0.102_4;

/// When an estimate is looked at, twice a second: in the second to the fourth minute of a connection,
/// and from when on all exchanges that count came at the cadence told until its end. In seconds.
const EARLY: (f64, f64) = (60.0, 240.0);
const LATE: (f64, f64) = (720.0, 960.0);

/// How a connection treats messages.
#[derive(Debug, Clone, Copy)]
struct Network {
    name: &'static str,
    /// Each way takes up to so much longer, in seconds.
    jitter: f64,
    sleeps: bool,
    fills: Fills,
    /// The part of messages that are sent again after 0.2 to 0.4 s, and hold up those behind them.
    loss: f64,
}

/// When the queue before the last hop fills.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Fills {
    Never,
    Always,
    NowAndThen,
}

const fn even(name: &'static str, jitter: f64) -> Network {
    Network {
        name,
        jitter,
        sleeps: false,
        fills: Fills::Never,
        loss: 0.0,
    }
}

const NETWORKS: [Network; 8] = [
    even("jitter 0", 0.0),
    even("jitter 30 ms", 0.030),
    even("jitter 100 ms", 0.100),
    Network {
        loss: 0.02,
        ..even("jitter 30 ms, loss 2 %", 0.030)
    },
    Network {
        sleeps: true,
        ..even("power save", 0.002)
    },
    Network {
        sleeps: true,
        ..even("power save, jitter 30 ms", 0.030)
    },
    Network {
        fills: Fills::Always,
        ..even("full downlink", 0.005)
    },
    Network {
        fills: Fills::NowAndThen,
        ..even("bursts of load", 0.005)
    },
];

/// A client's connection, as it goes on. Times are true ones, in seconds.
struct Connection {
    network: Network,
    random: Random,
    awake_until: f64,
    beacon: f64,
    /// When the present filling of the queue began, ends, and how long the queue is then.
    filling: (f64, f64, f64),
    /// Whether the link is loaded, and until when.
    load: (bool, f64),
    there: f64,
    back: f64,
}

impl Connection {
    fn new(network: Network, seed: u64) -> Self {
        let mut random = Random::new(seed);
        let beacon = random.between(0.0, BEACONS);
        Self {
            network,
            random,
            awake_until: 0.0,
            beacon,
            filling: (0.0, 0.0, 0.0),
            load: (true, 0.0),
            there: 0.0,
            back: 0.0,
        }
    }

    /// When a message that is sent then arrives at the server.
    fn there(&mut self, at: f64) -> f64 {
        self.awake_until = self.awake_until.max(at + AWAKE);
        self.there = self.there.max(at + self.one_way());
        self.there
    }

    /// When its answer, which is sent then, arrives at the client's radio.
    fn back(&mut self, at: f64) -> f64 {
        let arrives = at + self.one_way();
        self.back = self.back.max(arrives + self.queued(arrives));
        self.back
    }

    /// When the client gets what arrives at its radio then.
    fn received(&mut self, at: f64) -> f64 {
        let mut received = at;
        if self.network.sleeps {
            if at > self.awake_until {
                let beacons = ((at - self.beacon) / BEACONS).ceil();
                received = self.beacon + beacons * BEACONS;
            }
            self.awake_until = self.awake_until.max(received + AWAKE);
        }
        received
    }

    fn one_way(&mut self) -> f64 {
        let lost = self.random.chance(self.network.loss);
        let again = if lost {
            self.random.between(0.2, 0.4)
        } else {
            0.0
        };
        ONE_WAY + self.random.between(0.0, self.network.jitter) + again
    }

    /// How long the queue is then.
    fn queued(&mut self, at: f64) -> f64 {
        if self.network.fills == Fills::Never {
            return 0.0;
        }
        while self.network.fills == Fills::NowAndThen && self.load.1 < at {
            let lasts = self.random.between(5.0, 20.0);
            self.load = (!self.load.0, self.load.1 + lasts);
        }
        while self.filling.1 < at {
            let begins = self.filling.1;
            let ends = begins + self.random.between(1.0, 8.0);
            self.filling = (begins, ends, self.random.between(0.1, 0.3));
        }
        let (begins, ends, longest) = self.filling;
        if self.load.0 {
            longest * (at - begins) / (ends - begins)
        } else {
            0.0
        }
    }
}

fn local(at: f64) -> LocalTime {
    LocalTime(0) + Span::from_seconds(at)
}

fn room(at: f64) -> RoomTime {
    RoomTime(0) + Span::from_seconds(OFFSET) + Span::from_seconds(at * (1.0 + SKEW))
}

/// What one client's estimates of room time were.
#[derive(Default)]
struct Estimates {
    /// By how many seconds they were off [`EARLY`] and [`LATE`].
    early: Vec<f64>,
    late: Vec<f64>,
    /// How many exchanges the client began in a second of the late part.
    rate: f64,
}

/// Estimates of room time in one connection.
fn estimates(network: Network, cadence: Cadence, seed: u64) -> Estimates {
    let mut connection = Connection::new(network, seed);
    let mut clock = RoomClock::default();
    let mut pinging = PingSchedule::default();
    pinging.keep(cadence);
    // Where in the time of beacons and queues it begins differs.
    let begins = connection.random.between(0.0, 2.0);
    pinging.begin(local(begins));
    let mut to_radio: VecDeque<(f64, LocalTime, RoomTime)> = VecDeque::new();
    let mut received: VecDeque<(f64, PongTimes)> = VecDeque::new();
    let mut estimates = Estimates::default();
    let mut sent_late = 0;
    let mut looked_at = begins + EARLY.0;
    while looked_at < begins + LATE.1 {
        let ping_at = pinging.next().unwrap();
        let due = (ping_at - LocalTime(0)).as_seconds();
        let next = due.min(to_radio.front().map_or(looked_at, |front| front.0));
        let at = next.min(looked_at);
        while let Some((_, pong)) = received.pop_front_if(|(back, _)| *back <= at) {
            clock.exchange(pong);
        }
        if let Some((_, t0, t1)) = to_radio.pop_front_if(|(there, ..)| *there <= at) {
            let back = connection.received(at);
            let t3 = local(back);
            received.push_back((back, PongTimes { t0, t1, t2: t1, t3 }));
        } else if pinging.due(local(at)) {
            sent_late += u32::from(at >= begins + LATE.0);
            let there = connection.there(at);
            to_radio.push_back((connection.back(there), ping_at, room(there)));
        } else {
            let estimate = clock.room(local(at)).unwrap();
            let off = (estimate - room(at)).as_seconds().abs();
            looked_at += 0.5;
            if at < begins + EARLY.1 {
                estimates.early.push(off);
            } else if at < begins + LATE.0 {
                looked_at = begins + LATE.0;
            } else {
                estimates.late.push(off);
            }
        }
    }
    estimates.rate = f64::from(sent_late) / (LATE.1 - LATE.0);
    estimates
}

/// How far the estimates of many connections are off, in milliseconds.
#[derive(Debug, Clone, Copy)]
struct Off {
    /// The 95th percentile [`EARLY`].
    early: f64,
    /// The median and the 95th percentile [`LATE`].
    late: (f64, f64),
}

fn off(network: Network, cadence: Cadence, seeds: u64) -> Off {
    let (mut early, mut late) = (Vec::new(), Vec::new());
    for seed in 0..seeds {
        let estimates = estimates(network, cadence, seed);
        early.extend(estimates.early);
        late.extend(estimates.late);
    }
    Off {
        early: quantile(&mut early, 95),
        late: (quantile(&mut late, 50), quantile(&mut late, 95)),
    }
}

/// A percentile, in milliseconds.
fn quantile(all: &mut [f64], percent: usize) -> f64 {
    all.sort_by(f64::total_cmp);
    all[(all.len() - 1) * percent / 100] * 1_000.0
}

const fn bursts(clock_ms: u32, burst: u32) -> Cadence {
    Cadence {
        clock_ms,
        burst,
        health_ms: 2_000,
        return_ms: 0,
    }
}

/// One exchange a second: what clients do that are told nothing.
const UNTOLD: Cadence = bursts(1_000, 1);

/// What was tried besides: fewer bursts of more exchanges.
const OTHER: Cadence = bursts(10_000, 8);

/// Prints the row of a cadence, and returns what it says.
fn print(network: Network, cadence: Cadence, seeds: u64) -> Off {
    let rate = estimates(network, cadence, 0).rate;
    let off = off(network, cadence, seeds);
    let (median, most) = off.late;
    let Cadence {
        clock_ms, burst, ..
    } = cadence;
    println!(
        "{:<24} | {burst} each {clock_ms:>5} ms | {rate:4.2} | {:5.2} | {median:5.2} | {most:5.2}",
        network.name, off.early
    );
    off
}

/// `CADENCES=24 cargo test --release --lib sync::testbed::cadences -- --nocapture` prints the whole
/// table from so many connections each; without it, there are a few of the cadences that are told.
#[test]
fn the_clock_is_as_exact_at_the_cadences_told_as_at_one_exchange_a_second() {
    let asked = std::env::var("CADENCES").ok();
    let seeds = asked.as_ref().map_or(6, |seeds| seeds.parse().unwrap());
    println!("network | exchanges | a second | early: off by p95 | later: p50 | p95 (ms)");
    for network in NETWORKS {
        let untold = print(network, UNTOLD, seeds);
        let told = [1, 1_000, 10_000].map(|connections| {
            let told = cadence::at(connections);
            (told, print(network, told, seeds))
        });
        if asked.is_some() {
            print(network, OTHER, seeds);
        }
        // A queue that hardly ever empties is met less often by fewer exchanges; else it is what
        // seeds make of it by chance.
        let noise = if network.fills == Fills::Always {
            3.0
        } else {
            1.0
        };
        for (cadence, off) in told {
            let told = format!("{}: {cadence:?} {off:?}", network.name);
            assert!(off.early <= untold.early + noise, "{told}");
            assert!(off.late.1 <= untold.late.1 + noise, "{told}");
        }
    }
}
