//! Commands given while everybody watches, and how long their events take to all members.

use std::thread::sleep;
use std::time::{Duration, Instant};

use super::{figure, millis};
use crate::crowd::Crowd;
use crate::orders::{Counted, Say};

/// After the last one came in: what the joins cause is over.
pub(super) const QUIET_AFTER: Duration = Duration::from_secs(3);

/// After the last command: what is on its way arrives.
const ARRIVED_AFTER: Duration = Duration::from_secs(2);

/// The letters of a line, about as many as people write.
pub(super) const LETTERS: usize = 40;

/// Where commands are given, and how often.
#[derive(Debug, Clone)]
pub(super) struct Rooms {
    /// Their numbers; they get commands in turns.
    pub(super) numbers: Vec<u32>,
    /// How many members each has.
    pub(super) size: u32,
    /// How many of them read.
    pub(super) readers: u32,
    /// Between two commands.
    pub(super) every: Duration,
}

/// How long events took to everybody.
#[derive(Debug)]
pub(super) struct Delays {
    counted: Counted,
    expected: u64,
    /// How long was counted, in seconds.
    took: f64,
}

impl Rooms {
    /// One room of so many.
    pub(super) fn one(size: u32, every: Duration) -> Self {
        Self {
            numbers: vec![0],
            size,
            readers: size,
            every,
        }
    }

    /// Puts media on in each room.
    pub(super) fn put_on(&self, crowd: &mut Crowd) {
        let rooms = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        self.speak(crowd, Say::Play, rooms);
        sleep(QUIET_AFTER);
    }

    /// So many lines of chat.
    pub(super) fn lines(&self, crowd: &mut Crowd, letters: usize, count: u32) -> Delays {
        self.measured(crowd, Say::Chat(letters), count)
    }

    /// So many pauses, each followed by a resume that is not measured.
    pub(super) fn pauses(&self, crowd: &mut Crowd, count: u32) -> Delays {
        self.measured(crowd, Say::Pause, 2 * count)
    }

    fn measured(&self, crowd: &mut Crowd, what: Say, times: u32) -> Delays {
        crowd.measure();
        let began = Instant::now();
        let sent = self.speak(crowd, what, times);
        sleep(ARRIVED_AFTER);
        let events = u64::try_from(sent.len()).unwrap_or(u64::MAX);
        let took = began.elapsed().as_secs_f64();
        Delays {
            took,
            counted: crowd.collect(&sent),
            expected: events * u64::from(self.readers),
        }
    }

    fn speak(&self, crowd: &mut Crowd, what: Say, times: u32) -> Vec<crate::orders::Sent> {
        crowd.speak((&self.numbers, self.size), what, times, self.every)
    }
}

impl Delays {
    /// A quantile, in milliseconds. What did not arrive is in none: see [`Self::faults`].
    pub(super) fn at(&self, share: f64) -> f64 {
        millis(&self.counted.delays, share)
    }

    /// Messages of all members a second meanwhile, both ways together.
    pub(super) fn messages(&self) -> f64 {
        figure(self.counted.frames_in + self.counted.frames_out) / self.took
    }

    /// Events of these commands that did not arrive, and of all that were missed or doubled since
    /// the beginning, with the members who were lost.
    pub(super) fn faults(&self) -> f64 {
        for fault in &self.counted.faults {
            eprintln!("    {fault}");
        }
        let arrived = u64::try_from(self.counted.delays.len()).unwrap_or(0);
        let Counted {
            missed,
            doubled,
            lost,
            ..
        } = self.counted;
        figure(self.expected.abs_diff(arrived) + missed + doubled + lost)
    }
}
