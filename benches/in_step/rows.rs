//! The rows of the table: what each measures, and its aim.

/// A row of the table. Its aim is what the figure must not exceed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    /// Its name on the command line and in the JSON.
    pub(crate) name: &'static str,
    /// What is measured, in words.
    pub(crate) what: &'static str,
    /// The unit of the figure.
    pub(crate) unit: &'static str,
    /// The most that the figure may be.
    pub(crate) aim: f64,
    /// The aim as the table shows it.
    pub(crate) aim_in_words: &'static str,
}

const fn ms(name: &'static str, what: &'static str, aim: f64, words: &'static str) -> Row {
    Row {
        name,
        what,
        unit: "ms",
        aim,
        aim_in_words: words,
    }
}

const fn count(name: &'static str, what: &'static str, aim: f64, words: &'static str) -> Row {
    Row {
        name,
        what,
        unit: "",
        aim,
        aim_in_words: words,
    }
}

/// Every row, in the order of the table.
#[rustfmt::skip] // A row of the table is a row of the file.
pub(crate) const ROWS: &[Row] = &[
    ms("steady-p50", "steady, loopback: offset, p50", 0.3, "<= 0.3 ms"),
    ms("steady-p95", "steady, loopback: offset, p95", 1.0, "<= 1 ms"),
    ms("clock-0.01-p95", "audio clock 0.01 % fast, p95", 1.0, "<= 1 ms"),
    ms("clock-0.5-p95", "audio clock 0.5 % fast, p95", 2.0, "<= 2 ms"),
    ms("clock-1-p95", "audio clock 1 % fast, p95", 2.0, "<= 2 ms"),
    ms("terminal-reads-p95", "a viewer before a screen: offset, p95", 1.0, "<= 1 ms"),
    ms("terminal-stopped-p95", "the same while the terminal reads nothing for 10 s, p95", 1.0, "<= 1 ms"),
    ms("rate-0.5-p50", "steady at rate 0.5, p50", 0.3, "<= 0.3 ms"),
    ms("rate-0.5-p95", "steady at rate 0.5, p95", 1.0, "<= 1 ms"),
    ms("rate-2-p50", "steady at rate 2.0, p50", 0.3, "<= 0.3 ms"),
    ms("rate-2-p95", "steady at rate 2.0, p95", 1.0, "<= 1 ms"),
    ms("network-p95", "both behind 100 +- 30 ms, from 60 s on, p95", 5.0, "<= 5 ms"),
    ms("uneven-p95", "both behind 100 +- 50 ms, from 60 s on, p95", 5.0, "<= 5 ms"),
    ms("hundreds-steady-p95", "at a server of 200 more: steady, loopback, p95", 1.0, "<= 1 ms"),
    ms("hundreds-network-p95", "the same: both behind 100 +- 30 ms, p95", 5.0, "<= 5 ms"),
    ms("hundreds-uneven-p95", "the same: both behind 100 +- 50 ms, p95", 5.0, "<= 5 ms"),
    ms("thousand-steady-p95", "at a server of 1,100 more: steady, loopback, p95", 1.0, "<= 1 ms"),
    ms("thousand-network-p95", "the same: both behind 100 +- 30 ms, p95", 5.0, "<= 5 ms"),
    ms("thousand-uneven-p95", "the same: both behind 100 +- 50 ms, p95", 5.0, "<= 5 ms"),
    ms("asymmetric-excess", "20 ms there, 120 ms back: p95 beyond the least stated bound", 0.0, "<= the bound"),
    ms("silent-p95", "no audio track, p95", 12.0, "<= 12 ms"),
    ms("pause-p95", "admin's key to the viewer's mpv paused, p95", 4.0, "<= 4 ms"),
    ms("pause-network-p95", "the same behind 100 +- 30 ms, beyond the one-way times, p95", 4.0, "<= one-way times + 4 ms"),
    ms("pause-frame", "0.5 s after a pause: positions apart, worst", 0.0, "same frame (0 ms)"),
    ms("resume-first-p95", "resume: skew at the first frames, p95", 15.0, "<= 15 ms"),
    ms("resume-5s-p95", "resume: skew after 5 s, p95", 2.0, "<= 2 ms"),
    ms("nodes-p50", "three nodes on Redis behind nginx, steady: offset of the worst pair, p50", 0.3, "<= 0.3 ms, as at one"),
    ms("nodes-p95", "the same: offset, p95", 1.0, "<= 1 ms, as at one"),
    ms("nodes-pause-p95", "the same: admin's key to a viewer's mpv at another node paused, beyond Redis, p95", 4.0, "<= Redis + 4 ms"),
    ms("nodes-redis-p50", "the same: Redis keeps something, synced to disk, p50", f64::INFINITY, "shown"),
    ms("nodes-back", "a node killed: its members at another one after", 10_000.0, "<= 10 s"),
    ms("seek-p95", "0.4 s after the admin's player restarted: viewer off the admin's, p95", 50.0, "<= 50 ms"),
    ms("late-1s", "late join: off 1 s after its file is loaded", 40.0, "<= 40 ms"),
    ms("late-8s", "late join: off 8 s after", 2.0, "<= 2 ms"),
    ms("late-others", "late join: the others moved by", 2.0, "unmoved"),
    ms("own-seek-2s", "viewer's own seek of 0.3, 1, 30 s: off 2 s later, worst", 40.0, "<= 40 ms"),
    ms("own-seek-10s", "the same 10 s later, worst", 2.0, "<= 2 ms"),
    ms("own-seek-overshoot", "the same: overshoot, worst", 20.0, "<= 20 ms"),
    ms("behind-8s", "0.3 s behind: off 8 s later", 40.0, "<= 40 ms"),
    count("behind-seeks", "0.3 s behind: seeks made", 0.0, "0"),
    count("behind-speed", "0.3 s behind: speed bent beyond the learned skew, at most, per mille", 50.0, "<= 50"),
    ms("frozen-1s", "frozen for 1 s: off 3 s after", 40.0, "<= 40 ms"),
    ms("frozen-3s", "frozen for 3 s: off 3 s after", 40.0, "<= 40 ms"),
    ms("frozen-15s", "frozen for 15 s: off 3 s after", 40.0, "<= 40 ms"),
    ms("frozen-others", "frozen: the room moved by, worst", 2.0, "unmoved"),
    ms("stall-go", "media stalled 15 s, policy go: off 3 s after data", 40.0, "<= 40 ms"),
    ms("stall-go-others", "the same: the room moved by", 2.0, "unmoved"),
    ms("stall-wait-held", "media stalled 15 s, policy wait: held for", 10_050.0, "<= 10 s"),
    ms("outage-during", "network gone 10 s: off meanwhile, worst", 5.0, "goes on"),
    ms("outage-2s", "network gone 10 s: off 2 s after reconnect", 2.0, "in step (<= 2 ms)"),
    ms("hls-2s", "HLS, 2 s segments, 8 plays: off 2 s after the start, worst", 50.0, "<= 50 ms"),
    count("hls-seeks", "the same: seeks after the loading, of both players in all plays", 0.0, "0"),
    ms("hls-steady-p95", "HLS, 2 s segments: steady, p95", 1.0, "<= 1 ms"),
    ms("hls-late-8s", "HLS, 2 s segments, late join: off 8 s after its file is loaded", 2.0, "<= 2 ms"),
    ms("live-dated", "live HLS that names wall times, joined 5 s later: apart 40 s after", 150.0, "<= 150 ms"),
    ms("rec-late-8s", "WebM without a length, late join: off 8 s after its file is loaded", 2.0, "<= 2 ms"),
    ms("gop-3s", "MPEG-TS with keyframes 10 s apart, /seek 34: off 3 s after", 40.0, "<= 40 ms"),
    count("gop-seeks", "the same: seeks made by a player, worst", 1.0, "1"),
    ms("delay-frames", "a viewer with --audio-delay=0.3: frames apart, p95", 40.0, "<= 40 ms"),
    count("delay-speed", "the same: speed bent at most, per mille", 10.0, "<= 10"),
    ms("broken-back", "host gone for a viewer for 15 s: in step after it is back (40 ms)", 10_000.0, "<= 10 s"),
    ms("broken-others", "the same: the others moved by", 2.0, "unmoved"),
    count("broken-requests", "the same: requests while it was gone", 5.0, "<= 5: one a try at 0, 2, 5, 10 s"),
    ms("seek-dry-stalled", "a seek that waits 2 s for data: said to stall after", 1_550.0, "<= 1.5 s"),
    ms("seek-dry-3s", "the same: off 3 s after data", 40.0, "<= 40 ms"),
    ms("seek-dry-ahead", "the same: ahead of the room, worst", 60.0, "<= 60 ms"),
    count("seek-dry-seeks", "the same: seeks made", 2.0, "<= 2"),
    ms("step-frame", "paused, the admin goes a frame on: until the viewer stands there", 500.0, "<= 0.5 s"),
    ms("step-undone", "paused, a viewer goes a frame on: until it is undone", 1_000.0, "<= 1 s"),
    ms("reports-behind", "a command behind 20 reports: answered after", 50.0, "<= 50 ms"),
    ms("nobody-next", "nobody can play it: the next one is on after", 16_000.0, "<= 15 s, and the asking"),
    ms("ends-next", "an incomplete copy, all at its end: the next one is on after", 3_500.0, "<= 3 s, and the asking"),
    ms("silent-host", "a host that never answers: given up after", 30_500.0, "<= 30 s"),
    count("outage-seeks", "network gone 10 s: seeks made", 0.0, "0"),
    count("frozen-seeks-close", "frozen: automatic seeks less than 5 s apart", 0.0, "0"),
    count("stall-seeks-close", "media stalled, policy go: seeks less than 5 s apart", 0.0, "0"),
    count("messages-up", "messages a second, a client to the server", 5.0, "<= 5"),
    count("messages-down", "messages a second, the server to a client", 5.0, "<= 5"),
    count("cpu", "a client (--json) without its mpv, % of a core while playing", 1.5, "<= 1.5 %"),
];

/// The row of a name.
pub(crate) fn named(name: &str) -> &'static Row {
    ROWS.iter()
        .find(|row| row.name == name)
        .expect("every figure has a row")
}
