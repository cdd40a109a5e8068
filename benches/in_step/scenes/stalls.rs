//! The media server stops sending to one viewer, whose buffer runs dry.

use super::{Scene, both};
use crate::meter::{Reports, now, rest};
use crate::report::Figure;
use crate::rig::{Rig, SMALL_CACHE, meter, play};
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

/// 1.5 times what the clip needs, in bytes a second: little is cached ahead.
const NARROW: usize = 70_000;

/// Two seeks closer together than this count as one too many, in seconds.
const APART: f64 = 5.0;

/// How long the viewer must have lacked data for the scene to count, in seconds.
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

/// The consequences of a stall, in milliseconds.
struct Stalled {
    /// How far the viewer was off three seconds after data arrived again.
    off: f64,
    /// How far the admin's player strayed from even playback.
    moved: f64,
    /// How long playback was held for the viewer.
    held: f64,
    /// The times of the viewer's player's seeks, in seconds.
    seeks: Vec<f64>,
}

fn stall(waits: bool) -> Stalled {
    let files = Rig::faults(&[Clip::Mp4]);
    files.switch_on(Requests::all(), Fault::Throttled(NARROW));
    let rig = Rig::new();
    let mut alice = rig.named("Alice", &[]);
    let mut boris = rig.named("Boris", &SMALL_CACHE);
    alice.command(if waits { "/wait on" } else { "/wait off" });
    let link = files.link(Clip::Mp4.file_name());
    play(&link, [&mut alice, &mut boris]);
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
        // The bench fails if the hold's notice never comes.
        alice.watcher.wait("notice", |notice| {
            let text = notice["text"].as_str().unwrap_or_default();
            notice["code"] == "waiting" && text.contains("Boris")
        });
        assert!(held > LEAST_DRY, "the room waited for {held} s only");
    }
    // Later mpv may seek, and then does not report that it lacks data.
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
