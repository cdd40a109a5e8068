//! Connections that break, and servers that are down for a while.

use super::scene::{LINK, Scene, direct, here, next, pass};
use crate::media::fault::{FaultKind, MediaFault};
use crate::relay::RelayEvent;
use crate::test_support::origin::{Act, Asked, answer, cut, media_bytes, served};

/// A server that breaks off its first response after so many bytes.
fn breaks_once(media_bytes: Vec<u8>, after: usize) -> impl Fn(&Asked) -> Vec<Act> {
    move |asked| match asked.nth {
        0 => cut(&served(&media_bytes, asked), after),
        _ => served(&media_bytes, asked),
    }
}

#[tokio::test(start_paused = true)]
async fn a_broken_connection_is_mended_from_the_byte_that_was_reached() {
    let media_bytes = media_bytes(300_000);
    let mut scene = Scene::new(breaks_once(media_bytes.clone(), 200_000));
    let got = scene.get(Some("bytes=0-")).await;
    assert!(got.body == media_bytes && !got.broken, "other bytes");
    assert_eq!(scene.ranges()[1], Some((200_000, 299_999)));
    assert_eq!(scene.moments(), [0, 0], "at once");
    assert_eq!(scene.reported(), [], "nobody noticed");
}

#[tokio::test(start_paused = true)]
async fn a_link_that_led_elsewhere_is_asked_anew_after_a_break() {
    for status in [403, 503] {
        let media_bytes = media_bytes(300_000);
        let served_bytes = media_bytes.clone();
        let scene = Scene::new(move |asked| match (asked.path.as_str(), asked.nth) {
            ("/1.mp4", 1) => cut(&served(&served_bytes, asked), 200_000),
            ("/1.mp4", _) => answer(status, &[], b""),
            ("/2.mp4", _) => served(&served_bytes, asked),
            (_, 0) => answer(302, &[("Location", "http://cdn.example/1.mp4")], b""),
            (_, _) => answer(302, &[("Location", "http://cdn.example/2.mp4")], b""),
        });
        scene.relay.shown(scene.opened.load);
        let got = scene.get(Some("bytes=0-")).await;
        assert!(got.body == media_bytes && !got.broken, "other bytes");
        let asked = scene.origin.asked.lock().unwrap();
        let paths: Vec<_> = asked.iter().map(|asked| asked.path.as_str()).collect();
        let link = "/a/film.mp4?sig=secret";
        assert_eq!(
            paths,
            [link, "/1.mp4", "/1.mp4", link, "/2.mp4"],
            "{status}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_without_ranges_is_read_again_from_its_start() {
    let media_bytes = media_bytes(300_000);
    let served_bytes = media_bytes.clone();
    let scene = Scene::new(move |asked| {
        let all = answer(200, &[], &served_bytes);
        if asked.nth == 0 {
            cut(&all, 200_000)
        } else {
            all
        }
    });
    let got = scene.get(Some("bytes=0-")).await;
    assert!(got.body == media_bytes && !got.broken, "other bytes");
    assert_eq!(scene.ranges().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_server_that_is_away_for_15_s_is_tried_by_the_schedule() {
    let media_bytes = media_bytes(300_000);
    let served_bytes = media_bytes.clone();
    let mut scene = Scene::new(move |asked| {
        let mut acts = served(&served_bytes, asked);
        if asked.nth == 0 {
            acts = cut(&acts, 200_000);
            acts[1] = Act::Leave;
        }
        acts
    });
    scene.relay.shown(scene.opened.load);
    let getting = scene.getting(Some("bytes=0-"));
    pass(15).await;
    scene.origin.listens(true);
    let got = getting.await.unwrap();
    assert!(got.body == media_bytes && !got.broken, "other bytes");
    let dialed = scene.origin.dialed.lock().unwrap().clone();
    let seconds: Vec<u128> = dialed.iter().map(|at| at / 1_000).collect();
    assert_eq!(seconds, [0, 0, 2, 5, 10, 18], "one connection a try");
    let reported = scene.reported();
    let (last, troubles) = reported.split_last().unwrap();
    let load = scene.opened.load;
    assert_eq!(*last, RelayEvent::Flowing { load });
    assert_eq!(troubles.len(), 4);
    for retrying in troubles {
        let RelayEvent::Retrying { fault, .. } = retrying else {
            panic!("{retrying:?}");
        };
        assert_eq!(*fault, MediaFault::here(FaultKind::NobodyListens));
    }
}

#[tokio::test(start_paused = true)]
async fn after_two_minutes_it_is_given_up_until_it_is_asked_for() {
    let media_bytes = media_bytes(300_000);
    let served_bytes = media_bytes.clone();
    let mut scene = Scene::new(move |asked| match asked.nth {
        0 => cut(&served(&served_bytes, asked), 200_000),
        1..=17 => answer(503, &[], b""),
        _ => served(&served_bytes, asked),
    });
    scene.relay.shown(scene.opened.load);
    let got = scene.get(Some("bytes=0-")).await;
    assert!(got.broken, "the player must not take it for the end");
    assert!(got.body == media_bytes[..200_000], "other bytes");
    let expected = [
        0, 0, 2, 5, 10, 18, 26, 34, 42, 50, 58, 66, 74, 82, 90, 98, 106, 114,
    ];
    assert_eq!(scene.moments(), expected);
    assert_eq!(scene.gave_up(), here(FaultKind::Busy));
    assert_eq!(
        scene.relay.verdict(scene.opened.load),
        Some(here(FaultKind::Busy))
    );
    assert_eq!(scene.get(Some("bytes=200000-")).await.status, 502);
    assert_eq!(scene.moments().len(), expected.len(), "it is not asked for");
    scene.relay.retry_now(scene.opened.load);
    let got = scene.get(Some("bytes=200000-")).await;
    assert!(got.body == media_bytes[200_000..], "other bytes");
}

#[tokio::test(start_paused = true)]
async fn a_try_is_made_at_once_when_the_player_asks() {
    let media_bytes = media_bytes(1_000);
    let served_bytes = media_bytes.clone();
    let mut scene = Scene::new(move |asked| match asked.nth {
        0..=2 => answer(503, &[("Retry-After", "20")], b""),
        _ => served(&served_bytes, asked),
    });
    scene.relay.shown(scene.opened.load);
    let getting = scene.getting(Some("bytes=0-"));
    pass(1).await;
    assert_eq!(scene.moments(), [0]);
    for tries in 2..=4 {
        scene.relay.retry_now(scene.opened.load);
        pass(1).await;
        assert_eq!(scene.moments().len(), tries);
    }
    assert!(getting.await.unwrap().body == media_bytes, "other bytes");
    let load = scene.opened.load;
    assert_eq!(scene.reported().last(), Some(&RelayEvent::Flowing { load }));
}

#[tokio::test(start_paused = true)]
async fn a_pause_that_the_server_asks_for_is_kept() {
    let media_bytes = media_bytes(1_000);
    let scene = Scene::new(move |asked| match asked.nth {
        0 => answer(429, &[("Retry-After", "7")], b""),
        1 => answer(503, &[("Retry-After", "3600")], b""),
        _ => served(&media_bytes, asked),
    });
    scene.relay.shown(scene.opened.load);
    scene.get(Some("bytes=0-")).await;
    assert_eq!(scene.moments(), [0, 7, 37]);
}

#[tokio::test(start_paused = true)]
async fn a_pause_until_a_date_is_kept_by_the_servers_own_clock() {
    let media_bytes = media_bytes(1_000);
    let scene = Scene::new(move |asked| match asked.nth {
        0 => {
            let date = ("Date", "Wed, 21 Oct 2015 07:28:00 GMT");
            let until = ("Retry-After", "Wed, 21 Oct 2015 07:28:11 GMT");
            answer(503, &[date, until], b"")
        }
        _ => served(&media_bytes, asked),
    });
    scene.relay.shown(scene.opened.load);
    scene.get(Some("bytes=0-")).await;
    assert_eq!(scene.moments(), [0, 11]);
}

#[tokio::test(start_paused = true)]
async fn silence_is_a_fault_after_10_s_also_in_the_middle() {
    let media_bytes = media_bytes(300_000);
    let served_bytes = media_bytes.clone();
    let mut scene = Scene::new(move |asked| match asked.nth {
        0 => {
            let mut acts = cut(&served(&served_bytes, asked), 200_000);
            acts[1] = Act::Hang;
            acts
        }
        1 => vec![Act::Hang],
        _ => served(&served_bytes, asked),
    });
    scene.relay.shown(scene.opened.load);
    let got = scene.get(Some("bytes=0-")).await;
    assert!(got.body == media_bytes && !got.broken, "other bytes");
    assert_eq!(scene.moments(), [0, 10, 28]);
    let reported = scene.reported();
    assert_eq!(reported.len(), 3, "{reported:?}");
    for retrying in &reported[..2] {
        let RelayEvent::Retrying { fault, .. } = retrying else {
            panic!("{retrying:?}");
        };
        assert_eq!(*fault, MediaFault::here(FaultKind::NoAnswer));
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_that_breaks_after_each_byte_is_not_asked_without_a_pause() {
    let media_bytes = media_bytes(300_000);
    let mut scene = Scene::new(move |asked| cut(&served(&media_bytes, asked), 1));
    scene.relay.shown(scene.opened.load);
    scene.get(Some("bytes=0-")).await;
    assert_eq!(scene.gave_up(), here(FaultKind::Broken));
    assert_eq!(scene.moments().len(), 18);
}

#[tokio::test(start_paused = true)]
async fn a_player_that_goes_away_in_trouble_ends_the_tries() {
    let mut scene = Scene::new(|_| answer(503, &[], b""));
    scene.relay.shown(scene.opened.load);
    let getting = scene.getting(Some("bytes=0-"));
    pass(6).await;
    getting.abort();
    pass(60).await;
    assert_eq!(scene.moments(), [0, 0, 2, 5]);
    let load = scene.opened.load;
    assert_eq!(scene.reported().last(), Some(&RelayEvent::Flowing { load }));
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_nobody_read_for_long_is_not_trusted() {
    let media_bytes = media_bytes(2_000_000);
    let served_bytes = media_bytes.clone();
    let mut scene = Scene::new(move |asked| served(&served_bytes, asked));
    scene.relay.shown(scene.opened.load);
    let request = hyper::Request::get(&scene.opened.address)
        .header("range", "bytes=0-")
        .body(())
        .unwrap();
    let mut body = scene.service.answer(request).await.into_body();
    let mut read = Vec::new();
    while read.len() < 500_000 {
        read.extend_from_slice(&next(&mut body).await.unwrap().unwrap());
    }
    pass(300).await;
    while let Some(bytes) = next(&mut body).await {
        read.extend_from_slice(&bytes.unwrap());
    }
    assert!(read == media_bytes, "other bytes");
    assert_eq!(scene.moments(), [0, 300]);
    let (from, _) = scene.ranges()[1].unwrap();
    assert!((500_000..1_000_000).contains(&from), "{from}");
    assert_eq!(scene.reported(), [], "nobody noticed");
}

/// Opens a link again, for a single attempt, after it was given up.
fn one_try(scene: &mut Scene) {
    scene.opened = scene.relay.open_for_one_try(&direct(LINK));
}

#[tokio::test(start_paused = true)]
async fn one_of_several_tries_asks_once() {
    let mut scene = Scene::new(|_| answer(503, &[], b""));
    one_try(&mut scene);
    assert_eq!(scene.get(Some("bytes=0-")).await.status, 502);
    assert_eq!(scene.moments(), [0]);
    let (load, fault) = (scene.opened.load, here(FaultKind::Busy));
    assert_eq!(scene.reported(), [RelayEvent::GaveUp { load, fault }]);
}

#[tokio::test(start_paused = true)]
async fn one_of_several_tries_reports_when_its_server_wants_to_be_asked_next() {
    for (asked, seconds) in [("20", 20), ("3600", 30)] {
        let mut scene = Scene::new(move |_| answer(503, &[("Retry-After", asked)], b""));
        one_try(&mut scene);
        let began = tokio::time::Instant::now().into_std();
        scene.get(Some("bytes=0-")).await;
        let reported = scene.reported();
        let [RelayEvent::Retrying { next, .. }, RelayEvent::GaveUp { .. }] = reported[..] else {
            panic!("{reported:?}");
        };
        assert_eq!((next - began).as_secs(), seconds);
    }
}

#[tokio::test(start_paused = true)]
async fn one_of_several_tries_that_succeeds_is_mended_like_any_media() {
    let media_bytes = media_bytes(300_000);
    let served_bytes = media_bytes.clone();
    let mut scene = Scene::new(move |asked| match asked.nth {
        0 => cut(&served(&served_bytes, asked), 200_000),
        1..=3 => answer(503, &[], b""),
        _ => served(&served_bytes, asked),
    });
    one_try(&mut scene);
    scene.relay.shown(scene.opened.load);
    let got = scene.get(Some("bytes=0-")).await;
    assert!(got.body == media_bytes && !got.broken, "other bytes");
    assert_eq!(scene.moments(), [0, 0, 2, 5, 10]);
}
