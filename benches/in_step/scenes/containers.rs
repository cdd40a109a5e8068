//! Files and streams that are not clean: HLS, a recording without a length, keyframes far apart,
//! and sound that is shifted against the picture.

use serde_json::Value;

use super::Scene;
use super::moves::join_late;
use crate::meter::{Meter, Reports, now, rest};
use crate::report::Figure;
use crate::rig::{Rig, SMALL_CACHE, Viewer, meter};
use crate::stats::{count, quantile, worst};
use crate::support::clips::Clip;
use crate::support::fault_server::FaultServer;
use crate::test_media::TestMedia;

/// An HLS list of segments of 2 s.
pub(crate) const HLS: Scene = Scene {
    name: "HLS",
    rows: &["hls-2s", "hls-seeks", "hls-steady-p95", "hls-late-8s"],
    play: hls,
};

/// What a browser's recorder writes.
pub(crate) const RECORDED: Scene = Scene {
    name: "a recording without a length",
    rows: &["rec-late-8s"],
    play: recorded,
};

/// A seek between keyframes that lie 10 s apart.
pub(crate) const RARE_KEYFRAMES: Scene = Scene {
    name: "keyframes far apart",
    rows: &["gop-3s", "gop-seeks"],
    play: rare_keyframes,
};

/// A viewer whose sound is 0.3 s late, as over Bluetooth, and who has set mpv's audio delay
/// accordingly.
pub(crate) const AUDIO_DELAY: Scene = Scene {
    name: "audio delay",
    rows: &["delay-frames", "delay-speed"],
    play: audio_delay,
};

/// How often HLS is started.
const PLAYS: usize = 8;

/// Two viewers of a clip, both playing, and the room they are in.
fn watching(files: &FaultServer, clip: Clip, options: &[&str]) -> (Rig, Viewer, Viewer) {
    let rig = Rig::new();
    let (alice, boris) = rig.watching(&files.link(clip.file_name()), [options; 2]);
    (rig, alice, boris)
}

fn hls() -> Vec<Figure> {
    let files = Rig::faults(&[Clip::HlsTs2]);
    let mut off = Vec::new();
    let mut sought = 0;
    let mut figures = Vec::new();
    for play in 1..=PLAYS {
        let (rig, alice, boris) = watching(&files, Clip::HlsTs2, &[]);
        let began = now();
        let seeks = [alice.seeks(), boris.seeks()];
        let looking = meter(&[&alice, &boris]);
        rest(2.5);
        sought += seeks.iter().map(|seeks| seeks.began().len()).sum::<usize>();
        if play < PLAYS {
            off.push(looking.stop().around((0, 1), began + 2.0));
            continue;
        }
        rest(3.0);
        let from = now();
        let (loaded, late) = join_late(&rig, &alice);
        let looks = looking.stop();
        off.push(looks.around((0, 1), began + 2.0));
        let steady = looks.sizes((0, 1), 1.0, from, now());
        figures.push(("hls-steady-p95", quantile(&steady, 0.95)));
        figures.push(("hls-late-8s", late.around((0, 1), loaded + 8.0)));
    }
    super::show("HLS, 2 s after the start:", &off);
    figures.push(("hls-2s", worst(off)));
    figures.push(("hls-seeks", count(sought)));
    figures
}

fn recorded() -> Vec<Figure> {
    let files = Rig::faults(&[Clip::Recorded]);
    let (rig, alice, _boris) = watching(&files, Clip::Recorded, &[]);
    rest(4.0);
    let (loaded, looks) = join_late(&rig, &alice);
    vec![("rec-late-8s", looks.around((0, 1), loaded + 8.0))]
}

fn rare_keyframes() -> Vec<Figure> {
    let clip = Clip::RareKeyframesTs;
    let files = Rig::faults(&[clip]);
    let (_rig, mut alice, boris) = watching(&files, clip, &SMALL_CACHE);
    // Where the seek lands is measured, so nobody waits for anybody.
    alice.command("/wait off");
    rest(2.0);
    let seeks = [alice.seeks(), boris.seeks()];
    for of_player in &seeks {
        of_player.forget();
    }
    let looking = meter(&[&alice, &boris]);
    alice.command("/seek 34");
    let restarted = seeks
        .iter()
        .map(|seeks| seeks.next(20.0, |seeking| *seeking));
    let began = worst(restarted.map(|at| at.unwrap_or(f64::NAN)));
    rest(5.0);
    let looks = looking.stop();
    // The first seek of each was taken from the reports by the wait above.
    let most = seeks.iter().map(|seeks| 1 + seeks.began().len()).max();
    vec![
        ("gop-3s", looks.around((0, 1), began + 3.0)),
        ("gop-seeks", most.map_or(f64::INFINITY, count)),
    ]
}

fn audio_delay() -> Vec<Figure> {
    let rig = Rig::new();
    let options: [&[&str]; 2] = [&[], &["--player-arg=--audio-delay=0.3"]];
    let (alice, boris) = rig.watching(&rig.link(TestMedia::Plain), options);
    let speeds = Reports::of(boris.socket(), "speed", Value::as_f64);
    let looking = Meter::of_frames(&[alice.socket(), boris.socket()]);
    rest(10.0);
    let from = now();
    rest(20.0);
    let sizes = looking.stop().sizes((0, 1), 1.0, from, now());
    let bent = speeds.all().into_iter();
    let bent = worst(bent.map(|(_, speed)| (speed - 1.0).abs() * 1_000.0));
    vec![
        ("delay-frames", quantile(&sizes, 0.95)),
        ("delay-speed", bent),
    ]
}
