//! A connection that ends is not taken for the end of the media.

use super::{Scene, file, noticed, requests, wait_past};
use crate::support::clips::Clip;
use crate::support::fault_server::{Fault, Requests};
use crate::support::patience::until;
use crate::support::watcher::{Watcher, wait_in_step};

/// Bytes a second, little more than the media needs (45 kB): hardly anything is cached ahead.
const NARROW: usize = 70_000;

/// Waits until a client reports that it has no data, and checks that it accepts `/retry` meanwhile.
fn wait_dry(watcher: &mut Watcher) {
    watcher.client.forget("player");
    watcher.wait("player", |player| player["state"] == "buffering");
    watcher.command("/retry");
}

#[test]
fn mpv_a_viewers_broken_connection_is_a_stall_and_passes() {
    let mut scene = Scene::of(&[Clip::Mp4, Clip::Short]);
    scene
        .files
        .switch_on(requests(Clip::Mp4), Fault::Throttled(NARROW));
    let (mut hers, mut his) = scene.players();
    scene.alice.command("/wait off");
    scene.play(Clip::Mp4);
    scene.queue(Clip::Short);
    wait_in_step(&mut [&mut hers, &mut his]);
    let away = Requests::all().by("Boris");
    scene.files.switch_on(away.clone(), Fault::Away);
    wait_dry(&mut scene.boris);
    let before = hers.number("time-pos").expect("hers runs");
    wait_past(&mut hers, before + 1.0);
    scene.files.switch_off(&away);
    scene.boris.wait_state("player", "playing");
    wait_in_step(&mut [&mut hers, &mut his]);
    for mpv in [&mut hers, &mut his] {
        assert_eq!(file(mpv).as_deref(), Some("film.mp4"));
    }
    assert!(!noticed(&mut scene.boris, "ends_early"));
}

#[test]
fn mpv_an_admins_broken_connection_starts_no_other_media_though_no_length_is_known() {
    let mut scene = Scene::of(&[Clip::RecordedLong, Clip::Short]);
    // The recording needs 29 kB a second.
    let narrow = Fault::Throttled(45_000);
    scene.files.switch_on(requests(Clip::RecordedLong), narrow);
    let (mut hers, mut his) = scene.players();
    scene.alice.command("/wait off");
    scene.play(Clip::RecordedLong);
    scene.queue(Clip::Short);
    wait_in_step(&mut [&mut hers, &mut his]);
    let away = Requests::all().by("Alice");
    scene.files.switch_on(away.clone(), Fault::Away);
    scene.alice.client.forget("player");
    scene.alice.wait_state("player", "buffering");
    let before = his.number("time-pos").expect("his runs");
    wait_past(&mut his, before + 4.0);
    scene.files.switch_off(&away);
    scene.alice.wait_state("player", "playing");
    wait_in_step(&mut [&mut hers, &mut his]);
    for mpv in [&mut hers, &mut his] {
        assert_eq!(file(mpv).as_deref(), Some("rec-long.webm"));
    }
}

#[test]
fn mpv_a_link_that_expires_before_a_seek_is_reported_as_that() {
    let mut scene = Scene::of(&[Clip::Mp4]);
    scene
        .files
        .switch_on(requests(Clip::Mp4), Fault::Throttled(NARROW));
    let (mut hers, mut his) = scene.players();
    scene.alice.command("/wait off");
    scene.play(Clip::Mp4);
    wait_in_step(&mut [&mut hers, &mut his]);
    let expired = Requests::all().by("Boris");
    scene.files.switch_on(expired.clone(), Fault::Status(403));
    scene.alice.command("/seek 40");
    let reported = scene
        .boris
        .wait("player", |player| player["code"] == "refused");
    let text = reported["text"].as_str().unwrap_or_default();
    assert!(
        text.contains("expired") && text.contains("/retry"),
        "{reported}"
    );
    assert!(!noticed(&mut scene.boris, "ends_early"));
    wait_past(&mut hers, 40.0);
    // The link works again, so a retry is enough.
    scene.files.switch_off(&expired);
    scene.boris.command("/retry");
    until("he is there as well", || {
        (his.number("time-pos")? > 40.0).then_some(())
    });
    wait_in_step(&mut [&mut hers, &mut his]);
}

#[test]
fn mpv_a_busy_server_is_asked_again_and_then_plays() {
    let mut scene = Scene::of(&[Clip::Mp4]);
    let busy = Fault::Busy {
        status: 503,
        times: 2,
        retry_after: Some(1),
    };
    scene.files.switch_on(requests(Clip::Mp4).by("Boris"), busy);
    let (mut hers, mut his) = scene.players();
    scene.play(Clip::Mp4);
    wait_in_step(&mut [&mut hers, &mut his]);
    let refused = |reported: &serde_json::Value| reported["state"] == "refused";
    assert!(!scene.boris.client.so_far("player").iter().any(refused));
}
