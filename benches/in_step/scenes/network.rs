//! Networks that delay, and media without sound. Three rooms side by side.

use super::moves::pause;
use super::{Scene, both, show};
use crate::meter::{Meter, Reports, now, rest};
use crate::proxy::{Network, Proxy};
use crate::report::Figure;
use crate::rig::{Rig, Viewer, meter, play};
use crate::stats::quantile;
use crate::test_media::TestMedia;

/// Far members, members with a lopsided network, silent media.
pub(crate) const NETWORK: Scene = Scene {
    name: "network",
    rows: &[
        "network-p95",
        "pause-network-p95",
        "messages-up",
        "messages-down",
        "asymmetric-excess",
        "silent-p95",
    ],
    play: network,
};

/// How long the clocks have to settle before the players are measured, in seconds.
const WARM_UP: f64 = 60.0;

/// How long they are measured, in seconds.
const LOOK: f64 = 60.0;

/// How many pauses are timed.
const PAUSES: usize = 20;

fn network() -> Vec<Figure> {
    both(far, || both(lopsided, silent))
}

fn far() -> Vec<Figure> {
    let rig = Rig::new();
    let (one, other) = (rig.network(Network::FAR), rig.network(Network::FAR));
    let mut alice = Viewer::behind(&one, "Alice", &[]);
    let mut boris = Viewer::behind(&other, "Boris", &[]);
    play(&rig.link(TestMedia::Plain), [&mut alice, &mut boris]);
    let looking = meter(&[&alice, &boris]);
    rest(WARM_UP);
    let (from, before) = (now(), other.messages());
    rest(LOOK);
    let (to, after) = (now(), other.messages());
    let looks = looking.stop();
    let a_second = |before: u64, after: u64| {
        #[expect(clippy::cast_precision_loss, reason = "a few hundred messages")]
        let messages = (after - before) as f64;
        messages / (to - from)
    };
    vec![
        (
            "network-p95",
            quantile(&looks.sizes((0, 1), 1.0, from, to), 0.95),
        ),
        ("messages-up", a_second(before.0, after.0)),
        ("messages-down", a_second(before.1, after.1)),
        (
            "pause-network-p95",
            late_pauses(&mut alice, &boris, &one, &other),
        ),
    ]
}

/// How long the viewer's player took to pause, less the networks' delays: the 95th percentile, in
/// milliseconds.
fn late_pauses(alice: &mut Viewer, boris: &Viewer, hers: &Proxy, his: &Proxy) -> f64 {
    let reports = Reports::<bool>::of_flag(boris.socket(), "pause");
    let mut late = Vec::new();
    for _ in 0..3 * PAUSES {
        let before = (hers.messages().0, his.messages().1);
        hers.mark();
        his.mark();
        let took = pause(alice, &reports);
        let after = (hers.messages().0, his.messages().1);
        // The networks' delay is known only if no other message was on its way.
        if after == (before.0 + 1, before.1 + 1) {
            late.push(took - hers.longest_there() - his.longest_back());
        }
        rest(0.5);
        alice.watcher.say("/resume");
        reports.next(10.0, |paused| !*paused);
        if late.len() == PAUSES {
            break;
        }
        rest(1.0);
    }
    show("pauses arrived after the network's time and", &late);
    quantile(&late, 0.95)
}

fn lopsided() -> Vec<Figure> {
    let rig = Rig::new();
    let network = rig.network(Network::ASYMMETRIC);
    let mut alice = rig.viewer("Alice", &[]);
    let mut boris = Viewer::behind(&network, "Boris", &[]);
    play(&rig.link(TestMedia::Plain), [&mut alice, &mut boris]);
    let looking = meter(&[&alice, &boris]);
    rest(WARM_UP);
    let from = now();
    rest(LOOK);
    let sizes = looking.stop().sizes((0, 1), 1.0, from, now());
    let bound = least_bound(&mut boris);
    let off = quantile(&sizes, 0.95);
    eprintln!("    asymmetric: {off:.1} ms apart, stated bound {bound:.1} ms");
    vec![("asymmetric-excess", (off - bound).max(0.0))]
}

/// The least error bound that the client reported while it was measured. It reports one a second.
fn least_bound(boris: &mut Viewer) -> f64 {
    let mut bound = || {
        let reported = boris
            .watcher
            .wait("sync", |sync| sync["bound_ms"].is_number());
        reported["bound_ms"].as_f64().unwrap_or(0.0)
    };
    let mut elapsed = 0.0;
    let mut least = f64::INFINITY;
    while elapsed < WARM_UP + LOOK - 5.0 {
        let stated = bound();
        if elapsed >= WARM_UP {
            least = least.min(stated);
        }
        elapsed += 1.0;
    }
    least
}

fn silent() -> Vec<Figure> {
    let rig = Rig::new();
    let mut alice = rig.viewer("Alice", &[]);
    let mut boris = rig.viewer("Boris", &[]);
    alice.command(&format!("/play {}", rig.link(TestMedia::Silent)));
    for viewer in [&mut alice, &mut boris] {
        viewer.mpv.wait_playing();
    }
    let looking = Meter::of_frames(&[alice.socket(), boris.socket()]);
    rest(WARM_UP);
    let from = now();
    rest(LOOK);
    let sizes = looking.stop().sizes((0, 1), 1.0, from, now());
    vec![("silent-p95", quantile(&sizes, 0.95))]
}
