//! A media length must be stable: it is never the last time stamp read so far.

use serde_json::Value;

use super::{Scene, file, requests, wait_past};
use crate::support::clips::Clip;
use crate::support::fault_server::Fault;
use crate::support::watcher::{Watcher, wait_in_step};

/// Checks that every length that a client learned of a clip is null, or right within a tenth of a
/// second.
#[track_caller]
fn assert_length(watcher: &mut Watcher, clip: Clip) {
    let seconds = f64::from(clip.seconds());
    let all = watcher.client.so_far("media");
    let name = clip.file_name().split('.').next();
    let of_clip = |media: &&Value| media["name"].as_str() == name;
    let reported: Vec<_> = all.iter().filter(of_clip).collect();
    assert!(!reported.is_empty(), "{all:?}");
    for media in reported {
        let length = media["duration"].as_f64();
        assert!(
            length.is_none_or(|length| (length - seconds).abs() < 0.1),
            "{media}"
        );
    }
}

/// Plays a clip whose container has no length, with another in the queue, past the points at which
/// wrong lengths would end it.
fn plays_on(clip: Clip, fault: Option<Fault>) -> Scene {
    let mut scene = Scene::of(&[clip, Clip::Short]);
    if let Some(fault) = fault {
        scene.files.switch_on(requests(clip), fault);
    }
    let (mut hers, mut his) = scene.players();
    scene.play(clip);
    scene.queue(Clip::Short);
    for mpv in [&mut hers, &mut his] {
        wait_past(mpv, 12.0);
        assert_eq!(file(mpv).as_deref(), Some(clip.file_name()));
    }
    wait_in_step(&mut [&mut hers, &mut his]);
    scene
}

/// The same, and nobody gets a wrong length.
fn plays_on_with_its_length(clip: Clip, fault: Option<Fault>) {
    let mut scene = plays_on(clip, fault);
    assert_length(&mut scene.alice, clip);
    assert_length(&mut scene.boris, clip);
}

#[test]
fn mpv_a_recording_without_a_length_plays_on() {
    plays_on_with_its_length(Clip::Recorded, None);
}

#[test]
fn mpv_fragments_without_ranges_play_on() {
    plays_on_with_its_length(Clip::Fragmented, Some(Fault::NoRanges));
}

#[test]
fn mpv_an_ogg_without_ranges_plays_on() {
    plays_on_with_its_length(Clip::Ogg, Some(Fault::NoRanges));
}

#[test]
fn mpv_a_recording_of_unknown_size_plays_on() {
    plays_on_with_its_length(Clip::Recorded, Some(Fault::NoLength));
}

#[test]
fn mpv_a_recording_can_be_sought_and_joined_late() {
    let mut scene = Scene::of(&[Clip::Recorded]);
    let (mut hers, mut his) = scene.players();
    scene.play(Clip::Recorded);
    wait_in_step(&mut [&mut hers, &mut his]);
    scene.alice.command("/seek 20");
    wait_past(&mut his, 20.0);
    let vera = super::join(&scene.rooms, "Vera");
    let mut third = vera.mpv();
    wait_past(&mut third, 20.0);
    wait_in_step(&mut [&mut hers, &mut his, &mut third]);
}
