//! Media from good servers, and from servers without ranges.

use super::scene::{LINK, Scene, direct, here};
use crate::media::fault::FaultKind;
use crate::relay::range::PIECE;
use crate::test_support::origin::{Act, answer, media_bytes, served};

#[tokio::test(start_paused = true)]
async fn media_is_asked_for_in_bounded_pieces_and_comes_whole() {
    let length = usize::try_from(PIECE).unwrap() * 2 + 77;
    let media_bytes = media_bytes(length);
    let served_bytes = media_bytes.clone();
    let mut scene = Scene::new(move |asked| served(&served_bytes, asked));
    let got = scene.get(Some("bytes=0-")).await;
    assert_eq!(got.status, 206);
    let last = length - 1;
    assert_eq!(
        got.header("content-range"),
        format!("bytes 0-{last}/{length}")
    );
    assert_eq!(got.header("content-length"), length.to_string());
    assert_eq!(got.header("accept-ranges"), "bytes");
    assert!(got.body == media_bytes, "other bytes");
    let last = u64::try_from(last).unwrap();
    let pieces = [
        Some((0, PIECE - 1)),
        Some((PIECE, 2 * PIECE - 1)),
        Some((2 * PIECE, last)),
    ];
    assert_eq!(scene.ranges(), pieces);
    assert_eq!(scene.reported(), [], "a clean end needs no words");
}

#[tokio::test(start_paused = true)]
async fn a_part_in_the_middle_comes_as_it_was_asked_for() {
    let media_bytes = media_bytes(5_000);
    let served_bytes = media_bytes.clone();
    let scene = Scene::new(move |asked| served(&served_bytes, asked));
    let got = scene.get(Some("bytes=1000-1999")).await;
    assert_eq!(
        (got.status, got.header("content-range")),
        (206, "bytes 1000-1999/5000")
    );
    assert!(got.body == media_bytes[1_000..2_000], "other bytes");
    let got = scene.get(Some("bytes=4990-")).await;
    assert_eq!(got.header("content-length"), "10");
    assert!(got.body == media_bytes[4_990..], "other bytes");
    let got = scene.get(Some("bytes=5000-")).await;
    assert_eq!(
        (got.status, got.header("content-range")),
        (416, "bytes */5000")
    );
    assert_eq!(
        scene.ranges().len(),
        2,
        "what lies behind the end is not asked for"
    );
    let got = scene.get(None).await;
    assert_eq!((got.status, got.header("content-length")), (200, "5000"));
}

#[tokio::test(start_paused = true)]
async fn a_server_that_sends_everything_is_reported_as_one_without_ranges() {
    let media_bytes = media_bytes(9_000);
    let served_bytes = media_bytes.clone();
    let scene = Scene::new(move |_| answer(200, &[], &served_bytes));
    let got = scene.get(Some("bytes=0-")).await;
    assert_eq!((got.status, got.header("accept-ranges")), (200, ""));
    assert_eq!(got.header("content-length"), "9000");
    assert!(got.body == media_bytes, "other bytes");
    // A player that seeks nevertheless gets the bytes that it asked for.
    let got = scene.get(Some("bytes=8000-")).await;
    assert_eq!(got.header("content-range"), "bytes 8000-8999/9000");
    assert!(got.body == media_bytes[8_000..], "other bytes");
    assert_eq!(scene.ranges(), [Some((0, PIECE - 1)), None]);
}

#[tokio::test(start_paused = true)]
async fn media_of_unknown_length_comes_to_its_end() {
    let media_bytes = media_bytes(30_000);
    let served_bytes = media_bytes.clone();
    let scene = Scene::new(move |_| {
        let mut all = b"HTTP/1.0 200 OK\r\n\r\n".to_vec();
        all.extend_from_slice(&served_bytes);
        vec![Act::Send(all), Act::Close]
    });
    let got = scene.get(Some("bytes=0-")).await;
    assert_eq!((got.status, got.header("content-length")), (200, ""));
    assert!(got.body == media_bytes && !got.broken, "other bytes");
}

#[tokio::test(start_paused = true)]
async fn where_ranges_are_refused_it_is_tried_once_without() {
    for status in [403, 406, 416] {
        let media_bytes = media_bytes(6_000);
        let served_bytes = media_bytes.clone();
        let mut scene = Scene::new(move |asked| match asked.range() {
            Some(_) => answer(status, &[], b""),
            None => answer(200, &[], &served_bytes),
        });
        let got = scene.get(Some("bytes=0-")).await;
        assert_eq!((got.status, got.header("accept-ranges")), (200, ""));
        assert!(got.body == media_bytes, "{status}: other bytes");
        assert_eq!(scene.ranges(), [Some((0, PIECE - 1)), None], "{status}");
        scene.get(Some("bytes=0-")).await;
        assert_eq!(scene.ranges().last(), Some(&None), "{status} is remembered");
        assert_eq!(scene.reported(), []);
    }
    for (status, kind) in [(406, FaultKind::RangesRefused), (403, FaultKind::Refused)] {
        let mut scene = Scene::new(move |_| answer(status, &[], b""));
        scene.get(Some("bytes=0-")).await;
        assert_eq!(scene.ranges().len(), 2, "{status}");
        assert_eq!(scene.gave_up(), here(kind), "{status}");
    }
}

/// The response with the bytes `from` to `last` of `media_bytes`, whatever was requested.
fn part_of(media_bytes: &[u8], from: usize, last: usize) -> Vec<Act> {
    let range = format!("bytes {from}-{last}/{}", media_bytes.len());
    answer(206, &[("Content-Range", &range)], &media_bytes[from..=last])
}

