//! Servers without ranges: players can be sought anywhere in what has arrived.

use super::{Scene, join, requests, wait_past};
use crate::support::clips::Clip;
use crate::support::fault_server::Fault;
use crate::support::watcher::wait_in_step;

#[test]
fn mpv_a_transport_stream_without_ranges_is_joined_late() {
    let clip = Clip::RareKeyframesTs;
    let mut scene = Scene::of(&[clip]);
    scene.files.switch_on(requests(clip), Fault::NoRanges);
    let (mut hers, mut his) = scene.players();
    scene.play(clip);
    wait_past(&mut hers, 4.0);
    let vera = join(&scene.rooms, "Vera");
    let mut third = vera.mpv();
    wait_past(&mut third, 4.0);
    wait_in_step(&mut [&mut hers, &mut his, &mut third]);
}
