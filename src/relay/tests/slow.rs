//! Servers that send too slowly to play anything, and never break off.

use tokio::time::Instant;

use super::scene::{Scene, here, pass};
use crate::media::fault::FaultKind;
use crate::relay::RelayEvent;
use crate::relay::relay_load::FIRST_PICTURE;
use crate::test_support::origin::{Act, Asked, answer, media_bytes, served};

/// A normal response whose body arrives slowly from byte `after` on: `bytes` every `millis`
/// milliseconds.
fn trickling(
    media_bytes: &[u8],
    asked: &Asked,
    after: usize,
    (bytes, millis): (usize, u64),
) -> Vec<Act> {
    let [Act::Send(all)] = &served(media_bytes, asked)[..] else {
        panic!("one piece");
    };
    let head = all.windows(4).position(|it| it == b"\r\n\r\n").unwrap() + 4;
    let (first, rest) = all.split_at((head + after).min(all.len()));
    let mut acts = vec![Act::Send(first.to_vec())];
    for piece in rest.chunks(bytes).take(2_000) {
        acts.extend([Act::Wait(millis), Act::Send(piece.to_vec())]);
    }
    acts
}

#[tokio::test(start_paused = true)]
async fn a_server_that_trickles_is_trouble_and_is_given_up() {
    let media_bytes = media_bytes(300_000);
    let mut scene = Scene::new(move |asked| {
        trickling(
            &media_bytes,
            asked,
            if asked.nth == 0 { 200_000 } else { 0 },
            (1, 1_000),
        )
    });
    scene.relay.shown(scene.opened.load);
    let got = scene.get(Some("bytes=0-")).await;
    assert!(got.broken);
    assert_eq!(scene.moments()[..4], [0, 10, 28, 44]);
    assert!(
        scene.moments().last() <= Some(&130),
        "{:?}",
        scene.moments()
    );
    let reported = scene.reported();
    let (last, before) = reported.split_last().unwrap();
    let fault = here(FaultKind::NoAnswer);
    let load = scene.opened.load;
    assert_eq!(*last, RelayEvent::GaveUp { load, fault });
    for event in before {
        assert!(
            matches!(event, RelayEvent::Retrying { fault: reported, .. } if *reported == fault)
        );
    }
}

#[tokio::test(start_paused = true)]
async fn before_the_first_picture_a_trickle_is_given_up_after_half_a_minute() {
    let media_bytes = media_bytes(300_000);
    let mut scene = Scene::new(move |asked| trickling(&media_bytes, asked, 0, (1, 1_000)));
    let began = Instant::now();
    scene.get(Some("bytes=0-")).await;
    assert_eq!(began.elapsed(), FIRST_PICTURE);
    assert_eq!(scene.gave_up(), here(FaultKind::NoAnswer));
}

#[tokio::test(start_paused = true)]
async fn a_trickling_list_is_trouble_too() {
    let list = b"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n0.ts\n".to_vec();
    let link = "http://films.example/film/list.m3u8";
    let mut scene = Scene::of(link, move |asked| match asked.nth {
        0 => answer(200, &[], &list),
        _ => trickling(&list, asked, 30, (1, 1_000)),
    });
    scene.get(None).await;
    scene.relay.shown(scene.opened.load);
    assert!(scene.get(None).await.status >= 500);
    assert_eq!(scene.gave_up(), here(FaultKind::NoAnswer));
}

#[tokio::test(start_paused = true)]
async fn what_is_slow_but_could_play_goes_on() {
    // 8 kbit/s is enough for speech.
    let media_bytes = media_bytes(60_000);
    let expected = media_bytes.clone();
    let mut scene = Scene::new(move |asked| trickling(&media_bytes, asked, 0, (1_000, 1_000)));
    scene.relay.shown(scene.opened.load);
    let got = scene.get(Some("bytes=0-")).await;
    assert!(got.body == expected && !got.broken, "other bytes");
    assert_eq!(scene.reported(), []);
}

#[tokio::test(start_paused = true)]
async fn a_player_that_takes_nothing_is_no_slow_server() {
    let media_bytes = media_bytes(3_000_000);
    let mut scene = Scene::new(move |asked| served(&media_bytes, asked));
    scene.relay.shown(scene.opened.load);
    let request = hyper::Request::get(&scene.opened.address);
    let response = scene.service.answer(request.body(()).unwrap()).await;
    pass(40).await;
    drop(response);
    assert_eq!(scene.reported(), []);
}
