//! Counts what the server does, for `/metrics` and `watchtogether admin figures`: counters that
//! tasks add to without a lock. [`figures`] is a copy of them with what is asked for at that moment;
//! `exposition` writes it as Prometheus reads it.
//!
//! Labels are codes of the program only: no room, no name and no address is ever counted apart.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use strum::{IntoStaticStr, VariantArray};

use crate::protocol::denied::{Denied, DeniedCode, Refused, RefusedCode};
use crate::wire::message::ClientMsg;

mod counters;
pub(super) mod exposition;
pub(super) mod figures;
pub(super) mod store;
pub(super) mod timing;

use counters::{ByCode, Histogram, add, value};
use timing::Timing;

/// The counters of a server. Clones share them.
#[derive(Debug, Clone, Default)]
pub(super) struct Metrics(Arc<Counters>);

/// The counts, each since the start of the process.
#[derive(Debug, Default)]
struct Counters {
    /// Connections that are open now.
    connections: AtomicU64,
    /// Connections that were ever opened.
    connections_opened: AtomicU64,
    messages: ByCode<{ MessageKind::VARIANTS.len() }>,
    denied: ByCode<{ DeniedCode::VARIANTS.len() }>,
    refused: ByCode<{ RefusedCode::VARIANTS.len() }>,
    dropped_frames: AtomicU64,
    member_reports: AtomicU64,
    ignored_node_messages: AtomicU64,
    append: Histogram,
    fan_out: Histogram,
}

/// What a client sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, VariantArray, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub(super) enum MessageKind {
    /// The opening of a connection: a hello or a visit.
    Hello,
    /// A command to the room.
    Command,
    /// A request of the clock exchange.
    Ping,
    /// A report of a player.
    Report,
    /// Playback health.
    Health,
    /// A request for the whole state.
    State,
    /// A member leaves on purpose.
    Leave,
    /// A frame that is no valid message.
    Invalid,
}

impl From<&ClientMsg> for MessageKind {
    fn from(message: &ClientMsg) -> Self {
        match message {
            ClientMsg::Hello(_) | ClientMsg::Visit(_) => Self::Hello,
            ClientMsg::Command { .. } => Self::Command,
            ClientMsg::Ping { .. } => Self::Ping,
            ClientMsg::Report { .. } => Self::Report,
            ClientMsg::Health(_) => Self::Health,
            ClientMsg::State => Self::State,
            ClientMsg::Leave => Self::Leave,
        }
    }
}

/// Counts an open connection until it is dropped.
#[derive(Debug)]
pub(super) struct OpenConnection(Metrics);

impl Metrics {
    /// Counts a connection that was opened.
    pub(super) fn connection(&self) -> OpenConnection {
        add(&self.0.connections_opened);
        add(&self.0.connections);
        OpenConnection(self.clone())
    }

    /// Counts a message of a client.
    pub(super) fn message(&self, kind: MessageKind) {
        self.0.messages.add(kind as usize);
    }

    /// Counts a command that was denied.
    pub(super) fn denied(&self, why: &Denied) {
        self.0.denied.add(DeniedCode::from(why) as usize);
    }

    /// Counts a client that was refused, or whose connection the server closed.
    pub(super) fn refused(&self, why: &Refused) {
        self.0.refused.add(RefusedCode::from(why) as usize);
    }

    /// Counts a frame that a slow reader did not get, as a newer one supersedes it.
    pub(super) fn dropped_frame(&self) {
        add(&self.0.dropped_frames);
    }

    /// Counts a member's report about another.
    pub(super) fn member_reported(&self) {
        add(&self.0.member_reports);
    }

    /// Counts a message of another node that could not be read.
    pub(super) fn ignored_node_message(&self) {
        add(&self.0.ignored_node_messages);
    }

    /// Counts the time from a decision until it was kept.
    pub(super) fn appended(&self, took: Duration) {
        self.0.append.add(took);
    }

    /// Counts the time in which events were put into the outboxes of all members of a room.
    pub(super) fn fanned_out(&self, took: Duration) {
        self.0.fan_out.add(took);
    }

    /// How many connections are open, and how many ever were.
    pub(super) fn connections(&self) -> (u64, u64) {
        (
            value(&self.0.connections),
            value(&self.0.connections_opened),
        )
    }

    /// The messages of each kind.
    pub(super) fn messages(&self) -> BTreeMap<String, u64> {
        self.0.messages.named(MessageKind::VARIANTS)
    }

    /// The denials of each code.
    pub(super) fn denials(&self) -> BTreeMap<String, u64> {
        self.0.denied.named(DeniedCode::VARIANTS)
    }

    /// The refusals of each code.
    pub(super) fn refusals(&self) -> BTreeMap<String, u64> {
        self.0.refused.named(RefusedCode::VARIANTS)
    }

    /// The frames that were dropped.
    pub(super) fn dropped_frames(&self) -> u64 {
        value(&self.0.dropped_frames)
    }

    /// The reports about members.
    pub(super) fn member_reports(&self) -> u64 {
        value(&self.0.member_reports)
    }

    /// The messages of other nodes that could not be read.
    pub(super) fn ignored_node_messages(&self) -> u64 {
        value(&self.0.ignored_node_messages)
    }

    /// How long appends took.
    pub(super) fn append(&self) -> Timing {
        self.0.append.timing()
    }

    /// How long fan-outs took.
    pub(super) fn fan_out(&self) -> Timing {
        self.0.fan_out.timing()
    }
}

impl Drop for OpenConnection {
    fn drop(&mut self) {
        self.0.0.connections.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::{MessageKind, Metrics};
    use crate::protocol::denied::{Denied, Refused};
    use crate::wire::message::Reason;

    #[test]
    fn each_count_stands_under_the_code_that_travels() {
        let metrics = Metrics::default();
        metrics.message(MessageKind::Ping);
        let denied = [Denied::NotInRoom, Denied::TooFast { retry_ms: 1 }];
        for why in &denied {
            metrics.denied(why);
            let code = Reason::new(why, String::new()).code;
            assert_eq!(metrics.denials()[&code], 1, "{code}");
        }
        for why in [Refused::Banned, Refused::RoomFull { limit: 1 }] {
            metrics.refused(&why);
            let code = Reason::new(&why, String::new()).code;
            assert_eq!(metrics.refusals()[&code], 1, "{code}");
        }
        assert_eq!(metrics.messages()["ping"], 1);
        assert_eq!(metrics.messages()["invalid"], 0);
        assert_eq!(metrics.denials().values().sum::<u64>(), 2);
    }

    #[test]
    fn a_connection_counts_until_it_is_dropped() {
        let metrics = Metrics::default();
        let one = metrics.connection();
        let other = metrics.connection();
        assert_eq!(metrics.connections(), (2, 2));
        drop(one);
        assert_eq!(metrics.connections(), (1, 2));
        drop(other);
        assert_eq!(metrics.connections(), (0, 2));
    }
}
