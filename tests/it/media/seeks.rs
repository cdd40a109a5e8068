//! Where a seek lands: it takes at most two, and both players end at the same position.

use super::{Scene, requests, seeks, wait_past};
use crate::support::clips::Clip;
use crate::support::fault_server::Fault;
use crate::support::watcher::wait_in_step;

/// Bytes a second, six times what these clips need (40 to 50 kB): a seek is soon served, and goes
/// far beyond what is cached.
const NARROW: usize = 300_000;

/// An admin seeks between two keyframes that are 10 s apart.
fn jump(clip: Clip) {
    jump_with(clip, None);
}

/// The same with a fault of the server.
fn jump_with(clip: Clip, fault: Option<Fault>) {
    let mut scene = Scene::of(&[clip]);
    if let Some(fault) = fault {
        scene.files.switch_on(requests(clip), fault);
    }
    // Little is cached when the seek comes, so the data has to be fetched.
    scene
        .files
        .switch_on(requests(clip), Fault::Throttled(NARROW));
    let (mut hers, mut his) = scene.players();
    scene.play(clip);
    wait_in_step(&mut [&mut hers, &mut his]);
    for watcher in [&mut scene.alice, &mut scene.boris] {
        watcher.client.forget("decision");
    }
    scene.alice.command("/seek 34");
    wait_past(&mut hers, 34.0);
    wait_past(&mut his, 34.0);
    wait_in_step(&mut [&mut hers, &mut his]);
    wait_past(&mut his, 36.0);
    wait_in_step(&mut [&mut hers, &mut his]);
    for watcher in [&mut scene.alice, &mut scene.boris] {
        let seeks = seeks(watcher);
        assert!(seeks.len() <= 2, "{seeks:#?}");
    }
    let at = hers.number("time-pos").expect("it runs");
    // The target was shown: nobody was sent to the next keyframe.
    assert!(at < 40.0, "it runs at {at}");
}

#[test]
fn mpv_a_jump_in_a_transport_stream_with_rare_keyframes() {
    jump(Clip::RareKeyframesTs);
}

#[test]
fn mpv_a_jump_in_an_avi_with_rare_keyframes() {
    jump(Clip::RareKeyframesAvi);
}

#[test]
fn mpv_a_jump_in_an_avi_that_lacks_its_index() {
    // The file ends before its index, which is at its end.
    jump_with(Clip::RareKeyframesAvi, Some(Fault::Truncated(2_000_000)));
}

#[test]
fn mpv_a_jump_in_an_mp4_with_rare_keyframes() {
    jump(Clip::RareKeyframesMp4);
}

#[test]
fn mpv_media_whose_time_stamps_begin_late_is_shown_once() {
    for clip in [Clip::OffsetMp4, Clip::OffsetWebm] {
        let mut scene = Scene::of(&[clip]);
        let (mut hers, mut his) = scene.players();
        scene.play(clip);
        wait_in_step(&mut [&mut hers, &mut his]);
        // No part is shown twice.
        let mut furthest = 0.0;
        his.wait("the film runs on", |mpv| {
            let at = mpv.number("time-pos")?;
            assert!(at > furthest - 0.1, "{clip:?}: {at} again after {furthest}");
            furthest = f64::max(furthest, at);
            (at > 7.0).then_some(())
        });
        wait_in_step(&mut [&mut hers, &mut his]);
        for watcher in [&mut scene.alice, &mut scene.boris] {
            assert!(seeks(watcher).is_empty(), "{:#?}", seeks(watcher));
        }
    }
}
