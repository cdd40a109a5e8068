//! What a link serves, looked at before the player sees any of it.

use super::origin::{answer, film, served};
use super::scene::{Scene, here};
use crate::media::fault::FaultKind;

#[tokio::test(start_paused = true)]
async fn the_player_sees_nothing_of_what_is_refused() {
    let cases: [(&[u8], FaultKind); 9] = [
        (
            b"# mpv EDL v0\nhttp://10.0.0.1/a.mp4\n",
            FaultKind::ForbiddenContent,
        ),
        (
            b"v=0\r\nc=IN IP4 239.0.0.1\r\nm=video 5004 RTP/AVP 96\r\n",
            FaultKind::ForbiddenContent,
        ),
        (
            b"ffconcat version 1.0\nfile 'a.mp4'\n",
            FaultKind::ForbiddenContent,
        ),
        (
            b"#EXTM3U\nytdl://aaaaaaaaaaa\n",
            FaultKind::ForbiddenContent,
        ),
        (
            b"<?xml version=\"1.0\"?>\n<MPD></MPD>",
            FaultKind::NothingToPlay,
        ),
        (
            b"<!DOCTYPE a><!-- \x7f --><MPD></MPD>",
            FaultKind::ForbiddenContent,
        ),
        (b"\x00\x01 <MPD></MPD>", FaultKind::ForbiddenContent),
        (b"<!DOCTYPE html><title>Log in</title>", FaultKind::WebPage),
        (b"no", FaultKind::NothingToPlay),
    ];
    for (body, kind) in cases {
        for ranges in [true, false] {
            let mut scene = Scene::new(move |asked| {
                if ranges {
                    served(body, asked)
                } else {
                    answer(200, &[], body)
                }
            });
            let got = scene.get(Some("bytes=0-")).await;
            assert!(got.status >= 400 && got.body.is_empty(), "{got:?}");
            assert_eq!(scene.gave_up(), here(kind), "{body:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn nothing_at_all_is_empty() {
    let mut scene = Scene::new(|_| answer(200, &[], b""));
    scene.get(Some("bytes=0-")).await;
    assert_eq!(scene.gave_up(), here(FaultKind::Empty));
    let empty = [("Content-Range", "bytes */0")];
    let mut scene = Scene::new(move |_| answer(416, &empty, b""));
    scene.get(Some("bytes=0-")).await;
    assert_eq!(scene.gave_up(), here(FaultKind::Empty));
}

#[tokio::test(start_paused = true)]
async fn what_is_packed_though_nobody_asked_is_not_passed_on() {
    let film = film(500);
    let packed = [("Content-Encoding", "gzip"), ("Content-Type", "video/mp4")];
    let mut scene = Scene::new(move |_| answer(200, &packed, &film));
    let got = scene.get(Some("bytes=0-")).await;
    assert!(got.body.is_empty());
    assert_eq!(scene.gave_up(), here(FaultKind::NothingToPlay));
}

#[tokio::test(start_paused = true)]
async fn only_types_of_media_are_passed_on() {
    for (told, passed) in [
        ("video/mp4", "video/mp4"),
        ("audio/mpeg", "audio/mpeg"),
        ("audio/x-mpegurl", ""),
        ("audio/x-scpls", ""),
        ("application/sdp", ""),
    ] {
        let film = film(500);
        let scene = Scene::new(move |_| answer(200, &[("Content-Type", told)], &film));
        let got = scene.get(Some("bytes=0-")).await;
        assert_eq!(got.header("content-type"), passed, "{told}");
    }
}
