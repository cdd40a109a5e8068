//! What a link serves is checked before the player gets any of it.

use super::scene::{Scene, here};
use crate::media::fault::FaultKind;
use crate::relay::gzip::tests::packed;
use crate::test_support::origin::{answer, media_bytes, served};

const GZIP: [(&str, &str); 1] = [("Content-Encoding", "gzip")];

#[tokio::test(start_paused = true)]
async fn the_player_sees_nothing_of_what_is_refused() {
    let cases: [(&[u8], FaultKind); 11] = [
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
        (b"\x89PNG\r\n\x1a\n\x00", FaultKind::StillPicture),
        (b"\xff\xd8\xff\xe0\x00", FaultKind::StillPicture),
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
    for (encoding, length) in [("gzip", 500), ("GZip", 2_000_000), ("br", 500)] {
        let media_bytes = packed(&media_bytes(length));
        let header = [
            ("Content-Encoding", encoding),
            ("Content-Type", "video/mp4"),
        ];
        let mut scene = Scene::new(move |_| answer(200, &header, &media_bytes));
        let got = scene.get(Some("bytes=0-")).await;
        assert!(got.body.is_empty());
        assert_eq!(scene.gave_up(), here(FaultKind::Compressed), "{encoding}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_packed_page_is_a_page() {
    let page = packed(b"<!DOCTYPE html><title>Log in</title>");
    let mut scene = Scene::new(move |_| answer(200, &GZIP, &page));
    scene.get(Some("bytes=0-")).await;
    assert_eq!(scene.gave_up(), here(FaultKind::WebPage));
}

#[tokio::test(start_paused = true)]
async fn lists_and_small_parts_that_come_packed_are_unpacked() {
    let list = "#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI=\"key\"\n#EXTINF:2,\n0.vtt\n";
    let mut scene = Scene::of("http://films.example/list.m3u8", move |asked| {
        let body: &[u8] = match asked.path.as_str() {
            "/list.m3u8" => list.as_bytes(),
            "/key" => b"0123456789abcdef",
            _ => b"WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n",
        };
        answer(200, &GZIP, &packed(body))
    });
    for _ in 0..2 {
        let got = scene.get(Some("bytes=0-")).await;
        assert_eq!(got.header("content-encoding"), "");
        let text = got.text();
        let key = text.split('"').nth(1).unwrap();
        let subtitles = text.lines().last().unwrap();
        let subtitles = text
            .lines()
            .rfind(|line| line.starts_with("http"))
            .unwrap_or(subtitles);
        assert_eq!(scene.ask(key, &[]).await.body, b"0123456789abcdef");
        let got = scene.ask(subtitles, &[("range", "bytes=0-")]).await;
        assert!(got.body.starts_with(b"WEBVTT"), "{got:?}");
    }
    assert_eq!(scene.facts().len(), 1, "the kind of the list");
}

#[tokio::test(start_paused = true)]
async fn a_packed_manifest_is_unpacked() {
    let list = "<MPD><Period><AdaptationSet><Representation id=\"7\">\
                <SegmentTemplate media=\"$Number$.m4s\" duration=\"2\"/>\
                </Representation></AdaptationSet></Period></MPD>";
    let scene = Scene::of("http://films.example/list.mpd", move |_| {
        answer(200, &GZIP, &packed(list.as_bytes()))
    });
    let got = scene.get(Some("bytes=0-")).await;
    assert_eq!(got.header("content-type"), "application/dash+xml");
    assert!(got.text().contains("<SegmentTemplate"), "{got:?}");
}

#[tokio::test(start_paused = true)]
async fn a_packed_list_that_breaks_off_is_tried_again() {
    let list = packed(b"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n0.ts\n");
    let scene = Scene::of("http://films.example/list.m3u8", move |asked| {
        // Without a length, as from a server that compresses while it sends.
        let end = if asked.nth < 3 { 30 } else { list.len() };
        answer(200, &GZIP, &list[..end])
    });
    let got = scene.get(Some("bytes=0-")).await;
    assert_eq!(got.status, 200);
    assert!(got.text().contains("#EXTINF:2,"), "{got:?}");
}

#[tokio::test(start_paused = true)]
async fn only_types_of_media_are_passed_on() {
    for (reported, passed) in [
        ("video/mp4", "video/mp4"),
        ("audio/mpeg", "audio/mpeg"),
        ("audio/x-mpegurl", ""),
        ("audio/x-scpls", ""),
        ("application/sdp", ""),
    ] {
        let media_bytes = media_bytes(500);
        let scene = Scene::new(move |_| answer(200, &[("Content-Type", reported)], &media_bytes));
        let got = scene.get(Some("bytes=0-")).await;
        assert_eq!(got.header("content-type"), passed, "{reported}");
    }
}
