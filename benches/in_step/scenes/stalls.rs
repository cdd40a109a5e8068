//! The media server stops sending to one viewer, whose buffer runs dry.

use super::{Scene, both};
use crate::meter::{Reports, now, rest};
use crate::report::Figure;
use crate::rig::{Rig, SMALL_CACHE, meter};
use crate::stats::{close, count, worst};
use crate::support::clips::Clip;
use crate::support::fault_server::{Fault, Requests};

/// Two rooms: one that goes on, one that waits.
pub(crate) const STALLS: Scene = Scene {
    name: "stalls",
    rows: &[
        "stall-go",
        "stall-go-others",
        "stall-seeks-close",
        "stall-wait-held",
    ],
    play: stalls,
};

/// How long the media server is silent, in seconds.
const SILENCE: f64 = 15.0;

/// Half as much again as the clip needs, in bytes a second: little is cached ahead.
const NARROW: usize = 70_000;

/// Two seeks nearer than this to each other are too many, in seconds.
const APART: f64 = 5.0;

/// How long the viewer must have lacked data for the scene to count.
const LEAST_DRY: f64 = 5.0;

fn stalls() -> Vec<Figure> {
    both(
        || {
            let stalled = stall(false);
            vec![
                ("stall-go", stalled.off),
                ("stall-go-others", stalled.moved),
                ("stall-seeks-close", count(close(&stalled.seeks, APART))),
            ]
        },
        || vec![("stall-wait-held", stall(true).held)],
    )
}

/// What a stall led to, in milliseconds.
struct Stalled {
    /// How far the viewer was off three seconds after data came again.
    off: f64,
    /// How far the room moved from its even way.
    moved: f64,
    /// How long the room stood.
    held: f64,
    /// When the viewer's player sought.
    seeks: Vec<f64>,
}

fn stall(waits: bool) -> Stalled {
    let files = Rig::faults(&[Clip::Mp4]);
    files.switch_on(Requests::all(), Fault::Throttled(NARROW));
    let rig = Rig::new();
    let mut alice = rig.named("Alice", &[]);
    let mut boris = rig.named("Boris", &SMALL_CACHE);
    alice.command(if waits { "/wait on" } else { "/wait off" });
    alice.command(&format!("/play {}", files.link(Clip::Mp4.file_name())));
    alice.wait_playing();
    boris.wait_playing();
    rest(5.0);
    let looking = meter(&[&alice, &boris]);
    let pauses = Reports::<bool>::of_flag(alice.socket(), "pause");
    let dry = Reports::<bool>::of_flag(boris.socket(), "paused-for-cache");
    let seeks = boris.seeks();
    seeks.forget();
    pauses.forget();
    let from = now();
    let silent = Requests::all().by("Boris");
    files.switch_on(silent.clone(), Fault::StallsAt(0));
    rest(SILENCE);
    files.switch_off(&silent);
    let data = now();
    rest(8.0);
    let looks = looking.stop();
    let held = longest(&pauses.all());
    if waits {
        // The bench fails where nobody is named.
        alice.watcher.wait("notice", |notice| {
            let text = notice["text"].as_str().unwrap_or_default();
            notice["code"] == "waiting" && text.contains("Boris")
        });
        assert!(held > LEAST_DRY, "the room waited for {held} s only");
    }
    // Later mpv may seek, and then does not call itself short of data.
    let began = dry.all().into_iter().find(|(_, dry)| *dry);
    let lacked = began.map_or(0.0, |(at, _)| data - at);
    assert!(
        lacked > LEAST_DRY,
        "the viewer lacked data for {lacked} s only"
    );
    Stalled {
        off: looks.around((0, 1), data + 3.0),
        moved: looks.strayed(0, from, now()),
        held: 1_000.0 * held,
        seeks: seeks.began(),
    }
}

/// The longest pause of what a player reported, in seconds; infinite if there was none.
fn longest(reports: &[(f64, bool)]) -> f64 {
    let pairs = reports.iter().zip(reports.iter().skip(1));
    let stood =
        pairs.filter_map(|((from, paused), (to, again))| (*paused && !*again).then_some(to - from));
    worst(stood)
}
