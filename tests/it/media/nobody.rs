//! Media that nobody can play is reported once, and the queue goes on.

use super::{Scene, wait_file};
use crate::support::clips::Clip;
use crate::support::watcher::Watcher;

/// The words that say that nobody can play the media.
const NOBODY: &str = "Nobody can play it";

/// Waits until a client reports [`NOBODY`], and returns the text.
fn wait_nobody(watcher: &mut Watcher) -> String {
    let reported = watcher.wait("notice", |notice| {
        notice["text"]
            .as_str()
            .is_some_and(|text| text.contains(NOBODY))
    });
    reported["text"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn mpv_a_link_that_is_gone_is_reported_once_for_everybody_and_the_next_is_played() {
    let mut scene = Scene::of(&[Clip::Short]);
    let (mut hers, mut his) = scene.players();
    let gone = scene.files.link("gone.mp4");
    scene.alice.command(&format!("/play {gone}"));
    scene.queue(Clip::Short);
    let words = [&mut scene.alice, &mut scene.boris].map(wait_nobody);
    assert_eq!(words[0], words[1]);
    assert!(words[0].contains("the link is dead"), "{}", words[0]);
    // The next clip starts by itself, within 15 s.
    wait_file(&mut hers, "short.mp4");
    wait_file(&mut his, "short.mp4");
    for watcher in [&mut scene.alice, &mut scene.boris] {
        let again = watcher.client.so_far("notice");
        let nobody = |notice: &&serde_json::Value| {
            notice["text"]
                .as_str()
                .is_some_and(|text| text.contains(NOBODY))
        };
        assert_eq!(again.iter().filter(nobody).count(), 0, "{again:?}");
        // Media that never opened does not go back into the queue.
        let queue = watcher.client.so_far("queue");
        let last = queue.last().expect("the queue was told");
        assert_eq!(last["entries"].as_array().map(Vec::len), Some(0), "{last}");
    }
}

#[test]
fn mpv_with_an_empty_queue_what_nobody_can_play_stands_at_its_start() {
    let mut scene = Scene::of(&[]);
    let gone = scene.files.link("gone.mp4");
    scene.alice.command(&format!("/play {gone}"));
    wait_nobody(&mut scene.alice);
    wait_nobody(&mut scene.boris);
    let reported = scene.boris.client.so_far("timeline");
    let last = reported.last().expect("the timeline was told");
    assert_eq!(last["position"], 0.0, "{last}");
}

#[test]
fn mpv_an_incomplete_copy_at_whose_end_all_stand_is_followed_by_the_next() {
    let mut scene = Scene::of(&[Clip::Cut, Clip::Short]);
    let (mut hers, mut his) = scene.players();
    scene.play(Clip::Cut);
    scene.queue(Clip::Short);
    hers.wait_playing();
    his.wait_playing();
    scene.alice.client.forget("timeline");
    scene.alice.command("/seek 13");
    let sought = scene
        .alice
        .wait("timeline", |reported| reported["position"] == 13.0);
    wait_file(&mut hers, "short.mp4");
    wait_file(&mut his, "short.mp4");
    // The media was not played on as a dead picture to the 30 s that its index says.
    let next = scene
        .alice
        .wait("timeline", |reported| reported["position"] == 0.0);
    let seconds = |reported: &serde_json::Value| reported["at"].as_f64().expect("a time");
    let left_at = 13.0 + seconds(&next) - seconds(&sought);
    let reported = ["notice", "decision", "player"].map(|kind| scene.alice.client.so_far(kind));
    assert!(left_at < 29.0, "it was left at {left_at}: {reported:#?}");
}
