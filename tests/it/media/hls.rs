//! HLS starts at its first segment, and a live stream that is interrupted is not over.

use std::time::Duration;

use super::{Scene, file, noticed, requests, seeks, wait_past};
use crate::support::clips::Clip;
use crate::support::fault_server::{Fault, Requests};
use crate::support::watcher::wait_in_step;

fn begins_at_its_beginning(clip: Clip, late: bool) {
    let mut scene = Scene::of(&[clip]);
    let (mut hers, mut his) = scene.players();
    scene.play(clip);
    wait_in_step(&mut [&mut hers, &mut his]);
    // Both players saw the first picture, and neither was sought.
    wait_past(&mut hers, 2.0);
    wait_in_step(&mut [&mut hers, &mut his]);
    for name in ["Alice", "Boris"] {
        let all = scene.files.seen(&Requests::all().by(name));
        let first = all.iter().find(|seen| seen.path.ends_with("list0.ts"));
        assert!(first.is_some(), "{name} never asked for the first segment");
    }
    for watcher in [&mut scene.alice, &mut scene.boris] {
        assert!(seeks(watcher).is_empty(), "{:#?}", seeks(watcher));
    }
    if late {
        let vera = super::join(&scene.rooms, "Vera");
        let mut third = vera.mpv();
        wait_past(&mut third, 2.0);
        wait_in_step(&mut [&mut hers, &mut his, &mut third]);
    }
}

#[test]
fn mpv_hls_of_short_segments_begins_at_its_beginning_and_is_joined_late() {
    begins_at_its_beginning(Clip::HlsTs2, true);
}

#[test]
fn mpv_hls_of_long_segments_begins_at_its_beginning() {
    begins_at_its_beginning(Clip::HlsTs10, false);
}

#[test]
fn mpv_who_lacks_the_first_segment_is_reported_to_see_other_pictures() {
    let mut scene = Scene::of(&[Clip::HlsTs2]);
    let missing = Requests::to("hls-ts-2/list0.ts").by("Boris");
    scene.files.switch_on(missing, Fault::Status(404));
    let (mut hers, mut his) = scene.players();
    scene.play(Clip::HlsTs2);
    hers.wait_playing();
    his.wait_playing();
    scene.boris.wait("notice", |notice| {
        let text = notice["text"].as_str().unwrap_or_default();
        text.contains("a different scene")
    });
}

#[test]
fn mpv_a_missing_segment_is_skipped_and_its_member_reads_so_once() {
    let mut scene = Scene::of(&[Clip::HlsTs2]);
    let missing = Requests::to("hls-ts-2/list3.ts").by("Boris");
    scene.files.switch_on(missing, Fault::Status(404));
    let (mut hers, mut his) = scene.players();
    scene.play(Clip::HlsTs2);
    hers.wait_playing();
    let reported = scene
        .boris
        .wait("notice", |notice| notice["code"] == "part_missing");
    assert_eq!(
        reported["text"],
        "Part of the stream is missing at 0:06 (2.0 s) and was skipped."
    );
    wait_past(&mut his, 8.0);
    // Lines that were waited for are not among these.
    for watcher in [&mut scene.alice, &mut scene.boris] {
        assert!(!noticed(watcher, "part_missing"));
    }
}

#[test]
fn mpv_a_live_stream_whose_list_fails_once_starts_no_other_media() {
    let mut scene = Scene::of(&[Clip::HlsLong, Clip::Short]);
    let live = Fault::Live {
        window: 5,
        every: Some(Duration::from_secs(2)),
        dated: false,
    };
    scene.files.switch_on(requests(Clip::HlsLong), live);
    let (mut hers, mut his) = scene.players();
    scene.play(Clip::HlsLong);
    scene.queue(Clip::Short);
    hers.wait_playing();
    his.wait_playing();
    let reported = scene.boris.wait("media", |media| !media["url"].is_null());
    assert!(reported["duration"].is_null(), "{reported}");
    let before = scene.files.count(&requests(Clip::HlsLong));
    let busy = Fault::Busy {
        status: 503,
        times: 1,
        retry_after: None,
    };
    scene
        .files
        .switch_on(requests(Clip::HlsLong).by("Alice"), busy);
    hers.wait("the list was asked for often since", |_| {
        (scene.files.count(&requests(Clip::HlsLong)) > before + 4).then_some(())
    });
    for mpv in [&mut hers, &mut his] {
        mpv.wait_playing();
        assert_eq!(file(mpv).as_deref(), Some("list.m3u8"));
    }
}

#[test]
fn mpv_members_of_a_live_list_without_times_read_how_far_apart_they_are() {
    let mut scene = Scene::of(&[Clip::HlsTs2]);
    let live = Fault::Live {
        window: 5,
        every: Some(Duration::from_secs(2)),
        dated: false,
    };
    scene.files.switch_on(requests(Clip::HlsTs2), live);
    let (mut hers, mut his) = scene.players();
    scene.play(Clip::HlsTs2);
    hers.wait_playing();
    his.wait_playing();
    wait_past(&mut hers, 2.0);
    // A member who joins late starts at another segment of the list.
    let mut vera = super::join(&scene.rooms, "Vera");
    let mut third = vera.mpv();
    third.wait_playing();
    for watcher in [&mut scene.alice, &mut scene.boris, &mut vera] {
        let reported = watcher.wait("sync", |sync| sync["apart"].is_number());
        assert_eq!(reported["reason"], "live", "{reported}");
        assert!(seeks(watcher).is_empty(), "{:#?}", seeks(watcher));
    }
}
