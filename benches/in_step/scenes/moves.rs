//! The admin's pauses and seeks, and a member who joins late.

use super::{Scene, show};
use crate::meter::{Looks, Reports, now, rest};
use crate::report::Figure;
use crate::rig::{Rig, Viewer, meter, wait_in_step};
use crate::stats::{quantile, worst};
use crate::test_media::TestMedia;

/// Pauses and resumes.
pub(crate) const PAUSES: Scene = Scene {
    name: "pauses",
    rows: &[
        "pause-p95",
        "pause-frame",
        "resume-first-p95",
        "resume-5s-p95",
    ],
    play: pauses,
};

/// The admin's seeks, and a late joiner.
pub(crate) const SEEKS: Scene = Scene {
    name: "seeks and a late joiner",
    rows: &["seek-p95", "late-1s", "late-8s", "late-others"],
    play: seeks,
};

/// How often the media is paused and resumed, and both players are looked at.
const ROUNDS: usize = 8;

/// How many further pauses are timed, so that one late pause is not yet the 95th percentile.
const MORE_PAUSES: usize = 20;

/// Where the admin seeks to, in seconds.
const TARGETS: [u32; 6] = [120, 60, 300, 290, 200, 400];

fn watching(rig: &Rig) -> (Viewer, Viewer) {
    let (mut alice, mut boris) = rig.watching(&rig.link(TestMedia::Plain), [&[]; 2]);
    wait_in_step(&mut alice, &mut boris, 5.0);
    rest(5.0);
    (alice, boris)
}

fn pauses() -> Vec<Figure> {
    let rig = Rig::new();
    let (mut alice, mut boris) = watching(&rig);
    let reports = Reports::<bool>::of_flag(boris.socket(), "pause");
    let (mut arrivals, mut frames) = (Vec::new(), Vec::new());
    let (mut first, mut later) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        arrivals.push(pause(&mut alice, &reports));
        rest(0.5);
        let picture = |viewer: &mut Viewer| viewer.mpv.number("time-pos").unwrap_or(f64::NAN);
        frames.push((picture(&mut alice) - picture(&mut boris)).abs() * 1_000.0);
        let looking = meter(&[&alice, &boris]);
        alice.watcher.say("/resume");
        let ran = reports.next(10.0, |paused| !*paused).unwrap_or(f64::NAN);
        rest(6.0);
        let looks = looking.stop();
        // The audio clock stands still until the first sound is played.
        first.extend(looks.sizes((0, 1), 1.0, ran + 0.1, ran + 0.6));
        later.extend(looks.sizes((0, 1), 1.0, ran + 5.0, ran + 5.9));
    }
    arrivals.extend((0..MORE_PAUSES).map(|_| pause_and_resume(&mut alice, &reports)));
    show("pauses arrived after", &arrivals);
    vec![
        ("pause-p95", quantile(&arrivals, 0.95)),
        ("pause-frame", worst(frames)),
        ("resume-first-p95", quantile(&first, 0.95)),
        ("resume-5s-p95", quantile(&later, 0.95)),
    ]
}

/// How long after the admin typed it a pause reaches the viewer's player, in milliseconds.
pub(super) fn pause(alice: &mut Viewer, reports: &Reports<bool>) -> f64 {
    reports.forget();
    let typed = now();
    alice.watcher.say("/pause");
    let stood = reports.next(10.0, |paused| *paused).unwrap_or(f64::NAN);
    (stood - typed) * 1_000.0
}

/// The same, and the room goes on.
pub(super) fn pause_and_resume(alice: &mut Viewer, reports: &Reports<bool>) -> f64 {
    let arrived = pause(alice, reports);
    rest(0.4);
    alice.watcher.say("/resume");
    reports.next(10.0, |paused| !*paused);
    rest(0.6);
    arrived
}

fn seeks() -> Vec<Figure> {
    let rig = Rig::new();
    let (mut alice, boris) = watching(&rig);
    let seeking = Reports::<bool>::of_flag(alice.socket(), "seeking");
    let looking = meter(&[&alice, &boris]);
    let mut restarted = Vec::new();
    for target in TARGETS {
        seeking.forget();
        alice.watcher.say(&format!("/seek {target}"));
        let began = seeking.next(10.0, |seeking| *seeking);
        restarted.extend(began.and_then(|_| seeking.next(10.0, |seeking| !*seeking)));
        rest(6.0);
    }
    let looks = looking.stop();
    let off: Vec<f64> = restarted
        .iter()
        .map(|at| looks.around((0, 1), at + 0.4))
        .collect();
    let mut figures = vec![("seek-p95", quantile(&off, 0.95))];
    figures.extend(late(&rig, &alice, &boris));
    figures
}

/// Somebody joins while the media runs.
fn late(rig: &Rig, alice: &Viewer, boris: &Viewer) -> Vec<Figure> {
    let others = meter(&[alice, boris]);
    let from = now();
    let (loaded, looks) = join_late(rig, alice);
    let others = others.stop();
    vec![
        ("late-1s", looks.around((0, 1), loaded + 1.0)),
        ("late-8s", looks.around((0, 1), loaded + 8.0)),
        (
            "late-others",
            worst([0, 1].map(|one| others.strayed(one, from, now()))),
        ),
    ]
}

/// Vera joins while the media runs: when her file was loaded, and nine seconds of looks at the
/// admin's player and at hers.
pub(super) fn join_late(rig: &Rig, alice: &Viewer) -> (f64, Looks) {
    let vera = rig.viewer("Vera", &[]);
    let seekable = Reports::<bool>::of_flag(vera.socket(), "seekable");
    let loaded = seekable
        .next(30.0, |seekable| *seekable)
        .unwrap_or(f64::NAN);
    let looking = meter(&[alice, &vera]);
    rest(9.0);
    (loaded, looking.stop())
}
