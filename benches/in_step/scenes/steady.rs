//! Nothing happens: how steady players are, with clocks of their own and at other rates.

use super::{Scene, both};
use crate::cost::processor_seconds;
use crate::meter::{Meter, now, rest};
use crate::report::Figure;
use crate::rig::{Rig, ScreenViewer, Viewer, meter, play};
use crate::stats::quantile;
use crate::test_media::TestMedia;

/// Two plain players and three whose audio clocks run fast, in one room.
pub(crate) const STEADY: Scene = Scene {
    name: "steady",
    rows: &[
        "steady-p50",
        "steady-p95",
        "clock-0.01-p95",
        "clock-0.5-p95",
        "clock-1-p95",
        "cpu",
    ],
    play: steady,
};

/// Two rooms, one slow and one fast.
pub(crate) const RATES: Scene = Scene {
    name: "rates",
    rows: &["rate-0.5-p50", "rate-0.5-p95", "rate-2-p50", "rate-2-p95"],
    play: rates,
};

/// A viewer at a terminal that does not read.
pub(crate) const STOPPED: Scene = Scene {
    name: "a stopped terminal",
    rows: &["terminal-reads-p95", "terminal-stopped-p95"],
    play: stopped,
};

/// How long the terminal does not read, in seconds.
const STOP: f64 = 10.0;

/// How long the players have to settle before they are measured, in seconds.
const WARM_UP: f64 = 15.0;

/// How long they are measured, in seconds.
const LOOK: f64 = 120.0;

fn steady() -> Vec<Figure> {
    let rig = Rig::new();
    let alice = rig.viewer("Alice", &[]);
    let boris = rig.viewer("Boris", &[]);
    let fast = |name, option: &str| rig.viewer(name, &[option]);
    let carol = fast("Carol", "--player-arg=--ao-null-speed=1.0001");
    let david = fast("David", "--player-arg=--ao-null-speed=1.005");
    let emily = fast("Emily", "--player-arg=--ao-null-speed=1.01");
    let mut viewers = [alice, boris, carol, david, emily];
    play(&rig.link(TestMedia::Plain), viewers.each_mut());
    let looking = meter(&viewers.each_ref());
    rest(WARM_UP);
    let from = now();
    let mut spent = -client_seconds(&mut viewers[1]);
    rest(LOOK);
    spent += client_seconds(&mut viewers[1]);
    let to = now();
    let looks = looking.stop();
    let with = |other, share| quantile(&looks.sizes((0, other), 1.0, from, to), share);
    vec![
        ("steady-p50", with(1, 0.5)),
        ("steady-p95", with(1, 0.95)),
        ("clock-0.01-p95", with(2, 0.95)),
        ("clock-0.5-p95", with(3, 0.95)),
        ("clock-1-p95", with(4, 0.95)),
        ("cpu", 100.0 * spent / (to - from)),
    ]
}

/// The processor time of a viewer's client, its mpv not counted.
fn client_seconds(viewer: &mut Viewer) -> f64 {
    processor_seconds(viewer.watcher.client.process().id())
}

fn stopped() -> Vec<Figure> {
    let rig = Rig::new();
    let mut alice = rig.viewer("Alice", &[]);
    let mut boris = ScreenViewer::join(&rig, "Boris");
    alice.command(&format!("/play {}", rig.link(TestMedia::Plain)));
    alice.wait_playing();
    boris.terminal.row_with(&["▶", "👥 2"]);
    let looking = Meter::start(vec![alice.watcher.mpv(), boris.mpv()]);
    rest(WARM_UP);
    let from = now();
    rest(STOP);
    boris.terminal.stop_reading();
    let stopped = now();
    rest(STOP);
    let to = now();
    boris.terminal.read_on();
    let looks = looking.stop();
    let p95 = |from, to| quantile(&looks.sizes((0, 1), 1.0, from, to), 0.95);
    vec![
        ("terminal-reads-p95", p95(from, stopped)),
        ("terminal-stopped-p95", p95(stopped, to)),
    ]
}

fn rates() -> Vec<Figure> {
    both(
        || at_rate(0.5, ["rate-0.5-p50", "rate-0.5-p95"]),
        || at_rate(2.0, ["rate-2-p50", "rate-2-p95"]),
    )
}

fn at_rate(rate: f64, names: [&'static str; 2]) -> Vec<Figure> {
    let rig = Rig::new();
    let (mut alice, boris) = rig.watching(&rig.link(TestMedia::Plain), [&[]; 2]);
    alice.command(&format!("/rate {rate}"));
    let looking = meter(&[&alice, &boris]);
    rest(WARM_UP);
    let from = now();
    rest(LOOK / 2.0);
    let sizes = looking.stop().sizes((0, 1), rate, from, now());
    let [median, tail] = names;
    vec![
        (median, quantile(&sizes, 0.5)),
        (tail, quantile(&sizes, 0.95)),
    ]
}
