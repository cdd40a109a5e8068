//! Files that change while they are fetched, and mirrors that do not agree.

use super::scene::{Scene, elsewhere, here};
use crate::media::fault::FaultKind;
use crate::test_support::origin::{Act, Asked, answer, cut, media_bytes, served};

/// The response of a server with ranges, with this `ETag`.
fn tagged(media_bytes: &[u8], tag: &str, asked: &Asked) -> Vec<Act> {
    let mut acts = served(media_bytes, asked);
    if let Act::Send(bytes) = &mut acts[0] {
        let end = bytes.windows(2).position(|two| two == b"\r\n").unwrap();
        bytes.splice(end..end, format!("\r\nETag: \"{tag}\"").into_bytes());
    }
    acts
}

/// The bytes of the first response before it breaks off.
const FIRST: usize = 200_000;

#[tokio::test(start_paused = true)]
async fn another_file_in_its_place_is_a_fault_of_its_own_and_no_splice() {
    let media_bytes = media_bytes(300_000);
    for other in [vec![9; 299_000], vec![9; 300_000]] {
        let began = media_bytes.clone();
        let mut scene = Scene::new(move |asked| match asked.nth {
            0 => cut(&tagged(&began, "1", asked), FIRST),
            _ => tagged(&other, "2", asked),
        });
        scene.relay.shown(scene.opened.load);
        let got = scene.get(Some("bytes=0-")).await;
        assert!(
            got.body == media_bytes[..FIRST] && got.broken,
            "other bytes"
        );
        assert_eq!(scene.gave_up(), here(FaultKind::Changed));
        assert_eq!(scene.moments().len(), 2);
        // A new request gets the new file.
        scene.relay.retry_now(scene.opened.load);
        assert_eq!(scene.get(Some("bytes=9-")).await.status, 206);
    }
}

#[tokio::test(start_paused = true)]
async fn a_file_that_grows_goes_on() {
    let media_bytes = media_bytes(400_000);
    let whole = media_bytes.clone();
    let mut scene = Scene::new(move |asked| match asked.nth {
        0 => cut(&tagged(&whole[..300_000], "1", asked), FIRST),
        _ => tagged(&whole, "2", asked),
    });
    scene.relay.shown(scene.opened.load);
    let got = scene.get(Some("bytes=0-")).await;
    assert!(
        got.body == media_bytes[..300_000] && !got.broken,
        "other bytes"
    );
    let got = scene.get(Some("bytes=300000-")).await;
    assert!(got.body == media_bytes[300_000..], "what was written since");
    assert_eq!(scene.reported(), []);
}

#[tokio::test(start_paused = true)]
async fn a_mirror_is_believed_by_its_length_and_not_by_its_tag() {
    let media_bytes = media_bytes(300_000);
    let whole = media_bytes.clone();
    let mut scene = Scene::new(move |asked| match (asked.nth, asked.path.as_str()) {
        (0 | 2, _) => {
            let to = if asked.nth == 0 { "films" } else { "cdn" };
            let to = format!("http://{to}.example/{to}.mp4");
            answer(302, &[("Location", &to)], b"")
        }
        (1, _) => {
            let mut acts = cut(&tagged(&whole, "1", asked), FIRST);
            acts[1] = Act::Close;
            acts
        }
        (_, "/cdn.mp4") => tagged(&whole, "2", asked),
        _ => answer(404, &[], b""),
    });
    scene.relay.shown(scene.opened.load);
    let got = scene.get(Some("bytes=0-")).await;
    assert!(
        got.body == media_bytes[..FIRST] || got.body == media_bytes,
        "other bytes"
    );
    // The redirect's target is gone, so the link is requested again, and leads to a mirror.
    assert!(!got.broken, "{:?}", scene.reported());
}

#[tokio::test(start_paused = true)]
async fn a_mirror_that_is_behind_is_a_plain_break() {
    let media_bytes = media_bytes(300_000);
    let whole = media_bytes.clone();
    let scene = Scene::new(move |asked| match (asked.path.as_str(), asked.nth) {
        ("/a/film.mp4?sig=secret", 0) => cut(&served(&whole, asked), FIRST),
        ("/a/film.mp4?sig=secret", 1..=5) => {
            answer(302, &[("Location", "http://cdn.example/old.mp4")], b"")
        }
        ("/old.mp4", _) => served(&whole[..290_000], asked),
        _ => served(&whole, asked),
    });
    scene.relay.shown(scene.opened.load);
    let got = scene.get(Some("bytes=0-")).await;
    assert!(got.body == media_bytes && !got.broken, "other bytes");
    assert_eq!(
        scene.relay.verdict(scene.opened.load),
        Some(elsewhere(FaultKind::Broken)),
        "noted, and mended"
    );
}
