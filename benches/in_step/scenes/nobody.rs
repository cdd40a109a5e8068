//! Media that nobody can play, or nobody any further: how long until the room goes on.

use super::{Scene, both};
use crate::meter::{Reports, now};
use crate::report::Figure;
use crate::rig::{Rig, Viewer};
use crate::support::clips::Clip;
use crate::support::fault_server::{Fault, Requests};

/// A link that is gone, an incomplete file, and a server that never answers.
pub(crate) const NOBODY: Scene = Scene {
    name: "nobody can play it",
    rows: &["nobody-next", "ends-next", "silent-host"],
    play: nobody,
};

fn nobody() -> Vec<Figure> {
    both(|| both(gone, incomplete), silent)
}

/// Waits until a viewer's client reports that the short clip plays, and returns the time.
fn next_on(viewer: &mut Viewer) -> f64 {
    viewer.watcher.wait("media", |media| {
        let url = media["url"].as_str().unwrap_or_default();
        url.ends_with(Clip::Short.file_name())
    });
    now()
}

fn gone() -> Vec<Figure> {
    let files = Rig::faults(&[Clip::Short]);
    let rig = Rig::new();
    let mut alice = rig.viewer("Alice", &[]);
    let boris = rig.viewer("Boris", &[]);
    let asked = now();
    alice.command(&format!("/play {}", files.link("gone.mp4")));
    alice.command(&format!("/add {}", files.link(Clip::Short.file_name())));
    let next = next_on(&mut alice);
    drop(boris);
    vec![("nobody-next", 1_000.0 * (next - asked))]
}

fn incomplete() -> Vec<Figure> {
    let files = Rig::faults(&[Clip::Cut, Clip::Short]);
    let rig = Rig::new();
    let mut alice = rig.viewer("Alice", &[]);
    let mut boris = rig.viewer("Boris", &[]);
    alice.command(&format!("/play {}", files.link(Clip::Cut.file_name())));
    alice.command(&format!("/add {}", files.link(Clip::Short.file_name())));
    alice.wait_playing();
    boris.wait_playing();
    let ends =
        [&alice, &boris].map(|viewer| Reports::<bool>::of_flag(viewer.socket(), "eof-reached"));
    alice.command("/seek 13");
    let next = next_on(&mut alice);
    let ended = ends.map(|ends| ends.began().first().copied().unwrap_or(f64::NAN));
    let last = f64::max(ended[0], ended[1]);
    vec![("ends-next", 1_000.0 * (next - last))]
}

fn silent() -> Vec<Figure> {
    let files = Rig::faults(&[]);
    let rig = Rig::new();
    let mut alice = rig.viewer("Alice", &[]);
    files.switch_on(Requests::all(), Fault::Hangs);
    let asked = now();
    alice.command(&format!("/play {}", files.link("x.mp4")));
    alice
        .watcher
        .wait("player", |player| player["state"] == "refused");
    vec![("silent-host", 1_000.0 * (now() - asked))]
}
