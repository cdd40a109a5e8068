//! Live HLS whose list names the wall time of its pictures.

use std::time::Duration;

use super::Scene;
use crate::meter::rest;
use crate::report::Figure;
use crate::rig::{Rig, Viewer, meter};
use crate::support::clips::Clip;
use crate::support::fault_server::{Fault, Requests};

/// Members who opened the list at different times.
pub(crate) const LIVE: Scene = Scene {
    name: "live HLS with wall times",
    rows: &["live-dated"],
    play: live,
};

/// How much of the stream the list holds, in segments of 2 s.
const WINDOW: usize = 5;

fn live() -> Vec<Figure> {
    let clip = Clip::HlsLong;
    let files = Rig::faults(&[clip]);
    let moving = Fault::Live {
        window: WINDOW,
        every: Some(Duration::from_secs(2)),
        dated: true,
    };
    files.switch_on(Requests::to(clip.file_name()), moving);
    let rig = Rig::new();
    let mut alice = rig.viewer("Alice", &[]);
    alice.command(&format!("/play {}", files.link(clip.file_name())));
    alice.wait_playing();
    rest(5.0);
    let mut vera = rig.viewer("Vera", &[]);
    vera.wait_playing();
    let at_first = apart(&mut alice, &mut vera);
    super::show("live, at first apart by:", &[at_first]);
    rest(40.0);
    vec![("live-dated", apart(&mut alice, &mut vera))]
}

/// How far apart two players are in the stream, looked at for a second, in milliseconds.
fn apart(one: &mut Viewer, other: &mut Viewer) -> f64 {
    let looking = meter(&[one, other]);
    rest(1.0);
    let lead = looking.stop().lead((0, 1));
    // Each player counts from where it began in the stream.
    let later = (began(other) - began(one)) * 1_000.0;
    (lead + later).abs()
}

/// Where in the stream's own time stamps a player began, in seconds.
fn began(viewer: &mut Viewer) -> f64 {
    let start = viewer.mpv.number("demuxer-start-time");
    start.unwrap_or(f64::NAN)
}
