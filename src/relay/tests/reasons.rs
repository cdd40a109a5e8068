//! Why a link does not play: each cause has its own fault.

use super::scene::{Scene, here, pass};
use crate::media::fault::{FaultKind, MediaFault};
use crate::relay::RelayEvent;
use crate::relay::relay_load::FIRST_REQUESTS;
use crate::test_support::origin::{Act, answer, media_bytes, served};

#[tokio::test(start_paused = true)]
async fn what_will_not_pass_is_reported_at_once() {
    let cases = [
        (401, FaultKind::PasswordAsked),
        (407, FaultKind::PasswordAsked),
        (402, FaultKind::Refused),
        (403, FaultKind::Refused),
        (404, FaultKind::Gone),
        (410, FaultKind::Gone),
        (416, FaultKind::RangesRefused),
        (451, FaultKind::Refused),
        (204, FaultKind::Empty),
        (418, FaultKind::Status(418)),
        (501, FaultKind::Status(501)),
        (511, FaultKind::WebPage),
    ];
    for (status, kind) in cases {
        let mut scene = Scene::new(move |_| answer(status, &[], b""));
        let got = scene.get(Some("bytes=0-")).await;
        assert!(
            got.status >= 400 && got.body.is_empty(),
            "{status}: {got:?}"
        );
        assert_eq!(scene.gave_up(), here(kind), "{status}");
        assert_eq!(scene.moments().last(), Some(&0), "{status}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_may_pass_is_tried_for_half_a_minute_before_the_first_picture() {
    let busy = |status| move |_: &_| answer(status, &[], b"");
    for status in [408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524] {
        let mut scene = Scene::new(busy(status));
        scene.get(Some("bytes=0-")).await;
        assert_eq!(scene.moments(), [0, 0, 2, 5, 10, 18, 26], "{status}");
        assert_eq!(scene.gave_up(), here(FaultKind::Busy), "{status}");
    }
    let mut scene = Scene::new(|_| vec![Act::Close]);
    scene.get(Some("bytes=0-")).await;
    assert_eq!(scene.gave_up(), here(FaultKind::ClosedUnanswered));
    let mut scene = Scene::new(|_| vec![Act::Hang]);
    scene.get(Some("bytes=0-")).await;
    assert_eq!(scene.gave_up(), here(FaultKind::NoAnswer));
    let mut scene = Scene::new(|_| vec![Act::Hang]);
    scene.origin.listens(false);
    scene.get(Some("bytes=0-")).await;
    assert_eq!(scene.gave_up(), here(FaultKind::NobodyListens));
    let mut scene = Scene::of("http://unknown.example/a.mp4", |_| vec![Act::Hang]);
    scene.get(Some("bytes=0-")).await;
    assert_eq!(scene.gave_up(), here(FaultKind::NameNotFound));
}

#[tokio::test(start_paused = true)]
async fn the_first_trouble_is_reported_while_it_is_tried_again() {
    let mut scene = Scene::new(|_| answer(503, &[], b""));
    let getting = scene.getting(None);
    let RelayEvent::Retrying { fault, .. } = scene.event().await else {
        panic!("something else was told");
    };
    assert_eq!(fault, MediaFault::here(FaultKind::Busy));
    getting.abort();
}

#[tokio::test(start_paused = true)]
async fn a_load_is_given_up_after_half_a_minute_or_fifty_requests() {
    let bytes = media_bytes(5_000);
    let mut scene = Scene::new(move |asked| served(&bytes, asked));
    let mut answered = 0;
    while scene.get(Some("bytes=7-8")).await.status == 206 {
        answered += 1;
    }
    assert_eq!(answered, FIRST_REQUESTS);
    assert_eq!(scene.gave_up(), here(FaultKind::TookTooLong));
    // Bytes arrive, but never make a picture.
    let bytes = media_bytes(5_000);
    let mut scene = Scene::new(move |asked| served(&bytes, asked));
    scene.get(Some("bytes=0-")).await;
    pass(31).await;
    assert_eq!(scene.gave_up(), here(FaultKind::TookTooLong));
    // Once there was a picture, time is not limited.
    let bytes = media_bytes(5_000);
    let mut scene = Scene::new(move |asked| served(&bytes, asked));
    scene.get(Some("bytes=0-")).await;
    scene.relay.shown(scene.opened.load);
    pass(31).await;
    for _ in 0..2 * FIRST_REQUESTS {
        assert_eq!(scene.get(Some("bytes=7-8")).await.status, 206);
    }
    assert_eq!(scene.reported(), []);
}

#[tokio::test(start_paused = true)]
async fn plain_http_at_a_tls_port_is_known() {
    let alert = || {
        vec![
            Act::Send(b"\x15\x03\x01\x00\x02\x02\x46".to_vec()),
            Act::Close,
        ]
    };
    let mut scene = Scene::new(move |_| alert());
    scene.get(None).await;
    assert_eq!(scene.gave_up(), here(FaultKind::TlsMismatch));
    let words = b"<center>The plain HTTP request was sent to HTTPS port</center>";
    let mut scene = Scene::new(|_| answer(400, &[], words));
    scene.get(None).await;
    assert_eq!(scene.gave_up(), here(FaultKind::TlsMismatch));
}

#[tokio::test(start_paused = true)]
async fn what_speaks_no_http_is_reported_as_that() {
    for answer in [
        "SSH-2.0-x\r\n",
        "220 mail.example ESMTP\r\n",
        "<html>HTTP/0.9</html>",
        "HTTP/1.1 200 OK\r\nContent Length: 7\r\n\r\n",
        "HTTP/1.1 abc\r\n\r\n",
    ] {
        let answer = answer.as_bytes().to_vec();
        let mut scene = Scene::new(move |_| vec![Act::Send(answer.clone()), Act::Close]);
        scene.get(None).await;
        assert_eq!(scene.gave_up(), here(FaultKind::NotHttp));
    }
}