#[tokio::test(start_paused = true)]
async fn another_part_than_was_asked_for_serves_if_the_byte_is_in_it() {
    let media_bytes = media_bytes(6_000);
    for (from, requests) in [(0, 1), (1_500, 1), (3_000, 2)] {
        let served_bytes = media_bytes.clone();
        let mut scene = Scene::new(move |asked| match asked.range() {
            Some(_) => part_of(&served_bytes, from, 5_999),
            None => answer(200, &[], &served_bytes),
        });
        let got = scene.get(Some("bytes=2000-")).await;
        assert!(got.body == media_bytes[2_000..], "{from}: other bytes");
        assert_eq!(scene.ranges().len(), requests, "{from}");
        assert_eq!(scene.reported(), []);
    }
    let mut scene = Scene::new(move |_| part_of(&media_bytes, 3_000, 5_999));
    scene.get(Some("bytes=0-")).await;
    assert_eq!(scene.gave_up(), here(FaultKind::RangesRefused));
}

/// An MP4 file with so many bytes of media data before its index.
fn with_its_index_last(pictures: u32) -> Vec<u8> {
    let mut media_bytes = b"\x00\x00\x00\x10ftypisom\x00\x00\x02\x00".to_vec();
    media_bytes.extend_from_slice(b"\x00\x00\x00\x08free");
    media_bytes.extend_from_slice(&(pictures + 8).to_be_bytes());
    media_bytes.extend_from_slice(b"mdat");
    media_bytes.resize(media_bytes.len() + usize::try_from(pictures).unwrap(), 7);
    media_bytes.extend_from_slice(b"\x00\x00\x00\x08moov");
    media_bytes
}

#[tokio::test(start_paused = true)]
async fn an_index_at_the_end_needs_a_server_with_parts() {
    let media_bytes = with_its_index_last(700_000);
    let ranged = media_bytes.clone();
    let mut scene = Scene::new(move |asked| served(&ranged, asked));
    assert!(
        scene.get(Some("bytes=0-")).await.body == media_bytes,
        "other bytes"
    );
    assert_eq!(scene.reported(), []);
    let whole = media_bytes.clone();
    let mut scene = Scene::new(move |_| answer(200, &[], &whole));
    scene.get(Some("bytes=0-")).await;
    assert_eq!(scene.gave_up(), here(FaultKind::IndexAtEnd));
    // mpv can go back this far within what it has read.
    let short = with_its_index_last(10_000);
    let mut scene = Scene::new(move |_| answer(200, &[], &short));
    assert_eq!(scene.get(Some("bytes=0-")).await.status, 200);
    assert_eq!(scene.reported(), []);
}

#[tokio::test(start_paused = true)]
async fn only_what_was_given_out_is_answered() {
    let media_bytes = media_bytes(100);
    let mut scene = Scene::new(move |asked| served(&media_bytes, asked));
    let address = scene.opened.address.clone();
    for other in [
        "http://127.0.0.1:4000/".to_owned(),
        "http://127.0.0.1:4000/1/film.mp4".to_owned(),
        address.replace("/1/", "/2/"),
        address.replacen("4000/", "4000/0", 1),
    ] {
        assert_eq!(scene.ask(&other, &[]).await.status, 404, "{other}");
    }
    let post = hyper::Request::post(&address).body(()).unwrap();
    assert_eq!(scene.service.answer(post).await.status(), 405);
    assert_eq!(scene.ranges(), [], "nothing of it went out");
    // The load before the previous one is closed; the previous one is still served.
    scene.relay.open(&direct(LINK));
    assert_eq!(scene.ask(&address, &[]).await.status, 200);
    scene.relay.open(&direct(LINK));
    assert_eq!(scene.ask(&address, &[]).await.status, 404);
}

#[tokio::test(start_paused = true)]
async fn a_head_request_brings_the_length_and_no_bytes() {
    let media_bytes = media_bytes(700);
    let scene = Scene::new(move |asked| served(&media_bytes, asked));
    let head = hyper::Request::head(&scene.opened.address)
        .body(())
        .unwrap();
    let mut response = scene.service.answer(head).await;
    assert_eq!(response.headers()["content-length"], "700");
    assert!(super::scene::next(response.body_mut()).await.is_none());
}

#[tokio::test(start_paused = true)]
async fn the_members_own_headers_go_to_the_links_server_only() {
    let media_bytes = media_bytes(100);
    let scene = Scene::new(move |asked| match asked.nth {
        0 => answer(302, &[("Location", "http://cdn.example/b.mp4")], b""),
        _ => served(&media_bytes, asked),
    });
    let mine = [
        ("range", "bytes=0-"),
        ("user-agent", "member"),
        ("cookie", "a=b"),
        ("authorization", "Basic x"),
        ("icy-metadata", "1"),
    ];
    scene.ask(&scene.opened.address, &mine).await;
    let asked = scene.origin.asked.lock().unwrap();
    for one in asked.iter() {
        assert_eq!(one.header("user-agent"), Some("member"));
        assert_eq!(one.header("icy-metadata"), None);
        assert_eq!(one.header("accept-encoding"), Some("identity"));
    }
    assert_eq!(asked[0].header("cookie"), Some("a=b"));
    assert_eq!(asked[0].header("host"), Some("films.example"));
    assert_eq!(asked[1].header("cookie"), None);
    assert_eq!(asked[1].header("authorization"), None);
    assert_eq!(asked[1].header("host"), Some("cdn.example"));
}
