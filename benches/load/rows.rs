//! The rows of the table, with their aims.

/// What a figure is to be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Aim {
    /// At most this.
    AtMost(f64),
    /// At least this.
    AtLeast(f64),
    /// It stands beside the others, without an aim.
    None,
}

/// A row of the table.
#[derive(Debug)]
pub(crate) struct Row {
    /// Its name.
    pub(crate) name: &'static str,
    /// What is measured.
    pub(crate) what: &'static str,
    /// The unit of the figure; empty for a count.
    pub(crate) unit: &'static str,
    /// What it is to be.
    pub(crate) aim: Aim,
}

const fn row(name: &'static str, what: &'static str, unit: &'static str, aim: Aim) -> Row {
    Row {
        name,
        what,
        unit,
        aim,
    }
}

use Aim::{AtLeast, AtMost, None};

/// All rows, in the order of the table.
pub(crate) const ROWS: &[Row] = &[
    row(
        "join-p50",
        "500 joins at a time, 5,000 in rooms of 10: from hello to welcome, p50",
        "ms",
        AtMost(5.0),
    ),
    row("join-p99", "the same, p99", "ms", AtMost(100.0)),
    row("join-rate", "joins a second", "/s", AtLeast(5_000.0)),
    row(
        "join-connect-p50",
        "from the connection's beginning to the welcome, p50",
        "ms",
        None,
    ),
    row("join-connect-p99", "the same, p99", "ms", None),
    row("join-failed", "joins that failed", "", AtMost(0.0)),
    row("join-healthz", "/healthz meanwhile, p99", "ms", None),
    row(
        "listening",
        "from the server's start until it listens",
        "ms",
        AtMost(11.0),
    ),
    row("rest", "memory at rest", "MiB", None),
    row(
        "memory-rooms",
        "memory a member, 2,000 in rooms of 4",
        "KiB",
        AtMost(8.0),
    ),
    row(
        "memory-room",
        "memory a member, one room of 1,000",
        "KiB",
        AtMost(8.0),
    ),
    row(
        "memory-tls",
        "memory a member by TLS, 2,000 in rooms of 4",
        "KiB",
        None,
    ),
    row(
        "kernel-rooms",
        "the kernel's, for both ends of a connection, rooms of 4",
        "KiB",
        None,
    ),
    row(
        "members-healthz",
        "/healthz meanwhile, rooms of 4, p99",
        "ms",
        None,
    ),
    row(
        "chat-p50",
        "a line of chat to all 1,000 of a room, p50",
        "ms",
        None,
    ),
    row("chat-p99", "the same, p99", "ms", AtMost(8.0)),
    row("chat-max", "the same, the longest", "ms", None),
    row("pause-p50", "a pause to all 1,000, p50", "ms", None),
    row("pause-p99", "the same, p99", "ms", AtMost(8.0)),
    row("pause-max", "the same, the longest", "ms", None),
    row(
        "fan-out-faults",
        "events missed or doubled, members lost",
        "",
        AtMost(0.0),
    ),
    row("fan-out-healthz", "/healthz meanwhile, p99", "ms", None),
    row(
        "cpu-told",
        "processor at 2,000 members in rooms of 4, at the cadence told",
        "core",
        AtMost(0.04),
    ),
    row(
        "messages-told",
        "messages a member and second, both ways together",
        "/s",
        None,
    ),
    row(
        "cpu-before",
        "processor, an exchange a second and health every two",
        "core",
        AtMost(0.10),
    ),
    row(
        "messages-before",
        "messages a member and second",
        "/s",
        None,
    ),
    row(
        "exchange-p50",
        "a clock exchange at 2,000, p50",
        "ms",
        AtMost(0.16),
    ),
    row("exchange-p99", "the same, p99", "ms", AtMost(0.99)),
    row(
        "exchange-before-p50",
        "the same with an exchange a second each, p50",
        "ms",
        None,
    ),
    row("exchange-before-p99", "the same, p99", "ms", None),
    row("cpu-healthz", "/healthz meanwhile, p99", "ms", None),
    row(
        "big-chat-p50",
        "a line of chat to all of a room of 10,000, p50",
        "ms",
        None,
    ),
    row("big-chat-p99", "the same, p99", "ms", None),
    row("big-pause-p50", "a pause to all 10,000, p50", "ms", None),
    row("big-pause-p99", "the same, p99", "ms", AtMost(100.0)),
    row("big-pause-max", "the same, the longest", "ms", None),
    row(
        "big-faults",
        "events missed or doubled, members lost",
        "",
        AtMost(0.0),
    ),
    row("big-healthz", "/healthz meanwhile, p99", "ms", None),
    row(
        "crowd-memory",
        "10,000 in rooms of 10: memory a member",
        "KiB",
        AtMost(8.0),
    ),
    row("crowd-cpu", "processor", "core", AtMost(0.25)),
    row(
        "crowd-messages",
        "messages a member and second, both ways together",
        "/s",
        None,
    ),
    row(
        "crowd-pause-p50",
        "a pause to all of its room, p50",
        "ms",
        None,
    ),
    row("crowd-pause-p99", "the same, p99", "ms", AtMost(10.0)),
    row(
        "crowd-faults",
        "events missed or doubled, members lost",
        "",
        AtMost(0.0),
    ),
    row("crowd-healthz", "/healthz meanwhile, p99", "ms", None),
    row("idle-members", "idle members", "", None),
    row(
        "idle-memory",
        "memory of an idle member",
        "KiB",
        AtMost(10.0),
    ),
    row(
        "idle-cpu",
        "processor of an idle member",
        "us/s",
        AtMost(3.0),
    ),
    row(
        "idle-messages",
        "messages a member and second; the server's pings are none",
        "/s",
        None,
    ),
    row("idle-healthz", "/healthz meanwhile, p99", "ms", None),
    row(
        "idle-slope",
        "memory of each of the second half of them",
        "KiB",
        None,
    ),
    row(
        "idle-model",
        "a model: the memory of a server with 100,000, as it grew with the second half",
        "MiB",
        None,
    ),
    row(
        "idle-model-cpu",
        "the same: its processor, each as now",
        "core",
        None,
    ),
    row(
        "idle-kernel",
        "the kernel's memory, for both ends of a connection",
        "KiB",
        None,
    ),
    row(
        "back-after",
        "10,000 whose server is killed: all are back after",
        "s",
        AtMost(15.0),
    ),
    row(
        "back-spike",
        "the most hellos in a second, in averages",
        "",
        AtMost(2.0),
    ),
    row(
        "back-healthz",
        "/healthz from when it listens again, p99",
        "ms",
        None,
    ),
    row("back-away", "members who are not back", "", AtMost(0.0)),
    row("back-faults", "events missed or doubled", "", AtMost(0.0)),
    row("slow-without", "900 long lines to 1,000, p99", "ms", None),
    row(
        "slow-with",
        "the same to 900 while 100 more read nothing, p99",
        "ms",
        None,
    ),
    // Judgement: two runs of the same differ by as much.
    row("slow-added", "what the hundred add", "ms", AtMost(1.0)),
    row(
        "slow-disconnected",
        "of the hundred, disconnected by the server",
        "",
        AtLeast(100.0),
    ),
    row("slow-healthz", "/healthz with them, p99", "ms", None),
    row(
        "slow-faults",
        "events missed or doubled, members lost",
        "",
        AtMost(0.0),
    ),
    row(
        "nodes-created",
        "two nodes on Redis, 5,000 in rooms of 10 at one: rooms created a second",
        "/s",
        None,
    ),
    row("nodes-cpu", "processor of their node", "core", None),
    row("nodes-other-cpu", "processor of the other", "core", None),
    row("nodes-redis-cpu", "processor of Redis", "core", None),
    row("nodes-memory", "memory a room at their node", "KiB", None),
    row("nodes-other-memory", "the same at the other", "KiB", None),
    row("nodes-redis-memory", "the same in Redis", "KiB", None),
    row(
        "nodes-pause-p50",
        "a pause to all of its room, p50",
        "ms",
        None,
    ),
    row("nodes-pause-p99", "the same, p99", "ms", AtMost(20.0)),
    row(
        "nodes-faults",
        "events missed or doubled, members lost",
        "",
        AtMost(0.0),
    ),
];

/// The row of this name.
pub(crate) fn named(name: &str) -> &'static Row {
    let found = ROWS.iter().find(|row| row.name == name);
    found.expect("a figure has a row")
}
