//! The media server is down for one viewer, or is slow to answer a seek.

use super::Scene;
use crate::meter::{now, rest};
use crate::report::Figure;
use crate::rig::{Rig, SMALL_CACHE, Viewer, meter, play, wait_in_step};
use crate::stats::count;
use crate::support::clips::Clip;
use crate::support::fault_server::{Fault, FaultServer, Requests};

/// It is down for 15 s while the media plays.
pub(crate) const BROKEN: Scene = Scene {
    name: "a broken connection",
    rows: &["broken-back", "broken-others", "broken-requests"],
    play: broken,
};

/// One viewer gets no data for 2 s after the admin's seek.
pub(crate) const SEEK_WITHOUT_DATA: Scene = Scene {
    name: "a seek that waits for data",
    rows: &[
        "seek-dry-stalled",
        "seek-dry-3s",
        "seek-dry-ahead",
        "seek-dry-seeks",
    ],
    play: seek_without_data,
};

/// 1.5 times what the clip needs, in bytes a second: little is cached ahead when the server goes
/// down.
const NARROW: usize = 70_000;

/// A room that waits for nobody, in which a clip has run for some seconds.
fn running(files: &FaultServer, options: &[&str]) -> (Rig, Viewer, Viewer) {
    let rig = Rig::new();
    let mut alice = rig.named("Alice", options);
    let mut boris = rig.named("Boris", options);
    alice.command("/wait off");
    let link = files.link(Clip::Mp4.file_name());
    play(&link, [&mut alice, &mut boris]);
    wait_in_step(&mut alice, &mut boris, 5.0);
    rest(5.0);
    (rig, alice, boris)
}

fn broken() -> Vec<Figure> {
    let files = Rig::faults(&[Clip::Mp4]);
    let media = Requests::to(Clip::Mp4.file_name());
    files.switch_on(media, Fault::Throttled(NARROW));
    let (_rig, alice, boris) = running(&files, &[]);
    let away = Requests::all().by("Boris");
    let looking = meter(&[&alice, &boris]);
    let before = files.count(&away);
    let gone = now();
    files.switch_on(away.clone(), Fault::Away);
    rest(15.0);
    let tried = files.count(&away) - before;
    files.switch_off(&away);
    let back = now();
    rest(18.0);
    let looks = looking.stop();
    vec![
        (
            "broken-back",
            1_000.0 * (looks.converged_at((0, 1), back, 40.0) - back),
        ),
        ("broken-others", looks.strayed(0, gone, now())),
        ("broken-requests", count(tried)),
    ]
}

fn seek_without_data() -> Vec<Figure> {
    let files = Rig::faults(&[Clip::Mp4]);
    let (_rig, mut alice, mut boris) = running(&files, &SMALL_CACHE);
    let dry = Requests::all().by("Boris");
    let seeks = boris.seeks();
    seeks.forget();
    let looking = meter(&[&alice, &boris]);
    boris.watcher.client.forget("player");
    files.switch_on(dry.clone(), Fault::StallsAt(0));
    let sought = now();
    alice.command("/seek 35");
    let stalled = std::thread::spawn(move || {
        boris.watcher.wait_state("player", "buffering");
        (boris, now())
    });
    rest(2.0);
    files.switch_off(&dry);
    let data = now();
    let (_boris, stalled) = stalled.join().expect("the viewer is said to stall");
    rest(8.0 - (now() - data));
    let looks = looking.stop();
    vec![
        ("seek-dry-stalled", 1_000.0 * (stalled - sought)),
        ("seek-dry-3s", looks.around((0, 1), data + 3.0)),
        ("seek-dry-ahead", looks.ahead((0, 1), sought + 0.5, now())),
        ("seek-dry-seeks", count(seeks.began().len())),
    ]
}
