//! Viewers to whom something happens, all in one room: their own seeks, a player that freezes, a
//! network that is down for a while. They are compared with the admin's player.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use rustix::process::Signal;
use serde_json::json;

use super::Scene;
use crate::meter::{Looks, Meter, Reports, now, rest};
use crate::proxy::{Network, Proxy};
use crate::report::Figure;
use crate::rig::{Rig, Viewer, meter, play};
use crate::stats::{close, count, worst};
use crate::support::process::signal;
use crate::test_media::TestMedia;

/// Everything at once.
pub(crate) const MISHAPS: Scene = Scene {
    name: "mishaps",
    rows: &[
        "own-seek-2s",
        "own-seek-10s",
        "own-seek-overshoot",
        "behind-8s",
        "behind-seeks",
        "behind-speed",
        "frozen-1s",
        "frozen-3s",
        "frozen-15s",
        "frozen-others",
        "outage-during",
        "outage-2s",
        "outage-seeks",
        "frozen-seeks-close",
    ],
    play: mishaps,
};

/// How far the viewer seeks in their window, in seconds.
const JUMPS: [f64; 6] = [0.3, -0.3, 1.0, -1.0, 30.0, -30.0];

/// Stopped for this long, mpv ends up 0.3 s behind: what its sound device still holds plays
/// on (0.18 s, as 1 s leaves it 0.82 s behind).
const BEHIND: f64 = 0.48;

/// Two seeks closer together than this count as one too many, in seconds.
const APART: f64 = 5.0;

fn mishaps() -> Vec<Figure> {
    let rig = Rig::new();
    let network = rig.network(Network::NONE);
    let mut alice = rig.viewer("Alice", &[]);
    let boris = rig.viewer("Boris", &[]);
    let carol = rig.viewer("Carol", &[]);
    let david = Viewer::behind(&network, "David", &[]);
    let mut viewers = [boris, carol, david];
    let [boris, carol, david] = viewers.each_mut();
    play(
        &rig.link(TestMedia::Plain),
        [&mut alice, boris, carol, david],
    );
    rest(15.0);
    // Long enough for a seek back by half a minute.
    alice.command("/seek 60");
    rest(12.0);
    let [boris, carol, david] = &mut viewers;
    let meters = [&*boris, carol, david].map(|viewer| meter(&[&alice, viewer]));
    let [of_boris, of_carol, of_david] = meters;
    let room = meter(&[&alice]);
    let from = now();
    let mut figures = thread::scope(|scope| {
        let jumping = scope.spawn(|| jumps(boris, of_boris));
        let freezing = scope.spawn(|| freezes(carol, of_carol));
        let mut figures = outage(david, &network, of_david);
        figures.extend(jumping.join().expect("the scene of jumps does not fail"));
        figures.extend(freezing.join().expect("the scene of freezes does not fail"));
        figures
    });
    figures.push(("frozen-others", room.stop().strayed(0, from, now())));
    figures
}

/// A viewer seeks in their own window.
fn jumps(boris: &mut Viewer, looking: Meter) -> Vec<Figure> {
    let mut jumped = Vec::new();
    let mut returned = Vec::new();
    let seeking = boris.seeks();
    for seconds in JUMPS {
        seeking.forget();
        let at = now();
        let command = json!(["seek", seconds, "relative+exact"]);
        boris.mpv.command(&command).expect("mpv seeks");
        jumped.push((at, seconds));
        // The bench fails if a seek is not undone.
        boris
            .watcher
            .wait("notice", |notice| notice["code"] == "act_undone");
        rest(12.0 - (now() - at));
        let ends = seeking.all().into_iter().filter(|(_, seeking)| !seeking);
        let end = ends.map(|(end, _)| end).reduce(f64::max);
        returned.push((at, end.unwrap_or(f64::NAN), seconds));
    }
    let looks = looking.stop();
    let off = |after: f64| {
        worst(
            jumped
                .iter()
                .map(|(at, _)| looks.around((0, 1), at + after)),
        )
    };
    let over = returned.iter().map(|jump| overshoot(&looks, *jump));
    vec![
        ("own-seek-2s", off(2.0)),
        ("own-seek-10s", off(10.0)),
        ("own-seek-overshoot", worst(over)),
    ]
}

/// How far a viewer got past the timeline, to the other side of their own seek. Measured from a
/// quarter of a second after the player's return, since until then it starts its audio.
fn overshoot(looks: &Looks, (at, returned, seconds): (f64, f64, f64)) -> f64 {
    let apart = looks.apart((0, 1), 1.0, returned + 0.25, at + 10.0);
    worst(apart.iter().map(|apart| -apart.millis * seconds.signum())).max(0.0)
}

/// A viewer's player stops for a while.
fn freezes(carol: &mut Viewer, looking: Meter) -> Vec<Figure> {
    let id = carol.mpv.pid();
    let seeks = carol.seeks();
    let speeds = Reports::of(carol.socket(), "speed", serde_json::Value::as_f64);
    seeks.forget();
    speeds.forget();
    let freeze = |seconds: f64| {
        signal(Signal::STOP, id);
        rest(seconds);
        signal(Signal::CONT, id);
        now()
    };
    // The caps come on top of what the client knows of this player's clock.
    let normal = carol.mpv.number("speed").unwrap_or(f64::NAN);
    let behind = freeze(BEHIND);
    rest(10.0);
    let behind_seeks = seeks.began();
    let bent = speeds
        .all()
        .into_iter()
        .map(|(_, speed)| (speed / normal - 1.0).abs() * 1_000.0);
    let bent = worst(bent.chain([0.0]));
    let one = freeze(1.0);
    rest(8.0);
    let three = freeze(3.0);
    rest(8.0);
    let fifteen = freeze(15.0);
    rest(8.0);
    let later_seeks = seeks.began();
    let looks = looking.stop();
    let off = |at: f64| looks.around((0, 1), at);
    vec![
        ("behind-8s", off(behind + 8.0)),
        ("behind-seeks", count(behind_seeks.len())),
        ("behind-speed", bent),
        ("frozen-1s", off(one + 3.0)),
        ("frozen-3s", off(three + 3.0)),
        ("frozen-15s", off(fifteen + 3.0)),
        ("frozen-seeks-close", count(close(&later_seeks, APART))),
    ]
}

/// A viewer's network is down for ten seconds.
fn outage(david: &mut Viewer, network: &Proxy, looking: Meter) -> Vec<Figure> {
    let seeks = david.seeks();
    seeks.forget();
    let gone = now();
    network.black_hole(true);
    rest(10.0);
    network.black_hole(false);
    let back = reconnected(david);
    rest(4.0);
    let seeks = seeks.began();
    let looks = looking.stop();
    vec![
        (
            "outage-during",
            worst(looks.sizes((0, 1), 1.0, gone, gone + 10.0)),
        ),
        ("outage-2s", looks.around((0, 1), back + 2.0)),
        ("outage-seeks", count(seeks.len())),
    ]
}

/// When the client is back in the room, if it had given the connection up.
fn reconnected(david: &mut Viewer) -> f64 {
    let lost = AtomicBool::new(false);
    david.watcher.wait("connection", |line| {
        lost.fetch_or(line["state"] == "reconnecting", Ordering::SeqCst);
        line["state"] == "connected" && lost.load(Ordering::SeqCst)
    });
    now()
}
