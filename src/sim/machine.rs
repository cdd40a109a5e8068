//! A member's machine: its monotonic clock.

use super::link::{micros, seconds};
use crate::protocol::time::LocalTime;

/// The relation of true time to one machine's local time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Machine {
    pub(crate) offset: i64,
    pub(crate) skew: f64,
}

impl Machine {
    pub(crate) fn local(&self, at: i64) -> LocalTime {
        LocalTime(at + self.offset + micros(seconds(at) * self.skew))
    }

    /// The first true time at which the machine's clock shows `local` or more.
    pub(crate) fn reaches(&self, local: LocalTime) -> i64 {
        let mut at = micros(seconds(local.0 - self.offset) / (1.0 + self.skew)) - 2;
        while self.local(at) < local {
            at += 1;
        }
        at
    }
}
