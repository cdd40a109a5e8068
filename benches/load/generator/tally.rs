//! What a generator counts.

use std::collections::BTreeMap;

use crate::clock;
use crate::orders::{Counted, Sent};

/// How many faults are kept in words.
const FAULTS_KEPT: usize = 8;

/// The most arrivals of events that are kept: those of 100 events at 20,000 members.
const ARRIVALS_KEPT: usize = 2_000_000;

/// The counts of one generator.
#[derive(Debug, Default)]
pub(super) struct Tally {
    measures: bool,
    frames_in: u64,
    frames_out: u64,
    exchanges: Vec<u32>,
    /// Rooms, revs and times of events at members.
    arrivals: Vec<(u32, u64, u64)>,
    missed: u64,
    doubled: u64,
    lost: u64,
    faults: Vec<String>,
}

impl Tally {
    /// Begins to count anew. Faults stay.
    pub(super) fn begin(&mut self) {
        self.measures = true;
        (self.frames_in, self.frames_out) = (0, 0);
        self.exchanges.clear();
        self.arrivals.clear();
    }

    /// A frame came.
    pub(super) const fn came(&mut self) {
        self.frames_in += 1;
    }

    /// A frame was sent.
    pub(super) const fn sent(&mut self) {
        self.frames_out += 1;
    }

    /// A clock exchange took so many microseconds.
    pub(super) fn exchange(&mut self, took: u32) {
        if self.measures {
            self.exchanges.push(took);
        }
    }

    /// A member with `rev` got the events from `first` to `last`.
    pub(super) fn events(&mut self, room: u32, rev: u64, (first, last): (u64, u64), now: u64) {
        let next = rev + 1;
        self.missed += first.saturating_sub(next);
        if first < next {
            self.doubled += next.min(last + 1) - first;
        }
        if first != next {
            self.note(|| format!("room {room}: events {first} to {last} after {rev}"));
        }
        if self.measures && self.arrivals.len() < ARRIVALS_KEPT {
            self.arrivals
                .extend((first..=last).map(|it| (room, it, now)));
        }
    }

    /// A member lacks so many events after its return.
    pub(super) fn lacks(&mut self, number: u32, events: u64) {
        self.missed += events;
        if events > 0 {
            self.note(|| format!("member {number} lacks {events} events after its return"));
        }
    }

    /// A connection ended although it should not have.
    pub(super) fn lose(&mut self, number: u32, why: &str) {
        self.lost += 1;
        self.note(|| format!("member {number}: {why}"));
    }

    /// Keeps a fault in words, if it is among the first.
    pub(super) fn note(&mut self, fault: impl FnOnce() -> String) {
        if self.faults.len() < FAULTS_KEPT {
            self.faults.push(fault());
        }
    }

    /// Everything, with the delays of these commands.
    pub(super) fn collect(&mut self, sent: &[Sent], present: u32) -> Counted {
        let sent: BTreeMap<(u32, u64), u64> = sent
            .iter()
            .map(|sent| ((sent.room, sent.rev), sent.at))
            .collect();
        let delays = self.arrivals.iter().filter_map(|(room, rev, at)| {
            let sent = sent.get(&(*room, *rev))?;
            Some(clock::since(*sent, *at))
        });
        Counted {
            present,
            frames_in: self.frames_in,
            frames_out: self.frames_out,
            delays: delays.collect(),
            exchanges: std::mem::take(&mut self.exchanges),
            missed: self.missed,
            doubled: self.doubled,
            lost: self.lost,
            faults: self.faults.clone(),
        }
    }
}
