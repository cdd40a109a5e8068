//! DASH manifests and their parts through the relay.

use super::scene::{Scene, elsewhere, here};
use crate::media::fault::FaultKind;
use crate::relay::MediaFact;
use crate::test_support::origin::{Asked, answer, served};

const LINK: &str = "http://films.example/film/list.mpd";

/// The beginning of a segment of fragmented MP4.
const SEGMENT: &[u8] = b"\x00\x00\x00\x18styp msdh\x00\x00\x00\x00";

/// A manifest of one stream whose segments are named by `media`.
fn manifest(media: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><MPD><Period><AdaptationSet><Representation id=\"7\">\
         <SegmentTemplate media=\"{media}\" timescale=\"1\" duration=\"2\"/>\
         </Representation></AdaptationSet></Period></MPD>"
    )
}

/// The address of the first segment, with the template filled in as the player does.
async fn first(scene: &Scene) -> String {
    let got = scene.get(Some("bytes=0-")).await;
    assert_eq!(got.status, 200);
    assert_eq!(got.header("content-type"), "application/dash+xml");
    let text = got.text();
    let between = |before: &str, after: &str| {
        let (_, rest) = text.split_once(before).unwrap();
        rest.split_once(after).unwrap().0.to_owned()
    };
    let name = between("media=\"", "\"").replace("$Number$", "1");
    between("<BaseURL>", "<") + &name.replace("$RepresentationID$", &between("tion id=\"", "\""))
}

#[tokio::test(start_paused = true)]
async fn a_manifest_and_its_parts_come_through() {
    let list = manifest("../$RepresentationID$/$Number$.m4s?x=1");
    let mut scene = Scene::of(LINK, move |asked| match asked.path.as_str() {
        "/film/list.mpd" => {
            let to = [("Location", "http://cdn.example/a/b/list.mpd")];
            answer(302, &to, b"")
        }
        "/a/b/list.mpd" => served(list.as_bytes(), asked),
        _ => served(SEGMENT, asked),
    });
    for _ in 0..2 {
        let address = first(&scene).await;
        let got = scene.ask(&address, &[("range", "bytes=0-")]).await;
        assert_eq!(got.body, SEGMENT);
        let path = scene
            .origin
            .asked
            .lock()
            .unwrap()
            .last()
            .unwrap()
            .path
            .clone();
        assert_eq!(path, "/a/7/1.m4s?x=1", "by where the manifest really is");
    }
    assert_eq!(scene.facts(), [MediaFact::Live(false)]);
}

#[tokio::test(start_paused = true)]
async fn parts_of_a_manifest_that_lead_inward_are_not_fetched() {
    for media in [
        "http://127.0.0.1:8080/a.m4s",
        "//inward.example/a.m4s",
        "http://cdn.example/leads-inward.m4s",
    ] {
        let list = manifest(media);
        let mut scene = Scene::of(LINK, move |asked: &Asked| match asked.path.as_str() {
            "/film/list.mpd" => served(list.as_bytes(), asked),
            "/leads-inward.m4s" => answer(302, &[("Location", "http://10.0.0.1/")], b""),
            other => panic!("{other} was asked for"),
        });
        let address = first(&scene).await;
        scene.ask(&address, &[]).await;
        let expected = elsewhere(FaultKind::PrivateAddress);
        assert_eq!(scene.gave_up(), expected, "{media}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_manifest_that_hides_something_is_refused() {
    let entity = "<!DOCTYPE MPD [<!ENTITY a SYSTEM \"http://10.0.0.1/\">]>";
    for (list, kind) in [
        (
            entity.to_owned() + &manifest("a"),
            FaultKind::ForbiddenContent,
        ),
        (manifest("$Host$"), FaultKind::ForbiddenContent),
        (
            manifest("a").replace("Representation", "Other"),
            FaultKind::NothingToPlay,
        ),
    ] {
        let mut scene = Scene::of(LINK, move |asked| served(list.as_bytes(), asked));
        let got = scene.get(Some("bytes=0-")).await;
        assert!(got.status >= 400 && got.body.is_empty(), "{got:?}");
        assert_eq!(scene.gave_up(), here(kind));
    }
}

#[tokio::test(start_paused = true)]
async fn a_manifest_within_a_manifest_is_refused() {
    let list = manifest("a");
    let mut scene = Scene::of(LINK, move |asked| served(list.as_bytes(), asked));
    let address = first(&scene).await;
    assert!(scene.ask(&address, &[]).await.body.is_empty());
    assert_eq!(scene.gave_up(), here(FaultKind::ForbiddenContent));
}

/// Requests a part that appears after so many requests; returns the status, and the times of the
/// requests.
async fn asked_until_there(times: usize, live: bool) -> (u16, Vec<u128>) {
    let list = manifest("$Number$.m4s");
    let list = if live {
        list.replace("<MPD>", "<MPD type=\"dynamic\">")
    } else {
        list
    };
    let scene = Scene::of(LINK, move |asked| match asked.path.as_str() {
        "/film/list.mpd" => served(list.as_bytes(), asked),
        _ if asked.nth <= times => answer(404, &[], b""),
        _ => served(SEGMENT, asked),
    });
    let address = first(&scene).await;
    let status = scene.ask(&address, &[]).await.status;
    (status, scene.moments())
}

#[tokio::test(start_paused = true)]
async fn a_part_that_a_growing_manifest_has_not_yet_is_waited_for() {
    let (status, moments) = asked_until_there(4, true).await;
    assert_eq!((status, moments), (200, vec![0, 0, 0, 1, 1, 2]));
    let (status, moments) = asked_until_there(1_000, true).await;
    assert_eq!((status, moments.last()), (404, Some(&12)), "not for ever");
    let (status, moments) = asked_until_there(1, false).await;
    assert_eq!((status, moments), (404, vec![0, 0]), "one that is whole");
}
