//! The figures of a running server at one moment.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The figures of a running server, counted since its start.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// The server's release.
    pub version: String,
    /// The protocol version that it speaks.
    pub protocol: u32,
    /// How long it has been running, in whole seconds.
    pub up_seconds: u64,
    /// The connections that are open.
    pub connections: u64,
    /// The connections that were ever opened.
    pub connections_opened: u64,
    /// The rooms, with and without anybody in them.
    pub rooms: u64,
    /// The members present, over all rooms.
    pub members: u64,
    /// The messages from clients, by kind.
    pub messages: BTreeMap<String, u64>,
    /// The commands that were denied, by code.
    pub denied: BTreeMap<String, u64>,
    /// The clients that were refused or whose connection was closed, by code.
    pub refused: BTreeMap<String, u64>,
    /// The frames that slow readers did not get because newer ones supersede them.
    pub dropped_frames: u64,
    /// The reports of members about others.
    #[serde(default)]
    pub member_reports: u64,
    /// The messages of other nodes that could not be read: their versions differ too much.
    #[serde(default)]
    pub ignored_node_messages: u64,
    /// The time from a decision until it was on disk, of commands and joins.
    pub append: Timing,
    /// The time in which events were put into the outboxes of all members of a room.
    pub fan_out: Timing,
    /// The size of the file that keeps the rooms, in bytes; `None` if there is none.
    pub file_bytes: Option<u64>,
    /// Whether the rooms' log takes writes.
    pub takes_writes: bool,
    /// Whether the server stops soon.
    pub drains: bool,
}

/// How long something took.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Timing {
    /// How often it happened.
    pub count: u64,
    /// All durations together, in seconds.
    pub sum_seconds: f64,
    /// How often it took at most so many seconds, for rising bounds.
    pub below: Vec<(f64, u64)>,
}

impl Timing {
    /// The bound in seconds below which this share of all durations was; `None` if there are none,
    /// or the share reaches beyond the last bound.
    #[must_use]
    pub fn quantile(&self, share: f64) -> Option<f64> {
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a share of a count, rounded up"
        )]
        let wanted = (self.count as f64 * share).ceil() as u64;
        let mut below = self.below.iter();
        let found = below.find(|(_, count)| *count >= wanted);
        found.filter(|_| self.count > 0).map(|(bound, _)| *bound)
    }
}

#[cfg(test)]
mod tests {
    use super::Timing;

    #[test]
    fn a_share_of_durations_is_below_the_first_bound_that_covers_it() {
        let timing = Timing {
            count: 10,
            sum_seconds: 1.0,
            below: vec![(0.001, 5), (0.01, 9)],
        };
        assert_eq!(timing.quantile(0.5), Some(0.001));
        assert_eq!(timing.quantile(0.9), Some(0.01));
        assert_eq!(timing.quantile(0.99), None, "beyond the last bound");
        let none = Timing {
            count: 0,
            sum_seconds: 0.0,
            below: vec![(0.001, 0)],
        };
        assert_eq!(none.quantile(0.5), None);
    }
}
